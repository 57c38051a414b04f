"""How many places are reasonable (R21): the two reckonings with their working, and what people have said instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.core.models import label_of
from insteg.inventory.judgement import as_number, facts_in_words, in_months
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.analysis import WhoSet
from insteg.inventory.reckoning import Extent, Value, by_extent, by_value, value_per_place
from insteg.process.models import Nature, RuleSet
from insteg.ui import figures

NOT_SUITABLE = PlannedProcurement.Proposal.NOT_SUITABLE


class Reckoned(NamedTuple):
    """One way to a number of places; for c-reckon."""

    title: str
    result: str
    working: str
    chosen: bool = False
    wide: bool = False


def places_in_words(count: int | None) -> str:
    if count is None:
        return _("Går inte att räkna än")
    return ngettext("%(count)s plats", "%(count)s platser", count) % {"count": count} if count else _("Ingen plats")


@dataclass(frozen=True)
class Places:
    items: list[Reckoned]
    changed: str  # what is no longer as when somebody set the number
    note: str
    is_set: bool


def places_of(planned: PlannedProcurement, who_set: WhoSet | None) -> Places:
    """The two reckonings, and above them what people have said instead."""
    rules, is_set = planned.rule_set, planned.places_set is not None
    suits = planned.proposal != NOT_SUITABLE
    extent, value = by_extent(planned, rules), by_value(planned, rules)
    items = [
        Reckoned(
            _("Efter omfattning"),
            places_in_words(extent.places),
            extent_in_words(extent, planned),
            chosen=suits and not is_set,
        ),
        Reckoned(_("Efter värde, som jämförelse"), places_in_words(value.places), value_in_words(value, planned)),
    ]
    if is_set:
        items.insert(
            0, Reckoned(set_by(who_set), places_in_words(planned.places_set), planned.places_reason, True, True)
        )
    if not suits:
        note = _("Förslaget är att upphandlingen inte lämpar sig. Räkningen visar vad den annars kunde ge.")
    elif is_set:
        note = _("Räkningen efter omfattning är Instegs förslag. Det bestämda antalet gäller tills någon ändrar det.")
    else:
        note = _("Förslaget är det efter omfattning. Det räknas om när uppgifterna ändras.")
    return Places(items, changed_since(who_set, extent.places), note, is_set)


def proposed_in_words(planned: PlannedProcurement) -> str:
    """The proposal with its working, for the page where people say another number."""
    extent = by_extent(planned, planned.rule_set)
    said = _("Efter omfattning: %(places)s.") % {"places": places_in_words(extent.places).lower()}
    return f"{said} {extent_in_words(extent, planned)}"


def set_by(who_set: WhoSet | None) -> str:
    if who_set is None or not who_set.who:
        return _("Bestämt")
    said = {"who": who_set.who, "day": figures.moment(who_set.at, clock.today())}
    return _("Bestämt av %(who)s, %(day)s") % said


def changed_since(who_set: WhoSet | None, places: int | None) -> str:
    """Empty while everything that the reckoning reads is as when the number was set, or gives as many by new rules."""
    if who_set is None or not (who_set.changed or who_set.places_then != places):
        return ""
    if who_set.changed:
        then = _("Uppgifterna har ändrats sedan dess: %(facts)s.") % {"facts": facts_in_words(who_set.changed)}
    else:
        then = _("Regelverket har ändrats sedan dess.")
    if who_set.places_then == places:
        said = _("Efter omfattning är det fortfarande %(now)s. Stämmer det bestämda antalet ändå?")
    else:
        said = _("Efter omfattning var det då %(then)s och är nu %(now)s. Stämmer det bestämda antalet ändå?")
    numbers = said % {"then": then_or_now(who_set.places_then), "now": then_or_now(places)}
    return f"{then} {numbers}"


def then_or_now(count: int | None) -> str:
    return _("okänt") if count is None else places_in_words(count).lower()


def extent_in_words(extent: Extent, planned: PlannedProcurement) -> str:
    if extent.places is None:
        return what_is_missing(planned, [name for name in ("months", "fte") if getattr(planned, name) is None])
    product = _("%(fte)s årsarbetare × %(months)s = %(whole)s heltidsmånader.") % {
        "fte": as_number(extent.fte), "months": in_months(extent.months),
        "whole": figures.grouped(extent.full_time_months.normalize()),
    }  # fmt: skip
    return f"{product} {how_it_becomes_places(extent, planned.rule_set)}"


def how_it_becomes_places(extent: Extent, rules: RuleSet) -> str:
    """The rule, and where the lower of its two bounds or the one place at least decides, that too."""
    per, share = rules.full_time_months_per_place, share_in_words(rules)
    said = {"per": per, "share": share, "by_months": extent.by_months, "most": extent.most}
    if extent.most < extent.by_months:
        rule = _("En plats per %(per)s ger %(by_months)s, men högst %(share)s samtidigt ger %(most)s.")
    else:
        rule = _("En plats per %(per)s, högst %(share)s samtidigt.")
    if not min(extent.by_months, extent.most) and extent.places:
        least = _("Det är mindre än en hel, och då föreslås en plats.")
        return f"{rule % said} {least}"
    return rule % said


def share_in_words(rules: RuleSet) -> str:
    if rules.most_percent_of_staffing == 10:
        return _("en tiondel av bemanningen")
    return _("%(percent)s procent av bemanningen") % {"percent": rules.most_percent_of_staffing}


def value_in_words(value: Value, planned: PlannedProcurement) -> str:
    rules = planned.rule_set
    if not planned.nature:
        return what_is_missing(planned, ["nature"])
    if value_per_place(planned, rules) is None:
        return _("Skalan gäller tjänster och entreprenader.")
    if value.value is None:
        return what_is_missing(planned, ["value_max"])
    said = _("%(value)s, %(nature)s. En plats per %(per)s.") % {
        "value": figures.money(value.value), "nature": label_of(Nature, planned.nature).lower(),
        "per": figures.money(value.per_place),
    }  # fmt: skip
    if planned.value_min is not None and planned.value_max is not None and planned.value_min != planned.value_max:
        upper = _("Räknat på det högsta värdet.")
        return f"{said} {upper}"
    return said


def what_is_missing(planned: PlannedProcurement, fields: Sequence[str]) -> str:
    """Which facts are not known, and who can give them."""
    missing = _("Det som saknas är %(facts)s.") % {"facts": facts_in_words(fields)}
    said_unknown = set(fields) <= set(planned.unknown_fields)
    whose = (
        _("%(organisation)s har sagt att det inte är känt än.") if said_unknown else _("%(organisation)s kan ange det.")
    )
    return f"{missing} {whose % {'organisation': planned.organisation}}"
