"""Points of a meeting, organisations that are told of it, and what each is told, by the dozen."""

from insteg.core import clock
from insteg.inventory.models import Assessment, PlannedProcurement
from insteg.organisations.models import Organisation
from insteg.steering.models import Agenda, AgendaItem, Decision, Feedback, FeedbackLine
from tests.nets.rounds_by_the_dozen import names


def decisions(house, count, organisation="Park", label="held"):
    """Requirements, each on a procurement of its own under a point of its own."""
    facts = {"rule_set": house.rule_set, "proposal": "suitable"}
    rows = [PlannedProcurement(organisation=house.org[organisation], title=name, **facts) for name in names(count)]
    PlannedProcurement.objects.bulk_create(rows)
    seen = [Assessment(planned=row, number=1, facts={}, answers={}, **facts) for row in rows]
    Assessment.objects.bulk_create(seen)
    agenda = house.agendas[label]
    items = [AgendaItem(agenda=agenda, kind="decision", planned=row, order=n) for n, row in enumerate(rows, 20)]
    AgendaItem.objects.bulk_create(items)
    made = [
        Decision(
            planned=row, item=item, assessment=judged, present=[], decided_by_id=house.who["styr"].id,
            choice="require", consideration="employment",
        )
        for row, item, judged in zip(rows, items, seen, strict=True)
    ]  # fmt: skip
    Decision.objects.bulk_create(made)
    for item, decision in zip(items, made, strict=True):
        item.decision = decision
    AgendaItem.objects.bulk_update(items, ["decision"])
    return made


def points(house, count):
    decisions(house, count)
    return f"/styrgruppen/underlag/{house.agendas['held'].pk}/protokoll/"


def points_to_approve(house, count):
    decisions(house, count, label="handed")
    return f"/styrgruppen/underlag/{house.agendas['handed'].pk}/protokoll/godkann/"


def lines(house, count, organisation="Park"):
    """That ask for something, of one organisation."""
    told = house.feedback[organisation]
    FeedbackLine.objects.bulk_create(
        FeedbackLine(feedback=told, decision=each, next_step="Starta den.") for each in decisions(house, count)
    )
    return f"/aterkoppling/{told.pk}/"


def lines_of_a_draft(house, count):
    return f"{lines(house, count, 'Hus')}andra/"


def told(house, count):
    """Organisations that have been told of the meeting that is over and have not read it."""
    rows = [Organisation(name=name, kind="department") for name in names(count)]
    Organisation.objects.bulk_create(rows)
    sent = {"sent_at": clock.now(), "sent_by_id": house.who["ue"].id}
    agenda = Agenda.objects.get(pk=house.agendas["held"].pk)
    Feedback.objects.bulk_create(Feedback(agenda=agenda, organisation=row, **sent) for row in rows)
    return f"/styrgruppen/underlag/{agenda.pk}/aterkoppling/"


def all_told(house, count):
    told(house, count)


def what_is_to_be_done(house, count):
    lines(house, count)
    told(house, count)
    return "/"


TOLD = {  # the page: who opens it, and what grows there
    "styrgruppen/underlag/<uuid:pk>/protokoll/": [("ue", points), ("styr2", points)],
    "styrgruppen/underlag/<uuid:pk>/protokoll/godkann/": [("styr", points_to_approve)],
    "styrgruppen/underlag/<uuid:pk>/aterkoppling/": [("ue", told)],
    "aterkoppling/": [("ue", all_told), ("styr", all_told)],
    "aterkoppling/<uuid:pk>/": [("park", lines), ("ue", lines)],
    "aterkoppling/<uuid:pk>/andra/": [("ue", lines_of_a_draft)],
}
