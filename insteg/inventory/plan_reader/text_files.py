"""Plans as text: csv and tsv in the encodings and with the separators of Swedish offices."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from insteg.inventory.plan_reader.limits import LARGEST_FILE, LONGEST_CELL, Book, Grid, Row, check_size
from insteg.inventory.plan_reader.reading import Said, Unreadable, say
from insteg.inventory.plan_reader.reading import gettext_noop as _


def open_text(content: bytes, suffix: str, filename: str) -> Book:
    text = _decode(content)
    if "\x00" in text or sum(1 for c in text[:5000] if c < " " and c not in "\t\r\n\f") > 5:
        raise Unreadable(
            say(_("Filen heter %(suffix)s men är ingen textfil. Spara listan som xlsx, ods eller csv."), suffix=suffix)
        )
    named = re.match(r"\ufeff?sep=(.)\r?\n", text)
    first = 1 if named else 0
    body = text[named.end() :] if named else text
    separator = named[1] if named else _separator(body)
    rows: list[list[str]] = [[] for _n in range(first)] + _split(body, separator)
    if any(len(cell) > LONGEST_CELL * 4 for row in rows for cell in row):
        raise Unreadable(say(_("Filen innehåller celler med orimligt lång text. Spara listan i en ny fil.")))
    width = max(map(len, rows), default=0)
    check_size(len(rows), width)
    _check_last_row(rows, body)
    cells: list[Row] = [[*row, *[""] * (width - len(row))] for row in rows]
    return Book((Grid(PurePath(filename).stem, cells),), ())


def _decode(content: bytes) -> str:
    """UTF-8 and UTF-16 show themselves. Of the older eight-bit tables, the one that gives most Swedish letters."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    zeros = Counter(at % 2 for at, byte in enumerate(content[:2000]) if byte == 0)
    if zeros and sum(zeros.values()) > 0.3 * min(len(content), 2000) and len(zeros) == 1:
        return content.decode("utf-16-le" if 1 in zeros else "utf-16-be", errors="replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        counts = {byte: content.count(byte) for byte in range(0x80, 0x100)}
        table = max(("cp1252", "mac_roman", "cp850"), key=lambda table: _swedishness(counts, table))
        return content.decode(table, errors="replace")
    if re.search("Ã[¥¤¶…„–]", text):  # UTF-8 that a program has taken for cp1252 and saved again
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text


def _swedishness(counts: Mapping[int, int], table: str) -> int:
    """How Swedish the letters are that the bytes become in the table."""
    letters = {byte: bytes([byte]).decode(table, errors="replace") for byte in counts}
    return sum(
        count * (1 if letters[byte] in "åäöÅÄÖéÉ" else 0 if letters[byte] in "–—”’´\u00a0½§·•…" else -3)
        for byte, count in counts.items()
    )


def _separator(text: str) -> str:
    """The sign that cuts most lines into the same number of cells."""
    best, chosen = 0.0, ";"
    for sign in ";\t,|":
        widths = Counter(len(row) for row in _first_rows(text, sign) if any(cell.strip() for cell in row))
        width, lines = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda pair: (pair[1], pair[0]), default=(1, 0)
        )
        score = lines / max(1, sum(widths.values())) + min(width, 30) / 1000
        if width > 1 and score > best:
            best, chosen = score, sign
    return chosen


def _first_rows(text: str, sign: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=sign)
    try:
        yield from (row for _n, row in zip(range(200), rows, strict=False))
    except csv.Error:
        return


def _split(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(LARGEST_FILE)
    try:
        return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Unreadable(_cut_off(text.count("\n") + 1)) from error
    try:
        return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable(
            say(_("Filen går inte att dela upp i kolumner. Spara listan som xlsx och välj den filen."))
        ) from error


def _rows(lines: Iterable[list[str]]) -> list[list[str]]:
    """Stops where there are more than a plan has: twenty million line breaks would be as many lists."""
    rows: list[list[str]] = []
    for row in lines:
        rows.append(row)
        check_size(len(rows), len(row))
    return rows


def _check_last_row(rows: list[list[str]], text: str) -> None:
    """A file that was cut off in transfer ends without line break, in a row shorter than all others."""
    filled = [row for row in rows if any(row)]
    if len(filled) > 2 and not text.endswith(("\n", "\r")):
        common, times = Counter(map(len, filled[:-1])).most_common(1)[0]
        if 1 < len(filled[-1]) < common and times >= 0.8 * (len(filled) - 1):
            raise Unreadable(_cut_off(len(rows)))


def _cut_off(row: int) -> Said:
    return say(_("Filen tar slut mitt i rad %(row)s. Exportera listan på nytt och välj den filen."), row=row)
