import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from insteg.audit import anchors
from insteg.audit.models import Entry, Pruning, Seal
from insteg.audit.sealing import newest
from insteg.audit.verifying import MOST_TOLD, faults_of_log, oldest_unsealed, stopped_since, when
from insteg.core import clock


class Command(BaseCommand):
    help = (
        "Prövar om loggen är orörd: varje försegling, kedjan mellan dem och förankringen. Slutar med 1 om något är fel."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", type=Path, help="en kopia av förankringen, från en annan dator")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["anchors"] or anchors.file()
        found = faults_of_log(file)
        for fault in found:
            self.stdout.write(fault)
        if len(found) == MOST_TOLD:
            self.stdout.write("Här slutar uppräkningen: det kan finnas fler fel.")
        self.tell_what_there_is(file)
        stopped = stopped_since()
        if stopped:
            self.stdout.write(f"Förseglingen har stannat: loggposter från {when(stopped)} är inte förseglade.")
        self.stdout.write("Loggen stämmer INTE." if found else "Loggen stämmer.")
        if found or stopped:
            sys.exit(1)

    def tell_what_there_is(self, file: Path) -> None:
        seal, pruning = newest(), Pruning.objects.order_by("-seal").first()
        later = Entry.objects.filter(pk__gt=seal.last if seal else 0).count()
        self.stdout.write(f"Loggposter: {Entry.objects.count()}. Förseglingar: {Seal.objects.count()}.")
        if seal:
            minutes = (clock.now() - seal.at).total_seconds() // 60
            self.stdout.write(f"Den nyaste förseglingen gjordes {when(seal.at)}, för {minutes:.0f} minuter sedan.")
        oldest = oldest_unsealed(seal)
        if oldest:
            self.stdout.write(f"Ännu inte förseglade: {later}, den äldsta från {when(oldest)}.")
        if pruning:
            self.stdout.write(
                f"Gallrat till och med försegling {pruning.seal_id}: det som var äldre än {when(pruning.before)}."
            )
        self.stdout.write(f"Förankring: {file}.")
