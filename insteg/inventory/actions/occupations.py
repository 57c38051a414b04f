"""The verbs of occupations: the table that proposes them, and what people say that one procurement needs (R13)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert
from insteg.codes.models import CpvOccupation, Occupation
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.actions import cases
from insteg.inventory.models import ExpectedOccupation, PlannedProcurement
from insteg.organisations.models import Organisation


@action("inventory.add_cpv_occupation", access.ADD_OCCUPATION)
def add_cpv_occupation(own: Organisation, *, actor: Actor, cpv: str, occupation: Occupation) -> CpvOccupation:
    """From now on the occupation is proposed for what begins with these digits of a CPV code.

    A pair that was removed comes back, and keeps its history. Blocked when it stands there already.
    """
    known = CpvOccupation.objects.select_for_update(no_key=True).filter(cpv=cpv, occupation=occupation).first()
    if known is None:
        return insert(CpvOccupation(cpv=cpv, occupation=occupation))
    if known.removed_at is None:
        raise Blocked(_("Det yrket finns redan för den CPV-koden."))
    known.removed_at, known.version = None, known.version + 1
    known.save(update_fields=["removed_at", "version"])
    return known


@action("inventory.remove_cpv_occupation", access.REMOVE_OCCUPATION)
def remove_cpv_occupation(pair: CpvOccupation, *, actor: Actor) -> None:
    """It is proposed no more. The pair stays, so that loading the short list again does not bring it back."""
    pair.removed_at = clock.now()


@action("inventory.restore_cpv_occupation", access.RESTORE_OCCUPATION)
def restore_cpv_occupation(pair: CpvOccupation, *, actor: Actor) -> None:
    pair.removed_at = None


@action("inventory.confirm_occupations", access.CHANGE, then=cases.goes_on("inventory.confirm_occupations"))
def confirm_occupations(planned: PlannedProcurement, *, actor: Actor, occupations: Sequence[Occupation]) -> None:
    """These it needs, or with none of them no particular ones: said by people, so the table proposes no more for it."""
    said = planned.occupations.all()
    said.exclude(occupation__in=occupations).delete()
    known = set(said.values_list("occupation", flat=True))
    ExpectedOccupation.objects.bulk_create(
        ExpectedOccupation(planned=planned, occupation=each) for each in occupations if each.pk not in known
    )
    planned.occupations_confirmed_at = clock.now()


@action("inventory.unconfirm_occupations", access.UNCONFIRM_OCCUPATIONS)
def unconfirm_occupations(planned: PlannedProcurement, *, actor: Actor) -> None:
    """Back to what the table proposes, as it is now and as it will be."""
    planned.occupations.all().delete()
    planned.occupations_confirmed_at = None
