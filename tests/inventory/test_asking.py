"""What judgements lack is asked for, once and of those who know; never what has come or is said to be unknown (R13)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from insteg.access.actor import Role
from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.inventory.actions import ask_for_facts, change, join, report, withdraw
from insteg.inventory.asking import again_from
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.inventory.queries.answering import facts_to_fill_in
from insteg.inventory.queries.planned import history
from insteg.inventory.queries.questions import what_came
from insteg.mail.models import Message, Notice, Preference
from insteg.organisations.models import Membership, User
from insteg.process.actions import advance
from insteg.process.models import Visit
from tests.shared_town import COMMON
from tests.town import address, member

DAY = dt.timedelta(days=1)
KNOWN = {"nature": "services", "value_min": 5_000_000, "value_max": 5_000_000, "extent_known": True}
BEGINS = {"start": dt.date(2028, 5, 1)}
ALL = ("nature", "extent_known", "months", "option_months", "fte", "start")


def row(town, title, who="park", where="Park", **facts):
    return report(actor=town.who[who], target=town.org[where], seen=None, title=title, **KNOWN | BEGINS | facts)


def lay_what_lacks(town):
    """At Park one without months and one without both months and staffing, at Hus one without staffing."""
    for label, who in (("p", "park"), ("h", "hus")):
        withdraw(actor=town.who[who], target=town.planned[label], seen=None, withdrawn_reason="Utgår")
    town.lacking = {
        "length": row(town, "Lokalvård", fte=Decimal(4)),
        "both": row(town, "Fönsterputs"),
        "staffing": row(town, "Trapphus", "hus", "Hus", months=24),
    }
    return town


LACKING = {"town": COMMON["town"], "lacking": lay_what_lacks}
LAID = LACKING


@pytest.fixture
def lacking(town):
    return town.lacking


def ask(town, rows, *facts, who="ue", **more):
    keys = [each.pk for each in rows]
    return ask_for_facts(
        actor=town.who[who], target=town.org["Stad"], seen=None, rows=keys, facts=facts or ALL, **more
    )  # fmt: skip


def letters():
    return {each.to.partition("@")[0]: each for each in Message.objects.order_by("created_at", "pk")}


def days_ago(days):
    FactQuestion.objects.update(created_at=clock.now() - dt.timedelta(days=days))


def asked():
    return {(title, tuple(fields)) for title, fields in FactQuestion.objects.values_list("planned__title", "fields")}


def task(town, who="park"):
    return next(iter(facts_to_fill_in(town.who[who])), None)


# --- what is asked


def test_each_organisation_gets_one_letter_about_what_it_lacks(town, lacking):
    ask(town, lacking.values())
    assert asked() == {("Lokalvård", ("months",)), ("Fönsterputs", ("months", "fte")), ("Trapphus", ("fte",))}
    sent = letters()
    assert {*sent} == {"park", "hus"}
    assert "Uppgifter saknas för 2 upphandlingar" in sent["park"].subject
    assert "– Lokalvård: avtalstid" in sent["park"].body
    assert "– Fönsterputs: avtalstid och årsarbetare" in sent["park"].body
    assert "Trapphus" not in sent["park"].body
    assert "/planerade/?show=asked" in sent["park"].body
    assert "Svara senast" not in sent["park"].body


def test_only_the_chosen_facts_are_asked_for(town, lacking):
    ask(town, lacking.values(), "fte")
    assert asked() == {("Fönsterputs", ("fte",)), ("Trapphus", ("fte",))}
    assert "avtalstid" not in letters()["park"].body


def test_the_name_of_one_fact_within_another_is_not_that_fact(town, lacking):
    short = row(town, "Kort", months=3, fte=Decimal(4))
    assert short.missing == "option_months"
    ask(town, [short, lacking["length"]], "months")
    assert asked() == {("Lokalvård", ("months",))}


def test_the_last_day_is_in_the_letter(town, lacking):
    ask(town, lacking.values(), wanted_by=clock.today() + 9 * DAY)
    assert "svara senast" in letters()["park"].subject
    assert {each.wanted_by for each in FactQuestion.objects.all()} == {clock.today() + 9 * DAY}


@pytest.mark.parametrize("days", [-1, 400])
def test_a_last_day_that_cannot_be_is_refused(town, lacking, days):
    with pytest.raises(ValidationError) as refused:
        ask(town, lacking.values(), wanted_by=clock.today() + days * DAY)
    assert "wanted_by" in refused.value.message_dict
    assert (FactQuestion.objects.count(), Message.objects.count()) == (0, 0)


def test_a_letter_names_twenty_and_counts_the_rest(town, lacking):
    rows = [row(town, f"Nummer {number:02}") for number in range(23)]
    ask(town, rows)
    body = letters()["park"].body
    assert (body.count("– Nummer"), "och 3 till" in body) == (20, True)
    assert FactQuestion.objects.count() == 23


def test_everyone_who_procures_there_is_written_to_once_in_their_own_language(town, lacking):
    member("park2", Role.PROCURING, town.org["Park"])
    Membership.objects.create(
        user=User.objects.get(email=address("park2")), role=Role.COACH, organisation=town.org["Stad"],
        unit=town.units["ame"],
    )  # fmt: skip
    User.objects.filter(email=address("park2")).update(language="en")
    ask(town, [lacking["length"]])
    assert Message.objects.count() == 2
    assert letters()["park2"].body.startswith("Hello") or "Hej" not in letters()["park2"].body


def test_whoever_wants_one_letter_a_day_gets_it_then(town, lacking):
    Preference.objects.create(user=User.objects.get(email=address("park")), pace=Preference.Pace.DAILY)
    ask(town, [lacking["length"]])
    assert (Message.objects.count(), Notice.objects.count()) == (0, 1)


@pytest.mark.parametrize("who", ["park", "styr", "ame", "admin", "af"])
def test_only_the_procurement_unit_asks(town, lacking, who):
    with pytest.raises(Refused):
        ask(town, lacking.values(), who=who)
    assert ask(town, lacking.values())


# --- what is not asked


def test_a_fact_that_came_meanwhile_is_not_asked_for(town, lacking):
    change(actor=town.who["park"], target=lacking["both"], seen=None, months=24)
    ask(town, lacking.values())
    assert asked() == {("Lokalvård", ("months",)), ("Fönsterputs", ("fte",)), ("Trapphus", ("fte",))}


@pytest.mark.parametrize("settle", [
    lambda town, each: change(actor=town.who["park"], target=each, seen=None, months=24),
    lambda town, each: change(actor=town.who["park"], target=each, seen=None, nature="supplies"),
    lambda town, each: withdraw(actor=town.who["park"], target=each, seen=None, withdrawn_reason="Utgår"),
])  # fmt: skip
def test_nothing_is_asked_when_nothing_is_missing_any_more(town, lacking, settle):
    settle(town, lacking["length"])
    with pytest.raises(Blocked, match="saknas längre"):
        ask(town, [lacking["length"]])
    assert (FactQuestion.objects.count(), Message.objects.count()) == (0, 0)


def test_what_is_bought_through_another_is_not_asked_about(town, lacking):
    joint = row(town, "Städning", "ue", "Stad", shared=True)
    join(
        actor=town.who["ue"], target=joint, seen=None, rows=[(lacking["length"].pk, 1)], also_not_shared=True
    )  # fmt: skip
    with pytest.raises(Blocked, match="saknas längre"):
        ask(town, [lacking["length"]])


def test_what_they_do_not_know_is_asked_only_when_one_says_so(town, lacking):
    change(actor=town.who["park"], target=lacking["length"], seen=None, unknown_fields=["months"])
    with pytest.raises(Blocked, match="vet än"):
        ask(town, [lacking["length"]])
    ask(town, [lacking["length"]], also_unknown=True)
    assert asked() == {("Lokalvård", ("months",))}


def test_an_extent_said_not_to_be_known_is_an_answer(town, lacking):
    unsure = row(town, "Snö", months=24, fte=Decimal(4), extent_known=False)
    with pytest.raises(Blocked, match="vet än"):
        ask(town, [unsure])


def test_the_same_fact_is_not_asked_for_twice_in_three_working_days(town, lacking):
    ask(town, [lacking["length"], lacking["both"]], "months")
    with pytest.raises(Blocked, match="nyss fått frågan"):
        ask(town, [lacking["length"]], who="ue2")
    ask(town, [lacking["both"]])
    assert FactQuestion.objects.filter(fields=["fte"]).count() == 1
    assert ask(town, [lacking["length"]], again=True)


@pytest.mark.parametrize(("asked_on", "again"), [
    ("2026-11-16", "2026-11-19"),  # Monday, Thursday
    ("2026-11-19", "2026-11-24"),  # over a weekend
    ("2026-12-22", "2026-12-29"),  # over Christmas
])  # fmt: skip
def test_three_working_days_are_given_to_find_out(asked_on, again):
    assert again_from(dt.date.fromisoformat(asked_on)) == dt.date.fromisoformat(again)


@pytest.mark.parametrize(("days", "may"), [(0, False), (1, False), (12, True)])
def test_it_may_be_asked_again_when_the_days_have_passed(town, lacking, days, may):
    ask(town, [lacking["length"]])
    days_ago(days)
    if not may:
        with pytest.raises(Blocked, match="Vänta till"):
            ask(town, [lacking["length"]])
    else:
        assert ask(town, [lacking["length"]])


def test_an_empty_place_is_named_and_the_others_are_asked(town, lacking):
    Membership.objects.filter(organisation=town.org["Hus"]).delete()
    with pytest.raises(Blocked, match=r"svara för Hus. Be administratören"):
        ask(town, [lacking["staffing"]])
    ask(town, lacking.values())
    assert {*letters()} == {"park"}
    assert not FactQuestion.objects.filter(planned=lacking["staffing"]).exists()


# --- what comes of it


def test_a_question_is_answered_by_the_fact_and_by_vet_inte(town, lacking):
    ask(town, lacking.values())
    before = what_came(PlannedProcurement.objects.all())
    assert {name: each.waits for name, each in before.items()} == {"months": 2, "fte": 2}
    change(actor=town.who["park"], target=lacking["length"], seen=None, months=24)
    change(actor=town.who["park"], target=lacking["both"], seen=None, unknown_fields=["months"])
    came = what_came(PlannedProcurement.objects.all())
    assert (came["months"].settled, came["months"].unknown, came["months"].waits) == (1, 1, 0)
    assert (came["fte"].settled, came["fte"].unknown, came["fte"].waits) == (0, 0, 2)


def test_what_was_said_to_be_unknown_before_the_question_is_no_answer_to_it(town, lacking):
    change(actor=town.who["park"], target=lacking["length"], seen=None, unknown_fields=["months"])
    ask(town, [lacking["length"]], also_unknown=True)
    assert what_came(PlannedProcurement.objects.all())["months"].waits == 1
    PlannedProcurement.objects.filter(pk=lacking["length"].pk).update(confirmed_at=clock.now())
    assert what_came(PlannedProcurement.objects.all())["months"].unknown == 1


def test_the_organisations_task_says_who_has_asked_and_by_when(town, lacking):
    assert "frågade" not in task(town).about
    ask(town, [lacking["length"]], wanted_by=clock.today() + 5 * DAY)
    days_ago(2)
    told = task(town)
    assert told.title == "Svara på frågor om 1 upphandling"
    assert told.url == "/planerade/?show=asked"
    assert "upphandlingsenheten frågade" in told.about
    assert (told.since, told.due_on) == (clock.today() - 2 * DAY, clock.today() + 5 * DAY)
    change(actor=town.who["park"], target=lacking["length"], seen=None, months=24)
    assert task(town).title == "Fyll i uppgifter för 1 upphandling"


def test_the_task_to_fill_in_is_due_when_the_first_of_the_cases_is(town, lacking):
    due = [clock.today() - DAY, clock.today() + 5 * DAY]
    for name, day in zip(("both", "length"), due, strict=True):
        Visit.objects.filter(run=lacking[name].run_id).update(due_on=day)
    assert (task(town).title, task(town).due_on) == ("Fyll i uppgifter för 2 upphandlingar", due[0])
    change(actor=town.who["park"], target=lacking["both"], seen=None, months=24, fte=Decimal(4))
    assert (task(town).title, task(town).due_on) == ("Fyll i uppgifter för 1 upphandling", due[1])
    here = Visit.objects.select_related("run").get(run=lacking["length"].run_id)
    onward = {"move_key": "as_it_is", "seen_visit": here.pk, "why": "De hinner inte svara"}
    advance(actor=town.who["ue"], target=here.run, seen=None, **onward)
    assert (task(town).title, task(town).due_on) == ("Fyll i uppgifter för 1 upphandling", None)


def test_what_they_have_said_they_do_not_know_is_no_task_until_asked_again(town, lacking):
    for name in ("length", "both"):
        change(actor=town.who["park"], target=lacking[name], seen=None, unknown_fields=["months", "fte"])
    assert task(town) is None
    ask(town, [lacking["length"]], also_unknown=True)
    assert task(town).title == "Svara på frågor om 1 upphandling"


def test_the_history_of_what_was_asked_about_says_so(town, lacking):
    ask(town, [lacking["length"]])
    assert "Upphandlingsenheten frågade efter uppgifter som saknas" in [e.what for e in history(lacking["length"])]
    assert len(history(lacking["both"])) == 1
