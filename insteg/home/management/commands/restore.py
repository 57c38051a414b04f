from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.db.migrations.exceptions import MigrationSchemaMissing

from insteg.core.backups import Fault, sealing
from insteg.home import backups
from insteg.home.backup_words import said


class Command(BaseCommand):
    help = "Återläser en säkerhetskopia i en tom databas, och dess filer. Inga brev går förrän någon släpper dem."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="filen med den hemliga nyckeln")
        parser.add_argument(
            "--without-keys", action="store_true", help="återläs fast ENCRYPTION_KEYS som gällde då är borta"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            identities = sealing.identities_of(options["identity"])
            manifest, told = backups.restore(options["file"], identities, without_keys=options["without_keys"])
        except Fault as fault:
            raise CommandError(str(fault)) from fault
        except (
            ProgrammingError,
            MigrationSchemaMissing,
        ) as error:
            # Before anything is loaded: the first thing to be done needs to own the tables.
            raise CommandError(f"Databasens roll får inte återläsa ({error}). Sätt DATABASE_OWNER_URL.") from error
        self.stdout.write(f"Återläst, och läst tillbaka mot avtrycken: {said(manifest)}")
        for name in manifest.missing:
            self.stdout.write(f"Filen fanns inte i lagret när kopian gjordes: {name}")
        for line in told:
            self.stdout.write(line)
        if not told:
            self.stdout.write("Loggens kedja är hel.")
        self.stdout.write("Breven hålls inne tills en administratör släpper dem i Att göra. Alla loggar in på nytt.")
        self.stdout.write("På PostgreSQL: kör docs/drift/roller.sql nu.")
