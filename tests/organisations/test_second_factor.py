"""The second factor: who must have one, that it cannot be walked around, and how one gets rid of it."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import Fernet
from django.urls import reverse

from insteg.access.actor import NEEDS_SECOND_FACTOR, Role
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.organisations.models import Membership
from tests.organisations.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SET_UP = reverse("mfa_index")
WHERE = {
    Role.EMPLOYMENT_SERVICE: ("AF", None),
    Role.SUPPLIER: ("Bygg", None),
    Role.ADMINISTRATOR: ("Stad", None),
}


def code(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30 + steps))


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def app():
    """app(user) sets up an app with codes for someone, and gives its secret."""

    def add(user):
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return secret

    return add


def coach(employ, name="maja"):
    return employ(name, Role.COACH, "Stad", "ame")


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_a_role_that_meets_people_opens_nothing_without_one(client, employ, sign_in, role):
    where, unit = WHERE.get(role, ("Stad", "ame"))
    sign_in(employ("maja", role, where, unit))
    for address in ("/", "/planerade/", "/organisationer/"):
        assert client.get(address).headers["Location"].startswith(SET_UP), address
    page = client.get(SET_UP).content.decode()
    assert "Lägg till ett andra steg" in page


def test_a_membership_that_needs_one_asks_for_it_as_soon_as_it_is_chosen(client, employ, sign_in):
    user = employ("maja", Role.STEERING, "Stad")
    coach(employ)
    sign_in(user)
    steering, coaching = (user.memberships.get(role=role) for role in (Role.STEERING, Role.COACH))
    client.post("/uppdrag/", {"membership": steering.pk})
    assert client.get("/").status_code == 200
    client.post("/uppdrag/", {"membership": coaching.pk})
    assert client.get("/").headers["Location"].startswith(SET_UP)


def test_setting_up_an_app_opens_the_page_one_wanted(client, employ, sign_in, worker, after_commit):
    user = coach(employ)
    sign_in(user)
    client.get("/planerade/?year=2027")
    begin = reverse("mfa_activate_totp")
    asked = client.get(begin).headers["Location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == begin
    secret = client.get(begin).context["form"].secret
    assert client.post(begin, {"code": code(secret, 40)}).status_code == 200  # a wrong code
    with after_commit(execute=True):
        answer = client.post(begin, {"code": " ".join(code(secret))})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get("/").status_code == 200  # not asked again for what was shown just now
    assert "/planerade/?year=2027" in client.get(SET_UP).content.decode()
    assert Entry.objects.filter(action="sign_in.factor_added", actor_id=str(user.pk)).exists()
    assert [letter.subject for letter in worker()] == ["En app för inloggning är tillagd"]


def test_with_one_the_password_alone_leads_to_the_second_step(client, employ, sign_in, app):
    user = coach(employ)
    secret = app(user)
    assert sign_in(user, next="/min-profil/").headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/min-profil/").status_code == 302
    assert "Koden stämmer inte" in client.post("/logga-in/kod/", {"code": code(secret, 40)}).content.decode()
    assert client.post("/logga-in/kod/", {"code": code(secret)}).headers["Location"] == "/min-profil/"
    assert client.get("/").status_code == 200


def test_where_the_keys_are_lost_one_is_told_to_turn_to_the_administrator(client, employ, sign_in, app, settings):
    """As after a backup that is restored without the keys of then."""
    user = coach(employ)
    secret = app(user)
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    sign_in(user)
    answer = client.post("/logga-in/kod/", {"code": code(secret)})
    assert answer.status_code == 200
    assert "Be administratören nollställa ditt andra steg" in answer.content.decode()
    assert client.get("/min-profil/").status_code == 302


def test_a_code_cannot_be_used_twice(client, employ, sign_in, app):
    user = coach(employ)
    used = code(app(user))
    sign_in(user)
    client.post("/logga-in/kod/", {"code": used})
    client.post("/logga-ut/")
    sign_in(user)
    assert client.post("/logga-in/kod/", {"code": used}).status_code == 200


def test_guessing_codes_is_stopped(client, employ, sign_in, app):
    user = coach(employ)
    secret = app(user)
    sign_in(user)
    for _ in range(5):
        client.post("/logga-in/kod/", {"code": code(secret, 40)})
    assert "För många försök" in client.post("/logga-in/kod/", {"code": code(secret)}).content.decode()


def test_a_recovery_code_works_once(client, employ, sign_in, app):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = coach(employ)
    app(user)
    spare = RecoveryCodes.activate(user).get_unused_codes()[0]
    sign_in(user)
    assert client.post("/logga-in/kod/", {"code": spare}).status_code == 302
    assert client.get("/").status_code == 200
    client.post("/logga-ut/")
    sign_in(user)
    assert client.post("/logga-in/kod/", {"code": spare}).status_code == 200


def test_a_session_that_never_showed_the_second_factor_is_asked_for_it(client, employ, app):
    """However it began: by a fault, an old cookie, a door that someone builds one day."""
    user = coach(employ)
    secret = app(user)
    client.force_login(user)
    asked = client.get("/").headers["Location"]
    assert asked == f"{reverse('mfa_reauthenticate')}?next=%2F"
    assert client.post(asked, {"code": code(secret)}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_who_chose_to_have_one_is_asked_for_it_in_every_role(client, employ, app):
    user = employ("kim")
    app(user)
    client.force_login(user)
    assert client.get("/").headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_the_last_one_cannot_be_removed_while_the_role_needs_it(client, employ, sign_in, app):
    user = coach(employ)
    secret = app(user)
    enter(client, sign_in, user, secret)
    remove = reverse("mfa_deactivate_totp")
    assert "kräver ett andra steg" in client.get(remove).content.decode()
    client.post(remove)
    assert user.authenticator_set.exists()
    user.memberships.update(ended_at=clock.now())
    client.post(remove)
    assert not user.authenticator_set.exists()


def test_neither_can_the_last_key(client, employ, sign_in):
    user = coach(employ)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    shown_here(client, user)
    remove = reverse("mfa_remove_webauthn", args=[key.pk])
    assert "kräver ett andra steg" in client.get(remove).content.decode()
    assert client.post(remove).status_code == 422
    assert user.authenticator_set.exists()


def test_one_of_two_can_be_removed(employ, app):
    user = coach(employ)
    app(user)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    assert get_adapter().can_delete_authenticator(key)


def test_a_key_that_is_removed_is_in_the_log(client, employ, app):
    user = coach(employ)
    app(user)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    shown_here(client, user)
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert Entry.objects.filter(action="sign_in.factor_removed", subjects__row=user.pk).count() == 1


def test_someone_elses_key_does_not_exist(client, employ):
    stranger, user = coach(employ, "henrik"), coach(employ)
    key = Authenticator.objects.create(user=stranger, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    shown_here(client, user)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404


def test_what_changes_the_sign_in_asks_for_the_password_again(client, employ, sign_in, app):
    user = coach(employ)
    secret = app(user)
    sign_in(user)
    client.post("/logga-in/kod/", {"code": code(secret)})
    for name in ("mfa_generate_recovery_codes", "mfa_deactivate_totp", "mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(name)).headers["Location"].startswith("/konto/bekrafta/"), name


def test_the_example_citys_people_need_none(as_, town):
    assert as_("ame").get("/").status_code == 200


def test_a_key_is_offered_without_script_of_the_pages_own(client, employ):
    user = coach(employ)
    shown_here(client, user)
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert "creation_options" in page


def test_the_membership_of_someone_else_cannot_be_chosen(client, employ, sign_in):
    user, other = employ("kim"), employ("noor", where="Hus")
    employ("kim", Role.STEERING, "Stad")
    sign_in(user)
    client.post("/uppdrag/", {"membership": Membership.objects.get(user=other).pk})
    assert "membership" not in client.session


def enter(client, sign_in, user, secret):
    """In, with both steps, and the password shown again as sensitive pages ask."""
    sign_in(user)
    client.post("/logga-in/kod/", {"code": code(secret)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def shown_here(client, user):
    """In by a key, and just now: what a browser would do with a real one."""
    client.force_login(user)
    session, at = client.session, clock.now().timestamp()
    key = user.authenticator_set.values_list("pk", flat=True).first()
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": at, "id": key, "type": "webauthn", "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def test_whoever_reads_the_database_cannot_make_the_codes(employ, app):
    secret = app(coach(employ))
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))
