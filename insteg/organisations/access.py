from django.db.models import Q

from insteg.access.actor import PERSONS, Actor, Role
from insteg.access.rules import NOTHING, Rule, every, same
from insteg.core import clock
from insteg.organisations.models import Invitation, Membership, Organisation, Unit, User, UserQuerySet


def still_open(prefix: str = "") -> Q:
    """Rows that have not closed. The day of closing counts as closed."""
    return Q(**{f"{prefix}closed_on": None}) | Q(**{f"{prefix}closed_on__gt": clock.today()})


def open_ones(actor: Actor) -> Q:
    return still_open()


def closed_ones(actor: Actor) -> Q:
    return ~still_open()


def open_units(actor: Actor) -> Q:
    return still_open() & still_open("organisation__")


def closed_units(actor: Actor) -> Q:
    return ~still_open() & still_open("organisation__")


def the_citys_own(actor: Actor) -> Q:
    return still_open() & Q(kind__in=Organisation.BUYING)


def our_organisation(actor: Actor) -> Q:
    return same("pk", actor.organisation_id)


def accounts_in_use(actor: Actor) -> Q:
    return Q(is_active=True)


def closed_accounts(actor: Actor) -> Q:
    return Q(is_active=False)


def invited(actor: Actor) -> Q:
    return UserQuerySet.INVITED & Q(is_active=True)


def with_second_factor(actor: Actor) -> Q:
    return Q(authenticator__isnull=False)


def not_ended(actor: Actor) -> Q:
    return Q(ended_at=None)


def not_used(actor: Actor) -> Q:
    return Q(accepted_at=None, withdrawn_at=None)


def own_account(actor: Actor) -> Q:
    return same("pk", actor.id) if actor.kind == "member" else NOTHING


def the_one_in_hand(actor: Actor) -> Q:
    """The invitation whose link someone holds, as long as it is good and its owner has no password."""
    good = Q(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now(), user__in=User.objects.invited())
    return same("pk", actor.id) & good if actor.kind == "link" else NOTHING


# --- organisations and units: the administrator's, who sees nobody's personal data but names and addresses of staff
SEE = Rule("se organisationer", Organisation, {Role.ADMINISTRATOR: every})
# To add is a right on one's own organisation, since what is added has no parent: additions wait for each other there.
ADD = Rule("lägga till organisation", Organisation, {Role.ADMINISTRATOR: our_organisation})
CHANGE = Rule("ändra organisation", Organisation, {Role.ADMINISTRATOR: open_ones})
REOPEN = Rule("öppna organisation igen", Organisation, {Role.ADMINISTRATOR: closed_ones})
CHANGE_UNIT = Rule("ändra enhet", Unit, {Role.ADMINISTRATOR: open_units})
REOPEN_UNIT = Rule("öppna enhet igen", Unit, {Role.ADMINISTRATOR: closed_units})

# --- people. The system invites when someone at the server does: the first administrator, or the only one left out.
INVITE = Rule("bjuda in till organisation", Organisation, {
    Role.ADMINISTRATOR: open_ones,
    Role.SYSTEM: the_citys_own,
})  # fmt: skip
SEE_USERS = Rule("se användare", User, {Role.ADMINISTRATOR: every})
CHANGE_USER = Rule("ändra användare", User, {Role.ADMINISTRATOR: accounts_in_use})
REOPEN_USER = Rule("öppna konto igen", User, {Role.ADMINISTRATOR: closed_accounts})
INVITE_AGAIN = Rule("skicka inbjudan igen", User, {Role.ADMINISTRATOR: invited})
RESET_FACTOR = Rule("nollställa andra steget", User, {Role.ADMINISTRATOR: with_second_factor})
SEE_MEMBERSHIPS = Rule("se uppdrag", Membership, {Role.ADMINISTRATOR: every})
CHANGE_MEMBERSHIP = Rule("ändra uppdrag", Membership, {Role.ADMINISTRATOR: not_ended})
WITHDRAW = Rule("återkalla inbjudan", Invitation, {Role.ADMINISTRATOR: not_used})

# --- oneself
ACCEPT = Rule("använda inbjudan", Invitation, {Role.INVITED: the_one_in_hand})
OWN = Rule("egna uppgifter", User, dict.fromkeys(PERSONS, own_account))
