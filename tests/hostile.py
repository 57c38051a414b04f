"""A hostile world for every test: rows without an order come in a wrong one, and no page may be careless.

Naive datetimes fail by `filterwarnings = error` in pyproject.toml.
"""

import random
import re
import zlib
from collections import Counter

from django.conf import settings
from django.core import mail
from django.db.models import QuerySet
from django.db.models.query import MAX_GET_RESULTS
from django.test import Client
from whitenoise.middleware import WhiteNoiseFileResponse

UNDEFINED = re.compile(r"ODEFINIERAD:\S*")
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[^\s=>/\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*/?>")
ATTRIBUTE = re.compile(r"([^\s=>/\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
POSTED = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)
# Nothing that is a fault is without one of these: a page that has none need not be taken apart, which costs eight times
# as much. Each begins with plain letters, which is what makes it quick.
SUSPECT = [
    re.compile(said)
    for said in (r"style\s*=", r"<script\b(?![^>]*\ssrc\s*=)", r" on[a-z]+\s*=", r"=[\"']?(?:https?:|//)")
]
ID = re.compile(r" id=[\"']?([^\"'\s>]+)")
HEADERS = {  # what each must say
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
# In the window, or read by a script of ours; all else is a file to save.
SHOWN = {"text/html; charset=utf-8", "text/plain; charset=utf-8", "application/json"}
FILE_NAME = re.compile(r"""attachment; filename(="[^"/\\:*?<>|\x00-\x1f]+"|\*=utf-8''[\w.~%-]+)""")
COOKIES = {  # those that there are, and what is in them: nothing about anybody
    "SESSION_COOKIE_NAME": re.compile(r"[a-z0-9]{32}"),
    "CSRF_COOKIE_NAME": re.compile(r"[a-zA-Z0-9]{32}"),
    "LANGUAGE_COOKIE_NAME": re.compile(r"sv|en"),
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
    """What no answer may have or lack. Static files are the same to everyone: they alone may be kept, as they are."""
    sent = response.headers
    faults = [f"no {name}" for name, said in HEADERS.items() if said not in sent.get(name, "")]
    if isinstance(response, WhiteNoiseFileResponse):
        return faults + ["a cookie with a static file"] * bool(response.cookies)
    kind = sent.get("Content-Type", "")
    if sent.get("Cache-Control") != "private, no-store":
        faults.append(f"may be kept: {sent.get('Cache-Control')}")
    if kind not in SHOWN and not FILE_NAME.fullmatch(sent.get("Content-Disposition", "")):
        faults.append(f"{kind} is shown, or has no good name: {sent.get('Content-Disposition')}")
    if response.cookies:
        faults += [fault for cookie in response.cookies.values() for fault in faults_of_cookie(cookie)]
    if "Location" in sent and leads_out(sent["Location"]):
        faults.append(f"leads out of the product: {sent['Location']}")
    if response.streaming or not kind.startswith("text/"):
        return faults
    text = response.content.decode()
    if "ODEFINIERAD:" in text:
        faults += sorted(set(UNDEFINED.findall(text)))
    return [*faults, *faults_of_page(text)] if kind.startswith("text/html") else faults


def leads_out(address):
    out = address.startswith(("http:", "https:", "//", "\\"))
    return out and not address.startswith(f"{settings.BASE_URL}/")


def faults_of_cookie(cookie):
    """One that is taken away needs only to say where."""
    inside = next((value for name, value in COOKIES.items() if getattr(settings, name) == cookie.key), None)
    if inside is None:
        return [f"an unknown cookie: {cookie.key}"]
    wanted = {"path": "/", "domain": "", "samesite": "Lax"}
    if cookie.value:
        wanted |= {"httponly": True, "secure": settings.SESSION_COOKIE_SECURE or ""}
    found = [f"{cookie.key}: {what}={cookie[what]!r}" for what, said in wanted.items() if cookie[what] != said]
    return found + [f"{cookie.key} holds {cookie.value}"] * bool(cookie.value and not inside.fullmatch(cookie.value))


def faults_of_page(html):
    return faults_in_parts(html) if is_suspect(html.lower().replace("\n", " ")) else []


def is_suspect(html):
    """Whether the page, in small letters and on one line, could have a fault."""
    if "<style" in html or "javascript:" in html or any(words.search(html) for words in SUSPECT):
        return True
    ids = ID.findall(html)
    return len(ids) != len({*ids}) or any(map(lacks_token, html.split("<form")[1:]))


def lacks_token(form):
    return "post" in form[: form.find(">")] and "csrfmiddlewaretoken" not in form[: form.find("</form")]


def faults_in_parts(html):
    faults, ids = [], Counter()
    for tag, written in TAG.findall(html):
        attributes = {name.lower(): "".join(values) for name, *values in ATTRIBUTE.findall(written)}
        faults += faults_of_tag(tag.lower(), attributes)
        ids[attributes.get("id", "")] += 1
    faults += [f"two things are called #{name}" for name, times in ids.items() if name and times > 1]
    return faults + ["a form without its token" for form in POSTED.findall(html) if "csrfmiddlewaretoken" not in form]


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
