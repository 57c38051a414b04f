"""The administrator keeps organisations, units, people and what they may do; and is always left."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError

from insteg.access.actor import PERSONS, Role
from insteg.audit.gate import Blocked, Refused, Stale
from insteg.core import clock
from insteg.organisations import actions, roles
from insteg.organisations.models import Membership, Organisation, Unit, User
from insteg.organisations.numbers import organisation_number
from tests.town import address

pytestmark = pytest.mark.django_db
TOMORROW = dt.timedelta(days=1)


@pytest.fixture
def admin(town):
    return town.who["admin"]


@pytest.fixture
def browser(as_, town):
    return as_("admin")


def fill_in(browser, page, **words):
    """Opens a form and sends it with these words, and with what it held before for the rest."""
    form = browser.get(page).context["form"]
    held = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in (held | words).items() if value is not None}
    return browser.post(page, sent)


def user(name):
    return User.objects.get(email=address(name))


class TestOrganisations:
    def test_are_added_changed_closed_and_opened_again(self, browser, town):
        made = fill_in(browser, "/organisationer/ny/", name="Vatten AB", kind="company", number="2120001363")
        organisation = Organisation.objects.get(name="Vatten AB")
        here = f"/organisationer/{organisation.pk}/"
        assert made.headers["Location"] == here
        assert organisation.number == "212000-1363"
        fill_in(browser, f"{here}andra/", name="Vatten och avlopp AB")
        fill_in(browser, f"{here}stang/")
        organisation.refresh_from_db()
        assert (organisation.name, organisation.closed_on) == ("Vatten och avlopp AB", clock.today())
        assert browser.get(f"{here}andra/").status_code == 403
        assert fill_in(browser, f"{here}oppna/").headers["Location"] == here
        organisation.refresh_from_db()
        assert organisation.closed_on is None

    def test_two_with_one_name_or_number_are_refused_in_the_form(self, browser, town):
        Organisation.objects.filter(name="Hus").update(number="212000-1363")
        for words in ({"name": "Park"}, {"name": "Ny", "number": "212000-1363"}):
            answer = fill_in(browser, "/organisationer/ny/", **({"kind": "company"} | words))
            assert answer.status_code == 422
            assert "Det finns redan en organisation" in answer.content.decode()

    def test_the_list_is_filtered_by_its_address(self, browser, town):
        Organisation.objects.filter(name="Mat").update(closed_on=clock.today())

        def shown(query):
            page = browser.get(f"/organisationer/{query}").content.decode()
            return set(re.findall(r'href="/organisationer/[0-9a-f-]{36}/">([^<]+)<', page))

        assert shown("?kind=supplier") == {"Bygg"}
        assert shown("?kind=supplier&show=closed") == {"Mat"}
        assert shown("?kind=supplier&show=all") == {"Bygg", "Mat"}
        assert shown("?q=vår") == {"Vård"}
        assert shown("?kind=nonsense") >= {"Park", "Hus", "Bygg"}

    def test_the_kind_cannot_leave_people_in_roles_that_do_not_fit(self, town, admin):
        with pytest.raises(Blocked, match="Leverantörens kontaktperson"):
            change(admin, town.org["Bygg"], kind="partner")
        change(admin, town.org["Skola"], kind="company")

    def test_no_day_that_has_passed_for_closing(self, town, admin):
        with pytest.raises(ValidationError):
            close(admin, town.org["Park"], clock.today() - TOMORROW)

    def test_a_day_ahead_leaves_it_open_till_then(self, town, admin):
        close(admin, town.org["Park"], clock.today() + TOMORROW)
        assert town.org["Park"] in Organisation.objects.open()

    def test_someone_elses_change_is_told(self, town, admin):
        seen = Organisation.objects.get(name="Park").version
        change(admin, town.org["Park"], name="Parken")
        with pytest.raises(Stale):
            change(admin, town.org["Park"], name="Lunden", seen=seen)

    @pytest.mark.parametrize("who", ["ue", "park", "chef", "styr", "bygg", "af", "mal"])
    def test_are_the_administrators_alone(self, as_, town, who):
        pages = ["/organisationer/", "/organisationer/ny/", f"/organisationer/{town.org['Park'].pk}/", "/anvandare/"]
        browser = as_(who)
        assert {browser.get(page).status_code for page in pages} <= {403, 404}
        with pytest.raises(Refused):
            change(town.who[who], town.org["Park"], name="Min")


def change(actor, organisation, seen=None, **words):
    held = {"name": organisation.name, "kind": organisation.kind, "number": organisation.number}
    return actions.change_organisation(actor=actor, target=organisation, seen=seen, **(held | words))


def close(actor, organisation, day):
    return actions.close_organisation(actor=actor, target=organisation, seen=None, closed_on=day)


class TestOrganisationNumbers:
    @pytest.mark.parametrize("text", ["212000-1363", "2120001363", "16212000-1363", " 212000 1363 ", "212000–1363"])
    def test_are_read_in_every_common_style(self, text):
        assert organisation_number(text) == "212000-1363"

    def test_none_is_none(self):
        assert organisation_number("  ") == ""

    @pytest.mark.parametrize("text", ["212000-1364", "212000136", "21200013631", "abc", "٢١٢٠٠٠١٣٦٣"])
    def test_what_is_none_is_refused(self, text):
        with pytest.raises(ValidationError):
            organisation_number(text)

    def test_a_persons_own_number_does_not_come_in(self):
        with pytest.raises(ValidationError, match="personnummer"):
            organisation_number("811218-9876")

    def test_the_form_says_it_at_the_field(self, browser, town):
        answer = fill_in(browser, "/organisationer/ny/", name="Ny", kind="company", number="212000-1364")
        assert answer.status_code == 422
        assert "stämmer inte" in str(answer.context["form"].errors["number"])


class TestUnits:
    def test_are_added_changed_closed_and_opened_again(self, browser, town):
        park = f"/organisationer/{town.org['Park'].pk}/"
        assert fill_in(browser, f"{park}ny-enhet/", name="Drift", mandate="Sköter.").headers["Location"] == park
        unit = Unit.objects.get(name="Drift")
        fill_in(browser, f"/enheter/{unit.pk}/andra/", mandate="Sköter parker.")
        fill_in(browser, f"/enheter/{unit.pk}/stang/")
        unit.refresh_from_db()
        assert (unit.mandate, unit.closed_on) == ("Sköter parker.", clock.today())
        assert "Öppna igen" in browser.get(park).content.decode()
        fill_in(browser, f"/enheter/{unit.pk}/oppna/")
        unit.refresh_from_db()
        assert unit.closed_on is None

    def test_what_the_model_asks_of_a_unit_is_chosen_and_said(self, browser, town):
        """R10: a unit that matches is asked what it needs. Where nobody can be written to, that is said at once."""
        park = f"/organisationer/{town.org['Park'].pk}/"
        fill_in(browser, f"{park}ny-enhet/", name="Arbete", task="labour_market")
        assert Unit.objects.get(name="Arbete").task == "labour_market"
        html = browser.get(park).content.decode()
        assert "varken enhetschef eller coach" in html
        assert "Ingen chef eller coach får brev om inventeringen" in html
        fill_in(browser, f"/enheter/{town.units['ame'].pk}/andra/", mandate="Matchar.")
        html = browser.get(f"/organisationer/{town.org['Stad'].pk}/").content.decode()
        assert "när nästa inventering öppnas" in html
        assert "Ingen chef eller coach" not in html
        assert Unit.objects.get(pk=town.units["ame"].pk).task == "labour_market"  # the form showed what it was

    def test_two_with_one_name_are_refused_in_the_form(self, browser, town):
        answer = fill_in(browser, f"/organisationer/{town.org['Stad'].pk}/ny-enhet/", name="UE")
        assert answer.status_code == 422
        assert "redan en enhet" in answer.content.decode()


class TestPeople:
    def test_are_invited_from_the_page_of_the_organisation(self, browser, town):
        page = f"/organisationer/{town.org['Stad'].pk}/bjud-in/"
        answer = fill_in(
            browser,
            page,
            name="Nils",
            email="Nils@Kommunen.example",
            role="coach",
            unit=town.units["ame"].pk,
            ends_on="2030-12-31",
        )
        nils = User.objects.get(email="nils@kommunen.example")
        assert answer.headers["Location"] == f"/anvandare/{nils.pk}/"
        membership = nils.memberships.get()
        assert (membership.unit, membership.ends_on) == (town.units["ame"], dt.date(2030, 12, 31))
        page = browser.get(f"/anvandare/{nils.pk}/").content.decode()
        assert "Skicka inbjudan igen" in page
        assert "Återkalla inbjudan" in page

    def test_the_form_offers_only_roles_and_units_that_fit(self, browser, town):
        def offered(where):
            form = browser.get(f"/organisationer/{town.org[where].pk}/bjud-in/").context["form"]
            return {value for value, _ in form.fields["role"].choices if value}

        assert offered("Bygg") == {"supplier"}
        assert offered("AF") == {"employment_service"}
        city = set(PERSONS) - {Role.SUPPLIER, Role.EMPLOYMENT_SERVICE}
        assert offered("Stad") == city
        of_units = {Role.PROCUREMENT_UNIT, Role.COACH, Role.UNIT_MANAGER, Role.REFERRER}
        assert offered("Park") == city - of_units  # it has no unit, so there would be nothing to choose for them

    def test_an_existing_person_is_prefilled(self, browser, town):
        page = browser.get(f"/organisationer/{town.org['Hus'].pk}/bjud-in/?user={user('park').pk}")
        assert page.context["form"]["email"].value() == address("park")
        assert browser.get(f"/organisationer/{town.org['Hus'].pk}/bjud-in/?user=x").status_code == 200

    def test_the_list_is_filtered_by_its_address(self, browser, town):
        User.objects.filter(email=address("mal2")).update(is_active=False)

        def shown(query):
            return {person.email.split("@")[0] for person in browser.get(f"/anvandare/{query}").context["users"]}

        assert shown("?role=coach") == {"ame", "sia"}
        assert shown(f"?organisation={town.org['Vård'].pk}&role=steering") == {"styr2"}
        assert shown("?state=closed") == {"mal2"}
        assert shown("?q=bistand") == {"bistand"}
        assert not shown("?state=invited")

    def test_the_list_says_how_many_and_who_has_not_come_in(self, browser, town, admin):
        words = {"name": "Nils", "email": "nils@kommunen.example", "role": Role.PROCURING}
        actions.invite(actor=admin, target=town.org["Park"], seen=None, **words)
        assert "21 användare. 1 är inbjuden men har inte kommit in än." in browser.get("/anvandare/").content.decode()
        assert "2 användare." in browser.get("/anvandare/?role=coach").content.decode()

    def test_the_list_costs_the_same_for_few_and_many(self, browser, town):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def cost():
            with CaptureQueriesContext(connection) as queries:
                browser.get("/anvandare/")
            return len(queries)

        cost()
        before = cost()
        for number in range(30):
            person = User.objects.create(name=f"P{number}", email=f"p{number}@a.example")
            Membership.objects.create(user=person, role=Role.PROCURING, organisation=town.org["Park"])
        assert cost() == before

    def test_a_new_address_for_someone_who_has_not_come_in_kills_the_old_link(self, town, admin, client, worker):
        words = {"name": "Nils", "email": "fel@kommunen.example", "role": Role.PROCURING}
        made = actions.invite(actor=admin, target=town.org["Park"], seen=None, **words)
        nils = User.objects.get(email="fel@kommunen.example")
        actions.change_user(actor=admin, target=nils, seen=None, name="Nils", email="ratt@kommunen.example")
        assert client.get(made[-1].link).status_code == 410
        assert [letter.to for letter in worker()] == [["fel@kommunen.example"], ["ratt@kommunen.example"]]

    def test_a_new_address_is_told_to_the_old_one(self, town, admin, employ, worker):
        kim = employ("kim")
        actions.change_user(actor=admin, target=kim, seen=None, name="Kim", email="kim2@kommunen.example")
        [letter] = worker()
        assert letter.to == ["kim@kommunen.example"]

    def test_another_persons_address_is_refused_in_the_form(self, browser, town):
        answer = fill_in(browser, f"/anvandare/{user('park').pk}/andra/", email=address("hus"))
        assert answer.status_code == 422
        assert "redan en användare" in answer.content.decode()

    def test_the_dates_of_a_membership_are_changed_and_it_is_ended(self, browser, town):
        membership = user("park").memberships.get()
        here = f"/alla-uppdrag/{membership.pk}/"
        fill_in(browser, f"{here}tid/", ends_on="2030-06-30")
        membership.refresh_from_db()
        assert membership.ends_on == dt.date(2030, 6, 30)
        assert "inte sluta innan" in fill_in(browser, f"{here}tid/", ends_on="2020-01-01").content.decode()
        fill_in(browser, f"{here}avsluta/")
        membership.refresh_from_db()
        assert membership.ended_at
        assert browser.get(f"{here}tid/").status_code == 403

    def test_an_account_is_closed_and_opened_from_its_page(self, browser, town):
        person = user("park")
        fill_in(browser, f"/anvandare/{person.pk}/stang/")
        assert not user("park").is_active
        fill_in(browser, f"/anvandare/{person.pk}/oppna/")
        assert user("park").is_active

    def test_pages_of_people_without_something_do_not_offer_it(self, browser, town):
        page = f"/anvandare/{user('park').pk}/"
        for path in ("oppna/", "bjud-in-igen/", "nollstall/"):
            assert browser.get(page + path).status_code == 403


class TestRolesFitTheirPlace:
    @pytest.mark.parametrize("role", PERSONS)
    def test_every_role_fits_somewhere_and_says_why_not_elsewhere(self, town, role):
        fits = [org for org in town.org.values() if not roles.fault(role, org, Unit(organisation=org))]
        wrong = [roles.fault(role, org, None) for org in town.org.values() if org not in fits]
        assert fits
        assert all(said.endswith(".") for said in wrong)

    @pytest.mark.parametrize(
        ("role", "where", "unit"),
        [
            (Role.SUPPLIER, "Park", None),
            (Role.PROCURING, "Bygg", None),
            (Role.EMPLOYMENT_SERVICE, "Stad", None),
            (Role.ADMINISTRATOR, "AF", None),
            (Role.COACH, "Stad", None),
            (Role.PROCUREMENT_UNIT, "Stad", None),
        ],
    )
    def test_a_role_in_the_wrong_place_is_refused(self, town, admin, role, where, unit):
        with pytest.raises(ValidationError) as refused:
            actions.invite(
                actor=admin, target=town.org[where], seen=None, name="N", email="n@a.example", role=role, unit=unit
            )
        assert "role" in refused.value.message_dict
        assert not User.objects.filter(email="n@a.example").exists()

    @pytest.mark.parametrize("role", ["invited", "visitor", "system", "nonsense", ""])
    def test_roles_that_no_person_can_have_are_refused(self, town, admin, role):
        with pytest.raises(ValidationError):
            actions.invite(actor=admin, target=town.org["Park"], seen=None, name="N", email="n@a.example", role=role)

    def test_a_unit_of_another_organisation_is_refused(self, town, admin):
        words = {"name": "N", "email": "n@a.example", "role": Role.COACH, "unit": town.units["sia"]}
        with pytest.raises(ValidationError, match="annan organisation"):
            actions.invite(actor=admin, target=town.org["Stad"], seen=None, **words)


class TestSomeoneMustBeLeft:
    @pytest.fixture
    def last(self, town, admin, employ):
        """Ada is the only administrator who can come in and has no end."""
        ada = employ("ada", Role.ADMINISTRATOR, "Stad", "ue")
        for name in ("admin", "admin2"):
            User.objects.filter(email=address(name)).update(is_active=False)
        return ada.memberships.get().actor()

    def attempts(self, town, last):
        ada, membership = User.objects.get(pk=last.id), Membership.objects.get(pk=last.membership_id)
        day = clock.today()
        return {
            "close the account": lambda: actions.close_user(actor=last, target=ada, seen=None),
            "end the membership": lambda: actions.end_membership(actor=last, target=membership, seen=None),
            "give it a last day": lambda: actions.change_membership(
                actor=last, target=membership, seen=None, starts_on=day, ends_on=day + TOMORROW
            ),
            "let it begin later": lambda: actions.change_membership(
                actor=last, target=membership, seen=None, starts_on=day + TOMORROW
            ),
            "close the organisation": lambda: actions.close_organisation(
                actor=last, target=town.org["Stad"], seen=None
            ),
            "close the unit": lambda: actions.close_unit(actor=last, target=town.units["ue"], seen=None),
        }

    NAMES = [
        "close the account", "end the membership", "give it a last day", "let it begin later", "close the organisation",
        "close the unit",
    ]  # fmt: skip

    @pytest.mark.parametrize("name", NAMES)
    def test_the_last_administrator_cannot(self, town, last, name):
        with pytest.raises(Blocked, match="ingen administratör kvar"):
            self.attempts(town, last)[name]()

    @pytest.mark.parametrize("name", NAMES)
    def test_with_another_one_it_is_possible(self, town, last, employ, name):
        employ("bo", Role.ADMINISTRATOR, "Vård")
        self.attempts(town, last)[name]()

    @pytest.mark.parametrize("name", NAMES)
    def test_another_one_who_is_leaving_or_has_not_come_is_not_enough(self, town, last, employ, name):
        employ("bo", Role.ADMINISTRATOR, "Vård", ends_on=clock.today() + TOMORROW)
        employ("cia", Role.ADMINISTRATOR, "Vård", starts_on=clock.today() + TOMORROW)
        dan = employ("dan", Role.ADMINISTRATOR, "Vård")
        dan.set_unusable_password()
        dan.save()
        with pytest.raises(Blocked):
            self.attempts(town, last)[name]()

    def test_the_page_says_it(self, town, last, client):
        client.force_login(User.objects.get(pk=last.id))
        User.objects.update(is_example=True)
        answer = fill_in(client, f"/anvandare/{last.id}/stang/")
        assert answer.status_code == 422
        assert "ingen administratör kvar" in answer.content.decode()
