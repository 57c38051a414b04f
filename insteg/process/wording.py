"""A rule set in plain words, and what one says that another does not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.process.models import Nature, RuleSet
from insteg.ui.figures import grouped


@dataclass(frozen=True)
class Criterion:
    """`value` is a sentence about what must be so for a procurement to be suitable."""

    term: str
    value: str


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


def in_words(rule_set: RuleSet) -> list[Criterion]:
    """The criteria of R20 as this edition has them."""
    count = rule_set.min_months
    months = ngettext("Minst %(count)d månad, utan förlängning.", "Minst %(count)d månader, utan förlängning.", count)
    known = _("Omfattningen är känd. Ett ramavtal räknas som känd omfattning.")
    not_known = _("Omfattningen är känd. I ett ramavtal är den känd först när någon har angett den.")
    staffing = _("Mer än %(number)s årsarbetare i genomsnitt under avtalstiden, utan förlängning.")
    return [
        Criterion(_("Slag"), f"{natures_in_words(rule_set)}."),
        Criterion(_("Omfattning"), known if rule_set.framework_extent_known else not_known),
        Criterion(_("Avtalstid"), months % {"count": count}),
        Criterion(_("Bemanning"), staffing % {"number": grouped(rule_set.more_than_fte)}),
    ]


def differences(earlier: RuleSet, later: RuleSet) -> list[Difference]:
    pairs = zip(in_words(earlier), in_words(later), strict=True)
    return [Difference(new.term, old.value, new.value) for old, new in pairs if old != new]
