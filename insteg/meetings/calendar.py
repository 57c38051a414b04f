"""Calendar files by RFC 5545 and 5546. The same meeting has the same UID for ever, and a higher number each time."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from insteg.core import clock
from insteg.meetings.models import Meeting
from insteg.organisations.letters import address
from insteg.organisations.models import User

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
CONTENT_TYPE = "text/calendar"


def uid(meeting: Meeting) -> str:
    return f"{meeting.pk}@{urlsplit(settings.BASE_URL).hostname}"


def invitation(meeting: Meeting, to: User) -> str:
    """What puts the meeting into one person's calendar, or moves it there. Text, in the language in force."""
    return written(meeting, REQUEST, to, page=True)


def cancellation(meeting: Meeting, to: User) -> str:
    """What takes it away again: from one person's calendar, and from everyone's when the meeting is cancelled."""
    return written(meeting, CANCEL, to, page=False)


def to_keep(meeting: Meeting) -> str:
    """The meeting as it stands, for whoever fetches it from the page: a file that asks nobody for an answer."""
    return written(meeting, PUBLISH, None, page=True)


def written(meeting: Meeting, method: str, to: User | None, *, page: bool) -> str:
    """`page` says whether the file leads to the meeting's page: not for those who no longer reach it."""
    file = Calendar()
    file.add("prodid", "-//Insteg//SV")
    file.add("version", "2.0")
    file.add("method", method)
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", clock.now())
    # In UTC every calendar reads the same moment, whatever it knows of Swedish summer time.
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    link = address(reverse("meetings:meeting", args=[meeting.pk]))
    said = [meeting.text, _("Svara och läs mer här: %(link)s") % {"link": link}] if page else [meeting.text]
    event.add("description", "\n\n".join(filter(None, said)))
    if page:
        event.add("url", link)
    event.add("organizer", person(settings.DEFAULT_FROM_EMAIL, str(meeting.organisation)))
    if to is not None:
        event.add("attendee", attendee(to))
    if meeting.cancelled_at is not None:
        event.add("status", "CANCELLED")
    elif method != CANCEL:  # RFC 5546, 3.2.5: no status where one person is taken off and the meeting stands
        event.add("status", "CONFIRMED")
    file.add_component(event)
    return file.to_ical().decode()


def attendee(to: User) -> vCalAddress:
    """The receiver alone: who else is called stands on the page. No answer by letter, since nobody reads one."""
    who = person(to.email, str(to))
    who.params["RSVP"] = vText("FALSE")
    return who


def person(email: str, name: str) -> vCalAddress:
    who = vCalAddress(f"mailto:{email}")
    who.params["CN"] = vText(name)
    return who
