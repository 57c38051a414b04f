"""While the database is away: 503 and the truth, what was typed comes back, and sending it again does it once."""

import errno
import re
import sqlite3
from uuid import uuid4

import psycopg
import pytest
from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from insteg.audit.forms import ActionForm
from insteg.core.away import is_away
from insteg.home import manual
from insteg.home.typed import every_form
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.organisations.models import User
from tests.home.losing import TYPED, hidden, is_503, lost, report_page, told, typed, words
from tests.town import address

BUTTON = "Skicka igen"


def of_sqlite(code):
    error, cause = OperationalError("told"), sqlite3.OperationalError()
    cause.sqlite_errorcode, error.__cause__ = code, cause
    return error


@pytest.mark.parametrize("page", ["/", "/planerade/", "/planerade/hamta.xlsx", "/halsa/", "/hjalp/", "/min-profil/"])
def test_every_page_and_file_says_that_it_rests(person, town, away, page):
    client = person("park")
    away()
    answer = client.get(page)
    assert is_503(answer)
    assert "Insteg vilar en stund" in words(answer)
    assert f'href="{page}"' in words(answer)
    away(False)
    assert client.get(page).status_code == 200


def test_it_is_said_in_the_language_that_this_browser_has_chosen(person, town, away, settings):
    client = person("park")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    away()
    assert '<html lang="en"' in words(client.get("/planerade/"))


def test_a_part_of_a_page_leads_to_the_whole_page(person, town, away):
    client = person("park")
    away()
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/planerade/?visa=mina"}
    answer = client.get("/planerade/?sok=x", headers=headers)
    assert is_503(answer)
    assert answer["HX-Redirect"] == "/planerade/?visa=mina"


@pytest.mark.parametrize("table", ["django_session", "organisations_user", "inventory_plannedprocurement"])
def test_nothing_was_saved_and_what_was_typed_comes_back_whole(person, town, away, table):
    """Wherever it fails: before anyone knows who is asking, or in the midst of the work."""
    client, sent = person("park"), typed()
    away(on=table)
    answer = client.post(report_page(town), sent)
    assert is_503(answer)
    assert "Inget sparades" in words(answer)
    assert "osäkert" not in words(answer)
    assert hidden(answer) == sent
    assert f'action="{report_page(town)}"' in words(answer)
    shown = {"Vad ska upphandlas?": TYPED["title"], "Slag": "Tjänst", "Årsarbetare i snitt": "vet inte"}
    for label, said in shown.items():
        assert f"<dt>{label}</dt> <dd>{said}</dd>" in words(answer), label
    assert "<b>trappor" not in answer.content.decode()
    away(False)
    assert client.post(report_page(town), hidden(answer)).status_code == 302
    assert PlannedProcurement.objects.filter(title=TYPED["title"]).count() == 1


def test_a_password_is_never_sent_back(client, town, away):
    client.raise_request_exception = False
    sent = {"csrfmiddlewaretoken": "k" * 64, "login": address("park"), "password": "hemligt lösenord"}
    away()
    answer = client.post(reverse("account_login"), sent)
    assert is_503(answer)
    assert "hemligt" not in words(answer)
    assert not hidden(answer)
    assert BUTTON not in words(answer)
    sent = typed(name="Ny Person", password="hemligt lösenord", again="hemligt lösenord")
    answer = client.post("/inbjudan/abc/", sent)
    assert hidden(answer) == {name: said for name, said in sent.items() if name not in ("password", "again")}
    assert "hemligt" not in words(answer)
    assert "Lösenord och koder skickas inte tillbaka" in words(answer)


def test_a_form_without_a_key_is_not_offered_to_be_sent_again(person, town, away):
    """Nobody would know that it had been done once."""
    client = person("park")
    away()
    for sent in ({"title": "x"}, typed(key="ingen nyckel")):
        answer = client.post(report_page(town), sent)
        assert is_503(answer)
        assert BUTTON not in words(answer)
        assert "se efter hur det blev" in words(answer)


def test_a_form_without_end_comes_back_whole_and_shows_its_beginning(person, town, away):
    client, sent = person("park"), typed(**{f"rad_{n}": f"värde {n}" for n in range(2_000)})
    away()
    answer = client.post(report_page(town), sent)
    assert hidden(answer) == sent
    assert answer.content.decode().count("<dt>") < 100
    assert re.search(r"Och \d{4} uppgifter till", words(answer))


def test_a_file_that_found_no_room_is_named_and_nothing_is_saved(person, town, monkeypatch):
    def no_room(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    client, page = person("park"), f"/planerade/las-in/{town.org['Park'].pk}/"
    sent = {"version": "1", "key": str(uuid4()), "csrfmiddlewaretoken": "k" * 64}
    content = b"Upphandling;Start\r\nSnickeri;2028-01-01\r\n"
    plans = PlanUpload.objects.filter(organisation=town.org["Park"])
    with monkeypatch.context() as full:
        full.setattr(type(default_storage._wrapped), "save", no_room)
        answer = client.post(page, sent | {"file": SimpleUploadedFile("årets plan.csv", content)})
    assert is_503(answer)
    assert "Inget sparades" in words(answer)
    assert "årets plan.csv" in words(answer)
    assert not plans.exists()
    again = client.post(page, hidden(answer))  # without the file: the page asks for it, and keeps the key
    assert again.status_code == 422
    assert sent["key"] in words(again)
    assert client.post(page, sent | {"file": SimpleUploadedFile("årets plan.csv", content)}).status_code == 302
    assert plans.count() == 1


def test_every_form_with_a_file_requires_it():
    """So that a form sent again without it is asked for it, and never saved without."""
    found = [
        (form, field)
        for form in every_form(ActionForm)
        if form.__module__.startswith("insteg.")
        for field in form.base_fields.values()
        if isinstance(field, forms.FileField)
    ]
    assert found
    assert all(field.required for _form, field in found)


def test_a_fault_of_our_own_is_still_a_fault(client, db, monkeypatch):
    client.raise_request_exception = False
    for error in (OperationalError("deadlock detected"), told("40P01"), IntegrityError("x"), RuntimeError("x")):

        def broken(*args, error=error):
            raise error

        monkeypatch.setattr(manual, "chapter", broken)
        answer = client.get("/hjalp/")
        assert answer.status_code == 500, error
        assert "Retry-After" not in answer


def test_a_request_that_makes_no_sense_is_still_refused(client, db):
    answer = client.get("/hjalp/", headers={"host": "annan.example"})
    assert answer.status_code == 400
    assert "Det gick inte att läsa" in words(answer)


@pytest.mark.parametrize("code", ["08006", "53100", "53300", "57P01", "57P02", "57P03", "58030", "25006"])
def test_what_postgresql_calls_being_away(code):
    assert is_away(told(code))


@pytest.mark.parametrize("code", ["40P01", "40001", "42P01", "23505", "22001", "57014", "XX000"])
def test_what_postgresql_calls_a_fault(code):
    assert not is_away(told(code))


def test_what_sqlite_calls_being_away():
    away_codes = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
    assert all(map(is_away, map(of_sqlite, (*away_codes, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR | 3 << 8))))
    for code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_NOTADB):
        assert not is_away(of_sqlite(code))


def test_what_comes_of_it_is_the_same_thing():
    while_handled = RuntimeError("while it was handled")
    while_handled.__context__ = lost()
    assert is_away(while_handled)
    closed = InterfaceError("the connection is closed")
    closed.__cause__ = psycopg.InterfaceError("the connection is closed")
    assert is_away(closed)
    assert not is_away(None)
    assert not is_away(OSError(errno.ENOENT, "no such file"))


def test_whoever_is_signed_in_stays_so(person, town, away):
    client = person("park")
    away()
    client.get("/")
    away(False)
    assert client.get("/").status_code == 200
    assert User.objects.get(email=address("park")).is_authenticated


def test_a_stranger_too_is_told(db, away, settings):
    client = Client(raise_request_exception=False)
    away()
    assert is_503(client.get("/planerade/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={'a' * 32}"}))
