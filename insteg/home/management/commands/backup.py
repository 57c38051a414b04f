from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from insteg.core.backups import Fault, making, sealing
from insteg.home import backups
from insteg.home.backup_words import said

FILES_MISSING = 3


class Command(BaseCommand):
    help = "Gör en låst säkerhetskopia av databasen och filerna. Går medan Insteg används."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="filen som kopian blir; den får inte finnas")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            metavar="age1…",
            help="öppen nyckel att låsa med (går att ange flera gånger); annars BACKUP_RECIPIENTS",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            recipients = sealing.recipients_of(options["recipient"] or settings.BACKUP_RECIPIENTS)
            made = making.make(connection, options["file"], recipients, backups.beside())
        except Fault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Klar: {options['file']}, {made.size} byte. {said(made.manifest)}")
        self.stdout.write(f"sha256 {made.sha256}")
        if made.manifest.missing:
            missing = ", ".join(made.manifest.missing[:10])
            raise CommandError(f"Kopian är gjord, men filer saknas i lagret: {missing}", returncode=FILES_MISSING)
