"""The pack as it is read (R31): each point with the facts that decide, in words; the same on the page and on paper."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.inventory.cards.compilation_content import in_time_words, latest_dialogue
from insteg.inventory.cards.places import places_in_words
from insteg.inventory.cards.planned import VERDICTS, has_value
from insteg.inventory.judgement import Criterion, as_number, judge
from insteg.inventory.models import PlannedProcurement
from insteg.steering.decision_wording import decided
from insteg.steering.models import Agenda, AgendaItem, Decision
from insteg.steering.pack_sections import Passage, passages
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

Kind, Proposal = AgendaItem.Kind, PlannedProcurement.Proposal


class Fact(NamedTuple):
    term: str
    value: str
    note: str = ""


class Tag(NamedTuple):
    color: str
    icon: str
    word: str


class Answer(NamedTuple):
    """A criterion of the model, as c-answers shows it."""

    title: str
    answer: str
    reason: str
    href: str = ""
    source: str = ""


class Attached(NamedTuple):
    href: str
    remove: str
    name: str
    size: str


@dataclass(frozen=True)
class Point:
    """A point of the agenda. `about` is the organisation; `verdict` is for c-verdict, empty where nothing is judged;
    `met` names the criteria that are met, `answers` are the others with their reasons; `state` says what has become of
    it, None while it waits. `view_note` says who has answered, or that nobody has.
    """

    item: AgendaItem
    number: int
    title: str
    about: str = ""
    href: str = ""
    verdict: str = ""
    facts: Sequence[Fact] = ()
    met: str = ""
    answers: Sequence[Answer] = ()
    description: str = ""
    view_note: str = ""
    state: Tag | None = None
    said: str = ""
    passages: Sequence[Passage] = ()
    files: Sequence[Attached] = ()
    may_keep: bool = False
    may_remove: bool = False

    @property
    def anchor(self) -> str:
        return f"punkt-{self.number}"

    @property
    def is_decision(self) -> bool:
        return self.item.kind == Kind.DECISION

    @property
    def waits(self) -> bool:
        """For the group's decision."""
        return self.is_decision and self.state is None

    @property
    def proposal(self) -> str:
        """In a word; empty where nothing is judged."""
        return str(self.item.planned.get_proposal_display()) if self.item.planned else ""

    @property
    def shows_value(self) -> bool:
        """Whether it says what something is worth, in kronor."""
        return bool(self.href)


def points(agenda: Agenda, items: Sequence[AgendaItem], actor: Actor) -> list[Point]:
    """`items` are of queries.agenda.to_read. What a room tells under a point costs that room's own queries."""
    return [point(agenda, item, number, actor) for number, item in enumerate(items, 1)]


def point(agenda: Agenda, item: AgendaItem, number: int, actor: Actor) -> Point:
    may_keep = bool(item.may_keep)  # type: ignore[attr-defined]
    files = [attached(each) for each in item.files.all()]
    if item.planned is None:
        return Point(
            item, number, str(item), passages=passages(item.kind, agenda, actor), files=files, may_keep=may_keep,
            may_remove=may_keep and item.kind == Kind.OWN,
        )  # fmt: skip
    planned, sees = item.planned, bool(item.may_see_planned)  # type: ignore[attr-defined]
    criteria = judge(planned, planned.rule_set).criteria
    return Point(
        item, number, planned.title, str(planned.organisation),
        href=reverse("inventory:detail", args=[planned.pk]) if sees else "",
        verdict=VERDICTS[Proposal(planned.proposal)], facts=facts_of(planned, sees=sees),
        met=met_in_words(criteria), answers=[answer(each) for each in criteria if each.answer != "yes"],
        description=planned.description, view_note=view_note(item), state=state_of(item), said=what_is_said(item),
        files=files, may_keep=may_keep, may_remove=may_keep and item.decision_id is None,
    )  # fmt: skip


def attached(each: object) -> Attached:
    file = each.file  # type: ignore[attr-defined]
    where = [each.pk]  # type: ignore[attr-defined]
    return Attached(
        reverse("steering:file", args=where), reverse("steering:remove_file", args=where), file.name,
        size_in_words(file.size),
    )  # fmt: skip


def size_in_words(size: int) -> str:
    """`12 kB`, `3,4 MB`."""
    if size < 1_000_000:
        return f"{figures.grouped(max(1, round(size / 1000)))}{figures.NBSP}kB"
    return f"{figures.grouped(round(size / 1_000_000, 1))}{figures.NBSP}MB"


def facts_of(planned: PlannedProcurement, *, sees: bool) -> list[Fact]:
    """What the procurement is worth is left out for whoever may not see it: it may be secret until it is advertised
    (OSL 19:3)."""
    today = clock.today()
    start = _("från %(day)s") % {"day": figures.day(planned.start, today)} if planned.start else _("start okänd")
    places = planned.places if planned.places_set is None else planned.places_set
    staffing = figures.unknown()
    if planned.fte is not None:
        staffing = _("%(count)s årsarbetare") % {"count": as_number(planned.fte)}
    facts, latest = [], latest_dialogue(planned.start, planned.rule_set)
    if sees:
        value = figures.money_range(planned.value_min, planned.value_max) if has_value(planned) else figures.unknown()
        facts.append(Fact(_("Värde"), value))
    facts += [
        Fact(_("Avtalstid"), figures.months(planned.months, planned.option_months), start),
        Fact(_("Omfattning"), staffing),
        Fact(_("Rimligt antal platser"), said_places(planned, places), set_or_reckoned(planned)),
    ]
    in_time = in_time_words(planned.start, planned.rule_set, today)
    facts.append(Fact(_("Hinner kravet skrivas?"), in_time, by_when(latest, today)))
    return facts


def by_when(latest: dt.date | None, today: dt.date) -> str:
    """When the dialogue about the requirement must begin; None without a start."""
    if latest is None:
        return _("start okänd")
    said = _("dialogen senast %(day)s") if latest >= today else _("dialogen skulle ha börjat %(day)s")
    return said % {"day": figures.day(latest, today)}


def said_places(planned: PlannedProcurement, places: int | None) -> str:
    if places is None:
        return _("går inte att räkna än")
    if planned.proposal == Proposal.NOT_SUITABLE and planned.places_set is None:
        return _("lämpar sig inte")
    return places_in_words(places).lower()


def set_or_reckoned(planned: PlannedProcurement) -> str:
    if planned.places_set is not None:
        return _("bestämt: %(reason)s") % {"reason": planned.places_reason}
    if planned.places is None or planned.proposal == Proposal.NOT_SUITABLE:
        return ""
    return _("räknat efter omfattningen")


def answer(criterion: Criterion) -> Answer:
    return Answer(criterion.question, criterion.answer, criterion.reason)


def met_in_words(criteria: Sequence[Criterion]) -> str:
    """`Uppfyllt: känd omfattning och mer än en heltid.`"""
    met = [each.question[:1].lower() + each.question[1:] for each in criteria if each.answer == "yes"]
    if len(met) == len(criteria):
        return _("Alla villkor är uppfyllda: %(criteria)s.") % {"criteria": joined(met)}
    return _("Uppfyllt: %(criteria)s.") % {"criteria": joined(met)} if met else _("Inget villkor är uppfyllt.")


def view_note(item: AgendaItem) -> str:
    """Of a procurement's point: when its organisation answered, or whether it has been asked at all."""
    today = clock.today()
    if item.viewed_at is not None:
        return _("Svarade %(day)s.") % {"day": figures.day(localdate(item.viewed_at), today)}
    if item.asked_at is not None:
        return _("Har inte svarat, frågades %(day)s.") % {"day": figures.day(localdate(item.asked_at), today)}
    return _("Inte tillfrågad.")


DECIDED = {
    Decision.Choice.REQUIRE: ("success", "check"),
    Decision.Choice.DO_NOT_REQUIRE: ("neutral", "x"),
    Decision.Choice.LATER: ("info", "rotate-ccw"),
}


def state_of(item: AgendaItem) -> Tag | None:
    """None while the group has it before it."""
    if item.decision is not None:
        color, icon = DECIDED[Decision.Choice(item.decision.choice)]
        return Tag(color, icon, str(item.decision.get_choice_display()))
    planned = item.planned
    if planned is not None and planned.withdrawn_at is not None:
        return Tag("neutral", "x", _("Tillbakadragen"))
    if planned is not None and planned.merged_into is not None:
        return Tag("neutral", "users", _("Upphandlas gemensamt"))
    return None


def what_is_said(item: AgendaItem) -> str:
    """What was decided, or why there is nothing to decide any more."""
    planned = item.planned
    if item.decision is not None:
        why = _("Skäl: %(why)s") % {"why": item.decision.reason} if item.decision.reason else ""
        return f"{decided(item.decision)} {why}".strip()
    if planned is not None and planned.withdrawn_at is not None:
        return _("Upphandlingen har dragits tillbaka: %(reason)s") % {"reason": planned.withdrawn_reason}
    if planned is not None and planned.merged_into is not None:
        return _("Upphandlingen görs numera gemensamt i ”%(joint)s”.") % {"joint": planned.merged_into}
    return ""


def lead(found: Sequence[Point]) -> str:
    """How much there is to decide on and what is proposed; at and after the meeting how much of it is decided."""
    decisions = [each for each in found if each.is_decision]
    if not decisions:
        return _("Ingen upphandling väntar på beslut. Punkterna nedan är de som hör till varje möte.")
    done = sum(each.item.decision is not None for each in decisions)
    gone = sum(each.state is not None and each.item.decision is None for each in decisions)
    counts = Counter(each.verdict for each in decisions)
    told = [say(counts[VERDICTS[proposal]]) for proposal, say in PROPOSED.items() if counts[VERDICTS[proposal]]]
    number = {"count": in_words(len(decisions)).capitalize()}
    said = ngettext("En upphandling att besluta om:", "%(count)s upphandlingar att besluta om:", len(decisions))
    sentences = [f"{said % number} {joined(told)}."]
    if done:
        decided_on = ngettext("En är beslutad.", "%(count)s är beslutade.", done)
        sentences.append(decided_on % {"count": in_words(done).capitalize()})
    if gone:
        no_longer = ngettext("En är inte längre aktuell.", "%(count)s är inte längre aktuella.", gone)
        sentences.append(no_longer % {"count": in_words(gone).capitalize()})
    return " ".join(sentences)


def suitable(count: int) -> str:
    return ngettext("en är lämplig", "%(count)s är lämpliga", count) % {"count": in_words(count)}


def lacking(count: int) -> str:
    return ngettext("en behöver uppgifter", "%(count)s behöver uppgifter", count) % {"count": in_words(count)}


def not_suitable(count: int) -> str:
    return ngettext("en är inte lämplig", "%(count)s är inte lämpliga", count) % {"count": in_words(count)}


PROPOSED = {Proposal.SUITABLE: suitable, Proposal.NEEDS_FACTS: lacking, Proposal.NOT_SUITABLE: not_suitable}


def joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s och %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def views_in_words(found: Sequence[Point]) -> str:
    """Of how many the organisations have said what they think; empty when nothing is to be decided."""
    decisions = [each for each in found if each.is_decision]
    told = sum(each.item.viewed_at is not None for each in decisions)
    if not decisions:
        return ""
    if told == len(decisions):
        return _("Organisationerna har sagt vad de själva tycker om alla.")
    if not told:
        return _("Ingen organisation har sagt vad den själv tycker än.")
    said = _("Organisationerna har sagt vad de själva tycker om %(told)s av dem.")
    return said % {"told": in_words(told) if told > 1 else _("en")}
