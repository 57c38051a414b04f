"""What the pages say of requests and answers, in words."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.models import label_of
from insteg.core.workdays import workdays_until
from insteg.inventory.actions.answers import named
from insteg.inventory.cards.planned import Banner
from insteg.inventory.judgement import LABELS, as_number, judge, missing_words
from insteg.inventory.models import AnsweredRow, InventoryRound, PlannedProcurement, RoundAnswer, RoundRequest
from insteg.inventory.queries.agreements import Proposal
from insteg.inventory.queries.answers import Sorted
from insteg.inventory.snapshots import Facts, change_of, changed_facts, facts_as_reported
from insteg.process.models import Nature
from insteg.ui import figures

Change = AnsweredRow.Change
TAGS = {
    Change.NEW: ("info", "plus"),
    Change.CHANGED: ("warning", "pencil"),
    Change.SAME: ("neutral", "equal"),
    Change.GONE: ("neutral", "minus"),
}
MANY = {
    Nature.SERVICES: gettext_lazy("tjänster"),
    Nature.WORKS: gettext_lazy("entreprenader"),
    Nature.SUPPLIES: gettext_lazy("varor"),
}
STATES = {
    "answered": ("success", "check", gettext_lazy("Svarat")),
    "nothing": ("neutral", "minus", gettext_lazy("Inget att anmäla")),
    "under_way": ("warning", "pencil", gettext_lazy("Pågår")),
    "late": ("danger", "clock-alert", gettext_lazy("Sen")),
    "waiting": ("neutral", "hourglass", gettext_lazy("Inte börjat")),
}


class Tag(NamedTuple):
    color: str
    icon: str
    word: str


def tag_of(change: str) -> Tag:
    return Tag(*TAGS[Change(change)], label_of(Change, change))


def state_tag(state: str) -> Tag:
    """`state` is of queries.answers.with_state."""
    color, icon, word = STATES[state]
    return Tag(color, icon, str(word))


class Difference(NamedTuple):
    """A fact that is another than before. `before` is None where it is not known what it was."""

    label: str
    before: str | None
    after: str


def day_of(facts: Facts, name: str) -> str:
    return figures.day(dt.date.fromisoformat(facts[name]), clock.today())


def value_of(facts: Facts) -> str:
    return figures.money_range(facts.get("value_min"), facts.get("value_max"))


def length_of(facts: Facts) -> str:
    return figures.months(facts.get("months"), facts.get("option_months"))


def yes_or_no(facts: Facts, name: str) -> str:
    return _("ja") if facts[name] else _("nej")


class Term(NamedTuple):
    """A thing that is said of a row, from one fact or more, and how it is written when there is something to write."""

    label: Any
    names: tuple[str, ...]
    word: Callable[[Facts], str]


TERMS = (
    Term(gettext_lazy("Upphandling"), ("title",), lambda facts: facts["title"]),
    Term(gettext_lazy("Uppgiften"), ("description",), lambda facts: facts["description"]),
    Term(gettext_lazy("Slag"), ("nature",), lambda facts: label_of(Nature, facts["nature"])),
    Term(gettext_lazy("Värde"), ("value_min", "value_max"), value_of),
    Term(gettext_lazy("Avtalstid"), ("months", "option_months"), length_of),
    Term(gettext_lazy("Årsarbetare"), ("fte",), lambda facts: as_number(Decimal(facts["fte"]))),
    Term(gettext_lazy("Önskad avtalsstart"), ("start",), lambda facts: day_of(facts, "start")),
    Term(gettext_lazy("CPV-kod"), ("cpv", "more_cpvs"), lambda f: ", ".join([f["cpv"], *f.get("more_cpvs", [])])),
    Term(gettext_lazy("Förfarande"), ("procedure",), lambda f: label_of(PlannedProcurement.Procedure, f["procedure"])),
    Term(gettext_lazy("Ramavtal"), ("framework",), lambda facts: yes_or_no(facts, "framework")),
    Term(gettext_lazy("Känd omfattning"), ("extent_known",), lambda facts: yes_or_no(facts, "extent_known")),
    Term(gettext_lazy("Delas med andra"), ("shared",), lambda facts: yes_or_no(facts, "shared")),
    Term(gettext_lazy("Diarienummer"), ("reference",), lambda facts: facts["reference"]),
)
NOTHING_SAID: tuple[Any, ...] = (None, "", [])


def said(term: Term, facts: Facts) -> str:
    """The fact in words; "okänd" whether nobody has said it or somebody has said that it is not known."""
    if all(facts.get(name) in NOTHING_SAID for name in term.names):
        return _("okänd")
    return term.word(facts)


def differences(before: Facts | None, after: Facts, names: Iterable[str]) -> list[Difference]:
    """The facts named, each from what to what. Without `before` only what it is now is said."""
    changed = set(names)
    return [difference(term, before, after) for term in TERMS if changed & set(term.names)]


def difference(term: Term, before: Facts | None, after: Facts) -> Difference:
    """Unknown then and unknown now is a change too, where somebody has said so since: that is all there is to say."""
    was, now = said(term, before) if before is not None else None, said(term, after)
    if was != now:
        return Difference(str(term.label), was, now)
    told = set(term.names) & set(after.get("unknown_fields", ()))
    return Difference(str(term.label), None, _("okänd, har organisationen sagt") if told else now)


def facts_in_a_line(facts: Facts) -> str:
    """Value, length, start and kind of a row as it was answered."""
    start = dt.date.fromisoformat(facts["start"]) if facts.get("start") else None
    return in_a_line(facts.get("nature") or "", value_of(facts), length_of(facts), start)


def row_in_a_line(row: PlannedProcurement) -> str:
    value = figures.money_range(row.value_min, row.value_max)
    return in_a_line(row.nature, value, figures.months(row.months, row.option_months), row.start)


def in_a_line(nature: str, value: str, length: str, start: dt.date | None) -> str:
    return " · ".join(
        [
            label_of(Nature, nature) or _("slag okänt"),
            _("värde %(value)s") % {"value": value},
            _("avtalstid %(length)s") % {"length": length},
            _("börjar %(month)s") % {"month": figures.month(start) if start else figures.unknown()},
        ]
    )


@dataclass(frozen=True)
class Row:
    """A row on the page of a request."""

    pk: Any
    version: int
    title: str
    facts: str
    lacking: str = ""
    note: str = ""
    tag: Tag | None = None
    differences: list[Difference] = field(default_factory=list)
    joined: bool = False

    @property
    def key(self) -> str:
        """What a ticked box sends: the row and the version that was read."""
        return f"{self.pk}:{self.version}"


def row_of(row: PlannedProcurement, **more: Any) -> Row:
    missing = missing_words(judge(row, row.rule_set)) if row.proposal == PlannedProcurement.Proposal.NEEDS_FACTS else ""
    lacking = _("Saknar %(facts)s.") % {"facts": missing} if missing else ""
    return Row(row.pk, row.version, row.title, row_in_a_line(row), lacking, **more)


def settled_row(row: PlannedProcurement, before: Mapping[Any, Facts]) -> Row:
    """With what it is against the answer before, and what has changed."""
    was, now = before.get(row.pk), facts_as_reported(row)
    changed = differences(was, now, changed_facts(was, now)) if was is not None else []
    note = ""
    if row.merged_into:
        others = {"title": row.merged_into.title, "organisation": row.merged_into.organisation}
        note = _("Upphandlas gemensamt i ”%(title)s”, %(organisation)s.") % others
    tag = tag_of(change_of(was, now))
    return row_of(row, tag=tag, differences=changed, note=note, joined=bool(row.merged_into))


def outside_row(row: PlannedProcurement, asked: InventoryRound) -> Row:
    return row_of(row, note=why_outside(row, asked))


def why_outside(row: PlannedProcurement, asked: InventoryRound) -> str:
    """Why the round does not ask about it. The first reason is enough."""
    years = {"first": asked.first_year, "last": asked.last_year}
    value = row.value_max or row.value_min
    if row.start and row.start.year < asked.first_year:
        return _("Börjar före %(first)s.") % years
    if row.start and row.start.year > asked.last_year:
        return _("Börjar efter %(last)s.") % years
    if row.nature and row.nature not in asked.natures:
        return _("Inventeringen gäller inte %(kinds)s.") % {"kinds": MANY[row.nature]}
    if value is not None and asked.value_floor is not None and value < asked.value_floor:
        return _("Är värd mindre än %(floor)s.") % {"floor": figures.money(asked.value_floor)}
    return ""


def what_to_report(asked: InventoryRound) -> str:
    """In a sentence: upphandlingar som börjar 2027–2029, tjänster och entreprenader, värda minst 1,0 mnkr."""
    years = f"{asked.first_year}–{asked.last_year}" if asked.last_year > asked.first_year else str(asked.first_year)
    words = [str(MANY[nature]) for nature in MANY if nature in asked.natures]
    kinds = _("%(first)s och %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]} if words[1:] else words[0]
    if asked.value_floor:
        text = _("Anmäl upphandlingar som börjar %(years)s, är värda minst %(floor)s och gäller %(kinds)s.")
        return text % {"years": years, "kinds": kinds, "floor": figures.money(asked.value_floor)}
    return _("Anmäl upphandlingar som börjar %(years)s och gäller %(kinds)s.") % {"years": years, "kinds": kinds}


def by_when(asked: RoundRequest) -> str:
    """`svarsdag fre 20 nov, om 7 arbetsdagar`."""
    today, day = clock.today(), asked.due_on
    left = workdays_until(day, today)
    text = _("svarsdag %(day)s") % {"day": figures.due(day, today)}
    if day <= today:
        return text
    more = ngettext("%(count)d arbetsdag kvar", "%(count)d arbetsdagar kvar", left) % {"count": left}
    return f"{text}, {more}"


def whose_move(
    asked: RoundRequest,
    actor: Actor,
    answer: RoundAnswer | None,
    found: Sorted,
    plans: int,
    expiring: Sequence[Proposal],
) -> Banner:
    """What waits, for whom and until when. `expiring` are the agreements that nobody has taken a stand on."""
    if answer:
        text = sent_in_words(answer)
        if has_changed_since(answer, found):
            more = _("Listan har ändrats sedan dess. Upphandlingsenheten ser ändringarna.")
            text = f"{text} {more}"
        if asked.round.closed_at:
            return Banner("neutral", "check", _("Svaret är skickat"), text)
        href = reverse("inventory:take_up_answer", args=[answer.pk])
        return Banner("neutral", "check", _("Svaret är skickat"), text, href, _("Öppna svaret igen"))
    if asked.round.closed_at:
        text = _("Inget svar kom in. Listan är alltid öppen: det ni ändrar där syns för upphandlingsenheten.")
        return Banner("neutral", "archive", _("Inventeringen är stängd"), text)
    late = asked.due_on < clock.today()
    left = what_remains(found, plans, expiring)
    if actor.role == Role.PROCUREMENT_UNIT and actor.organisation_id != asked.organisation_id:
        text = _("Du kan svara åt dem. Då står det att upphandlingsenheten svarade.")
        title = _("%(organisation)s ska svara") % {"organisation": asked.organisation}
        return Banner("danger" if late else "neutral", "hourglass", title, f"{left} {text}")
    if late:
        day = figures.due(asked.due_on, clock.today())
        return Banner("danger", "clock-alert", _("Din tur: svaret skulle ha kommit %(day)s") % {"day": day}, left)
    day = figures.day_with_weekday(asked.due_on, clock.today())
    return Banner("accent", "pencil", _("Din tur: svara senast %(day)s") % {"day": day}, left)


def what_remains(found: Sorted, plans: int, expiring: Sequence[Proposal] = ()) -> str:
    """What must be done before the answer can be sent; where nothing must, what can be done."""
    parts = []
    if found.unsettled:
        count = len(found.unsettled)
        parts.append(
            ngettext("%(count)d upphandling att bekräfta", "%(count)d upphandlingar att bekräfta", count)
            % {"count": count}
        )
    if plans:
        parts.append(ngettext("ett kalkylblad att spara", "%(count)d kalkylblad att spara", plans) % {"count": plans})
    if parts:
        both = _("%(first)s och %(last)s") % {"first": parts[0], "last": parts[-1]}
        return _("Kvar innan svaret kan skickas: %(what)s.") % {"what": both if len(parts) > 1 else parts[0]}
    if expiring:
        return not_answered(expiring)
    if found.asked_about:
        return _("Allt är genomgånget. Skicka svaret längst ned.")
    return _("Lägg till det som ni ska upphandla, läs in ert kalkylblad, eller svara att ni inte har något att anmäla.")


def not_answered(expiring: Sequence[Proposal]) -> str:
    """Agreements that run out never stop an answer, but they are not gone through either."""
    said = ngettext(
        "%(count)d avtal är inte besvarat (%(titles)s). Svara om det nedan. Svaret kan skickas ändå.",
        "%(count)d avtal är inte besvarade (%(titles)s). Svara om dem nedan. Svaret kan skickas ändå.",
        len(expiring),
    )
    return said % {"count": len(expiring), "titles": named([each.agreement for each in expiring])}


class Unrenewed(NamedTuple):
    """Agreements of the round's years that nothing planned follows on: how many, in words, and where they are."""

    text: str
    href: str


def unrenewed(asked: RoundRequest, expiring: Sequence[Proposal]) -> Unrenewed | None:
    """As it is now, whatever was sent: it is no part of the answer. None where there is none."""
    if not expiring:
        return None
    said = ngettext(
        "Just nu löper %(count)d avtal ut inom inventeringens år utan att någon ny upphandling är anmäld.",
        "Just nu löper %(count)d avtal ut inom inventeringens år utan att någon ny upphandling är anmäld.",
        len(expiring),
    )
    chosen = urlencode({"organisation": asked.organisation_id, "state": "waiting"})
    return Unrenewed(said % {"count": len(expiring)}, f"{reverse('inventory:agreements')}?{chosen}")


def sent_in_words(answer: RoundAnswer) -> str:
    told = {"name": answer.answered_by.name, "when": figures.moment(answer.created_at, clock.today())}
    if answer.on_behalf:
        return _("%(name)s på upphandlingsenheten svarade åt organisationen %(when)s.") % told
    return _("%(name)s skickade det %(when)s.") % told


def has_changed_since(answer: RoundAnswer, found: Sorted) -> bool:
    """Whether the list is another than the one that was sent. One query."""
    sent = dict(answer.rows.exclude(change=Change.GONE).order_by("pk").values_list("planned", "facts"))
    now = {row.pk: row for row in found.rows}
    if sent.keys() != now.keys():
        return True
    return any(changed_facts(facts, facts_as_reported(now[pk])) for pk, facts in sent.items())


def missing_in_all(rows: Iterable[PlannedProcurement]) -> str:
    """What facts are missing, in how many of the rows: said beside the button, since it never stops an answer."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.proposal == PlannedProcurement.Proposal.NEEDS_FACTS:
            for name in set(judge(row, row.rule_set).missing) - set(row.unknown_fields):
                counts[name] = counts.get(name, 0) + 1
    parts = [
        _("%(fact)s för %(count)d") % {"fact": LABELS[name](), "count": counts[name]}
        for name in LABELS
        if counts.get(name)
    ]
    return _("Saknas än: %(what)s.") % {"what": ", ".join(parts)} if parts else ""
