"""Saving a plan that was read: all of it in one transaction, or nothing (R11)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, facts, lock
from insteg.audit.log import record, record_each
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.inventory import access
from insteg.inventory.actions import cases
from insteg.inventory.actions.joined import release
from insteg.inventory.actions.judging import judged, keep_assessments, keep_first_assessments
from insteg.inventory.actions.planned import BATCH, contact_of
from insteg.inventory.actions.shared import one_is_told
from insteg.inventory.comparison import Comparison, Decisions, Known, Outcome, altered_since, compare, pair
from insteg.inventory.models import ColumnChoice, PlannedProcurement, PlanUpload
from insteg.inventory.plan_reader import from_json
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet

Ending = PlannedProcurement.Ending


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
    upload: PlanUpload, *, actor: Actor, decisions: Decisions, shown: str | None = None
) -> list[PlannedProcurement]:
    """New rows are added, changed ones changed, those that the reviewer says are gone withdrawn, the same confirmed.

    `shown` is comparison.versions_of what the reviewer saw: Blocked, with names, when a known row is another now.
    Blocked too when the very same file is saved already, and when a row cannot be kept as it stands. Returns what is
    new. What was done is counted in `upload.typed`.
    """
    refuse_saved(upload.organisation, upload.sha256)
    known = locked(known_to(upload.organisation))
    refuse_altered(known, shown)
    reading = from_json(upload.reading)
    done = compare(reading, known, pair(reading, known), decisions)
    if not done.rows and not done.gone:
        raise Blocked(_("Det finns ingen upphandling att spara i filen."))
    refuse_locked(actor, done)
    rules = RuleSet.objects.in_force()
    made = add(done.of_kind("new"), upload, actor, rules)
    changed = change_rows(done.of_kind("changed"), upload, actor, rules)
    confirm([row.known for row in done.of_kind("same") if row.known], actor)
    withdraw_rows(done.gone, actor)
    remember_columns(upload)
    upload.saved_at, upload.saving_since, upload.not_saved = clock.now(), None, ""
    upload.typed = {
        "saved": {
            "new": len(made), "changed": changed, "same": len(done.of_kind("same")), "gone": len(done.gone),
        }
    }  # fmt: skip
    return made


def known_to(organisation: Organisation) -> Any:
    """What the organisation plans as far as we know: not withdrawn; joined ones too, which are still theirs."""
    return PlannedProcurement.objects.filter(organisation=organisation, withdrawn_at=None).order_by("created_at", "pk")


def locked(known: Any) -> list[Known]:
    """`known_to`, locked in the order of their keys as everywhere, and in its own order."""
    with one_is_told():
        rows = [*known.order_by("pk").select_for_update(of=("self",), no_key=True)]
    return sorted(rows, key=lambda one: (one.created_at, one.pk))


def refuse_altered(known: list[Known], shown: str | None) -> None:
    altered = None if shown is None else altered_since(shown, known)
    if altered is not None:
        raise Blocked(altered_in_words(altered))


def altered_in_words(names: list[str]) -> str:
    """`names` as of altered_since."""
    if not names:
        return _("En upphandling har dragits tillbaka sedan sidan visades. Jämför igen och spara sedan.")
    listed = ", ".join(f"”{name}”" for name in names[:5]) + (" …" if len(names) > 5 else "")
    said = _("Någon har ändrat %(names)s sedan sidan visades. Inget är sparat. Jämför igen och spara sedan.")
    return said % {"names": listed}


def refuse_locked(actor: Actor, done: Comparison) -> None:
    """The right to change each known row is asked as it would be for that row alone."""
    rows = [row.known for row in done.rows if row.known] + [one for one, _ending in done.gone]
    allowed = access.CHANGE.filter(PlannedProcurement.objects.filter(pk__in=[one.pk for one in rows]), actor)
    may = set(allowed.values_list("pk", flat=True))
    refused = [one.title for one in rows if one.pk not in may]
    if refused:
        raise Blocked(_("”%(name)s” får du inte ändra. Läs inte in den raden.") % {"name": refused[0]})


# Foreign keys that this action has just read or locked: asking the database anew for each of ten thousand rows
# would take most of the time.
CHECKED_ABOVE = ("organisation", "upload", "contact", "rule_set")


def add(rows: list[Outcome], upload: PlanUpload, actor: Actor, rules: RuleSet) -> list[PlannedProcurement]:
    contact = contact_of(upload.organisation, actor)
    made = []
    for row in rows:
        one = PlannedProcurement(
            organisation=upload.organisation, upload=upload, upload_row=row.row.number, contact_id=contact, **row.facts
        )
        judged(one, rules)
        check(one, row, exclude=CHECKED_ABOVE)
        made.append(one)
    cases.begin(made, actor)
    PlannedProcurement.objects.bulk_create(made, batch_size=BATCH)
    keep_first_assessments(made)
    cases.go_on(made, actor, "inventory.save_plan")
    return made


def check(one: PlannedProcurement, row: Outcome, exclude: Any) -> None:
    try:
        one.clean_fields(exclude=exclude)
    except ValidationError as error:
        said = _("Rad %(row)s, ”%(name)s”: %(fault)s")
        values = {"row": row.row.number, "name": row.row.title[:80], "fault": " ".join(error.messages)}
        raise Blocked(said % values) from error


def change_rows(rows: list[Outcome], upload: PlanUpload, actor: Actor, rules: RuleSet) -> int:
    """Each with its version and its own entry in the log, as if it had been changed by hand."""
    told: list[tuple[BaseModel, list[str]]] = []
    for row in rows:
        one, now = row.known, clock.now()
        assert one is not None
        before = facts(one)
        for name, value in row.changes.items():
            setattr(one, name, value)
        one.upload, one.upload_row, one.confirmed_at = upload, row.row.number, now
        judged(one, rules)
        changed = sorted(name for name, value in facts(one).items() if value != before[name])
        check(one, row, exclude={*before.keys() - set(changed), *CHECKED_ABOVE})
        one.version += 1
        one.save(update_fields=[*changed, "version"])
        told.append((one, changed))
    keep_assessments([row.known for row in rows if row.known])
    record_each(actor, "inventory.change", told)
    cases.go_on([row.known for row in rows if row.known], actor, "inventory.change")
    return len(told)


def confirm(rows: list[Known], actor: Actor) -> None:
    """That a row still holds is no change of a fact: it keeps its version, and nobody's open form becomes stale."""
    if rows:
        PlannedProcurement.objects.filter(pk__in=[one.pk for one in rows]).update(confirmed_at=clock.now())
        record(actor, "inventory.confirm_rows", rows, ["confirmed_at"], "")
        cases.go_on(rows, actor, "inventory.confirm_rows")


def withdraw_rows(gone: list[tuple[Known, str]], actor: Actor) -> None:
    """As if each had been withdrawn by hand: what a joint one carries stands by itself again."""
    with one_is_told():  # reports of others, locked after our own rows
        release([one for one, _ending in gone], actor)
    told: list[tuple[BaseModel, list[str]]] = []
    for one, ending in gone:
        one.withdrawn_at, one.withdrawn_as = clock.now(), ending
        one.withdrawn_reason = reason_of(ending)
        changed = ["withdrawn_as", "withdrawn_at", "withdrawn_reason"]
        one.version += 1
        one.save(update_fields=[*changed, "version"])
        told.append((one, changed))
    record_each(actor, "inventory.withdraw", told)
    cases.end([one for one, _ending in gone], actor, "inventory.withdraw")


def reason_of(ending: str) -> str:
    """`ending` is a PlannedProcurement.Ending that the reviewer chose."""
    reasons = {
        Ending.CANCELLED: _("Blir inte av. Finns inte längre i organisationens plan."),
        Ending.ADVERTISED: _("Är redan annonserad. Finns inte längre i organisationens plan."),
    }
    return reasons[Ending(ending)]


def remember_columns(upload: PlanUpload) -> None:
    """Next time the same headings are read as they were chosen now."""
    ColumnChoice.objects.bulk_create(
        [
            ColumnChoice(organisation=upload.organisation, heading=heading[:300], field=said)
            for heading, said in sorted(upload.chosen_columns.items())
        ],
        update_conflicts=True,
        unique_fields=["organisation", "heading"],
        update_fields=["field"],
    )
