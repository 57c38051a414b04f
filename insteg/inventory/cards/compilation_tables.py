"""The tables of the compilation: the same figures by quarter, organisation, kind, and each procurement by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.access.actor import Role
from insteg.core.models import label_of
from insteg.inventory.cards.compilation import address
from insteg.inventory.cards.planned import VERDICTS
from insteg.inventory.judgement import LABELS, judge
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.compilation import Compilation, Tally
from insteg.inventory.queries.compilation_reading import Reading
from insteg.inventory.queries.occupations import NONE, OfOccupation
from insteg.process.models import Nature

Proposal = PlannedProcurement.Proposal


class Line(NamedTuple):
    """A row of figures. `href` is the compilation of that alone; `strong` sums up those that follow."""

    name: str
    href: str
    tally: Tally
    strong: bool = False


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    of: str  # the heading of its first column
    lines: list[Line]
    note: str = ""
    open: bool = False


def tables(
    reading: Reading,
    organisations: Mapping[UUID, str],
    divisions: Mapping[str, str],
    occupations: Sequence[OfOccupation],
    *,
    folded: bool,
) -> list[Table]:
    """`folded`: the picture has no room for each procurement, so the organisations stand open instead. A buyer, who
    sees one organisation, has no use for a table of them."""
    found, chosen = reading.figures, reading.chosen
    by_organisation = Table("organisations", _("Per organisation"), _("Organisation"), [
        Line(name, address(chosen, organisation=str(key)), found.organisations[key])
        for key, name in organisations.items()
    ], open=folded)  # fmt: skip
    return [
        Table("quarters", _("Per år och kvartal"), _("Börjar"), by_quarter(found, chosen)),
        *([] if reading.actor.role == Role.PROCURING else [by_organisation]),
        Table("natures", _("Per slag"), _("Slag"), by_nature(found, chosen)),
        Table("divisions", _("Per CPV-huvudgrupp"), _("CPV-huvudgrupp"), by_division(found, chosen, divisions)),
        Table("occupations", _("Per yrke"), _("Yrke"), [
            Line(row.title or _("Inget känt yrke"), address(chosen, occupation=row.code), row.tally)
            for row in occupations
        ], note=_("En upphandling med två yrken räknas i båda, så raderna tillsammans blir fler än upphandlingarna.")),
        Table("proposals", _("Per bedömning"), _("Bedömning"), by_proposal(found, chosen)),
    ]  # fmt: skip


def by_quarter(found: Compilation, chosen: Mapping[str, Any]) -> list[Line]:
    """Each year with its quarters, those without procurements too: that nothing begins is a fact."""
    lines = []
    for year, of_year in groupby(found.quarters.items(), key=lambda each: each[0].year):
        quarters = list(of_year)
        lines.append(
            Line(str(year), address(chosen, year=year, quarter=None), total(t for _q, t in quarters), strong=True)
        )
        lines += [
            Line(
                _("kvartal %(number)s, %(year)s") % {"number": quarter.number, "year": year},
                address(chosen, year=year, quarter=quarter.number),
                tally,
            )
            for quarter, tally in quarters
        ]
    if found.no_start.total:
        lines.append(Line(_("Okänd start"), address(chosen, year=NONE, quarter=None), found.no_start, strong=True))
    return lines


def total(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        for name in ("total", "suitable", "needs_facts", "not_suitable", "places", "late", "unreckoned"):
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
    return whole


def by_nature(found: Compilation, chosen: Mapping[str, Any]) -> list[Line]:
    known = [
        Line(str(nature.label), address(chosen, nature=nature.value), found.natures[nature.value])
        for nature in Nature
        if nature.value in found.natures
    ]
    if "" in found.natures:
        known.append(Line(_("Inte angivet"), address(chosen, nature=NONE), found.natures[""]))
    return known


def by_division(found: Compilation, chosen: Mapping[str, Any], titles: Mapping[str, str]) -> list[Line]:
    """The largest first; those without a code last."""
    keys = sorted(found.divisions, key=lambda key: (not key, -found.divisions[key].total, key))
    return [
        Line(
            f"{key} {titles.get(key, '')}".strip() if key else _("Ingen CPV-kod"),
            address(chosen, cpv=key or NONE),
            found.divisions[key],
        )
        for key in keys
    ]


def by_proposal(found: Compilation, chosen: Mapping[str, Any]) -> list[Line]:
    whole = found.whole
    parts = {
        Proposal.SUITABLE: Tally(
            whole.suitable, suitable=whole.suitable, places=whole.places, unreckoned=whole.unreckoned
        ),
        Proposal.NEEDS_FACTS: Tally(whole.needs_facts, needs_facts=whole.needs_facts),
        Proposal.NOT_SUITABLE: Tally(whole.not_suitable, not_suitable=whole.not_suitable),
    }
    return [
        Line(str(proposal.label), address(chosen, proposal=proposal.value), tally)
        for proposal, tally in parts.items()
        if tally.total
    ]


@dataclass(frozen=True)
class Row:
    """A procurement in the list. `note` says why the verdict is what it is; `places` is None where there are none."""

    href: str
    title: str
    nature: str
    division: str
    planned: Any
    verdict: str
    note: str
    suits: bool

    @property
    def places(self) -> int | None:
        return self.planned.given if self.suits else None

    @property
    def places_word(self) -> str:
        return ngettext("plats", "platser", self.places or 0)


class Group(NamedTuple):
    name: str
    count: int
    rows: list[Row]


def groups(
    reading: Reading, rows: Sequence[Any], divisions: Mapping[str, str], href: Callable[[UUID], str]
) -> list[Group]:
    """By organisation; `rows` are of compilation_reading.rows, which may be cut. The count is of the whole."""
    found = reading.figures
    return [
        Group(name, found.organisations[key].total, [row_of(row, found, divisions, href) for row in of_one])
        for (name, key), of_one in groupby(rows, key=lambda row: (row.organisation_name, row.organisation_id))
    ]


def row_of(row: Any, found: Compilation, divisions: Mapping[str, str], href: Callable[[UUID], str]) -> Row:
    division = row.cpv[:2]
    return Row(
        href(row.pk), row.title, label_of(Nature, row.nature), f"{division} {divisions.get(division, '')}".strip(), row,
        VERDICTS[Proposal(row.proposal)], note_of(row, found), row.proposal == Proposal.SUITABLE,
    )  # fmt: skip


WHY_NOT = {
    "nature": gettext_lazy("slaget lämpar sig inte"),
    "length": gettext_lazy("för kort avtalstid"),
    "staffing": gettext_lazy("för få årsarbetare"),
}


def note_of(row: Any, found: Compilation) -> str:
    """What is missing, why not, or that it is too late: the word beside the verdict."""
    if row.proposal == Proposal.NEEDS_FACTS:
        return _("saknar %(facts)s") % {"facts": ", ".join(LABELS[name]() for name in row.missing.split(",") if name)}
    if row.proposal == Proposal.NOT_SUITABLE:
        no = (criterion.key for criterion in judge(row, row.rule_set).criteria if criterion.answer == "no")
        return ", ".join(str(WHY_NOT[key]) for key in no if key in WHY_NOT)
    return _("kravet hinner inte med") if row.start and row.start < found.first_start_in_time else ""
