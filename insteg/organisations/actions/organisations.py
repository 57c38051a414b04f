import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from insteg.access.actor import Actor, Role
from insteg.audit.gate import Blocked, action, insert
from insteg.core import clock
from insteg.organisations import access, roles
from insteg.organisations.actions.administrators import keep_an_administrator
from insteg.organisations.models import Membership, Organisation, Unit
from insteg.organisations.numbers import organisation_number


def checked_number(text: str) -> str:
    try:
        return organisation_number(text)
    except ValidationError as error:
        raise ValidationError({"number": error.messages}) from None


def closing_day(day: dt.date | None) -> dt.date:
    """Today when no day is said. A day that has passed would rewrite who could do what."""
    if day is not None and day < clock.today():
        raise ValidationError({"closed_on": _("Välj i dag eller en dag som kommer.")})
    return day or clock.today()


@action("organisations.add_organisation", access.ADD)
def add_organisation(own: Organisation, *, actor: Actor, name: str, kind: str, number: str = "") -> Organisation:
    return insert(Organisation(name=name, kind=kind, number=checked_number(number)))


@action("organisations.change_organisation", access.CHANGE)
def change_organisation(organisation: Organisation, *, actor: Actor, name: str, kind: str, number: str = "") -> None:
    organisation.name, organisation.kind, organisation.number = name, kind, checked_number(number)
    held = Membership.objects.current().filter(organisation=organisation).values_list("role", flat=True)
    homeless = sorted({str(Role(role).label) for role in held} - {str(r.label) for r in roles.roles_at(kind)})
    if homeless:
        raise Blocked(
            _("Slaget kan inte ändras så länge någon har rollen %(roles)s här. Avsluta de uppdragen först.")
            % {"roles": ", ".join(homeless)}
        )


@action("organisations.close_organisation", access.CHANGE)
def close_organisation(organisation: Organisation, *, actor: Actor, closed_on: dt.date | None = None) -> None:
    """Its memberships stop counting that day, without being ended: should it open again they count again."""
    keep_an_administrator(Q(organisation=organisation))
    organisation.closed_on = closing_day(closed_on)


@action("organisations.reopen_organisation", access.REOPEN)
def reopen_organisation(organisation: Organisation, *, actor: Actor) -> None:
    organisation.closed_on = None


@action("organisations.add_unit", access.CHANGE)
def add_unit(organisation: Organisation, *, actor: Actor, name: str, mandate: str = "", task: str = "") -> Unit:
    """`task` is what the model asks of it: one of Unit.Task, or nothing in particular."""
    return insert(Unit(organisation=organisation, name=name, mandate=mandate, task=task))


@action("organisations.change_unit", access.CHANGE_UNIT)
def change_unit(unit: Unit, *, actor: Actor, name: str, mandate: str = "", task: str = "") -> None:
    """A round that is under way has asked already: who gets a matching task now is asked by UE, from the board."""
    unit.name, unit.mandate, unit.task = name, mandate, task


@action("organisations.close_unit", access.CHANGE_UNIT)
def close_unit(unit: Unit, *, actor: Actor, closed_on: dt.date | None = None) -> None:
    keep_an_administrator(Q(unit=unit))
    unit.closed_on = closing_day(closed_on)


@action("organisations.reopen_unit", access.REOPEN_UNIT)
def reopen_unit(unit: Unit, *, actor: Actor) -> None:
    unit.closed_on = None
