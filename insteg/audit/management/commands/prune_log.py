import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils.timezone import make_aware

from insteg.audit.models import Entry
from insteg.audit.pruning import prune, youngest_that_may_go
from insteg.audit.verifying import faults_of_log


class Command(BaseCommand):
    help = "Gallrar loggen: tar bort hela förseglade delar som är äldre än en dag. Körs med ägarens roll."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--before", required=True, type=dt.date.fromisoformat, help="ÅÅÅÅ-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        day: dt.date = options["before"]
        if day > youngest_that_may_go():
            raise CommandError(
                f"Loggen sparas i {Entry.Privacy.keep_months} månader. Välj {youngest_that_may_go()} eller tidigare."
            )
        found = faults_of_log()
        if found:
            raise CommandError("Loggen stämmer inte, och gallras inte förrän det är utrett:\n" + "\n".join(found))
        try:
            count = prune(make_aware(dt.datetime.combine(day, dt.time())))
        except ProgrammingError as error:
            raise CommandError(f"Loggen gallras med ägarens roll: sätt DATABASE_OWNER_URL. ({error})") from error
        self.stdout.write(f"{count} loggposter togs bort. Förseglingarna står kvar.")
