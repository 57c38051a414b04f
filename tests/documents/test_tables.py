import csv as standard
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils.functional import lazystr
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from insteg.documents import tables
from insteg.documents.tables import Column, csv, xlsx

DANGEROUS = ["=1+1", "+46", "-", "@SUMMA(A1)", "\t=1", "\r=1", " =1", "\n-1", "\uff1d1+1", '=cmd|" /C calc"!A0']
ODD = [
    "#N/A",
    "_x0041_",
    "_x005F_",
    "007",
    "1E5",
    "2027-09",
    " kant ",
    "a\nb",
    "'x",
    'a;"b"',
    "<b>&",
    "TRUE",
    "é",
    "😀",
]
ONE = [Column("Text")]


def sheet_of(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def read(data):
    """As Excel reads it, escapes and all."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def read_csv(data):
    return list(standard.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def kept(text):
    """What is left of any text: line ends of one kind, and nothing that XML cannot hold."""
    return tables.UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def said(text):
    """Spaces alone may come back as nothing, depending on what else the column holds; nobody sees the difference."""
    return text if text.strip() else ""


@given(st.lists(st.text() | st.sampled_from(DANGEROUS + ODD), min_size=1, max_size=20))
@example(DANGEROUS + ODD)
@example([" "])
@example(["\x00\ud800\ufffe", "a\x0bb", "_x000D_\r\n"])
def test_any_text_comes_back_as_the_same_text(texts):
    data = xlsx("Blad", [Column("Först"), Column(texts[0])], [(0, text) for text in texts])
    assert {cell.data_type for row in sheet_of(data).iter_rows() for cell in row} <= {"s", "n"}
    back = [row[1] if row[1:] else "" for row in read(data)]  # a column that is empty all through is not read
    assert [*map(said, back)] == [said(kept(text)) for text in (texts[0], *texts)]


@given(st.text() | st.sampled_from(DANGEROUS + ODD))
def test_no_text_is_a_formula_in_csv(text):
    (heading, _two), (cell, number) = read_csv(csv([Column(text), Column("2")], [(text, -1)]))
    assert heading == cell
    assert cell.removeprefix("'") in (kept(text), kept(text).removeprefix("'"))
    assert not tables.FORMULA.match(cell)
    assert number == "-1"


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_stays_text_when_somebody_edits_the_cell(text):
    assert sheet_of(xlsx("Blad", ONE, [(text,)]))["A2"].quotePrefix
    assert read_csv(csv(ONE, [(text,)]))[1][0].startswith("'")


def test_values_keep_their_kind():
    columns = [Column("Värde", kronor=True), Column("Årsarbetare"), Column("Start"), Column("Ändrad"), Column("Delas")]
    columns += [Column("Tomt"), Column("Slag")]
    noon = dt.datetime(2027, 3, 1, 11, 0, tzinfo=dt.UTC)
    row = (-4_800_000, Decimal("-1.50"), dt.date(2027, 3, 1), noon, True, None, lazystr("Tjänst"))
    cells = sheet_of(xlsx("Planerade", columns, [row]))[2]
    assert [str(cell.value) for cell in cells] == [
        "-4800000", "-1.5", "2027-03-01 00:00:00", "2027-03-01 12:00:00", "ja", "None", "Tjänst",
    ]  # fmt: skip
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "d", "s", "n", "s"]
    assert [cell.number_format for cell in cells[:4]] == ['#,##0\\ "kr"', "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert read_csv(csv(columns, [row]))[1] == [
        "-4800000", "-1,50", "2027-03-01", "2027-03-01 12:00", "ja", "", "Tjänst",
    ]  # fmt: skip


def test_a_date_before_excel_s_calendar_is_text():
    assert read(xlsx("Blad", ONE, [(dt.date(1830, 1, 1),)]))[1] == ["1830-01-01"]


def test_csv_is_as_swedish_excel_opens_it():
    data = csv([Column("Ö"), Column("2")], [("å", 1), ("rad\r\nrad", 2)])
    assert data == b'\xef\xbb\xbf\xc3\x96;2\r\n\xc3\xa5;1\r\n"rad\nrad";2\r\n'


def test_text_is_cut_where_excel_would_cut():
    for text in ("å" * 40_000, "😀" * 20_000):
        got = sheet_of(xlsx("Blad", ONE, [(text,)]))["A2"].value
        assert got.endswith("…")
        assert text.startswith(got[:-1])
        assert 32_766 <= len(got.encode("utf-16-le")) / 2 <= 32_767


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Planerade 2027/28: alla", "Planerade 2027 28  alla"),
        ("x" * 40, "x" * 31),
        ("[]", "1"),
        ("'='", "="),
        ("", "1"),
    ],
)
def test_a_sheet_s_title_is_one_that_excel_takes(title, expected):
    assert sheet_of(xlsx(title, ONE, [])).title == expected


def test_the_heading_row_is_frozen_and_columns_have_widths():
    sheet = sheet_of(xlsx("Blad", [Column("Upphandling", width=40), Column("Lång", width=500)], []))
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet.print_title_rows) == ("A2", True, "$1:$1")
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [40, 60]


@pytest.mark.parametrize("row", [(1,), (1, 2, 3)])
def test_a_row_of_another_length_is_a_fault(row):
    columns = [Column("1"), Column("2")]
    for write in (lambda: xlsx("Blad", columns, [row]), lambda: csv(columns, [row])):
        with pytest.raises(ValueError, match="zip"):
            write()
