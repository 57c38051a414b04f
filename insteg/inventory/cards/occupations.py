"""What is said of occupations: those that one procurement is expected to need, and the table that proposes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.codes.beginnings import whole_code
from insteg.codes.models import CpvOccupation, Occupation
from insteg.core import clock
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.occupations import Expected, Reach, Table, occupations_of
from insteg.inventory.queries.occupations_again import look_again
from insteg.ui import figures

UNKNOWN_SHOWN = 10


class Needed(NamedTuple):
    """The part inventory/_occupations.html. The addresses are empty for those who may not."""

    occupations: list[Occupation]
    why: str
    again: str
    confirm: str
    button: str
    unconfirm: str
    table: str


def needed(planned: PlannedProcurement, *, may_change: bool) -> Needed:
    """What the page of one planned procurement says of its occupations. At most four queries."""
    expected = occupations_of([planned])[planned.pk]
    address = reverse("inventory:confirm_occupations", args=[planned.pk]) if may_change else ""
    button = _("Ändra yrken") if expected.confirmed_at else _("Bekräfta eller ändra")
    if not expected.confirmed_at and not expected.occupations:
        button = _("Säg vilka yrken")
    back = reverse("inventory:unconfirm_occupations", args=[planned.pk]) if may_change and expected.confirmed_at else ""
    again = _("CPV-koden har ändrats sedan dess. Stämmer yrkena fortfarande?") if look_again(planned) else ""
    return Needed(
        expected.occupations, why(planned, expected), again, address, button, back,
        reverse("inventory:occupations"),
    )  # fmt: skip


def chosen_meanwhile(expected: Expected) -> str:
    """What now stands, for whoever was just about to say something else."""
    names = ", ".join(one.title for one in expected.occupations) or _("inga särskilda yrken")
    if expected.confirmed_at:
        return _("Nu är bekräftat: %(names)s.") % {"names": names}
    return _("Nu är inget bekräftat. CPV-koden föreslår: %(names)s.") % {"names": names}


def why(planned: PlannedProcurement, expected: Expected) -> str:
    """Where the occupations come from, or why there are none."""
    if expected.confirmed_at:
        day = figures.day(localdate(expected.confirmed_at), clock.today())
        said = _("Bekräftat %(day)s.") if expected.occupations else _("Inga särskilda yrken behövs. Bekräftat %(day)s.")
        return said % {"day": day}
    if expected.because:
        said = ngettext(
            "Förslag ur CPV-koden %(codes)s. Ingen har bekräftat det än.",
            "Förslag ur CPV-koderna %(codes)s. Ingen har bekräftat det än.",
            len(expected.because),
        )
        return said % {"codes": ", ".join(expected.because)}
    if planned.cpv:
        return _("Okända. Tabellen har inget yrke för CPV-koden %(code)s.") % {"code": planned.cpv}
    return _("Okända. De föreslås när CPV-koden är angiven.")


@dataclass(frozen=True)
class Row:
    """A beginning of the table with its pairs. `count` procurements get their occupations from it."""

    cpv: str
    title: str
    pairs: Sequence[CpvOccupation]
    count: int

    def has(self, words: Iterable[str]) -> bool:
        """Whether every word is in it. A CPV code finds the beginnings that fit it, and those that go on from it."""
        text = " ".join([self.cpv, self.title, *(str(pair.occupation) for pair in self.pairs)]).casefold()
        return all(word in text or (word.isdigit() and word.startswith(self.cpv)) for word in words)


class Division(NamedTuple):
    title: str
    rows: list[Row]


def rows_of(pairs: Iterable[CpvOccupation], titles: dict[str, str], reach: Reach) -> list[Row]:
    """`pairs` are those that stand, in order; `titles` are of whole CPV codes."""
    found: dict[str, list[CpvOccupation]] = {}
    for pair in pairs:
        found.setdefault(pair.cpv, []).append(pair)
    return [Row(cpv, titles.get(whole_code(cpv), ""), its, reach.by_beginning[cpv]) for cpv, its in found.items()]


def divisions(rows: Iterable[Row], titles: dict[str, str]) -> list[Division]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.cpv[:2], []).append(row)
    return [Division(f"{number} {titles.get(whole_code(number), '')}".strip(), its) for number, its in found.items()]


def whole_codes(pairs: Iterable[CpvOccupation], reach: Reach) -> set[str]:
    """Every CPV code whose title the page needs."""
    beginnings = {pair.cpv for pair in pairs}
    return {whole_code(each) for each in beginnings | {each[:2] for each in beginnings}} | {*reach.unknown}


def table_of(pairs: Iterable[CpvOccupation]) -> Table:
    said: dict[str, list[str]] = {}
    for pair in pairs:
        said.setdefault(pair.cpv, []).append(pair.occupation_id)
    return Table(said)


def reach_in_words(reach: Reach) -> str:
    """What the table does for what is planned, counted."""
    total = reach.proposed + reach.said + reach.without
    if not total:
        return _("Tabellen föreslår yrken för planerade upphandlingar ur deras CPV-kod. Ingen är planerad än.")
    said = ngettext(
        "Tabellen föreslår yrken för %(proposed)s av %(total)s planerad upphandling.",
        "Tabellen föreslår yrken för %(proposed)s av %(total)s planerade upphandlingar.",
        total,
    ) % {"proposed": figures.grouped(reach.proposed), "total": figures.grouped(total)}
    more = []
    if reach.said:
        confirmed = ngettext(
            "För %(count)s har någon sagt vilka yrken som behövs, och då gäller det.",
            "För %(count)s har någon sagt vilka yrken som behövs, och då gäller det.",
            reach.said,
        )
        more.append(confirmed % {"count": figures.grouped(reach.said)})
    if reach.without:
        more.append(without_in_words(reach))
    return " ".join([said, *more])


def without_in_words(reach: Reach) -> str:
    words = {"count": figures.grouped(reach.without), "goods": figures.grouped(reach.goods)}
    if not reach.goods:
        return ngettext("%(count)s har inget yrke än.", "%(count)s har inget yrke än.", reach.without) % words
    said = ngettext(
        "%(count)s har inget yrke, varav %(goods)s är varor.",
        "%(count)s har inget yrke, varav %(goods)s är varor.",
        reach.without,
    )
    return said % words


class Lacking(NamedTuple):
    """A CPV code of planned procurements that the table has no occupation for. `add`: where to add one, if allowed."""

    code: str
    title: str
    count: int
    add: str


def lacking(reach: Reach, titles: dict[str, str], *, may_add: bool) -> list[Lacking]:
    """The most common first."""
    add = reverse("inventory:add_occupation")
    return [
        Lacking(code, titles.get(code, ""), count, f"{add}?cpv={code}" if may_add else "")
        for code, count in sorted(reach.unknown.items(), key=lambda item: (-item[1], item[0]))[:UNKNOWN_SHOWN]
    ]


def pair_in_words(pair: CpvOccupation) -> dict[str, Any]:
    return {"occupation": pair.occupation.title, "cpv": pair.cpv}


def touched_in_words(count: int) -> str:
    """How many procurements a beginning that is to be changed speaks for."""
    if not count:
        return _("Ingen planerad upphandling får sina yrken därifrån nu.")
    said = ngettext(
        "%(count)s planerad upphandling får sina yrken därifrån nu.",
        "%(count)s planerade upphandlingar får sina yrken därifrån nu.",
        count,
    )
    return said % {"count": figures.grouped(count)}
