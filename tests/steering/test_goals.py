"""The goal tree (R1): vision, focus areas, goals and assignments, measures for each year, occasions of reporting."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.timezone import localdate

from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.home.queries import waiting
from insteg.organisations.models import User
from insteg.steering import actions
from insteg.steering.demo import goals as demo
from insteg.steering.models import Goal, Occasion, Target
from insteg.steering.queries import goals as queries

LEVEL = Goal.Level


@pytest.fixture
def tree(town):
    """What the goal coordinator has brought in, down to the council's assignment."""
    by = {"actor": town.who["mal"], "seen": None}
    town.vision = actions.add_vision(target=town.org["Stad"], title="Alla får chansen", **by)
    town.area = actions.add_goal(target=town.vision, level=LEVEL.FOCUS_AREA, title="Hållbar stad", **by)
    town.goal = actions.add_goal(target=town.area, level=LEVEL.GOAL, title="Egen försörjning ska öka", **by)
    town.assignment = actions.add_goal(target=town.goal, level=LEVEL.ASSIGNMENT, title="Fler med sociala krav", **by)
    return town


def by(town, name="mal"):
    return {"actor": town.who[name], "seen": None}


def text_of(client, path="/mal/"):
    return " ".join(client.get(path).content.decode().split())


def test_the_tree_is_read_from_the_vision_down(tree, as_):
    page = text_of(as_("park"))
    places = [page.index(row.title) for row in (tree.vision, tree.area, tree.goal, tree.assignment)]
    assert places == sorted(places)
    assert "Ett mål och ett uppdrag från fullmäktige visar vad arbetet är till för." in page
    assert "Lägg till under" not in page
    assert "Lägg till under" in text_of(as_("mal"))


def test_what_there_is_none_of_is_not_counted(tree, as_):
    actions.end_goal(target=tree.assignment, **by(tree))
    assert "Ett mål visar vad arbetet är till för." in text_of(as_("park"))


@pytest.mark.parametrize(("under", "level"), [
    ("vision", LEVEL.ASSIGNMENT), ("vision", LEVEL.VISION), ("area", LEVEL.FOCUS_AREA), ("area", LEVEL.ASSIGNMENT),
    ("goal", LEVEL.GOAL), ("goal", LEVEL.FOCUS_AREA), ("assignment", LEVEL.ASSIGNMENT), ("assignment", LEVEL.GOAL),
])  # fmt: skip
def test_what_cannot_stand_there_is_refused(tree, under, level):
    with pytest.raises(ValidationError):
        actions.add_goal(target=getattr(tree, under), level=level, title="Fel plats", **by(tree))
    assert not Goal.objects.filter(title="Fel plats").exists()


def test_a_goal_may_stand_under_the_vision_where_there_are_no_focus_areas(tree):
    assert actions.add_goal(target=tree.vision, level=LEVEL.GOAL, title="Trygghet", **by(tree)).parent == tree.vision


def test_the_database_lets_only_a_vision_stand_by_itself(tree):
    for wrong in ({"level": LEVEL.GOAL}, {"level": LEVEL.VISION, "parent": tree.vision}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.bulk_create([Goal(title="Ensam", **wrong)])


def test_a_measure_is_set_for_each_year_and_only_once(tree):
    measure = {"measure": "Upphandlingar med krav", "value": 6}
    actions.set_target(target=tree.assignment, year=2026, **measure, **by(tree))
    actions.set_target(target=tree.assignment, year=2027, **measure, **by(tree))
    with pytest.raises(ValidationError, match="redan ett årsmål"):
        actions.set_target(target=tree.assignment, year=2027, **measure, **by(tree))
    assert list(Target.objects.order_by("year").values_list("year", "value")) == [(2026, 6), (2027, 6)]


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(tree, as_):
    client = as_("mal")
    address = f"/mal/{tree.assignment.pk}/arsmal/"
    form = client.get(address).context["form"]
    sent = {"version": form.initial["version"], "key": form.initial["key"], "year": "1789", "measure": "Platser"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Platser" in answer.content.decode()
    assert not Target.objects.exists()


def test_a_goal_is_ended_from_below_and_taken_up_from_above(tree):
    with pytest.raises(Blocked, match="Avsluta dem först"):
        actions.end_goal(target=tree.goal, **by(tree))
    actions.end_goal(target=tree.assignment, **by(tree))
    actions.end_goal(target=tree.goal, **by(tree))
    with pytest.raises(Blocked, match="Återuppta det först"):
        actions.revive_goal(target=tree.assignment, **by(tree))
    actions.revive_goal(target=tree.goal, **by(tree))
    actions.revive_goal(target=tree.assignment, **by(tree))
    assert Goal.objects.standing().count() == 4


def test_what_has_ended_stays_and_is_not_changed(tree, as_):
    actions.set_target(target=tree.assignment, year=2026, measure="Platser", value=2, **by(tree))
    actions.end_goal(target=tree.assignment, **by(tree))
    assert "Avslutade" in text_of(as_("ue"))
    with pytest.raises(Refused):
        actions.change_goal(target=tree.assignment, title="Annat", **by(tree))
    with pytest.raises(Refused):
        actions.remove_target(target=Target.objects.get(), **by(tree))


@pytest.mark.parametrize("name", ["ue", "park", "ame", "chef", "styr", "bistand", "bygg", "af"])
def test_only_the_goal_coordinator_and_the_administrator_keep_the_goals(tree, name):
    with pytest.raises(Refused):
        actions.change_goal(target=tree.goal, title="Annat", **by(tree, name))
    with pytest.raises(Refused):
        actions.add_vision(target=tree.org["Stad"], title="Annat", **by(tree, name))
    actions.change_goal(target=tree.goal, title="Annat", **by(tree, "admin"))


def test_years_that_run_backwards_are_refused(tree):
    with pytest.raises((ValidationError, DatabaseError), match="sista året"):
        actions.change_goal(target=tree.goal, from_year=2027, to_year=2026, **by(tree))


@pytest.fixture
def report(town):
    """The annual report, to be made on the twelfth of February."""
    due = {"title": "Årsredovisning 2026", "due_on": dt.date(2027, 2, 12), "note": "Siffrorna"}
    return actions.add_occasion(target=town.org["Stad"], **due, **by(town))


def on(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(9), dt.UTC), tick=False)


def test_the_coordinator_is_reminded_two_months_before_until_it_is_reported(town, report):
    def told(name="mal"):
        return [task.title for task in waiting(town.who[name]).mine if "Årsredovisning" in task.title]

    with on(dt.date(2026, 12, 1)):
        assert told() == []
    with on(dt.date(2027, 1, 10)):
        assert told() == ["Rapportera om målen: Årsredovisning 2026"]
        assert told("mal2") == told()
        assert told("admin") == told("ue") == []
        actions.report_occasion(target=report, **by(town))
        assert told() == []
        actions.reopen_occasion(target=report, **by(town))
        assert told() != []


def test_what_was_reported_is_kept_with_its_day(town, report, as_):
    actions.report_occasion(target=report, **by(town))
    with pytest.raises(Refused):
        actions.remove_occasion(target=report, **by(town))
    assert localdate(Occasion.objects.get().reported_at) == clock.today()
    assert "Rapporterat" in text_of(as_("ue"))


def test_an_empty_tree_says_what_to_do_and_to_whom(town, as_):
    assert "Börja med visionen" in text_of(as_("mal"))
    assert "Målsamordnaren för in" in text_of(as_("ue"))


def test_a_goal_is_found_by_its_words(tree, as_):
    assert "Egen försörjning ska öka" in text_of(as_("ue"), "/sok/?q=egen+försörjning")


@pytest.mark.parametrize("outsider", ["bygg", "af"])
def test_no_goal_is_found_by_somebody_outside_the_city(tree, outsider):
    assert queries.found(tree.who["ue"], ["egen"]).hits
    assert not queries.found(tree.who[outsider], ["egen"]).hits


def test_the_example_city_gets_its_goals_once(town):
    User.objects.filter(pk=town.who["mal"].id).update(is_example=True)
    demo.fill()
    demo.fill()
    levels = list(Goal.objects.values_list("level", flat=True))
    assert [levels.count(level) for level in LEVEL] == [1, 3, 1, 1]
    assert (Target.objects.count(), Occasion.objects.count()) == (4, 2)
