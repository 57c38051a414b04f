"""Which occupations planned procurements are expected to need: those that people have said, else the table's (R13).

The table (codes.CpvOccupation) is read once for a page, however many rows there are.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from insteg.codes.beginnings import beginnings
from insteg.codes.models import CpvOccupation, Occupation
from insteg.codes.nature import nature_of_cpv
from insteg.inventory.models import ExpectedOccupation, PlannedProcurement
from insteg.inventory.queries.compilation import Tally, figures, reasonable_places
from insteg.inventory.queries.planned import Planned

SAID = Q(occupations_confirmed_at__isnull=False)
NONE = "none"  # in place of an occupation's code: those that have none, neither confirmed nor proposed
# All of a row's CPV codes as one text, each behind a quotation mark: "90910000"["90911300", "77310000"].
CODES = Concat(Value('"'), "cpv", Value('"'), Cast("more_cpvs", TextField()), output_field=TextField())


@dataclass(frozen=True)
class Table:
    """The occupations of each CPV beginning, as they are now. The longest beginning that fits a code speaks for it."""

    said: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls) -> Self:
        """One query."""
        said = defaultdict(list)
        for cpv, occupation in (
            CpvOccupation.objects.current().order_by("cpv", "occupation").values_list("cpv", "occupation")
        ):
            said[cpv].append(occupation)
        return cls(said)

    def speaks_for(self, code: str) -> str:
        """The beginning that speaks for a CPV code; empty when none fits."""
        return next((each for each in beginnings(code) if each in self.said), "")

    def proposed_for(self, codes: Iterable[str]) -> list[str]:
        """The occupations of some CPV codes, without doubles, those of the first code first."""
        spoken = [self.said[each] for code in codes if (each := self.speaks_for(code))]
        return [*dict.fromkeys(occupation for occupations in spoken for occupation in occupations)]

    def known(self, codes: Iterable[str]) -> list[str]:
        """Those of some CPV codes that the table has an answer for."""
        return [code for code in codes if self.speaks_for(code)]

    def pattern(self, occupation: str = "") -> str:
        """A regular expression for CODES: whether a code is spoken for, and for the occupation.

        What follows on such a beginning must be none of the longer ones, which would speak instead.
        """
        fit = [
            own + (f"(?!{'|'.join(longer)})" if (longer := self.longer(own)) else "")
            for own, occupations in self.said.items()
            if not occupation or occupation in occupations
        ]
        return f'"({"|".join(fit)})' if fit else ""

    def longer(self, own: str) -> list[str]:
        """What follows in the beginnings that begin as this one and go on."""
        return [each.removeprefix(own) for each in self.said if each != own and each.startswith(own)]


class Expected(NamedTuple):
    """What a planned procurement is expected to need. `because` are the CPV codes that the table proposes it for."""

    occupations: list[Occupation]
    confirmed_at: dt.datetime | None
    because: list[str]


@dataclass
class Reach:
    """How many planned procurements the table proposes for, by the beginning that speaks; and for how many it cannot.

    `said`: people have said what they need, so the table has no say. `unknown`: the CPV codes of works and services
    that no beginning fits, with how many procurements have them. `goods` of those without are goods alone.
    """

    proposed: int = 0
    said: int = 0
    without: int = 0
    goods: int = 0
    by_beginning: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)


class OfOccupation(NamedTuple):
    """A row of the compilation. `code` is NONE, and there is no title, for what needs no occupation that we know."""

    code: str
    title: str
    tally: Tally


def proposed_for(codes: Iterable[str]) -> list[str]:
    """The SSYK codes that the table has for some CPV codes. One query; for many rows read the Table once."""
    return Table.read().proposed_for(codes)


def occupations_of(rows: Sequence[PlannedProcurement]) -> dict[UUID, Expected]:
    """{planned procurement: what it is expected to need}. Three queries, however many rows."""
    table, said = Table.read(), defaultdict(list)
    confirmed = ExpectedOccupation.objects.filter(planned__in=[row.pk for row in rows if row.occupations_confirmed_at])
    for planned, occupation in confirmed.order_by("occupation").values_list("planned", "occupation"):
        said[planned].append(occupation)
    codes = {row.pk: said[row.pk] for row in rows}
    cpvs = {row.pk: codes_of(row.cpv, row.more_cpvs) for row in rows if not row.occupations_confirmed_at}
    codes |= {pk: table.proposed_for(its) for pk, its in cpvs.items()}
    named = Occupation.objects.in_bulk({code for each in codes.values() for code in each})
    return {
        row.pk: Expected(
            [named[code] for code in codes[row.pk]], row.occupations_confirmed_at, table.known(cpvs.get(row.pk, []))
        )
        for row in rows
    }


def by_occupation(planned: Planned, in_time_from: dt.date) -> list[OfOccupation]:
    """The figures of each occupation, the largest first; what has none stands last. Four queries, however many rows.

    A procurement with two occupations counts in both, so the figures add up to more than the whole. `in_time_from` is
    the compilation's `first_start_in_time`.
    """
    found: defaultdict[str, Tally] = defaultdict(Tally)
    told = planned.order_by().annotate(given=reasonable_places())
    confirmed = told.filter(SAID)
    for group in confirmed.values("occupations__occupation", "proposal").annotate(**figures(in_time_from)):
        found[group["occupations__occupation"] or NONE].add(group)
    table = Table.read()
    by_cpv = told.filter(~SAID).values("cpv", "more_cpvs", "proposal")
    for group in by_cpv.annotate(**figures(in_time_from)):
        for code in table.proposed_for(codes_of(group["cpv"], group["more_cpvs"])) or [NONE]:
            found[code].add(group)
    titles = {code: occupation.title for code, occupation in Occupation.objects.in_bulk(found.keys() - {NONE}).items()}
    rows = [OfOccupation(code, titles.get(code, ""), tally) for code, tally in found.items()]
    return sorted(rows, key=lambda row: (row.code == NONE, -row.tally.total, row.title, row.code))


def codes_of(cpv: str, more_cpvs: Sequence[str]) -> list[str]:
    return [code for code in (cpv, *more_cpvs) if code]


def having_occupation(planned: Planned, code: str) -> Planned:
    """Those expected to need the occupation with that SSYK code, or with NONE those that have none."""
    expected, table = ExpectedOccupation.objects.filter(planned=OuterRef("pk")), Table.read()
    asked = planned.alias(codes=CODES)
    if code == NONE:
        spoken_for = fits(table.pattern())
        return asked.filter(
            Q(occupations_confirmed_at__isnull=False) & ~Exists(expected)
            | Q(occupations_confirmed_at=None) & ~spoken_for
        )
    return asked.filter(
        Q(occupations_confirmed_at__isnull=False) & Exists(expected.filter(occupation=code))
        | Q(occupations_confirmed_at=None) & fits(table.pattern(code))
    )


def fits(pattern: str) -> Q:
    return Q(codes__regex=pattern) if pattern else Q(pk__in=[])


def reach(planned: Planned, table: Table) -> Reach:
    """One query, however many rows."""
    groups = planned.order_by().annotate(said=ExpressionWrapper(SAID, BooleanField()))
    found = Reach()
    for group in groups.values("cpv", "more_cpvs", "said").annotate(count=Count("pk")):
        codes = codes_of(group["cpv"], group["more_cpvs"])
        spoken = {table.speaks_for(code) for code in codes} - {""}
        if group["said"]:
            found.said += group["count"]
        elif spoken:
            found.proposed += group["count"]
            found.by_beginning.update(dict.fromkeys(spoken, group["count"]))
        else:
            unknown = [code for code in codes if nature_of_cpv(code) != "supplies"]
            found.without += group["count"]
            found.goods += group["count"] if codes and not unknown else 0
            found.unknown.update(dict.fromkeys(unknown, group["count"]))
    return found
