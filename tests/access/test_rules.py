"""A rule written once gives one answer, whatever it is asked of. Who may what: tests/nets/test_every_rule.py."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from insteg.access.actor import NOT_PERSONS, PERSONS, SYSTEM, Actor, Role
from insteg.access.rules import NOTHING, Rule, about_own_columns, every, granted, same
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Organisation

UE = Actor("member", "1", Role.PROCUREMENT_UNIT)


def rule(rows, model=PlannedProcurement):
    return Rule("x", model, {Role.PROCUREMENT_UNIT: lambda actor: rows})


def answers(asked, actor=UE):
    """By list, by object and by column."""
    everything = asked.model.objects.all()
    return (
        [*asked.filter(everything, actor).values_list("pk", flat=True).order_by("pk")],
        sorted(row.pk for row in everything if asked.permits(actor, row.pk)),
        sorted(row.pk for row in granted(everything, actor, may=asked) if row.may),
    )


@pytest.mark.parametrize(("rows", "reached"), [
    (Q(), "ph"),
    (NOTHING, ""),
    (Q(pk__in=[]), ""),
    (Q(start__gte="2020-01-01"), ""),  # NULL in every row: neither yes nor no to a database
    (~Q(start__gte="2020-01-01"), "ph"),
    (Q(organisation__planned__title__gte="A"), "ph"),  # a join to many
    (Q(organisation__name="Park"), "p"),
    (Q(organisation__name="Park") | Q(title="Fasadrenovering"), "ph"),
    (Q(Exists(PlannedProcurement.objects.filter(organisation=OuterRef("organisation"), title="Parkskötsel"))), "p"),
])  # fmt: skip
def test_list_object_and_column_agree_whatever_the_rule_is_about(town, rows, reached):
    expected = sorted(town.planned[label].pk for label in reached)
    assert answers(rule(rows)) == (expected, expected, expected)


def test_a_join_to_many_doubles_no_row(town):
    """Park has two organisations' worth of rows; joined, each would come twice."""
    PlannedProcurement.objects.filter(pk=town.planned["h"].pk).update(organisation=town.org["Park"])
    many = rule(Q(planned__title__gte="A"), Organisation)
    assert [*many.filter(Organisation.objects.all(), UE)] == [town.org["Park"]]
    assert granted(Organisation.objects.filter(name="Park"), UE, may=many).get().may is True


def test_a_column_is_never_null(town):
    seen = granted(PlannedProcurement.objects.all(), UE, may=rule(Q(start__gte="2020-01-01")))
    assert seen.filter(may=False).count() == 2
    assert seen.filter(may=True).count() == 0


@pytest.mark.parametrize(("rows", "own"), [
    (Q(), True),
    (NOTHING, True),
    (Q(title="x", organisation=None) | Q(withdrawn_at__isnull=True), True),
    (Q(organisation__in=[1]), True),
    (~Q(start__year=2027), True),
    (Q(organisation__name="x"), False),
    (Q(title="x") & Q(organisation__name="x"), False),
    (Q(organisation_id=1), False),
    (Q(title=F("organisation__name")), False),
    (~(Q(title="x") & ~Q(upload__rows__title="x")), False),
    (Q(Exists(Organisation.objects.all())), False),
])  # fmt: skip
def test_what_is_asked_of_the_rows_themselves(rows, own):
    assert about_own_columns(rows, PlannedProcurement) is own


def test_a_list_is_asked_without_a_subquery_where_the_rows_hold_the_answer(town):
    with CaptureQueriesContext(connection) as queries:
        [*rule(Q(organisation=town.org["Park"])).filter(PlannedProcurement.objects.order_by("pk"), UE)]
    assert "EXISTS" not in queries[0]["sql"]


def test_a_rule_that_names_no_such_field_fails_at_once(town):
    with pytest.raises(FieldError):
        answers(rule(Q(nonsense=1)))


def test_a_role_that_is_not_named_and_no_role_get_nothing(town):
    named = Rule("x", PlannedProcurement, {Role.PROCUREMENT_UNIT: every})
    for actor in (SYSTEM, Actor("member", "1"), Actor("link", "1"), Actor("api", "1"), town.who["park"]):
        assert answers(named, actor) == ([], [], [])
    assert len(answers(named)[0]) == 2


def test_none_is_nobody(town):
    """A bare Q(upload=None) would give every row that was typed by hand."""
    assert same("upload", None) == NOTHING
    assert answers(rule(same("upload", None))) == ([], [], [])
    assert len(answers(rule(Q(upload=None)))[0]) == 2


def test_persons_are_all_roles_but_those_that_nobody_can_be_given():
    assert {*PERSONS, *NOT_PERSONS} == set(Role)
    assert not {*PERSONS} & {*NOT_PERSONS}
