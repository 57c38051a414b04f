"""What rooms put in the catalogues leads somewhere, for exactly those who are told of it."""

import pytest
from django.urls import reverse

from insteg.access.catalogues import DEMO, NAVIGATION, TASKS
from tests.town import PEOPLE

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("entry", NAVIGATION, ids=lambda entry: entry.url_name)
def test_the_menu_leads_those_who_have_it_to_a_page(as_, town, entry):
    address = reverse(entry.url_name)
    for name, (role, _organisation, _unit) in PEOPLE.items():
        if role in entry.roles:
            assert as_(name).get(address).status_code == 200, name


@pytest.mark.parametrize("name", PEOPLE)
def test_the_menu_shows_one_s_own_entries_and_no_others(as_, town, name):
    html = as_(name).get("/min-profil/").content.decode()
    menu = html[html.index("<nav") : html.index("<main")]
    for entry in NAVIGATION:
        shown = f'href="{reverse(entry.url_name)}"' in menu
        assert shown == (PEOPLE[name][0] in entry.roles or entry.url_name == "home:tasks"), entry.url_name


def test_no_two_entries_stand_in_one_place():
    assert len({entry.order for entry in NAVIGATION}) == len(NAVIGATION)
    assert len({order for order, _fill in DEMO}) == len(DEMO)


def test_what_waits_leads_those_it_waits_for_to_a_page(as_, house):
    met = set()
    for name, actor in house.who.items():
        for task in (task for find in TASKS for task in find(actor)):
            assert as_(name).get(task.url, follow=True).status_code == 200, (name, task)
            met.add(task.title)
    assert len(met) >= 3
