from typing import Any

from django.core.management import BaseCommand

from insteg.codes.loading import load_short_lists


class Command(BaseCommand):
    help = "Lägger in produktens egna korta listor: CPV, SSYK och tröskelvärden. Kan köras om."

    def handle(self, **options: Any) -> None:
        for name, report in load_short_lists().items():
            self.stdout.write(f"{name}: {report}")
