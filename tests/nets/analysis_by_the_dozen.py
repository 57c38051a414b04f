"""What the page of one planned procurement grows by: likenesses and earlier assessments."""

import datetime as dt

from insteg.inventory.actions import set_places
from insteg.inventory.models import Assessment, PlannedProcurement, RunningAgreement
from tests.nets.rounds_by_the_dozen import names


def what_is_alike(house, count):
    """Earlier procurements and agreements of the same kind, of several organisations, with several CPV codes."""
    facts = {"cpv": "77310000", "start": dt.date(2026, 1, 1), "nature": "services", "proposal": "suitable", "places": 2}
    for name in ("Park", "Hus"):
        PlannedProcurement.objects.bulk_create(
            PlannedProcurement(organisation=house.org[name], rule_set=house.rule_set, title=f"Lövsug {title}", **facts)
            for title in names(count)
        )
        RunningAgreement.objects.bulk_create(
            RunningAgreement(organisation=house.org[name], title=title, cpv="77313000", ends_on=dt.date(2031, 5, 31))
            for title in names(count)
        )
    made = PlannedProcurement.objects.filter(organisation=house.org["Park"], title__startswith="Lövsug")
    latest = made.order_by("-created_at", "pk").first()
    PlannedProcurement.objects.filter(pk=latest.pk).update(start=dt.date(2030, 1, 1), cpv="77313000")
    return f"/planerade/{latest.pk}/"


def assessments(house, count):
    """Of one with a number of places that somebody has set."""
    row = house.planned["p"]
    facts = {"rule_set": house.rule_set, "facts": {}, "answers": {"length": "unknown"}, "proposal": "needs_facts"}
    newest = row.assessments.order_by("-number").first().number
    Assessment.objects.bulk_create(
        Assessment(planned=row, number=newest + 1 + number, **facts) for number in range(count)
    )
    set_places(actor=house.who["ue"], target=row, seen=None, places_set=3, places_reason="Tre områden")
    return f"/planerade/{row.pk}/"
