"""Whatever is answered, and by whomever: page, refusal, fault, file. What each must carry is in tests/hostile.py, which
looks at all of them; here every kind is brought about, and it is seen that a fault of ours tells nothing of itself.
"""

import logging

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import DatabaseError, OperationalError
from django.test import Client

from insteg.home import manual, queries
from insteg.organisations import context
from insteg.organisations.middleware import ActorMiddleware, LanguageMiddleware

pytestmark = pytest.mark.one_database
DEEP = "Traceback hemligt-ur-databasen"
STATIC = ("ui/app.css", "ui/app.js", "ui/favicon.svg", "vendor/designsystemet/theme.css")


@pytest.fixture(autouse=True)
def quiet(db):
    cache.clear()
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
    cache.clear()


@pytest.fixture
def ask(as_, town):
    client = as_("ue")
    client.raise_request_exception = False
    return client


def stale(ask, town):
    from tests.organisations.test_administration import fill_in

    address = f"/planerade/{town.planned['p'].pk}/andra/"
    return fill_in(ask, address, version=0, months=77)


def asked_too_often(ask, town):
    for _ in range(30):
        answer = Client().post("/glomt-losenord/", {"email": "kim@kommunen.example"})
        if answer.status_code == 429:
            return answer
    return answer


def broken_parts(ask, town):
    return ask.post("/sprak/", b"--x\r\nrubbish", content_type="multipart/form-data; boundary=")


ANSWERS = {
    "a page": (200, lambda ask, town: ask.get("/planerade/")),
    "a part of a page": (200, lambda ask, town: ask.get("/planerade/", headers={"HX-Request": "true"})),
    "a head": (200, lambda ask, town: ask.head("/planerade/")),
    "a page for strangers": (200, lambda ask, town: Client().get("/hjalp/")),
    "a sign of health": (200, lambda ask, town: Client().get("/halsa/")),
    "a spreadsheet": (200, lambda ask, town: ask.get("/planerade/hamta.xlsx")),
    "a text file": (200, lambda ask, town: ask.get("/planerade/hamta.csv")),
    "a picture": (200, lambda ask, town: ask.get("/arbetsmodellen/bild.svg")),
    "a way on for a slash": (301, lambda ask, town: ask.get("/planerade")),
    "a way to sign in": (302, lambda ask, town: Client().get("/planerade/")),
    "a way out": (302, lambda ask, town: ask.post("/logga-ut/")),
    "an unknown host": (400, lambda ask, town: ask.get("/", headers={"host": "annan.example"})),
    "an impossible host": (400, lambda ask, town: ask.get("/", headers={"host": "<script>"})),
    "a broken sending": (400, broken_parts),
    "no right": (403, lambda ask, town: ask.get("/brev/")),
    "no token": (403, lambda ask, town: Client(enforce_csrf_checks=True).post("/sprak/", {"language": "en"})),
    "no such page": (404, lambda ask, town: ask.get("/finns-inte/")),
    "no such static file": (404, lambda ask, town: ask.get("/static/finns-inte.css")),
    "out of the folder": (404, lambda ask, town: ask.get("/static/../insteg/config/settings/prod.py")),
    "no such method": (405, lambda ask, town: ask.delete("/planerade/")),
    "no such method for strangers": (405, lambda ask, town: Client().put("/halsa/")),
    "somebody was first": (409, stale),
    "an old invitation": (410, lambda ask, town: Client().get("/inbjudan/gissad/")),
    "not filled in": (422, lambda ask, town: ask.post(f"/planerade/ny/{town.org['Park'].pk}/", {})),
    "too often": (429, asked_too_often),
}  # fmt: skip


@pytest.mark.parametrize(("status", "happens"), ANSWERS.values(), ids=ANSWERS)
def test_each_kind_of_answer_carries_what_it_must(ask, town, status, happens):
    answer = happens(ask, town)
    assert answer.status_code == status
    assert "default-src 'none'" in answer["Content-Security-Policy"]  # and all that tests/hostile.py has looked at
    assert "Access-Control-Allow-Origin" not in answer


def test_what_is_too_much_is_refused(ask, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert ask.post("/sprak/", {"language": "en" * 10}).status_code == 400
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None, 2
    assert ask.post("/sprak/", dict.fromkeys("abc", "1")).status_code == 400


# --- faults of ours


def fault(*args, **kwargs):
    raise RuntimeError(DEEP)


def database_fault(*args, **kwargs):
    raise DatabaseError(DEEP)


def away(*args, **kwargs):
    raise OperationalError(f"connection refused: {DEEP}")


PLACES = {
    "a view": (manual, "chapter", "/hjalp/"),
    "what a page asks": (queries, "waiting", "/"),
    "the sessions": (SessionStore, "load", "/"),
    "the language": (LanguageMiddleware, "__call__", "/"),
    "who it is": (ActorMiddleware, "process_view", "/"),
    "the page of a refusal": (context, "menu", "/finns-inte/"),
}


@pytest.mark.parametrize("raised", [fault, database_fault, away], ids=lambda raised: raised.__name__)
@pytest.mark.parametrize(("where", "name", "address"), PLACES.values(), ids=PLACES)
def test_a_fault_of_ours_tells_nothing_of_itself(ask, monkeypatch, where, name, address, raised):
    """Wherever it arises: in a view, in the sessions, in a middleware. It sets no cookie, and may be kept by nobody."""
    with monkeypatch.context() as broken:
        broken.setattr(where, name, raised)
        answer = ask.get(address)
    assert answer.status_code in (500, 503)
    said = answer.content.decode() + str(answer.headers)
    assert not [word for word in ("hemligt", "Traceback", "Error", "insteg.", ".py") if word in said]
    assert "<h1" in said
    assert not answer.cookies


# --- what is the same to everyone


@pytest.fixture
def with_static_files(settings):
    """They have not been collected: taken from where they lie."""
    settings.WHITENOISE_USE_FINDERS = True


def static(client, name, **headers):
    answer = client.get(f"/static/{name}", headers={key.replace("_", "-"): value for key, value in headers.items()})
    answer.getvalue()  # read to its end, as a browser does, or the file stays open
    return answer


@pytest.mark.parametrize("name", STATIC)
def test_static_files_alone_may_be_kept_and_are_ours_alone(with_static_files, ask, name):
    for client in (ask, Client()):
        answer = static(client, name)
        assert answer.status_code == 200
        assert "no-store" not in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")
        assert "Access-Control-Allow-Origin" not in answer
        assert static(client, name, If_Modified_Since=answer["Last-Modified"]).status_code == 304
    assert static(client, name, Range="bytes=0-9").status_code == 206
    assert client.post(f"/static/{name}").status_code == 405


def test_a_stranger_gets_no_cookie_but_with_a_form(with_static_files, db):
    """The token of a form needs one; nothing else is remembered of whoever has not signed in."""
    assert not static(Client(), "ui/app.css").cookies
    for address in ("/halsa/", "/planerade/", "/hjalp"):
        assert not Client().get(address).cookies, address
    for address in ("/logga-in/", "/hjalp/", "/tillganglighet/", "/glomt-losenord/", "/finns-inte/"):
        assert {*Client().get(address).cookies} <= {"csrftoken"}, address


def test_signing_out_leaves_nothing_of_the_session(ask):
    before = Client()
    before.cookies.load(ask.cookies.output(header="", sep=";"))
    ask.post("/logga-ut/")
    assert before.get("/planerade/").status_code == 302
    ask.get("/logga-in/")  # says that one is signed out, and has then nothing left to remember
    assert not [*ask.session.keys()]
