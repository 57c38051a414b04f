from typing import Any

from django.core.management import BaseCommand

from insteg.core import jobs


class Command(BaseCommand):
    help = "Startar arbetaren: det som tar tid och det som återkommer."

    def handle(self, **options: Any) -> None:
        jobs.work()
