"""Someone must always be able to administer: without an administrator nobody can be let in again from a page."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from insteg.access.actor import SYSTEM, Role
from insteg.audit.gate import Blocked, insert, lock
from insteg.audit.log import record
from insteg.organisations.models import Membership, Organisation, User


def keep_an_administrator(affected: Q) -> None:
    """Blocked when the memberships in `affected` are those of the last administrators without an end.

    All who ask wait for each other at one row, the oldest administrator's, and count when it is their turn. So two
    administrators cannot remove one another at the same moment.
    """
    administrators = Membership.objects.filter(role=Role.ADMINISTRATOR)
    oldest = administrators.order_by("created_at", "pk").first()
    if oldest is None:
        return
    lock(Membership, pk=oldest.pk)
    current = administrators.current().filter(user__is_active=True).exclude(user__in=User.objects.invited())
    lasting = current.filter(ends_on=None, organisation__closed_on=None).filter(Q(unit=None) | Q(unit__closed_on=None))
    if current.filter(affected).exists() and not lasting.exclude(affected).exists():
        raise Blocked(
            _("Då blir det ingen administratör kvar. Ge först någon annan ett administratörsuppdrag utan slutdatum.")
        )


def first_organisation(name: str) -> Organisation:
    """The organisation of the first administrator, for a database where there is none to have the right on.

    Every other organisation is added through the gate. Gives back the one there is when it exists already.
    """
    with transaction.atomic():
        found = Organisation.objects.filter(name=name).first()
        if found is None:
            found = insert(Organisation(name=name, kind=Organisation.Kind.DEPARTMENT))
            record(SYSTEM, "organisations.first_organisation", [found], [], "")
        return found
