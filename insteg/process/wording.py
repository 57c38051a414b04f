"""A rule set in plain words, and what one says that another does not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.process.models import Nature, RuleSet
from insteg.ui import figures
from insteg.ui.figures import grouped


@dataclass(frozen=True)
class Term:
    """`value` is a sentence about what must be so, or how it is reckoned."""

    term: str
    value: str


@dataclass(frozen=True)
class Section:
    """What belongs together in an edition: what suits, how many places, how long it takes. `key` is its anchor."""

    key: str
    title: str
    lead: str
    terms: list[Term]


@dataclass(frozen=True)
class Difference:
    term: str
    before: str
    after: str


def natures_in_words(rule_set: RuleSet) -> str:
    """Tjänst eller entreprenad."""
    names = [str(Nature(nature).label) for nature in rule_set.natures]
    first, *others = [names[0], *(name.lower() for name in names[1:])] if names else [_("Inget slag")]
    if not others:
        return first
    return _("%(list)s eller %(last)s") % {"list": ", ".join([first, *others[:-1]]), "last": others[-1]}


def in_words(rule_set: RuleSet) -> list[Section]:
    """The whole edition, in the order that a procurement meets it."""
    return [
        Section(
            "criteria",
            _("När lämpar sig en upphandling?"),
            _("Insteg föreslår att den lämpar sig när alla fyra villkoren är uppfyllda. Styrgruppen beslutar."),
            criteria(rule_set),
        ),
        Section(
            "places",
            _("Hur många platser är rimligt?"),
            _(
                "Insteg föreslår antalet efter omfattningen. Arbetsmodellen nämner ingen skala, så räkningen är "
                "Instegs egen, och talen går att ändra. Värdet visas bredvid för att jämföra, från början med "
                "Trafikverkets skala. Människor bestämmer antalet."
            ),
            places(rule_set),
        ),
        Section(
            "lead-times",
            _("Hinner kravet med?"),
            _(
                "Insteg räknar hela månader bakåt från önskad avtalsstart. Blir det en ledig dag gäller arbetsdagen "
                "före."
            ),
            lead_times(rule_set),
        ),
    ]


def criteria(rule_set: RuleSet) -> list[Term]:
    """The criteria of R20."""
    count = rule_set.min_months
    months = ngettext("Minst %(count)d månad, utan förlängning.", "Minst %(count)d månader, utan förlängning.", count)
    known = _("Omfattningen är känd. Ett ramavtal räknas som känd omfattning.")
    not_known = _("Omfattningen är känd. I ett ramavtal är den känd först när någon har angett den.")
    staffing = _("Mer än %(number)s årsarbetare i genomsnitt under avtalstiden, utan förlängning.")
    return [
        Term(_("Slag"), f"{natures_in_words(rule_set)}."),
        Term(_("Omfattning"), known if rule_set.framework_extent_known else not_known),
        Term(_("Avtalstid"), months % {"count": count}),
        Term(_("Bemanning"), staffing % {"number": grouped(rule_set.more_than_fte)}),
    ]


def places(rule_set: RuleSet) -> list[Term]:
    """The two reckonings of R21."""
    count = rule_set.full_time_months_per_place
    by_extent = ngettext(
        "En plats per heltidsmånad, minst en, högst %(share)s av bemanningen samtidigt.",
        "En plats per %(count)s heltidsmånader, minst en, högst %(share)s av bemanningen samtidigt.",
        count,
    )
    by_value = _("En plats per %(value)s, till jämförelse.")
    share = share_in_words(rule_set.most_percent_of_staffing)
    return [
        Term(_("Efter omfattning"), by_extent % {"count": grouped(count), "share": share}),
        Term(_("Efter värde, tjänst"), by_value % {"value": kronor(rule_set.services_value_per_place)}),
        Term(_("Efter värde, entreprenad"), by_value % {"value": kronor(rule_set.works_value_per_place)}),
    ]


def share_in_words(percent: int) -> str:
    """10 is "en tiondel"; what has no word of its own is told in per cent."""
    words = {10: _("en tiondel"), 20: _("en femtedel"), 25: _("en fjärdedel"), 50: _("hälften")}
    return words.get(percent) or _("%(percent)s procent") % {"percent": percent}


def kronor(amount: int) -> str:
    """In millions only where that leaves nothing out: an edition's own words must tell every krona."""
    exact = amount % (figures.MILLION // 10) == 0
    return figures.money(amount) if exact else _("%(amount)s kr") % {"amount": grouped(amount)}


def lead_times(rule_set: RuleSet) -> list[Term]:
    """The lead times of R22. That a longer time is safe is said only where it is longer."""
    ready, spare = rule_set.procurement_months, rule_set.safe_planning_months - rule_set.planning_months
    latest = rule_set.planning_months + ready
    planning, dialogue = _("Minst %(least)s."), _("Senast %(latest)s före avtalsstart.")
    if spare:
        planning = _("Minst %(least)s. %(safe)s är tryggt.")
        dialogue = _("Senast %(latest)s före avtalsstart. %(safe)s före är tryggt.")
    warning = _("När det är kortare än %(months)s till avtalsstart.") % {"months": months(rule_set.warn_below_months)}
    if rule_set.warn_below_months <= latest:
        warning += " " + _("Då är det redan för sent för första dialogen.")
    least, safe = months(rule_set.planning_months), months(rule_set.safe_planning_months)
    return [
        Term(_("Planering"), planning % {"least": least, "safe": safe}),
        Term(_("Upphandling"), _("%(months)s, från klara dokument till avtalsstart.") % {"months": months(ready)}),
        Term(_("Första dialogen"), dialogue % {"latest": months(latest), "safe": months(latest + spare)}),
        Term(_("Varning"), warning),
    ]


def months(count: int) -> str:
    return ngettext("%(count)d månad", "%(count)d månader", count) % {"count": count}


def differences(earlier: RuleSet, later: RuleSet) -> list[Difference]:
    pairs = zip(every_term(earlier), every_term(later), strict=True)
    return [Difference(new.term, old.value, new.value) for old, new in pairs if old != new]


def every_term(rule_set: RuleSet) -> list[Term]:
    return [term for section in in_words(rule_set) for term in section.terms]
