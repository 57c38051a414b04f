"""What is known when a plan is read, and which plans wait."""

import datetime as dt
from collections.abc import Mapping

from django.core.cache import cache
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import Task
from insteg.audit.log import told_since
from insteg.inventory import access
from insteg.inventory.actions.saving import known_to
from insteg.inventory.models import ColumnChoice, PlannedProcurement, PlanUpload, RoundRequest
from insteg.inventory.plan_reader.wording import words
from insteg.organisations.models import Organisation

A_DAY = 24 * 60 * 60


def known_beside(plan: PlanUpload) -> list[PlannedProcurement]:
    """What the plan is compared with. One query."""
    return list(known_to(plan.organisation).select_related("merged_into"))


def remembered_columns(organisation: Organisation) -> dict[str, str]:
    """How its columns were read last time, by heading, where somebody has chosen."""
    return dict(ColumnChoice.objects.filter(organisation=organisation).values_list("heading", "field"))


def remembered_in(headings: Mapping[str, str], remembered: Mapping[str, str]) -> set[str]:
    """Those of the headings, compared by their words, that are read as they were last time."""
    known = {words(heading): field for heading, field in remembered.items()}
    return {heading for heading, field in headings.items() if known.get(words(heading)) == field}


def kept_by_oneself(plan: PlanUpload, seen: int, actor: Actor) -> bool:
    """Whether nothing has happened to the plan since `seen` but that the actor's own words were kept: going back in
    the browser and sending an earlier page again is no conflict with anybody."""
    told = set(told_since(plan, seen).values_list("entry__action", "entry__actor_id"))
    return bool(told) and told == {("inventory.keep_plan", actor.id)}


def request_to_answer(organisation: Organisation) -> RoundRequest | None:
    """What the organisation is asked in the round that is under way, if one is."""
    asked = RoundRequest.objects.filter(organisation=organisation, unit=None)
    opened = asked.filter(round__opened_at__isnull=False, round__closed_at=None)
    return opened.order_by("-round__opened_at").first()


# How far a job has come is told beside the database's own transactions, and may be lost: nothing depends on it.


def tell_phase(plan: PlanUpload, phase: str) -> None:
    cache.set(f"plan-{plan.pk}", phase, A_DAY)


def phase_of(plan: PlanUpload) -> str:
    """What a job is doing with the plan: "reading", "saving", or "" while it waits for its turn."""
    return str(cache.get(f"plan-{plan.pk}", ""))


def was_there(plan: str, moment: dt.datetime) -> bool:
    """Whether the plan of that id was there before `moment`."""
    return PlanUpload.objects.filter(pk=plan, created_at__lt=moment).exists()


def uploads_to_review(actor: Actor) -> QuerySet[PlanUpload]:
    """Those that wait for the actor: everyone's in one's own organisation, for UE the ones that oneself has sent."""
    waiting = access.REVIEW.filter(PlanUpload.objects.defer("reading"), actor).select_related("organisation", "file")
    return waiting.filter(uploaded_by=actor.id) if actor.role == Role.PROCUREMENT_UNIT else waiting


def plans_not_saved(actor: Actor) -> list[Task]:
    return [
        Task(
            title=_("Granska och spara en inläst plan"),
            url=reverse("inventory:review", args=[upload.pk]),
            about=f"{upload.organisation} · {upload.file}",
            since=localdate(upload.created_at),
        )
        for upload in uploads_to_review(actor).order_by("created_at", "pk")[:20]
    ]
