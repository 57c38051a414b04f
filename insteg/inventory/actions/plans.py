"""The verbs of plans: upload one, save it or leave it."""

from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.documents.files import keep
from insteg.inventory import access
from insteg.inventory.actions.planned import BATCH, contact_of
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.inventory.plan_reader import Reading, from_json, to_json
from insteg.inventory.plan_rows import rows_of
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet


@action("inventory.upload", access.REPORT)
def upload(organisation: Organisation, *, actor: Actor, content: bytes, filename: str, reading: Reading) -> PlanUpload:
    """Keeps the file and what was read in it, for review. Nothing is reported yet.

    Blocked when the very same file is saved already, so that nobody mends its faults in vain.
    """
    refuse_saved(organisation, sha256(content).hexdigest())
    file = keep(content, filename)
    return insert(
        PlanUpload(
            organisation=organisation,
            file=file,
            sha256=file.sha256,
            reading=to_json(reading),
            uploaded_by_id=actor.id,
        )
    )


def refuse_saved(organisation: Organisation, digest: str) -> None:
    """The same file twice makes no doubles (R11)."""
    saved = PlanUpload.objects.filter(organisation=organisation, sha256=digest).exclude(saved_at=None)
    if saved.exists():
        raise Blocked(_("Just den här filen är redan sparad. Ändra i listan, eller läs in en nyare fil."))


def its_organisation(upload: PlanUpload) -> list[BaseModel]:
    """Locked too: of two who save the same file for it at the same moment, the second must see the first."""
    return [lock(Organisation, pk=upload.organisation_id)]


@action("inventory.save_plan", access.REVIEW, also=its_organisation)
def save_plan(
    upload: PlanUpload, *, actor: Actor, answers: dict[tuple[str, int], dict[str, Any]]
) -> list[PlannedProcurement]:
    """Every row of the reading becomes a planned procurement, or none does (R11).

    `answers` are what the reviewer said to the questions: (sheet, row) -> field -> value, None for "vet inte".
    Blocked when the very same file is saved already, so that it makes no doubles.
    """
    refuse_saved(upload.organisation, upload.sha256)
    rows = rows_of(from_json(upload.reading), answers)
    if not rows:
        raise Blocked(_("Det finns ingen upphandling att spara i filen."))
    rules = RuleSet.objects.in_force()
    contact = contact_of(upload.organisation, actor)
    planned = []
    for row in rows:
        one = PlannedProcurement(organisation=upload.organisation, upload=upload, contact_id=contact, **row)
        one.rule_set, one.proposal = rules, judge(one, rules).proposal
        one.clean_fields(exclude=CHECKED_ABOVE)
        planned.append(one)
    upload.saved_at = clock.now()
    return PlannedProcurement.objects.bulk_create(planned, batch_size=BATCH)


# Foreign keys that this action has just read or locked: asking the database anew for each of ten thousand rows
# would take most of the time.
CHECKED_ABOVE = ("organisation", "upload", "contact", "rule_set")


@action("inventory.discard_plan", access.REVIEW)
def discard_plan(upload: PlanUpload, *, actor: Actor) -> None:
    """Leaves a plan unsaved. The file stays as evidence of what was sent, until it is thinned out."""
    upload.discarded_at = clock.now()
