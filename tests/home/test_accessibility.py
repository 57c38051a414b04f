"""The accessibility statement: anyone may say what does not work, and the administrator answers (2018:1937 13 §)."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insteg.access.actor import VISITOR
from insteg.audit.gate import Refused, Stale
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.home import actions
from insteg.home.models import ONLY, Remark, Statement
from insteg.home.queries import remarks_to_answer
from insteg.organisations.models import Membership
from tests.town import PEOPLE

pytestmark = pytest.mark.one_database

PAGE, LIST, EDIT = "/tillganglighet/", "/tillganglighet/synpunkter/", "/tillganglighet/redogorelse/"
EVERYONE = [None, *PEOPLE]
ADMINISTRATORS = {"admin", "admin2"}


@pytest.fixture(autouse=True)
def nobody_has_written_yet(db):
    cache.clear()


@pytest.fixture
def statement(db):
    return Statement.objects.the_one()


def form_of(client, url, **headers):
    """What a browser would send back."""
    html = client.get(url, headers=headers).content.decode()
    hidden = re.findall(r'type="hidden" name="(version|key)"(?: value="([^"]*)")?', html)
    return {name: value for name, value in hidden if value}


@pytest.mark.parametrize("came_from", ["http://[", "//[", "https://annan.example/", "x"])
def test_whatever_the_browser_says_it_came_from_the_page_opens(client, came_from):
    answer = client.get(PAGE, headers={"referer": came_from})
    assert (answer.status_code, answer.context["form"].initial["page"]) == (200, "")


def say(statement, text="Menyn går inte att öppna", **more):
    return actions.say(actor=VISITOR, target=statement, seen=None, text=text, **more)


def test_anyone_may_say_what_does_not_work_and_need_not_say_who(town, as_):
    for name in EVERYONE:
        cache.clear()
        client = as_(name)
        answer = client.post(PAGE, form_of(client, PAGE) | {"text": f"Från {name}"})
        assert (answer.status_code, answer.url) == (302, "/tillganglighet/tack/"), name
        assert "Tack" in client.get(answer.url).content.decode()
    assert sorted(Remark.objects.order_by().values_list("text", flat=True)) == sorted(f"Från {n}" for n in EVERYONE)


def test_with_several_memberships_and_none_chosen_one_is_a_visitor(town, as_):
    who = town.who["ue"]
    Membership.objects.create(user_id=who.id, role="steering", organisation=town.org["Stad"])
    client = as_("ue")
    assert client.post(PAGE, form_of(client, PAGE) | {"text": "x"}).status_code == 302
    assert Entry.objects.get(action="home.say").actor_id == VISITOR.id


def test_the_log_tells_that_it_came_and_not_what_it_says(client, statement):
    client.post(PAGE, form_of(client, PAGE) | {"text": "Mitt namn är Kim", "email": "kim@staden.example"})
    entry = Entry.objects.get(action="home.say")
    assert (entry.actor_kind, entry.actor_id, entry.changed) == ("link", "visitor", [])
    assert {subject.model for subject in entry.subjects.all()} == {"home.Statement", "home.Remark"}


def test_a_double_click_is_one_and_other_words_are_another(client, statement):
    sent = form_of(client, PAGE) | {"text": "Knappen syns inte"}
    assert [client.post(PAGE, sent).status_code for _ in range(2)] == [302, 302]
    assert Remark.objects.count() == 1
    client.post(PAGE, sent | {"text": "Knappen syns inte alls"})
    assert Remark.objects.count() == 2


def test_the_eleventh_within_an_hour_waits_with_its_words_kept(client, statement):
    for number in range(10):
        client.post(PAGE, form_of(client, PAGE) | {"text": f"Nummer {number}"})
    answer = client.post(PAGE, form_of(client, PAGE) | {"text": "Den elfte"})
    assert answer.status_code == 429
    assert "Den elfte" in answer.content.decode()
    assert "Vänta en timme" in answer.content.decode()
    assert Remark.objects.count() == 10
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post(PAGE, form_of(elsewhere, PAGE) | {"text": "Från ett annat håll"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"text": ""}, "text"), ({"text": "x", "email": "ingen adress"}, "email"), ({"text": "x" * 4001}, "text")],
)
def test_faults_are_said_at_the_field_and_nothing_is_kept(client, statement, typed, said):
    answer = client.post(PAGE, form_of(client, PAGE) | typed)
    assert answer.status_code == 422
    assert f'id="id_{said}_error"' in answer.content.decode()
    assert not Remark.objects.exists()


def test_a_post_without_the_token_is_refused(statement):
    client = Client(enforce_csrf_checks=True)
    assert client.post(PAGE, form_of(client, PAGE) | {"text": "x"}).status_code == 403
    assert not Remark.objects.exists()


def test_a_change_of_the_statement_stops_nobody_from_writing(client, town, statement):
    sent = form_of(client, PAGE) | {"text": "Skrevs under tiden"}
    edit(town.who["admin"], statement, email="insteg@staden.example")
    assert client.post(PAGE, sent).status_code == 302


def test_the_page_that_one_came_from_is_filled_in_and_no_other_site(client, statement):
    from_us = client.get(PAGE, headers={"referer": "http://testserver/planerade/?q=hemligt"}).content.decode()
    assert 'value="/planerade/"' in from_us
    assert "hemligt" not in from_us
    elsewhere = client.get(PAGE, headers={"referer": "http://annan.example/sida"}).content.decode()
    assert "/sida" not in elsewhere


def test_an_emptied_database_still_shows_the_statement(client, db):
    Statement.objects.all().delete()
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, form_of(client, PAGE) | {"text": "x"}).status_code == 302


def test_before_an_assessment_the_page_says_so(client, statement):
    html = client.get(PAGE).content.decode()
    assert "inte bedömd än" in html
    assert "skärmläsare" in html  # what is known of the product itself
    assert "https://www.digg.se/tdosanmalan" in html


# --- the administrator's side


def edit(who, statement, **more):
    words = {
        "compliance": "partly", "assessed_on": dt.date(2026, 10, 1), "method": "Egen granskning", "exceptions": "",
        "shortcomings": "Bilden av modellen saknar text.\nKartan går inte att zooma.", "email": "",
    }  # fmt: skip
    actions.edit_statement(actor=who, target=statement, seen=None, **words | more)


def test_only_the_administrator_opens_the_list_and_the_statement(town, as_, statement):
    row = say(statement)
    for url in (LIST, EDIT, reverse("home:answer", args=[row.pk])):
        opened = {name for name in PEOPLE if as_(name).get(url).status_code == 200}
        assert opened == ADMINISTRATORS, url
        assert as_(None).get(url).status_code == 302


def test_only_the_administrator_answers_and_edits(town, statement):
    row = say(statement)
    for name, who in {**town.who, None: VISITOR}.items():
        if name in ADMINISTRATORS:
            continue
        with pytest.raises(Refused):
            actions.answer(actor=who, target=row, seen=None, answer="Klart")
        with pytest.raises(Refused):
            edit(who, statement)
    assert Remark.objects.get().handled_at is None
    actions.answer(actor=town.who["admin"], target=row, seen=None, answer="Klart")
    edit(town.who["admin"], statement)


def test_an_answer_is_kept_with_its_time_and_can_be_mended(town, as_, statement):
    row = say(statement, email="nagon@staden.example")
    client, url = as_("admin"), reverse("home:answer", args=[row.pk])
    assert "nagon@staden.example" in client.get(url).content.decode()
    assert client.post(url, form_of(client, url) | {"answer": "Menyn är rättad."}).status_code == 302
    first = Remark.objects.get()
    assert (first.answer, first.handled_at is not None) == ("Menyn är rättad.", True)
    assert "Besvarad" in client.get(LIST).content.decode()
    client.post(url, form_of(client, url) | {"answer": "Menyn är rättad i dag."})
    mended = Remark.objects.get()
    assert (mended.answer, mended.handled_at) == ("Menyn är rättad i dag.", first.handled_at)
    assert [entry.changed for entry in Entry.objects.filter(action="home.answer").order_by("pk")] == [
        ["answer", "handled_at"],
        ["answer"],
    ]


def test_of_two_administrators_the_second_is_told_what_the_first_did(town, as_, statement):
    row = say(statement)
    client, url = as_("admin2"), reverse("home:answer", args=[row.pk])
    sent = form_of(client, url) | {"answer": "Jag tar det"}
    actions.answer(actor=town.who["admin"], target=row, seen=1, answer="Redan rättat")
    answer = client.post(url, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Jag tar det" in html
    assert "Ändrat under tiden till: Redan rättat" in html
    with pytest.raises(Stale):
        actions.answer(actor=town.who["admin2"], target=row, seen=1, answer="Jag tar det")


def test_what_the_log_told_under_the_table_s_first_name_is_still_understood(town, as_, statement, monkeypatch):
    row = say(statement)
    client, url = as_("admin2"), reverse("home:answer", args=[row.pk])
    sent = form_of(client, url) | {"answer": "Jag tar det"}
    with monkeypatch.context() as release_before:
        release_before.setattr(Remark._meta, "object_name", "Feedback")
        actions.answer(actor=town.who["admin"], target=row, seen=1, answer="Redan rättat")
    told = Entry.objects.get(action="home.answer").subjects.get()
    assert (told.model, told.row_version) == ("home.Feedback", 2)
    assert "Ändrat under tiden till: Redan rättat" in client.post(url, sent).content.decode()
    own = as_("admin")
    assert "Du har själv ändrat under tiden" in own.post(url, sent).content.decode()


def test_an_answer_needs_words(town, as_, statement):
    row = say(statement)
    client, url = as_("admin"), reverse("home:answer", args=[row.pk])
    assert client.post(url, form_of(client, url) | {"answer": " "}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.update(handled_at=clock.now())


def test_what_is_not_answered_waits_for_the_administrators_and_no_one_else(town, as_, statement):
    assert remarks_to_answer(town.who["admin"]) == []
    first, second = say(statement), say(statement, "Kontrasten är för svag")
    told = {name for name, who in town.who.items() if remarks_to_answer(who)}
    assert told == ADMINISTRATORS
    assert "Svara på två synpunkter om tillgänglighet" in as_("admin").get("/").content.decode()
    actions.answer(actor=town.who["admin"], target=first, seen=None, answer="Klart")
    assert "Svara på en synpunkt om tillgänglighet" in as_("admin2").get("/").content.decode()
    actions.answer(actor=town.who["admin"], target=second, seen=None, answer="Klart")
    assert remarks_to_answer(town.who["admin"]) == []


def test_the_statement_is_edited_on_its_page_and_everyone_reads_it(town, as_, client, statement):
    admin = as_("admin")
    typed = {
        "compliance": "partly", "assessed_on": "1 oktober 2026", "method": "Egen granskning",
        "shortcomings": "Bilden av modellen saknar text.\r\nKartan går inte att zooma.",
        "exceptions": "", "email": "insteg@staden.example",
    }  # fmt: skip
    assert "Ändra redogörelsen" in admin.get(PAGE).content.decode()
    assert admin.post(EDIT, form_of(admin, EDIT) | typed).status_code == 302
    html = as_(None).get(PAGE).content.decode()
    assert "delvis förenligt" in html
    assert "<li>Kartan går inte att zooma.</li>" in html
    assert "mailto:insteg@staden.example" in html
    assert "Ändra redogörelsen" not in html
    assert "Ändra redogörelsen" not in as_("ue").get(PAGE).content.decode()
    assert Statement.objects.get().updated_on == clock.today()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"compliance": "full", "assessed_on": ""}, "Fyll i både hur väl kraven följs och vilken dag det bedömdes."),
        ({"compliance": "", "assessed_on": "1 oktober 2026"}, "Fyll i både hur väl kraven följs"),
        ({"compliance": "full", "assessed_on": "1 oktober 2099"}, "Den dagen har inte varit än."),
    ],
)
def test_an_assessment_has_a_day_that_has_been(town, as_, statement, typed, said):
    client = as_("admin")
    answer = client.post(EDIT, form_of(client, EDIT) | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Statement.objects.get().assessed_on is None


def test_a_stale_edit_of_the_statement_keeps_the_words(town, as_, statement):
    client = as_("admin2")
    sent = form_of(client, EDIT) | {"method": "Extern granskning"}
    edit(town.who["admin"], statement, method="Egen granskning")
    answer = client.post(EDIT, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Extern granskning" in html
    assert "Ändrat under tiden till: Egen granskning" in html


def test_there_is_one_statement(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create()
    assert Statement.objects.get().pk == ONLY


def test_the_list_costs_the_same_for_one_row_and_fifty(town, as_, statement):
    client = as_("admin")

    def cost():
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            html = client.get(LIST).content.decode()
        return len(asked), html.count("Väntar på svar")

    say(statement)
    one, rows = cost()
    assert rows == 1
    for number in range(49):
        say(statement, f"Synpunkt {number}")
    assert cost() == (one, 50)
