"""Whether a page opens for somebody, asked beforehand by whoever is about to send them its address."""

import pytest

from insteg.access.addresses import opens

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(("name", "able"), [("ue", True), ("park", True), ("bygg", False), ("admin", False)])
def test_a_list_opens_for_the_roles_of_its_rule(town, name, able):
    assert opens("/planerade/?show=asked", town.who[name]) is able


@pytest.mark.parametrize(("name", "able"), [("ue", True), ("park", True), ("hus", False), ("bygg", False)])
def test_the_page_of_a_row_opens_for_those_who_reach_it(town, name, able):
    assert opens(f"/planerade/{town.planned['p'].pk}/", town.who[name]) is able


def test_what_is_no_page_and_what_is_open_to_all_shuts_nobody_out(town):
    assert all(opens(path, town.who["bygg"]) for path in ("/finns-inte/", "/tillganglighet/", "/min-profil/"))
