"""Base pages, components and faults: what every other page is built of, drawn without any room above."""

import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from insteg import ui
from insteg.ui import views
from insteg.ui.pages import page_or_part
from tests.hostile import UNDEFINED, faults_of_page

TEMPLATES = Path(ui.__file__).parent / "templates"
COMPONENTS = sorted((TEMPLATES / "cotton").glob("*.html"))
FAULTS = ["400", "403", "403_csrf", "404", "409", "500", "503"]


def sound(html):
    assert not UNDEFINED.findall(html)
    assert not faults_of_page(html)
    return html


@pytest.fixture
def gallery(rf):
    return sound(views.gallery(rf.get("/galleri/")).content.decode())


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_says_its_arguments_and_is_shown_in_the_gallery(component):
    assert component.read_text().startswith("{#")
    assert f"<c-{component.stem}" in (TEMPLATES / "ui/gallery.html").read_text() or any(
        f"<c-{component.stem}" in other.read_text() for other in COMPONENTS
    )


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_template_compiles(template):
    get_template(str(template.relative_to(TEMPLATES)))


def test_the_gallery_is_a_sound_page_in_both_languages(gallery, rf):
    assert '<html lang="sv"' in gallery
    with override("en"):
        html = sound(views.gallery(rf.get("/galleri/")).content.decode())
    assert '<html lang="en"' in html
    assert "SEK\u00a09.5\u00a0m" in html


def test_headings_go_down_one_step_at_a_time(gallery):
    levels = [int(level) for level in re.findall(r"<h([1-6])", gallery)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_within_the_page_lead_somewhere(gallery):
    ids = set(re.findall(r'\bid="([^"]+)"', gallery))
    assert set(re.findall(r'href="#([^"]+)"', gallery)) <= ids
    assert set(" ".join(re.findall(r'aria-labelledby="([^"]+)"', gallery)).split()) <= ids


def test_a_table_keeps_its_roles_when_it_becomes_cards(gallery):
    for table in re.findall(r"<table.*?</table>", gallery, re.DOTALL):
        bare = re.findall(r"<(?:table|thead|tbody|tr|th|td)\b(?![^>]*\brole=)[^>]*>", table)
        assert not bare


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_said_in_plain_words(name, rf):
    html = sound(render_to_string(f"{name}.html", {}, rf.get("/nagonstans/")))
    assert len(re.findall("<h1", html)) == 1
    assert "sparat" in html or name == "404"


@pytest.mark.parametrize("name", ["400", "500", "503"])
def test_a_fault_of_ours_is_drawn_without_a_request(name):
    sound(get_template(f"{name}.html").render())


def test_a_closed_page_offers_the_membership_that_may_open_it(rf):
    offer = [SimpleNamespace(pk="7", label="Styrgruppen")]
    html = sound(render_to_string("403.html", {"offer": offer}, rf.get("/upphandlingar/3/?flik=2")))
    assert "Byt till Styrgruppen för att öppna" in html
    assert 'name="membership" value="7"' in html
    assert 'name="next" value="/upphandlingar/3/?flik=2"' in html


def test_the_menu_and_the_account_come_from_the_frame(rf):
    nav = [SimpleNamespace(title="Att göra", icon="list-checks", url="/", current=True)]
    others = [SimpleNamespace(pk="7", label="Styrgruppen", count=3)]
    me = SimpleNamespace(name="Eva Ström", label="Upphandlingsenheten", others=others)
    html = sound(render_to_string("404.html", {"nav": nav, "me": me, "search_url": "/sok/"}, rf.get("/")))
    assert '<a href="/" aria-current="page">' in html
    assert "Konto: Eva Ström, Upphandlingsenheten" in html
    assert re.search(r'value="7">\s*Styrgruppen', html)
    assert 'role="search"' in html


def test_a_part_is_the_same_lines_as_in_the_whole_page(gallery):
    request = RequestFactory(headers={"HX-Request": "true"}).get("/galleri/")
    part = views.gallery(request).content.decode()
    assert part.strip()
    assert "<html" not in part
    assert part in gallery


def test_going_back_in_history_gets_the_whole_page_and_caches_are_told():
    request = RequestFactory(headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).get("/")
    response = page_or_part(request, "404.html", "rows", {}, status=404)
    assert response.status_code == 404
    assert b"<html" in response.content
    assert response["Vary"] == "HX-Request, HX-History-Restore-Request"
