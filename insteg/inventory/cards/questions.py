"""What is said of asking for what is missing: the page where UE asks, and what one procurement was asked for (R13)."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.asking import Standing, lacked, standing
from insteg.inventory.cards.ways import way_to
from insteg.inventory.judgement import facts_in_words
from insteg.inventory.letters import Letter
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.answering import waits
from insteg.inventory.queries.questions import AT_A_TIME, Place, Question, Sending, questions_of
from insteg.inventory.question_letters import facts_wanted
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

ONE = "planerad"  # in the address: the only procurement that is asked about


class Line(NamedTuple):
    title: str
    href: str
    facts: str


class Card(NamedTuple):
    """An organisation's letter: to whom, and what it asks for. `people` is empty where nobody answers for it."""

    number: int
    name: str
    note: str
    people: str
    lines: list[Line]


def cards(asked: Question) -> list[Card]:
    return [card(number, place) for number, place in enumerate(asked.places, 1)]


def card(number: int, place: Place) -> Card:
    return Card(
        number, str(place.organisation), procurements(len(place.wanted)),
        ", ".join(str(user) for user in place.people),
        [
            Line(each.row.title, reverse("inventory:detail", args=[each.row.pk]), facts_in_words(each.fields))
            for each in place.wanted
        ],
    )  # fmt: skip


def procurements(count: int) -> str:
    said = ngettext("%(count)s upphandling", "%(count)s upphandlingar", count)
    return said % {"count": figures.grouped(count)}


def about(one: PlannedProcurement | None) -> str:
    return f"{one.title} · {one.organisation}" if one else _("Det som bedömningarna saknar")


def letters(asked: Question) -> int:
    return sum(len(place.people) for place in asked.reached)


def submit(asked: Question) -> str:
    count = letters(asked)
    return ngettext("Skicka brevet", "Skicka %(count)s brev", count) % {"count": in_words(max(count, 2))}


def lead(asked: Question) -> tuple[str, str]:
    """(the first sentence, the rest): how many letters would go and about what; or why none would."""
    if not asked.reached:
        return _("Inget brev skickas."), why_not(asked)
    rows = sum(len(place.wanted) for place in asked.reached)
    going = ngettext("Ett brev går", "%(count)s brev går", letters(asked)) % {"count": in_words(max(letters(asked), 2))}
    said = _("%(letters)s om %(procurements)s. Du ser dem här innan du skickar.")
    told = said % {"letters": going[:1].upper() + going[1:], "procurements": procurements(rows)}
    return _("Inget är skickat än."), " ".join(filter(None, [told, beyond(asked)]))


def why_not(asked: Question) -> str:
    if asked.unreached:
        return _("Ingen har uppdraget att svara för dem. Be administratören ge någon det.")
    if asked.sorting.may_be_asked_again:
        day = figures.day_long(asked.sorting.may_be_asked_again, clock.today())
        return _("De har nyss fått frågan. Vänta till %(day)s, eller välj att fråga ändå.") % {"day": day}
    if asked.sorting.unknown:
        return _("Organisationerna har svarat att de inte vet än. Du kan välja att fråga ändå.")
    return _("Inget av det du valde saknas.")


def beyond(asked: Question) -> str:
    if not asked.cut:
        return ""
    said = _("Det är fler än %(count)s: de som börjar först är med här. Skicka, och fråga sedan om resten.")
    return said % {"count": AT_A_TIME}


def sent_in_words(sent: Sending, shown: int) -> str:
    """`shown` is how many procurements the letters were about when they were read."""
    whom = ngettext("en organisation", "%(count)s organisationer", sent.organisations)
    said = _("Frågan är skickad till %(whom)s om %(procurements)s.")
    whom %= {"count": in_words(max(sent.organisations, 2))}
    told = said % {"whom": whom, "procurements": procurements(sent.rows)}
    if shown <= sent.rows:
        return told
    meanwhile = ngettext(
        "%(count)s frågades inte om: uppgiften kom under tiden, eller så frågade någon annan.",
        "%(count)s frågades inte om: uppgifterna kom under tiden, eller så frågade någon annan.",
        shown - sent.rows,
    )
    return f"{told} {meanwhile % {'count': figures.grouped(shown - sent.rows)}}"


def sample(asked: Question) -> Letter | None:
    """The first letter as it reads, in the reader's language and without the last day."""
    place = next(iter(asked.reached), None)
    return facts_wanted(place.organisation, place.wanted, None) if place else None


def left_out_lately(asked: Question) -> str:
    """What was asked about in the last working days and is not asked about now; empty for nothing."""
    count, day = len(asked.sorting.lately), asked.sorting.may_be_asked_again
    if day is None:
        return ""
    said = ngettext(
        "%(count)s upphandling är utelämnad. Annars väntar frågan till %(day)s.",
        "%(count)s upphandlingar är utelämnade. Annars väntar frågan till %(day)s.",
        count,
    )
    return said % {"count": figures.grouped(count), "day": figures.day_long(day, clock.today())}


def left_out_unknown(asked: Question) -> str:
    """The same for what the organisations have said that they do not know."""
    count = len(asked.sorting.unknown)
    said = ngettext("%(count)s upphandling är utelämnad.", "%(count)s upphandlingar är utelämnade.", count)
    return said % {"count": figures.grouped(count)} if count else ""


class Told(NamedTuple):
    """A question to the organisation about one procurement, and what has come of it."""

    asked: str
    answer: str


def asked_of(planned: PlannedProcurement, actor: Actor) -> dict[str, Any]:
    """What inventory/_asked.html shows on a procurement's page: the questions, and where UE asks. One query."""
    may_ask = actor.role in access.ASK_FOR_FACTS.table and bool(lacked(planned))
    questions = questions_of(planned)
    ours = actor.role == Role.PROCURING and actor.organisation_id == planned.organisation_id
    may_answer = ours and any(waits(planned, each) for each in questions)
    return {
        "questions": [told(planned, each) for each in questions],
        "answer_url": way_to(planned.pk) if may_answer else "",
        "ask_url": f"{reverse('inventory:ask_for_facts')}?{ONE}={planned.pk}" if may_ask else "",
    }


def told(planned: PlannedProcurement, question: Any) -> Told:
    today = clock.today()
    said = _("Upphandlingsenheten frågade efter %(facts)s %(day)s.") % {
        "facts": facts_in_words(question.fields), "day": figures.day_near(localdate(question.created_at), today),
    }  # fmt: skip
    by: dict[Standing, list[str]] = {}
    for name in question.fields:
        by.setdefault(standing(planned, name, question.created_at), []).append(name)
    answer = []
    if waits := by.get(Standing.WAITS):
        if question.wanted_by:
            waiting = _("Väntar på svar om %(facts)s, senast %(day)s.")
        else:
            waiting = _("Väntar på svar om %(facts)s.")
        day = figures.due(question.wanted_by, today) if question.wanted_by else ""
        answer.append(waiting % {"facts": facts_in_words(waits), "day": day})
    if unknown := by.get(Standing.UNKNOWN):
        answer.append(_("Svaret om %(facts)s är att de inte vet än.") % {"facts": facts_in_words(unknown)})
    if settled := by.get(Standing.SETTLED):
        answer.append(_("%(facts)s saknas inte längre.") % {"facts": facts_in_words(settled).capitalize()})
    return Told(said, " ".join(answer))
