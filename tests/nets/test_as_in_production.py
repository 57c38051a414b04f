"""The same contracts where nothing is as in a test: gunicorn, the production settings, PostgreSQL, collected files.

What tests/settings leave out is seen here: https alone, `Secure` and `__Host-` cookies, HSTS, files with their hashes
in their names, and each header once, as the browser gets it.
"""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as test_settings
from django.db import connection
from django.test import Client

from insteg.organisations.models import User
from tests import hostile
from tests.town import address, build

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="production has PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
ROOT = Path(__file__).parents[2]
HOST = "insteg.example.se"
HSTS = "max-age=31536000; includeSubDomains; preload"
HASHED = re.compile(r'href="(/static/ui/app\.[0-9a-f]{12}\.css)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def served(tmp_path):
    """A function that asks the product as a proxy would. Gives (status, headers, body) off the wire."""
    town = build()
    User.objects.update(is_example=False)  # or nothing starts
    environment = os.environ | environment_of(tmp_path)
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    with socket.socket() as listening, (tmp_path / "log").open("wb") as log:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port, fd = listening.getsockname()[1], listening.fileno()
        command = [sys.executable, "-m", "gunicorn", "insteg.config.wsgi", "--bind", f"fd://{fd}", "--threads", "4",
                   "--worker-class", "gthread"]  # fmt: skip
        server = subprocess.Popen(command, env=environment, cwd=ROOT, pass_fds=[fd], stdout=log, stderr=log)
        try:
            yield town, lambda *args, **more: ask(port, *args, **more)
        finally:
            server.terminate()
            server.wait(30)


def environment_of(folder):
    said = connection.settings_dict
    return {
        "DJANGO_SETTINGS_MODULE": "insteg.config.settings.prod",
        "SECRET_KEY": test_settings.SECRET_KEY,
        "ENCRYPTION_KEYS": ",".join(test_settings.ENCRYPTION_KEYS),
        "ALLOWED_HOSTS": f"{HOST},insteg.example.org",
        "DATABASE_URL": f"postgres://{said['USER']}@{quote(said['HOST'], safe='')}/{said['NAME']}",
        "STATIC_ROOT": str(folder / "static"),
        "FILES_ROOT": str(folder / "files"),
        "PYTHONPATH": str(ROOT),
    }


def ask(port, path, method="GET", body=None, *, https=True, **headers):
    sent = {"Host": HOST, "X-Forwarded-For": "192.0.2.1", **{k.replace("_", "-"): v for k, v in headers.items()}}
    if https:
        sent["X-Forwarded-Proto"] = "https"
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request(method, path, body, sent)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read().decode(errors="replace")


def faults(path, headers, *, https=True, static=False):
    """What is missing, or said twice, in what came off the wire."""
    found = [f"no {name}" for name, said in hostile.HEADERS.items() if said not in headers.get(name, "")]
    found += [f"{name} {len(all_of)} times" for name in {*headers} - {"Set-Cookie"}
              if len(all_of := headers.get_all(name)) > 1]  # fmt: skip
    if https and headers.get("Strict-Transport-Security") != HSTS:
        found.append("no HSTS")
    if not static and headers.get("Cache-Control") != "private, no-store":
        found.append(f"may be kept: {headers.get('Cache-Control')}")
    for cookie in headers.get_all("Set-Cookie") or []:
        if not re.match(r"__Host-(session|csrf|language)=", cookie):
            found.append(f"an unknown cookie: {cookie}")
        words = {word.strip() for word in cookie.split(";")[1:]}
        missing = {"Secure", "Path=/", "SameSite=Lax", "HttpOnly"} - words
        if missing or any(word.startswith("Domain") for word in words):
            found.append(f"a careless cookie: {cookie}")
    return [f"{path}: {fault}" for fault in found]


def session_of(name):
    client = Client()
    client.force_login(User.objects.get(email=address(name)))
    return f"__Host-session={client.cookies['sessionid'].value}"


@contextlib.contextmanager
def without_table(name):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {name} RENAME TO {name}_gone")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {name}_gone RENAME TO {name}")


class Visitor:
    """Asks, and notes what was wrong with the answers."""

    def __init__(self, get):
        self.get, self.wrong, self.seen = get, [], set()

    def gets(self, status, path, *args, static=False, **more):
        said, headers, body = self.get(path, *args, **more)
        self.wrong += faults(path, headers, https=more.get("https", True), static=static)
        self.wrong += [f"{path}: {said}, not {status}"] * (said != status)
        self.seen.add(said)
        return headers, body


def a_stranger(one):
    one.gets(200, "/hjalp/")
    one.gets(302, "/")
    one.gets(404, "/static/finns-inte.css")
    one.gets(404, "/static/../insteg/config/settings/prod.py")
    one.gets(400, "/", Host="annan.example")
    one.gets(405, "/halsa/", "OPTIONS")
    one.gets(403, "/sprak/", "POST", "--x", Content_Type="multipart/form-data; boundary=")


def someone_signed_in(one, ue, planned):
    one.gets(404, "/finns-inte/", Cookie=ue)
    one.gets(403, "/brev/", Cookie=ue)
    one.gets(403, "/sprak/", "POST", "language=en", Cookie=ue)
    one.gets(200, f"/planerade/{planned.pk}/", Cookie=ue)
    one.gets(200, "/sok/?q=park", Cookie=ue)
    one.gets(200, "/planerade/", Cookie=ue, HX_Request="true")
    for path in ("/planerade/hamta.csv", "/planerade/hamta.xlsx", "/arbetsmodellen/bild.svg"):
        headers, _ = one.gets(200, path, Cookie=ue)
        assert hostile.FILE_NAME.fullmatch(headers["Content-Disposition"]), path


def a_form_with_its_token(one):
    headers, body = one.gets(200, "/logga-in/")
    token = headers["Set-Cookie"].split(";")[0]
    sent = f"language=en&csrfmiddlewaretoken={TOKEN.search(body)[1]}"
    form = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": token}
    headers, _ = one.gets(302, "/sprak/", "POST", sent, Origin=f"https://{HOST}", **form)
    assert headers["Set-Cookie"].startswith("__Host-language=en;")
    one.gets(403, "/sprak/", "POST", sent, Origin="https://annan.example", **form)


def static_files(one):
    """Kept for as long as one likes, since their names change when they do."""
    _, body = one.gets(200, "/logga-in/")
    style = HASHED.search(body)[1]
    headers, _ = one.gets(200, style, static=True, Accept_Encoding="gzip")
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert (headers["Vary"], headers["Set-Cookie"]) == ("Accept-Encoding", None)
    assert headers["Access-Control-Allow-Origin"] is None
    one.gets(304, style, static=True, If_None_Match=headers["ETag"] or "", If_Modified_Since=headers["Last-Modified"])


def without_https(one):
    """Led to it, and never to a host that somebody made up."""
    for host in (HOST, "insteg.example.org", "annan.example"):
        headers, _ = one.gets(301, "/planerade/?q=park", https=False, Host=host)
        assert headers["Location"] == f"https://{HOST}/planerade/?q=park"


def faults_of_ours(one, ue):
    """In a view, and where the sessions are."""
    for table, path in (("needs_publishedneed", "/behov/"), ("django_session", "/")):
        with without_table(table):
            _, body = one.gets(500, path, Cookie=ue)
        assert "Något gick fel hos oss" in body
        assert not [word for word in (table, "Traceback", "insteg.", "psycopg") if word in body]


def test_every_kind_of_answer_off_the_wire(served):
    """In one test, since a server takes seconds to start."""
    town, get = served
    one, ue, begun = Visitor(get), session_of("ue"), time.monotonic()
    while get("/halsa/")[0] != 200:
        assert time.monotonic() < begun + 60
    a_stranger(one)
    someone_signed_in(one, ue, town.planned["p"])
    a_form_with_its_token(one)
    static_files(one)
    without_https(one)
    faults_of_ours(one, ue)
    assert not one.wrong
    assert {200, 301, 302, 304, 400, 403, 404, 405, 500} <= one.seen
