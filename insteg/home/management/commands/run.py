"""`make run`: the whole example city with one command, its database, worker and web server included."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import waitress
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.base import CommandParser
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import transaction
from django.urls import reverse

from insteg.access.catalogues import DEMO
from insteg.codes.loading import load_short_lists
from insteg.organisations.models import Membership


class Command(BaseCommand):
    help = "Startar exempelstaden: databas, exempel, arbetare och webbserver."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="Första port att prova.")

    def handle(self, *, port: int, **options: Any) -> None:
        if not settings.EXAMPLE_CITY:
            raise CommandError("Det här startar exempelstaden och aldrig något annat. Se docs/drift/ för riktig drift.")
        self.stdout.write("Förbereder databasen ...")
        call_command("migrate", verbosity=0)
        fill()
        port = free_port(port)
        # How links in letters begin, also in those that the worker writes.
        settings.BASE_URL = os.environ["BASE_URL"] = f"http://localhost:{port}"
        self.tell(settings.BASE_URL)
        with worker():
            application = get_internal_wsgi_application()  # the one of config, which starts as for real use
            waitress.serve(application, listen=f"127.0.0.1:{port}", threads=8, ident="", _quiet=True)

    def tell(self, address: str) -> None:
        self.stdout.write(f"\nInsteg svarar på {address}\n")
        self.stdout.write(f"Välj vem du vill vara på {address}{reverse('organisations:example_city')}\n\n")
        for membership in Membership.objects.current().select_related("user", "organisation", "unit"):
            self.stdout.write(f"  {membership.user.name:<16}{membership.get_role_display()}, {membership.organisation}")
        self.stdout.write("\nAvsluta med Ctrl+C. Det du gör sparas i mappen var/ till nästa gång.\n")
        self.stdout.flush()


def fill() -> None:
    """Fills the example city from every room, lower rooms first. Each fills once, so a second run keeps the data."""
    load_short_lists()
    for _order, fill_room in sorted(DEMO, key=lambda entry: entry[0]):
        with transaction.atomic():
            fill_room()


def free_port(first: int) -> int:
    """The first port from `first` that nobody listens on. Raises CommandError after twenty."""
    for port in range(first, first + 20):
        with contextlib.closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise CommandError(f"Alla portar mellan {first} och {first + 19} är upptagna. Välj en annan med --port.")


@contextlib.contextmanager
def worker() -> Iterator[None]:
    """The worker lives as long as the server, also when the server is told to stop."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    process = subprocess.Popen([sys.executable, "-m", "insteg.config.cli", "worker"], stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()  # what it had in hand is done again at the next start
