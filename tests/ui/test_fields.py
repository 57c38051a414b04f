import datetime as dt
import re
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from insteg.ui import fields
from insteg.ui.figures import MONTHS_LONG, MONTHS_SHORT

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2089, 12, 31))
AMOUNTS = st.integers(1_000, 10**11)


def fault(field, text):
    with pytest.raises(ValidationError) as raised:
        field.clean(text)
    return " ".join(raised.value.messages).replace("\u00a0", " ")


@given(DAYS)
def test_a_day_is_read_in_every_style(day):
    month = day.month - 1
    styles = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.day} {MONTHS_LONG['sv'][month]} {day.year}",
        f"{day.day} {MONTHS_SHORT['sv'][month]}. {day.year}",
        f"den {day.day}:e {MONTHS_LONG['sv'][month]} {day.year}",
        f"{day.day} {MONTHS_LONG['en'][month]} {day.year}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day}/{day.month}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"  {day.day}\u00a0{MONTHS_LONG['sv'][month].upper()}  {day.year} ",
    ]
    assert {fields.SwedishDateField().clean(style) for style in styles} == {day}


def test_two_figures_are_a_year_of_this_century():
    assert fields.SwedishDateField().clean("1/10-27") == dt.date(2027, 10, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("30 februari 2027", "Februari har 28 dagar 2027"),
        ("31/2 2028", "Februari har 29 dagar 2028"),
        ("2027-13-01", "är inget datum"),
        ("1 mars", "Skriv året också"),
        ("1/3", "Skriv året också"),
        ("1 mars 1899", "Året 1899 är för långt bort"),
        ("hösten 2027", "är inget datum"),
        ("3/1/27 eller så", "är inget datum"),
        ("1" * 200, "högst 100 tecken"),
    ],
)
def test_what_is_no_day_is_answered_with_how_to_write_one(text, said):
    assert said in fault(fields.SwedishDateField(), text)


@pytest.fixture
def november(monkeypatch):
    monkeypatch.setattr(fields.clock, "today", lambda: dt.date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/12", dt.date(2026, 12, 1)),
        ("30 nov", dt.date(2026, 11, 30)),
        ("den 30:e november", dt.date(2026, 11, 30)),
        ("22/11", dt.date(2026, 11, 22)),
        ("21/11", dt.date(2027, 11, 21)),
        ("30 november 2026", dt.date(2026, 11, 30)),
    ],
)
def test_a_day_without_a_year_is_the_next_such_day_where_days_lie_ahead(november, text, day):
    assert fields.SwedishDateField(coming=True).clean(text) == day


@pytest.mark.parametrize(
    ("text", "said"), [("31/11", "November har 30 dagar 2026"), ("29/2", "Februari har 28 dagar"), ("3 x", "datum")]
)
def test_a_day_without_a_year_that_is_none_is_refused(november, text, said):
    assert said in fault(fields.SwedishDateField(coming=True), text)


@pytest.mark.parametrize("text", ["april 2027", "apr 2027", "Apr. 2027", "2027-04", "April, 2027"])
def test_a_month_is_its_first_day_where_a_month_is_enough(text):
    assert fields.SwedishDateField(month_is_enough=True).clean(text) == dt.date(2027, 4, 1)
    assert "är inget datum" in fault(fields.SwedishDateField(), text)


def test_a_day_is_shown_as_the_hint_writes_it():
    field = fields.SwedishDateField()
    shown = field.prepare_value(dt.date(2027, 3, 1))
    assert str(field.help_text).startswith(f"Till exempel {shown} ")
    assert field.clean(shown) == dt.date(2027, 3, 1)


def test_the_month_of_a_fault_is_in_the_language_of_the_page():
    with override("en"):
        assert "February" in fault(fields.SwedishDateField(), "30 february 2027")


@given(AMOUNTS)
def test_an_amount_is_read_in_every_style(amount):
    grouped = f"{amount:,}".replace(",", " ")
    styles = [
        str(amount),
        grouped,
        f"{grouped} kr",
        f"{grouped}kr",
        f"{grouped} SEK",
        f"SEK {grouped}",
        f"{amount} kronor",
    ]
    styles += [grouped.replace(" ", "\u00a0"), grouped.replace(" ", "\u202f") + " kr."]
    assert {fields.MoneyField().clean(style) for style in styles} == {amount}


@given(st.integers(1, 9_999), st.sampled_from([("tkr", 1_000), ("mkr", 10**6), ("mnkr", 10**6), ("MSEK", 10**6)]))
def test_tenths_of_a_unit(tenths, unit):
    word, size = unit
    for text in (f"{tenths // 10},{tenths % 10} {word}", f"{tenths // 10}.{tenths % 10}{word}"):
        assert fields.MoneyField().clean(text) == tenths * size // 10


@given(AMOUNTS)
def test_what_is_shown_is_read_back_as_the_same(amount):
    field = fields.MoneyField()
    for language in ("sv", "en"):
        with override(language):
            assert field.clean(field.prepare_value(amount)) == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("46", "Menar du 46 kr eller 46 mkr?"),
        ("3,500", "Skriv 3 500 eller 3,5"),
        ("3.500 mkr", "kan vara två olika tal"),
        ("10-50 mkr", "är inget belopp"),
        ("ca 3 mkr", "är inget belopp"),
        ("1 50 kr", "är inget belopp"),
        ("12,50 kr", "hela kronor"),
        ("3 dollar", "är inget belopp"),
        ("-5 mkr", "är inget belopp"),
    ],
)
def test_an_amount_that_could_be_two_is_asked_about(text, said):
    assert said in fault(fields.MoneyField(), text)


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("0", 0),
        ("0 kr", 0),
        ("46 kr", 46),
        ("3.500.000", 3_500_000),
        ("1,2 mdkr", 1_200_000_000),
        ("2 miljoner", 2_000_000),
    ],
)
def test_an_amount_that_can_only_be_one_is_taken(text, kronor):
    assert fields.MoneyField().clean(text) == kronor


@pytest.mark.parametrize(
    ("text", "months"),
    [("24", 24), ("24 mån", 24), ("24 månader", 24), ("2 år", 24), ("1,5 år", 18), ("1 år 6 mån", 18),
     ("1 år och 6 mån", 18), ("2 years", 24), ("18 months", 18), ("1 month", 1), ("0", 0)],
)  # fmt: skip
def test_a_length_in_months_or_years(text, months):
    assert fields.MonthsField().clean(text) == months


@pytest.mark.parametrize("text", ["24 + 12 mån", "tills vidare", "år", "mån", "-3", "0,3 år"])
def test_what_is_no_single_length_is_refused(text):
    fault(fields.MonthsField(), text)


def test_whole_numbers_and_decimals():
    assert fields.WholeNumberField().clean("1 200") == 1200
    assert fields.SwedishDecimalField().clean("4,5") == Decimal("4.5")
    assert fields.SwedishDecimalField().clean("4.50") == Decimal("4.5")
    assert "helt tal" in fault(fields.WholeNumberField(), "4,5")
    assert "två olika tal" in fault(fields.WholeNumberField(), "1.200")
    assert "Högst 2 decimaler" in fault(fields.SwedishDecimalField(), "4,1234")
    assert "Minst 1" in fault(fields.WholeNumberField(min_value=1), "0")
    assert "Högst 1 200" in fault(fields.WholeNumberField(max_value=1200), "1201")
    assert fields.WholeNumberField(required=False).clean(" ") is None
    assert fields.WholeNumberField().prepare_value(1200) == "1\u00a0200"
    assert fields.SwedishDecimalField().prepare_value(Decimal("4.50")) == "4,50"


class Extent(forms.Form):
    people = fields.UnknownableField(fields.SwedishDecimalField(label="Årsarbetare", required=False))
    value = fields.UnknownableField(fields.MoneyField(label="Värde"))


def test_an_answer_nothing_said_and_not_known_are_three_things():
    form = Extent({"people": "4,5", "value_unknown": "on"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"people": Decimal("4.5"), "value": fields.UNKNOWN}
    assert fields.told(form.cleaned_data) == {"people": Decimal("4.5"), "value": None, "unknown_fields": ["value"]}
    form = Extent({"people": "", "value": "3 mkr"})
    assert form.is_valid()
    assert fields.told(form.cleaned_data) == {"people": None, "value": 3_000_000, "unknown_fields": []}


def test_a_required_answer_may_be_that_one_does_not_know_but_not_silence_nor_both():
    assert Extent({}).errors["value"] == ["Svara, eller kryssa i Vet inte."]
    assert Extent({"value": "3 mkr", "value_unknown": "on"}).errors["value"] == [
        "Skriv ett värde eller kryssa i Vet inte, inte båda."
    ]


def test_who_writes_a_value_beside_a_box_that_was_ticked_before_has_answered():
    form = Extent({"value": "3 mkr", "value_unknown": "on"}, initial={"value": fields.UNKNOWN})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == 3_000_000
    assert "value" in form.changed_data
    assert " checked" not in str(form["value"])
    kept = Extent({"value": "", "value_unknown": "on"}, initial={"value": fields.UNKNOWN})
    assert kept.is_valid()
    assert kept.cleaned_data["value"] is fields.UNKNOWN


def test_a_value_that_was_there_before_and_a_box_ticked_now_is_a_question():
    form = Extent({"value": "3 mkr", "value_unknown": "on"}, initial={"value": 3_000_000})
    assert form.errors["value"] == ["Skriv ett värde eller kryssa i Vet inte, inte båda."]


def test_a_form_begins_with_what_the_row_knows():
    html = str(Extent(initial=fields.as_told({"people": None, "value": 3_000_000}, ["people"])))
    boxes = {
        re.search(r'name="(\w+)"', box)[1]: " checked" in box for box in re.findall(r"<input[^>]*checkbox[^>]*>", html)
    }
    assert boxes == {"people_unknown": True, "value_unknown": False}
    assert 'value="3\u00a0000\u00a0000"' in html


def test_what_was_typed_is_shown_again_as_it_was_typed():
    html = str(Extent({"people": "fyra och en halv", "value": "3,500"}))
    assert 'value="fyra och en halv"' in html
    assert 'value="3,500"' in html


@pytest.mark.parametrize(
    ("initial", "sent", "changed"),
    [
        (Decimal("4.5"), {"people": "4,5"}, False),
        (Decimal("4.5"), {"people": "5"}, True),
        (Decimal("4.5"), {"people": "", "people_unknown": "on"}, True),
        (fields.UNKNOWN, {"people_unknown": "on"}, False),
        (None, {"people": ""}, False),
        (None, {"people": "skräp"}, True),
    ],
)
def test_a_form_knows_what_was_changed(initial, sent, changed):
    assert ("people" in Extent(sent, initial={"people": initial}).changed_data) is changed
