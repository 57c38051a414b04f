from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from insteg.access.actor import SYSTEM, Role
from insteg.audit.gate import Blocked, Refused
from insteg.organisations import actions
from insteg.organisations.models import Invitation


class Command(BaseCommand):
    help = "Bjuder in en administratör: den första, eller en ny när ingen annan kommer in. Skriver länken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="e-postadressen, som också blir användarnamn")
        parser.add_argument("--name", required=True, help="personens namn")
        parser.add_argument(
            "--organisation",
            default=str(settings.CITY_NAME),
            help="förvaltningen, som läggs till om den inte finns (annars en med stadens namn)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                where = actions.first_organisation(options["organisation"])
                made = actions.invite(
                    actor=SYSTEM,
                    target=where,
                    seen=None,
                    reason="invite_administrator",
                    name=options["name"],
                    email=options["email"],
                    role=Role.ADMINISTRATOR,
                )
        except Refused as error:
            raise CommandError("Organisationen är stängd, eller är ingen förvaltning och inget bolag.") from error
        except (Blocked, ValidationError) as error:
            said = error.messages if isinstance(error, ValidationError) else error.args
            raise CommandError(" ".join(said)) from error
        invitations = [row for row in made if isinstance(row, Invitation)]
        if not invitations:
            self.stdout.write("Personen har redan ett konto och är nu administratör. Ett brev är på väg.")
        for invitation in invitations:
            self.stdout.write(
                f"Öppna länken inom 14 dagar och välj ett lösenord. Den fungerar en gång:\n{invitation.link}"
            )
