"""A small edition of the model and cases that follow it, for the tests of the engine."""

from copy import deepcopy

from django.apps import apps

from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.models import Kind, Process, Run, Visit
from insteg.process.queries.standing import standings
from insteg.process.shipped import write

BUYER, UE, STEERING = "buyer", "procurement_unit", "steering"


def step(key, lane, *, item=(), move=(), lead=10):
    return {
        "key": key, "title": key.title(), "phase": "all", "lane": lane, "lead_workdays": lead,
        "item": list(item), "move": list(move),
    }  # fmt: skip


def item(key, lane, *, offset=5, required=True):
    return {"key": key, "text": key.title(), "lane": lane, "offset": offset, "required": required}


def move(key, to=None, **more):
    return {"key": key, "title": key.title(), **({"to": to} if to else {}), **more}


# Park tells, the unit weighs in two steps, the steering group decides.
STEPS = [
    step("tell", BUYER, lead=10,
        item=[item("told", BUYER), item("heard", UE), item("nice", BUYER, offset=2, required=False)],
        move=[move("on", "weigh"), move("push", "weigh", lane=UE, reason_required=True),
              move("dated", "weigh", guards=["start_told"]),
              move("drop", skips_items=True, reason_required=True)]),
    step("weigh", UE, lead=20, move=[move("price", "price"), move("put", "decide"), move("back", "tell")]),
    step("price", UE, lead=5, move=[move("put", "decide")]),
    step("decide", STEERING, lead=30, move=[move("yes"), move("back", "weigh")]),
]  # fmt: skip


def publish(steps=STEPS, *, kind=Kind.PLANNED_PROCUREMENT, draft=False):
    """The next edition with these steps, in force unless it is to stay a draft."""
    last = Process.objects.filter(kind=kind).order_by("edition").last()
    process = Process.objects.create(kind=kind, edition=last.edition + 1 if last else 1)
    told = {"phase": [{"key": "all", "title": "Allt", "order": 10}], "step": deepcopy(steps)}
    write(told, process, lambda name: apps.get_model("process", name))
    if not draft:
        Process.objects.filter(pk=process.pk).update(published_at=clock.now())
        process.refresh_from_db()
    return process


def altered(steps, **changes):
    """The same steps but for those named: {key: {what: new}}; None takes the step away."""
    return [{**each, **changes.get(each["key"], {})} for each in steps if changes.get(each["key"], {}) is not None]


def case(town, where="Park", *, at=None, by="park", **facts):
    """Something planned at Park whose case stands in the first step of the edition in force, or in another of it."""
    [row] = cases(town, 1, where, at=at, by=by, **facts)
    return row


def cases(town, count, where="Park", *, at=None, by="park", **facts):
    actor = town.who[by]
    if at:
        process = Process.objects.in_force().get(kind=Kind.PLANNED_PROCUREMENT)
        runs = Run.objects.bulk_create(Run(process=process) for _each in range(count))
        flow.enter(runs, process.steps.get(key=at), actor)
    else:
        runs = flow.start(Kind.PLANNED_PROCUREMENT, actor=actor, count=count)
    return PlannedProcurement.objects.bulk_create(
        PlannedProcurement(
            organisation=town.org[where], title=f"Nr {n}", rule_set=town.rule_set, proposal="needs_facts",
            missing="fte", run=run, **facts,
        )
        for n, run in enumerate(runs)
    )  # fmt: skip


def standing(row, actor):
    return standings([row.run_id], actor).get(row.run_id)


def where(row):
    """The key of the step that it stands in; None when it has ended."""
    return Visit.objects.filter(run=row.run_id, left_at=None).values_list("step__key", flat=True).first()


def visit_of(row):
    return Visit.objects.get(run=row.run_id, left_at=None)


def do(action, town, name, row, *, seen_visit=None, **data):
    """The action by that person, who sees where the case stands."""
    seen_visit = seen_visit or visit_of(row).pk
    return action(actor=town.who[name], target=Run(pk=row.run_id), seen=None, seen_visit=seen_visit, **data)


def log_of(row):
    """What the log says was done with the case, the latest last."""
    entries = Entry.objects.filter(subjects__model="process.Run", subjects__row=row.run_id)
    return [*entries.order_by("pk").values_list("action", flat=True)]
