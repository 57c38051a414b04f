"""The verbs of plans: upload one, read it anew, keep what was typed, save it or leave it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert
from insteg.core import clock
from insteg.core.jobs import queue
from insteg.documents.files import keep
from insteg.inventory import access
from insteg.inventory.actions.saving import refuse_saved
from insteg.inventory.models import PlanUpload
from insteg.inventory.plan_reader import Reading, to_json
from insteg.organisations.models import Organisation

# The jobs, registered in jobs.py. Both are told the plan and in which membership somebody asked for it.
READ_PLAN, SAVE_PLAN = "inventory.read_plan", "inventory.save_plan"
Columns = Mapping[str, str]


@action("inventory.upload", access.REPORT)
def upload(
    organisation: Organisation,
    *,
    actor: Actor,
    content: bytes,
    filename: str,
    reading: Reading | None,
    chosen_columns: Columns | None = None,
) -> PlanUpload:
    """Keeps the file and what was read in it, for review. Nothing is reported yet.

    Without a reading the file is read by a job. `chosen_columns` is how to read columns, by heading. Blocked when the
    very same file is saved already, so that nobody mends its faults in vain. When it is read already and waits for
    review, that plan is returned and no second one made.
    """
    digest = sha256(content).hexdigest()
    refuse_saved(organisation, digest)
    if waiting := same_file_waiting(organisation, digest, actor):
        return waiting
    file = keep(content, filename)
    made = insert(
        PlanUpload(
            organisation=organisation,
            file=file,
            sha256=file.sha256,
            reading=to_json(reading) if reading else None,
            chosen_columns=dict(chosen_columns or {}),
            uploaded_by_id=actor.id,
        )
    )
    if reading is None:
        ask_for(READ_PLAN, made, actor)
    return made


def same_file_waiting(organisation: Organisation, digest: str, actor: Actor) -> PlanUpload | None:
    """The oldest one. Not one that could not be read: sending it anew is another try."""
    to_review = access.REVIEW.filter(PlanUpload.objects.defer("reading"), actor)
    same = to_review.filter(organisation=organisation, sha256=digest, unreadable="")
    return same.order_by("created_at", "pk").first()


def ask_for(job: str, plan: PlanUpload, actor: Actor) -> None:
    queue(job, plan=str(plan.pk), membership=str(actor.membership_id))


def refuse_while_saving(plan: PlanUpload) -> None:
    if plan.is_being_saved:
        raise Blocked(_("Planen håller redan på att sparas."))


@action("inventory.keep_plan", access.REVIEW)
def keep_plan(plan: PlanUpload, *, actor: Actor, typed: Mapping[str, Any]) -> None:
    """Keeps the answers and choices of somebody who is not done, so that they or a colleague can go on."""
    refuse_while_saving(plan)
    plan.typed = dict(typed)


@action("inventory.reread_plan", access.REVIEW)
def reread_plan(
    plan: PlanUpload, *, actor: Actor, chosen_columns: Columns, typed: Mapping[str, Any], reading: Reading | None
) -> None:
    """Reads the columns as somebody has chosen; without a reading a job does. What was typed stays where it holds."""
    refuse_while_saving(plan)
    plan.chosen_columns, plan.typed = dict(chosen_columns), dict(typed)
    plan.reading, plan.unreadable, plan.not_saved = to_json(reading) if reading else None, "", ""
    if reading is None:
        ask_for(READ_PLAN, plan, actor)


@action("inventory.plan_was_read", access.REVIEW)
def plan_was_read(plan: PlanUpload, *, actor: Actor, reading: Reading | None, unreadable: str = "") -> None:
    """What the job found. Done again it changes nothing: the same file reads the same."""
    plan.reading, plan.unreadable = to_json(reading) if reading else None, unreadable[:500]


@action("inventory.begin_saving_plan", access.REVIEW)
def begin_saving_plan(plan: PlanUpload, *, actor: Actor, typed: Mapping[str, Any]) -> None:
    """A long plan is saved by a job: `typed` is what it saves by. Blocked when one is at it."""
    refuse_while_saving(plan)
    refuse_saved(plan.organisation, plan.sha256)
    plan.typed, plan.saving_since, plan.not_saved = dict(typed), clock.now(), ""
    ask_for(SAVE_PLAN, plan, actor)


@action("inventory.plan_was_not_done", access.GIVE_UP_PLAN)
def plan_was_not_done(plan: PlanUpload, *, actor: Actor, said: str) -> None:
    """A job that could not do what it was asked to says why; the plan can be mended and tried again."""
    if plan.is_being_read:
        plan.unreadable = said[:500]
    else:
        plan.not_saved = said[:1000]
    plan.saving_since = None


@action("inventory.discard_plan", access.REVIEW)
def discard_plan(plan: PlanUpload, *, actor: Actor) -> None:
    """Leaves a plan unsaved. The file stays as evidence of what was sent, until it is thinned out."""
    refuse_while_saving(plan)
    plan.discarded_at = clock.now()
