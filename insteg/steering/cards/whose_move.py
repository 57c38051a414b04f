"""Where a meeting's papers stand and whose move it is, for the page of the pack and for that of the meeting (R31)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import Panel
from insteg.core import clock
from insteg.meetings import words
from insteg.meetings.models import Meeting
from insteg.steering import access
from insteg.steering.cards.pack import Point
from insteg.steering.models import Agenda, AgendaItem
from insteg.steering.stages import Stage, sent_by, stage_of
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

MOST_NAMED = 3  # organisations in a sentence


class Banner(NamedTuple):
    color: str
    icon: str
    title: str
    text: str
    href: str = ""
    button: str = ""


def banner(agenda: Any, found: Sequence[Point]) -> Banner:
    """`agenda` with its meeting, `may_keep` and `may_approve`; `found` the points of its page."""
    stage, when = stage_of(agenda), words.when_of(agenda.meeting)
    if stage == Stage.CANCELLED:
        return Banner("danger", "x", _("Mötet är inställt"), agenda.meeting.cancelled_reason)
    if stage == Stage.APPROVED:
        text = _("Gruppen möttes %(when)s.") % {"when": when}
        href = reverse("steering:minutes", args=[agenda.pk])
        return Banner("neutral", "circle-check", _("Protokollet är godkänt"), text, href, _("Läs protokollet"))
    if stage == Stage.HANDED_OVER:
        return handed_over(agenda)
    if stage == Stage.AT_THE_MEETING:
        return at_the_meeting(agenda, found)
    if not agenda.may_keep:
        text = _("Gruppen möts %(when)s, %(place)s.") % {"when": when, "place": agenda.meeting.place}
        return Banner("neutral", "calendar-check", _("Läs inför mötet"), text)
    return being_made(agenda, found) if stage == Stage.BEING_MADE else sent(agenda, found)


def handed_over(agenda: Any) -> Banner:
    title = _("Protokollet väntar på godkännande")
    if agenda.may_approve:
        text = _("Din tur: läs igenom protokollet och godkänn det.")
        href = reverse("steering:minutes", args=[agenda.pk])
        return Banner("accent", "clipboard-check", title, text, href, _("Läs protokollet"))
    return Banner("neutral", "clock", title, _("Ordföranden läser igenom det och godkänner det."))


def at_the_meeting(agenda: Any, found: Sequence[Point]) -> Banner:
    waiting = sum(each.waits for each in found)
    said = ngettext("En upphandling väntar på beslut.", "%(count)s upphandlingar väntar på beslut.", waiting)
    said %= {"count": in_words(waiting).capitalize()}
    if not waiting:
        said = _("Allt som skulle beslutas är beslutat.")
    if agenda.may_keep and agenda.meeting.ends_at <= clock.now():
        title, href = _("Din tur: lämna protokollet"), reverse("steering:minutes", args=[agenda.pk])
        return Banner("accent", "clipboard-check", title, said, href, _("Till protokollet"))
    if not any(each.item.may_decide for each in found):  # type: ignore[attr-defined]
        return Banner("neutral", "gavel", _("Mötet har börjat"), said)
    href = reverse("steering:meeting_mode", args=[agenda.meeting_id])
    return Banner("accent", "gavel", _("Mötet har börjat"), said, href, _("Öppna mötesläget"))


def being_made(agenda: Any, found: Sequence[Point]) -> Banner:
    """The unit's: the views first, while there is time for them, and then the pack itself."""
    silent = [each for each in found if each.waits and each.item.viewed_at is None]
    day = {"day": figures.day_long(sent_by(agenda.meeting), clock.today())}
    if not agenda.meeting.is_called:
        text = _("Kallelsen har inte gått ut. Gör i ordning underlaget, och skicka det när gruppen är kallad.")
        href = reverse("meetings:meeting", args=[agenda.meeting_id])
        return Banner("accent", "mail", _("Din tur: kalla gruppen"), text, href, _("Till mötet"))
    if silent and all(each.item.asked_at is None for each in silent):
        text = _("De som anmälde upphandlingarna får säga vad de själva tycker innan gruppen beslutar.")
        href = reverse("steering:ask_views", args=[agenda.pk])
        title = _("Din tur: fråga organisationerna vad de tycker")
        return Banner("accent", "message-circle-question-mark", title, text, href, _("Fråga"))
    text = _("Gruppen ska hinna läsa det. Skicka det senast %(day)s.") % day
    if silent and agenda.views_by is not None and agenda.views_by >= clock.today():
        return Banner(
            "neutral", "clock", _("Väntar på organisationernas svar"), f"{who_is_silent(agenda, silent)} {text}"
        )
    href = reverse("steering:share_agenda", args=[agenda.pk])
    return Banner("accent", "send", _("Din tur: skicka underlaget"), text, href, _("Skicka underlaget"))


def who_is_silent(agenda: Agenda, silent: Sequence[Point]) -> str:
    names = sorted({each.about for each in silent})
    said = {"names": ", ".join(names), "count": in_words(len(names)), "day": ""}
    if agenda.views_by is not None:
        said["day"] = figures.day_long(agenda.views_by, clock.today())
    if len(names) > MOST_NAMED:
        return _("%(count)s organisationer ska svara senast %(day)s.") % (said | {"count": said["count"].capitalize()})
    return _("%(names)s ska svara senast %(day)s.") % said


def sent(agenda: Any, found: Sequence[Point]) -> Banner:
    said = {"when": words.when_of(agenda.meeting), "sent": figures.moment(agenda.shared_at, clock.today())}
    text = _("Skickat %(sent)s. Det du ändrar syns direkt för dem som läser. Gruppen möts %(when)s.") % said
    return Banner("neutral", "circle-check", _("Gruppen kan läsa underlaget"), text)


def state_in_words(agenda: Agenda) -> str:
    """One sentence, for the meeting's page."""
    stage, today = stage_of(agenda), clock.today()
    if stage == Stage.APPROVED:
        return _("Protokollet är godkänt.")
    if stage == Stage.HANDED_OVER:
        return _("Protokollet väntar på godkännande.")
    if agenda.shared_at is None:
        return _("Underlaget förbereds. Gruppen kan inte läsa det än.")
    return _("Underlaget skickades %(day)s.") % {"day": figures.day_near(localdate(agenda.shared_at), today)}


def papers(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the meeting's page: its papers, as far as the reader may have them."""
    if meeting.kind != Meeting.Kind.STEERING:
        return None
    found = Agenda.objects.filter(meeting=meeting).select_related("meeting", "minutes").first()
    if found is None:
        if meeting.cancelled_at is not None or not access.BUILD.permits(actor, meeting.pk):
            return None
        text = _("Underlaget görs av sammanställningen: det som väntar på gruppens beslut kommer med av sig självt.")
        link = (reverse("steering:build_agenda", args=[meeting.pk]), _("Förbered underlaget"))
        return Panel(_("Underlag och protokoll"), [text], [link])
    if not access.SEE_AGENDA.permits(actor, found.pk):
        return None
    return Panel(_("Underlag och protokoll"), [state_in_words(found)], links_to(found, actor))


def links_to(agenda: Agenda, actor: Actor) -> list[tuple[str, str]]:
    """The pages about the meeting that the reader may open and that there is something to read on."""
    links = [(reverse("steering:agenda", args=[agenda.pk]), _("Läs underlaget"))]
    stage = stage_of(agenda)
    if stage in (Stage.BEING_MADE, Stage.CANCELLED):
        return links
    if access.DECIDE.filter(AgendaItem.objects.filter(agenda=agenda), actor).exists():
        links.append((reverse("steering:meeting_mode", args=[agenda.meeting_id]), _("Öppna mötesläget")))
    if stage != Stage.SENT:
        links.append((reverse("steering:minutes", args=[agenda.pk]), _("Läs protokollet")))
    if stage == Stage.APPROVED and actor.role == Role.PROCUREMENT_UNIT:
        links.append((reverse("steering:feedback_of_meeting", args=[agenda.pk]), _("Återkoppla till organisationerna")))
    return links
