"""Where cases stand is asked in as many questions for fifty as for one, and the guards of all of them in one."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from insteg.process import access
from insteg.process.guards import GUARDS, guards_of, unmet
from insteg.process.models import ItemAnswer, Kind, Run
from insteg.process.queries.standing import standings
from tests.process.engine.model import STEPS, altered, case, cases, move, publish, visit_of

GUARDED = altered(STEPS, tell={"move": [
    move("dated", "weigh", guards=["start_told"]),
    move("all", "weigh", guards=["start_told", "places_known", "facts_told"]),
]})  # fmt: skip


def asked(ask):
    with CaptureQueriesContext(connection) as queries:
        ask()
    return [each["sql"] for each in queries]


def keys(rows):
    return [row.run_id for row in rows]


def test_fifty_cost_what_one_costs(town):
    publish()
    old = cases(town, 10)
    publish(GUARDED)
    rows = [*old, *cases(town, 20, start=dt.date(2028, 1, 1)), *cases(town, 20, "Hus"), case(town, at="weigh")]
    for visit in (visit_of(row) for row in rows[:5]):
        item = visit.step.items.get(key="told")
        ItemAnswer.objects.create(visit=visit, item=item, said="done", by="x")
    for name in ("park", "ue", "styr", "ame", "admin"):
        one, all_ = (asked(lambda n=n, name=name: standings(keys(rows[-n:]), town.who[name])) for n in (1, len(rows)))
        assert len(one) == len(all_), name
        assert len(all_) <= 7


def test_the_guards_of_many_rows_are_one_question(town):
    publish(GUARDED)
    rows = [*cases(town, 2, start=dt.date(2028, 1, 1)), *cases(town, 50)]
    every = [guard.key for guard in guards_of(Kind.PLANNED_PROCUREMENT)]
    assert len(every) > 3
    assert len(asked(lambda: unmet(Kind.PLANNED_PROCUREMENT, keys(rows), every))) == 1
    told = unmet(Kind.PLANNED_PROCUREMENT, keys(rows), ["start_told"])
    assert {key: [*no] for key, no in told.items()} == {
        row.run_id: [] if n < 2 else ["start_told"] for n, row in enumerate(rows)
    }


def test_a_guard_of_another_kind_or_of_none_says_no(town, monkeypatch):
    publish(GUARDED)
    row = case(town, start=dt.date(2028, 1, 1))
    other = GUARDS["start_told"]
    monkeypatch.setitem(GUARDS, "other", type(other)("other", Kind.CONTRACT, other.met, "", "Nej"))
    assert unmet(Kind.PLANNED_PROCUREMENT, [row.run_id], ["start_told", "other", "gone"]) == {
        row.run_id: {
            "other": "Villkoret ”other” finns inte längre.",
            "gone": "Villkoret ”gone” finns inte längre.",
        }
    }
    assert "other" not in {guard.key for guard in guards_of(Kind.PLANNED_PROCUREMENT)}


def test_a_kind_that_no_room_has_is_about_nothing(town):
    assert unmet(Kind.CONTRACT, [visit_of(case(town)).run_id], ["start_told"]) == {}


def test_whose_a_case_is_the_page_and_the_gate_say_alike(town):
    """Whoever may take a way or answer an item reaches the case, and whoever reaches it holds a lane of it."""
    rows = [*cases(town, 2), *cases(town, 2, "Hus"), *cases(town, 1, "Stad", shared=True)]
    for name, actor in town.who.items():
        found = standings(keys(rows), actor)
        reached = set(
            access.MOVE_CASE.filter(Run.objects.filter(pk__in=keys(rows)), actor).values_list("pk", flat=True)
        )
        seen = set(access.SEE_CASE.filter(Run.objects.filter(pk__in=keys(rows)), actor).values_list("pk", flat=True))
        does = {key for key, each in found.items() if each.mine or any(way.mine for way in each.ways.values())}
        assert does <= reached <= seen, name
