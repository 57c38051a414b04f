"""The database goes away while people write: killed, shut down, hung up on, full of guests, locked, or out of room."""

import contextlib
import random
import signal
import sqlite3
import time
from collections import Counter

import psycopg

from tests.faults import invariants
from tests.faults.city import until
from tests.faults.fault import Fault, Outcome, Skipped
from tests.faults.load import ACKNOWLEDGED, FACTS, NOTHING, UNSURE, Ledger, People, is_away, send, what_was_told
from tests.faults.postgres import MOST_CONNECTIONS
from tests.faults.proxy import AFTER, BEFORE

POSTGRESQL, SQLITE = ("postgresql",), ("sqlite",)
CROWD = 3
LETTER_SECONDS = 120
LONG_TEXT = "Städning av lokaler, trappor och förråd. " * 45  # fills a disk sooner


def struck(city, times, blow):
    """So many blows while people write: after each, somebody must get through again, by waiting alone."""
    ledger = Ledger()
    with People(city, ledger, CROWD) as people:
        for _each in range(times):
            got_through(people)
            blow(city)
            city.heals()
        got_through(people)
    return invariants.outcome(city, ledger, slag=times)


def got_through(people, more=2):
    before = people.acknowledged()
    until(lambda: people.acknowledged() >= before + more, "somebody gets through")


# --- PostgreSQL's own ends


def killed(city, times):
    return struck(city, times, kill)


def kill(city):
    city.cluster.kill()
    time.sleep(random.random() / 2)
    city.cluster.start(wait=False)  # so that some meet it while it is starting up


def shut_down(city, times):
    return struck(city, times, shut)


def shut(city):
    city.cluster.stop(signal.SIGQUIT)
    city.cluster.start(wait=False)


def hung_up_on(city, times):
    return struck(city, times, terminate)


def terminate(city):
    """Every connection but our own is ended by the server, which itself goes on; and then by what lies between."""
    city.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    time.sleep(random.random() / 5)
    city.proxy.drop_all()


def full_of_guests(city, times):
    return struck(city, times, crowd)


def crowd(city):
    """No connection is left for us, since others hold them all. Those that we have are taken from us first."""
    with contextlib.ExitStack() as guests:
        city.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        with contextlib.suppress(psycopg.OperationalError):
            for _each in range(MOST_CONNECTIONS):
                here = psycopg.connect(host=str(city.cluster.home), user="postgres", dbname="insteg")
                guests.callback(here.close)
        time.sleep(1)


def letters_wait(city, times):
    """Somebody is invited and the database dies at once: the letter goes when it is back, by a worker nobody helped."""
    client, path, counts = city.client("admin"), f"/organisationer/{city.org['Park']}/bjud-in/", Counter()
    for _each in range(times):
        to, ledger, form = f"nr{time.time_ns()}@b.example", Ledger(), client.form(path)
        told = send(client, form.action, form.fields | {"email": to, "name": "Ny Person", "role": "procuring"}, ledger)
        kill(city)
        until(lambda to=to: letters_to(city, to), f"{to}, {told}, gets the letter", LETTER_SECONDS)
        counts["inbjudna"] += told[-1] == ACKNOWLEDGED
        counts["brev"] += letters_to(city, to)
        counts["brev två gånger"] += letters_to(city, to) > 1
    return Outcome({"slag": times, **counts}, invariants.whole(city))


def letters_to(city, address):
    return sum(to == address for to, *_rest in city.mail.taken)


# --- SQLite's


def locked(city, times):
    return struck(city, times, lock)


def lock(city):
    """Another process holds the file for longer than a writer waits."""
    with contextlib.closing(sqlite3.connect(city.sqlite, timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(4)  # a writer waits for three (settings.py)
        other.execute("ROLLBACK")


# --- a COMMIT, or its answer, that is lost


def answer_lost(city, times):
    return lost(city, times, AFTER, there=1)


def commit_lost(city, times):
    return lost(city, times, BEFORE, there=0)


def lost(city, times, mood, there):
    """Each is told that it is unsure, whichever it was; sends again; and there is exactly one."""
    ledger, broken, client = Ledger(), [], city.client("park")
    path = f"/planerade/ny/{city.org['Park']}/"
    for number in range(times):
        words, form = f"Prov {mood} {time.time_ns()}", client.form(path)
        fields = form.fields | FACTS | {"title": words}
        city.proxy.strike(mood)
        answer = client.post(form.action, fields)
        told, found = what_was_told(answer), count(city, words)
        if (told, found) != (UNSURE, there):
            broken.append(f"sändning {number} fick svaret {told}, och raden fanns {found} gånger")
        ledger.keep(words, [told, *send(client, form.action, fields, ledger)])
    counts, more = invariants.kept(city, ledger)
    return Outcome(counts, [*broken, *more, *ledger.faults[:5], *invariants.whole(city)])


def count(city, words):
    return city.rows("SELECT count(*) FROM inventory_plannedprocurement WHERE title = %s", words)[0][0]


# --- no room left


def database_full(city, times):
    disk = city.disks[city.data]
    if disk is None:
        raise Skipped("en liten disk går inte att montera utan root")
    refused = 0

    def fills(city):
        nonlocal refused
        disk.fill()
        try:
            refused += use_up_the_room(city)
        finally:
            disk.free()
        if city.cluster and city.cluster.server.poll() is not None:
            city.cluster.start()  # it gives up when there is no room for its journal: systemd starts it again

    outcome = struck(city, times, fills)
    broken = [] if refused else ["disken blev aldrig full: ingen skrivning nekades"]
    return Outcome({**outcome.counts, "nekade av full disk": refused}, [*outcome.broken, *broken])


def use_up_the_room(city):
    """Writes long texts until somebody is refused for want of room. How many were."""
    client, organisation = city.client("hus"), city.org["Hus"]
    path, end = f"/planerade/ny/{organisation}/", time.monotonic() + 60
    form = client.form(path)
    while form and time.monotonic() < end:
        answer = client.post(form.action, form.fields | FACTS | {"title": "Fyller disken", "description": LONG_TEXT})
        if is_away(answer):
            return 1
        form = client.form(path)
    return int(form is None)


def files_full(city, times):
    """A file is sent when there is no room for it: nothing is saved, and the same sending goes through afterwards."""
    disk = city.disks[city.files]
    if disk is None:
        raise Skipped("en liten disk går inte att montera utan root")
    client, broken, counts = city.client("park"), [], {"prövade": 0, "nekade": 0, "sparade sedan": 0}
    path = f"/planerade/las-in/{city.org['Park']}/"
    for number in range(times):
        content = f"Upphandling;Värde (tkr)\r\nPlan {time.time_ns()};900\r\n".encode() * 200
        form, files = client.form(path), {"file": (f"plan{number}.csv", content)}
        before = uploads(city)
        disk.fill()
        try:
            answer = client.post(form.action, form.fields, files)
        finally:
            disk.free()
        counts["prövade"] += 1
        if what_was_told(answer) == NOTHING and uploads(city) == before and files["file"][0] in answer.text:
            counts["nekade"] += 1
        else:
            broken.append(f"utan plats svarades {answer.status} {what_was_told(answer)}; {uploads(city) - before} nya")
        again = [client.post(form.action, form.fields, files) for _twice in range(2)]
        if [what_was_told(each) for each in again] == [ACKNOWLEDGED] * 2 and uploads(city) == before + 1:
            counts["sparade sedan"] += 1
        else:
            broken.append(
                f"sedan svarades {[each.status for each in again]}, och {uploads(city) - before} blev sparade"
            )
    return Outcome(counts, [*broken, *invariants.whole(city)])


def uploads(city):
    return city.rows("SELECT count(*) FROM inventory_planupload")[0][0]


FAULTS = [
    Fault("svaret på COMMIT går förlorat", answer_lost, 2, 40, POSTGRESQL),
    Fault("COMMIT går förlorat", commit_lost, 2, 40, POSTGRESQL),
    Fault("databasen dödas och startas", killed, 2, 20, POSTGRESQL),
    Fault("databasen stängs tvärt", shut_down, 1, 10, POSTGRESQL),
    Fault("alla förbindelser bryts", hung_up_on, 1, 20, POSTGRESQL),
    Fault("för många förbindelser", full_of_guests, 1, 5, POSTGRESQL),
    Fault("brev väntar ut databasen", letters_wait, 1, 10, POSTGRESQL),
    Fault("filen är låst av en annan", locked, 1, 10, SQLITE),
    Fault("databasens disk blir full", database_full, 1, 5),
    Fault("filernas disk blir full", files_full, 1, 20),
]
