"""What passes from one release to the other while both are at work: `python -m inside.rolling opens|sends|counts FILE`.

`opens` signs people in, opens every form of the town and queues jobs; FILE keeps cookies and forms. `sends`, run with
the other release, goes on with the same cookies, sends each form as it was shown, and runs the jobs. Prints JSON.
"""

import json
import logging
import sys
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django_q.models import OrmQ  # noqa: E402
from inside.browser import form_of  # noqa: E402

from insteg.core import jobs  # noqa: E402
from insteg.inventory.models import PlannedProcurement, PlanUpload  # noqa: E402
from insteg.mail.outbox import post  # noqa: E402
from insteg.organisations.models import Membership, User  # noqa: E402
from tests import town  # noqa: E402
from tests.nets.addresses import TABLE  # noqa: E402

TITLE = "Anmäld medan utgåvorna byttes"
UNKNOWN = "upgrades.unknown"
UNDERSTOOD = (200, 302, 409, 422)


def opens(state):
    if "addresses" not in state:
        house = town.furnish(town.build())
        OrmQ.objects.all().delete()
        state["addresses"] = [
            [row.address.format(t=house), who]
            for row in TABLE
            for who in [next((name for name, status in row.get.items() if name and status == 200), None)]
            if who and row.post[who] != 405
        ]
    clients = {who: signed_in(who) for _address, who in state["addresses"]}
    shown = [(address, who, form_shown(clients[who], address)) for address, who in state["addresses"]]
    state["forms"] = [[address, who, form.action, form.fields] for address, who, form in shown if form]
    state["cookies"] = {
        who: {name: each.value for name, each in client.cookies.items()} for who, client in clients.items()
    }
    queue_some()


def form_shown(client, address):
    answer = client.get(address)
    return form_of(answer.content.decode(), address) if answer.status_code == 200 else None


def signed_in(who):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email=town.address(who)))
    return client


def queue_some():
    """One of each kind of job that people cause."""
    plan = PlanUpload.objects.filter(reading=None).first() or PlanUpload.objects.earliest("created_at")
    member = Membership.objects.get(user__email=town.address("park"), organisation__name="Park")
    post(to=town.address("park"), subject="Hej", body="Text")
    jobs.queue("inventory.judge_again")
    jobs.queue("inventory.read_plan", plan=str(plan.pk), membership=str(member.pk))
    jobs.queue("organisations.password_link", email=town.address("park"))


def sends(state):
    told = {"sessioner": 0, "sidor": 0, "jobb": 0}
    broken, clients = [], {}
    for who, cookies in state["cookies"].items():
        clients[who] = Client(enforce_csrf_checks=True)
        clients[who].cookies.load(cookies)
        status = clients[who].get("/").status_code
        told["sessioner"] += status == 200
        broken += [f"{who} är inte längre inloggad: {status}"] if status != 200 else []
    for address, who, action, fields in state["forms"]:
        with transaction.atomic():
            status = clients[who].post(action, fields).status_code
            transaction.set_rollback(True)
        told["sidor"] += status in UNDERSTOOD
        broken += [f"{address}, öppnad i den andra utgåvan: {status}"] if status not in UNDERSTOOD else []
    broken += sent_twice(state, clients)
    for row in OrmQ.objects.order_by("pk"):
        name, data = row.task["args"]
        try:
            jobs.run(name, data)
            told["jobb"] += 1
        except Exception as error:
            broken.append(f"jobbet {name}: {type(error).__name__}: {error}")
        row.delete()
    return {"done": told, "broken": broken}


def sent_twice(state, clients):
    """A form of the other release, filled in and sent by an impatient person: one row, and the same answer."""
    new = next(form for form in state["forms"] if form[0].startswith("/planerade/ny/"))
    _address, who, action, fields = new
    before = PlannedProcurement.objects.filter(title=TITLE).count()
    answers = [clients[who].post(action, fields | {"title": TITLE}) for _time in range(2)]
    made = PlannedProcurement.objects.filter(title=TITLE).count() - before
    said = [(answer.status_code, answer.headers.get("Location")) for answer in answers]
    return [] if made == 1 and said[0] == said[1] and said[0][0] == 302 else [f"anmäld {made} gånger: {said}"]


def counts(state):
    """A letter and a job that only the other release knows, for its worker; then how many of each wait."""
    if "counted" not in state:
        OrmQ.objects.all().delete()
        post(to=town.address("park"), subject="Hej", body="Text")
        jobs.JOBS[UNKNOWN] = print
        jobs.queue(UNKNOWN)
        state["counted"] = True
    return {"waiting": [row.task["args"][0] for row in OrmQ.objects.order_by("pk")]}


def main(what, file):
    setup_test_environment()
    logging.disable()
    kept = Path(file)
    state = json.loads(kept.read_text()) if kept.exists() else {}
    told = {"opens": opens, "sends": sends, "counts": counts}[what](state)
    kept.write_text(json.dumps(state))
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
