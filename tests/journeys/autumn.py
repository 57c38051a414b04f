"""What a journey through a round needs beside its pages: a spring that lies behind, a calendar, and the post."""

import datetime as dt
import re
import time
from email import message_from_bytes, policy
from types import SimpleNamespace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django_q.models import OrmQ, Schedule

from insteg.access.actor import Role
from insteg.codes.models import Occupation
from insteg.core import clock
from insteg.core.jobs import keep_schedule
from insteg.inventory.actions import close_round, confirm_rows, draft_round, open_round, report, send_answer
from insteg.inventory.models import InventoryRound, RoundRequest, RunningAgreement
from insteg.inventory.queries.answers import Sorted
from insteg.inventory.snapshots import print_of
from insteg.mail.models import Message
from insteg.organisations.models import User
from tests.town import PASSWORD, address, build, member
from tests.worker_app.process import PATIENCE, Worker

SWEDEN = ZoneInfo("Europe/Stockholm")
SPRING, AUTUMN = "2026-04-13 09:00", "2026-10-05 09:00"
CLOSES = dt.date(2026, 11, 20)
RECURS = ("inventory.remind", "mail.gather", "mail.send_again")
SERVICES = {"nature": "services", "months": 24}


class Calendar:
    """Moves the house's clock, and only that: the browser, the queue and the sessions' store keep the machine's."""

    localdate = staticmethod(timezone.localdate)

    def __init__(self, monkeypatch):
        self.ahead = dt.timedelta()
        monkeypatch.setattr(clock, "timezone", self)

    def now(self):
        return timezone.now() + self.ahead

    def turns_to(self, moment):
        self.ahead = dt.datetime.fromisoformat(moment).replace(tzinfo=SWEDEN) - timezone.now()


class Letter(NamedTuple):
    to: str
    subject: str
    text: str
    calendar: str  # the calendar file that comes with it, empty when there is none

    @property
    def path(self):
        return re.search(r"https?://[^/\s]+(/\S*)", self.text)[1]


class Post:
    """The worker itself, carrying what is written and doing what has fallen due, and a mail server that counts."""

    def __init__(self, server, calendar, folder, monkeypatch):
        self.server, self.calendar, self.folder, self.monkeypatch = server, calendar, folder, monkeypatch

    def is_carried(self):
        """As when a worker starts that was down for a while: what recurs is due. Gives the letters that arrived."""
        before, minute = len(self.server.taken), dt.timedelta(minutes=1)
        keep_schedule()
        Schedule.objects.filter(name__in=RECURS).update(next_run=timezone.now() - minute)
        # The others tidy up by the house's clock what the browser's sessions have by the machine's.
        Schedule.objects.exclude(name__in=RECURS).update(next_run=timezone.now() + 60 * minute)
        ahead = str(int(self.calendar.ahead.total_seconds()))
        environment = {"TEST_SMTP_PORT": str(self.server.port), "TEST_SECONDS_AHEAD": ahead}
        with Worker(self.folder, self.monkeypatch, **environment).running():
            end = time.monotonic() + PATIENCE
            while work := self.work():
                assert time.monotonic() < end, work
                time.sleep(0.05)
        return [letter_of(to, text) for to, text in self.server.taken[before:]]

    def work(self):
        """What the worker has left to do, in words."""
        due = Schedule.objects.filter(name__in=RECURS, next_run__lte=timezone.now()).values_list("name", flat=True)
        waiting = Message.objects.filter(sent_at=None).values_list("to", flat=True)
        return [*due, *(queued.task["name"] for queued in OrmQ.objects.order_by("pk")), *waiting]


def letter_of(to, text):
    read = message_from_bytes(text.encode(), policy=policy.default)
    text, calendar = (
        next((part.get_content() for part in read.walk() if part.get_content_type() == f"text/{kind}"), "")
        for kind in ("plain", "calendar")
    )
    return Letter(to.split("@")[0], " ".join(read["Subject"].split()), text, calendar)


def last_spring(calendar):
    """The town half a year later: Park and Hus answered in the spring, Skola has a buyer since then and El has none."""
    calendar.turns_to(SPRING)
    town = build()
    for name, organisation in (("skola", "Skola"), ("stad", "Stad"), ("vard", "Vård")):
        town.who[name] = member(name, Role.PROCURING, town.org[organisation])
    give_passwords("ue", "park", "hus", "skola", "stad", "vard", "chef")
    park = {"actor": town.who["park"], "target": town.org["Park"], "seen": None, **SERVICES}
    start = dt.date(2028, 4, 1)
    report(**park, title="Snöröjning av gångvägar", start=start, value_min=2_400_000, value_max=2_400_000, fte=3)
    report(**park, title="Lekplatser i Åby", start=start, value_min=900_000, value_max=900_000, fte=1)
    spring = a_round(town, year=2026, term="spring", closes_on=dt.date(2026, 5, 25))
    for name, organisation in (("park", "Park"), ("hus", "Hus")):
        answer(town, request_of(spring, town, organisation), name)
    close_round(actor=town.who["ue"], target=spring, seen=None, without_all=True)
    RunningAgreement.objects.create(
        organisation=town.org["Skola"], title="Skolmåltider till Åby", supplier="Mat AB", nature="services",
        value=6_000_000, starts_on=dt.date(2024, 7, 1), ends_on=dt.date(2028, 6, 30),
    )  # fmt: skip
    occupations = {"9111": "Städare", "5151": "Städledare och husfruar"}
    Occupation.objects.bulk_create(Occupation(code=code, title_sv=title) for code, title in occupations.items())
    no_letters_wait()
    calendar.turns_to(AUTUMN)
    return SimpleNamespace(**vars(town), spring=spring)


def no_letters_wait():
    Message.objects.all().delete()
    OrmQ.objects.all().delete()


def give_passwords(*names):
    for user in User.objects.filter(email__in=map(address, names)):
        user.set_password(PASSWORD)
        user.save()


def a_round(town, **facts):
    """Opened by UE, as the journey of UE does it page by page."""
    asked = {"first_year": 2027, "last_year": 2029, "natures": ["services", "works"], "value_floor": None}
    own = town.org["Stad"]
    made = draft_round(actor=town.who["ue"], target=own, seen=None, message="", **asked, **facts)
    open_round(actor=town.who["ue"], target=made, seen=None)
    return InventoryRound.objects.get(pk=made.pk)


def this_autumn(town):
    return a_round(town, year=2026, term="autumn", closes_on=CLOSES)


def request_of(round, town, organisation):
    return RoundRequest.objects.get(round=round, organisation=town.org[organisation], unit=None)


def answer(town, asked, name):
    """Everything that was reported before still holds, and is sent."""
    rows = {row.pk: row.version for row in Sorted.of(asked).unsettled}
    if rows:
        confirm_rows(actor=town.who[name], target=asked, seen=None, rows=rows)
    seen = print_of(Sorted.of(asked).rows)
    return send_answer(actor=town.who[name], target=asked, seen=None, rows_seen=seen)
