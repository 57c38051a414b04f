"""Att göra: what waits for someone, in order of urgency, across every room (R82)."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insteg.access import catalogues
from insteg.access.actor import Role
from insteg.access.catalogues import Task, Whose
from insteg.home import queries, start
from insteg.organisations import queries as of_memberships
from insteg.organisations.models import Membership, User
from tests.town import address, build, member

THURSDAY = dt.date(2026, 11, 19)
on_that_thursday = time_machine.travel(dt.datetime(2026, 11, 19, 9, 0, tzinfo=dt.UTC), tick=False)
LAID = {"town": on_that_thursday(lambda _ground: build())}


@pytest.fixture(autouse=True)
def thursday():
    with on_that_thursday:
        yield


@pytest.fixture
def waits(monkeypatch):
    """waits(role, task, ...): what one room says to a role; nothing else waits for anyone."""
    said: dict[Role, list[Task]] = {}
    monkeypatch.setattr(catalogues, "TASKS", None)  # nobody may read the list by another road
    for reader in (queries, of_memberships):
        monkeypatch.setattr(reader, "TASKS", [lambda actor: said.get(actor.role, [])])
    return lambda role, *tasks: said.setdefault(role, []).extend(tasks)


def day(text):
    return text and dt.date.fromisoformat(text)


def task(title, due=None, since=None, **more):
    return Task(title, "/", due_on=day(due), since=day(since), **more)


def read(client, where="/"):
    """The page on one line, so that how its template is laid out does not matter."""
    return re.sub(r"\s+(>)?", lambda found: found[1] or " ", client.get(where).content.decode())


def shown(html):
    """The page as (group, titles), in order."""
    sections = re.split(r"<h2[^>]*>", html)[1:]
    return [
        (section.partition("<")[0].strip(), re.findall(r'app-what"> ?<a href="[^"]*">([^<]*)', section))
        for section in sections
        if re.search(r'app-what"> ?<a', section)
    ]


def test_the_most_urgent_comes_first_in_four_groups(town, as_, waits):
    waits(
        Role.PROCUREMENT_UNIT,
        task("Någon gång"), task("Nästa måndag", "2026-11-23"), task("Söndag", "2026-11-22"),
        task("I dag", "2026-11-19"), task("I går, nyss", "2026-11-18", "2026-11-17"),
        task("I går, länge", "2026-11-18", "2026-10-05"), task("I morgon", "2026-11-20"),
    )  # fmt: skip
    assert shown(read(as_("ue"))) == [
        ("Nu", ["I går, länge", "I går, nyss", "I dag"]),
        ("Den här veckan", ["I morgon", "Söndag"]),
        ("Senare", ["Nästa måndag"]),
        ("Utan datum", ["Någon gång"]),
    ]


def test_at_the_weekend_one_looks_a_week_ahead(town, as_, waits):
    """Else what is due on Monday would lie among what can wait."""
    waits(Role.PROCUREMENT_UNIT, task("På måndag", "2026-11-23"), task("Om en vecka", "2026-11-30"))
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC), tick=False):
        html = read(as_("ue"))
    assert shown(html) == [("Den närmaste veckan", ["På måndag"]), ("Senare", ["Om en vecka"])]
    assert "Inget behöver dig i dag. En sak ska vara klar den närmaste veckan." in html


def test_what_is_late_has_a_red_edge_and_says_when_it_should_have_been_done(town, as_, waits):
    waits(
        Role.PROCUREMENT_UNIT,
        task("Sent", "2026-11-18", "2026-10-05", about="Hösten 2026"),
        task("I tid", "2026-11-30"),
    )
    html = read(as_("ue"))
    assert re.findall(r'<li( data-late)?> ?<div class="app-what"', html) == [" data-late", ""]
    assert "Skulle vara klart" in html
    assert "i går" in html
    assert "Väntat sedan" in html
    assert "Hösten 2026" in html
    assert "om 7 arbetsdagar" in html


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (["2026-11-18", "2026-11-19"], "Två saker behöver dig i dag. En av dem skulle ha varit klar i går."),
        (["2026-11-18"], "En sak behöver dig i dag. Den skulle ha varit klar i går."),
        (["2026-11-12"], "En sak behöver dig i dag. Den skulle ha varit klar 12\u00a0nov."),
        (["2026-11-12", "2026-11-13"], "Två saker behöver dig i dag. Alla skulle redan ha varit klara."),
        (
            ["2026-11-12", "2026-11-13", "2026-11-19"],
            "Tre saker behöver dig i dag. Två av dem skulle redan ha varit klara.",
        ),
        (["2026-11-20", None], "Inget behöver dig i dag. En sak ska vara klar den här veckan."),
        (["2026-11-20"] * 13, "Inget behöver dig i dag. 13 saker ska vara klara den här veckan."),
        (["2026-12-16", "2026-12-17"], "Inget behöver dig i dag. Närmast i tiden är onsdag 16\u00a0december."),
        ([None, None], "Två saker väntar på dig, utan slutdatum."),
        ([], ""),
    ],
)  # fmt: skip
def test_the_lead_is_counted(due, said):
    assert queries.lead(sorted((task("x", each) for each in due), key=queries.urgency), THURSDAY) == said


@pytest.mark.parametrize(
    ("due", "note"),
    [
        ("2026-11-18", ""), ("2026-11-19", ""), ("2026-11-20", "i morgon"),
        ("2026-11-22", "om 1 arbetsdag"), ("2026-11-30", "om 7 arbetsdagar"), ("2027-01-15", "om 36 arbetsdagar"),
    ],
)  # fmt: skip
def test_how_far_away_a_day_is_counts_working_days(due, note):
    """36 and not 41: julafton, juldagen, nyårsafton, nyårsdagen and trettondagen fall on weekdays."""
    assert queries.note_of(day(due), THURSDAY) == note


def test_a_task_is_shown_to_its_role_and_nobody_else(town, as_, waits):
    waits(Role.ADMINISTRATOR, task("Svara på en synpunkt"))
    told = {name for name in town.who if "Svara på en synpunkt" in read(as_(name))}
    assert told == {"admin", "admin2"}


def test_other_memberships_are_counted_and_one_click_away(town, as_, waits):
    steering = member("ue", Role.STEERING, town.org["Stad"], town.units["ue"])
    waits(Role.STEERING, task("Hemligt ärende"), task("Ett till"))
    client = as_("ue")
    client.post("/uppdrag/", {"membership": town.who["ue"].membership_id})
    html = read(client)
    assert "Inget väntar på dig" in html
    assert re.search(rf"<strong>{steering.label}</strong> ?<p> ?Två saker väntar\.", html)
    assert "Hemligt ärende" not in html  # what it is about is told in that membership only
    switched = client.post("/uppdrag/", {"membership": steering.membership_id, "next": "/"}, follow=True)
    assert "Hemligt ärende" in switched.content.decode()


def test_with_several_memberships_and_none_chosen_one_is_asked(town, as_):
    member("ue", Role.STEERING, town.org["Stad"])
    answer = as_("ue").get("/")
    assert (answer.status_code, answer.url) == (302, "/uppdrag/")


def test_without_a_membership_one_is_told_whom_to_ask(town, as_):
    Membership.objects.filter(user__email=address("park")).update(
        ends_on=dt.date(2026, 11, 18), starts_on=dt.date(2026, 1, 1)
    )
    html = read(as_("park"))
    assert "Du har inget uppdrag just nu" in html


def test_a_stranger_is_asked_to_sign_in(town, as_, settings):
    assert as_(None).get("/").status_code == 302


def test_without_a_second_factor_nothing_is_told(town, as_, waits):
    waits(Role.COACH, task("Ring deltagaren"))
    assert "Ring deltagaren" in read(as_("ame"))
    User.objects.filter(email=address("ame")).update(is_example=False)
    answer = as_("ame").get("/")
    assert answer.status_code == 302
    assert b"Ring deltagaren" not in answer.content


@pytest.mark.parametrize("name", ["af", "bistand", "bygg", "mal"])
def test_a_role_whose_pages_are_not_built_is_told_what_will_come(town, as_, waits, name):
    assert "Här ska du kunna" in read(as_(name))


def test_a_role_without_any_page_is_told_so(town, as_, waits, monkeypatch):
    assert "Insteg har inga sidor för ditt uppdrag än" not in read(as_("ue"))
    monkeypatch.setattr(start, "NAVIGATION", [])
    html = read(as_("ue"))
    assert "Insteg har inga sidor för ditt uppdrag än" in html
    assert "Du behöver inte göra något" in html


@pytest.mark.parametrize("name", ["ue", "park", "ame", "chef", "styr", "admin"])
def test_an_empty_list_says_what_to_do_next(town, as_, waits, name):
    html = read(as_(name))
    assert "Inget väntar på dig" in html
    assert re.search(r'app-actions"> ?<a class="ds-button"[^>]*href="/[^"]+"', html)


TAKEN = {"whose": Whose.COLLEAGUE, "who": "Kim Berg"}
THEIRS = {"whose": Whose.OTHERS, "who": "Styrgruppen"}


def test_what_a_colleague_has_taken_is_not_mine_but_one_click_away(town, as_, waits):
    waits(Role.PROCUREMENT_UNIT, task("Min sak", "2026-11-20"), task("Kims sak", "2026-11-18", about="Gatan", **TAKEN))
    mine = read(as_("ue"))
    assert shown(mine) == [("Den här veckan", ["Min sak"])]
    assert re.search(r'href="/" ?aria-current="true" ?>Mina 1</a>', mine)
    assert re.search(r'href="/\?whose=unit" ?>Enhetens 2</a>', mine)
    ours = read(as_("ue"), "/?whose=unit")
    assert shown(ours) == [("Nu", ["Kims sak"]), ("Den här veckan", ["Min sak"])]
    assert "Gatan · Kim Berg har tagit det" in ours
    assert "Två saker väntar på enheten. En av dem har en kollega tagit. En skulle redan ha varit klar." in ours
    assert re.search(r'href="/\?whose=unit" ?aria-current="true"', ours)


def test_where_no_colleague_has_anything_there_is_nothing_to_choose(town, as_, waits):
    waits(Role.PROCUREMENT_UNIT, task("Min sak"))
    for where in ("/", "/?whose=unit"):
        html = read(as_("ue"), where)
        assert shown(html) == [("Utan datum", ["Min sak"])]
        assert "Enhetens" not in html
        assert "En sak väntar på dig, utan slutdatum." in html


def test_what_waits_for_others_is_folded_and_says_whose_move_it_is_since_when(town, as_, waits):
    waits(
        Role.PROCUREMENT_UNIT,
        task("Besluta om krav", "2026-12-03", "2026-11-17", about="Stambyte", **THEIRS),
        task("Svara på frågor", "2026-11-18", **THEIRS),
    )
    html = read(as_("ue"))
    assert "Inget väntar på dig" in html
    fold = html.partition("Väntar på andra: 2")[2].partition("</details>")[0]
    first, second = re.findall(r"<li>(.*?)</li>", fold)
    assert "Svara på frågor" in first
    assert "skulle vara klart" in first
    assert "Besluta om krav</a> · Stambyte" in second
    assert re.search(r"Styrgruppen · sedan <time[^>]*>17.nov</time> · senast <time", second)


def test_only_what_is_ones_own_is_counted_in_another_membership(town, as_, waits):
    member("ue", Role.STEERING, town.org["Stad"])
    waits(Role.STEERING, task("En egen"), task("En kollegas", **TAKEN), task("Andras", **THEIRS))
    client = as_("ue")
    client.post("/uppdrag/", {"membership": town.who["ue"].membership_id})
    assert "En sak väntar." in read(client)


def cost(client):
    """Questions to the database for one view of the page, once the session is begun."""
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    return len(asked)


def test_one_task_costs_as_many_questions_as_fifty(town, as_, waits):
    client = as_("ue")
    waits(Role.PROCUREMENT_UNIT, task("En"))
    one = cost(client)
    waits(Role.PROCUREMENT_UNIT, *[task(f"Sak {number}") for number in range(49)])
    assert cost(client) == one


def test_another_membership_costs_no_more_than_its_own_tasks(town, as_, waits):
    """The memberships themselves are read in one question, however many they are."""
    member("ue", Role.STEERING, town.org["Stad"])
    client = as_("ue")
    client.post("/uppdrag/", {"membership": town.who["ue"].membership_id})
    two = cost(client)
    for organisation in ("Vård", "Park", "Hus"):
        member("ue", Role.STEERING, town.org[organisation])
    assert cost(client) == two
