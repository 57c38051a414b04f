"""Protections switched off, to see that the harness then says so: `python -m tests.faults --without NAME`."""

import contextlib
import os
import smtplib
import time

from django.db.models import Q

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


def version():
    """Nobody asks which version of the row the sender looked at."""
    from insteg.audit.gate import Action

    checked = Action.__call__
    Action.__call__ = lambda self, *, seen, **said: checked(self, seen=None, **said)


def outbox():
    """A letter is sent by the page that writes it, and not by the worker."""
    from insteg.core import jobs
    from insteg.mail import outbox

    outbox.queue = lambda name, **data: jobs.run(name, data)


def in_hand():
    """A worker does not ask whether another has the letter in hand."""
    from insteg.mail import jobs

    jobs.Q = lambda **which: Q()


def copies():
    """How often the mail server was handed a letter without an answer is not counted."""
    from insteg.mail import server

    server.HandsOver.data = smtplib.SMTP.data


def work_first():
    """A job is taken out of the queue before it is done: who dies in its midst has lost it."""
    from django_q.brokers.orm import ORM

    dequeue = ORM.dequeue

    def forgetful(self):
        tasks = dequeue(self) or []
        for key, _payload in tasks:
            self.delete(key)
        return tasks

    ORM.dequeue = forgetful


PROTECTIONS = {
    "page": page, "doubt": doubt, "form-key": form_key, "transaction": transaction, "version": version,
    "outbox": outbox, "in-hand": in_hand, "copies": copies, "work-first": work_first,
}  # fmt: skip
OF_POSTGRESQL = {"durability": ("synchronous_commit=off", "wal_writer_delay=10000")}  # acknowledged before it is kept


def switch_off():
    """In the process that is served, before it is forked."""
    for name in filter(None, os.environ.get("FAULTS_WITHOUT", "").split(",")):
        with contextlib.suppress(KeyError):
            PROTECTIONS[name]()


def options_of_postgresql(names):
    return (*OPTIONS, *(option for name in names for option in OF_POSTGRESQL.get(name, ())))
