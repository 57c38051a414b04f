"""What pages say of a meeting: where it stands, what it is waiting for and whose move that is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.core import clock
from insteg.meetings import words
from insteg.meetings.models import Attendance, Meeting
from insteg.ui import figures


class State(TextChoices):
    PLANNED = "planned", gettext_lazy("Inte kallat än")
    CALLED = "called", gettext_lazy("Kallat")
    HELD = "held", gettext_lazy("Har varit")
    CANCELLED = "cancelled", gettext_lazy("Inställt")

    @property
    def color(self) -> str:
        return {"planned": "warning", "called": "info", "held": "success", "cancelled": "danger"}[self.value]

    @property
    def icon(self) -> str:
        return {"planned": "pencil", "called": "mail", "held": "check", "cancelled": "x"}[self.value]


def state_of(meeting: Meeting) -> State:
    if meeting.cancelled_at is not None:
        return State.CANCELLED
    if meeting.called_at is None:
        return State.PLANNED
    return State.HELD if meeting.ends_at <= clock.now() else State.CALLED


@dataclass(frozen=True)
class Row:
    """A meeting in a list. `to_answer`: it waits for the reader to say whether they come."""

    title: str
    href: str
    when: str
    place: str
    state: State
    to_answer: bool = False


def row(meeting: Meeting, waiting: Collection[UUID] = ()) -> Row:
    """`waiting`: keys of the meetings that the reader has not answered."""
    return Row(
        meeting.title, reverse("meetings:meeting", args=[meeting.pk]), words.when_of(meeting), meeting.place,
        state_of(meeting), meeting.pk in waiting,
    )  # fmt: skip


@dataclass(frozen=True)
class Fact:
    term: str
    value: str
    note: str = ""


def facts(meeting: Meeting) -> list[Fact]:
    """Where and by whom, and when people were told. When it is stands under the title."""
    told = Fact(_("Kallelsen"), _("inte skickad än"))
    if meeting.called_at is not None:
        changed = ngettext("ändrad %(count)s gång sedan dess", "ändrad %(count)s gånger sedan dess", meeting.sequence)
        note = changed % {"count": meeting.sequence} if meeting.sequence else ""
        told = Fact(_("Kallelsen"), _("skickad %(when)s") % {"when": moment(meeting.called_at)}, note)
    return [
        Fact(_("Plats"), meeting.place),
        Fact(_("Den som kallar"), str(meeting.organisation)),
        told,
    ]


def moment(value: Any) -> str:
    return figures.moment(value, clock.today())


@dataclass(frozen=True)
class Banner:
    """Whose move it is. `href` and `action` when it is the reader's."""

    color: str
    icon: str
    title: str
    text: str
    href: str = ""
    action: str = ""


def banner(meeting: Any, listed: Sequence[Attendance], own: Any) -> Banner | None:
    """`meeting` and `own` (the reader's place on the list, or None) carry the reader's rights as columns."""
    if meeting.cancelled_at is not None:
        said = {"when": moment(meeting.cancelled_at), "why": meeting.cancelled_reason}
        return Banner("danger", "x", _("Mötet är inställt"), _("Inställt %(when)s. Skäl: %(why)s") % said)
    if meeting.called_at is None:
        return before_the_call(meeting, listed)
    if meeting.has_begun:
        return when_it_has_begun(meeting, listed)
    return before_it_begins(meeting, listed, own)


def before_the_call(meeting: Any, listed: Sequence[Attendance]) -> Banner:
    if not meeting.may_change:
        text = _("Den som kallar förbereder mötet. När kallelsen går ut får de som står på listan ett brev.")
        return Banner("neutral", "clock", _("Ingen är kallad än"), text)
    if meeting.has_begun:
        text = _("Mötets tid har passerat utan att någon kallades. Ändra tiden, eller ställ in mötet.")
        href = reverse("meetings:change", args=[meeting.pk])
        return Banner("warning", "triangle-alert", _("Ingen är kallad"), text, href, _("Ändra mötet"))
    if not listed:
        href = reverse("meetings:invite", args=[meeting.pk])
        text = _("Lägg till dem som ska vara med. Sedan skickar du kallelsen.")
        return Banner("accent", "user-plus", _("Ingen står på listan än"), text, href, _("Lägg till någon"))
    href = reverse("meetings:call", args=[meeting.pk])
    return Banner(
        "accent", "mail", _("Ingen är kallad än"), call_in_words(meeting, listed), href, _("Kalla till mötet")
    )


def before_it_begins(meeting: Any, listed: Sequence[Attendance], own: Any) -> Banner:
    if own is not None and not own.answer:
        href = reverse("meetings:answer", args=[own.pk])
        text = _("Säg om du kommer, så att den som kallar vet hur många ni blir.")
        return Banner("accent", "mail", _("Kommer du?"), text, href, _("Svara"))
    waiting = [str(each.user) for each in listed if not each.answer]
    if not waiting:
        return Banner("neutral", "check", _("Alla har svarat"), answers_in_words(meeting, listed))
    title = ngettext("%(count)s har inte svarat", "%(count)s har inte svarat", len(waiting)) % {"count": len(waiting)}
    return Banner("neutral", "clock", title, _("Väntar på svar från %(names)s.") % {"names": ", ".join(waiting)})


def when_it_has_begun(meeting: Any, listed: Sequence[Attendance]) -> Banner | None:
    unknown = sum(each.present is None for each in listed)
    if not unknown:
        return None
    if not meeting.may_run:
        text = _("Upphandlingsenheten antecknar vilka som var med.")
        return Banner("neutral", "clock", _("Närvaron är inte antecknad än"), text)
    href = reverse("meetings:attendance", args=[meeting.pk])
    text = ngettext("%(count)s person är inte antecknad.", "%(count)s personer är inte antecknade.", unknown)
    title = _("Anteckna vilka som var med")
    return Banner("accent", "clipboard-list", title, text % {"count": unknown}, href, _("Anteckna närvaro"))


def call_in_words(meeting: Meeting, listed: Sequence[Attendance]) -> str:
    """What sending the call will do."""
    count = {"count": len(listed)}
    said = ngettext(
        "%(count)s person får ett brev med mötet som kalenderfil.",
        "%(count)s personer får var sitt brev med mötet som kalenderfil.",
        len(listed),
    )
    return said % count


def answers_in_words(meeting: Meeting, listed: Sequence[Attendance]) -> str:
    """How many come, or came: counted. Empty before the call."""
    if meeting.called_at is None or not listed:
        return ""
    if any(each.present is not None for each in listed):
        came = sum(bool(each.present) for each in listed)
        return _("%(came)s av %(count)s var med.") % {"came": came, "count": len(listed)}
    coming = sum(each.answer == Attendance.Answer.COMING for each in listed)
    declined = sum(each.answer == Attendance.Answer.DECLINED for each in listed)
    said = {"coming": coming, "count": len(listed), "declined": declined}
    if not declined:
        return _("%(coming)s av %(count)s kommer.") % said
    return _("%(coming)s av %(count)s kommer, %(declined)s kan inte.") % said
