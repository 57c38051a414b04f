from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from insteg.core.backups import Fault, restoring, sealing
from insteg.home.backup_words import said


class Command(BaseCommand):
    help = "Läser hela säkerhetskopian och prövar allt i den mot dess avtryck. Rör ingen databas."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="filen med den hemliga nyckeln")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restoring.verify(options["file"], sealing.identities_of(options["identity"]))
        except Fault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Kopian är hel: {said(manifest)}")
        for name in manifest.missing:
            self.stdout.write(f"Filen fanns inte i lagret när kopian gjordes: {name}")
