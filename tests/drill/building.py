"""What the drill does in a database, each in a process of its own: `python -m tests.drill.building build 1000 10`."""

import itertools
import random
import sys
import time

import django


def build(planned: int, entries: int) -> None:
    """So many planned procurements, so many entries in the log with a row each, a hundredth as many files, seals."""
    from django.core.management import call_command
    from django.db import connection

    from insteg.audit.anchors import anchor_seals
    from insteg.audit.sealing import seal_log
    from insteg.documents.files import keep
    from insteg.mail.outbox import post
    from scripts.bench import city

    call_command("migrate", verbosity=0)
    first = min(planned, 1000)
    city.build(first)
    if planned > first:
        city.grow(planned // first)
    chance = random.Random(1)
    for number in range(max(3, planned // 1000)):
        keep(chance.randbytes(chance.randint(1, 200_000)), f"plan å {number}.xlsx")
    for number in range(5):
        post(to="ue@staden.example", subject=f"Väntar {number}", body="text")
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [entries])
        cursor.execute(SUBJECTS)
    while seal_log():
        anchor_seals()


ENTRIES = """
INSERT INTO audit_entry (at, action, actor_kind, actor_id, membership_id, changed, reason)
SELECT now() - i * interval '1 second', 'inventory.change', 'member', gen_random_uuid()::text, gen_random_uuid(),
  '["start", "title"]', CASE WHEN i %% 10 = 0 THEN 'Rättat enligt avtalet: å, ä, ö' ELSE '' END
FROM generate_series(1, %s) i
"""
SUBJECTS = """
INSERT INTO audit_entrysubject (entry_id, model, row, row_version)
SELECT id, 'inventory.PlannedProcurement', gen_random_uuid(), 1 + id % 7 FROM audit_entry
WHERE action = 'inventory.change'
"""
PAIR = "drill.pair"


def write() -> None:
    """Goes on writing entries with two rows each, until it is stopped."""
    from uuid import uuid4

    from django.db import transaction

    from insteg.audit.models import Entry, EntrySubject

    for _turn in itertools.count():
        with transaction.atomic():
            entry = Entry.objects.create(action=PAIR, actor_kind="system", actor_id="system")
            EntrySubject.objects.create(entry=entry, model="x", row=uuid4(), row_version=1)
            EntrySubject.objects.create(entry=entry, model="y", row=uuid4(), row_version=1)
        time.sleep(0.01)


def look() -> None:
    """What the drill asks of a database, as `name number` on a line each."""
    from django.db.models import Count

    from insteg.audit.models import Entry
    from insteg.inventory.models import PlannedProcurement
    from insteg.mail.holding import held, waiting
    from insteg.mail.jobs import send_again
    from insteg.organisations.models import User

    pairs = Entry.objects.filter(action=PAIR).annotate(rows=Count("subjects"))
    send_again()
    for name, number in {
        "users": User.objects.count(),
        "planned": PlannedProcurement.objects.count(),
        "entries": Entry.objects.count(),
        "pairs": pairs.count(),
        "halves": pairs.exclude(rows=2).count(),
        "held": int(held() is not None),
        "waiting": waiting().count(),
    }.items():
        print(name, number)


if __name__ == "__main__":
    django.setup()
    {"build": build, "write": write, "look": look}[sys.argv[1]](*map(int, sys.argv[2:]))
