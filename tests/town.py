"""A small town with two of everything, so that every leak has somewhere to leak to."""

from types import SimpleNamespace

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.inventory.actions import report
from insteg.organisations.models import Membership, Organisation, Unit, User
from insteg.process.models import RuleSet

ORGANISATIONS = {
    "Stad": "department", "Vård": "department", "Park": "department", "Skola": "department", "Hus": "company",
    "El": "company", "Bygg": "supplier", "Mat": "supplier", "AF": "partner", "AF2": "partner",
}  # fmt: skip
UNITS = {"ue": "Stad", "ame": "Stad", "sia": "Vård", "bistand": "Stad", "etablering": "Stad"}
# who: role, organisation, unit. The order is that of every table of answers in the nets.
PEOPLE = {
    "ue": (Role.PROCUREMENT_UNIT, "Stad", "ue"),
    "ue2": (Role.PROCUREMENT_UNIT, "Stad", "ue"),
    "park": (Role.PROCURING, "Park", None),
    "hus": (Role.PROCURING, "Hus", None),
    "ame": (Role.COACH, "Stad", "ame"),
    "sia": (Role.COACH, "Vård", "sia"),
    "chef": (Role.UNIT_MANAGER, "Stad", "ame"),
    "chef2": (Role.UNIT_MANAGER, "Vård", "sia"),
    "styr": (Role.STEERING, "Stad", "ue"),
    "styr2": (Role.STEERING, "Vård", "sia"),
    "af": (Role.EMPLOYMENT_SERVICE, "AF", None),
    "af2": (Role.EMPLOYMENT_SERVICE, "AF2", None),
    "bistand": (Role.REFERRER, "Stad", "bistand"),
    "etablering": (Role.REFERRER, "Stad", "etablering"),
    "bygg": (Role.SUPPLIER, "Bygg", None),
    "mat": (Role.SUPPLIER, "Mat", None),
    "mal": (Role.GOAL_COORDINATOR, "Stad", None),
    "mal2": (Role.GOAL_COORDINATOR, "Vård", None),
    "admin": (Role.ADMINISTRATOR, "Stad", None),
    "admin2": (Role.ADMINISTRATOR, "Vård", None),
}


def address(name: str) -> str:
    return f"{name}@staden.example"


def member(name: str, role: Role, organisation: Organisation, unit: Unit | None = None) -> Actor:
    """Another membership for a person who exists, or a new person with one. Example people need no second factor."""
    user, _ = User.objects.get_or_create(email=address(name), defaults={"name": name.title(), "is_example": True})
    return Membership.objects.create(user=user, role=role, organisation=organisation, unit=unit).actor()


def build() -> SimpleNamespace:
    """Two of each kind of organisation and person; a planned procurement at each of two buyers, and one withdrawn."""
    rule_set, _ = RuleSet.objects.get_or_create(edition=1, defaults={"published_at": clock.now()})
    org = {name: Organisation.objects.create(name=name, kind=kind) for name, kind in ORGANISATIONS.items()}
    units = {key: Unit.objects.create(organisation=org[where], name=key.upper()) for key, where in UNITS.items()}
    who = {
        name: member(name, role, org[where], units[unit] if unit else None)
        for name, (role, where, unit) in PEOPLE.items()
    }
    planned = {
        "p": report(actor=who["park"], target=org["Park"], seen=None, title="Parkskötsel"),
        "h": report(actor=who["hus"], target=org["Hus"], seen=None, title="Fasadrenovering"),
    }
    return SimpleNamespace(rule_set=rule_set, org=org, units=units, who=who, planned=planned)
