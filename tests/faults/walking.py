"""Somebody who goes through the product form by form, and sends each of them in so many copies at the same moment.

A double click, an impatient finger, a browser that sends again: the same form with the same key, over connections of
their own. What a form leaves behind in the database is counted table by table.
"""

import re
import threading
import uuid
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.faults.client import Client, form_of

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What comes and goes by itself: it belongs to no form.
RESTLESS = ("django_session", "cache", "usersessions_usersession", "audit_seal", "django_q_schedule", "audit_check")
SIGNED_IN = "SELECT id FROM audit_entry WHERE action LIKE 'sign_in.%%'"
COUNTED = {
    "audit_entry": f"audit_entry WHERE id NOT IN ({SIGNED_IN})",
    "audit_entrysubject": f"audit_entrysubject WHERE entry_id NOT IN ({SIGNED_IN})",
}


class Step(NamedTuple):
    """One form sent: by whom and where, what each copy was answered, and the rows that it left in each table."""

    name: str
    answers: list[tuple[int, str]]
    left: Counter


class Unexpected(Exception):
    """A form was not where it should be: the walk cannot go on."""


class Walk:
    def __init__(self, city, copies=1, number=0, counts_rows=True):
        self.city, self.copies, self.number, self.steps, self.people = city, copies, number, [], {}
        self.tables, self.counts_rows = tables(city), counts_rows

    def person(self, who):
        """Their browser; None is a visitor, who has one as well."""
        if who not in self.people:
            self.people[who] = self.city.client(who) if who else self.city.visitor()
        return self.people[who]

    def send(self, who, path, having="key", files=None, page="", **typed):
        """Fills in the form of the page and sends it. Returns where the answer led. Unexpected when it led nowhere."""
        client, headers = self.person(who), {"X_Forwarded_For": f"198.51.{self.number // 250}.{self.number % 250}"}
        shown = self.ask(lambda: client.get(path, **headers))
        form = form_of(shown.text, path, having)
        name = f"{who or 'besökare'} {UUID.sub('…', urlsplit(path).path)}"
        if form is None:
            raise Unexpected(f"{name}: inget formulär, {shown.status}")
        before = self.rows() if self.counts_rows else None
        sent = [Client(client.port, client.cookies, client.origin) for _each in range(self.copies)]
        answers = at_once([lambda by=by: self.ask(lambda: by.post(form.action, form.fields | typed, files, **headers))
                           for by in sent])  # fmt: skip
        told = [(answer.status, place_of(answer)) for answer in answers]
        self.steps.append(Step(name, told, self.rows() - before if self.counts_rows else Counter()))
        if told[0][0] != 302:
            said = re.search(r'id="fel.*?</div>|<main.*?</main>', answers[0].text, re.DOTALL)
            words = re.sub(r"<[^>]+>|\s+", " ", said[0] if said else answers[0].text)
            raise Unexpected(f"{name}: {told} {' '.join(words.split())[:500]}")
        return told[0][1]

    def ask(self, question):
        """An answer. Others are less easily content."""
        return question()

    def rows(self):
        """How many rows there are in each table. Two who sign in at once are two, and the log says so."""
        asked = " UNION ALL ".join(
            f"SELECT '{table}', count(*) FROM {COUNTED.get(table, table)}" for table in self.tables
        )
        return Counter(dict(self.city.rows(asked)))

    def newest(self, table, column="id"):
        """What the youngest row of a table says."""
        return as_key(self.city.rows(f"SELECT {column} FROM {table} ORDER BY created_at DESC LIMIT 1")[0][0])

    def one(self, asked, *values):
        return as_key(self.city.rows(asked, *values)[0][0])


def tables(city):
    if city.database == "postgresql":
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    else:
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    return sorted(name for (name,) in city.rows(asked) if not name.startswith(RESTLESS))


def at_once(acts):
    """Does all at the same moment, and gives what each gave."""
    together, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        together.wait()
        answers[number] = act()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers


def place_of(answer):
    return answer.headers.get("location", "")


def key_in(place):
    """The id in an address."""
    return UUID.findall(place)[-1]


def as_key(value):
    """An id as an address writes it, whichever database gave it; anything else as it is."""
    if isinstance(value, uuid.UUID):
        return str(value)
    return str(uuid.UUID(value)) if isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value) else value
