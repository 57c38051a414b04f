"""What the pages show of a planned procurement, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.core.keyset import Counted
from insteg.core.models import label_of
from insteg.inventory import access
from insteg.inventory.cards.case import Place, place_of
from insteg.inventory.cards.in_time import Time, time_in_the_banner, time_of
from insteg.inventory.cards.places import places_in_words
from insteg.inventory.cards.questions import asked_of
from insteg.inventory.judgement import Judgement, as_number, judge, missing_words
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.answering import ASKED
from insteg.inventory.queries.planned import Event, Finding
from insteg.process.models import Nature
from insteg.ui import figures

Proposal = PlannedProcurement.Proposal
VERDICTS = {Proposal.SUITABLE: "yes", Proposal.NEEDS_FACTS: "unknown", Proposal.NOT_SUITABLE: "no"}


@dataclass(frozen=True)
class Line:
    """A row of the list."""

    href: str
    title: str
    organisation: str
    nature: str
    cpv: str
    value_min: int | None
    value_max: int | None
    months: int | None
    option_months: int | None
    start: date | None
    verdict: str
    beside: str  # what a verdict lacks, or how many places it may give
    joined: str  # what it is bought through, instead of a verdict; empty for most

    @classmethod
    def of(cls, row: PlannedProcurement, titles: Mapping[str, str], href: Callable[[UUID], str]) -> Self:
        """`row` is of queries.for_the_list. `titles` are of CPV codes; one that is in no list stands as it is."""
        return cls(
            href(row.pk), row.title, row.organisation_name, label_of(Nature, row.nature),
            titles.get(row.cpv, row.cpv), row.value_min, row.value_max, row.months, row.option_months, row.start,
            VERDICTS[Proposal(row.proposal)], beside_the_verdict(row), row.joint_title or "",
        )  # fmt: skip


def beside_the_verdict(row: PlannedProcurement) -> str:
    if row.proposal == Proposal.NEEDS_FACTS:
        return _("saknar %(facts)s") % {"facts": missing_words(judge(row, row.rule_set))}
    if row.proposal == Proposal.NOT_SUITABLE:
        return ""
    count = row.places if row.places_set is None else row.places_set
    return "" if count is None else places_in_words(count).lower()


def number_of(finding: Finding) -> Counted:
    return Counted(finding.total, finding.more)


def heading(finding: Finding) -> str:
    said = ngettext("%(count)s upphandling", "%(count)s upphandlingar", finding.total)
    return said % {"count": number_of(finding)}


def finding_in_words(finding: Finding, *, filtered: bool, show: str = "") -> str:
    """The list's answer before the list (R13). `show` is FilterForm's: what is withdrawn suits nothing any more."""
    if show == ASKED:
        return waiting_in_words(finding)
    if not finding.total:
        return (
            _("Ingen upphandling att visa.") if filtered else _("Här samlas det som staden ska köpa de närmaste åren.")
        )
    if show == "withdrawn":
        said = ngettext(
            "%(count)s upphandling är tillbakadragen.", "%(count)s upphandlingar är tillbakadragna.", finding.total
        )
        return said % {"count": str(number_of(finding)).capitalize()}
    if finding.more:
        said = _("%(count)s planerade upphandlingar. Filtrera för att se hur många som lämpar sig.")
        return said % {"count": str(number_of(finding)).capitalize()}
    counted = finding.total - finding.joined
    if not counted:
        return joined_in_words(finding)
    if finding.needs_facts == counted:  # that none suits would sound like an answer
        said = ngettext(
            "Den enda planerade upphandlingen behöver fler uppgifter innan den kan bedömas.",
            "Alla %(count)s planerade upphandlingar behöver fler uppgifter innan de kan bedömas.",
            counted,
        ) % {"count": counted}
        return f"{said} {joined_in_words(finding)}" if finding.joined else said
    suitable = ngettext(
        "%(suitable)s av %(count)s planerade upphandlingar lämpar sig för sociala krav.",
        "%(suitable)s av %(count)s planerade upphandlingar lämpar sig för sociala krav.",
        finding.suitable,
    ) % {"suitable": finding.suitable or _("Ingen"), "count": counted}
    said = [suitable]
    if finding.needs_facts:
        lacking = ngettext(
            "%(count)s behöver fler uppgifter.", "%(count)s behöver fler uppgifter.", finding.needs_facts
        )
        said.append(lacking % {"count": finding.needs_facts})
    if finding.joined:
        said.append(joined_in_words(finding))
    return " ".join(said)


def waiting_in_words(finding: Finding) -> str:
    if not finding.total:
        return _("Inget väntar på svar.")
    said = ngettext(
        "%(count)s upphandling väntar på svar på upphandlingsenhetens frågor.",
        "%(count)s upphandlingar väntar på svar på upphandlingsenhetens frågor.",
        finding.total,
    )
    return said % {"count": str(number_of(finding)).capitalize()}


def joined_in_words(finding: Finding) -> str:
    said = ngettext(
        "%(count)s upphandlas gemensamt med andra.", "%(count)s upphandlas gemensamt med andra.", finding.joined
    )
    return said % {"count": finding.joined}


class Answer(NamedTuple):
    title: str
    answer: str
    reason: str
    href: str = ""
    source: str = ""


class Fact(NamedTuple):
    term: str
    value: Any
    note: str = ""
    href: str = ""


class Told(NamedTuple):
    when: Any
    who: str
    what: str
    coming: bool = False


class Banner(NamedTuple):
    color: str
    icon: str
    title: str
    text: str
    href: str = ""
    button: str = ""


class Spine(NamedTuple):
    now: int
    notes: list[str]


def detail(planned: PlannedProcurement, actor: Actor, events: list[Event], titles: Mapping[str, str]) -> dict[str, Any]:
    """What the page of one planned procurement shows; `planned` carries its rights and may_see_joint. As many queries
    for each."""
    judgement = judge(planned, planned.rule_set)
    change = reverse("inventory:change", args=[planned.pk]) if planned.may_change else ""
    fill_in = change if actor.organisation_id == planned.organisation_id else ""
    reported, asked = figures.month(planned.created_at.date()), asked_of(planned, actor)
    ask = "" if asked["questions"] else asked["ask_url"]  # once it is asked it is not UE's move
    place = place_of(planned, actor)
    proposed = "" if planned.withdrawn_at else str(planned.get_proposal_display()).lower()
    return asked | {
        "planned": planned,
        "spine": Spine(place.stage, place.notes(reported, proposed)),
        "case": place.card,
        "place": place,
        "banner": banner_of(planned, judgement, place, fill_in, ask),
        "fill_in": fill_in,
        "answers": [
            Answer(c.question, c.answer, c.reason, f"{change}#id_{c.missing}" if change and c.missing else "")
            for c in judgement.criteria
        ],
        "facts": [*facts_of(planned, titles), *follows_on(planned, actor)],
        "events": [Told(event.at, event.who, what_happened(event)) for event in events],
        "rules_note": _("Modellens villkor, version %(edition)s") % {"edition": planned.rule_set.edition},
        "rules_url": reverse("process:rule_set", args=[planned.rule_set_id]),
    }


def follows_on(planned: PlannedProcurement, actor: Actor) -> list[Fact]:
    """The agreement that it follows on, for those who may see that."""
    agreement = planned.renews
    if agreement is None or not access.SEE_AGREEMENT.permits(actor, agreement.pk):
        return []
    runs_out = _("löper ut %(day)s") % {"day": figures.day(agreement.ends_on, clock.today())}
    return [
        Fact(_("Följer på avtalet"), agreement.title, runs_out, reverse("inventory:agreement", args=[agreement.pk]))
    ]


def banner_of(planned: PlannedProcurement, judgement: Judgement, place: Place, fill_in: str, ask: str) -> Banner | None:
    """What is proposed; None once it is decided. Whose move it is, the case says beside; but while facts are awaited
    this one does, which names them and leads to where they are given or asked for.

    `fill_in` is where the reader gives the facts, `ask` where the reader asks for them; empty for those who do not.
    """
    if planned.merged_into:
        return joint_banner(planned)
    if place.is_decided:
        return None
    if judgement.proposal == Proposal.NOT_SUITABLE:
        reasons = " ".join(c.reason for c in judgement.criteria if c.answer == "no")
        return Banner("neutral", "minus", _("Förslag: inte lämplig"), reasons)
    time = time_of(planned)
    if judgement.proposal == Proposal.SUITABLE:
        return suitable_banner(time, fill_in)
    missing = _("Det som saknas är %(facts)s.") % {"facts": missing_words(judgement)}
    text = f"{met_in_words(judgement)} {missing} {time_in_the_banner(time)}".strip()
    title, color = _("Förslag: behöver uppgifter"), "warning" if fill_in or ask else "neutral"
    if not place.awaits_facts:
        if set(judgement.missing) <= set(planned.unknown_fields):
            text = " ".join([_("Organisationen har sagt att den inte vet än."), text])
    elif fill_in:
        title, text = _("Din tur: fyll i det som saknas"), f"{text} {place.by_when}"
    else:
        title, text = _("Väntar på uppgifter från %(organisation)s"), f"{text} {place.by_when}"
        title = title % {"organisation": planned.organisation}
    href, button = (fill_in, _("Fyll i")) if fill_in else (ask, _("Be om uppgifterna") if ask else "")
    return Banner(color, "circle-question-mark", title, text, href, button)


def suitable_banner(time: Time, fill_in: str) -> Banner:
    """When it begins too soon it is the organisation that can say another start."""
    title, decides = _("Förslag: lämplig"), _("Styrgruppen beslutar om ett krav ska ställas.")
    if not time.is_late:
        met = _("Alla fyra villkor är uppfyllda.")
        return Banner("neutral", "circle-check", title, f"{met} {decides} {time_in_the_banner(time)}".strip())
    late, text = _("Förslag: lämplig, men kravet hinner inte med"), f"{time_in_the_banner(time)} {decides}"
    href, button = (f"{fill_in}#id_start", _("Ändra starten")) if fill_in else ("", "")
    return Banner("danger", "clock-alert", late, text, href, button)


def what_is_released(planned: PlannedProcurement) -> str:
    """What becomes of the reports that it carries when it is withdrawn; empty when it carries none."""
    count = planned.merged.count() if planned.shared else 0
    if not count:
        return ""
    said = ngettext(
        "%(count)d anmälan som ingår i den står då för sig själv igen, och de som anmälde får ett brev.",
        "%(count)d anmälningar som ingår i den står då för sig själva igen, och de som anmälde får ett brev.",
        count,
    )
    return said % {"count": count}


def joint_banner(planned: PlannedProcurement) -> Banner:
    """What it is bought through: so much is told to those who sent it, also where they may not open the joint one."""
    joint = planned.merged_into
    start = figures.month(joint.start) if joint.start else figures.unknown()
    said = _(
        "Upphandlas gemensamt i ”%(title)s” av upphandlingsenheten, start %(start)s. Den bedöms där. "
        "Stämmer inte uppgifterna här går det att ändra dem."
    )
    text = said % {"title": joint.title, "start": start}
    href = reverse("inventory:detail", args=[joint.pk]) if planned.may_see_joint else ""
    return Banner("neutral", "users", _("Upphandlas gemensamt"), text, href, _("Öppna den gemensamma") if href else "")


def met_in_words(judgement: Judgement) -> str:
    said = [
        _("Inget av fyra villkor är uppfyllt än."),
        _("Ett av fyra villkor är uppfyllt."),
        _("Två av fyra villkor är uppfyllda."),
        _("Tre av fyra villkor är uppfyllda."),
    ]
    return said[sum(criterion.answer == "yes" for criterion in judgement.criteria)]


def what_happened(event: Event) -> str:
    return f"{event.what}: {'; '.join(event.fields)}" if event.fields else event.what


def facts_of(planned: PlannedProcurement, titles: Mapping[str, str]) -> list[Fact]:
    """A fact that was said to be unknown says so; one that nobody has said is only "okänd"."""

    def told(name: str, value: Any) -> Any:
        return _("okänd, har organisationen sagt") if value is None and name in planned.unknown_fields else value

    codes = [f"{code} {titles.get(code, '')}".strip() for code in all_codes(planned)]
    value = figures.money_range(planned.value_min, planned.value_max) if has_value(planned) else None
    length = figures.months(planned.months, planned.option_months) if planned.months is not None else None
    shared = (
        _("Delas av flera organisationer") if planned.shared else _("Bara %(name)s") % {"name": planned.organisation}
    )
    facts = [
        Fact(_("Uppgiften"), planned.description or None),
        Fact(_("Behov"), shared),
        Fact(
            _("Slag"),
            str(planned.get_nature_display()) or None,
            _("härlett ur CPV-koden") if planned.nature_inferred else "",
        ),
        Fact(_("CPV-kod"), ", ".join(codes) or None),
        Fact(_("Värde"), told("value_max", value)),
        Fact(_("Avtalstid"), told("months", length)),
        Fact(_("Årsarbetare"), told("fte", as_number(Decimal(planned.fte)) if planned.fte is not None else None)),
        Fact(
            _("Önskad avtalsstart"), told("start", figures.day(planned.start, clock.today()) if planned.start else None)
        ),
        Fact(_("Förfarande"), str(planned.get_procedure_display()) or None),
    ]
    if planned.framework is not None:
        facts.append(Fact(_("Ramavtal"), _("ja") if planned.framework else _("nej")))
    if planned.reference:
        facts.append(Fact(_("Diarienummer"), planned.reference))
    if planned.contact:
        facts.append(Fact(_("Kontakt"), planned.contact.name))
    if planned.upload:
        row = _("rad %(row)s") % {"row": planned.upload_row}
        facts.append(Fact(_("Läst ur"), str(planned.upload.file), row))
    return facts


def has_value(planned: PlannedProcurement) -> bool:
    return planned.value_min is not None or planned.value_max is not None


def all_codes(planned: PlannedProcurement) -> list[str]:
    return [code for code in (planned.cpv, *planned.more_cpvs) if code]
