"""The nets ask about every address and every rule; of one guard it is enough to ask about its own."""

from importlib import import_module
from typing import Any
from uuid import uuid4

from insteg.access.actor import Actor
from insteg.access.addresses import addresses
from tests.guards.guard import Kind
from tests.guards.switch import ASKED

OF_ADDRESSES, OF_RULES = "tests.nets.test_every_url", "tests.nets.test_every_rule"
OF_LOG = "tests.nets.test_every_log_entry"

# With rows of every kind in the log, for a guard that is not of one action: what is locked beside, made, and follows.
FEW = (
    "process.take",
    "needs.confirm",
    "steering.add_goal",
    "inventory.separate",
    "inventory.join",
    "inventory.withdraw",
)


def narrow(key: str) -> None:
    """Call in the process that removes the guard, before its tests."""
    if f"::{Kind.VIEW.value}::" in key:
        net = import_module(OF_ADDRESSES)
        routes = {route for route, view in addresses() if getattr(view, "key", None) == key}
        net.TABLE = [row for row in net.TABLE if row.route in routes]
    if f"::{Kind.RULE.value}::" in key or f"::{Kind.CONDITION.value}::" in key:
        net = import_module(OF_RULES)
        net.MATRIX = {rule: said for rule, said in net.MATRIX.items() if asks(rule, key)} or net.MATRIX
    if f"::{Kind.LOG.value}::" in key:
        net = import_module(OF_LOG)
        named = [name for name in net.CALLS if f"'{name}'" in key] or FEW
        net.CALLS = {name: net.CALLS[name] for name in named}
        net.NAMED = {name: said for name, said in net.NAMED.items() if name in named}


def asks(rule: Any, key: str) -> bool:
    """Whether the rule's rows for some role depend on the guard."""
    ASKED.clear()
    for role in rule.table:
        for kind in ("member", "link", "system"):
            rule.rows(Actor(kind, str(uuid4()), role, uuid4(), uuid4(), uuid4()))
    return key in ASKED
