"""What the test town has written and been told: letters, holds on them, what nights found in the log, and remarks."""

import datetime as dt
from types import SimpleNamespace

from insteg.audit.models import LogCheck
from insteg.core import clock
from insteg.home.models import Remark, Statement
from insteg.mail.models import Hold, Message


def letters_and_words(town: SimpleNamespace, to: str) -> None:
    now = clock.now()
    letter = {"to": to, "subject": "Hej"}
    town.letters = {
        "given_up": Message.objects.create(**letter, given_up_at=now),
        "late": Message.objects.create(**letter, body="text", created_at=now - dt.timedelta(days=1)),
        "sent": Message.objects.create(**letter, sent_at=now),
        "waiting": Message.objects.create(**letter, body="text"),
    }
    town.checks = {
        "faulty": LogCheck.objects.create(seals=3, faults=2), "whole": LogCheck.objects.create(seals=4, faults=0),
    }  # fmt: skip
    town.holds = {
        "open": Hold.objects.create(backup_from=now - dt.timedelta(days=2)),
        "released": Hold.objects.create(backup_from=now - dt.timedelta(days=60), released_at=now),
    }
    town.statement = Statement.objects.the_one()
    town.remarks = {
        "new": Remark.objects.create(text="Knappen syns inte.", email="någon@exempel.se"),
        "answered": Remark.objects.create(text="Texten är liten.", answer="Rättat.", handled_at=now),
    }
