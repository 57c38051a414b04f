"""Points of an agenda by the dozen, and procurements that can come to stand there."""

import datetime as dt

from django.db.models import Max

from insteg.core import clock
from insteg.documents.models import StoredFile
from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.models import Kind, Step
from insteg.steering.models import AgendaFile, AgendaItem
from tests.nets.rounds_by_the_dozen import names


def reported(house, count, runs=None):
    facts = {"organisation": house.org["Park"], "rule_set": house.rule_set, "proposal": "needs_facts"}
    return PlannedProcurement.objects.bulk_create(
        PlannedProcurement(title=name, run=run, **facts)
        for name, run in zip(names(count), runs or [None] * count, strict=True)
    )


def points(house, count, label="begun", **more):
    """Each with a file beside it."""
    agenda = house.agendas[label]
    last = AgendaItem.objects.filter(agenda=agenda).aggregate(last=Max("order"))["last"]
    items = AgendaItem.objects.bulk_create(
        AgendaItem(agenda=agenda, kind="decision", planned=planned, order=last + number, **more)
        for number, planned in enumerate(reported(house, count), 1)
    )
    files = StoredFile.objects.bulk_create(StoredFile(name="a.pdf", size=1, sha256="a" * 64) for _item in items)
    AgendaFile.objects.bulk_create(AgendaFile(item=item, file=file) for item, file in zip(items, files, strict=True))
    return f"/styrgruppen/underlag/{agenda.pk}/"


def points_in_word(house, count):
    return f"{points(house, count)}word/"


def points_as_pdf(house, count):
    return f"{points(house, count)}pdf/"


def points_to_order(house, count):
    return f"{points(house, count)}ordning/"


def points_to_ask_about(house, count):
    return f"{points(house, count, 'called')}fraga/"


def points_to_answer(house, count):
    points(house, count, asked_at=clock.now())
    return f"/styrgruppen/punkt/{house.items['begun-p'].pk}/syn/"


def asked_of_us(house, count):
    """The same, of a meeting that goes on."""
    meeting = house.meetings["begun"]
    type(meeting).objects.filter(pk=meeting.pk).update(ends_at=clock.now() + dt.timedelta(hours=1))
    points(house, count, asked_at=clock.now())


def standing_in(house, count, step):
    actor = house.who["ue"]
    runs = flow.start(Kind.PLANNED_PROCUREMENT, actor=actor, count=count)
    for run in runs:
        flow.leave([run.visits.get()], actor, "closed")
    flow.enter(runs, Step.objects.get(process=runs[0].process_id, key=step), actor)
    reported(house, count, runs)
    return f"/styrgruppen/underlag/{house.agendas['called'].pk}/"


def judged(house, count):
    return f"{standing_in(house, count, 'assess')}lagg-fram/"


def waiting_for_the_group(house, count):
    return f"{standing_in(house, count, 'decide')}uppdatera/"
