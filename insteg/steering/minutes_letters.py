"""The letter to whoever is to approve the minutes."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.mail.notices import notify
from insteg.meetings import words
from insteg.meetings.models import Meeting
from insteg.organisations.models import User
from insteg.steering.models import Agenda


def ask_for_approval(agenda: Agenda, meeting: Meeting, to: Iterable[User]) -> None:
    """To each of them in their own language, in the transaction at hand. A closed account gets nothing."""
    path = reverse("steering:minutes", args=[agenda.pk])
    for user in to:
        if not user.is_active:
            continue
        with override(user.language):
            said = {"title": meeting.title, "when": words.when_of(meeting)}
            subject = _("Godkänn protokollet: %(title)s, %(when)s") % said
            text = _("Protokollet från %(title)s, %(when)s, väntar på att du läser och godkänner det.") % said
        notify(user, subject=subject, text=text, path=path)
