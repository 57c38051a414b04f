"""What the forms about an agenda say before they are sent: what will happen, and to whom."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.inventory.cases import DECIDE
from insteg.inventory.models import PlannedProcurement
from insteg.meetings import words
from insteg.meetings.models import Meeting
from insteg.steering.models import Agenda, AgendaItem
from insteg.steering.queries.agenda import Asked, in_order, not_on_an_agenda, planned_of, standing_in
from insteg.ui import figures

Kind = AgendaItem.Kind


def named(item: AgendaItem) -> str:
    return str(item.planned or item)


def to_come_with(meeting: Meeting) -> str:
    """What the agenda will hold from the beginning."""
    count = not_on_an_agenda(standing_in(DECIDE), Agenda(meeting=meeting)).count()
    if not count:
        waits = _("Ingen upphandling väntar på gruppens beslut just nu. Det som är bedömt lägger du fram efteråt.")
    else:
        waits = ngettext(
            "%(count)s upphandling väntar på gruppens beslut och kommer med.",
            "%(count)s upphandlingar väntar på gruppens beslut och kommer med.",
            count,
        ) % {"count": figures.grouped(count)}
    also = _("Du kan lägga till egna punkter, text och filer. Inget skickas än.")
    return f"{waits} {also}"


def new_in_words(new: Sequence[PlannedProcurement]) -> str:
    if not new:
        return _("Inget nytt har kommit till gruppen sedan underlaget gjordes.")
    said = ngettext(
        "%(count)s upphandling har kommit till gruppen sedan underlaget gjordes och kommer med:",
        "%(count)s upphandlingar har kommit till gruppen sedan underlaget gjordes och kommer med:",
        len(new),
    ) % {"count": len(new)}
    return f"{said} {', '.join(each.title for each in in_order(new))}."


def offered(planned: PlannedProcurement) -> str:
    """What tells one procurement from another where they are chosen."""
    start = figures.month(planned.start) if planned.start else _("okänd start")
    proposal = str(planned.get_proposal_display()).lower()
    return f"{planned.title}, {planned.organisation} ({proposal}, {start})"


class Row(NamedTuple):
    """An organisation that would be asked: which of its procurements, and who gets the letter."""

    organisation: str
    titles: list[str]
    people: str
    reached: bool


def asked(wanted: Sequence[Asked], meeting: Meeting) -> list[Row]:
    return [
        Row(str(each.organisation), [planned_of(item).title for item in each.items], people_in_words(each, meeting),
            reached(each, meeting))
        for each in wanted
    ]  # fmt: skip


def reached(each: Asked, meeting: Meeting) -> bool:
    return bool(each.people) or each.organisation.pk == meeting.organisation_id


def people_in_words(each: Asked, meeting: Meeting) -> str:
    if each.people:
        return ", ".join(str(user) for user in each.people)
    if each.organisation.pk == meeting.organisation_id:
        return _("Inget brev. Upphandlingsenheten svarar själv.")
    return _("Ingen har uppdraget att svara. Be administratören ge någon det.")


def who_is_asked(wanted: Sequence[Asked], meeting: Meeting) -> str:
    there = [each for each in wanted if reached(each, meeting)]
    if not there:
        return _("Ingen att fråga: alla har svarat, eller så finns inget kvar att besluta om.")
    said = ngettext(
        "%(count)s organisation får frågan och svarar med egna ord.",
        "%(count)s organisationer får frågan och svarar med egna ord.",
        len(there),
    ) % {"count": len(there)}
    before = [item for each in there for item in each.items if item.asked_at is not None]
    if not before:
        return said
    last = max(item.asked_at for item in before if item.asked_at is not None)
    again = _("De som fick frågan %(day)s och inte har svarat får den igen.")
    return f"{said} {again % {'day': figures.moment(last, clock.today())}}"


def who_reads_it(agenda: Agenda) -> str:
    meeting = agenda.meeting
    count = meeting.attendances.count()
    if not meeting.is_called:
        return _("Gruppen är inte kallad än. Skicka kallelsen från mötets sida först.")
    said = ngettext(
        "%(count)s person som är kallad får brev om att underlaget finns att läsa.",
        "%(count)s personer som är kallade får brev om att underlaget finns att läsa.",
        count,
    ) % {"count": count}
    if agenda.shared_at is not None:
        said = ngettext(
            "%(count)s person som är kallad får brev om att underlaget är ändrat.",
            "%(count)s personer som är kallade får brev om att underlaget är ändrat.",
            count,
        ) % {"count": count}
    secret = _("Arbetsförmedlingen läser samma underlag utan värden i kronor.")
    return f"{said} {secret}"


def what_to_write(item: AgendaItem) -> str:
    if item.kind == Kind.OUTLOOK:
        return _("Vad händer i staden och runt den som gruppen behöver veta? Skriv kort, och länka till mer.")
    if item.kind == Kind.DECISION:
        return _("Det gruppen behöver veta utöver det som står i upphandlingens uppgifter.")
    return ""


def what_is_removed(item: AgendaItem) -> str:
    if item.kind != Kind.DECISION:
        return _("Punkten, dess text och dess filer tas bort.")
    said = _("Upphandlingen tas upp vid ett annat möte: den väntar på gruppens beslut som förut, och går att lägga "
             "fram igen.")  # fmt: skip
    if item.viewed_at is None:
        return said
    return " ".join([said, _("Organisationens svar försvinner med punkten.")])


def why_we_ask(item: AgendaItem) -> str:
    said = {"when": words.when_of(item.agenda.meeting)}
    asks = _("Styrgruppen beslutar %(when)s om krav på social hänsyn ska ställas.") % said
    if item.agenda.views_by is None:
        return asks
    by = _("Svara senast %(day)s.") % {"day": figures.day_long(item.agenda.views_by, clock.today())}
    return f"{asks} {by}"
