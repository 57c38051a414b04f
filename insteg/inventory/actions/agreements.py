"""The verbs of running agreements (R11): keep them, say which are not bought again, and plan what follows on them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.documents.files import keep
from insteg.inventory import access
from insteg.inventory.actions import cases
from insteg.inventory.actions.planned import BATCH, contact_of, set_facts
from insteg.inventory.agreement_reader import Register, register_from_json, register_to_json
from insteg.inventory.agreement_rows import FACTS, SAVED, Answers, Kind, Match, Place, compare
from insteg.inventory.models import AgreementUpload, PlannedProcurement, RunningAgreement
from insteg.inventory.queries.agreements import may_follow, names_of_others, standing_renewals
from insteg.organisations.models import Organisation


@action("inventory.add_agreement", access.REPORT)
def add_agreement(organisation: Organisation, *, actor: Actor, **facts: Any) -> RunningAgreement:
    """An agreement that the organisation has today. `facts` are named as in agreement_rows.FACTS."""
    return insert(RunningAgreement(organisation=organisation, **facts))


@action("inventory.change_agreement", access.CHANGE_AGREEMENT)
def change_agreement(agreement: RunningAgreement, *, actor: Actor, **facts: Any) -> None:
    for name in FACTS:
        if name in facts:
            setattr(agreement, name, facts.pop(name))
    if facts:
        raise TypeError(f"no facts of a running agreement: {sorted(facts)}")


@action("inventory.end_agreement", access.CHANGE_AGREEMENT)
def end_agreement(agreement: RunningAgreement, *, actor: Actor, ended_reason: str) -> None:
    """It is not to be bought again, and is proposed no more. It stays, with the reason."""
    agreement.ended_at = clock.now()
    agreement.ended_reason = ended_reason


@action("inventory.revive_agreement", access.REVIVE_AGREEMENT)
def revive_agreement(agreement: RunningAgreement, *, actor: Actor) -> None:
    """It is to be bought again after all."""
    agreement.ended_at, agreement.ended_reason = None, ""


@action("inventory.plan_renewal", access.CHANGE_AGREEMENT)
def plan_renewal(agreement: RunningAgreement, *, actor: Actor, **facts: Any) -> PlannedProcurement:
    """A planned procurement that follows on the agreement (R11). `facts` are named as in models.FACTS.

    Blocked when one is planned already: the agreement is locked, so of two at once the second is told so.
    """
    refuse_second(agreement)
    organisation = agreement.organisation
    if not access.REPORT.permits(actor, organisation.pk):
        raise Blocked(_("Organisationen har upphört och kan inte anmäla något nytt."))
    planned = PlannedProcurement(
        organisation=organisation, contact_id=contact_of(organisation, actor), renews=agreement
    )
    set_facts(planned, facts)
    return cases.insert_new(planned, actor, "inventory.plan_renewal")


def refuse_second(agreement: RunningAgreement) -> None:
    if standing_renewals().filter(renews=agreement).exists():
        raise Blocked(_("Det finns redan en planerad upphandling som följer på avtalet."))


@action("inventory.link_renewal", access.CHANGE_AGREEMENT)
def link_renewal(agreement: RunningAgreement, *, actor: Actor, planned: PlannedProcurement) -> PlannedProcurement:
    """What is planned already follows on the agreement. It must be the same organisation's, and follow on no other."""
    refuse_second(agreement)
    planned = lock(PlannedProcurement, pk=planned.pk)
    if not may_follow(agreement).filter(pk=planned.pk).exists():
        raise Blocked(_("Den upphandlingen kan inte följa på avtalet. Välj en annan."))
    planned.renews = agreement
    planned.version += 1
    planned.save(update_fields=["renews", "version"])
    return planned


@action("inventory.unlink_renewal", access.CHANGE)
def unlink_renewal(planned: PlannedProcurement, *, actor: Actor) -> None:
    """It does not follow on the agreement after all, which is then proposed again."""
    planned.renews = None


@action("inventory.upload_register", access.REPORT)
def upload_register(
    organisation: Organisation, *, actor: Actor, content: bytes, filename: str, register: Register
) -> AgreementUpload:
    """Keeps the file and what was read in it, for review. No agreement is kept or changed yet."""
    file = keep(content, filename)
    return insert(
        AgreementUpload(
            organisation=organisation,
            file=file,
            sha256=file.sha256,
            reading=register_to_json(register),
            uploaded_by_id=actor.id,
        )
    )


def its_organisation(upload: AgreementUpload) -> list[BaseModel]:
    """Locked too: of two who save a register for it at the same moment, the second must see the first's agreements."""
    return [lock(Organisation, pk=upload.organisation_id)]


@action("inventory.save_register", access.REVIEW_REGISTER, also=its_organisation)
def save_register(
    upload: AgreementUpload, *, actor: Actor, answers: Answers, left_out: Iterable[Place] = ()
) -> list[RunningAgreement]:
    """Every row that is not left out becomes an agreement or changes the one it is about, or none does (R11).

    Agreements that are not in the file are untouched. Compared anew with what is known now, so the same file twice
    changes nothing. Returns those that are new or changed. Blocked while a row has something that is not settled.
    """
    organisation = upload.organisation
    known = RunningAgreement.objects.filter(organisation=organisation).select_for_update(no_key=True).order_by("pk")
    register = register_from_json(upload.reading)
    rows = compare(register, known, clock.today(), names_of_others(organisation), answers, left_out)
    unsettled = [str(row.place[1]) for row in rows if row.kind == Kind.OPEN]
    if unsettled:
        raise Blocked(_("Rad %(rows)s behöver ett svar, eller lämnas utanför.") % {"rows": ", ".join(unsettled)})
    if not any(row.kind in SAVED for row in rows):
        raise Blocked(_("Det finns inget avtal att spara i filen."))
    upload.saved_at = clock.now()
    return [*kept(rows, organisation), *changed(rows)]


def kept(rows: list[Match], organisation: Organisation) -> list[RunningAgreement]:
    new = [RunningAgreement(organisation=organisation, **row.facts) for row in rows if row.kind == Kind.NEW]
    for one in new:
        one.clean_fields(exclude=["organisation"])
    return RunningAgreement.objects.bulk_create(new, batch_size=BATCH)


def changed(rows: list[Match]) -> list[RunningAgreement]:
    found = []
    for row in rows:
        if row.kind == Kind.CHANGED and row.known:
            for name in row.changed:
                setattr(row.known, name, row.facts[name])
            row.known.version += 1
            row.known.clean_fields(exclude=["organisation"])
            found.append(row.known)
    RunningAgreement.objects.bulk_update(found, [*FACTS, "version"], batch_size=BATCH)
    return found


@action("inventory.discard_register", access.REVIEW_REGISTER)
def discard_register(upload: AgreementUpload, *, actor: Actor) -> None:
    """Leaves a register unsaved. The file stays until it is thinned out."""
    upload.discarded_at = clock.now()
