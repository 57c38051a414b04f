"""Every template can be read, leads only to addresses that exist, and every page is a whole page in both languages."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver

from insteg.organisations.models import User
from tests.nets.addresses import TABLE

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[2] / "insteg"
TEMPLATES = sorted(
    (path.relative_to(folder).as_posix(), path)
    for folder in ROOT.glob("*/templates")
    for path in folder.rglob("*.html")
)
URL = re.compile(r"\{%\s*url\s+['\"]([\w:]+)['\"]")
SHOWN = [row for row in TABLE if 200 in row.get.values()]


def names(resolver, prefix=""):
    """Every name that {% url %} can be given."""
    found = {f"{prefix}{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    for space, (_route, inner) in resolver.namespace_dict.items():
        found |= names(inner, f"{prefix}{space}:")
    return found


@pytest.mark.parametrize(("name", "path"), TEMPLATES, ids=[name for name, _path in TEMPLATES])
def test_a_template_can_be_read_and_leads_somewhere(name, path):
    get_template(name)
    assert set(URL.findall(path.read_text(encoding="utf-8"))) <= names(get_resolver())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_whole(house, language):
    """Seen by the first who may; what tests/hostile.py looks for is looked for too."""
    User.objects.update(language=language)
    faults = {}
    for row in SHOWN:
        name = next(name for name, status in row.get.items() if status == 200)
        client = Client()
        client.cookies["django_language"] = language
        if name:
            client.force_login(house.people[name])
        response = client.get(row.address.format(t=house))
        if response.headers["Content-Type"].startswith("text/html"):
            html = response.content.decode()
            found = [said for said, there in whole(html, language).items() if not there]
            if found:
                faults[row.address] = found
    assert not faults


GAPS = {"sv": re.compile(r"\bNone\b|%\(\w+\)s|\{\{|\{%"), "en": re.compile(r"%\(\w+\)s|\{\{|\{%")}  # None is English


def whole(html, language):
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return {
        "its language": f'<html lang="{language}"' in html,
        "a title of its own": title and title[1].split("–")[0].strip() not in ("", "Insteg"),
        "one main heading": len(re.findall(r"<h1\b", html)) == 1,
        "a main part": len(re.findall(r"<main\b", html)) == 1,
        "no gap in its words": not GAPS[language].search(re.sub(r"<[^>]*>", " ", html)),
    }
