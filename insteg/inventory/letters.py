"""What a round says by letter. A round's name, a day and a link: never anything about a person, nor what was typed."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.core import clock
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.queries.recipients import recipients
from insteg.mail.notices import notify
from insteg.ui import figures


class Letter(NamedTuple):
    subject: str
    text: str


Write = Callable[[RoundRequest], Letter]


def send(requests: Iterable[RoundRequest], write: Write) -> list[RoundRequest]:
    """To everyone who answers for the requests, each in their own language, in the transaction at hand.

    The requests carry their round. Returns those whose place is empty, so that nobody could be written to.
    """
    asked = list(requests)
    found = recipients(asked)
    # Whoever has just been written to is not reminded. No version: it is no change that anybody could overwrite.
    now = clock.now()
    RoundRequest.objects.filter(pk__in=[each.pk for each in asked]).update(written_at=now)
    for request in asked:
        request.written_at = now
        for user in found[request.pk]:
            with override(user.language):
                subject, text = write(request)
            notify(user, subject=subject, text=text, path=reverse("inventory:request", args=[request.pk]))
    return [request for request in asked if not found[request.pk]]


def named(round: InventoryRound) -> dict[str, str]:
    return {"round": str(round)}


def with_day(request: RoundRequest) -> dict[str, str]:
    return {**named(request.round), "day": figures.day_long(request.due_on, clock.today())}


def opened(request: RoundRequest) -> Letter:
    said = with_day(request)
    subject = _("Inventeringen %(round)s: svara senast %(day)s") % said
    if request.unit_id:
        asked = _("Upphandlingsenheten samlar in vilka platser som behövs (inventeringen %(round)s).") % said
    else:
        asked = _("Upphandlingsenheten samlar in vad som ska upphandlas (inventeringen %(round)s).") % said
    by_when = _("Svara senast %(day)s.") % said
    return Letter(subject, f"{asked} {by_when} {least(request)}")


def least(request: RoundRequest) -> str:
    """The least that is an answer; true for those whose list is empty and for those whose list is not."""
    if request.unit_id:
        return _("Har ni inga behov räcker det att svara det.")
    return _(
        "Har ni inget nytt räcker det att bekräfta eller dra tillbaka det som redan står i er lista. Står inget där "
        "räcker det att svara att ni inte har något att anmäla."
    )


def extended(request: RoundRequest) -> Letter:
    said = with_day(request)
    subject = _("Inventeringen %(round)s: ny svarsdag %(day)s") % said
    return Letter(subject, _("Ni har fått en ny svarsdag: %(day)s. Skälet står på sidan där ni svarar.") % said)


def taken_back(request: RoundRequest) -> Letter:
    said = with_day(request)
    subject = _("Inventeringen %(round)s: ny svarsdag %(day)s") % said
    return Letter(subject, _("Er längre tid gäller inte längre. Svara senast %(day)s.") % said)


def moved(request: RoundRequest) -> Letter:
    said = with_day(request)
    subject = _("Inventeringen %(round)s: ny svarsdag %(day)s") % said
    return Letter(subject, _("Svarsdagen är flyttad för alla. Svara senast %(day)s.") % said)


def closed(request: RoundRequest) -> Letter:
    said = named(request.round)
    subject = _("Inventeringen %(round)s är stängd") % said
    text = _("Inventeringen är stängd och ert svar har inte kommit in.")
    if request.unit_id:
        return Letter(subject, text + " " + _("Hör av er till upphandlingsenheten om era behov ska komma med."))
    more = _("Ni kan anmäla upphandlingar ändå, när som helst, under Planerade upphandlingar.")
    return Letter(subject, f"{text} {more}")


def opened_again(request: RoundRequest) -> Letter:
    said = with_day(request)
    subject = _("Inventeringen %(round)s är öppen igen: svara senast %(day)s") % said
    return Letter(subject, _("Inventeringen är öppen igen, så att ni kan svara. Svara senast %(day)s.") % said)


def reminder(request: RoundRequest) -> Letter:
    return reminder_on(request, clock.today())


def reminder_on(request: RoundRequest, day: dt.date) -> Letter:
    """As it reads when it goes on that day: before the day by which they answer, or after it (R10)."""
    said = {**named(request.round), "day": figures.day_long(request.due_on, day)}
    easy = least(request)
    if request.due_on >= day:
        subject = _("Påminnelse om inventeringen %(round)s: svara senast %(day)s") % said
        return Letter(subject, _("Vi har inte fått ert svar än. Svara senast %(day)s.") % said + " " + easy)
    subject = _("Påminnelse om inventeringen %(round)s: vi väntar på ert svar") % said
    text = _("Svarsdagen var %(day)s och vi har inte fått ert svar. Svara så snart ni kan.") % said
    return Letter(subject, f"{text} {easy}")
