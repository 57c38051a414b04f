"""kill -9 of the web server and of the worker, at random moments, while people write all over the product.

Those who write do as people do: no answer, and they send the same again until they get one. Each part of their day is
first lived once in peace, as a yardstick of what it leaves in every table; after all the killing the tables must hold
exactly as many rows as so many days leave, with nothing half done, and every letter gone.
"""

import contextlib
import itertools
import os
import random
import threading
import time
from collections import Counter

from tests.faults import lives
from tests.faults.city import until
from tests.faults.doubles import letters, rested
from tests.faults.fault import Fault, Outcome
from tests.faults.invariants import whole
from tests.faults.lives import PLAN_HEADINGS
from tests.faults.shifting import due_now
from tests.faults.walking import Unexpected, Walk, key_in

PATIENCE, LONG_ROWS, MOST_TOLD = 180, 1_001, 20
NUMBERS = itertools.count(5_000)
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "now()"}
A_FEW = 5  # times: then one day is enough
VICTIMS = ("web", "worker", "child", "worker")
BY_THEMSELVES = {"django_q_ormq"}  # the worker has emptied it by then


class Persistent(Walk):
    """Asks again, and sends the same again, until somebody answers."""

    again = 0

    def ask(self, question):
        end = time.monotonic() + PATIENCE
        while True:
            answer = question()
            if answer.status not in (0, 502, 503) or time.monotonic() > end:
                return answer
            self.again += 1
            time.sleep(0.05)


def a_long_plan(walk):
    """Saved by the worker, all rows or none."""
    mark = lives.uuid4().hex
    lines = "".join(f"Objekt {mark} {n};{900 + n};24 mån;2028-03-01\r\n" for n in range(LONG_ROWS))
    files = {"file": ("lång.csv", f"{PLAN_HEADINGS}{lines}".encode())}
    plan = key_in(walk.send("hus", f"/planerade/las-in/{walk.city.org['Hus']}/", files=files))
    walk.send("hus", f"/planerade/plan/{plan}/")
    saved = "SELECT saved_at FROM inventory_planupload WHERE id = %s"
    until(lambda: time.sleep(0.5) or walk.one(saved, plan) is not None, "planen sparas", PATIENCE)


# Each is one person's or one office's day: no two of them touch the same tables' youngest row.
DAYS = [
    [lives.a_planned_procurement, lives.a_case, lives.files_sent],
    [lives.goals, lives.an_occasion, lives.an_organisation],
    [lives.a_round, lives.a_need],
    [a_long_plan],
]


def killed_while_people_write(city, times):
    yardstick, broken, days = {}, [], DAYS if times > A_FEW else DAYS[:1]
    for part in (each for day in days for each in day):
        yardstick[part] = lived(city, part, Walk, broken)[0]
    before, done, over = Walk(city).rows(), Counter(), threading.Event()
    counts, letters_before = Counter(), letters(city)
    city.mail.slow = 0.1
    threads = [threading.Thread(target=live, args=(city, day, over, done, counts, broken)) for day in days]
    for each in threads:
        each.start()
    for victim in itertools.islice(itertools.cycle(VICTIMS), times):
        time.sleep(random.uniform(0.05, 1.0))
        counts[kill(city, victim)] += 1
    if days is DAYS:
        counts["arbetaren dödad"] += killed_in_the_midst(city)
    over.set()
    for each in threads:
        each.join()
    heals(city)
    city.mail.slow = 0.0
    left = Walk(city).rows() - before
    expected = sum((Counter({k: v * done[part] for k, v in yardstick[part].items()}) for part in done), Counter())
    more, less = ({name: n for name, n in (a - b).items() if name not in BY_THEMSELVES}
                  for a, b in ((left, expected), (expected, left)))  # fmt: skip
    if more or less:
        broken.append(f"för många rader {more}, för få {less}")
    sent, taken = (now - then for now, then in zip(letters(city), letters_before, strict=True))
    copies = taken - sent
    if not 0 <= copies <= counts["arbetaren dödad"]:
        broken.append(f"{copies} brev för mycket, och {counts['arbetaren dödad']} kan ha varit i handen")
    counts |= {"funna rader": left.total(), "i dubbel": sum(more.values()), "borta": sum(less.values())}
    counts |= {"brev": sent, "brev en gång till": copies}
    bytes_left = stray_files(city)
    counts["filer utan rad"] = len(bytes_left)
    broken += not_tidied(city, bytes_left)
    names = (
        "webbservern dödad", "en av dess processer dödad", "arbetaren dödad", "delar av dagar", "formulär",
        "sända igen", "funna rader", "i dubbel", "borta", "brev", "brev en gång till", "filer utan rad",
    )  # fmt: skip
    return Outcome({name: counts[name] for name in names}, [*broken, *whole(city)])


def live(city, day, over, done, counts, broken):
    while not over.is_set() and len(broken) < MOST_TOLD:
        for part in day:
            _rows, walk = lived(city, part, Persistent, broken, count_rows=False)
            done[part] += 1
            counts["delar av dagar"] += 1
            counts["formulär"] += len(walk.steps)
            counts["sända igen"] += walk.again


def lived(city, part, kind, broken, count_rows=True):
    """What the part left in each table when all its jobs were done."""
    walk = kind(city, 1, next(NUMBERS), counts_rows=False)
    before = walk.rows() if count_rows else None
    try:
        part(walk)
    except (Unexpected, TimeoutError) as error:
        broken.append(f"{part.__name__}: {error}")
    if not count_rows:
        return None, walk
    rested(city)
    return walk.rows() - before, walk


def kill(city, victim):
    """Gives what it was. The harness's systemd starts it again."""
    if victim == "child" and (children := city.children("web")):
        city.kill_child(random.choice(children))
        return "en av dess processer dödad"
    if victim == "child":
        victim = "web"
    if victim == "worker":
        at_work(city)
    city.kill(victim)
    return "webbservern dödad" if victim == "web" else "arbetaren dödad"


LETTER = "SELECT 1 FROM mail_message WHERE sent_at IS NULL AND given_up_at IS NULL AND tries > 0"
PLAN = "SELECT 1 FROM inventory_planupload WHERE saving_since IS NOT NULL AND saved_at IS NULL"


def at_work(city):
    """Waits a little until the worker has a letter or a plan in hand."""
    with contextlib.suppress(TimeoutError):
        until(lambda: city.rows(f"{LETTER} UNION {PLAN}"), "arbetaren har något i handen", 5)
    time.sleep(random.uniform(0, 0.2))


def killed_in_the_midst(city):
    """The worker, while it certainly saves a plan: it has just begun. How many times."""
    try:
        until(lambda: not city.rows(PLAN), "den förra planen sparas", PATIENCE)
        until(lambda: city.rows(PLAN), "nästa plan börjar sparas", PATIENCE)
    except TimeoutError:
        return 0  # whoever waits for the plan says so
    taken = f"SELECT 1 FROM django_q_ormq WHERE lock > {NOW[city.database]}"
    with contextlib.suppress(TimeoutError):
        until(lambda: city.rows(taken) or not city.rows("SELECT 1 FROM django_q_ormq"), "arbetaren tar den", 2)
    time.sleep(random.uniform(0, 0.3))
    city.kill("worker")
    return 1


def heals(city):
    """Without a hand: the queue is emptied, and no letter waits."""
    city.heals()
    rested(city)
    waiting = "SELECT id FROM mail_message WHERE sent_at IS NULL AND given_up_at IS NULL"
    until(lambda: not city.rows(waiting), "alla brev har gått", PATIENCE)


def stray_files(city):
    """Bytes that no row knows."""
    known = {name for (name,) in city.rows("SELECT content FROM documents_storedfile")}
    return [path for path in city.files.rglob("*") if path.is_file() and str(path.relative_to(city.files)) not in known]


def not_tidied(city, strays):
    """The night's job takes them away, when they have lain for a day."""
    if not strays:
        return []
    yesterday = time.time() - 2 * 24 * 60 * 60
    for path in strays:
        os.utime(path, (yesterday, yesterday))
    due_now(city, "documents.clean")
    try:
        until(lambda: not any(path.exists() for path in strays), "nattens jobb tar bort dem", PATIENCE)
    except TimeoutError:
        return [f"{sum(path.exists() for path in strays)} filer utan rad ligger kvar"]
    return []


FAULTS = [Fault("kill -9 medan människor skriver", killed_while_people_write, short=2, long=50)]
