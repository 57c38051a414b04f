"""Protections switched off, to see that the harness then says so: `python -m tests.faults --without NAME`."""

import contextlib
import os
import time

from tests.faults.postgres import OPTIONS


def page():
    """No page of our own when the database is away: Django's answer to any fault, 500."""
    from django.views import defaults

    from insteg.config import urls

    urls.handler400, urls.handler500 = defaults.bad_request, defaults.server_error


def doubt():
    """Nobody remembers that a commit was tried: everyone is told that nothing was saved."""
    from insteg.core.away import Remembers

    Remembers.may_have_saved = property(lambda connection: False, lambda connection, value: None)


def form_key():
    """The form's key is not asked: whoever sends again gets another."""
    from insteg.audit import forms

    def once(*, key, actor, act):
        with forms.transaction.atomic():
            return act()

    forms.once, forms.answer_before = once, lambda request: None


def transaction():
    """The log is written a moment after what it tells of has been saved, and not with it."""
    from django.db import transaction

    from insteg.audit import gate

    record = gate.record

    def record_late(*args):
        def late():
            time.sleep(0.3)
            record(*args)

        transaction.on_commit(late)

    gate.record = record_late


PROTECTIONS = {"page": page, "doubt": doubt, "form-key": form_key, "transaction": transaction}
OF_POSTGRESQL = {"durability": ("synchronous_commit=off", "wal_writer_delay=10000")}  # acknowledged before it is kept


def switch_off():
    """In the process that is served, before it is forked."""
    for name in filter(None, os.environ.get("FAULTS_WITHOUT", "").split(",")):
        with contextlib.suppress(KeyError):
            PROTECTIONS[name]()


def options_of_postgresql(names):
    return (*OPTIONS, *(option for name in names for option in OF_POSTGRESQL.get(name, ())))
