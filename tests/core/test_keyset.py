import datetime as dt
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insteg.core import keyset
from insteg.organisations.models import Organisation

ENDS = Coalesce("closed_on", Value(dt.date(9999, 12, 31)))
ORDERS = {  # what is asked for, and the whole order that it means
    "by name": (["name"], ["name", "id"]),
    "falling, many alike": (["-kind"], ["-kind", "-id"]),
    "with nulls": ([ENDS], [ENDS, "id"]),
    "both ways, with nulls": ([F("kind"), ENDS.desc(), "name"], ["kind", ENDS.desc(), "name", "id"]),
    "by id": (["-id"], ["-id"]),
    "by time": (["created_at", "pk"], ["created_at", "id"]),
    "by a count": (["offices", "-name"], ["offices", "-name", "-id"]),
    "by nothing": ([], ["id"]),
}
NAMES = ["Ängen", "Alen", "Åsen", "åsen", "Öster", "Zorn", "Ål & son", "50 %", "a'b", "Ävja"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(Organisation.Kind.values),
        st.sampled_from([None, dt.date(2026, 1, 1), dt.date(2027, 1, 1)]),
    ),
    max_size=len(NAMES),
)


FOUND = Organisation.objects.annotate(offices=Count("units"))


def asked(link=""):
    return QueryDict(link.removeprefix("?"))


def make(*rows):
    Organisation.objects.all().delete()
    Organisation.objects.bulk_create(
        Organisation(name=name, kind=kind, closed_on=closed_on)
        for name, (kind, closed_on) in zip(NAMES, rows, strict=False)
    )


@pytest.fixture
def three(db):
    make(*[("company", None)] * 3)


def names(page):
    return [row.name for row in page.rows]


@pytest.mark.parametrize(("order", "meant"), ORDERS.values(), ids=ORDERS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, size=st.integers(1, 4))
def test_walking_forward_and_back_meets_every_row_once(db, order, meant, rows, size):
    make(*rows)
    pages = [keyset.page(FOUND, asked(), order=order, size=size)]
    while pages[-1].next:
        pages.append(keyset.page(FOUND, asked(pages[-1].next), order=order, size=size))
    there = [row for page in pages for row in page.rows]
    assert there == list(FOUND.order_by(*meant))
    assert len({row.pk for row in there}) == len(there) == len(rows)
    back = [pages[-1]]
    while back[-1].previous:
        back.append(keyset.page(FOUND, asked(back[-1].previous), order=order, size=size))
    assert [page.rows for page in back] == [page.rows for page in reversed(pages)]


def test_the_links_keep_the_filters(three):
    found = Organisation.objects.all()
    page = keyset.page(found, asked("?q=%C3%A5+%26&slag=a&slag=b"), order=["name"], size=1)
    assert (page.previous, page.first) == ("", "")
    second = keyset.page(found, asked(page.next), order=["name"], size=1)
    assert second.first == "?q=%C3%A5+%26&slag=a&slag=b"
    for link in (page.next, second.previous, second.next):
        kept = parse_qs(link.removeprefix("?"))
        assert len(kept.pop("sida")) == 1
        assert kept == {"q": ["å &"], "slag": ["a", "b"]}
    assert keyset.page(found, asked(second.next), order=["name"], size=1).next == ""
    assert (
        keyset.page(found, asked(keyset.page(found, asked(), order=["name"], size=1).next), order=["name"]).first == "?"
    )


@pytest.mark.parametrize("broken", ["x", "å", ".", "WzFd.x", "\x00", "9" * 99, ""])
def test_a_broken_cursor_gives_the_first_page(three, broken):
    query = QueryDict(mutable=True)
    query["sida"] = broken
    page = keyset.page(Organisation.objects.all(), query, order=["name"], size=1)
    assert (names(page), page.previous, bool(page.next)) == (["Alen"], "", True)


def test_a_cursor_that_was_changed_or_belongs_to_another_order_gives_the_first_page(three):
    found = Organisation.objects.all()
    link = keyset.page(found, asked(), order=["name"], size=1).next
    assert names(keyset.page(found, asked(link), order=["name"], size=1)) == ["Åsen"]
    for text, order in ((link, ["-name"]), (link, ["kind"]), (link.replace("sida=", "sida=W"), ["name"])):
        page = keyset.page(found, asked(text), order=order, size=1)
        assert (names(page), page.previous) == (names(keyset.page(found, asked(), order=order, size=1)), "")


def test_rows_that_come_and_go_move_nobody(three):
    found = Organisation.objects.all()
    first = keyset.page(found, asked(), order=["name"], size=1)
    Organisation.objects.create(name="Aaa", kind="company")
    first.rows[0].delete()
    assert names(keyset.page(found, asked(first.next), order=["name"], size=1)) == ["Åsen"]


@pytest.mark.parametrize("size", [1, 2])
def test_where_all_rows_beyond_are_gone_the_first_page_is_read(three, size):
    found = Organisation.objects.all()
    first = keyset.page(found, asked(), order=["name"], size=size)
    second = keyset.page(found, asked(first.next), order=["name"], size=size)
    Organisation.objects.exclude(pk__in=[row.pk for row in first.rows]).delete()
    assert names(keyset.page(found, asked(first.next), order=["name"], size=size)) == names(first)
    Organisation.objects.all().delete()
    empty = keyset.page(found, asked(second.previous), order=["name"], size=size)
    assert empty == keyset.Page([], "", "", "")


@pytest.mark.parametrize("order", [["name"], [ENDS, "-name"]])
def test_a_page_is_one_query_without_offset(three, order):
    found = Organisation.objects.all()
    first = keyset.page(found, asked(), order=order, size=1)
    for link in (first.next, keyset.page(found, asked(first.next), order=order, size=1).previous):
        with CaptureQueriesContext(connection) as queries:
            assert keyset.page(found, asked(link), order=order, size=1).rows
        assert len(queries) == 1
        assert "OFFSET" not in queries[0]["sql"].upper()


def test_what_may_be_null_is_no_order(three):
    with pytest.raises(TypeError, match="closed_on may be null"):
        keyset.page(Organisation.objects.all(), asked(), order=["closed_on"])
    with pytest.raises(TypeError, match="gave null"):
        keyset.page(Organisation.objects.all(), asked(), order=["units__name"], size=1)


def test_counts_are_exact_to_the_limit(three):
    found = Organisation.objects.order_by("name")
    assert [str(keyset.counted(found, limit)) for limit in (4, 3, 2)] == ["3", "3", "fler än 2"]
    assert keyset.counted(found, 2) == keyset.Counted(2, True)
    assert str(keyset.Counted(1000, True)) == "fler än 1\xa0000"
    with CaptureQueriesContext(connection) as queries:
        keyset.counted(found)
    assert len(queries) == 1
    assert "LIMIT 1001" in queries[0]["sql"]
