"""The verbs of planned procurements: report, change, withdraw, reinstate; upload a plan, save it or leave it."""

from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.documents.files import keep
from insteg.inventory import access
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.inventory.plan_reader import Reading, from_json, to_json
from insteg.inventory.plan_rows import rows_of
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet

FACTS = (
    "title", "description", "reference", "shared", "nature", "cpv", "framework", "extent_known", "value_min",
    "value_max", "months", "option_months", "fte", "procedure", "start", "unknown_fields",
)  # fmt: skip
BATCH = 500


@action("inventory.report", access.REPORT)
def report(organisation: Organisation, *, actor: Actor, **facts: Any) -> PlannedProcurement:
    """A new planned procurement for the organisation (R12). `facts` are named as in FACTS; only the title is needed."""
    planned = PlannedProcurement(organisation=organisation, contact_id=contact_of(organisation, actor))
    set_facts(planned, facts)
    judged(planned)
    return insert(planned)


@action("inventory.change", access.CHANGE)
def change(planned: PlannedProcurement, *, actor: Actor, **facts: Any) -> None:
    """New facts; the proposal follows them at once (R14)."""
    set_facts(planned, facts)
    judged(planned)


@action("inventory.withdraw", access.CHANGE)
def withdraw(planned: PlannedProcurement, *, actor: Actor, withdrawn_reason: str) -> None:
    """Will not be bought after all. It stays, with its reason, and can be taken back."""
    planned.withdrawn_at = clock.now()
    planned.withdrawn_reason = withdrawn_reason


@action("inventory.reinstate", access.REINSTATE)
def reinstate(planned: PlannedProcurement, *, actor: Actor) -> None:
    planned.withdrawn_at = None
    planned.withdrawn_reason = ""
    judged(planned)


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


@action("inventory.judge_again", access.JUDGE)
def judge_again(rule_set: RuleSet, *, actor: Actor) -> list[PlannedProcurement]:
    """Judges what is not withdrawn by this edition. Returns those whose proposal changed. Bears being run again."""
    changed = []
    waiting = PlannedProcurement.objects.current().exclude(rule_set=rule_set).select_for_update(of=("self",))
    for planned in waiting.order_by("pk").iterator(chunk_size=BATCH):
        before = planned.proposal
        planned.rule_set, planned.proposal = rule_set, judge(planned, rule_set).proposal
        if planned.proposal != before:
            changed.append(planned)
        PlannedProcurement.objects.filter(pk=planned.pk).update(rule_set=rule_set, proposal=planned.proposal)
    return changed


def set_facts(planned: PlannedProcurement, facts: dict[str, Any]) -> None:
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise TypeError(f"no facts of a planned procurement: {sorted(unknown)}")
    if facts.get("nature", planned.nature) != planned.nature:
        planned.nature_inferred = False  # from now on somebody has said it
    for name, value in facts.items():
        setattr(planned, name, value)


def judged(planned: PlannedProcurement) -> None:
    planned.rule_set = RuleSet.objects.in_force()
    planned.proposal = judge(planned, planned.rule_set).proposal


def contact_of(organisation: Organisation, actor: Actor) -> str | None:
    """Whom to ask: the one who reports, if that is somebody in the organisation."""
    return actor.id if actor.kind == "member" and actor.organisation_id == organisation.pk else None
