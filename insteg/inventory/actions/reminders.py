"""Reminders: sent by the system, held back by UE (R10)."""

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert
from insteg.core import clock
from insteg.inventory import access, letters, reminders
from insteg.inventory.models import Reminder, RoundRequest
from insteg.inventory.queries.recipients import recipients
from insteg.inventory.queries.reminders import asked_of, with_events


@action("inventory.remind", access.REMIND)
def remind(request: RoundRequest, *, actor: Actor) -> Reminder:
    """Sends the reminder that is due and notes that it has gone, in one transaction; the database allows it once.

    Asked anew with the request locked, since they may just have been told something. Blocked when none is due, or when
    there is nobody to write to: then it waits until the place is filled.
    """
    known, today = with_events(RoundRequest.objects.filter(pk=request.pk)).get(), clock.today()
    number = reminders.due(asked_of(known), today)
    if number is None:
        raise Blocked(_("Ingen påminnelse ska gå nu."))
    people = recipients([known])[known.pk]
    if not people:
        raise Blocked(_("Det finns ingen att skriva till."))
    letters.send([known], letters.reminder)
    request.written_at = known.written_at
    return insert(Reminder(request=request, number=number, sent_on=today, letters=len(people)))


@action("inventory.hold_reminders", access.HOLD_REMINDERS)
def hold_reminders(request: RoundRequest, *, actor: Actor, hold: bool) -> None:
    """UE holds back what would have gone by itself, or lets it go after all."""
    request.held_at = clock.now() if hold else None
