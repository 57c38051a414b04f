"""Which role fits where. One table, read by the form that offers roles and by the action that gives them."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from insteg.access.actor import Role
from insteg.organisations.models import Organisation, Unit

DEPARTMENT, COMPANY = Organisation.Kind.DEPARTMENT, Organisation.Kind.COMPANY
SUPPLIER, PARTNER = Organisation.Kind.SUPPLIER, Organisation.Kind.PARTNER
CITY = (DEPARTMENT, COMPANY)


class Place(NamedTuple):
    kinds: Collection[str]
    in_a_unit: bool
    otherwise: Any  # the sentence when it does not fit


PLACES: dict[Role, Place] = {
    Role.PROCUREMENT_UNIT: Place(CITY, True, _("Upphandlingsenheten är en enhet i kommunen. Välj enheten.")),
    Role.PROCURING: Place(CITY, False, _("Bara kommunens förvaltningar och bolag upphandlar.")),
    Role.COACH: Place(CITY, True, _("En coach arbetar i en enhet, till exempel arbetsmarknadsenheten. Välj enheten.")),
    Role.UNIT_MANAGER: Place(CITY, True, _("En enhetschef har en enhet. Välj enheten.")),
    Role.STEERING: Place(CITY, False, _("I styrgruppen sitter kommunens egna. Arbetsförmedlingen har en egen roll.")),
    Role.EMPLOYMENT_SERVICE: Place((PARTNER,), False, _("Rollen är för Arbetsförmedlingen, som är en samarbetspart.")),
    Role.REFERRER: Place(CITY, True, _("Den som remitterar arbetar i en enhet, till exempel för bistånd. Välj den.")),
    Role.SUPPLIER: Place((SUPPLIER,), False, _("Bara en leverantör kan ha en kontaktperson hos leverantören.")),
    Role.GOAL_COORDINATOR: Place(CITY, False, _("Målsamordnaren arbetar i kommunen.")),
    Role.ADMINISTRATOR: Place(CITY, False, _("Administratören arbetar i kommunen.")),
}  # fmt: skip


def roles_at(kind: str, *, has_units: bool = True) -> list[Role]:
    """The roles that someone can have in an organisation of this kind, in the order of the table.

    Without units the roles of units are left out: there would be nothing to choose for them.
    """
    return [role for role, place in PLACES.items() if kind in place.kinds and (has_units or not place.in_a_unit)]


def fault(role: str, organisation: Organisation, unit: Unit | None) -> str:
    """Why the role does not fit there, as a sentence; empty when it fits. Raises KeyError for a role no person has."""
    place = PLACES[Role(role)]
    fits = organisation.kind in place.kinds and (unit is not None or not place.in_a_unit)
    return "" if fits else str(place.otherwise)
