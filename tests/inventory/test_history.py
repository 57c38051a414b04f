"""What was answered, as it was; and what has changed since, also between rounds (R14)."""

import datetime as dt
import re
from collections import Counter
from decimal import Decimal

import pytest

from insteg.core import clock
from insteg.inventory.actions import change, reinstate, report, take_up_answer, withdraw
from insteg.inventory.models import FACTS, AnsweredRow, InventoryRound, PlannedProcurement, RoundAnswer
from insteg.inventory.queries import history
from insteg.inventory.snapshots import Change, changed_facts, facts_as_reported
from tests.inventory.answering import carried, confirm_all, page_of, rounds, row, send

CHANGES = "/inventering/andringar/"


@pytest.fixture
def city(town):
    """Park answered the old round with two rows, when it was open, and is asked again."""
    town.round = rounds(town)
    town.asked = town.round.asked["Park-new"]
    town.kept, town.other = town.planned["p"], carried(town, "Snöröjning", months=24, value_min=10**6, value_max=10**6)
    old = town.round.asked["Park-old"]
    town.first = RoundAnswer.objects.create(request=old, number=1, answered_by_id=town.who["park"].id)
    long_ago = clock.now() - dt.timedelta(days=95)
    RoundAnswer.objects.update(created_at=long_ago)
    town.first.refresh_from_db()
    for planned in (town.kept, town.other):
        facts = facts_as_reported(PlannedProcurement.objects.get(pk=planned.pk))
        AnsweredRow.objects.create(answer=town.first, planned=planned, change="new", facts=facts)
    return town


def tidy(response):
    """Its words with one space between them; the space that may not be broken is left."""
    return re.sub(r"[ \n]+", " ", response.content.decode())


def kinds(answer):
    return {str(one): Change(one.change) for one in history.rows_as_sent(answer)}


def changed(city, name="ue", **chosen):
    """{title: kind}; the counts, which are asked for in another way, say the same."""
    found = history.changes(city.who[name], **chosen).rows
    if "day" not in chosen:
        told = history.counts(city.who[name], **chosen).kinds
        assert Counter(one.kind for one in found) == Counter(told)
    return {one.planned.title: one.kind for one in found}


def test_an_answer_tells_what_is_new_changed_the_same_and_gone(city):
    change(actor=city.who["park"], target=city.other, seen=None, months=36)
    row(city, "Sandning")
    gone = row(city, "Kom och gick")
    withdraw(actor=city.who["park"], target=gone, seen=None, withdrawn_reason="Nej")
    confirm_all(city, city.asked)
    answer = send(city, city.asked)
    assert kinds(answer) == {"Parkskötsel": Change.SAME, "Snöröjning": Change.CHANGED, "Sandning": Change.NEW}
    assert answer.rows.get(planned=city.other).changed == ["months"]
    told = {"withdrawn_as": "advertised", "withdrawn_reason": "Annonserad i maj"}
    take_up_answer(actor=city.who["park"], target=answer, seen=None)
    withdraw(actor=city.who["park"], target=city.kept, seen=None, **told)
    second = send(city, city.asked)
    assert kinds(second)["Parkskötsel"] == Change.GONE
    assert second.rows.get(planned=city.kept).facts["withdrawn_reason"] == "Annonserad i maj"


def test_a_mended_answer_is_held_against_the_round_before_and_not_against_itself(city):
    """What is new in the round is new still, though it stood in the answer that was taken up again."""
    row(city, "Sandning")
    confirm_all(city, city.asked)
    first = send(city, city.asked)
    take_up_answer(actor=city.who["park"], target=first, seen=None)
    second = send(city, city.asked)
    assert kinds(second)["Sandning"] == Change.NEW
    assert history.compared_with(second) == city.first


def test_the_page_shows_each_change_from_what_to_what(city, as_):
    change(actor=city.who["park"], target=city.other, seen=None, months=36, value_max=2 * 10**6)
    confirm_all(city, city.asked)
    answer = send(city, city.asked)
    change(actor=city.who["park"], target=city.other, seen=None, months=48, title="Vinterväghållning")
    html = tidy(as_("park").get(f"/inventering/skickat/{answer.pk}/"))
    assert "<del>24\xa0mån</del> <ins>36\xa0mån</ins>" in html
    assert "<del>1,0\xa0mnkr</del> <ins>1,0–2,0\xa0mnkr</ins>" in html
    assert "48\xa0mån" not in html
    assert "Vinterväghållning" not in html
    assert "Mot svaret" in html


def test_a_fact_that_became_known_was_only_unknown_before(city, as_):
    park = {"actor": city.who["park"], "target": city.other, "seen": None}
    change(**park, value_min=None, value_max=None, unknown_fields=["value_max"])
    confirm_all(city, city.asked)
    answer = send(city, city.asked)
    html = tidy(as_("park").get(f"/inventering/skickat/{answer.pk}/"))
    assert "<ins>okänd</ins>" in html
    assert "har organisationen sagt" not in html


def test_the_page_of_the_request_shows_what_has_changed_since_the_answer_before(city, as_):
    change(actor=city.who["park"], target=city.other, seen=None, months=36)
    html = tidy(as_("park").get(page_of(city.asked)))
    assert "<del>24\xa0mån</del> <ins>36\xa0mån</ins>" in html


def test_a_change_after_the_answer_is_seen_and_leaves_it_as_it_was(city, as_):
    confirm_all(city, city.asked)
    send(city, city.asked)
    assert changed(city) == {"Fasadrenovering": Change.NEW}  # Hus has never answered
    change(actor=city.who["park"], target=city.other, seen=None, months=36)
    assert changed(city, organisation=str(city.org["Park"].pk)) == {"Snöröjning": Change.CHANGED}
    html = as_("park").get(page_of(city.asked)).content.decode()
    assert "Listan har ändrats sedan dess" in html


def test_what_has_changed_is_asked_of_an_answer_a_round_or_a_day(city):
    change(actor=city.who["park"], target=city.other, seen=None, months=36)
    confirm_all(city, city.asked)
    send(city, city.asked)
    park = str(city.org["Park"].pk)
    assert changed(city, organisation=park) == {}
    assert changed(city, organisation=park, asked=city.round.old) == {"Snöröjning": Change.CHANGED}
    assert changed(city, organisation=park, day=clock.today()) == {"Snöröjning": Change.CHANGED}
    assert changed(city, organisation=park, day=clock.today() + dt.timedelta(1)) == {}


def test_new_and_gone_are_changes_and_a_confirmation_is_none(city):
    confirm_all(city, city.asked)
    row(city, "Sandning")
    withdraw(actor=city.who["park"], target=city.kept, seen=None, withdrawn_reason="Nej")
    came_and_went = row(city, "Kom och gick")
    withdraw(actor=city.who["park"], target=came_and_went, seen=None, withdrawn_reason="Nej")
    expected = {"Sandning": Change.NEW, "Parkskötsel": Change.GONE}
    assert changed(city, name="park") == expected
    assert changed(city, name="park", day=clock.today()) == expected


def test_what_is_taken_back_is_as_before(city):
    withdraw(actor=city.who["park"], target=city.kept, seen=None, withdrawn_reason="Nej")
    gone = PlannedProcurement.objects.get(pk=city.kept.pk)
    reinstate(actor=city.who["park"], target=gone, seen=None)
    assert changed(city, name="park") == {}


def test_one_with_many_changes_hides_no_other(city, as_, monkeypatch):
    """Of more than can be shown each organisation gets its share, and the page does not say that it is all."""
    monkeypatch.setattr(history, "MOST", 6)
    monkeypatch.setattr(history, "LEAST", 2)
    first = row(city, "Äldst")
    for number in range(9):
        row(city, f"Sandning {number}")
    hus = report(actor=city.who["hus"], target=city.org["Hus"], seen=None, title="Tak")
    PlannedProcurement.objects.filter(pk__in=[first.pk, hus.pk]).update(confirmed_at=clock.now() - dt.timedelta(days=9))
    for chosen in ({}, {"day": (clock.today() - dt.timedelta(days=1)).isoformat()}):
        html = tidy(as_("ue").get(CHANGES, chosen))
        assert "Park (minst 3)" in html
        assert "Tak" in html
        assert "Äldst" not in html
        assert "minst 4 nya" in html or "minst 5 nya" in html
        assert "Alla visas inte." in html
        assert f"?organisation={city.org['Park'].pk}" in html
    own = tidy(as_("park").get(CHANGES))
    assert "Park (minst 6)" in own
    assert "Välj en senare dag" in own
    assert "Se fler ändringar" not in own
    monkeypatch.setattr(history, "MOST", 500)
    assert "minst" not in tidy(as_("ue").get(CHANGES))


def test_each_sees_the_changes_of_their_own(city, as_):
    change(actor=city.who["park"], target=city.other, seen=None, months=36)
    assert "Snöröjning" in as_("ue").get(CHANGES).content.decode()
    assert "Snöröjning" in as_("park").get(CHANGES).content.decode()
    hus = as_("hus").get(CHANGES, {"organisation": city.org["Park"].pk}).content.decode()
    assert "Snöröjning" not in hus


def test_the_choice_lives_in_the_address_and_a_broken_one_changes_nothing(city, as_):
    change(actor=city.who["park"], target=city.other, seen=None, months=36)
    client = as_("ue")
    found = client.get(CHANGES, {"since": city.round.old.pk, "organisation": city.org["Park"].pk}).content.decode()
    assert f"Ändrat sedan svaret {city.round.old}: 1 ändrad." in found
    assert client.get(CHANGES, {"since": "x", "day": "31/2 2028", "organisation": "1"}).status_code == 200


def test_our_answers_are_listed_round_by_round(city, as_):
    confirm_all(city, city.asked)
    send(city, city.asked)
    html = as_("park").get("/inventering/svar/").content.decode()
    assert html.index(str(city.round.new)) < html.index(str(city.round.old))
    assert "Hus" not in html.split("<main")[1]
    everyone = as_("ue").get("/inventering/svar/").content.decode()
    assert "AME" in everyone
    only = as_("ue").get("/inventering/svar/", {"organisation": city.org["Hus"].pk}).content.decode()
    assert "AME" not in only.split("<tbody")[1]


def test_a_snapshot_holds_every_fact_and_reads_back_the_same(city):
    planned = PlannedProcurement.objects.get(pk=city.other.pk)
    planned.start, planned.fte = dt.date(2028, 3, 1), Decimal(2)
    kept = facts_as_reported(planned)
    assert set(FACTS) <= kept.keys()
    assert (kept["start"], kept["fte"]) == ("2028-03-01", "2.0")
    planned.fte = Decimal("2.5")
    assert changed_facts(kept, facts_as_reported(planned)) == ["fte"]
    planned.fte, planned.months, planned.unknown_fields = Decimal(2), None, ["months"]
    assert changed_facts(kept, facts_as_reported(planned)) == ["months"]


def test_drafts_are_no_history(city, as_):
    InventoryRound.objects.create(
        year=2099, term="spring", closes_on=clock.today(), natures=["works"], first_year=2099, last_year=2099
    )
    assert "2099" not in as_("ue").get("/inventering/svar/").content.decode()


def test_what_was_under_way_when_the_answer_was_sent_is_told(city):
    """Begun before it, saved after it: the answer does not hold it, though it bears an earlier time."""
    confirm_all(city, city.asked)
    answer = send(city, city.asked)
    change(actor=city.who["park"], target=city.other, seen=None, months=36)
    row(city, "Sandning")
    withdraw(actor=city.who["park"], target=city.kept, seen=None, withdrawn_reason="Nej")
    RoundAnswer.objects.filter(pk=answer.pk).update(created_at=clock.now() + dt.timedelta(seconds=2))
    assert changed(city, name="park") == {
        "Snöröjning": Change.CHANGED, "Sandning": Change.NEW, "Parkskötsel": Change.GONE
    }  # fmt: skip
