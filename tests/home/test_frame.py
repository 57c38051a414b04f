"""Addresses that belong to the product itself: its health, its faults, and the gallery of components."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from insteg.home import manual
from tests.town import PEOPLE

pytestmark = pytest.mark.one_database


def test_the_health_address_answers_a_stranger_and_keeps_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/halsa/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_the_health_address_says_when_the_database_is_away(client, db, monkeypatch):
    def gone():
        raise OperationalError

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", gone)
        answer = client.get("/halsa/")
    assert answer.status_code == 503
    assert b"ok" not in answer.content


def test_an_address_that_does_not_exist_is_said_so_in_plain_words(as_, town):
    for name in (None, "ue"):
        answer = as_(name).get("/finns-inte/")
        assert answer.status_code == 404
        assert "Sidan finns inte" in answer.content.decode()


def test_a_form_that_was_open_too_long_is_not_blamed_on_the_reader(db):
    answer = Client(enforce_csrf_checks=True).post("/tillganglighet/", {"text": "x"})
    assert answer.status_code == 403
    assert "Skicka en gång till" in answer.content.decode()


def test_a_fault_of_ours_is_said_without_details(client, db, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("hemligt")

    monkeypatch.setattr(manual, "chapter", broken)
    client.raise_request_exception = False
    answer = client.get("/hjalp/")
    assert answer.status_code == 500
    html = answer.content.decode()
    assert "Något gick fel hos oss" in html
    assert "hemligt" not in html


def test_the_gallery_is_for_those_who_are_signed_in(as_, town):
    assert as_(None).get("/komponenter/").status_code == 302
    for name in PEOPLE:
        assert as_(name).get("/komponenter/").status_code == 200


def test_a_request_for_another_host_is_refused_without_details(client, db):
    answer = client.get("/halsa/", headers={"host": "annan.example"})
    assert answer.status_code == 400
    assert "Det gick inte att läsa" in answer.content.decode()
