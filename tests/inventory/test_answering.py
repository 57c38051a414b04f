"""The organisation that was asked answers one row after another, and sees only what it was asked about (R13)."""

import datetime as dt
import html as html_of
import re
from decimal import Decimal

import pytest

from insteg.core import clock
from insteg.inventory.actions import change
from insteg.inventory.asking import lacked
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.inventory.queries.answering import waiting, walk_of
from insteg.inventory.queries.questions import lacks_of, what_came
from insteg.ui.fields import UnknownableField
from tests.inventory.test_asking import ALL, LACKING, ask, days_ago, lacking, letters, row  # noqa: F401

LIST = "/planerade/?show=asked"


def text_of(response):
    return html_of.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def titles(response):
    return [line.title for line in response.context["page"].rows]


def form_of(client, key):
    """What a browser sends of the form as it stands."""
    form = client.get(f"/planerade/{key}/andra/?fragade=1").context["form"]
    sent = {}
    for field in form:
        value, unknown = field.value(), False
        if isinstance(field.field, UnknownableField):
            value, unknown = field.field.widget.decompress(value)
        sent |= {field.html_name: value} if value not in (None, False) else {}
        sent |= {f"{field.html_name}_unknown": "on"} if unknown else {}
    return sent


def answer(client, key, **typed):
    return client.post(f"/planerade/{key}/andra/?fragade=1", form_of(client, key) | typed, follow=True)


def lay_what_is_asked(town):
    """Three of Park's are asked about, and a fourth that lacks as much is not."""
    town.asked = {
        "first": row(town, "A-hallen", start=dt.date(2028, 1, 1)),
        "second": row(town, "B-hallen", start=dt.date(2028, 2, 1)),
        "third": row(town, "C-hallen", start=dt.date(2028, 3, 1), fte=Decimal(3)),
    }
    ask(town, town.asked.values(), "months", "fte", wanted_by=clock.today() + dt.timedelta(days=5))
    return town


LAID = LACKING | {"asked": lay_what_is_asked}


@pytest.fixture
def asked(town, lacking):  # noqa: F811
    return town.asked


# --- the list


def test_the_list_shows_only_what_was_asked_about(as_, asked):
    shown = as_("park").get(LIST)
    assert titles(shown) == ["A-hallen", "B-hallen", "C-hallen"]
    assert "Din tur: svara om 3 upphandlingar" in text_of(shown)
    assert "Lokalvård" in text_of(as_("park").get("/planerade/?proposal=needs_facts"))


def test_the_letter_and_the_task_lead_to_that_list(as_, town, asked):
    assert LIST in letters()["park"].body
    assert LIST in as_("park").get("/").content.decode()


def test_others_see_what_waits_of_what_they_may_see_and_are_not_told_to_answer(as_, asked):
    assert titles(as_("hus").get(LIST)) == []
    assert "Inget väntar på svar" in text_of(as_("hus").get(LIST))
    assert titles(as_("ue").get(LIST)) == ["A-hallen", "B-hallen", "C-hallen"]
    assert "Din tur" not in text_of(as_("ue").get(LIST))


def test_what_is_answered_leaves_the_list_by_fact_and_by_vet_inte(as_, town, asked):
    change(actor=town.who["park"], target=asked["first"], seen=None, months=24, fte=Decimal(3))
    change(actor=town.who["park"], target=asked["third"], seen=None, unknown_fields=["months"])
    assert titles(as_("park").get(LIST)) == ["B-hallen"]


def test_half_an_answer_still_waits(as_, town, asked):
    change(actor=town.who["park"], target=asked["first"], seen=None, months=24)
    assert "A-hallen" in titles(as_("park").get(LIST))


@pytest.mark.parametrize("told", [
    {}, {"months": 24}, {"fte": Decimal(3)}, {"unknown_fields": ["months"]}, {"unknown_fields": ["months", "fte"]},
    {"extent_known": False}, {"nature": ""}, {"nature": "supplies"}, {"start": None}, {"months": 3},
    {"start": None, "unknown_fields": ["start"]}, {"months": 3, "option_months": None},
])  # fmt: skip
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_waits_is_the_same_asked_of_the_database_as_told_of_each(town, asked, told, when):
    """asking.standing says it of one row; the list asks for all rows at once."""
    target = asked["first"]
    change(actor=town.who["park"], target=target, seen=None, **told)
    moment = clock.now() + dt.timedelta(days=-1 if when == "before" else 1)
    FactQuestion.objects.filter(planned=target).update(fields=[*ALL], created_at=moment)
    came = what_came(PlannedProcurement.objects.filter(pk=target.pk))
    waits = any(each.waits for each in came.values())
    assert waiting(PlannedProcurement.objects.filter(pk=target.pk)).exists() is waits


# --- one after another


def test_one_answer_leads_on_to_the_next_and_the_last_to_the_list(as_, asked):
    client = as_("park")
    page = client.get(f"/planerade/{asked['first'].pk}/andra/?fragade=1")
    assert "Svara: 1 av 3" in text_of(page)
    assert "frågar efter avtalstid och årsarbetare" in text_of(page)
    page = answer(client, asked["first"].pk, months="24", fte="3")
    assert page.redirect_chain[-1][0] == f"/planerade/{asked['second'].pk}/andra/?fragade=1"
    assert "”A-hallen” är besvarad." in text_of(page)
    assert "Svara: 2 av 3" in text_of(page)
    page = answer(client, asked["second"].pk, months_unknown="on", fte_unknown="on")
    assert "Svara: 3 av 3" in text_of(page)
    page = answer(client, asked["third"].pk, months="24")
    assert page.redirect_chain[-1][0] == LIST
    assert "Nu är alla frågor besvarade." in text_of(page)
    assert "Inget väntar på svar." in text_of(page)


def test_what_was_asked_for_lies_open_and_the_rest_is_folded(as_, asked):
    form = as_("park").get(f"/planerade/{asked['third'].pk}/andra/?fragade=1").context["form"]
    assert [field.name for field in form.first_fields()] == ["months"]
    assert "title" in [field.name for field in form.more_fields()]
    assert form.opened() is False


def test_what_is_skipped_comes_back_after_the_others_and_keeps_its_number(as_, asked):
    client = as_("park")
    page = client.get(f"/planerade/{asked['second'].pk}/andra/?fragade=1")
    assert f"/planerade/{asked['third'].pk}/andra/?fragade=1" in page.content.decode()
    page = answer(client, asked["third"].pk, months="24")
    assert page.redirect_chain[-1][0] == f"/planerade/{asked['first'].pk}/andra/?fragade=1"
    assert "Svara: 1 av 3" in text_of(page)


def test_what_is_left_empty_is_saved_and_said_to_wait_still(as_, asked):
    page = answer(as_("park"), asked["first"].pk)
    assert "”A-hallen” är sparad men väntar fortfarande på svar om avtalstid och årsarbetare." in text_of(page)
    assert "Svara: 2 av 3" in text_of(page)


def test_a_fault_keeps_what_was_typed_and_the_place_in_the_row(as_, asked):
    client = as_("park")
    sent = form_of(client, asked["second"].pk) | {"months": "många"}
    page = client.post(f"/planerade/{asked['second'].pk}/andra/?fragade=1", sent)
    assert (page.status_code, "Svara: 2 av 3" in text_of(page), 'value="många"' in page.content.decode()) == (
        422, True, True
    )  # fmt: skip


def test_pressed_twice_it_leads_to_the_same(as_, asked):
    client = as_("park")
    sent = form_of(client, asked["first"].pk) | {"months": "24", "fte": "3"}
    where = {
        client.post(f"/planerade/{asked['first'].pk}/andra/?fragade=1", sent).headers["Location"] for _ in range(2)
    }
    assert where == {f"/planerade/{asked['second'].pk}/andra/?fragade=1"}


def test_another_organisations_question_cannot_be_answered(as_, asked):
    assert as_("hus").get(f"/planerade/{asked['first'].pk}/andra/?fragade=1").status_code in (403, 404)
    assert as_("park").get(f"/planerade/{asked['first'].pk}/andra/?fragade=1").status_code == 200


def test_the_procurements_own_page_leads_to_its_answer_while_it_waits(as_, town, asked):
    key = asked["third"].pk
    assert f"/planerade/{key}/andra/?fragade=1" in as_("park").get(f"/planerade/{key}/").content.decode()
    assert "fragade=1" not in as_("ue").get(f"/planerade/{key}/").content.decode()
    change(actor=town.who["park"], target=asked["third"], seen=None, months=24)
    assert "fragade=1" not in as_("park").get(f"/planerade/{key}/").content.decode()


def test_what_was_asked_another_time_and_is_answered_is_not_counted_among_them(town, asked):
    days_ago(30)
    for each in asked.values():
        change(actor=town.who["park"], target=each, seen=None, months=24, fte=Decimal(3))
    late = row(town, "D-hallen")
    ask(town, [late])
    assert [each.title for each in walk_of(town.who["park"]).rows] == ["D-hallen"]


def test_one_is_led_through_ones_own_and_never_another_organisations(town, asked):
    other = row(town, "Trapphus", "hus", "Hus", months=24)
    ask(town, [other])
    assert [each.title for each in walk_of(town.who["park"]).rows] == ["A-hallen", "B-hallen", "C-hallen"]
    assert [each.title for each in walk_of(town.who["hus"]).rows] == ["Trapphus"]


# --- the start


def test_a_start_that_nobody_has_told_is_asked_for_also_of_what_suits(town, lacking):  # noqa: F811
    suits = row(town, "Simhallen", start=None, months=24, fte=Decimal(3))
    assert (suits.proposal, lacked(suits)) == ("suitable", ("start",))
    ask(town, [suits])
    assert "– Simhallen: avtalsstart" in letters()["park"].body
    assert walk_of(town.who["park"]).facts == {suits.pk: ["start"]}


@pytest.mark.parametrize("told", [{"start": dt.date(2028, 1, 1)}, {"unknown_fields": ["start"]}])
def test_the_question_of_the_start_is_answered_by_a_day_and_by_vet_inte(town, lacking, told):  # noqa: F811
    suits = row(town, "Simhallen", start=None, months=24, fte=Decimal(3))
    ask(town, [suits])
    change(actor=town.who["park"], target=suits, seen=None, **told)
    assert walk_of(town.who["park"]).facts == {}
    came = what_came(PlannedProcurement.objects.all())["start"]
    assert (came.settled, came.unknown, came.waits) == (int("start" in told), int("start" not in told), 0)


def test_the_start_of_what_does_not_suit_is_not_asked_for(town, lacking):  # noqa: F811
    goods = row(town, "Stolar", start=None, nature="supplies", months=24, fte=Decimal(3))
    assert lacked(goods) == ()


def test_a_missing_start_is_a_gap_of_the_compilation_and_comes_last(as_, town, lacking):  # noqa: F811
    for number in range(4):
        row(town, f"Hall {number}", start=None, months=24, fte=Decimal(3))
    gaps = as_("ue").get("/sammanstallning/").context["gaps"]
    assert [gap.what for gap in gaps][-1] == "4 saknar avtalsstart"
    assert len(gaps) > 1
    assert "uppgift=start" in gaps[-1].button_href
    assert sum(each.count for each in lacks_of(PlannedProcurement.objects.all()) if "start" in each.facts) == 4
