"""The lines of a table: which are procurements, and why the others (titles, sections, totals, notes) are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from insteg.inventory.plan_reader import dates, nature
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.limits import Grid
from insteg.inventory.plan_reader.reading import Said, Skipped, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.table import Table, repeats, text_of
from insteg.inventory.plan_reader.wording import fold, shortened, shown, words

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
_NOTE_LABEL: Final = re.compile(
    r"(?:\*+|obs|nb|not|anm|anmarkning|kalla|ps|kommentar|(?:tecken)?forklaring(?:ar)?)[!:.]*"
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
    columns = _Columns.of(grid, table, found, title)
    numbers: list[int] = []
    out = [(at, _before(grid.rows[at]), columns.text_of(grid.rows[at])) for at in range(table.begin, table.top)]
    sections: dict[int, str] = {}
    section = ""
    heading, width = table.heads[title], len(table.heads)
    for at in range(table.header + 1, table.end):
        row = grid.rows[at]
        name = row[title]
        plainly_one = width - row.count("") >= 4 and type(name) is str and len(name) > 3 and not name.isspace()
        if not plainly_one or row.count(name) >= _IN_EVERY_CELL or _suspect(str(name), heading):
            reason = _reason_to_skip(grid, at, table, columns)
            if reason is not None:
                out.append((at, reason, columns.text_of(row)))
                section = columns.text_of(row) if reason.text == _SECTION else section
                continue
        numbers.append(at)
        if section:
            sections[at] = section
    return Body(numbers, sections, _joined(out))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns tell what. `told`: recognised beside the title; `facts`: those that no total or note fills;
    `steady`: some told column is filled in every row, so that a lone name is no procurement."""

    title: int
    told: frozenset[int]
    facts: frozenset[int]
    left_out: frozenset[int]
    steady: bool

    @classmethod
    def of(cls, grid: Grid, table: Table, found: Sequence[Found], title: int) -> "_Columns":
        told = frozenset(column.index for column in found if column.role and column.index != title)
        facts = frozenset(column.index for column in found if column.role in _FACTS)
        left_out = frozenset(column.index for column in found if column.left_out)
        width = len(table.heads)
        full = [row for row in grid.rows[table.header + 1 : table.end] if width - row.count("") > 1]
        steady = any(sum(1 for row in full if row[column] == "") <= 0.05 * len(full) for column in told | left_out)
        return cls(title, told, facts, left_out, steady)

    def text_of(self, row: Sequence[object]) -> str:
        """What stood in the row, without the columns of persons."""
        texts = (text_of(cell) for at, cell in enumerate(row) if at not in self.left_out)
        return shortened(" · ".join(text for text in texts if text))


_IN_EVERY_CELL: Final = 3  # a section line merged over the sheet, exported as its text once more in each column
_FACTS: Final = ("nature", "cpv", "months", "start", "framework", "reference", "procedure", "status")
_SECTION: Final = _("mellanrubrik")
_NOTE_ROW: Final = _("anmärkning")
_BLANK: Final = _("tomma rader")
_TITLE: Final = _("titel före rubrikerna")


# Nearly every row is told apart by three letters, so that the patterns are asked for few.
_SUSPECT_STARTS: Final = frozenset(
    {"del", "slu", "tot", "gra", "sum", "sub", "s:a", "ant", "var", "med", "sni", "ex ", "ex.", "ex:",
     "exe", "t e", "t.e", "tex", "ang", "fyl", "väl", "skr", "här"}
)  # fmt: skip


def _suspect(name: str, heading: str) -> bool:
    """The few titles that need a closer look: a total, a note, an example, the heading again."""
    name = name.lstrip()
    if name[:3].lower() not in _SUSPECT_STARTS and name[:3] != heading[:3]:
        return False
    folded = fold(name)
    return bool(_TOTAL.fullmatch(folded) or _EXAMPLE.fullmatch(folded)) or words(name) == words(heading)


def _before(row: Sequence[object]) -> Said:
    return say(_TITLE) if any(text_of(cell) for cell in row) else say(_BLANK)


def _reason_to_skip(grid: Grid, at: int, table: Table, columns: _Columns) -> Said | None:
    """None for a procurement."""
    row = grid.rows[at]
    filled = [column for column, cell in enumerate(row) if text_of(cell)]
    if not filled:
        return say(_BLANK)
    if repeats(row, table.heads):
        return say(_("rubrikerna en gång till"))
    if _is_total(row, filled, columns):
        return say(_("summa"))
    name = fold(text_of(row[columns.title]))
    if at <= table.header + 2 and name and _EXAMPLE.fullmatch(name):
        return say(_("exempel eller anvisning"))
    if at == table.header + 1 and _counts_columns([row[column] for column in filled]):
        return say(_("kolumnernas nummer"))
    if len(filled) == 1:
        return _reason_for_single(grid, at, table, columns, row[filled[0]])
    if len(filled) >= _IN_EVERY_CELL and len({row[column] for column in filled}) == 1:
        return say(_SECTION)
    if _heads_numbered(grid, at, table, filled, columns.title):
        return say(_SECTION)
    told = [column for column in filled if column in columns.told]
    label = name if len(filled) == 2 else fold(text_of(row[filled[0]]))
    if (len(filled) == 2 or label.endswith(":")) and _NOTE_LABEL.fullmatch(label):
        return say(_NOTE_ROW)
    if name and (told or not _NOTE.fullmatch(name)) and (told or any(c.isalpha() for c in name)):
        return None
    return say(_("raden saknar benämning")) if told else say(_NOTE_ROW)


def _is_total(row: Sequence[object], filled: Sequence[int], columns: _Columns) -> bool:
    """ "Summa" and what it may be called, in a row with nothing that only a procurement has."""
    name = fold(text_of(row[columns.title]))
    texts = [fold(str(row[column])) for column in filled if isinstance(row[column], str)]
    total = next((text for text in texts if _TOTAL.fullmatch(text.rstrip(" :"))), None)
    if total is None or (name and name != total) or any(column in columns.facts for column in filled):
        return False
    return len(filled) > 1 or len(total) < 30


def _counts_columns(cells: Sequence[object]) -> bool:
    return len(cells) > 2 and [shown(cell) for cell in cells] == [str(n) for n in range(1, len(cells) + 1)]


def _reason_for_single(grid: Grid, at: int, table: Table, columns: _Columns, cell: object) -> Said | None:
    """A cell alone in its row is a section line, a note, or a procurement of which only the name is written."""
    if not isinstance(cell, str):
        return say(_SECTION) if dates.year_alone(cell) else say(_("en ensam siffra"))
    if _is_section(grid, at, table, columns):
        return say(_SECTION)
    return None if _bare_title(text_of(grid.rows[at][columns.title])) else say(_NOTE_ROW)


def _is_section(grid: Grid, at: int, table: Table, columns: _Columns) -> bool:
    """A line that heads the rows below it: "Gata", "Tekniska förvaltningen", "2028"."""
    text = next(text_of(cell) for cell in grid.rows[at] if text_of(cell))
    folded = fold(text)
    following = _next_filled(grid, at, table)
    if _NOTE.fullmatch(folded) or len(text) > 90 or following is None or _is_total_row(grid.rows[following]):
        return False
    in_title = bool(text_of(grid.rows[at][columns.title]))
    merged = any(top <= at <= bottom and right > left for top, left, bottom, right in grid.merged)
    shouted = text.endswith(":") or (text.isupper() and len(text) > 3)
    likely = shouted or bool(_ORGANISATIONAL.search(folded)) or nature.only_nature(text) is not None
    if likely or merged or not in_title:
        return True
    heads_rows = sum(1 for cell in grid.rows[following] if text_of(cell)) > 1
    return heads_rows and columns.steady and not _PROCUREMENTAL.search(folded) and len(text.split()) <= 5


def _heads_numbered(grid: Grid, at: int, table: Table, filled: Sequence[int], title: int) -> bool:
    """A number and a name alone, where the next row's number goes on from this: "1 Gata" above "1.1 Asfalt"."""
    following = _next_filled(grid, at, table)
    if len(filled) != 2 or filled[1] != title or following is None:
        return False
    number, below = (text_of(grid.rows[row][filled[0]]).rstrip(".") for row in (at, following))
    return bool(re.fullmatch(r"\w{1,3}(\.\w{1,3})*", number)) and below.startswith((f"{number}.", f"{number}:"))


def _is_total_row(row: Sequence[object]) -> bool:
    return any(isinstance(cell, str) and _TOTAL.fullmatch(fold(cell).rstrip(" :")) for cell in row)


def _next_filled(grid: Grid, at: int, table: Table) -> int | None:
    """The row directly below, past one blank row at most: a section line stands by its group."""
    for below in (at + 1, at + 2):
        if below < table.end and any(text_of(cell) for cell in grid.rows[below]):
            return below
    return None


def _bare_title(text: str) -> bool:
    """A procurement of which only the name is written."""
    is_name = bool(text) and len(text) <= 200 and not text.endswith(".") and any(c.isalpha() for c in text)
    return is_name and not _NOTE.fullmatch(fold(text))


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
