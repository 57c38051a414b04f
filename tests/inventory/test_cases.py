"""A planned procurement is a case of the working model from the day it is reported (R12, R14, R80)."""

import datetime as dt
import random
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from itertools import product

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory import actions
from insteg.inventory.asking import ASKABLE, lacked, said_unknown
from insteg.inventory.cases import FACTS, KIND
from insteg.inventory.comparison import Decisions
from insteg.inventory.jobs import judge_again
from insteg.inventory.models import PlannedProcurement, RunningAgreement
from insteg.inventory.plan_reader import read
from insteg.process import flow
from insteg.process.actions import advance
from insteg.process.guards import GUARDS
from insteg.process.models import Process, RuleSet, Visit
from insteg.process.shipped import shipped, write
from tests.inventory.answering import rounds
from tests.process.cases import decide
from tests.process.engine.model import do, log_of, publish, standing, visit_of, where

UNIT = {"nature": "services", "cpv": "90910000", "value_min": 5_000_000, "value_max": 5_000_000}
TOLD = UNIT | {"months": 24, "option_months": 0, "fte": Decimal(3)}


def reported(town, who="park", organisation="Park", **facts):
    return actions.report(
        actor=town.who[who], target=town.org[organisation], seen=None, **{"title": "Lokalvård"} | facts
    )


def change(town, row, who="park", **facts):
    actions.change(actor=town.who[who], target=row, seen=None, **facts)


def withdraw(town, row, who="park"):
    actions.withdraw(actor=town.who[who], target=row, seen=None, withdrawn_reason="Behovet finns inte.")


def move(town, name, row, key, **more):
    do(advance, town, name, row, move_key=key, **more)


def fresh(row):
    return PlannedProcurement.objects.get(pk=row.pk)


def saved(town, *lines, organisation="Park"):
    """What a plan of these lines makes of what the organisation has reported; what it lacks is withdrawn."""
    content = "\r\n".join(["Upphandling;Värde (tkr);Avtalstid;Årsarbetare;CPV", *lines, ""]).encode()
    plan = actions.upload(
        actor=town.who["ue"], target=town.org[organisation], seen=None,
        content=content, filename="plan.csv", reading=read(content, "plan.csv"),
    )  # fmt: skip
    known = PlannedProcurement.objects.filter(organisation=town.org[organisation], withdrawn_at=None)
    named = {line.split(";")[0] for line in lines}
    gone = {str(row.pk): "cancelled" for row in known if row.title not in named}
    actions.save_plan(actor=town.who["ue"], target=plan, seen=None, decisions=Decisions(gone=gone))
    return {row.title: row for row in PlannedProcurement.objects.filter(organisation=town.org[organisation])}


# --- it begins


def test_what_lacks_facts_waits_with_whoever_reported_it(town):
    row = reported(town, **UNIT)
    assert where(row) == "report"
    assert visit_of(row).due_on == shift(clock.today(), 10)
    assert visit_of(row).entered_by == town.who["park"].id


def test_what_is_told_whole_goes_to_the_procurement_unit_at_once(town):
    row = reported(town, **TOLD)
    assert where(row) == "assess"
    assert [visit.step.key for visit in Visit.objects.filter(run=row.run_id).order_by("created_at")] == [
        "report",
        "assess",
    ]
    assert log_of(row) == ["inventory.report"]


def test_one_no_is_enough_so_nothing_more_is_waited_for(town):
    row = reported(town, nature="supplies")
    assert (fresh(row).missing, where(row)) == ("extent_known,months,fte", "assess")


def test_what_is_said_not_to_be_known_is_told(town):
    assert where(reported(town, **UNIT, unknown_fields=["months", "fte"])) == "assess"
    assert where(reported(town, **UNIT, unknown_fields=["months"])) == "report"
    assert where(reported(town, **TOLD | {"extent_known": False})) == "assess"


def test_whoever_publishes_a_model_meanwhile_changes_no_case_that_has_begun(town):
    before = reported(town)
    publish()
    after = reported(town, title="Nyare")
    assert (where(before), where(after)) == ("report", "tell")


def test_what_follows_on_an_agreement_is_a_case(town):
    soon = clock.today().replace(year=clock.today().year + 1, day=1)
    agreement = RunningAgreement.objects.create(organisation=town.org["Park"], title="Städning", ends_on=soon)
    row = actions.plan_renewal(actor=town.who["park"], target=agreement, seen=None, title="Städning", **TOLD)
    assert (where(row), log_of(row)) == ("assess", ["inventory.plan_renewal"])


def test_every_row_of_a_plan_is_a_case_and_goes_on_where_it_is_told(town):
    rows = saved(town, "Städning;5000;24 mån;3;90910000", "Trädvård;900;24 mån;;77211500")
    assert {title: where(rows[title]) for title in ("Städning", "Trädvård")} == {
        "Städning": "assess", "Trädvård": "report",
    }  # fmt: skip
    assert log_of(rows["Städning"]) == ["inventory.save_plan"]


def test_ten_times_as_many_rows_cost_no_more_questions(town):
    def cost(count, organisation):
        lines = [f"Rad {n} av {count};5000;24 mån;{3 if n % 2 else ''};90910000" for n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            saved(town, *lines, organisation=organisation)
        return len(asked)

    few = cost(10, "Skola")
    assert cost(100, "Vård") <= few + 8  # the database takes so many columns at a time


# --- it goes on


def test_the_last_fact_hands_it_over(town):
    row = reported(town, **UNIT)
    change(town, row, months=24)
    assert where(row) == "report"
    change(town, row, who="ue", fte=Decimal(3))  # whoever says it
    assert (where(row), log_of(row)) == ("assess", ["inventory.change"])


def test_what_has_gone_on_does_not_come_back_when_a_fact_is_taken_away(town):
    row = reported(town, **TOLD)
    change(town, row, fte=None)
    assert where(row) == "assess"


def test_a_plan_that_tells_the_rest_hands_it_over(town):
    row = reported(town, title="Trädvård", **UNIT)
    saved(town, "Trädvård;5000;24 mån;3;90910000")
    assert (where(row), log_of(row)) == ("assess", ["inventory.change"])


def test_a_new_rule_set_moves_nobody_but_who_confirms_afterwards_does(town):
    row = reported(town, **TOLD | {"months": 3, "option_months": None})
    assert where(row) == "report"  # can it be prolonged?
    RuleSet.objects.create(edition=2, min_months=3, published_at=clock.now())
    judge_again()
    assert (fresh(row).missing, where(row)) == ("", "report")
    asked = rounds(town).asked["Park-new"]
    actions.confirm_rows(actor=town.who["park"], target=asked, seen=None, rows={row.pk: fresh(row).version})
    assert (where(row), log_of(row)) == ("assess", ["inventory.confirm_rows"])


def test_a_plan_that_says_the_same_confirms_it_as_well(town):
    line = "Trädvård;5000;24 mån;3;90910000"
    row = saved(town, line)["Trädvård"]
    Visit.objects.filter(run=row.run_id, left_at=None).update(
        left_at=clock.now(), left_by="x", left_how="edition"
    )  # fmt: skip
    first = row.run.process.steps.get(key="report")
    flow.enter([row.run], first, town.who["park"])
    saved(town, line, "Sandning;900;;;")
    assert (where(row), log_of(row)[-1]) == ("assess", "inventory.confirm_rows")


@pytest.mark.parametrize(
    ("guard", "verb", "facts"),
    [
        ("occupations_confirmed", "confirm_occupations", {"occupations": []}),
        ("places_known", "set_places", {"places_set": 2, "places_reason": "Två områden."}),
        ("start_told", "change", {"start": dt.date(2031, 1, 1)}),
        ("suitable", "change", {"months": 24, "unknown_fields": []}),
    ],
)
def test_a_condition_that_the_administrator_adds_is_met_by_the_verb_that_meets_it(town, guard, verb, facts):
    model = shipped(KIND)
    model["step"][0]["move"][0]["guards"].append(guard)
    process = Process.objects.create(kind=KIND, edition=2)
    write(model, process, lambda name: apps.get_model("process", name))
    Process.objects.filter(pk=process.pk).update(published_at=clock.now())
    row = reported(town, **TOLD | {"months": None, "unknown_fields": ["months"]})
    assert where(row) == "report"
    getattr(actions, verb)(actor=town.who["ue"], target=row, seen=None, **facts)
    assert (where(row), log_of(row)) == ("assess", [f"inventory.{verb}"])


# --- it ends and stands again


def test_what_is_withdrawn_waits_for_nobody_and_stands_again_where_it_stood(town):
    row = reported(town, **TOLD)
    move(town, "ue", row, "to_steering")
    seen = visit_of(row)
    withdraw(town, row)
    assert (where(row), Visit.objects.get(pk=seen.pk).left_how) == (None, "closed")
    with pytest.raises(Refused):
        do(advance, town, "styr", row, seen_visit=seen.pk, move_key="require", why="Ja.")
    actions.reinstate(actor=town.who["park"], target=row, seen=None)
    assert (where(row), visit_of(row).due_on) == ("decide", shift(clock.today(), 60))
    assert log_of(row) == ["inventory.report", "process.advance", "inventory.withdraw", "inventory.reinstate"]


def test_what_a_plan_lacks_is_withdrawn_with_its_case(town):
    row = saved(town, "Trädvård;900;24 mån;3;77211500")["Trädvård"]
    saved(town, "Städning;5000;24 mån;3;90910000")
    assert (fresh(row).withdrawn_as, where(row), log_of(row)[-1]) == ("cancelled", None, "inventory.withdraw")


def test_what_was_withdrawn_before_there_were_cases_begins_one_when_it_comes_back(town):
    told, untold = reported(town, **TOLD), reported(town, **UNIT)
    for row in (told, untold):
        withdraw(town, row)
        PlannedProcurement.objects.filter(pk=row.pk).update(run=None)
        actions.reinstate(actor=town.who["park"], target=row, seen=None)
    assert [where(fresh(row)) for row in (told, untold)] == ["assess", "report"]


@pytest.fixture
def carried(town):
    """The procurement unit's joint one, and one that Park has reported as shared."""
    joint = reported(town, "ue", "Stad", title="Bevakning", shared=True, **TOLD)
    park = reported(town, title="Väktare", shared=True, **TOLD)
    actions.join(actor=town.who["ue"], target=joint, seen=None, rows=[(park.pk, park.version)])
    return joint, park


def test_what_is_joined_is_bought_through_the_joint_ones_case(town, carried):
    joint, park = carried
    assert (where(joint), where(park), log_of(park)[-1]) == ("assess", None, "inventory.join")
    actions.separate(actor=town.who["ue"], target=park, seen=None)
    assert (where(park), log_of(park)[-1]) == ("assess", "inventory.separate")


def test_a_joint_one_that_is_begun_closes_the_cases_of_what_it_carries(town):
    park = reported(town, title="Väktare", shared=True, **TOLD)
    rows = [(park.pk, park.version)]
    made = actions.begin_joint(
        actor=town.who["ue"], target=town.org["Stad"], seen=None, rows=rows, title="Bevakning", **UNIT
    )
    assert (where(made[0]), where(park), log_of(park)[-1]) == ("report", None, "inventory.begin_joint")


@pytest.mark.parametrize("told_meanwhile", [False, True])
def test_whoever_withdraws_the_joint_one_gives_the_reports_their_cases_back(town, told_meanwhile):
    joint = reported(town, "ue", "Stad", title="Bevakning", shared=True, **TOLD)
    park = reported(town, title="Väktare", shared=True, **UNIT)
    actions.join(actor=town.who["ue"], target=joint, seen=None, rows=[(park.pk, park.version)])
    if told_meanwhile:
        change(town, park, months=24, fte=Decimal(3))
        assert where(park) is None
    withdraw(town, joint, "ue")
    assert (where(joint), where(park)) == (None, "assess" if told_meanwhile else "report")


# --- it comes to an end of its own


@pytest.fixture
def not_taken_up(town):
    row = reported(town, **TOLD)
    move(town, "ue", row, "not_taken_up", why="För liten.")
    return row


def test_what_has_ended_can_be_changed_and_stays_ended(town, not_taken_up):
    change(town, not_taken_up, fte=Decimal(9))
    assert (fresh(not_taken_up).fte, where(not_taken_up)) == (9, None)


def test_what_has_ended_can_be_withdrawn_and_taken_back_and_stays_ended(town, not_taken_up):
    before = log_of(not_taken_up)
    withdraw(town, not_taken_up)
    actions.reinstate(actor=town.who["park"], target=not_taken_up, seen=None)
    assert where(not_taken_up) is None
    assert Visit.objects.filter(run=not_taken_up.run_id).latest("entered_at").left_move.key == "not_taken_up"
    assert log_of(not_taken_up) == before


# --- whatever people do


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do_what_waits_stands_in_one_place(town, seed):
    """A current row whose case has not come to its own end has one open visit; no other row has any."""
    chance = random.Random(seed)
    joint = reported(town, "ue", "Stad", title="Bevakning", shared=True, **TOLD)
    rows = [
        joint,
        *(reported(town, title=f"Väktare {n}", shared=True, **chance.choice([UNIT, TOLD])) for n in range(3)),
    ]
    for _step in range(30):
        with suppress(Blocked, Refused):  # the right and the time are others' tests
            one_thing(town, chance, fresh(chance.choice(rows)), fresh(joint))
        stand_in_one_place()


def one_thing(town, chance, row, joint):
    """Something that somebody could do with the row, and often may."""
    standing_now = standing(row, town.who["ue"])
    ways = [*standing_now.ways] if standing_now else []
    ue = {"actor": town.who["ue"], "seen": None}
    verbs = [
        lambda: actions.change(target=row, **ue, **chance.choice([{"months": 24, "fte": 3}, {"months": None}])),
        lambda: actions.withdraw(target=row, **ue, withdrawn_reason="Nej."),
        lambda: actions.reinstate(target=row, **ue),
        lambda: actions.reinstate(target=row, **ue),
        lambda: actions.join(target=joint, **ue, rows=[(row.pk, row.version)]),
        lambda: actions.separate(target=row, **ue),
        lambda: ways and move(town, chance.choice(["ue", "styr", "park"]), row, chance.choice(ways), why="Så."),
        lambda: ways and decide(town, row, chance.choice(ways), "Så."),
    ]
    chance.choice(verbs)()


def stand_in_one_place():
    open_visits = Visit.objects.filter(run=OuterRef("run"), left_at=None)
    own_end = Visit.objects.filter(run=OuterRef("run"), left_how="move", left_move__target=None)
    current = PlannedProcurement.objects.current().filter(~Exists(own_end))
    assert not current.filter(~Exists(open_visits)).exists()
    assert not PlannedProcurement.objects.exclude(pk__in=current.values("pk")).filter(Exists(open_visits)).exists()
    # That none has two the database sees to.


# --- what the guard says, and the first cases


def test_the_guard_says_what_is_waited_for_as_the_task_to_fill_in_does(town):
    """The page, the task and the arrow agree on every row."""
    kinds = product(["services", "supplies", ""], [None, 24], [None, Decimal(3)], [None, False, True],
                    [[], ["months"], ["fte", "months"]])  # fmt: skip
    for nature, months, fte, extent, unknown in kinds:
        reported(town, nature=nature, months=months, fte=fte, extent_known=extent, unknown_fields=unknown)
    told = {row.pk for row in PlannedProcurement.objects.filter(GUARDS["facts_told"].met())}
    for row in PlannedProcurement.objects.all():
        waits = {*lacked(row)} - {"start"} - said_unknown(row)
        assert (row.pk in told) == (not waits), row.missing
        assert FIRST_CASES.told(row) == (row.pk in told)


def test_every_fact_that_a_judgement_can_lack_is_asked_about():
    assert {*FACTS} == {*ASKABLE} - {"start"}


FIRST_CASES = import_module("insteg.inventory.migrations.0016_first_cases")


def test_what_was_reported_before_there_were_cases_gets_one_where_it_would_have_stood(town, carried):
    told, untold, gone = reported(town, **TOLD), reported(town, **UNIT), reported(town)
    withdraw(town, gone)
    PlannedProcurement.objects.update(run=None)
    FIRST_CASES.begin(apps, None)
    joint, park = carried
    assert [where(fresh(row)) for row in (told, untold, joint)] == ["assess", "report", "assess"]
    assert [fresh(row).run for row in (gone, park)] == [None, None]
    assert visit_of(fresh(told)).due_on == shift(clock.today(), 30)
    actions.separate(actor=town.who["ue"], target=park, seen=None)
    assert where(fresh(park)) == "assess"


def test_the_first_cases_cost_a_few_questions_for_five_hundred_rows(town):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            FIRST_CASES.begin(apps, None)
        return len(asked)

    PlannedProcurement.objects.update(run=None)
    few = cost()
    facts = {"organisation": town.org["Park"], "rule_set": town.rule_set, "proposal": "needs_facts", "missing": "fte"}
    PlannedProcurement.objects.bulk_create(PlannedProcurement(title=f"Nr {n}", **facts) for n in range(490))
    assert cost() <= few + 12  # SQLite takes so many columns at a time
    assert not PlannedProcurement.objects.filter(run=None, withdrawn_at=None).exists()
