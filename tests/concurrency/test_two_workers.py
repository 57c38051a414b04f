"""Two workers at the same job at the same moment: what it does is done once."""

import datetime as dt
from collections import Counter

from insteg.access.actor import SYSTEM
from insteg.audit.gate import Blocked
from insteg.core import clock, jobs
from insteg.inventory.actions import remind
from insteg.inventory.models import InventoryRound, Reminder, RoundRequest
from insteg.mail.jobs import deliver
from insteg.mail.models import Message, Notice, Preference
from insteg.mail.notices import gather, notify
from insteg.mail.outbox import post
from insteg.organisations.models import User
from tests.concurrency.together import AT_ONCE, press
from tests.mail.smtp import serving
from tests.town import address, build

pytestmark = AT_ONCE


def test_a_reminder_goes_once(transactional_db):
    town, today = build(), clock.today()
    round = InventoryRound.objects.create(
        year=2026, term="autumn", first_year=2027, last_year=2029, closes_on=today - dt.timedelta(days=14),
        natures=["services"], opened_at=clock.now() - dt.timedelta(days=60),
    )  # fmt: skip
    request = RoundRequest.objects.create(round=round, organisation=town.org["Park"])
    answers = press(*[lambda: remind(actor=SYSTEM, target=request, seen=None).number] * 4)
    assert answers == Counter({2: 1, Blocked: 3})
    assert (Reminder.objects.count(), Message.objects.count()) == (1, 1)


def test_the_days_letter_is_written_once(transactional_db):
    build()
    park = User.objects.get(email=address("park"))
    Preference.objects.create(user=park, pace=Preference.Pace.DAILY)
    for what in ("Ett", "Två"):
        notify(park, subject=what, text="Text", path="/")
    press(*[lambda: gather(park, until=clock.now())] * 4)
    assert (Message.objects.count(), Notice.objects.count()) == (1, 0)


def test_a_letter_that_one_worker_has_in_hand_is_left_alone_by_the_others(transactional_db, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "insteg.mail.server.Backend", "127.0.0.1"
    one = post(to="a@b.example", subject="Hej", body="Text")
    with serving(slow=0.5) as server:
        settings.EMAIL_PORT = server.port
        press(*[lambda: deliver(Message.objects.get())] * 4)
        assert [to for to, _text in server.taken] == ["a@b.example"]
    one.refresh_from_db()
    assert (one.tries, one.not_before, one.sent_at is not None) == (1, None, True)


def test_the_schedule_is_written_once(transactional_db):
    from django_q.models import Schedule

    press(*[jobs.keep_schedule] * 4)
    assert Counter(Schedule.objects.values_list("name", flat=True)) == Counter(jobs.RECURRING.keys())
