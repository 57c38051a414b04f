"""Columns of ticks: "Vara", "Tjänst" and "Entreprenad" side by side with a cross in one of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from insteg.inventory.plan_reader import nature
from insteg.inventory.plan_reader.limits import Grid
from insteg.inventory.plan_reader.table import Table, repeats
from insteg.inventory.plan_reader.wording import fold, shown

_TICK: Final = frozenset({"x", "1", "ja", "v", "*", "✓", "✔", "☒", "☑"})
_NO_TICK: Final = frozenset({"", "-", "0", "nej", "☐"})


def join_ticked(grid: Grid, table: Table) -> Table:
    """The table with its columns of ticks as one column of natures: each ticked cell says what its heading says."""
    natures = {index: nature.only_nature(head) for index, head in enumerate(table.heads)}
    columns = [index for index, kind in natures.items() if kind]
    if len({natures[index] for index in columns}) < 2:
        return table
    body = [row for row in grid.rows[table.header + 1 : table.end] if not repeats(row, table.heads)]
    marks = {cell for row in body for cell in _marks(row, columns)}
    if not marks & _TICK or marks - _TICK - _NO_TICK:
        return table
    for row in body:
        ticked = [
            table.heads[index] for index, mark in zip(columns, _marks(row, columns), strict=True) if mark in _TICK
        ]
        for index in columns:
            row[index] = ""
        row[columns[0]] = ", ".join(ticked)
    heads = ["" if index in columns[1:] else head for index, head in enumerate(table.heads)]
    heads[columns[0]] = "/".join(table.heads[index] for index in columns)
    return replace(table, heads=tuple(heads))


def _marks(row: Sequence[object], columns: Sequence[int]) -> list[str]:
    return [fold(shown(row[index])) for index in columns]
