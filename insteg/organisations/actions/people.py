import datetime as dt

from django.db.models import Q

from insteg.access.actor import Actor
from insteg.audit.gate import action
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.organisations import access, letters, sessions
from insteg.organisations.actions.administrators import keep_an_administrator
from insteg.organisations.actions.invitations import refuse_twice, send, take_back
from insteg.organisations.models import Membership, User


@action("organisations.change_user", access.CHANGE_USER)
def change_user(user: User, *, actor: Actor, name: str, email: str) -> list[BaseModel]:
    """A new address gets a new invitation if the person has not come in yet; else the old address is told."""
    old, user.name, user.email = user.email, name.strip(), email.strip().lower()
    if user.email == old:
        return []
    if user.is_invited:
        return [send(user)]
    letters.new_address(user, old)
    return []


@action("organisations.close_user", access.CHANGE_USER)
def close_user(user: User, *, actor: Actor) -> None:
    """The person is out at the next click, everywhere, and no link leads in."""
    keep_an_administrator(Q(user=user))
    user.is_active = False
    take_back(user)
    sessions.end(user)


@action("organisations.reopen_user", access.REOPEN_USER)
def reopen_user(user: User, *, actor: Actor) -> None:
    """The password and the memberships are as they were. Someone who never came in needs a new invitation."""
    user.is_active = True


@action("organisations.reset_second_factor", access.RESET_FACTOR)
def reset_second_factor(user: User, *, actor: Actor) -> None:
    """For someone who has lost telephone, keys and recovery codes. A new one must be set up at the next sign-in."""
    user.authenticator_set.all().delete()
    sessions.end(user)
    letters.factor_reset(user)


@action("organisations.change_membership", access.CHANGE_MEMBERSHIP)
def change_membership(
    membership: Membership, *, actor: Actor, starts_on: dt.date, ends_on: dt.date | None = None
) -> None:
    membership.starts_on, membership.ends_on = starts_on, ends_on
    if ends_on is not None or starts_on > clock.today():
        keep_an_administrator(Q(pk=membership.pk))
    refuse_twice(membership)


@action("organisations.end_membership", access.CHANGE_MEMBERSHIP)
def end_membership(membership: Membership, *, actor: Actor) -> None:
    """At once, unlike a last day, which counts to its end."""
    keep_an_administrator(Q(pk=membership.pk))
    membership.ended_at = clock.now()


@action("organisations.change_own", access.OWN)
def change_own(user: User, *, actor: Actor, name: str, language: str) -> None:
    user.name, user.language = name.strip(), language


@action("organisations.choose_language", access.OWN)
def choose_language(user: User, *, actor: Actor, language: str) -> None:
    user.language = language
