"""A mail server that refuses, hangs, drops, babbles, is slow or is away, while people do things that write letters.

No page waits for it: the web server never talks to it. The worker does its other work meanwhile. When the server is
well again every letter has gone, once; only where it was given a whole one and never answered may it have come twice.
"""

import contextlib
import os
import signal
import time
from collections import Counter
from itertools import count

from tests.faults.city import until
from tests.faults.doubles import rested
from tests.faults.fault import Fault, Outcome
from tests.faults.lives import reported
from tests.faults.shifting import due_now, letters_wait, retire, write
from tests.faults.walking import Unexpected, Walk

PATIENCE, ROUNDS = 90, 8
# The moods of tests/mail/smtp.py, and whether a letter may then have been taken although nobody said so.
MOODS = {
    "refuses": False, "busy": False, "closed": False, "hangs": False, "drops": False, "gone": False, "rude": False,
    "slow": False, "swallows": True, "silent": True, "babbles": True,
}  # fmt: skip
SOME_MOODS = ("refuses", "hangs", "swallows")
NUMBERS = count(1)


def in_every_mood(city, times):
    """So many letters in each mood."""
    counts, broken, moods = Counter(), [], MOODS if times > 1 else SOME_MOODS
    for mood in moods:
        try:
            written = in_mood(city, mood, times, counts, broken)
        except Unexpected as error:
            broken.append(f"{mood}: {error}")
            city.start("worker")
            continue
        gone_when_well(city, mood, written, counts, broken)
        judge(city, mood, written, MOODS[mood], counts, broken)
    for mood in ("refuses", "swallows") if times > 1 else ():
        for_good(city, mood, counts, broken)
    names = ("lägen", "brev", "framme", "två gånger, som sagt", "i dubbel", "borta", "gav upp, och sade det",
             "sidor som talade med e-postservern")  # fmt: skip
    return Outcome({name: counts[name] for name in names}, broken)


def in_mood(city, mood, times, counts, broken):
    """Letters written while the server is in the mood. Gives their addresses."""
    counts["lägen"] += 1
    put(city, mood)
    rested(city)
    retire(city)
    calls, written = city.mail.calls, invited(city, times)
    if city.mail.calls != calls:
        counts["sidor som talade med e-postservern"] += city.mail.calls - calls
        broken.append(f"{mood}: webbservern talade med e-postservern")
    city.start("worker")
    answer = words_of(city, written)
    until(lambda: time.sleep(0.2) or any(answer()), f"{mood}: ett brev prövas\n{city.log()}", PATIENCE)
    other_work_is_done(city, mood, broken)
    return written


def invited(city, times):
    """So many people are invited; each gets a letter to an address of their own."""
    walk, path = Walk(city, counts_rows=False), f"/organisationer/{city.org['Mat']}/bjud-in/"
    addresses = [f"brev{next(NUMBERS)}@mat.example" for _each in range(times)]
    for address in addresses:
        walk.send("admin", path, name="Nils Ny", email=address, role="supplier")
    return addresses


def put(city, mood):
    city.mail.mood, city.mail.slow = ("kind", 0.5) if mood == "slow" else (mood, 0.0)


def words_of(city, written):
    """Asks whether the letters have been tried, each time it is called."""
    marks = ", ".join(["%s"] * len(written))
    asked = f'SELECT tries FROM mail_message WHERE "to" IN ({marks})'
    return lambda: [tries for (tries,) in city.rows(asked, *written)]


def other_work_is_done(city, mood, broken):
    """The rows that wait are judged anew by a job when new rules are published: behind all the letters, it is done."""
    walk = Walk(city, counts_rows=False)
    row, base = reported(walk, f"Bedöms {next(NUMBERS)}"), "/arbetsmodellen/regelverk"
    in_force = "SELECT id FROM process_ruleset WHERE published_at IS NOT NULL ORDER BY edition DESC LIMIT 1"
    draft = walk.send("admin", f"{base}/{walk.one(in_force)}/utkast/").removesuffix("andra/")
    walk.send("admin", f"{draft}publicera/")
    asked = "SELECT rule_set_id FROM inventory_plannedprocurement WHERE id = %s"
    try:
        until(lambda: time.sleep(0.2) or walk.one(asked, row) == walk.one(in_force), "omdömet görs", PATIENCE)
    except TimeoutError:
        broken.append(f"{mood}: arbetaren gjorde inget annat på {PATIENCE} sekunder")


def gone_when_well(city, mood, written, counts, broken):
    put(city, "kind")  # well again
    if left := left_as_time_goes_by(city, written):
        counts["borta"] += len(left)
        broken.append(f"{mood}: {len(left)} brev har inte gått: {left[:3]}")


def left_as_time_goes_by(city, written):
    for _each in range(ROUNDS):
        rested(city)  # or time would go by for a letter that a worker has in hand, and another would take it
        if not waiting(city, written):
            break
        letters_wait(city, 130)
        due_now(city, "mail.send_again")
        with contextlib.suppress(TimeoutError):
            until(lambda: time.sleep(0.2) or not waiting(city, written), "breven går", 10)
    return waiting(city, written)


def waiting(city, written):
    marks = ", ".join(["%s"] * len(written))
    asked = f'SELECT tries, error FROM mail_message WHERE "to" IN ({marks}) AND sent_at IS NULL AND given_up_at IS NULL'
    return city.rows(asked, *written)


def judge(city, mood, written, may_be_twice, counts, broken):
    copies = Counter(to for to, _text in city.mail.taken)
    counts["brev"] += len(written)
    counts["framme"] += sum(copies[to] > 0 for to in written)
    lost, twice = [to for to in written if not copies[to]], [to for to in written if copies[to] == 2]
    more = [to for to in written if copies[to] > 2]
    counts["borta"] += len(lost)
    counts["två gånger, som sagt" if may_be_twice else "i dubbel"] += len(twice)
    counts["i dubbel"] += len(more)
    if lost or more or (twice and not may_be_twice):
        broken.append(f"{mood}: {len(lost)} borta, {len(twice)} två gånger, {len(more)} fler gånger")


def for_good(city, mood, counts, broken):
    """A letter that the server never takes, or never says that it took, is given up, and the administrator is told."""
    put(city, mood)
    written = invited(city, 2)
    for _each in range(ROUNDS):
        if not waiting(city, written):
            break
        letters_wait(city, 130)
        due_now(city, "mail.send_again")
        with contextlib.suppress(TimeoutError):
            until(lambda: time.sleep(0.2) or not waiting(city, written), "breven ges upp", 5)
    put(city, "kind")
    page = city.client("admin").get("/brev/").text
    told = sum(to in page for to in written)
    counts["gav upp, och sade det"] += told
    if told != len(written):
        broken.append(f"{mood}: administratören fick veta om {told} av {len(written)} brev som aldrig går fram")
    copies = Counter(to for to, _text in city.mail.taken)
    counts["i dubbel"] += sum(copies[to] > 2 for to in written)
    if any(copies[to] > 2 for to in written):
        broken.append(f"{mood}: samma brev lämnades {max(copies[to] for to in written)} gånger utan svar")


def two_workers(city, times):
    """Two workers side by side, a slow mail server, and a queue that gives each job out twice, as it does when one
    takes longer than the queue waits: each letter goes once."""
    broken, first = [], 0
    rested(city)
    retire(city)
    city.mail.mood, city.mail.slow = "kind", 1.2
    written = invited(city, times)
    give_out_twice(city)
    letters_wait(city, 0)  # nobody rests any longer from a server that was away in another trial
    try:
        city.start("worker")
        first = city.pids["worker"]
        city.start("worker")  # kept alive in the place of the first, which goes on
        until(lambda: time.sleep(0.2) or not waiting(city, written), "breven går", 2 * PATIENCE)
        rested(city)
    finally:
        put(city, "kind")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(first or city.pids["worker"], signal.SIGKILL)
    copies = Counter(to for to, _text in city.mail.taken)
    twice, gone = [to for to in written if copies[to] > 1], sum(copies[to] > 0 for to in written)
    if twice or gone < len(written):
        broken.append(f"{len(twice)} brev gick två gånger, {len(written) - gone} inte alls")
    return Outcome({"brev": len(written), "framme": gone, "i dubbel": len(twice), "borta": len(written) - gone}, broken)


def give_out_twice(city):
    """Every job of the queue stands there twice, the one right after the other."""
    [(last,)] = city.rows("SELECT max(id) FROM django_q_ormq")
    twice = (
        "SELECT one.key, payload, lock FROM django_q_ormq one, (SELECT 1 AS nr UNION ALL SELECT 2) two ORDER BY one.id"
    )
    write(city, f"INSERT INTO django_q_ormq (key, payload, lock) {twice}")
    write(city, f"DELETE FROM django_q_ormq WHERE id <= {last}")


FAULTS = [
    Fault("e-postserver i elva lägen", in_every_mood, short=1, long=20),
    Fault("två arbetare som får samma brev", two_workers, short=5, long=40),
]
