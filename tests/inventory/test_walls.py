"""What a rule's condition and a list's filter shut out, where no other test would miss them."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from insteg.access.rules import NOTHING, Rule
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.actions import change
from insteg.inventory.cards.questions import ONE
from insteg.inventory.models import FactQuestion, PlannedProcurement, RoundRequest
from insteg.inventory.queries import answering, occupations_again, shared
from insteg.inventory.queries.agreements import renewals_of
from insteg.inventory.queries.compilation_reading import rounds_to_choose
from insteg.inventory.queries.planned import reporting_for
from insteg.inventory.queries.shared import chosen_rows, found_by_words
from insteg.inventory.views.questions import at_hand
from insteg.organisations.models import Organisation


def withdrawn(house, row):
    gone = {"withdrawn_at": clock.now(), "withdrawn_as": "mistake", "withdrawn_reason": "Fel."}
    PlannedProcurement.objects.filter(pk=row.pk).update(**gone)


def joined(house, row):
    PlannedProcurement.objects.filter(pk=row.pk).update(merged_into=house.planned["gu"])


@pytest.mark.parametrize(("who", "rule", "label", "then"), [
    ("ue", access.UNCONFIRM_OCCUPATIONS, "h", withdrawn),
    ("park", access.UNCONFIRM_OCCUPATIONS, "s3", withdrawn),
    ("ue", access.BUY, "gj", withdrawn),
    ("ue", access.BUY, "gj", joined),
    ("park", access.BUY, "p", withdrawn),
    ("park", access.BUY, "p", joined),
])  # fmt: skip
def test_nothing_more_is_done_with_what_is_withdrawn_or_joined(house, who, rule, label, then):
    row = house.planned[label]
    assert rule.permits(house.who[who], row.pk)
    then(house, row)
    assert not rule.permits(house.who[who], row.pk)


# --- what can be joined


def chosen(house, row):
    return chosen_rows([str(row.pk)], house.who["ue"])


def by_words(house, row):
    return found_by_words(row.title, house.who["ue"], without=[])


@pytest.mark.parametrize("find", [chosen, by_words])
@pytest.mark.parametrize("then", [withdrawn, joined])
def test_what_is_withdrawn_or_joined_is_not_there_to_join(house, find, then):
    row = house.planned["p"]
    assert find(house, row) == [row]
    then(house, row)
    assert find(house, row) == []


# --- each sees their own


def test_what_follows_on_an_agreement_is_told_to_those_who_may_see_it(house):
    told = {name: [*renewals_of(house.agreements["pl"], house.who[name])] for name in ("ue", "park", "hus")}
    assert told == {"ue": [house.planned["p"]], "park": [house.planned["p"]], "hus": []}


def test_a_compilation_is_of_a_round_that_one_was_asked_in(house):
    RoundRequest.objects.filter(round=house.rounds["now"], organisation=house.org["Park"]).delete()
    both = [house.rounds["now"], house.rounds["over"]]
    told = {name: rounds_to_choose(house.who[name]) for name in ("ue", "hus", "park")}
    assert told == {"ue": both, "hus": both, "park": [house.rounds["over"]]}


def test_one_reports_for_organisations_that_buy_and_have_not_closed(house):
    park = house.org["Park"]
    assert [*reporting_for(house.who["park"])] == [park]
    assert {row.name for row in reporting_for(house.who["ue"])} == {
        "Stad",
        "Vård",
        "Park",
        "Skola",
        "Hus",
        "El",
        "Snart",
    }
    Organisation.objects.filter(pk=park.pk).update(closed_on=clock.today())
    assert park not in reporting_for(house.who["ue"])


def test_facts_are_asked_for_about_what_one_may_see(house):
    hus = house.planned["h"]

    def named_by(name):
        return at_hand(SimpleNamespace(GET=QueryDict(f"{ONE}={hus.pk}"), actor=house.who[name]))[0]

    assert {name: named_by(name) for name in ("ue", "hus", "park")} == {"ue": hus, "hus": hus, "park": None}


# --- the rule says whose it is, also the day when it is made narrower


def something_to_do(house):
    """Facts asked for at Hus, Park's occupations confirmed for another code, and Skola's to be joined."""
    FactQuestion.objects.create(planned=house.planned["h"], fields=["months"], asked_by_id=house.who["ue"].id)
    change(actor=house.who["park"], target=house.planned["s3"], seen=None, cpv="45443000")


@pytest.mark.parametrize(("find", "who", "rule"), [
    (answering.answers_awaited, "ue", "CHANGE"),
    (occupations_again.tasks, "park", "CHANGE"),
    (shared.tasks, "ue", "TO_JOIN"),
])  # fmt: skip
def test_a_task_is_about_what_the_rule_lets_one_reach(house, monkeypatch, find, who, rule):
    something_to_do(house)
    assert len([*find(house.who[who])]) == 1
    now = getattr(access, rule)
    monkeypatch.setattr(access, rule, Rule(now.name, now.model, dict.fromkeys(now.table, lambda actor: NOTHING)))
    assert [*find(house.who[who])] == []
