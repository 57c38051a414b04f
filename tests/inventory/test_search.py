"""A search looks in name, task and reference number at once, and on PostgreSQL an index answers it."""

import pytest
from django.db import connection

from insteg.inventory.actions import report
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.narrowing import filtered
from insteg.inventory.queries.planned import SEARCHED


@pytest.fixture
def planned(town):
    facts = [
        {"title": "Städning av Ångbåten", "description": "Daglig städning", "reference": "TN 2027/9"},
        {"title": "Snöröjning, 100 % fossilfri", "description": "", "reference": "KS 2027/10"},
    ]
    return [report(actor=town.who["park"], target=town.org["Park"], seen=None, **each) for each in facts]


def found(words):
    return [row.title[:6] for row in filtered(PlannedProcurement.objects.order_by("title"), {"q": words})]


@pytest.mark.parametrize(("words", "titles"), [
    ("ångbåt", ["Städni"]),
    ("DAGLIG", ["Städni"]),
    ("tn 2027/9", ["Städni"]),
    ("2027/", ["Snöröj", "Städni"]),
    ("städning daglig", ["Städni"]),  # all the words, wherever they stand
    ("städning snöröjning", []),
    ("100 %", ["Snöröj"]),  # the sign itself, not "anything"
    ("fossilfri_", []),
    ("fossilfriks", []),  # a word that would begin in the name and end in the number is none
])  # fmt: skip
def test_every_word_is_looked_for_in_all_three(planned, words, titles):
    assert found(words) == titles


def test_an_index_answers(planned):
    """Asked of the words alone: in a table this small any index at all would do for the rest of the list's filter."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has such an index")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    words = PlannedProcurement.objects.alias(searched=SEARCHED).filter(searched__icontains="ångbåt")
    assert "planned_by_words" in words.explain()
