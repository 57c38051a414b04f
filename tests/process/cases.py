"""What tests of cases do with one: send its forms, move it, answer its points, publish a newer edition."""

import datetime as dt

from django.apps import apps
from django.db import transaction
from django.urls import reverse

from insteg.core import clock
from insteg.process import actions, flow
from insteg.process.models import ItemAnswer, Kind, Process, Visit
from insteg.process.shipped import write

TOLD = {
    "nature": "services", "value_min": 30_000_000, "value_max": 30_000_000, "months": 24, "extent_known": True,
    "fte": 12, "start": dt.date(2029, 1, 1), "framework": False,
}  # fmt: skip


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def visit_of(planned):
    return Visit.objects.select_related("step", "handler").get(run=planned.run_id, left_at=None)


def to(name, planned, *more):
    return reverse(f"process:{name}", args=[planned.run_id, *more])


def opened(client, address):
    """What the form carries hidden, as a browser has it."""
    form = client.get(address).context["form"]
    return {field.name: field.value() for field in form.hidden_fields() if field.value() is not None}


def send(client, address, **typed):
    return client.post(address, opened(client, address) | typed)


def go(town, planned, name, key, why=""):
    actions.advance(
        actor=town.who[name], target=planned.run, seen=None, move_key=key, seen_visit=visit_of(planned).pk, why=why
    )


def decide(town, planned, choice, reason="Många platser"):
    """As a room above does when the group has decided: nobody takes those ways by hand."""
    with transaction.atomic():
        flow.take(planned.run, choice, actor=town.who["styr"], because="steering.decide", reason=reason)


def answer_as(town, planned, key, said="done", name="ue"):
    seen = visit_of(planned)
    before = ItemAnswer.objects.filter(visit=seen, item__key=key).first()
    actions.answer_item(
        actor=town.who[name], target=planned.run, seen=None, item_key=key, seen_visit=seen.pk, said=said,
        seen_answer=before.pk if before else None,
    )  # fmt: skip


def publish(model):
    process = Process.objects.create(kind=Kind.PLANNED_PROCUREMENT, edition=2)
    write(model, process, lambda name: apps.get_model("process", name))
    process.published_at = clock.now()
    process.save(update_fields=["published_at"])
    return process
