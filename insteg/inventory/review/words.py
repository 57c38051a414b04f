"""How the review says what a sheet holds and what it would change."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.core import clock
from insteg.core.models import label_of
from insteg.inventory.comparison import Known, Outcome
from insteg.inventory.plan_reader import FIELDS
from insteg.inventory.plan_reader.wording import shortened
from insteg.process.models import Nature
from insteg.ui import figures

ROLES = {"option_months": "option", "value_min": "value", "value_max": "value", "more_cpvs": "cpv"}
UNITS = {
    "kr": gettext_lazy("kr"), "tkr": gettext_lazy("tkr"), "mkr": gettext_lazy("mnkr"),
    "mdr": gettext_lazy("miljarder kr"), "mån": gettext_lazy("månader"), "år": gettext_lazy("år"),
}  # fmt: skip


def label_of_field(field: str) -> str:
    """What a fact, or what a column is read as, is called: one table of names for both."""
    return _(FIELDS[ROLES.get(field, field)])


def label_of_choice(said: str) -> str:
    """`said` is a field, with "/" and its unit where it has one: "Värde, i mnkr"."""
    field, _slash, unit = said.partition("/")
    if not field:
        return _("Läs inte in")
    name = _(FIELDS[field])
    return _("%(field)s, i %(unit)s") % {"field": name, "unit": UNITS[unit]} if unit else name


class Cell(NamedTuple):
    """A fact as it becomes; `before` when that is another than it was, and says something."""

    now: str
    before: str = ""
    is_new: bool = False


# What a fact is called and which columns say it, in the order that the page lists them.
GROUPS = {
    "title": ("title",), "value": ("value_min", "value_max"), "months": ("months", "option_months"),
    "start": ("start",), "nature": ("nature",), "cpv": ("cpv", "more_cpvs"), "fte": ("fte",),
    "framework": ("framework",), "reference": ("reference",), "description": ("description",),
}  # fmt: skip
IN_COLUMNS = ("title", "value", "months", "start")  # the others are told below the name


def cell_of(outcome: Outcome, group: str) -> Cell:
    """A fact of a row: as the sheet has it when the row is new, else as the known row becomes."""
    if outcome.known is None:
        return Cell(in_words(group, outcome.facts))
    before = {name: getattr(outcome.known, name) for name in GROUPS[group]}
    after = {name: outcome.changes.get(name, value) for name, value in before.items()}
    now = in_words(group, after)
    if after == before:
        return Cell(now)
    said = any(value not in (None, "", []) for value in before.values())
    return Cell(now, in_words(group, before) if said else "", is_new=True)


def in_words(group: str, facts: Mapping[str, Any]) -> str:
    """Unknown is a word; what nobody has said of the rest is nothing."""
    match group:
        case "value":
            return figures.money_range(facts["value_min"], facts["value_max"])
        case "months":
            return figures.months(facts["months"], facts["option_months"])
        case "start":
            return figures.day(facts["start"], clock.today()) if facts["start"] else figures.unknown()
        case "nature":
            return label_of(Nature, facts["nature"])
        case "cpv":
            return ", ".join([code for code in (facts["cpv"], *facts["more_cpvs"]) if code])
        case "fte":
            return "" if facts["fte"] is None else figures.grouped(Decimal(facts["fte"]))
        case "framework":
            return {True: _("ja"), False: _("nej"), None: ""}[facts["framework"]]
    return shortened(str(facts[group]), 120)


def kept_in_words(outcome: Outcome) -> list[str]:
    """For each fact that the sheet says is not known: that what we know stands."""
    said = _("Bladet säger att %(field)s är okänd. Vi behåller det vi vet: %(value)s.")
    groups = [group for group, names in GROUPS.items() if set(names) & set(outcome.kept)]
    told = [(label_of_field(group).lower(), cell_of(outcome, group).now) for group in groups]
    return [said % {"field": field, "value": value} for field, value in told]


def known_in_words(known: Known) -> str:
    """What tells one known row from another: its value and its start."""
    facts = {name: getattr(known, name) for names in GROUPS.values() for name in names}
    told = {"value": in_words("value", facts), "start": in_words("start", facts)}
    return _("%(value)s, börjar %(start)s") % told
