"""From a sent form to an action: once, with everything that stands in the way said in the form."""

import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from insteg.audit.forms import ConfirmForm, answer_before, digest, fingerprint, once, perform, sentence_of
from insteg.audit.models import Entry, FormKey
from insteg.core import clock
from insteg.core.jobs import run
from insteg.inventory.actions import change, report, withdraw
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.organisations.models import Organisation, User
from insteg.process.models import RuleSet
from tests.town import PLAN, address

HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


def form_of(client, url):
    """What a browser would send back unasked."""
    return dict(HIDDEN.findall(client.get(url).content.decode()))


@pytest.fixture
def change_p(town):
    return f"/planerade/{town.planned['p'].pk}/andra/"


@pytest.fixture
def report_for_park(town):
    return f"/planerade/ny/{town.org['Park'].pk}/"


def row(town):
    return PlannedProcurement.objects.get(pk=town.planned["p"].pk)


def test_a_post_without_the_token_changes_nothing(town, change_p):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email=address("park")))
    sent = form_of(client, change_p) | {"title": "Med token"}
    bare = {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}
    before = Entry.objects.count()
    answer = client.post(change_p, bare)
    assert (answer.status_code, row(town).title, Entry.objects.count()) == (403, "Parkskötsel", before)
    assert "<h1" in answer.content.decode()
    assert client.post(change_p, sent).status_code == 302
    assert row(town).title == "Med token"


def test_another_site_s_token_changes_nothing(town, change_p):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email=address("park")))
    sent = form_of(client, change_p) | {"title": "Från annat håll"}
    answer = client.post(change_p, sent, headers={"Origin": "https://annan.example"})
    assert (answer.status_code, row(town).title) == (403, "Parkskötsel")


def test_a_constraint_s_words_land_in_the_form(as_, town, change_p, monkeypatch):
    """Asked before saving, and again by the database, as if two had passed the check at once."""
    client = as_("park")
    sent = form_of(client, change_p) | {"title": "Park", "value_min": "5 mkr", "value_max": "4 mkr"}
    asked = client.post(change_p, sent)
    monkeypatch.setattr(PlannedProcurement, "validate_constraints", lambda self: None)
    hit = client.post(change_p, sent)
    for answer in (asked, hit):
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "Det lägsta värdet kan inte vara större än det högsta." in html
        assert "4 mkr" in html
    assert row(town).version == 1


def test_a_unique_constraint_s_words_land_in_the_form_on_both_databases(as_, town, monkeypatch):
    client, url = as_("admin"), "/organisationer/ny/"
    sent = form_of(client, url) | {"name": "Park", "kind": "department", "number": ""}
    asked = client.post(url, sent)
    monkeypatch.setattr(Organisation, "validate_constraints", lambda self, exclude=None: None)
    monkeypatch.setattr(Organisation, "validate_unique", lambda self, exclude=None: None)
    hit = client.post(url, sent)
    for answer in (asked, hit):
        assert answer.status_code == 422
        assert "Det finns redan en organisation med det namnet." in answer.content.decode()


def test_whoever_is_in_their_own_way_is_not_told_of_somebody_else(as_, town, change_p):
    client = as_("park")
    sent = form_of(client, change_p) | {"title": "Parkens skötsel"}
    change(actor=town.who["park"], target=town.planned["p"], seen=None, months=37)
    html = client.post(change_p, sent).content.decode()
    assert "Du har själv ändrat under tiden" in html
    assert "Någon annan" not in html
    change(actor=town.who["ue"], target=town.planned["p"], seen=None, months=38)
    assert "Någon annan har ändrat under tiden" in client.post(change_p, sent).content.decode()


def test_a_stale_form_keeps_the_words_and_tells_only_what_it_shows(as_, town):
    url = f"/planerade/{town.planned['p'].pk}/dra-tillbaka/"
    client = as_("park")
    sent = form_of(client, url) | {"withdrawn_as": "cancelled", "withdrawn_reason": "Slås ihop med en annan"}
    change(actor=town.who["ue"], target=town.planned["p"], seen=None, title="Parkens skötsel", months=37)
    answer = client.post(url, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Någon annan har ändrat under tiden." in html
    assert "Slås ihop med en annan" in html
    assert "Ändrat under tiden till" not in html
    assert row(town).withdrawn_at is None
    assert (
        client.post(
            url, dict(HIDDEN.findall(html)) | {"withdrawn_as": "cancelled", "withdrawn_reason": "Ändå"}
        ).status_code
        == 302
    )


def test_sent_twice_is_done_once_and_gets_the_same_answer(as_, town, report_for_park):
    client = as_("park")
    sent = form_of(client, report_for_park) | {"title": "Lokalvård"}
    logged = Entry.objects.count()
    first, second = (client.post(report_for_park, sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert PlannedProcurement.objects.filter(title="Lokalvård").count() == 1
    assert Entry.objects.count() == logged + 1


def test_the_second_click_on_what_took_the_right_away_gets_the_first_one_s_answer(as_, town):
    """Withdrawn rows cannot be withdrawn: without the key the second click would be refused."""
    client, url = as_("park"), f"/planerade/{town.planned['p'].pk}/dra-tillbaka/"
    sent = form_of(client, url) | {"withdrawn_as": "cancelled", "withdrawn_reason": "Slås ihop"}
    first, second = (client.post(url, sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    about_it = Entry.objects.filter(action="inventory.withdraw", subjects__row=town.planned["p"].pk)
    assert about_it.count() == 1
    assert client.post(url, sent | {"withdrawn_reason": "Annat"}).status_code == 403
    assert as_("ue").post(url, sent).status_code == 403


def test_going_back_and_changing_a_word_is_another_act(as_, town, report_for_park):
    client = as_("park")
    sent = form_of(client, report_for_park)
    answers = [client.post(report_for_park, sent | {"title": title}).url for title in ("Lokalvård", "Lokalvård 2")]
    assert len(set(answers)) == 2
    assert PlannedProcurement.objects.filter(title__startswith="Lokalvård").count() == 2


def test_the_same_words_to_another_address_are_another_act(as_, town):
    """A browser may send a form's key on to the next page, which must not get the answer of the first."""
    client, first, second = as_("park"), town.planned["p"], report_twin(town)
    sent = form_of(client, f"/planerade/{first.pk}/dra-tillbaka/")
    sent |= {"withdrawn_as": "cancelled", "withdrawn_reason": "Slås ihop"}
    for planned in (first, second):
        assert client.post(f"/planerade/{planned.pk}/dra-tillbaka/", sent).status_code == 302
    assert not PlannedProcurement.objects.current().filter(pk__in=[first.pk, second.pk]).exists()


def report_twin(town):
    """Another of Park's, in the same version as the first."""
    twin = report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Snöröjning")
    PlannedProcurement.objects.filter(pk=twin.pk).update(version=row(town).version)
    return twin


def test_that_a_colleague_has_sent_the_very_same_tells_nothing_of_oneself(town, rf):
    key = uuid.uuid4()
    request = rf.post("/", {"key": key})
    request.actor = town.who["park"]
    once(key=fingerprint(request, key), actor=request.actor, act=lambda: "gjort")
    assert answer_before(request) == "gjort"
    request.actor = town.who["ue"]
    assert answer_before(request) is None


def test_a_corrected_file_with_the_same_name_and_size_is_another_act(as_, town):
    url = f"/planerade/las-in/{town.org['Park'].pk}/"
    client = as_("park")
    sent, answers = form_of(client, url), []
    for title in ("Lokalvård", "Lokalvort", "Lokalvort"):
        file = SimpleUploadedFile("plan.csv", PLAN.format(title=title).encode("cp1252"))
        answers.append(client.post(url, sent | {"file": file}).url)
    assert answers[0] != answers[1] == answers[2]
    assert PlanUpload.objects.count() == 2


def test_the_digest_leaves_the_file_to_be_read():
    file = SimpleUploadedFile("plan.csv", b"innehall")
    assert digest(file) == digest(file)
    assert file.read() == b"innehall"


def test_one_key_belongs_to_one_person(town):
    key, made = uuid.uuid4(), iter("abc")
    answers = [once(key=key, actor=town.who[name], act=lambda: next(made)) for name in ("park", "park", "hus")]
    assert answers == ["a", "a", "b"]
    assert FormKey.objects.count() == 2


def test_a_sending_that_failed_can_be_sent_again(as_, town, change_p):
    client = as_("park")
    sent = form_of(client, change_p) | {"value_min": "5 mkr", "value_max": "4 mkr", "title": "Park"}
    assert client.post(change_p, sent).status_code == 422
    assert FormKey.objects.count() == 0


@pytest.mark.parametrize("missing", ["version", "key"])
def test_a_form_without_its_own_fields_is_refused(as_, town, change_p, missing):
    client = as_("park")
    sent = form_of(client, change_p) | {"title": "Annat"}
    assert client.post(change_p, {name: value for name, value in sent.items() if name != missing}).status_code == 422
    assert client.post(change_p, sent | {missing: "x"}).status_code == 422
    assert row(town).title == "Parkskötsel"


def test_a_right_that_was_lost_while_typing_is_lost(as_, town, change_p):
    client = as_("park")
    sent = form_of(client, change_p) | {"title": "För sent"}
    withdraw(actor=town.who["ue"], target=town.planned["p"], seen=None, withdrawn_reason="Utgår")
    assert client.post(change_p, sent).status_code == 403
    PlannedProcurement.objects.filter(pk=town.planned["p"].pk).update(organisation=town.org["Hus"])
    assert client.post(change_p, sent).status_code == 404


def test_what_the_gate_refuses_is_never_told_as_done(town, rf):
    """The page let them in, and the right was gone when the row had been locked."""
    request = rf.post("/", {"version": row(town).version, "key": uuid.uuid4()})
    request.actor = town.who["hus"]
    with pytest.raises(PermissionDenied):
        perform(request, ConfirmForm.of(request, row(town)), change, row(town))


def test_an_unknown_integrity_error_is_ours_to_mend_not_the_user_s():
    with pytest.raises(IntegrityError):
        sentence_of(IntegrityError("The log is only added to"))


def test_the_sentence_is_found_in_either_database_s_words(db):
    sqlite = IntegrityError("UNIQUE constraint failed: organisations_organisation.name")
    postgresql = IntegrityError('duplicate key value violates unique constraint "one_organisation_per_name"')
    assert sentence_of(sqlite) == sentence_of(postgresql) == "Det finns redan en organisation med det namnet."
    first = RuleSet.objects.first()
    with pytest.raises(IntegrityError) as met, transaction.atomic():
        RuleSet.objects.create(edition=first.edition)
    assert sentence_of(met.value)


def test_a_key_is_forgotten_when_nobody_will_send_its_form_again(town):
    old, new = (FormKey.objects.create(key=uuid.uuid4(), actor_id=town.who["ue"].id) for _ in range(2))
    FormKey.objects.filter(pk=old.pk).update(at=clock.now() - dt.timedelta(days=8))
    run("audit.forget_form_keys", {})
    assert FormKey.objects.get() == new
