"""A meeting in words: when it is, where it stands and whose move it is."""

import datetime as dt

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from insteg.core import clock
from insteg.meetings.models import Meeting
from insteg.ui import figures


def when(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """`torsdag 3 december kl. 13.00–15.00`, in Swedish time; both days when it ends on another."""
    today, begins, ends = clock.today(), localtime(starts_at), localtime(ends_at)
    day = figures.day_long(begins.date(), today)
    if begins.date() == ends.date():
        return _("%(day)s kl. %(from)s–%(to)s") % {"day": day, "from": hour(begins), "to": hour(ends)}
    until = figures.day_long(ends.date(), today)
    return _("%(day)s kl. %(from)s till %(until)s kl. %(to)s") % {
        "day": day, "from": hour(begins), "until": until, "to": hour(ends),
    }  # fmt: skip


def hour(moment: dt.datetime) -> str:
    return f"{moment:%H:%M}" if get_language() == "en" else f"{moment:%H.%M}"


def when_of(meeting: Meeting) -> str:
    return when(meeting.starts_at, meeting.ends_at)
