"""Who acts. Plain ids and no tables, so that this room can lie under the one that keeps organisations."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What someone does in the work, not who they are (DOMAIN: the people who use it)."""

    PROCUREMENT_UNIT = "procurement_unit", _("Upphandlingsenheten")
    PROCURING = "procuring", _("Upphandlare")
    COACH = "coach", _("Coach")
    UNIT_MANAGER = "unit_manager", _("Enhetschef")
    STEERING = "steering", _("Styrgruppen")
    EMPLOYMENT_SERVICE = "employment_service", _("Arbetsförmedlingen")
    REFERRER = "referrer", _("Remitterande enhet")
    SUPPLIER = "supplier", _("Leverantörens kontaktperson")
    GOAL_COORDINATOR = "goal_coordinator", _("Målsamordnare")
    ADMINISTRATOR = "administrator", _("Administratör")
    # No person can be given these; rules must name them like any other.
    INVITED = "invited", _("Inbjuden")
    VISITOR = "visitor", _("Besökare")
    SYSTEM = "system", _("Systemet")


NOT_PERSONS = (Role.INVITED, Role.VISITOR, Role.SYSTEM)
PERSONS = [role for role in Role if role not in NOT_PERSONS]
# Roles that will meet people in the product, and the one that hands out roles: they need a second factor.
NEEDS_SECOND_FACTOR = frozenset(
    {Role.COACH, Role.UNIT_MANAGER, Role.EMPLOYMENT_SERVICE, Role.REFERRER, Role.SUPPLIER, Role.ADMINISTRATOR}
)


@dataclass(frozen=True)
class Actor:
    """Someone acting in one role. Passed down instead of `request`; the same for a page, a link, a job or the API.

    A member acts in one membership, a link is someone without an account who holds a personal address, the system
    is a job, api is another program. A role that a rule does not name gets nothing, and so does no role.
    """

    kind: Literal["member", "link", "system", "api"]
    id: str
    role: Role | None = None
    membership_id: UUID | None = None
    organisation_id: UUID | None = None
    unit_id: UUID | None = None
    label: str = ""


SYSTEM = Actor("system", "system", Role.SYSTEM, label="Systemet")
# Whoever opens a public page: without an account, or with one and no membership in hand.
VISITOR = Actor("link", "visitor", Role.VISITOR, label="Besökare")
