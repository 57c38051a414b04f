"""The group's agenda: what is said of it in calls.py, as who, what row, which words and what must be so before."""

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


PACK = {
    "steering.build_agenda": ("ue", lambda house: house.meetings["plan"]),
    "steering.update_agenda": ("ue", agenda("called"), {}, one_waits_for_the_group),
    "steering.put_forward": ("ue", agenda("called"), the_judged_one, one_is_judged),
    "steering.add_item": ("ue", agenda("called"), POINT),
    "steering.change_item": ("ue", item("called-own"), POINT),
    "steering.remove_item": ("ue", item("called-own")),
    "steering.order_agenda": ("ue", agenda("called"), turned_round),
    "steering.share_agenda": ("ue", agenda("called")),
    "steering.ask_views": ("ue", agenda("called"), VIEWS_BY),
    "steering.tell_view": ("park", item("begun-p"), {"view": "Parkerna ligger nära varandra"}),
    "steering.add_file": ("ue", item("called-own"), SKETCH),
    "steering.remove_file": ("ue", lambda house: house.agenda_files["called"]),
}
