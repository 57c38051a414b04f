"""Every verb of every room: refused to whoever lacks the right, logged once, without values, and done wholly or not."""

import json

import pytest
from django.apps import apps
from django.db import connection, transaction
from django_q.models import OrmQ

from insteg.access.actor import SYSTEM, VISITOR, Actor
from insteg.audit import gate
from insteg.audit.gate import ACTIONS, Refused, Stale
from insteg.audit.models import Entry
from insteg.inventory.cards.agreements import WORDS as OF_AGREEMENTS
from insteg.inventory.queries.planned import WORDS as OF_PLANNED
from insteg.process.models import Run
from tests.nets.calls import CALLS
from tests.nets.rows import furniture, rows_of


@pytest.fixture
def each(house):
    """For every action, what is to be called; each is undone before the next."""

    def walk():
        for name, call in CALLS.items():
            with transaction.atomic():
                if call.first:
                    call.first(house)
                target = call.target(house)
                target.refresh_from_db()
                yield name, ACTIONS[name], {"actor": call.by(house), "target": target}, call.said(house)
                transaction.set_rollback(True)

    return walk


@pytest.fixture
def before(house):
    """What every own table holds before an action is called: the same for all, but those that need more first."""
    as_it_stands = snapshot()
    return lambda name: snapshot() if CALLS[name].first else as_it_stands


def snapshot():
    """Every row of every own table, and the queue."""
    models = [model for model in apps.get_models() if model.__module__.startswith("insteg.")]
    return {model._meta.label: rows_as_they_lie(model._meta) for model in [*models, OrmQ]}


def rows_as_they_lie(table):
    """Asked without Django's objects: a hundred tables are read several hundred times."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table.db_table} ORDER BY {table.pk.column}")
        return cursor.fetchall()


furniture("actions")  # reading them fills ACTIONS


def test_every_action_is_here():
    assert set(CALLS) == set(ACTIONS)


def test_every_action_refuses_everyone_without_the_right(house):
    """With no data: whoever passed the right would get a TypeError, so the right is asked before anything else."""
    rows = rows_of(house)
    outsiders = (SYSTEM, VISITOR, Actor("link", "1"), Actor("api", "1"), Actor("member", house.who["ue"].id))
    before, let_in, never_refused = snapshot(), [], []
    for name, act in ACTIONS.items():
        refused = 0
        for actor in (*one_of_each_role(house), *outsiders):
            may_some = actor.role in act.rule.table
            for row in [*rows[act.rule.model].values()][: 3 if may_some else 1]:
                if may_some and act.rule.permits(actor, row.pk):
                    continue
                refused += 1
                try:
                    act(actor=actor, target=row, seen=None)
                except Refused:
                    continue
                except Exception as error:
                    let_in.append((name, actor.role, repr(error)))
        if not refused:
            never_refused.append(name)
    assert (let_in, never_refused) == ([], [])
    assert snapshot() == before


def one_of_each_role(house):
    """Which rows each person of a role reaches is asked by test_every_rule.py."""
    return {actor.role: actor for actor in reversed(house.who.values())}.values()


def test_a_row_that_is_gone_is_refused_like_one_that_is_not_ours(house):
    gone = type(house.planned["p"])()
    with pytest.raises(Refused):
        ACTIONS["inventory.change"](actor=house.who["ue"], target=gone, seen=None, title="x")


def test_every_action_is_logged_once_with_names_and_without_values(each):
    for name, act, call, data in each():
        actor, target = call["actor"], call["target"]
        # What follows for its case is in the log under the same name, and is about the case.
        about_it = Entry.objects.filter(action=name, subjects__model=target._meta.label, subjects__row=target.pk)
        before = about_it.count()
        act(**call, seen=target.version, **data)
        assert about_it.count() == before + 1, name
        entry = Entry.objects.latest("pk")
        assert (entry.action, entry.actor_kind, entry.actor_id) == (name, actor.kind, actor.id)
        assert (entry.membership_id, entry.reason) == (actor.membership_id, "")
        assert entry.subjects.filter(model=target._meta.label, row=target.pk).count() == 1, name
        assert set(entry.changed) <= {f.name for f in target._meta.fields}, name
        written = json.dumps([entry.changed, [*entry.subjects.values_list("model", flat=True)]], ensure_ascii=False)
        assert [value for value in texts(data) if value in written] == [], name
        assert "@" not in written


def texts(data):
    """What was said in words, long enough not to be part of a field's name by chance."""
    for value in data.values():
        values = value if isinstance(value, list) else [value]
        yield from (v for v in values if isinstance(v, str) and len(v) > 3)


def test_every_action_that_finds_another_version_does_nothing(each, before):
    for name, act, call, data in each():
        was = before(name)
        with pytest.raises(Stale):
            act(**call, seen=call["target"].version + 7, **data)
        assert snapshot() == was, name


def test_every_action_that_cannot_be_logged_is_not_done(each, before, monkeypatch):
    def broken(*args):
        raise RuntimeError("the log")

    monkeypatch.setattr(gate, "record", broken)
    for name, act, call, data in each():
        was = before(name)
        with pytest.raises(RuntimeError, match="the log"):
            act(**call, seen=None, **data)
        assert snapshot() == was, name


def test_every_action_changes_something(each, before):
    """So that the two above have something to see."""
    for name, act, call, data in each():
        was = before(name)
        act(**call, seen=None, **data)
        now = snapshot()
        changed = {table for table in was if was[table] != now[table]} - {"audit.Entry", "audit.EntrySubject"}
        assert changed or name in DOES_NOTHING_HERE, name


DOES_NOTHING_HERE = {
    "inventory.judge_again",  # everything is judged by this edition already
    "inventory.confirm_rows",  # which rows is said by key, and none is
}


def test_every_change_raises_the_version(each):
    for name, act, call, data in each():
        target = call["target"]
        facts, version = gate.facts(target), target.version
        act(**call, seen=None, **data)
        row = type(target)._base_manager.filter(pk=target.pk).first()
        if row is not None:  # else it was thrown away
            changed = {f for f, value in gate.facts(row).items() if value != facts[f]} - {"version"}
            assert row.version == version + bool(changed), name
            assert set(Entry.objects.latest("pk").changed) == changed, name


IN_ITS_PANEL = [name for name, action in ACTIONS.items() if action.rule.model is Run]  # beside the history of its row
TOLD_IN_A_HISTORY = {
    "inventory.PlannedProcurement": [*OF_PLANNED, *IN_ITS_PANEL],
    "inventory.RunningAgreement": OF_AGREEMENTS,
}


def test_every_action_on_what_has_a_history_says_there_what_was_done(each):
    """In words: else it would be missing on the page."""
    wordless = []
    for _name, act, call, data in each():
        before = Entry.objects.latest("pk").pk if Entry.objects.exists() else 0
        act(**call, seen=None, **data)
        logged = Entry.objects.filter(pk__gt=before).values_list("action", "subjects__model")
        wordless += [(n, model) for n, model in logged if n not in TOLD_IN_A_HISTORY.get(model, [n])]
    assert wordless == []
