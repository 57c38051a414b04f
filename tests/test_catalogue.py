"""The tool that keeps the English catalogue: what it finds, and what it refuses."""

import polib
import pytest

from scripts import catalogue

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
title = _("Planerade "
          "upphandlingar")
count = ngettext("%(n)s rad", "%(n)s rader", n) % {"n": n}
may = pgettext("månad", "maj")
"""
TEMPLATE = """
    {% translate "50 % klart" %}
  <c-banner title="{% translate 'Din tur' %}">
        {% blocktranslate trimmed count n=n %}
          {{ n }} rad
        {% plural %}
          {{ n }} rader
        {% endblocktranslate %}
"""


def texts(tmp_path, name: str, source: str) -> list[catalogue.Text]:
    file = tmp_path / name
    file.write_text(source, encoding="utf-8")
    return list(catalogue.texts_of(file))


def test_texts_are_found_in_python(tmp_path):
    assert texts(tmp_path, "views.py", PYTHON) == [
        (None, "Planerade upphandlingar", ""),
        (None, "%(n)s rad", "%(n)s rader"),
        ("månad", "maj", ""),
    ]


def test_texts_are_found_in_templates_whatever_their_indentation(tmp_path):
    assert texts(tmp_path, "page.html", TEMPLATE) == [
        (None, "50 %% klart", ""),
        (None, "Din tur", ""),
        (None, "%(n)s rad", "%(n)s rader"),
    ]


@pytest.mark.parametrize(
    ("swedish", "english", "wrong"),
    [
        ("Ändrat till %(value)s", "Changed to %(value)s", False),
        ("Ändrat till %(value)s", "Changed to %(värde)s", True),
        ("Läst: {count} av {all}", "Read: {all}, of which {count}", False),
        ("Läst: {count}", "Read", True),
        ("50 %% klart", "50 %% done", False),
    ],
)
def test_english_asks_for_the_values_that_swedish_gives(swedish, english, wrong):
    assert catalogue.misfilled(polib.POEntry(msgid=swedish, msgstr=english)) is wrong


@pytest.mark.parametrize(
    ("one", "many", "wrong"),
    [("One row", "%(n)s rows", False), ("%(n)s row", "Rows", True), ("%(m)s row", "%(n)s rows", True)],
)
def test_a_singular_may_leave_out_the_number_but_a_plural_may_not(one, many, wrong):
    entry = polib.POEntry(msgid="%(n)s rad", msgid_plural="%(n)s rader", msgstr_plural={0: one, 1: many})
    assert catalogue.misfilled(entry) is wrong


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("""f"{_('i går')}, {day}\"""", ["_('i går')"]),
        ("""f"{day} {translation.ngettext('rad', 'rader', n)}\"""", ["translation.ngettext('rad', 'rader', n)"]),
        ("""f"{day}, {_('svarsdag %(day)s') % {'day': day}}\"""", ["_('svarsdag %(day)s')"]),
        ("""yesterday = _("i går"); f"{yesterday}, {day(value)}\"""", []),
    ],
)
def test_a_text_inside_an_f_string_is_refused_since_it_would_not_be_collected(source, found):
    assert list(catalogue.out_of_reach(source)) == found


def test_a_reworded_text_keeps_its_english_as_a_proposal(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "django.po")
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Inget väntar på dig.", msgstr="Nothing waits for you."))
    old.save(str(catalogue.CATALOGUE))
    new = polib.POEntry(msgid="Inget väntar på dig nu.")
    monkeypatch.setattr(catalogue, "collect", lambda: {catalogue.key(new): new})

    catalogue.update()

    (kept,) = catalogue.read()
    assert (kept.msgid, kept.msgstr, kept.flags) == ("Inget väntar på dig nu.", "Nothing waits for you.", ["fuzzy"])
    assert catalogue.faults() == ["osäker (fuzzy): Inget väntar på dig nu."]
