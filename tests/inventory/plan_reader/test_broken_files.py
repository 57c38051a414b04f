"""A file that is no plan is answered by one plain sentence, never by a fault of the reader's own."""

import contextlib
import io
import zipfile

import openpyxl
import pytest
import python_calamine as calamine
from openpyxl.styles import Font

from insteg.inventory.plan_reader import Unreadable, read

from .broken import BROKEN, CSV, Broken, good, repacked, saved


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_broken_file_is_refused_with_the_reason(broken: Broken):
    with pytest.raises(Unreadable) as refused:
        read(broken.content, broken.filename)
    sentence = str(refused.value)
    assert broken.says in sentence
    assert sentence.endswith(".")
    assert "%(" not in sentence


def test_there_are_at_least_thirty():
    assert len({broken.name for broken in BROKEN}) >= 30


@pytest.mark.parametrize("end", range(40, 6000, 211))
def test_a_workbook_cut_off_anywhere_is_refused(end: int):
    content = good()
    with pytest.raises(Unreadable):
        read(content[: min(end, len(content) - 1)], "plan.xlsx")


@pytest.mark.parametrize("at", range(0, 5000, 97))
def test_a_flipped_byte_gives_rows_or_a_sentence(at: int):
    content = bytearray(good())
    content[at % len(content)] ^= 0x55
    with contextlib.suppress(Unreadable):
        assert read(bytes(content), "plan.xlsx").rows


def test_the_whole_ones_are_read():
    assert len(read(good(), "plan.xlsx").rows) == 2
    assert len(read(CSV.encode(), "plan.csv").rows) == 2


def test_formatting_far_out_is_harmless():
    book = openpyxl.load_workbook(io.BytesIO(good()))
    for row, column in ((60_000, 1), (5, 900)):
        book.active.cell(row, column).font = Font(bold=True)
    assert len(read(saved(book), "plan.xlsx").rows) == 2


def test_a_book_that_is_found_locked_as_it_is_read_says_so(monkeypatch):
    """An old workbook tells it nowhere else."""

    def locked(_content):
        raise calamine.PasswordError("locked")

    monkeypatch.setattr(calamine, "load_workbook", locked)
    with pytest.raises(Unreadable, match="lösenord"):
        read(good(), "plan.xlsx")


def test_two_sheets_that_a_program_has_called_the_same_are_told_apart():
    book = openpyxl.load_workbook(io.BytesIO(good()))
    book.copy_worksheet(book.active).title = "Andra"
    twice = repacked(saved(book), **{"xl/workbook.xml": names_alike(saved(book))})
    assert [sheet.name for sheet in read(twice, "plan.xlsx").sheets] == ["Plan", "Plan (2)"]


def names_alike(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/workbook.xml").replace(b'name="Andra"', b'name="Plan"')


def test_a_null_sign_in_a_cell_or_a_heading_is_left_out():
    """PostgreSQL keeps none, so nothing that was read with one could be saved."""
    book = openpyxl.load_workbook(io.BytesIO(good()))
    for row, column in ((1, 1), (2, 1)):
        cell = book.active.cell(row, column)
        cell.value = f"_x0000_{cell.value}"
    assert read(saved(book), "plan.xlsx") == read(good(), "plan.xlsx")


def laid_out(cell: str) -> bytes:
    head = "Benämning;Slag;Värde (mkr);Avtalstid;Avtalsstart;CPV-kod;Årsarbetare\n"
    return (head + f"Lekplatser;Tjänst;{cell};{cell};{cell};{cell};{cell}\n" * 3).encode()


@pytest.mark.parametrize(
    "cell", ["9" * 9_999, "1+" * 3_000, "12 mkr" + " " * 3_000 + "eller 13", "januari " * 900], ids=range(4)
)
def test_a_cell_longer_than_any_figure_is_none(cell: str):
    """Nor is its beginning: what cannot be read whole is not read at all."""
    for row in read(laid_out(cell), "plan.csv").rows:
        assert (row.value_max, row.months, row.start, row.fte, row.cpvs) == (None, None, None, None, ())


def test_merged_cells_that_do_not_overlap_are_read_however_many():
    book = openpyxl.load_workbook(io.BytesIO(good()))
    for row in range(2, 600, 2):
        for column in range(1, 5):
            book.active.cell(row, column, "Lekplats" if column == 1 else 3)
            book.active.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    assert read(saved(book), "plan.xlsx").rows
