"""What is said of the steering group's agenda in calls.py, and what must be so before."""

import datetime as dt

from insteg.core import clock
from insteg.process import flow
from insteg.process.models import Step
from insteg.steering.models import AgendaItem
from tests.town import visit_of

VIEWS_BY = {"views_by": clock.today() + dt.timedelta(days=9)}
POINT = {"title": "Skolornas kök", "text": "Fyra kök byggs om nästa år"}
SKETCH = {"content": b"Ritning", "filename": "ritning.pdf"}


def agenda(label):
    return lambda house: house.agendas[label]


def item(label):
    return lambda house: house.items[label]


def agenda_file(label):
    return lambda house: house.agenda_files[label]


def stands_in(house, step):
    """The case of Hus's, without a word in the log."""
    run, actor = house.cases["h"], house.who["ue"]
    flow.leave([visit_of(run)], actor, "closed")
    flow.enter([run], Step.objects.get(process=run.process_id, key=step), actor)


def one_is_judged(house):
    stands_in(house, "assess")


def one_waits_for_the_group(house):
    stands_in(house, "decide")


def the_judged_one(house):
    return {"rows": [house.planned["h"].pk]}


def turned_round(house):
    """The points of the agenda that is not sent out, the last first."""
    rows = AgendaItem.objects.filter(agenda=house.agendas["called"]).order_by("order", "created_at", "pk")
    shown = [*rows.values_list("pk", flat=True)]
    return {"seen_order": shown, "places": {pk: place for place, pk in enumerate(reversed(shown), 1)}}
