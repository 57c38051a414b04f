from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from insteg.codes.loading import store
from insteg.codes.official_lists import OFFICIAL_LISTS, Unreadable, read


class Command(BaseCommand):
    help = "Läser in en officiell lista: cpv eller ssyk, som CSV i UTF-8. Allt eller inget sparas, inget tas bort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", choices=OFFICIAL_LISTS)
        parser.add_argument("file", type=Path)

    def handle(self, *, list: str, file: Path, **options: Any) -> None:
        kind = OFFICIAL_LISTS[list]
        try:
            rows = read(kind, file.read_bytes())
        except OSError as error:
            raise CommandError(f"Filen {file} går inte att läsa: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError("\n".join([f"Inget sparades ur {file}.", *error.args])) from error
        self.stdout.write(f"{file}: {store(kind.model, rows)}")
