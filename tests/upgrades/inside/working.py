"""People at work in a release until a file says stop. Prints how often they did what, and what failed, as JSON.

`python -m inside.working STOP`.
"""

import itertools
import json
import sys
import threading
import time
from pathlib import Path

import django

django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from insteg.inventory.actions import change, report, upload, withdraw  # noqa: E402
from insteg.inventory.models import PlannedProcurement  # noqa: E402
from insteg.inventory.plan_reader import read  # noqa: E402
from insteg.mail.outbox import post  # noqa: E402
from insteg.organisations.models import Membership, Organisation, User  # noqa: E402
from insteg.process.actions import take  # noqa: E402
from insteg.process.models import Run, Visit  # noqa: E402
from tests import town  # noqa: E402

PAUSE_SECONDS = 0.02


class Work:
    def __init__(self, stop):
        self.stop, self.times, self.broken = stop, {}, []

    def does(self, name, act):
        self.times[name] = self.times.get(name, 0) + 1
        try:
            return act()
        except Exception as error:
            self.broken.append(f"{name}: {type(error).__name__}: {str(error).strip()[:300]}")
            return None

    def goes_on(self, turn):
        try:
            while not self.stop.exists():
                turn()
                time.sleep(PAUSE_SECONDS)
        except Exception as error:
            self.broken.append(f"{turn.__name__}: {type(error).__name__}: {error}")
        finally:
            connections.close_all()


def main(stop):
    setup_test_environment()
    work = Work(Path(stop))
    park = Membership.objects.get(user__email=town.address("park"), organisation__name="Park").actor()
    place = Organisation.objects.get(name="Park")
    client = Client()
    client.force_login(User.objects.get(email=town.address("park")))
    numbers = itertools.count()

    def reports():
        row = work.does("anmäla", lambda: report(actor=park, target=place, seen=None, title="Gräsklippning"))
        if row is None:
            return
        work.does("ändra", lambda: change(actor=park, target=row, seen=None, months=24, title="Gräsklippning, norr"))
        pk = PlannedProcurement.objects.values_list("run", flat=True).get(pk=row.pk)
        run = Run.objects.get(pk=pk)
        seen = Visit.objects.get(run=run, left_at=None).pk
        work.does("ta ett ärende", lambda: take(actor=park, target=run, seen=None, seen_visit=seen))
        work.does("öppna sidan", lambda: client.get(f"/planerade/{row.pk}/").content)
        work.does("dra tillbaka", lambda: withdraw(actor=park, target=row, seen=None, withdrawn_reason="Prov"))

    def uploads():
        content = town.PLAN.format(title=f"Klippning {next(numbers)}").encode()
        reading = read(content, "plan.csv")
        work.does(
            "läsa in en plan",
            lambda: upload(actor=park, target=place, seen=None, content=content, filename="plan.csv", reading=reading),
        )
        work.does("skriva ett brev", lambda: post(to=town.address("park"), subject="Hej", body="Text"))

    threads = [threading.Thread(target=work.goes_on, args=[turn]) for turn in (reports, uploads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"times": work.times, "broken": work.broken}))


if __name__ == "__main__":
    main(*sys.argv[1:])
