"""The town of the nets in a database of its own, outside pytest, and persons who ask for its pages."""

import contextlib
import hashlib
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from insteg.organisations.models import Organisation
from tests import hostile
from tests.town import build, furnish


@contextlib.contextmanager
def ground() -> Iterator[SimpleNamespace]:
    """The furnished town, on the database that the settings name."""
    logging.disable()
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        with pytest.MonkeyPatch.context() as patch:
            hostile.shuffle_what_has_no_order(patch, "attacks")
            yield furnish(build())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()
        logging.disable(logging.NOTSET)


class Writes:
    """Which tables are written to while it looks."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        verb, *rest = sql.split(None, 3)
        if verb in ("INSERT", "UPDATE", "DELETE"):
            self.tables.add(rest[0 if verb == "UPDATE" else 1].strip('"'))
        return execute(sql, params, many, context)


# What the machinery may write whether or not anything is done: sessions, counts of tries, keys of the form at hand.
OWN_BOOKS = {"django_session", "cache", "usersessions_usersession", "organisations_user"}


def imprint(table: str) -> str:
    """Of every row of the table."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


OWNED = [
    model
    for model in apps.get_models()
    if any(field.name == "organisation" and field.related_model is Organisation for field in model._meta.fields)
]


def imprint_of_others(model: type[Model], organisation: object) -> str:
    rows = model._base_manager.exclude(organisation=organisation).order_by("pk").values_list()
    return hashlib.sha256(repr([*rows]).encode("utf-8", "surrogatepass")).hexdigest()


class Visitor:
    """Asks as one person. What an answer did is undone, so that none depends on the ones before."""

    def __init__(self, town: SimpleNamespace, name: str | None) -> None:
        self.client, self.name, self.town = Client(raise_request_exception=False), name, town
        self.actor = town.who.get(name) if name else None
        if name:
            self.client.force_login(town.people[name])
            self.client.get("/halsa/")
        self.signed_in = self.client.cookies.output().replace("Set-Cookie: ", "")
        self.files = dict(default_storage._root._children)  # of the town, in memory

    @contextlib.contextmanager
    def visit(self) -> Iterator[Writes]:
        """Within it anything may be asked, and looked at afterwards; then it never was."""
        self.client.cookies.clear()
        self.client.cookies.load(self.signed_in)
        writes = Writes()
        try:
            with transaction.atomic(), connection.execute_wrapper(writes):
                try:
                    yield writes
                finally:
                    transaction.set_rollback(True)
        finally:
            default_storage._root._children = dict(self.files)


class Before:
    """How the tables stood before anything was asked."""

    def __init__(self, town: SimpleNamespace) -> None:
        self.tables: dict[str, str] = {
            model._meta.db_table: imprint(model._meta.db_table) for model in apps.get_models()
        }
        self.others = {
            (model, town.org[label].pk): imprint_of_others(model, town.org[label])
            for model in OWNED for label in ("Park", "Hus")
        }  # fmt: skip

    def changed(self, writes: Writes) -> list[str]:
        return [table for table in sorted(writes.tables - OWN_BOOKS) if self.tables.get(table) != imprint(table)]

    def changed_of_others(self, writes: Writes, organisation: object) -> list[str]:
        return [
            model._meta.label
            for model in OWNED
            if model._meta.db_table in writes.tables
            and (model, organisation) in self.others
            and self.others[model, organisation] != imprint_of_others(model, organisation)
        ]
