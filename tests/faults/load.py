"""People who write while something goes wrong, and a ledger of what each of them was told.

A person does what people do: fetches the page, fills in its form, sends it, and reads the answer. Whoever is told that
it is unsure, or that nothing was saved, presses "Skicka igen" on that very page; whoever gets no answer sends the same
again, as a browser does that is asked to reload.
"""

import itertools
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.faults.client import form_of

ACKNOWLEDGED, UNSURE, NOTHING, SILENCE, FAULT = "bekräftade", "osäkra", "inget sparat", "utan svar", "fel"
SAID_UNSURE, SAID_NOTHING = "osäkert om det sparades", "Inget sparades"
PATIENCE = 60
# Everything that the judgement needs, so that a new row's case goes on at once: row, case, two stays and log together.
FACTS = {"nature": "services", "value_min": "3500000", "months": "24", "fte": "6", "start": "2028-09-01"}
NUMBERS = itertools.count(1)


class Write(NamedTuple):
    """`told` is what each sending was answered, in order: a single one but for those who sent again."""

    words: str
    told: tuple[str, ...]

    @property
    def last(self):
        return self.told[-1]


@dataclass
class Ledger:
    writes: list[Write] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # answers that nobody should get
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, words, told):
        with self.lock:
            self.writes.append(Write(words, tuple(told)))

    def told(self, what):
        return sum(what in write.told for write in self.writes)

    def fault(self, where, answer):
        with self.lock:
            heading = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
            self.faults.append(f"{where}: {answer.status} {heading[1].strip() if heading else answer.text[:160]}")


def what_was_told(answer):
    if answer.status in (200, 302):
        return ACKNOWLEDGED
    if answer.status == 0:
        return SILENCE
    if answer.status == 503 and "retry-after" in answer.headers:
        return UNSURE if SAID_UNSURE in answer.text else NOTHING if SAID_NOTHING in answer.text else FAULT
    return FAULT


class People:
    """`with People(city, ledger) as people:` so many write new planned procurements, one after another, until it ends.

    `give_up`: how many in a hundred take the first answer as it is and never send again.
    """

    def __init__(self, city, ledger, count=4, give_up=25, pause=0.02, names=("park", "hus")):
        self.city, self.ledger, self.give_up, self.pause = city, ledger, give_up, pause
        self.over = threading.Event()
        self.threads = [
            threading.Thread(target=self.live, args=(names[number % len(names)],), daemon=True)
            for number in range(count)
        ]

    def __enter__(self):
        for each in self.threads:
            each.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for each in self.threads:
            each.join(2 * PATIENCE)

    def acknowledged(self):
        return self.ledger.told(ACKNOWLEDGED)

    def live(self, name):
        client, organisation = self.city.client(name), {"park": "Park", "hus": "Hus"}[name]
        while not self.over.is_set():
            report(self.city, client, organisation, self.ledger, random.randrange(100) < self.give_up)
            time.sleep(self.pause)


def report(city, client, organisation, ledger, gives_up=False):
    """One new planned procurement. Returns the Write, or None when not even the form could be fetched."""
    path, words = f"/planerade/ny/{city.org[organisation]}/", f"Prov {next(NUMBERS)}"
    page = client.get(path)
    if page.status != 200:
        if what_was_told(page) == FAULT and not is_away(page):
            ledger.fault("sidan", page)
        return None
    form = form_of(page.text, path)
    told = send(client, form.action, form.fields | FACTS | {"title": words}, ledger, gives_up)
    ledger.keep(words, told)
    return ledger.writes[-1]


def is_away(answer):
    """A plain 503 with Retry-After, or nobody at the door: what a page may answer while the database is away."""
    return answer.status == 0 or (answer.status == 503 and "retry-after" in answer.headers)


def send(client, action, fields, ledger, gives_up=False):
    """Sends, and sends again until it is acknowledged or patience ends. Returns what was told each time."""
    told, end = [], time.monotonic() + PATIENCE
    while True:
        answer = client.post(action, fields)
        told.append(what_was_told(answer))
        if told[-1] == FAULT:
            ledger.fault("sändningen", answer)
        if told[-1] in (ACKNOWLEDGED, FAULT) or gives_up or time.monotonic() > end:
            return told
        if told[-1] in (UNSURE, NOTHING):
            again = form_of(answer.text, action)
            if again is None or {**again.fields} != {**fields}:
                ledger.fault("sidan bar inte det som skrevs", answer)
                return told
            action, fields = again.action, again.fields
        time.sleep(0.1)


def told_in_numbers(ledger):
    """How many writes were tried, and what they were told at least once."""
    counts = Counter(tried=len(ledger.writes))
    counts |= {what: ledger.told(what) for what in (ACKNOWLEDGED, UNSURE, NOTHING, SILENCE)}
    return {"prövade": counts["tried"], **{k: counts[k] for k in (ACKNOWLEDGED, UNSURE, NOTHING, SILENCE)}}
