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

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
HOST = "insteg.example.se"
HSTS = "max-age=31536000; includeSubDomains; preload"
HASHED = re.compile(r'href="(/static/ui/app\.[0-9a-f]{12}\.css)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def served(tmp_path):
    """A function that asks the product as a proxy would. Gives (status, headers, body) off the wire."""
    if connection.vendor != "postgresql":
        pytest.skip("production has PostgreSQL")
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


def test_every_kind_of_answer_off_the_wire(served):
    """One server, since it takes seconds to start: strangers, someone signed in, refusals, faults, files."""
    town, get = served
    ue = session_of("ue")
    page = f"/planerade/{town.planned['p'].pk}/"
    begun = time.monotonic()
    while get("/halsa/")[0] != 200:
        assert time.monotonic() < begun + 60
    wrong, seen = [], set()

    def expect(status, path, *args, static=False, **more):
        said, headers, body = get(path, *args, **more)
        wrong.extend(faults(path, headers, https=more.get("https", True), static=static))
        wrong.extend([f"{path}: {said}, not {status}"] * (said != status))
        seen.add(said)
        return headers, body

    headers, body = expect(200, "/logga-in/")
    style = HASHED.search(body)[1]
    expect(200, "/hjalp/")
    expect(302, "/")
    expect(404, "/finns-inte/", Cookie=ue)
    expect(404, "/static/finns-inte.css")
    expect(404, "/static/../insteg/config/settings/prod.py")
    expect(400, "/", Host="annan.example")
    expect(405, "/halsa/", "OPTIONS")
    expect(403, "/sprak/", "POST", "language=en", Cookie=ue)
    expect(403, "/sprak/", "POST", "--x", Content_Type="multipart/form-data; boundary=")
    for path, status in ((page, 200), ("/brev/", 403), ("/planerade/hamta.csv", 200), ("/planerade/hamta.xlsx", 200),
                         ("/arbetsmodellen/bild.svg", 200), ("/sok/?q=park", 200)):  # fmt: skip
        headers, body = expect(status, path, Cookie=ue)
        if "hamta" in path or path.endswith(".svg"):
            wrong += [f"{path}: no file"] * (not hostile.FILE_NAME.fullmatch(headers["Content-Disposition"]))
    expect(200, "/planerade/", Cookie=ue, HX_Request="true")

    # a form, with its token, in both cookies' names
    headers, body = expect(200, "/logga-in/", Cookie="")
    token = headers["Set-Cookie"].split(";")[0]
    sent = f"language=en&csrfmiddlewaretoken={TOKEN.search(body)[1]}"
    form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
    headers, _ = expect(302, "/sprak/", "POST", sent, Cookie=token, **form)
    assert headers["Set-Cookie"].startswith("__Host-language=en;")
    expect(403, "/sprak/", "POST", sent, Cookie=token, **{**form, "Origin": "https://annan.example"})

    # static files: kept for as long as one likes, since their names change when they do
    headers, _ = expect(200, style, static=True, Accept_Encoding="gzip")
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert (headers["Vary"], headers["Set-Cookie"]) == ("Accept-Encoding", None)
    assert headers["Access-Control-Allow-Origin"] is None
    expect(304, style, static=True, If_None_Match=headers["ETag"] or "", If_Modified_Since=headers["Last-Modified"])

    # never without https, and never to a host that somebody made up
    for host in (HOST, "insteg.example.org", "annan.example"):
        headers, _ = expect(301, "/planerade/?q=park", https=False, Host=host)
        assert headers["Location"] == f"https://{HOST}/planerade/?q=park"

    # a fault of ours, in a view and where the sessions are
    for table, path in (("needs_publishedneed", "/behov/"), ("django_session", "/")):
        with without_table(table):
            headers, body = expect(500, path, Cookie=ue)
        assert "Något gick fel hos oss" in body
        assert not [word for word in (table, "Traceback", "insteg.", "psycopg") if word in body]
    assert not wrong
    assert {200, 301, 302, 304, 400, 403, 404, 405, 500} <= seen
