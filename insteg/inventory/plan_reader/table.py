"""Where the table is in a sheet: its header, one row or two, wherever it stands."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from insteg.inventory.plan_reader import amounts, dates, headings, nature, units
from insteg.inventory.plan_reader.limits import Grid
from insteg.inventory.plan_reader.wording import shown, words

HEADER_WITHIN: Final = 400  # rows looked at for the first header
LATER_HEADER_WITHIN: Final = 3_000  # and for a table with other columns
_LONGEST_HEADING: Final = 160
_KNOWN_IN_GROUPS: Final = 0.6  # the share of headings to be understood below group headings

_UNIT_LABEL: Final = re.compile(
    r"(i )?(mkr|tkr|mnkr|kr|sek|msek|ksek|kkr|ar|man|manader|antal|aa|fte|v t e|st|text|datum|kod|ja nej|aaaa mm dd"
    r"|aaaa mm|aaaammdd|cpv|kvartal|manad|manader ar|ar manad|heltider|kr exkl moms|tkr exkl moms|mkr exkl moms"
    r"|exkl moms|miljoner kr|miljoner|kronor|min|max|fran|till|grund|bas)"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, all counted from 0: title lines from `begin`, the header from `top` to `header`, the body up to `end`."""

    begin: int
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
    tables = [_with_neighbours(grid, first, 0)]
    for at in range(tables[0].header + 1, min(len(rows), LATER_HEADER_WITHIN)):
        if _may_be_header(rows[at]) and _starts_new(rows[at], tables[-1]):
            begin = _title_lines_above(rows, at, tables[-1].header + 1)
            tables[-1] = replace(tables[-1], end=begin)
            tables.append(_with_neighbours(grid, at, begin))
    return tables


def _title_lines_above(rows: Sequence[Sequence[object]], at: int, first: int) -> int:
    """Where the title lines of a later table begin: single cells and blanks directly above its header."""
    while at > first and len(rows[at - 1]) - rows[at - 1].count("") <= 1:
        at -= 1
    return at


def _may_be_header(row: Sequence[object]) -> bool:
    """A quick no for nearly all rows of a body."""
    return set(map(type, row)) == {str} and len(row) - row.count("") >= 3


def _starts_new(row: Sequence[object], table: Table) -> bool:
    """A later header with other columns: it must be plainer than a first one, since rows of text can look like one."""
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
    weight = sum(max(found.values()) for found in labels)
    return weight * math.sqrt(len(labels) / len(texts)) + (5 if named else 0)


def _with_neighbours(grid: Grid, at: int, begin: int) -> Table:
    """The header with the row above or below, when the two say more together ("Värde" over "min" and "max")."""
    rows = grid.rows
    top, bottom = at, at
    if at + 1 < len(rows) and _continues(rows[at], rows[at + 1], grouped=_is_grouped(grid, at)):
        bottom = at + 1
    elif at > 0 and _continues(rows[at - 1], rows[at], above=True, grouped=_is_grouped(grid, at - 1)):
        top = at - 1
    upper = [text_of(cell) for cell in rows[top]]
    if top == bottom:
        heads = upper
    else:
        spread = _spread(upper, rows[bottom], grid.merged, top)
        lower = [text_of(cell) for cell in rows[bottom]]
        heads = [_joined(over, under) for over, under in zip(spread, lower, strict=True)]
    return Table(begin, top, bottom, len(rows), tuple(heads))


def _is_grouped(grid: Grid, at: int) -> bool:
    """At least two cells of the row are merged over several columns each: a title line has one."""
    return sum(1 for top, left, bottom, right in grid.merged if top == bottom == at and right > left) >= 2


def _joined(over: str, under: str) -> str:
    """The words that say most come first: "option" below "Avtalstid", but "Värde" above "min"."""
    if over and under:
        speaks = headings.roles(under) and not _UNIT_LABEL.fullmatch(words(under))
        return f"{under} ({over})" if speaks else f"{over} {under}"
    return over or under


def text_of(cell: object) -> str:
    if cell == "" or cell is None:
        return ""
    if isinstance(cell, str) and "-\n" in cell:
        cell = _DIVIDED.sub("", cell)
    return " ".join(shown(cell).split())


_DIVIDED: Final = re.compile(r"(?<=[a-zåäö])-\n(?=[a-zåäö])(?!och |eller |samt )")


def _continues(upper: Sequence[object], lower: Sequence[object], *, above: bool = False, grouped: bool = False) -> bool:
    """The lower row is the second line of the header and not the first procurement. `grouped`: cells of the upper row
    are merged over several columns, so that not every word has to be known."""
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
            and all(isinstance(cell, str) and len(cell) < 60 for cell in over)
            and sum(1 for cell in over if _label(str(cell))) >= (0.5 if grouped else 1.0) * len(over)
        )
    if all(small):
        return True
    gaps = sum(1 for a, b in zip(upper, lower, strict=True) if a == "" and b != "")
    known = sum(1 for is_small, text in zip(small, texts, strict=True) if is_small or _label(text))
    return gaps >= 1 and known >= (_KNOWN_IN_GROUPS if grouped else 1.0) * len(texts)


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
    pairs = [(words(text_of(cell)), words(head)) for cell, head in zip(row, heads, strict=False) if cell != ""]
    same = sum(1 for cell, head in pairs if cell and (cell == head or (len(cell) > 3 and head.startswith(cell))))
    return bool(pairs) and same >= 2 and same >= 0.6 * len(pairs)


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
            unit = units.unit_of_money(plain)
            if unit and len(plain) < 120 and (_UNIT_LINE.search(plain) or len(plain) < 8):
                return unit
    return None


def year_of_sheet(grid: Grid, table: Table) -> int | None:
    """The only year that the sheet's name or else its title lines speak of."""
    titles = [shown(cell) for row in grid.rows[table.begin : table.top] for cell in row]
    for texts in ([grid.name], titles):
        years = {int(year) for text in texts for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text)}
        if len(years) == 1:
            return years.pop()
        if years:
            return None
    return None
