import datetime as dt
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, facts, insert, lock, store
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.organisations import access, letters, roles
from insteg.organisations.models import Invitation, Membership, Organisation, Unit, User

DAYS = 14


def digest(secret: str) -> str:
    """What is kept of a link's secret. It is long and random, so a plain digest cannot be turned back."""
    return sha256(secret.encode()).hexdigest()


@action("organisations.invite", access.INVITE)
def invite(
    organisation: Organisation,
    *,
    actor: Actor,
    name: str,
    email: str,
    role: str,
    unit: Unit | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> list[BaseModel]:
    """Gives a person a membership. A new person gets an account without password, and a letter with a link.

    Someone who has an account keeps it, whatever name is said here, and is told by letter. Gives back what was made.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    made: list[BaseModel] = []
    if user is None:
        user = User(name=name.strip(), email=email.strip().lower())
        user.set_unusable_password()
        made.append(insert(user))
    elif not user.is_active:
        raise Blocked(_("Personens konto är stängt. Öppna det igen först."))
    membership = give(user, organisation, unit, role, starts_on or clock.today(), ends_on)
    made.append(membership)
    if user.is_invited:
        made.append(send(user))
    else:
        letters.new_membership(user, membership, reverse("organisations:choose"))
    return made


def give(
    user: User, organisation: Organisation, unit: Unit | None, role: str, starts_on: dt.date, ends_on: dt.date | None
) -> Membership:
    membership = Membership(
        user=user, organisation=organisation, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on
    )
    membership.clean_fields()
    if said := roles.fault(role, organisation, unit):
        raise ValidationError({"role": said})
    refuse_twice(membership)
    return insert(membership)


def refuse_twice(membership: Membership) -> None:
    """The same person in the same role at the same place, twice on the same day, is a slip."""
    same = Membership.objects.filter(
        user=membership.user_id, role=membership.role, organisation=membership.organisation_id, unit=membership.unit_id
    ).filter(Q(ends_on=None) | Q(ends_on__gte=membership.starts_on), ended_at=None)
    if membership.ends_on:
        same = same.filter(starts_on__lte=membership.ends_on)
    if same.exclude(pk=membership.pk).exists():
        raise ValidationError(_("Personen har redan det uppdraget under den tiden."))


def send(user: User) -> Invitation:
    """A new link by letter; an older one stops working. The secret leaves only in the letter and in `link`."""
    take_back(user)
    secret = token_urlsafe(32)
    expires_at = clock.now() + dt.timedelta(days=DAYS)
    invitation = insert(Invitation(user=user, digest=digest(secret), expires_at=expires_at))
    invitation.link = letters.address(reverse("organisations:invitation", args=[secret]))
    letters.invitation(user, invitation.link, DAYS)
    return invitation


def take_back(user: User) -> None:
    for old in Invitation.objects.open().filter(user=user):
        before = facts(old)
        old.withdrawn_at = clock.now()
        store(old, before)


@action("organisations.invite_again", access.INVITE_AGAIN)
def invite_again(user: User, *, actor: Actor) -> Invitation:
    return send(user)


@action("organisations.withdraw_invitation", access.WITHDRAW)
def withdraw_invitation(invitation: Invitation, *, actor: Actor) -> None:
    """The membership stays, but nobody can come in by it until a new invitation is sent."""
    invitation.withdrawn_at = clock.now()


@action("organisations.accept_invitation", access.ACCEPT)
def accept_invitation(invitation: Invitation, *, actor: Actor, language: str, password: str) -> list[BaseModel]:
    """The person chooses a password and a language; the link is used up. Raises ValidationError for a weak password."""
    user = lock(User, pk=invitation.user_id)
    before = facts(user)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from None
    user.set_password(password)
    user.language = language
    store(user, before)
    invitation.accepted_at = clock.now()
    return [user]
