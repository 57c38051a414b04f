"""Everything that a release does to its database: each of its actions, pages and jobs, once. Leaves nothing behind.

`python -m inside.smoke [åtgärder] [jobb] [sidor]`. Prints a line of JSON: how many of each were done, and what broke.
"""

import json
import logging
import sys
import traceback

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django_q.models import OrmQ  # noqa: E402

from insteg.audit.gate import ACTIONS  # noqa: E402
from insteg.core import jobs  # noqa: E402
from insteg.organisations.models import User  # noqa: E402
from tests import town  # noqa: E402
from tests.nets.addresses import TABLE  # noqa: E402
from tests.nets.calls import CALLS  # noqa: E402
from tests.nets.rows import furniture  # noqa: E402


class Smoke:
    def __init__(self):
        self.done, self.broken = {"åtgärder": 0, "sidor": 0, "jobb": 0}, []

    def tries(self, kind, name, work):
        """One thing, undone again; what the database would say when it is saved is asked for too."""
        try:
            with transaction.atomic():
                work()
                connection.check_constraints()
                transaction.set_rollback(True)
            self.done[kind] += 1
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.broken.append(f"{name}: {type(error).__name__}: {str(error).strip()[:200]} ({where.name})")

    def everything(self, house, kinds):
        for kind in kinds or sorted(self.done):
            {"åtgärder": self.actions, "jobb": self.jobs, "sidor": self.pages}[kind](house)

    def actions(self, house):
        for name, call in sorted(CALLS.items()):
            self.tries("åtgärder", name, lambda name=name, call=call: self.act(house, name, call))

    def jobs(self, house):
        for name in sorted(jobs.RECURRING):
            self.tries("jobb", name, lambda name=name: jobs.run(name, {}))

    def pages(self, house):
        self.tries("sidor", "logga in", lambda: sign_in("park"))
        for row in TABLE:
            who = next((name for name, status in row.get.items() if name and status == 200), None)
            if who:
                self.tries("sidor", row.address, lambda row=row, who=who: opened(house, row, who))

    def act(self, house, name, call):
        call.first(house)
        target = call.target(house)
        target.refresh_from_db()
        ACTIONS[name](actor=call.by(house), target=target, seen=target.version, **call.said(house))
        for queued in OrmQ.objects.order_by("pk"):
            jobs.run(*queued.task["args"])
            self.done["jobb"] += 1


def sign_in(name):
    answer = Client().post(reverse("account_login"), {"login": town.address(name), "password": town.PASSWORD})
    assert answer.status_code == 302, answer.status_code


def opened(house, row, who):
    client = Client()
    client.force_login(User.objects.get(email=town.address(who)))
    answer = client.get(row.address.format(t=house))
    b"".join(answer)
    assert answer.status_code == 200, answer.status_code


def main(*kinds):
    setup_test_environment()
    logging.disable()
    furniture("actions")
    smoke = Smoke()
    try:
        with transaction.atomic():
            house = town.furnish(town.build())
            OrmQ.objects.all().delete()
            smoke.everything(house, kinds)
            transaction.set_rollback(True)
    except Exception:
        smoke.broken.append(traceback.format_exc()[-1500:])
    print(json.dumps({"done": smoke.done, "broken": smoke.broken}))


if __name__ == "__main__":
    main(*sys.argv[1:])
