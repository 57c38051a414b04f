"""A real browser against the real server, with accessibility looked at on every page that a journey passes."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.journeys.autumn import Calendar, Post
from tests.mail.smtp import serving
from tests.town import build

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright has a loop of its own in this thread
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASKED = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}  # what is right need not be told
PICTURES = Path(__file__).parents[2] / "var" / "journeys"
WANTED = os.environ.get("PICTURES") != "no"  # pictures are for us to look at, and no test is about them


@pytest.fixture(scope="session")
def browser():
    program = chromium()
    if program is None:
        pytest.skip("Chromium finns inte på den här datorn")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


class Traveller:
    """Someone with a browser. `opens` and every step that leads to a new page look at its accessibility."""

    def __init__(self, page, base, journey):
        self.page, self.base, self.journey, self.steps, self.complaints = page, base, journey, 0, []
        page.set_default_timeout(15_000)  # a busy machine is no fault
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def opens(self, address):
        self.page.goto(address if address.startswith("http") else self.base + address)
        self.looks()

    def presses(self, words, role="button"):
        self.page.get_by_role(role, name=re.compile(words)).first.click()
        self.looks()

    def follows(self, words):
        self.presses(words, role="link")

    def writes(self, **typed):
        for name, text in typed.items():
            self.page.locator(f"[name={name}]").fill(text)

    def field(self, label, *roles):
        """The first field of such a kind that is called so: a group of fields may be called the same."""
        first, *others = (self.page.get_by_role(role, name=re.compile(label)) for role in roles)
        for other in others:
            first = first.or_(other)
        return first.first

    def fills(self, label, text):
        self.field(label, "textbox", "combobox").fill(text)

    def chooses(self, label, option):
        self.field(label, "combobox").select_option(label=option)

    def ticks(self, label):
        self.field(label, "checkbox", "radio").check()

    def reads(self, *all_words):
        for words in all_words:
            self.page.get_by_text(words).first.wait_for()

    def misses(self, words):
        assert not self.page.get_by_text(words).count(), words

    def looks(self):
        """The page's accessibility, its width on a telephone, and a picture of it at both widths if it is wanted."""
        self.page.wait_for_load_state()
        self.steps += 1
        # The whole page at once: the closing bar, which stays in sight, then covers nothing.
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": 1280, "height": max(900, height)})
        found = Axe().run(self.page, options=ASKED).response["violations"]
        where = f"{self.page.url}: " + "; ".join(f"{v['id']} {v['nodes'][0]['html'][:120]}" for v in found)
        assert not found, where
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width in (390, 320, 1280):
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, f"{self.page.url} at {width}"
            if WANTED and width != 320:
                self.page.screenshot(path=PICTURES / f"{self.journey}-{self.steps:02}-{width}.png", full_page=True)


@pytest.fixture
def travellers(browser, live_server, transactional_db, request):
    """travellers("park") is one more person with a browser of their own."""
    journey, everyone = request.node.name.removeprefix("test_"), []

    def one_more(name="", **more):
        context = browser.new_context(
            locale="en-US", accept_downloads=True, viewport={"width": 1280, "height": 900}, **more
        )
        everyone.append(Traveller(context.new_page(), live_server.url, "-".join(filter(None, (journey, name)))))
        return everyone[-1]

    yield one_more
    for someone in everyone:
        someone.page.context.close()
    # A refused form is an answer, not a fault: the browser notes every 4xx in its console.
    assert not [said for someone in everyone for said in someone.complaints if "status of 4" not in said]


@pytest.fixture
def traveller(travellers):
    return travellers()


@pytest.fixture
def town(transactional_db):
    return build()


@pytest.fixture
def calendar(monkeypatch):
    return Calendar(monkeypatch)


@pytest.fixture
def post(calendar, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("the worker's rows are seen on PostgreSQL alone")
    with serving() as server:
        yield Post(server, calendar, tmp_path, monkeypatch)
