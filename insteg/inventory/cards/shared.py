"""What is said of what several share: the suggested groups with their reasons, and the facts of a new joint one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.inventory.forms.shared import value_of
from insteg.inventory.likeness import Group, grouped, most_alike
from insteg.inventory.models import PlannedProcurement
from insteg.ui import figures

Rows = Sequence[PlannedProcurement]


class Suggestion(NamedTuple):
    """Reports that seem to be one need, why, and the joint procurement they seem to belong in."""

    number: int
    rows: list[PlannedProcurement]
    reasons: str
    into: PlannedProcurement | None


@dataclass(frozen=True)
class Found:
    number: int
    group: Group[PlannedProcurement]
    into: PlannedProcurement | None

    @property
    def codes(self) -> list[str]:
        return [f"{cpv}0000" for cpv in sorted(self.group.cpvs)]

    def told(self, titles: Mapping[str, str]) -> Suggestion:
        """`titles` are of CPV codes, by code."""
        said = []
        if self.group.words:
            said.append(_("liknande namn: %(words)s") % {"words": ", ".join(sorted(self.group.words))})
        for code in self.codes:
            name = f"{code[:4]} {titles.get(code, '')}".strip()
            said.append(_("samma CPV-grupp: %(cpv)s") % {"cpv": name})
        if len(self.group.rows) == 1:
            said = [_("ingen annan anmälan liknar den")]
        return Suggestion(self.number, self.group.rows, "; ".join(said), self.into)


def groups_of(rows: Rows, joints: Rows) -> list[Found]:
    return [Found(n, group, most_alike(group, joints)) for n, group in enumerate(grouped(rows), 1)]


def in_words(rows: Rows, joints: Rows) -> str:
    if not rows:
        return _("Allt som är anmält som gemensamt är ihopslaget.")
    said = ngettext(
        "%(count)s anmälan som flera delar är inte ihopslagen än.",
        "%(count)s anmälningar som flera delar är inte ihopslagna än.",
        len(rows),
    ) % {"count": figures.grouped(len(rows))}
    whose = _("Insteg föreslår vad som hör ihop. Du bestämmer.")
    return f"{said} {whose}"


def sum_in_words(rows: Rows) -> str:
    """What the chosen reports amount to; empty for none. A value that somebody has not said is named as missing."""
    if not rows:
        return ""
    known = [row for row in rows if row.value_max is not None or row.value_min is not None]
    low = sum(known_value(row.value_min, row.value_max) for row in known)
    high = sum(known_value(row.value_max, row.value_min) for row in known)
    if not known:
        return _("Ingen av anmälningarna har något värde.")
    said = _("Anmälningarnas värde är tillsammans %(sum)s.") % {"sum": figures.money_range(low, high)}
    if len(known) < len(rows):
        missing = ngettext("%(count)s har inget värde.", "%(count)s har inget värde.", len(rows) - len(known))
        return f"{said} {missing % {'count': figures.grouped(len(rows) - len(known))}}"
    return said


def known_value(value: int | None, otherwise: int | None) -> int:
    return value if value is not None else otherwise or 0


def all_of(rows: Rows) -> list[str]:
    return [value_of(row) for row in rows]


def proposed(rows: Rows) -> dict[str, Any]:
    """Facts for a new joint procurement. Sums only where every report says; one fact for all only where they agree."""
    if not rows:
        return {}
    return {
        "title": min((row.title for row in rows), key=lambda title: (len(title), title)),
        "nature": the_same([row.nature for row in rows]) or "",
        "cpv": the_same([row.cpv for row in rows]) or "",
        "value_min": summed([row.value_min for row in rows]),
        "value_max": summed([row.value_max for row in rows]),
        "fte": summed([row.fte for row in rows]),
        "months": the_same([row.months for row in rows]),
        "option_months": the_same([row.option_months for row in rows]),
        "start": min((row.start for row in rows if row.start), default=None),
    }


def the_same(values: Sequence[Any]) -> Any:
    """What all who have said anything say; None where they differ."""
    said = Counter(value for value in values if value not in (None, ""))
    return next(iter(said)) if len(said) == 1 else None


def summed(values: Sequence[Any]) -> Any:
    return None if None in values else sum(values)
