"""What the organisation itself thinks (R31): asked before the meeting, told in its own words, changed until the group
has decided."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action
from insteg.core import clock
from insteg.meetings.models import Meeting
from insteg.steering import access, agenda_letters
from insteg.steering.actions.agenda import the_agenda_first
from insteg.steering.actions.deciding import what_it_is_about
from insteg.steering.models import Agenda, AgendaItem
from insteg.steering.queries import agenda as queries


@action("steering.ask_views", access.KEEP_AGENDA)
def ask_views(agenda: Agenda, *, actor: Actor, views_by: dt.date) -> list[AgendaItem]:
    """Everyone who procures where something undecided comes from, and that has not said what it thinks, gets a letter;
    the unit itself is only reminded by its tasks. Those who have been asked before are asked again.

    ValidationError for a day that has passed or that comes after the meeting. Blocked when the meeting has begun, when
    all have answered and when nobody can be reached.
    """
    meeting = Meeting.objects.get(agenda=agenda)
    if meeting.has_begun:
        raise Blocked(_("Mötet har börjat. Organisationens syn skrivs före mötet."))
    refuse_views_by(views_by, meeting)
    wanted = queries.views_wanted(agenda)
    if not wanted:
        raise Blocked(_("Alla har redan svarat, eller så finns inget kvar att besluta om."))
    reached = [each for each in wanted if each.people or each.organisation.pk == meeting.organisation_id]
    if not reached:
        names = ", ".join(str(each.organisation) for each in wanted)
        raise Blocked(
            _("Ingen har uppdraget att svara för %(names)s. Be administratören ge någon det.") % {"names": names}
        )
    for each in reached:
        agenda_letters.ask(each, meeting, views_by)
    agenda.views_by = views_by
    items = [item for each in reached for item in each.items]
    for item in items:
        item.asked_at = clock.now()
    AgendaItem.objects.bulk_update(items, ["asked_at"])  # no version: nobody can overwrite when somebody was asked
    return items


def refuse_views_by(day: dt.date, meeting: Meeting) -> None:
    if day < clock.today():
        raise ValidationError({"views_by": _("Dagen har passerat. Välj en dag som kommer.")})
    if day > localdate(meeting.starts_at):
        raise ValidationError({"views_by": _("Dagen är efter mötet. Välj en dag före det.")})


@action("steering.tell_view", access.TELL_VIEW, first=the_agenda_first, also=what_it_is_about)
def tell_view(item: AgendaItem, *, actor: Actor, view: str) -> None:
    """In the organisation's own words. Blocked when the group has decided, and when the meeting is over or cancelled;
    ValidationError for an empty answer."""
    if said := why_no_view(item):
        raise Blocked(said)
    if not view.strip():
        raise ValidationError({"view": _("Skriv vad ni tycker, eller att ni inte har någon åsikt.")})
    item.view, item.viewed_at, item.viewed_by_id = view.strip(), clock.now(), actor.id  # type: ignore[assignment]


def why_no_view(item: AgendaItem) -> str:
    """Empty while the organisation can say and change what it thinks."""
    if item.decision_id is not None:
        return _("Styrgruppen har beslutat, så svaret går inte längre att ändra. Ni får återkoppling om det.")
    goes_on = Agenda.objects.filter(pk=item.agenda_id, handed_over_at=None, minutes=None, meeting__cancelled_at=None)
    if not goes_on.exists():
        return _("Mötet är över eller inställt. Kommer upphandlingen upp igen får ni en ny fråga.")
    return ""
