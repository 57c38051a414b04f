"""The goals of the example city: those of the working model's own source (R1), with measures made up for it."""

import datetime as dt

from insteg.access.actor import Role
from insteg.core import clock
from insteg.organisations.models import Membership
from insteg.steering import actions
from insteg.steering.models import Goal

FOCUS_AREAS = [
    "En modig stad med tydlig historia",
    "En stad som förstärker regionen",
    "En hållbar stad där vi växer och mår bra",
]
MEASURES = [("Upphandlingar med krav på praktik eller anställning", 6), ("Personer som har fått en plats", 20)]


def fill() -> None:
    """Once, through the same gate as people pass."""
    keeper = Membership.objects.filter(role=Role.GOAL_COORDINATOR, user__is_example=True).order_by("pk").first()
    if keeper is None or Goal.objects.exists():
        return
    actor, organisation, year = keeper.actor(), keeper.organisation, clock.today().year
    by = {"actor": actor, "seen": None}
    vision = actions.add_vision(target=organisation, title="Den hållbara staden där alla får chansen", **by)
    for number, title in enumerate(FOCUS_AREAS, 1):
        last = actions.add_goal(target=vision, level=Goal.Level.FOCUS_AREA, title=title, order=number, **by)
    goal = actions.add_goal(
        target=last, level=Goal.Level.GOAL, text="Fler ska komma i arbete, studier eller egen försörjning.",
        title="Graden av socialt deltagande, integration och egen försörjning ska öka", **by,
    )  # fmt: skip
    assignment = actions.add_goal(
        target=goal, level=Goal.Level.ASSIGNMENT, title="Fler upphandlingar med sociala krav", from_year=year, **by
    )
    for measure, least in MEASURES:
        for later in (0, 1):
            actions.set_target(target=assignment, year=year + later, measure=measure, value=least + 2 * later, **by)
    note = "Siffrorna, och styrgruppens bedömning."
    annual, half = dt.date(year + 1, 2, 12), dt.date(year + 1, 9, 10)
    actions.add_occasion(target=organisation, title=f"Årsredovisning {year}", due_on=annual, note=note, **by)
    actions.add_occasion(target=organisation, title=f"Delårsrapport {year + 1}", due_on=half, note=note, **by)
