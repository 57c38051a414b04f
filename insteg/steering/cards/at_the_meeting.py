"""The meeting around the point at hand: which points there are, what is decided so far, who is there, and why nothing
can be decided where it cannot."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.inventory.models import PlannedProcurement
from insteg.meetings import words
from insteg.meetings.models import Attendance, Meeting
from insteg.steering.cards.pack import DECIDED
from insteg.steering.decision_wording import decided, serves, what_is_required
from insteg.steering.models import Agenda, AgendaItem, Decision
from insteg.steering.queries.deciding import Facts, is_settled
from insteg.ui import figures

Choice = Decision.Choice
AFTER = dt.timedelta(hours=1)


class Step(NamedTuple):
    """A point on the line above. `label` is what those hear who do not see it."""

    number: int
    href: str
    label: str
    is_done: bool
    is_here: bool


class Done(NamedTuple):
    """A procurement that is decided. `label` names it where the link says only that it is changed."""

    title: str
    about: str
    color: str
    icon: str
    word: str
    href: str


class Person(NamedTuple):
    name: str
    about: str
    note: str


class Decided(NamedTuple):
    """The decision that stands under a point."""

    color: str
    icon: str
    word: str
    what: str
    serves: str
    reason: str
    when: str
    against: bool


class Around(NamedTuple):
    title: str
    when: str
    number: int
    steps: Sequence[Step]
    before: str
    after: str
    after_number: int | None  # of the next point; None after the last, where the minutes come
    decided: str
    counts: Sequence[str]
    present: str
    done: Sequence[Done]
    came: Sequence[Person]
    away: Sequence[Person]
    unknown: Sequence[Person]


class Stop(NamedTuple):
    """Why nothing can be decided now, and where something can be done about it."""

    title: str
    text: str
    href: str = ""
    button: str = ""


def around(item: AgendaItem, meeting: Meeting, points: Sequence[AgendaItem], listed: Sequence[Attendance]) -> Around:
    """`points` are all of the agenda's, `item` among them. No query."""
    place = [each.pk for each in points].index(item.pk)
    to_decide = [each for each in points if each.planned]
    made = [each for each in to_decide if each.decision]
    said = _("%(made)s av %(count)s beslutade") % {"made": len(made), "count": len(to_decide)}
    there = [each for each in listed if each.present]
    following = points[place + 1] if place + 1 < len(points) else None
    return Around(
        title_of(item),
        words.when_of(meeting),
        place + 1,
        [step(number, each, item) for number, each in enumerate(points, 1)],
        address(points[place - 1]) if place else "",
        address(following) if following else reverse("steering:minutes", args=[item.agenda_id]),
        place + 2 if following else None,
        said if to_decide else "",
        counts(made),
        ngettext("%(count)s närvarande", "%(count)s närvarande", len(there)) % {"count": len(there)},
        [done(each) for each in made],
        [person(each, each.note) for each in there],
        [person(each) for each in listed if each.present is False],
        [person(each) for each in listed if each.present is None],
    )


def address(item: AgendaItem) -> str:
    return reverse("steering:item", args=[item.pk])


def title_of(item: AgendaItem) -> str:
    return item.planned.title if item.planned else str(item)


def step(number: int, item: AgendaItem, here: AgendaItem) -> Step:
    said = {"number": number, "title": title_of(item)}
    label = _("Punkt %(number)s, %(title)s") % said
    if item.decision:
        label = f"{label}, {decided(item.decision)[:-1].lower()}"
    elif is_settled(item):
        label = _("%(label)s, utgår") % {"label": label}
    return Step(number, address(item), label, is_settled(item), item.pk == here.pk)


def counts(made: Sequence[AgendaItem]) -> list[str]:
    choices = [each.decision.choice for each in made if each.decision]
    told = {
        Choice.REQUIRE: _("%(count)s krav"), Choice.DO_NOT_REQUIRE: _("%(count)s inte krav"),
        Choice.LATER: _("%(count)s tas upp igen"),
    }  # fmt: skip
    return [said % {"count": choices.count(choice)} for choice, said in told.items() if choice in choices]


def done(item: AgendaItem) -> Done:
    decision = item.decision
    assert decision is not None
    assert item.planned is not None
    color, icon = DECIDED[Choice(decision.choice)]
    told = [str(item.planned.organisation)]
    if required := ", ".join(what_is_required(decision)):
        told.append(required)
    if decision.again:
        told.append(_("tas upp %(term)s") % {"term": str(decision.again).lower()})
    return Done(
        item.planned.title, " · ".join([*told, *filter(None, [decision.reason])]), color, icon,
        str(decision.get_choice_display()), address(item),
    )  # fmt: skip


def person(each: Attendance, note: str = "") -> Person:
    return Person(str(each.user), ", ".join(filter(None, [each.represents, as_what(each)])), note)


def as_what(each: Attendance) -> str:
    """A member is what one is without a word."""
    member = each.capacity == Attendance.Capacity.MEMBER
    return "" if member else str(each.get_capacity_display()).lower()


def standing(decision: Decision) -> Decided:
    """Of a decision with its assessment. `when`: `i dag kl. 13.25, med 4 närvarande`."""
    color, icon = DECIDED[Choice(decision.choice)]
    count = len(decision.present)
    there = ngettext("med %(count)s närvarande", "med %(count)s närvarande", count) % {"count": count}
    return Decided(
        color, icon, str(decision.get_choice_display()), what(decision), serves(decision), decision.reason,
        f"{figures.moment(decision.created_at, clock.today())}, {there}", decision.is_against_the_proposal,
    )  # fmt: skip


def what(decision: Decision) -> str:
    """What its word does not say: `Praktik, fem platser`, `Våren 2027`."""
    if decision.again:
        return str(decision.again)
    return capfirst(", ".join(what_is_required(decision)))


def entered(planned: PlannedProcurement, decision: Decision) -> str:
    """`Infört. Lokalvård i skolor: ställ krav, praktik, fem platser.`"""
    said = decided(decision)
    return _("Infört. %(title)s: %(decision)s") % {"title": planned.title, "decision": said[:1].lower() + said[1:]}


def goes_on(agenda: Agenda) -> bool:
    """Whether the meeting is held now, with an hour for the one that draws on: then a page on a wall asks for news."""
    meeting = agenda.meeting
    is_held = meeting.starts_at <= clock.now() <= meeting.ends_at + AFTER
    return is_held and meeting.is_called and agenda.handed_over_at is None


def news(item: AgendaItem) -> str:
    """What has happened under a point since somebody opened it."""
    if item.decision:
        return _("Någon har fört in: %(decision)s") % {"decision": decided(item.decision)}
    if item.planned and item.planned.withdrawn_at is not None:
        return _("Upphandlingen har dragits tillbaka.")
    return _("Punkten har ändrats sedan sidan öppnades.")


def why_not(
    item: AgendaItem, agenda: Agenda, found: Facts | None, listed: Sequence[Attendance], *, may_decide: bool,
    may_note_presence: bool,
) -> Stop | None:  # fmt: skip
    """Why nothing can be decided or noted under the point now; None when it can."""
    meeting = agenda.meeting
    over = of_the_papers(agenda)
    if over is not None or not may_decide:
        return over or only_to_read(item)
    if not meeting.has_begun:
        when = capfirst(words.when_of(meeting))
        return Stop(_("Mötet har inte börjat"), _("%(when)s. Beslut förs in när det har börjat.") % {"when": when})
    if found is None:
        return None
    return of_the_procurement(found) or of_those_present(meeting, listed, may_note_presence=may_note_presence)


def of_the_papers(agenda: Agenda) -> Stop | None:
    meeting = agenda.meeting
    if meeting.cancelled_at is not None:
        return Stop(_("Mötet är inställt"), meeting.cancelled_reason)
    if hasattr(agenda, "minutes"):
        return Stop(_("Protokollet är godkänt"), _("Ett nytt beslut fattas på nästa möte."))
    if agenda.handed_over_at is not None:
        text = _("Upphandlingsenheten kan ta tillbaka det tills det är godkänt.")
        return Stop(_("Protokollet är lämnat för godkännande"), text)
    return None


def only_to_read(item: AgendaItem) -> Stop | None:
    if item.decision or not item.planned:
        return None
    return Stop(_("Gruppen har inte beslutat än"), _("Styrgruppen och upphandlingsenheten för in besluten."))


def of_the_procurement(found: Facts) -> Stop | None:
    planned = found.planned
    if planned.withdrawn_at is not None:
        day = figures.day(localdate(planned.withdrawn_at), clock.today())
        return Stop(_("Dragen tillbaka %(day)s") % {"day": day}, planned.withdrawn_reason)
    if planned.merged_into is not None:
        joint = _("Den ingår i ”%(joint)s”, som upphandlingsenheten upphandlar.") % {"joint": planned.merged_into}
        return Stop(_("Upphandlas gemensamt"), joint)
    if found.has_ended:
        return Stop(_("Inget kvar att besluta"), _("Upphandlingens ärende är avslutat i den här delen av modellen."))
    return None


def of_those_present(meeting: Meeting, listed: Sequence[Attendance], *, may_note_presence: bool) -> Stop | None:
    if any(each.present and each.capacity != Attendance.Capacity.INVITED for each in listed):
        return None
    title = _("Ingen ledamot är antecknad som närvarande")
    if not may_note_presence:
        return Stop(title, _("Be upphandlingsenheten anteckna vilka som är här. Sedan går det att besluta."))
    href = reverse("meetings:attendance", args=[meeting.pk])
    return Stop(title, _("Anteckna vilka som är här. Sedan går det att besluta."), href, _("Anteckna närvaro"))


def no_points(meeting: Meeting, agenda: Agenda | None, *, may_build: bool) -> str:
    """What a meeting says that has no points to go through, or none that the reader has been sent."""
    if agenda is not None:
        return _("Dagordningen har inga punkter. Upphandlingsenheten lägger till dem i underlaget.")
    if may_build:
        return _("Mötet har inget underlag än. Förbered det på mötets sida, så går mötet punkt för punkt här.")
    return _("Upphandlingsenheten har inte skickat något underlag till mötet än.")
