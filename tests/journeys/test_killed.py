"""The worker killed again and again in the middle of its work: every letter once, at most once more where the mail
server had already taken it, and every reminder once.

KILLS=3 before the command makes it quick.
"""

import datetime as dt
import os
import random
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils.timezone import localtime
from django_q.models import OrmQ

from insteg.access.actor import Role
from insteg.core import clock
from insteg.core.jobs import queue
from insteg.core.workdays import shift
from insteg.inventory.models import InventoryRound, Reminder, RoundRequest
from insteg.mail.models import Message
from insteg.mail.outbox import post
from insteg.organisations.models import Membership, Organisation, User
from tests.mail.smtp import serving
from tests.worker_app.process import PATIENCE, Worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the worker's rows are seen on PostgreSQL alone"),
]
KILLS = int(os.environ.get("KILLS", "20"))
LETTERS, ORGANISATIONS = 4 * KILLS, 2 * KILLS


def until(done, what):
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, what()
        time.sleep(0.02)


def killed(worker, progress):
    """Starts a worker, waits until it has got somewhere, and kills it a moment later. Returns when."""
    before = progress()
    with worker():
        until(lambda: progress() != before, progress)
        time.sleep(random.random() / 4)
    return time.monotonic()


def test_every_letter_arrives_once_and_at_most_once_more_where_it_was_taken(tmp_path, monkeypatch):
    for number in range(LETTERS):
        post(to=f"nr{number}@b.example", subject=f"Brev {number}", body="Text")
    with serving(slow=0.02) as server:
        arrived = lambda: len(server.taken)  # noqa: E731
        with Worker(tmp_path, monkeypatch, TEST_SMTP_PORT=str(server.port)).many() as worker:
            kills = [killed(worker, arrived) for _each in range(KILLS)]
            with worker():
                until(lambda: not Message.objects.filter(sent_at=None).exists(), arrived)
                time.sleep(1)
    copies = Counter(to for to, _text in server.taken)
    assert set(copies) == {f"nr{number}@b.example" for number in range(LETTERS)}
    assert not Message.objects.exclude(body="").exists()
    # A letter came again only if it was the one in hand when the worker died.
    in_hand = Counter(last_taken(server, when) for when in kills)
    assert all(count - 1 <= in_hand[to] for to, count in copies.items()), (copies, in_hand)


def last_taken(server, when):
    return [to for (to, _text), at in zip(server.taken, server.times, strict=True) if at < when][-1]


def test_every_reminder_goes_once(tmp_path, monkeypatch, town):
    """The job is queued as often as it is killed, and killed in the midst of it."""
    morning = dt.datetime.combine(shift(clock.today(), 1), dt.time(9), localtime().tzinfo)
    ahead = int((morning - clock.now()).total_seconds())
    asked = ask(ORGANISATIONS, shift(morning.date(), -5))
    for _each in range(KILLS):
        queue("inventory.remind")
    with Worker(tmp_path, monkeypatch, TEST_SECONDS_AHEAD=str(ahead), TEST_TIMEOUT="60").many() as worker:
        for _each in range(KILLS):
            if Reminder.objects.count() == len(asked):
                break
            killed(worker, Reminder.objects.count)
        with worker():
            until(lambda: Reminder.objects.count() == len(asked), Reminder.objects.count)
            until(lambda: not OrmQ.objects.exists(), OrmQ.objects.count)
    assert Counter(Reminder.objects.values_list("request", "number")) == {(each.pk, 2): 1 for each in asked}
    assert set(Counter(Message.objects.values_list("to", flat=True)).values()) == {1}
    assert Message.objects.count() == len(asked)


def ask(count, closes_on):
    """So many organisations with one buyer each, that were asked long ago and have not answered."""
    long_ago = clock.now() - dt.timedelta(days=60)
    round = InventoryRound.objects.create(
        year=2026, term="autumn", first_year=2027, last_year=2029, closes_on=closes_on, natures=["services"],
        opened_at=long_ago,
    )  # fmt: skip
    made = []
    for number in range(count):
        organisation = Organisation.objects.create(name=f"Förvaltning {number}", kind="department")
        user = User.objects.create(email=f"nr{number}@staden.example", name=f"Nr {number}", is_example=True)
        Membership.objects.create(user=user, role=Role.PROCURING, organisation=organisation)
        made.append(RoundRequest.objects.create(round=round, organisation=organisation))
    return made
