"""What people see is the same on both databases: å, ä and ö last in that order, and capitals found by small letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.core.sqlite.base import compare, like, sort_key
from insteg.organisations.models import Organisation


def make(names):
    Organisation.objects.bulk_create(Organisation(name=name, kind="supplier") for name in names)


def found(**lookup):
    return set(Organisation.objects.filter(**lookup).values_list("name", flat=True))


def test_swedish_letters_stand_last_and_capitals_beside_small(db):
    names = ["Alen", "bo", "Bror", "eka", "école", "ekan", "Zorn", "åka", "Åkern", "Älv", "ärt", "Öbo", "öster"]
    make(reversed(names))
    ordered = [*Organisation.objects.order_by("name").values_list("name", flat=True)]
    place = {name: number for number, name in enumerate(ordered)}
    assert sorted(names, key=place.get) == ordered
    assert [n for n in ordered if n[0] not in "eé"] == [n for n in names if n[0] not in "eé"]
    assert place["Bror"] < place["eka"] < place["Zorn"]
    assert place["Zorn"] > place["école"]


@pytest.mark.parametrize(
    ("lookup", "names"),
    [
        ({"name__icontains": "å"}, {"Åsens Måleri", "Bråhus"}),
        ({"name__icontains": "ÅS"}, {"Åsens Måleri"}),
        ({"name__istartswith": "ö"}, {"Öst & Väst", "ÖSTRA 50 %"}),
        ({"name__iexact": "öst & väst"}, {"Öst & Väst"}),
        ({"name__iendswith": "RI"}, {"Åsens Måleri"}),
        ({"name__icontains": "50 %"}, {"ÖSTRA 50 %"}),
        ({"name__icontains": "%"}, {"ÖSTRA 50 %"}),
        ({"name__icontains": "_"}, {"a_b"}),
        ({"name__icontains": "\\"}, {"c\\d"}),
        ({"name__icontains": "saknas"}, set()),
    ],
)
def test_a_search_finds_capitals_by_small_letters(db, lookup, names):
    make(["Åsens Måleri", "Bråhus", "Öst & Väst", "ÖSTRA 50 %", "a_b", "aXb", "c\\d"])
    assert found(**lookup) == names


@given(st.lists(st.text(max_size=5), min_size=3, max_size=3))
def test_the_order_is_an_order(texts):
    one, two, three = sorted(texts, key=sort_key)
    assert compare(one, one) == 0
    assert compare(one, two) <= 0 <= compare(two, one)
    assert compare(one, three) <= 0
    assert (compare(one, two) == 0) == (one == two)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("%å%", "Ås", True), ("_s", "Ås", True), ("_s", "Åss", False), ("a%z", "A till\nZ", True),
        ("50\\%", "50%", True), ("50\\%", "500", False), ("a.c", "abc", False), ("1%", 12, True), ("", "", True),
        (None, "a", None), ("a", None, None),
    ],
)  # fmt: skip
def test_like_is_that_of_the_standard(pattern, text, expected):
    assert like(pattern, text) is expected
