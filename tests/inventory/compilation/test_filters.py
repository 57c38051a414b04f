"""R13: the list that the compilation leads to shows the same, also by quarter, occupation and time; so do the files."""

import datetime as dt
import io

import openpyxl
import pytest

from insteg.codes.models import Cpv
from insteg.inventory.lead_times import InTime, first_start_in_time, in_time
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import RuleSet
from tests.inventory.compilation.rows import LAYERS, PAGE, SUITS, TODAY, plan, titles

LAID, LIST = LAYERS, "/planerade/"


def listed(response):
    return [line.title for line in response.context["page"].rows]


@pytest.mark.parametrize("query", [
    "quarter=1", "occupation=7111", "occupation=none", "time=late", "time=in_time", "year=none", "nature=none",
    "cpv=none", "year=2028&quarter=1", "time=late&proposal=suitable", "occupation=9111&quarter=1&year=2028",
])  # fmt: skip
def test_the_list_that_it_leads_to_shows_the_same(as_, coming, query):
    client = as_("ue")
    compiled = client.get(f"{PAGE}?{query}")
    href = compiled.context.get("list_url")
    if href is None:  # nothing passes, and so there is no list either
        assert titles(compiled) == []
        href = f"{LIST}?{query}"
    outside = {row.title for row in PlannedProcurement.objects.filter(start__gt=dt.date(2028, 12, 31))}
    assert sorted(set(listed(client.get(href))) - outside) == sorted(titles(compiled))


def test_hardly_anything_is_compared_above_in_vain(as_, coming):
    assert titles(as_("ue").get(f"{PAGE}?time=late&proposal=suitable")) == ["Parkskötsel"]
    assert titles(as_("ue").get(f"{PAGE}?occupation=9111&quarter=1&year=2028")) == ["Fönsterputs", "Lokalvård"]
    assert titles(as_("ue").get(f"{PAGE}?year=none")) == ["Reception"]


def test_what_is_not_in_time_is_what_each_procurements_own_page_calls_too_late(as_, coming):
    rules = RuleSet.objects.in_force()
    first = first_start_in_time(TODAY, rules)
    for days in (-2, -1, 0, 1):
        day = first + dt.timedelta(days=days)
        plan(coming, f"Börjar {day}", start=day, **SUITS)
    expected = {"late": set(), "in_time": set()}
    for row in PlannedProcurement.objects.current().exclude(start=None).filter(start__lt=dt.date(2029, 1, 1)):
        late = in_time(row.start, TODAY, rules) is InTime.LATE
        expected["late" if late else "in_time"].add(row.title)
    found = {time: set(titles(as_("ue").get(f"{PAGE}?time={time}"))) for time in expected}
    assert found == expected
    assert all(len(each) > 2 for each in found.values())


def test_the_files_are_of_what_is_not_in_time_alone_and_say_so(as_, coming):
    answer = as_("ue").get(f"{PAGE}hamta.xlsx?time=late")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    assert {"Parkskötsel", "Kontorsmöbler"} <= cells
    assert "Lokalvård" not in cells
    assert any("Tid för krav: Hinner inte" in text for text in cells)


def test_the_lists_own_files_keep_the_filter(as_, coming):
    told = as_("ue").get(f"{LIST}hamta.csv?time=late&quarter=2").content.decode()
    assert ("Parkskötsel" in told, "Lokalvård" in told) == (True, False)


def test_an_odd_time_is_left_out_and_said_to_be(as_, coming):
    answer = as_("ue").get(f"{PAGE}?time=aldrig")
    assert len(titles(answer)) > 3
    assert answer.context["left_out"] == ["Tid för krav"]


@pytest.mark.parametrize("page", [PAGE, LIST])
def test_only_the_cpv_divisions_of_what_one_sees_can_be_chosen(as_, coming, page):
    Cpv.objects.create(code="77000000", title_sv="Trädgård")

    def offered(who, query=""):
        form = as_(who).get(f"{page}{query}").context["form" if page == PAGE else "filter"]
        return [value for value, _name in form.fields["cpv"].choices]

    assert offered("hus") == ["", "45", "none"]
    assert offered("park") == ["", "39", "90", "none"]
    assert offered("ue") == ["", "39", "45", "90", "none"]
    assert "77" in offered("ue", "?cpv=77")  # an old bookmark says what it narrows to
