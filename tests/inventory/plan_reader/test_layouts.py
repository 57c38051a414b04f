"""Whole plans are read without anybody mapping columns (R11), and nothing is invented."""

import json
from pathlib import Path

import pytest

from insteg.inventory.plan_reader import from_json, read, to_json
from insteg.inventory.plan_reader.report import as_objects, as_text

from .layouts import LAYOUTS, Layout
from .misleading import MISLEADING

PLANS = [*LAYOUTS, *MISLEADING]
SHARED = Path(__file__).parents[4] / "shared/data/plans"
WORKBOOKS = sorted(SHARED.glob("workbooks/*.key.json"))
ADVERTISED = SHARED / "molndal_2021_upphandlingar.csv"


@pytest.mark.parametrize("layout", PLANS, ids=lambda layout: layout.name)
def test_a_plan_is_read_as_a_person_would(layout: Layout):
    assert as_objects(read(layout.build(), layout.filename)) == layout.key


@pytest.mark.parametrize("layout", PLANS, ids=lambda layout: layout.name)
def test_a_reading_can_be_kept_as_json(layout: Layout):
    reading = read(layout.build(), layout.filename)
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


@pytest.mark.parametrize("layout", PLANS, ids=lambda layout: layout.name)
def test_persons_never_leave_the_file(layout: Layout):
    reading = read(layout.build(), layout.filename)
    everything = json.dumps(to_json(reading), ensure_ascii=False) + as_text(reading)
    for name in ("Forsman", "Österman", "exempel.se", "070-123"):
        assert name not in everything


@pytest.mark.skipif(not WORKBOOKS, reason="the city's own workbooks are not beside this checkout")
@pytest.mark.parametrize("key", WORKBOOKS, ids=lambda key: key.name)
def test_the_workbooks_of_the_city_are_read(key: Path):
    """At least 98 of 100 fields, and not one that the key leaves open."""
    workbook = next(path for path in key.parent.glob(key.name.removesuffix(".key.json") + ".*") if path != key)
    wanted = json.loads(key.read_text(encoding="utf-8"))
    found = as_objects(read(workbook.read_bytes(), workbook.name))
    assert [row["title"] for row in found] == [row["title"] for row in wanted]
    pairs = [(row[field], want[field]) for row, want in zip(found, wanted, strict=True) for field in want]
    assert not [pair for pair in pairs if pair[1] is None and pair[0] is not None]
    assert sum(1 for got, want in pairs if got == want) >= 0.98 * len(pairs)


@pytest.mark.skipif(not ADVERTISED.exists(), reason="the advertised procurements are not beside this checkout")
def test_the_advertised_procurements_are_read():
    reading = read(ADVERTISED.read_bytes(), ADVERTISED.name)
    assert len(reading.rows) == 77
    assert all(row.nature and row.cpvs and row.start is None and not row.faults for row in reading.rows)
    assert sum(1 for row in reading.rows if row.value_min is not None) >= 40
