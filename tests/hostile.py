"""A hostile world for every test: rows without an order come in a wrong one, and no page may be careless.

Naive datetimes fail by `filterwarnings = error` in pyproject.toml.
"""

import random
import re
import zlib
from collections import Counter
from functools import lru_cache

from django.core import mail
from django.db.models import QuerySet
from django.db.models.query import MAX_GET_RESULTS
from django.test import Client

UNDEFINED = re.compile(r"ODEFINIERAD:\S*")
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[^\s=>/\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*/?>")
ATTRIBUTE = re.compile(r"([^\s=>/\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
POSTED = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)
HEADERS = {  # one of these words must be said
    "Content-Security-Policy": ["default-src 'none'"],
    "X-Content-Type-Options": ["nosniff"],
    "X-Frame-Options": ["DENY"],
    "Referrer-Policy": ["same-origin", "no-referrer"],
    "Cross-Origin-Opener-Policy": ["same-origin"],
}


def shuffle_what_has_no_order(monkeypatch, name):
    """Rows of a queryset without an order come in another order than the database's, the same for every run of a test.

    A slice of such a queryset would be a lottery, and fails.
    """
    dice = random.Random(zlib.crc32(name.encode()))
    fetch_all, iterate = QuerySet._fetch_all, QuerySet._iterator

    def without_order(rows):
        cut = rows.query.is_sliced and rows.query.high_mark != MAX_GET_RESULTS and rows.query.high_mark != 1
        assert rows.ordered or not cut, f"a slice of {rows.model._meta.label} in no order"
        return not rows.ordered

    def shuffled(rows):
        natural = [*rows]
        while len(rows) > 1 and rows == natural:
            dice.shuffle(rows)
            if all(row == rows[0] for row in rows):
                break
        return rows

    def hostile_fetch_all(self):
        fresh = self._result_cache is None
        if fresh and without_order(self):
            fetch_all(self)
            shuffled(self._result_cache)
        else:
            fetch_all(self)

    def hostile_iterate(self, *args):
        rows = iterate(self, *args)
        return iter(shuffled([*rows])) if without_order(self) else rows

    monkeypatch.setattr(QuerySet, "_fetch_all", hostile_fetch_all)
    monkeypatch.setattr(QuerySet, "_iterator", hostile_iterate)


def look_at_every_answer(monkeypatch):
    """Every answer that any test's client gets is looked through."""
    ask = Client.request

    def asked(self, **request):
        response = ask(self, **request)
        faults = faults_of(response)
        assert not faults, f"{request.get('PATH_INFO')}: {'; '.join(faults)}"
        return response

    monkeypatch.setattr(Client, "request", asked)


def faults_of(response):
    """What no answer may have: undefined variables, inline code or style, forms without a token, missing headers."""
    sent = response.headers
    faults = [f"no {name}" for name, words in HEADERS.items() if not any(w in sent.get(name, "") for w in words)]
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith("text/"):
        return faults
    text = response.content.decode()
    faults += sorted(set(UNDEFINED.findall(text)))
    return [*faults, *faults_of_page(text)] if kind.startswith("text/html") else faults


@lru_cache(maxsize=2000)
def faults_of_page(html):
    faults, ids = [], Counter()
    for tag, written in TAG.findall(html):
        attributes = {name.lower(): "".join(values) for name, *values in ATTRIBUTE.findall(written)}
        faults += faults_of_tag(tag.lower(), attributes)
        ids[attributes.get("id", "")] += 1
    faults += [f"two things are called #{name}" for name, times in ids.items() if name and times > 1]
    faults += ["a form without its token" for form in POSTED.findall(html) if "csrfmiddlewaretoken" not in form]
    return tuple(faults)


def faults_of_tag(tag, attributes):
    """Inline code and style would be stopped by the content security policy, and only seen in a browser."""
    data = attributes.get("type") in ("application/json", "application/ld+json")
    if tag == "script" and "src" not in attributes and not data:
        yield "inline script"
    if tag == "style" or "style" in attributes:
        yield f"inline style in <{tag}>"
    for name, value in attributes.items():
        if name.startswith("on") or value.strip().lower().startswith("javascript:"):
            yield f"<{tag} {name}>"
        elif name in ("src", "action") and value.startswith(("http:", "https:", "//")):
            yield f"<{tag} {name}={value}> leads out of the product"


def undefined_in_letters():
    letters = [f"{letter.subject}\n{letter.body}" for letter in getattr(mail, "outbox", [])]
    return [found for letter in letters for found in UNDEFINED.findall(letter)]
