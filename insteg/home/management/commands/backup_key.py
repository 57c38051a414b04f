import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from insteg.core.backups import sealing
from insteg.core.backups.files import private


class Command(BaseCommand):
    help = "Gör ett nyckelpar för säkerhetskopior: den hemliga nyckeln i en fil, den öppna på skärmen."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="filen som den hemliga nyckeln skrivs i; den får inte finnas")

    def handle(self, *args: Any, **options: Any) -> None:
        secret, public = sealing.new_key()
        try:
            with open(options["file"], "x", encoding="utf-8", opener=private) as file:
                file.write(f"# {public}\n{secret}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CommandError(f"{options['file']} går inte att skriva: {error.strerror}.") from error
        self.stdout.write(public)
