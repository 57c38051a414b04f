"""Where the table is in a sheet: its header, one row or two, wherever it stands, and the rows that are no procurements."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from insteg.inventory.plan_reader import amounts, dates, headings, nature
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.limits import Grid
from insteg.inventory.plan_reader.reading import Said, Skipped, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, shortened, shown, words

HEADER_WITHIN: Final = 400  # rows looked at for the first header
_LONGEST_HEADING: Final = 160

_UNIT_LABEL: Final = re.compile(
    r"(i )?(mkr|tkr|mnkr|kr|sek|msek|ksek|kkr|ar|man|manader|antal|st|text|datum|kod|ja nej|aaaa mm dd|aaaa mm"
    r"|aaaammdd|cpv|miljoner kr|miljoner|kronor|min|max|fran|till|grund|option|bas)"
)
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
class Table:
    """`header` is the last row of the header, `top` the first; the body goes from `header` + 1 up to `end` (all from 0)."""

    top: int
    header: int
    end: int
    heads: tuple[str, ...]


def find_tables(grid: Grid) -> list[Table]:
    """Every table of the sheet that has a header this reader understands, in order."""
    rows = grid.rows
    scores = {}
    for at in range(min(len(rows), HEADER_WITHIN)):
        score = _score(rows[at])
        if score:
            scores[at] = score
    if not scores:
        return []
    best = max(scores.values())
    first = next(at for at, score in scores.items() if score >= 0.6 * best)
    tables = [_with_neighbours(grid, first)]
    for at in range(tables[0].header + 1, len(rows)):
        if _may_be_header(rows[at]) and _starts_new(rows[at], tables[-1]):
            last = tables[-1]
            new = _with_neighbours(grid, at)
            tables[-1] = Table(last.top, last.header, new.top, last.heads)
            tables.append(new)
    return tables


def _may_be_header(row: Sequence[object]) -> bool:
    """A quick no for nearly all rows of a body."""
    return set(map(type, row)) == {str} and len(row) - row.count("") >= 3


def _starts_new(row: Sequence[object], table: Table) -> bool:
    """A later header with other columns: plainer than a first one has to be, since rows of text can look like headings."""
    if repeats(row, table.heads):
        return False
    cells = [str(cell) for cell in row if str(cell).strip()]
    strong = {
        max(found, key=found.__getitem__) for cell in cells if (found := _label(cell)) and max(found.values()) >= 7
    }
    return len(strong) >= 3 and "title" in strong and len(strong) >= 0.6 * len(cells) and _score(row) > 0


@lru_cache(maxsize=4096)
def _label(cell: str) -> dict[str, int]:
    """What a cell says as a heading; a value of a column ("Tjänst", "hösten 2027") says nothing as one."""
    if len(cell) > _LONGEST_HEADING or (nature.only_nature(cell) and len(words(cell)) < 14):
        return {}
    if dates.read_start(cell).value or (any(c.isdigit() for c in cell) and amounts.read_amount(cell).value):
        return {}
    if headings.names_person(cell):
        return {"person": 6}
    return headings.roles(cell)


def _score(row: Sequence[object]) -> float:
    """How much the row looks like a header; 0 when it cannot be one."""
    filled = [cell for cell in row if cell != "" and cell is not None]
    texts = [cell for cell in filled if isinstance(cell, str) and cell.strip()]
    if len(texts) < 2 or len(texts) < 0.7 * len(filled):
        return 0.0
    labels = [found for cell in texts if (found := _label(cell))]
    roles = {max(found, key=found.__getitem__) for found in labels}
    if len(roles) < 2 or len(labels) < 0.35 * len(texts):
        return 0.0
    named = any("title" in found for found in labels)
    if not named and len(roles) < 3:
        return 0.0
    return sum(max(found.values()) for found in labels) * (len(labels) / len(texts)) ** 0.5 + (5 if named else 0)


def _with_neighbours(grid: Grid, at: int) -> Table:
    """The header with the row above or below, when the two say more together ("Värde" over "min" and "max")."""
    rows = grid.rows
    top, bottom = at, at
    if at + 1 < len(rows) and _continues(rows[at], rows[at + 1]):
        bottom = at + 1
    elif at > 0 and _continues(rows[at - 1], rows[at], above=True):
        top = at - 1
    upper = [_text(cell) for cell in rows[top]]
    if top == bottom:
        heads = upper
    else:
        spread = _spread(upper, rows[bottom], grid.merged, top)
        lower = [_text(cell) for cell in rows[bottom]]
        heads = [" ".join(part for part in pair if part) for pair in zip(spread, lower, strict=True)]
    return Table(top, bottom, len(rows), tuple(heads))


def _text(cell: object) -> str:
    return " ".join(shown(cell).split()) if cell != "" and cell is not None else ""


def _continues(upper: Sequence[object], lower: Sequence[object], *, above: bool = False) -> bool:
    """The lower row is the second line of the header and not the first procurement."""
    texts = [str(cell) for cell in lower if cell != ""]
    if not texts or any(not isinstance(cell, str) for cell in lower) or not any(cell != "" for cell in upper):
        return False
    small = [bool(_UNIT_LABEL.fullmatch(words(text))) for text in texts]
    if above:
        over = [cell for cell in upper if cell != ""]
        gaps = sum(1 for a, b in zip(upper, lower, strict=True) if a == "" and b != "")
        return (
            gaps >= 1
            and len(over) >= 2
            and all(isinstance(cell, str) and len(cell) < 60 and _label(cell) for cell in over)
        )
    if all(small):
        return True
    gaps = sum(1 for a, b in zip(upper, lower, strict=True) if a == "" and b != "")
    return gaps >= 1 and all(is_small or bool(_label(text)) for is_small, text in zip(small, texts, strict=True))


def _spread(
    upper: list[str], lower: Sequence[object], merged: Sequence[tuple[int, int, int, int]], at: int
) -> list[str]:
    """A group heading stands over its first column only: carry it over the columns it covers."""
    spread = list(upper)
    covered = {
        column: left for top, left, bottom, right in merged if top <= at <= bottom for column in range(left, right + 1)
    }
    for column in range(1, len(spread)):
        if spread[column] or lower[column] == "":
            continue
        if column in covered:
            spread[column] = upper[covered[column]]
        elif not any(top <= at <= bottom for top, _l, bottom, _r in merged) and lower[column - 1] != "":
            spread[column] = spread[column - 1]
    return spread


def repeats(row: Sequence[object], heads: Sequence[str]) -> bool:
    """The header once more, as at the top of a printed page or a group."""
    pairs = [(words(_text(cell)), words(head)) for cell, head in zip(row, heads, strict=False) if cell != ""]
    same = sum(1 for cell, head in pairs if cell and (cell == head or (len(cell) > 3 and head.startswith(cell))))
    return bool(pairs) and same >= 2 and same >= 0.6 * len(pairs)


# The rows of the body


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
    return say(_TITLE) if any(_text(cell) for cell in row) else say(_BLANK)


def _row_text(row: Sequence[object], left: set[int]) -> str:
    """What stood in the row, without the columns of persons."""
    return shortened(" · ".join(_text(cell) for at, cell in enumerate(row) if at not in left and _text(cell)))


def _reason_to_skip(
    row: Sequence[object], title: int, told: Sequence[int], key: set[int], table: Table, at: int
) -> "Said | str | None":
    filled = [column for column, cell in enumerate(row) if _text(cell)]
    if not filled:
        return say(_BLANK)
    if repeats(row, table.heads):
        return say(_("rubrikerna en gång till"))
    name = _text(row[title])
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
    text = next(_text(cell) for cell in grid.rows[at] if _text(cell))
    folded = fold(text)
    if _NOTE.fullmatch(folded) or len(text) > 90:
        return False
    following = _next_filled(grid, at, table)
    heads_something = following is not None and len([c for c in grid.rows[following] if _text(c)]) > 1
    in_title = bool(_text(grid.rows[at][title]))
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
        if below < table.end and any(_text(cell) for cell in grid.rows[below]):
            return below
    return None


def _bare_title(grid: Grid, at: int, title: int) -> bool:
    """A procurement of which only the name is written."""
    text = _text(grid.rows[at][title])
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


_UNIT_LINE: Final = re.compile(
    r"\b(belopp|varden?|kostnad(er)?|summor|alla|angiv\w*|angett|anges|siffror|redovisas|uttryckt)\b"
)


def unit_of_sheet(grid: Grid, table: Table) -> str | None:
    """The unit of money that a line above or below the table states: "Alla belopp i tkr"."""
    around = [*grid.rows[: table.top], *grid.rows[max(table.header + 1, table.end - 8) : table.end]]
    for row in around:
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) > 3:
            continue
        for text in texts:
            plain = words(text)
            unit = amounts.unit_in(plain)
            if unit and len(plain) < 120 and (_UNIT_LINE.search(plain) or len(plain) < 8):
                return unit
    return None


def year_of_sheet(grid: Grid, table: Table) -> int | None:
    """The only year that the sheet's name or else its title lines speak of."""
    for texts in (
        [grid.name],
        [str(cell) for row in grid.rows[: table.top] for cell in row if isinstance(cell, str | float)],
    ):
        years = {int(year) for text in texts for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text)}
        if len(years) == 1:
            return years.pop()
        if years:
            return None
    return None
