"""What a rule's condition and a list's filter shut out, where no other test would miss them."""

from contextlib import nullcontext
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import QueryDict

from insteg.access.rules import NOTHING, Rule
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.actions import change
from insteg.inventory.cards.needs import answered_needs
from insteg.inventory.cards.questions import ONE
from insteg.inventory.forms.planned import PlannedForm
from insteg.inventory.forms.plans import content_of
from insteg.inventory.models import AnsweredRow, Assessment, FactQuestion, PlannedProcurement, RoundRequest
from insteg.inventory.plan_reader.limits import LARGEST_FILE
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


# --- what a page offers


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "report", "join"), [
    ("ue", True, True), ("park", True, False), ("ame", False, False), ("styr", False, False),
])  # fmt: skip
def test_the_list_offers_to_report_and_to_join_to_those_who_may(as_, town, name, report, join):
    page = as_(name).get("/planerade/")
    assert (page.context["may_report"], page.context["may_join"]) == (report, join)
    assert ('href="/planerade/gemensamma/"' in page.content.decode()) == join


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "offered"), [("ue", True), ("park", True), ("ame", False), ("chef", False)])
def test_answers_are_compared_by_those_who_answer_for_organisations(as_, house, name, offered):
    assert as_(name).get("/inventering/svar/").context["may_compare"] is offered


@pytest.mark.one_database
def test_more_time_is_offered_to_whom_it_is_to_give_while_the_round_is_under_way(as_, house):
    def offered(name, label):
        return as_(name).get(f"/inventering/svar/{house.requests[label].pk}/").context["may_extend"]

    house.answers["a-over"].delete()
    assert (offered("ue", "a-now"), offered("chef", "a-now"), offered("ue", "a-over")) == (True, False, False)


@pytest.mark.one_database
def test_what_a_unit_needs_is_read_by_those_who_answer_for_it_and_by_nobody_else_there(house):
    """ "styr2" sits in the same unit, in another role."""
    answer = house.answers["s-over"]
    answer.needs = [{"occupation": "Bagare", "form": "internship", "places": 2, "people": 3}]
    rows = {name: answered_needs(answer, house.who[name]).rows for name in ("sia", "chef2", "styr2", "ame", "ue")}
    assert {name for name in rows if rows[name]} == {"sia", "chef2"}


# --- what was answered and how it was judged


def an_answered_row(house):
    facts = {"facts": {"title": "Parkskötsel"}, "change": "new"}
    return AnsweredRow.objects.create(answer=house.answers["p-over"], planned=house.planned["p"], **facts)


def an_assessment(house):
    return Assessment.objects.filter(planned=house.planned["p"]).first()


@pytest.mark.parametrize(("made", "said"), [
    (an_answered_row, "An answer stands as it was sent"), (an_assessment, "An assessment stands as it was made"),
])  # fmt: skip
def test_what_was_sent_and_how_it_was_judged_stands(house, made, said):
    row = made(house)
    rows = type(row).objects.filter(pk=row.pk)
    for spoil in (lambda: rows.update(version=9), lambda: rows._raw_delete("default")):
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            spoil()
    assert rows.get().version == 1


# --- what a form takes


@pytest.mark.one_database
@pytest.mark.parametrize(("code", "faults"), [("90910000", []), ("99910000", ["cpv"])])
def test_a_cpv_code_begins_with_a_division_that_there_is(town, code, faults):
    form = PlannedForm({"title": "Städning", "cpv": code, "version": 1, "key": str(uuid4())})
    assert [name for name in form.errors if name == "cpv"] == faults


@pytest.mark.one_database
@pytest.mark.parametrize(("over", "taken"), [(0, True), (1, False)])
def test_a_file_is_taken_up_to_the_largest_size(over, taken):
    sent = SimpleUploadedFile("plan.xlsx", b"innehall")
    sent.size = LARGEST_FILE + over
    with nullcontext() if taken else pytest.raises(ValidationError, match="20 MB"):
        assert content_of(sent) == b"innehall"


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
