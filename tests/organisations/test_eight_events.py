"""Eight events bite on the very next request, whatever kind it is: what a session knew before counts for nothing.

Kim is signed in at the desk and on the phone, with both steps. Something happens at the desk or at the administrator's,
and the phone then opens a page, sends a form that was opened before, asks for a part of a page, a file, or a search.
"""

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.test import Client
from django.urls import reverse

from insteg.access.actor import Role
from insteg.inventory.actions import upload
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import User
from tests.organisations.conftest import PASSWORD
from tests.organisations.test_second_factor import code
from tests.town import address

pytestmark = pytest.mark.django_db
NEW = "sju blå båtar i dimma"
LINK = re.compile(r"http://testserver(/\S+)")


@pytest.fixture
def kim(town, employ, sign_in, worker):
    """In at two places, and with a form open on the phone."""
    user = employ("kim", Role.PROCUREMENT_UNIT, "Stad", "ue")
    TOTP.activate(user, generate_totp_secret())
    spare = RecoveryCodes.activate(user).get_unused_codes()
    desk, phone = Client(), Client()
    for browser, shown in zip((desk, phone), spare, strict=False):
        sign_in(user, browser=browser)
        assert browser.post("/logga-in/kod/", {"code": shown}).status_code == 302
    admin = Client()
    admin.force_login(User.objects.get(email=address("admin")))
    found = SimpleNamespace(user=user, desk=desk, phone=phone, admin=admin, spare=spare, worker=worker, town=town)
    found.row = town.planned["p"]
    found.form = opened(phone, f"/planerade/{found.row.pk}/andra/")
    return found


def opened(browser, where):
    """What a browser would send of the form, as it stands."""
    form = browser.get(where).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {"csrfmiddlewaretoken": "x"} | {name: value for name, value in shown.items() if value is not None}


def confirmed(browser, where):
    """By the button on a page that asks whether one is sure."""
    assert browser.post(where, opened(browser, where)).status_code == 302, where


# --- what can be asked for

SECRET = "Parkskötsel"


def page(browser, kim):
    return browser.get(f"/planerade/{kim.row.pk}/")


def form(browser, kim):
    return browser.post(f"/planerade/{kim.row.pk}/andra/", kim.form | {"months": "77", "title": "Mina ord"})


def part(browser, kim):
    return browser.get("/planerade/?q=park", headers={"HX-Request": "true"})


def file(browser, kim):
    return browser.get("/planerade/hamta.csv")


def search(browser, kim):
    return browser.get("/sok/?q=park")


KINDS = [page, form, part, file, search]


@dataclass(frozen=True)
class Said:
    status: int
    told: bool  # whether the answer tells of Park's procurement
    changed: bool
    to: str


def asked(kim, kind) -> Said:
    """What the phone gets as its very next request. What it did is undone, so that the next kind is also the next."""
    browser = Client()
    browser.cookies.load(kim.phone.cookies.output(header="", sep=";"))
    with transaction.atomic():
        answer = kind(browser, kim)
        changed = PlannedProcurement.objects.get(pk=kim.row.pk).months == 77
        transaction.set_rollback(True)
    to = answer.headers.get("Location", answer.headers.get("HX-Redirect", "")).partition("?")[0]
    return Said(answer.status_code, SECRET in answer.content.decode(), changed, to)


def all_asked(kim):
    return {kind.__name__: asked(kim, kind) for kind in KINDS}


OUT = {kind.__name__: Said(200 if kind is part else 302, told=False, changed=False, to="/logga-in/") for kind in KINDS}
OUT["form"] = Said(403, told=False, changed=False, to="")  # and what was written, to copy
NOTHING_LEFT = {kind.__name__: Said(403, told=False, changed=False, to="") for kind in KINDS}
NOTHING_LEFT["search"] = Said(302, told=False, changed=False, to="/")  # to the page that says so
ANOTHER_ROLE = {
    "page": Said(404, told=False, changed=False, to=""),
    "form": Said(404, told=False, changed=False, to=""),
    **{name: Said(200, told=False, changed=False, to="") for name in ("part", "file", "search")},
}
ALL_OPEN = {kind.__name__: Said(200, told=True, changed=False, to="") for kind in KINDS}


# --- what happens, each by the product's own page


def role_is_removed(kim):
    confirmed(kim.admin, f"/alla-uppdrag/{kim.user.memberships.get(role=Role.PROCUREMENT_UNIT).pk}/avsluta/")


def account_is_closed(kim):
    confirmed(kim.admin, f"/anvandare/{kim.user.pk}/stang/")


def password_is_changed(kim):
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert kim.desk.post("/konto/losenord/", sent).headers["Location"] == "/min-profil/"


def password_is_chosen_anew_by_a_link(kim):
    browser = Client()
    browser.post("/glomt-losenord/", {"email": kim.user.email})
    found = LINK.search(kim.worker()[-1].body)
    form = browser.get(found[1], follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=kim.user.pk).check_password(NEW)


def shown_again(kim):
    assert kim.desk.post("/konto/bekrafta/", {"password": PASSWORD}).status_code == 302


def app_is_removed(kim):
    shown_again(kim)
    assert kim.desk.post("/konto/sakerhet/app/ta-bort/").status_code == 302
    assert not kim.user.authenticator_set.exists()


def app_is_changed_for_another(kim):
    app_is_removed(kim)
    add_an_app(kim)


def app_is_added(kim):
    kim.user.authenticator_set.all().delete()
    shown_again(kim)
    add_an_app(kim)


def add_an_app(kim):
    begin = reverse("mfa_activate_totp")
    secret = kim.desk.get(begin).context["form"].secret
    # A code lasts for thirty seconds, and may end just as it is sent.
    assert any(kim.desk.post(begin, {"code": code(secret)}).status_code == 302 for _ in range(2))


def recovery_codes_are_made_anew(kim):
    shown_again(kim)
    assert kim.desk.post("/konto/sakerhet/reservkoder/nya/").status_code == 302


def membership_is_ended(kim):
    role_is_removed(kim)


def organisation_is_closed(kim):
    confirmed(kim.admin, f"/organisationer/{kim.town.org['Stad'].pk}/stang/")


def session_is_ended_elsewhere(kim):
    other = UserSession.objects.get(session_key=kim.phone.cookies["sessionid"].value)
    assert kim.desk.post("/konto/sessioner/", {"session": other.pk}).status_code == 302


def second_factor_is_reset(kim):
    confirmed(kim.admin, f"/anvandare/{kim.user.pk}/nollstall/")


EVENTS: dict[Any, dict[str, Said]] = {
    role_is_removed: ANOTHER_ROLE,
    account_is_closed: OUT,
    password_is_changed: OUT,
    password_is_chosen_anew_by_a_link: OUT,
    app_is_added: OUT,
    app_is_removed: OUT,
    app_is_changed_for_another: OUT,
    recovery_codes_are_made_anew: OUT,
    membership_is_ended: NOTHING_LEFT,
    organisation_is_closed: NOTHING_LEFT,
    session_is_ended_elsewhere: OUT,
    second_factor_is_reset: OUT,
}


def test_without_an_event_the_phone_gets_all_of_it(kim):
    said = all_asked(kim)
    assert said.pop("form") == Said(302, told=False, changed=True, to=f"/planerade/{kim.row.pk}/")
    assert said == {name: each for name, each in ALL_OPEN.items() if name != "form"}


@pytest.mark.parametrize(("event", "said"), EVENTS.items(), ids=[event.__name__ for event in EVENTS])
def test_it_bites_on_the_very_next_request(kim, employ, event, said):
    if said is ANOTHER_ROLE:
        employ("kim", Role.PROCURING, "Hus")
        act_as(kim, Role.PROCUREMENT_UNIT)
    assert asked(kim, page).told
    assert asked(kim, form).changed
    event(kim)
    assert all_asked(kim) == said


def act_as(kim, role):
    chosen = kim.user.memberships.get(role=role)
    assert kim.phone.post("/uppdrag/", {"membership": chosen.pk}).status_code == 302


# --- the session at hand, and what is neither a session nor a click


@pytest.mark.parametrize("event", [password_is_changed, app_is_changed_for_another, recovery_codes_are_made_anew])
def test_the_session_where_it_was_done_goes_on_under_a_new_key(kim, event):
    """So whoever has come by the old key is out, too, and the list still shows one place: here."""
    stolen = Client()
    stolen.cookies.load(kim.desk.cookies.output(header="", sep=";"))
    assert page(stolen, kim).status_code == 200
    event(kim)
    assert page(kim.desk, kim).status_code == 200
    assert page(stolen, kim).headers["Location"].startswith("/logga-in/")
    places = kim.desk.get("/konto/sessioner/").content.decode()
    assert places.count("Här är du nu") == 1
    assert [*UserSession.objects.filter(user=kim.user)] == [
        UserSession.objects.get(session_key=kim.desk.cookies["sessionid"].value)
    ]


def test_a_factor_that_is_gone_was_shown_in_vain_also_where_the_list_knows_of_no_session(kim):
    UserSession.objects.filter(session_key=kim.phone.cookies["sessionid"].value).delete()
    app_is_changed_for_another(kim)
    assert asked(kim, page) == Said(302, told=False, changed=False, to="/konto/bekrafta/kod/")
    assert asked(kim, form) == Said(302, told=False, changed=False, to="/konto/bekrafta/kod/")


def test_a_password_is_not_enough_to_change_a_factor_that_has_not_been_shown(kim):
    """A session that has shown none, however it came about, can make no codes and add no key of its own."""
    careless = Client()
    careless.force_login(kim.user)
    careless.post("/konto/bekrafta/", {"password": PASSWORD})
    for name in ("mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_deactivate_totp", "mfa_add_webauthn"):
        for answer in (careless.get(reverse(name)), careless.post(reverse(name))):
            assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate")), name
    assert kim.user.authenticator_set.count() == 2


def test_whoever_is_half_way_in_with_the_old_password_begins_again(kim, sign_in):
    half_way = Client()
    assert sign_in(kim.user, browser=half_way).headers["Location"] == reverse("mfa_authenticate")
    password_is_changed(kim)
    assert half_way.post("/logga-in/kod/", {"code": kim.spare[2]}).headers["Location"] == "/logga-in/"
    assert page(half_way, kim).status_code == 302


def test_whoever_is_half_way_in_comes_in_when_nothing_has_happened(kim, sign_in):
    half_way = Client()
    sign_in(kim.user, browser=half_way)
    assert half_way.post("/logga-in/kod/", {"code": kim.spare[2]}).status_code == 302
    assert page(half_way, kim).status_code == 200


def test_no_mailed_link_leads_into_a_closed_account(kim, sign_in):
    browser = Client()
    browser.post("/glomt-losenord/", {"email": kim.user.email})
    link = LINK.search(kim.worker()[-1].body)[1]
    account_is_closed(kim)
    answer = browser.get(link, follow=True)
    browser.post(answer.redirect_chain[-1][0] if answer.redirect_chain else link, {"password1": NEW, "password2": NEW})
    for password in (PASSWORD, NEW):
        browser = Client()
        sign_in(kim.user, password, browser=browser)
        assert browser.get("/min-profil/").status_code == 302


STILL_THEIRS = [password_is_changed, app_is_removed, session_is_ended_elsewhere, second_factor_is_reset]
NO_LONGER = [role_is_removed, account_is_closed, organisation_is_closed]


@pytest.mark.parametrize("event", [*STILL_THEIRS, *NO_LONGER], ids=lambda event: event.__name__)
def test_what_waits_for_the_worker_is_done_only_for_who_may_do_it_then(kim, event):
    """The worker acts for the person, not for a session: it asks what they may when it gets there, and says so."""
    actor = kim.user.memberships.get().actor()
    content = "Upphandling;Avtalsstart\nStädning av skolor;2027-05-01\n".encode()
    plan = upload(actor=actor, target=kim.town.org["Park"], seen=None, content=content, filename="p.csv", reading=None)
    event(kim)
    kim.worker()
    plan.refresh_from_db()
    assert (plan.reading is not None) == (event in STILL_THEIRS)
    assert ("inte längre rätt" in plan.unreadable) == (event in NO_LONGER)
