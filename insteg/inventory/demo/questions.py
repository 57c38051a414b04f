"""One question in the example city: how long the agreements are. One has told, one does not know, the others wait."""

import datetime as dt

from insteg.access.actor import Role
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory.actions import ask_for_facts, change
from insteg.inventory.demo.rounds import example_people
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.organisations.models import Organisation

WHOM = ("Skolförvaltningen", "Vård- och omsorgsförvaltningen", "Serviceförvaltningen")
TOLD, NOT_KNOWN = "Hjälpmedel, service och tvätt", "Nattpatrull och larmutryckning"
ASKED, LEFT = -4, 5  # working days: since the question, and until the last day to answer


def fill() -> None:
    """Through the same gate as people do, once; only the day of the question is moved back afterwards."""
    officer = example_people().filter(role=Role.PROCUREMENT_UNIT).first()
    if officer is None or FactQuestion.objects.exists():
        return
    rows = PlannedProcurement.objects.current().filter(organisation__name__in=WHOM).values_list("pk", flat=True)
    own, today = Organisation.objects.get(pk=officer.organisation_id), clock.today()
    ask_for_facts(
        actor=officer.actor(), target=own, seen=None, rows=[*rows], facts=["months"], wanted_by=shift(today, LEFT)
    )  # fmt: skip
    FactQuestion.objects.update(created_at=clock.now() - dt.timedelta(days=(today - shift(today, ASKED)).days))
    answer(TOLD, months=24)
    answer(NOT_KNOWN, unknown_fields=["months"])


def answer(title: str, **facts: object) -> None:
    planned = PlannedProcurement.objects.get(title=title)
    actor = example_people().filter(organisation=planned.organisation_id, role=Role.PROCURING)[0].actor()
    change(actor=actor, target=planned, seen=None, **facts)
