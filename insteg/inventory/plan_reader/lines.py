"""The lines of a table: which are procurements, and why the others (titles, sections, totals, notes) are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from insteg.inventory.plan_reader import nature
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.limits import Grid
from insteg.inventory.plan_reader.reading import Said, Skipped, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.table import Table, repeats, text_of
from insteg.inventory.plan_reader.wording import fold, shortened, words

_TOTAL: Final = re.compile(
    r"(del ?|slut ?|total ?|grand )?(summa|summering)\b.{0,60}|(sub ?)?total(t|er)?|totalt? .{0,45}"
    r"|totalsumma.{0,40}|s:a.{0,40}|sum( .{0,20})?|summor|antal( upphandlingar| rader| st)?:?|grand total"
    r"|varav .{0,40}|medel(varde)?|snitt"
)
_NOTE: Final = re.compile(
    r"(?:\*.*)|(?:\d\)|not\b|noter\b|kalla|obs\b|anm\b|anmarkning|kommentar|observera|ps\b|forklaring|fotnot"
    r"|teckenforklaring|uppdaterad|senast (uppdaterad|andrad)|reviderad|faststalld|version|sida \d|utskrivet"
    r"|utskrift|data hamtad|uttag|listan|med reservation|fragor|kontakt|alla belopp|belopp|varden? anges"
    r"|planen|ovan|ovanstaende|vid fragor|for mer|mer information)(?![a-z]).*"
)
_EXAMPLE: Final = re.compile(r"(ex|exempel|t ?ex)\b.*|(ange|fyll i|valj|skriv|anges|t\.ex\.|har skriver)\b.*")
_ORGANISATIONAL: Final = re.compile(
    r"forvaltning|namnd|kontor|avdelning|\benhet|bolag|\bab\b|sektor|koncern|kommun|verksamhet|omrade"
    r"|\b(kvartal|kv|q)\b|tertial|halvar|20\d\d|varen|hosten|^(gata|park|va|it|projekt|drift|ovrigt|ovriga"
    r"|fastighet|skola|vard|omsorg|miljo|kultur)\b|upphandlingar|entreprenader|tjanster$|varor$|ramavtal$"
    r"|^(nya|pagaende|kommande|planerade|avslutade|lopande)\b|\betapp \d$|^del \d|^avsnitt|^prio"
)
_PROCUREMENTAL: Final = re.compile(
    r"\b(upphandling (av|avseende)|ramavtal (for|avseende|gallande)|kop av|inkop av|leasing av|leverans av"
    r"|ombyggnad|nybyggnad|renovering|rivning|byte av|konsulttjanst\w*|anskaffning av|installation av|hyra av"
    r"|avtal (om|for)|utbyte av|underhall av|service av|drift av)\b"
)


@dataclass(frozen=True, slots=True)
class Body:
    """`numbers` are the rows (from 0) that are procurements, `sections` the section line that each stands under."""

    numbers: list[int]
    sections: dict[int, str]
    skipped: list[Skipped]


def sort_rows(grid: Grid, table: Table, found: Sequence[Found]) -> Body:
    """The procurements of a table, and every other row with the reason why it is not one."""
    title = next((column.index for column in found if column.role == "title"), None)
    if title is None:
        return Body([], {}, [])
    told = [column.index for column in found if column.role and column.index != title]
    key = {
        column.index
        for column in found
        if column.role in ("nature", "cpv", "months", "start", "framework", "reference", "procedure", "status")
    }
    left = {column.index for column in found if column.left_out}
    numbers: list[int] = []
    out: list[tuple[int, Said, str]] = (
        [(at, _before(grid.rows[at]), _row_text(grid.rows[at], left)) for at in range(table.top)] if table.top else []
    )
    sections: dict[int, str] = {}
    section = ""
    singles: list[int] = []
    width = len(table.heads)
    for at in range(table.header + 1, table.end):
        row = grid.rows[at]
        name = row[title]
        filled = width - row.count("")
        if (
            filled >= 4
            and type(name) is str
            and len(name) > 3
            and not name.isspace()
            and not _suspect(name, table.heads[title])
        ):
            numbers.append(at)
            if section:
                sections[at] = section
            continue
        reason = _reason_to_skip(row, title, told, key, table, at)
        if reason == "single":
            singles.append(at)
            if _is_section(grid, at, title, table, found):
                section = _row_text(row, left)
                out.append((at, say(_SECTION), section))
                continue
            reason = None if _bare_title(grid, at, title) else say(_NOTE_ROW)
        if isinstance(reason, Said):
            out.append((at, reason, _row_text(row, left)))
            continue
        numbers.append(at)
        if section:
            sections[at] = section
    return Body(numbers, sections, _joined(out))


_SECTION: Final = _("mellanrubrik")
_NOTE_ROW: Final = _("anmärkning")
_BLANK: Final = _("tomma rader")
_TITLE: Final = _("titel före rubrikerna")


# Nearly every row is told apart by three letters, so that the patterns are asked for few.
_SUSPECT_STARTS: Final = frozenset(
    {
        "del",
        "slu",
        "tot",
        "gra",
        "sum",
        "sub",
        "s:a",
        "ant",
        "var",
        "med",
        "sni",
        "ex ",
        "ex.",
        "ex:",
        "exe",
        "t e",
        "t.e",
        "tex",
        "ang",
        "fyl",
        "väl",
        "skr",
        "här",
    }
)


def _suspect(name: str, heading: str) -> bool:
    """The few titles that need a closer look: a total, a note, an example, the heading again."""
    if name[:3].lower() not in _SUSPECT_STARTS and name[:3] != heading[:3]:
        return False
    folded = fold(name)
    return bool(_TOTAL.fullmatch(folded) or _EXAMPLE.fullmatch(folded)) or words(name) == words(heading)


def _before(row: Sequence[object]) -> Said:
    return say(_TITLE) if any(text_of(cell) for cell in row) else say(_BLANK)


def _row_text(row: Sequence[object], left: set[int]) -> str:
    """What stood in the row, without the columns of persons."""
    return shortened(" · ".join(text_of(cell) for at, cell in enumerate(row) if at not in left and text_of(cell)))


def _reason_to_skip(
    row: Sequence[object], title: int, told: Sequence[int], key: set[int], table: Table, at: int
) -> "Said | str | None":
    filled = [column for column, cell in enumerate(row) if text_of(cell)]
    if not filled:
        return say(_BLANK)
    if repeats(row, table.heads):
        return say(_("rubrikerna en gång till"))
    name = text_of(row[title])
    texts = [fold(str(row[column])) for column in filled if isinstance(row[column], str)]
    facts = [column for column in filled if column in key]
    total = next((text for text in texts if _TOTAL.fullmatch(text.rstrip(" :"))), None)
    if total is not None and not facts and (not name or fold(name) == total) and (len(filled) > 1 or len(total) < 30):
        return say(_("summa"))
    if at <= table.header + 2 and name and _EXAMPLE.fullmatch(fold(name)):
        return say(_("exempel eller anvisning"))
    if (
        at == table.header + 1
        and len(filled) > 2
        and [row[column] for column in filled]
        in ([float(n) for n in range(1, len(filled) + 1)], [str(n) for n in range(1, len(filled) + 1)])
    ):
        return say(_("kolumnernas nummer"))
    if len(filled) == 1:
        return "single" if isinstance(row[filled[0]], str) else say(_("en ensam siffra"))
    if not name:
        recognised = [column for column in filled if column in told]
        return say(_("raden saknar benämning")) if len(recognised) > 1 or len(texts) < len(filled) else "single"
    return (
        None
        if any(c.isalpha() for c in name) or any(column in told for column in filled)
        else say(_("raden saknar benämning"))
    )


def _is_section(grid: Grid, at: int, title: int, table: Table, found: Sequence[Found]) -> bool:
    """A line that heads the rows below it: "Gata", "Tekniska förvaltningen", "2028"."""
    text = next(text_of(cell) for cell in grid.rows[at] if text_of(cell))
    folded = fold(text)
    if _NOTE.fullmatch(folded) or len(text) > 90:
        return False
    following = _next_filled(grid, at, table)
    heads_something = following is not None and len([c for c in grid.rows[following] if text_of(c)]) > 1
    in_title = bool(text_of(grid.rows[at][title]))
    merged = any(top <= at <= bottom and right > left for top, left, bottom, right in grid.merged)
    likely = (
        bool(_ORGANISATIONAL.search(folded))
        or text.endswith(":")
        or (text.isupper() and len(text) > 3)
        or nature.only_nature(text) is not None
    )
    if following is None or _is_total_row(grid.rows[following]):
        return False
    if not heads_something:
        return likely or merged or not in_title
    if not in_title or merged or likely:
        return True
    return not _PROCUREMENTAL.search(folded) and len(text.split()) <= 5


def _is_total_row(row: Sequence[object]) -> bool:
    return any(isinstance(cell, str) and _TOTAL.fullmatch(fold(cell).rstrip(" :")) for cell in row)


def _next_filled(grid: Grid, at: int, table: Table) -> int | None:
    """The row directly below, past one blank row at most: a section line stands by its group."""
    for below in (at + 1, at + 2):
        if below < table.end and any(text_of(cell) for cell in grid.rows[below]):
            return below
    return None


def _bare_title(grid: Grid, at: int, title: int) -> bool:
    """A procurement of which only the name is written."""
    text = text_of(grid.rows[at][title])
    folded = fold(text)
    return (
        bool(text)
        and not _NOTE.fullmatch(folded)
        and len(text) <= 200
        and not text.endswith(".")
        and any(c.isalpha() for c in text)
    )


def _joined(out: Sequence[tuple[int, Said, str]]) -> list[Skipped]:
    """Neighbouring rows with the same reason as one, with what stood in the first of them."""
    skipped: list[Skipped] = []
    for (_key, reason), group in groupby(sorted(out, key=lambda row: row[0]), key=lambda row: (row[1].text, row[1])):
        run: list[tuple[int, str]] = []
        for at, _reason, text in group:
            if run and (at != run[-1][0] + 1 or reason.text not in (_BLANK, _TITLE)):
                skipped.append(_skipped(run, reason))
                run = []
            run.append((at, text))
        skipped.append(_skipped(run, reason))
    return skipped


def _skipped(run: Sequence[tuple[int, str]], reason: Said) -> Skipped:
    return Skipped(run[0][0] + 1, run[-1][0] + 1, reason, shortened(" / ".join(text for _at, text in run if text)))
