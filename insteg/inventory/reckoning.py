"""How many places are reasonable (R21)? Two reckonings, each with its working; people decide. Pure: no query."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from insteg.inventory.models import PlannedProcurement
from insteg.process.models import Nature, RuleSet


@dataclass(frozen=True)
class Extent:
    """Places by the extent: one for each so many full-time months, at least one, at most a share of the staffing.

    `places` is None, and so is the rest, where the staffing or the length is not known.
    """

    places: int | None
    fte: Decimal | None = None
    months: int | None = None
    full_time_months: Decimal | None = None
    by_months: int | None = None  # what the full-time months alone would give
    most: int | None = None  # what the share of the staffing allows at one time


@dataclass(frozen=True)
class Value:
    """Places by the value, as others reckon; None where the value is not known or the kind has no scale."""

    places: int | None
    value: int | None = None  # kronor
    per_place: int | None = None  # kronor


def by_extent(planned: PlannedProcurement, rules: RuleSet) -> Extent:
    """Months without options: an option that nobody has used gives no place. Nought of either is known, and gives 0."""
    fte, months = planned.fte, planned.months
    if fte is None or months is None:
        return Extent(None)
    full_time_months = Decimal(fte) * months
    by_months = whole(full_time_months / rules.full_time_months_per_place)
    most = whole(Decimal(fte) * rules.most_percent_of_staffing / 100)
    least = 1 if full_time_months else 0
    return Extent(max(least, min(by_months, most)), Decimal(fte), months, full_time_months, by_months, most)


def by_value(planned: PlannedProcurement, rules: RuleSet) -> Value:
    """The upper end of a range; nothing is rounded up, so a small one gives none."""
    value = planned.value_max if planned.value_max is not None else planned.value_min
    per_place = value_per_place(planned, rules)
    if value is None or per_place is None:
        return Value(None)
    return Value(value // per_place, value, per_place)


def value_per_place(planned: PlannedProcurement, rules: RuleSet) -> int | None:
    scale = {Nature.SERVICES: rules.services_value_per_place, Nature.WORKS: rules.works_value_per_place}
    return scale.get(Nature(planned.nature)) if planned.nature else None


def whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))
