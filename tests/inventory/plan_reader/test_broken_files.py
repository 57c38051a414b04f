"""A file that is no plan is answered by one plain sentence, never by a fault of the reader's own."""

import contextlib
import io

import openpyxl
import pytest
from openpyxl.styles import Font

from insteg.inventory.plan_reader import Unreadable, read

from .broken import BROKEN, CSV, Broken, good, saved


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
