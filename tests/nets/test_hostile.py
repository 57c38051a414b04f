"""That the hostile world is hostile: each fault that it looks for is seen."""

import datetime as dt

import pytest
from django.core import mail
from django.db.models import Count
from django.http import HttpResponse

from insteg.organisations.models import Membership, Organisation, User
from tests import hostile

SOUND = '<!doctype html><html lang="sv"><body id="a"><p class="x">{}</p></body></html>'
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), usb=()",
    "Cache-Control": "private, no-store",
}


def test_rows_in_no_order_never_come_in_the_database_s(town):
    natural = [*Organisation.objects.order_by("name")]
    bare = Organisation.objects.order_by()
    assert [*bare] != natural
    assert {*bare} == {*natural}
    assert [*Organisation.objects.order_by("name")] == natural
    assert [*User.objects.order_by().iterator()] != [*User.objects.order_by("pk")]


def test_rows_that_are_fetched_beside_others_are_shuffled_too(town):
    units = Organisation.objects.prefetch_related("units").get(name="Stad").units.all()
    assert [unit.name for unit in units] == ["AME", "BISTAND", "ETABLERING", "UE"]  # the table has an order
    memberships = Organisation.objects.filter(name="Stad").values_list("memberships__pk", flat=True).order_by()
    assert [*memberships] != [*memberships.order_by("memberships__pk")]


def test_a_slice_of_rows_in_no_order_fails(town):
    with pytest.raises(AssertionError, match=r"organisations\.Membership in no order"):
        [*Membership.objects.order_by()[:3]]
    assert Membership.objects.order_by("pk")[:3].count() == 3
    assert Membership.objects.order_by().first() == Membership.objects.order_by("pk").first()
    assert Organisation.objects.order_by().get(name="Park")


def test_groups_keep_no_order_of_the_table(town):
    grouped = Membership.objects.values("role").annotate(count=Count("pk"))
    assert {row["role"]: row["count"] for row in grouped}["steering"] == 2


@pytest.mark.parametrize(("content", "fault"), [
    ("ODEFINIERAD:titel", "ODEFINIERAD:titel"),
    ("<script>let x = 1</script>", "inline script"),
    ('<script type="module">let x = 1</script>', "inline script"),
    ('<i style="color:red">', "inline style in <i>"),
    ("<style>p {}</style>", "inline style in <style>"),
    ('<svg><g style="fill: red"/></svg>', "inline style in <g>"),
    ('<button onclick="x()">', "<button onclick>"),
    ("<body onload=x()>", "<body onload>"),
    ('<a href="javascript:x()">', "<a href>"),
    ('<img src="https://annan.example/x.png">', "leads out of the product"),
    ('<form action="//annan.example/">', "leads out of the product"),
    ('<b id="a">', "two things are called #a"),
    ('<form method="post"><input name="x"></form>', "a form without its token"),
])  # fmt: skip
def test_each_fault_of_a_page_is_seen(content, fault):
    response = HttpResponse(SOUND.format(content), headers=HEADERS)
    assert [fault in found for found in hostile.faults_of(response)] == [True]


@pytest.mark.parametrize("content", [
    '<script src="/static/x.js" defer></script>',
    '<script type="application/json" id="data">{"onclick": "x"}</script>',
    '<a href="https://annan.example/">ut</a>',
    '<form method="get"><input name="q"></form>',
    '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>',
    "&lt;script&gt; style= onclick=",
])  # fmt: skip
def test_a_sound_page_is_left_alone(content):
    assert hostile.faults_of(HttpResponse(SOUND.format(content), headers=HEADERS)) == []


@pytest.mark.parametrize("header", HEADERS)
def test_a_missing_header_is_seen_on_whatever_is_answered(header):
    sent = {name: value for name, value in HEADERS.items() if name != header}
    sent |= {"Content-Disposition": 'attachment; filename="plan.zip"'}
    file = HttpResponse(b"\x00", content_type="application/zip", headers=sent)
    said = "may be kept: None" if header == "Cache-Control" else f"no {header}"
    assert hostile.faults_of(file) == [said]


@pytest.mark.parametrize(("headers", "fault"), [
    ({"Cache-Control": "no-cache"}, "may be kept"),
    ({"Cache-Control": "public, max-age=60"}, "may be kept"),
    ({"Content-Type": "text/html"}, "is shown"),
    ({"Content-Type": "image/svg+xml"}, "is shown"),
    ({"Content-Type": "application/pdf", "Content-Disposition": "inline"}, "is shown"),
    ({"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="../x"'}, "no good name"),
    ({"Location": "https://annan.example/"}, "leads out"),
    ({"Location": "//annan.example/"}, "leads out"),
])  # fmt: skip
def test_each_careless_header_is_seen(headers, fault):
    assert [fault in said for said in hostile.faults_of(HttpResponse(headers=HEADERS | headers))] == [True]


@pytest.mark.parametrize(("name", "value", "words", "fault"), [
    ("sessionid", "a" * 32, {"samesite": "Lax"}, "httponly"),
    ("sessionid", "a" * 32, {"httponly": True}, "samesite"),
    ("sessionid", "eva@kommunen.example", {"httponly": True, "samesite": "Lax"}, "holds"),
    ("csrftoken", "A" * 32, {"httponly": True, "samesite": "Lax", "path": "/planerade/"}, "path"),
    ("csrftoken", "A" * 32, {"httponly": True, "samesite": "Lax", "domain": "example"}, "domain"),
    ("seen", "1", {"httponly": True, "samesite": "Lax"}, "unknown cookie"),
])  # fmt: skip
def test_each_careless_cookie_is_seen(name, value, words, fault):
    response = HttpResponse(headers=HEADERS)
    response.set_cookie(name, value, **words)
    assert [fault in said for said in hostile.faults_of(response)] == [True]


def test_careful_cookies_are_left_alone(settings):
    response = HttpResponse(headers=HEADERS)
    for name, value in (("sessionid", "a" * 32), ("csrftoken", "A" * 32), ("django_language", "sv")):
        response.set_cookie(name, value, httponly=True, samesite="Lax")
    assert hostile.faults_of(response) == []
    settings.SESSION_COOKIE_SECURE = True
    assert len(hostile.faults_of(response)) == 3


def test_an_undefined_variable_in_a_letter_is_seen():
    mail.outbox = [mail.EmailMessage("Hej", "Hej ODEFINIERAD:namn")]
    assert hostile.undefined_in_letters() == ["ODEFINIERAD:namn"]
    mail.outbox = []


def test_a_moment_without_a_zone_fails(town):
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        User.objects.update(last_login=dt.datetime(2026, 1, 2))  # noqa: DTZ001
