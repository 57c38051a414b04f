"""A page costs as many questions for fifty rows as for one.

Every route that shows a page to anyone stands here: as a list that grows, or among those that hold no list.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insteg.access.actor import Role
from insteg.audit.log import record
from insteg.core import clock
from insteg.home.models import Remark
from insteg.inventory.actions import save_plan, upload
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import AnsweredRow, PlannedProcurement, PlanUpload
from insteg.inventory.plan_reader import read
from insteg.inventory.snapshots import facts_as_reported
from insteg.mail.models import Message
from insteg.needs.models import PublishedNeed
from insteg.organisations.models import Invitation, Membership, Organisation, Unit, User
from insteg.process.models import RuleSet
from tests.nets import mode_by_the_dozen as mode
from tests.nets import model_by_the_dozen as model
from tests.nets import pack_by_the_dozen as pack
from tests.nets.addresses import TABLE
from tests.nets.agreements_by_the_dozen import agreements, register, what_follows_on_an_agreement
from tests.nets.analysis_by_the_dozen import assessments, what_is_alike
from tests.nets.cases_by_the_dozen import cases, cases_to_move
from tests.nets.compilation_by_the_dozen import to_compile
from tests.nets.occupations_by_the_dozen import occupations_to_confirm, table_of_occupations
from tests.nets.people_by_the_dozen import people, people_at_park
from tests.nets.picture_by_the_dozen import steps_in_force, steps_in_the_file
from tests.nets.questions_by_the_dozen import asked_of_us, to_ask_about
from tests.nets.rounds_by_the_dozen import asked, names, not_asked, organisations, rounds, to_be_asked, to_be_reminded
from tests.nets.steering_by_the_dozen import (
    goals,
    meetings,
    occasions,
    people_at_a_meeting,
    people_who_can_sit,
    seats,
)
from tests.nets.told_by_the_dozen import TOLD, what_is_to_be_done
from tests.nets.waiting_by_the_dozen import cases_that_wait

pytestmark = pytest.mark.one_database

HEADINGS, LINE = "Upphandling;Värde (tkr);Avtalstid;Start\r\n", "Rad {};3500;{};2028-09-01\r\n"


@dataclass(frozen=True)
class Listing:
    """`grow(house, n)` makes so many rows, named "Rad …" where the page shows their names, and may give an address."""

    who: str
    grow: Callable[[Any, int], str | None]
    address: str = ""
    shows_names: bool = True


def planned(house, count):
    lacking = {"proposal": "needs_facts", "nature": "services"}
    PlannedProcurement.objects.bulk_create(
        PlannedProcurement(organisation=house.org["Park"], rule_set=house.rule_set, title=name, **lacking)
        for name in names(count)
    )


def events(house, count):
    for _ in range(count):
        record(house.who["park"], "inventory.change", [house.planned["p"]], ["title", "months"], "")
    return f"/planerade/{house.planned['p'].pk}/"


def plan(house, count):
    """Every second row with a question."""
    rows = "".join(LINE.format(name, "5" if n % 2 else "24 mån") for n, name in enumerate(names(count)))
    content = (HEADINGS + rows).encode()
    made = upload(
        actor=house.who["park"], target=house.org["Park"], seen=None,
        content=content, filename="plan.csv", reading=read(content, "plan.csv"),
    )  # fmt: skip
    return f"/planerade/plan/{made.pk}/"


def rows_of_an_answer(house, count):
    """Every second to be confirmed."""
    planned(house, count)
    long_ago = clock.now() - dt.timedelta(days=100)
    pks = PlannedProcurement.objects.filter(organisation=house.org["Park"]).order_by("pk").values_list("pk", flat=True)
    PlannedProcurement.objects.filter(pk__in=[*pks][::2]).update(confirmed_at=long_ago)
    return f"/inventering/svar/{house.requests['p-now'].pk}/"


def rows_as_sent(house, count):
    """Of an answer where every row was new, with another answer beside it."""
    planned(house, count)
    rows = PlannedProcurement.objects.filter(organisation=house.org["Park"], answered=None)
    AnsweredRow.objects.bulk_create(
        AnsweredRow(answer=house.answers["p-over"], planned=row, change="new", facts=facts_as_reported(row))
        for row in rows.order_by("pk")
    )
    return f"/inventering/skickat/{house.answers['p-over'].pk}/"


def shared(house, count, **more):
    """Reported by Skola as shared with others."""
    facts = {"organisation": house.org["Skola"], "rule_set": house.rule_set, "proposal": "suitable", "shared": True}
    rows = [PlannedProcurement(title=name, **facts, **more) for name in names(count)]
    return PlannedProcurement.objects.bulk_create(rows)


def joined(house, count):
    shared(house, count, merged_into=house.planned["gj"])
    return f"/planerade/{house.planned['gj'].pk}/"


def chosen_to_join(house, count):
    chosen = "&".join(f"rad={row.pk}" for row in shared(house, count))
    return f"/planerade/{house.planned['gj'].pk}/sla-ihop/?q=rad&{chosen}"


def plans(house, count):
    for _ in range(count):
        plan(house, 1)


def units(house, count):
    Unit.objects.bulk_create(Unit(organisation=house.org["Park"], name=name) for name in names(count))
    return f"/organisationer/{house.org['Park'].pk}/"


def choices_of_unit(house, count):
    return f"{units(house, count)}bjud-in/"


def memberships(house, count):
    """Of one person, long ago."""
    user, day = house.people["park"], dt.date(2020, 1, 1)
    rows = [Organisation(name=name, kind="department") for name in names(count)]
    Organisation.objects.bulk_create(rows)
    Membership.objects.bulk_create(
        Membership(user=user, organisation=row, role=Role.PROCURING, starts_on=day, ends_on=day) for row in rows
    )
    return f"/anvandare/{user.pk}/"


def needs(house, count):
    """Current ones and ended ones of AME's."""
    PublishedNeed.objects.bulk_create(
        PublishedNeed(
            unit=house.units["ame"], other_occupation=name, form="internship", places=1, people=2, ended_at=ended
        )
        for ended in (None, clock.now())
        for name in names(count)
    )


def needs_to_answer(house, count):
    needs(house, count)
    return f"/inventering/svar/{house.requests['a-now'].pk}/"


def needs_of_a_unit(house, count):
    needs(house, count)
    return f"/behov/enhet/{house.units['ame'].pk}/"


def letters(house, count):
    Message.objects.bulk_create(
        Message(to="a@b.example", subject=name, given_up_at=clock.now()) for name in names(count)
    )


def letters_that_wait(house, count):
    Message.objects.bulk_create(Message(to="a@b.example", subject=name, body="text") for name in names(count))
    return f"/brev/hallna/{house.holds['open'].pk}/"


def remarks(house, count):
    Remark.objects.bulk_create(Remark(text=name) for name in names(count))


def what_waits_for_the_administrator(house, count):
    letters(house, count)
    remarks(house, count)
    invited = people(house, count, is_example=False)
    User.objects.filter(pk__in=[user.pk for user in invited]).update(is_example=False)
    soon = clock.now() + dt.timedelta(days=1)
    Invitation.objects.bulk_create(
        Invitation(user=user, digest=uuid.uuid4().hex * 2, expires_at=soon) for user in invited
    )


def what_waits_for_a_buyer(house, count):
    plans(house, count)
    planned(house, count)


def editions(house, count):
    newest, now = RuleSet.objects.latest("edition").edition, clock.now()
    RuleSet.objects.bulk_create(
        RuleSet(edition=newest + 1 + n, published_at=now, note=name) for n, name in enumerate(names(count))
    )


LISTS = {
    "": [
        Listing("park", what_waits_for_a_buyer, shows_names=False),
        Listing("park", pack.asked_of_us, shows_names=False),
        Listing("ue", plans, shows_names=False),
        Listing("ue", cases_that_wait, shows_names=False),
        Listing("styr", cases_that_wait, shows_names=False),
        Listing("admin", what_waits_for_the_administrator),
        Listing("park", what_is_to_be_done, shows_names=False),
        Listing("ue", what_is_to_be_done, shows_names=False),
    ],
    "sammanstallning/": [Listing("park", to_compile), Listing("styr", rounds, shows_names=False)],
    "sammanstallning/hamta.<str:kind>": [
        Listing("ue", to_compile, f"/sammanstallning/hamta.{kind}", shows_names=False)
        for kind in ("xlsx", "docx", "pdf")
    ],
    "planerade/": [
        Listing("ue", planned),
        Listing("park", planned, "/planerade/?q=rad&proposal=needs_facts"),
        Listing("park", asked_of_us, "/planerade/?show=asked"),
        Listing("styr", organisations, shows_names=False),
    ],
    "planerade/hamta.<str:kind>": [
        Listing("ue", planned, "/planerade/hamta.csv"),
        Listing("ue", planned, "/planerade/hamta.xlsx", shows_names=False),
    ],
    "arbetsmodellen/yrken/": [Listing("ue", table_of_occupations), Listing("styr", table_of_occupations)],
    "planerade/<uuid:pk>/yrken/": [Listing("park", occupations_to_confirm)],
    "planerade/gemensamma/": [Listing("ue", shared)],
    "sammanstallning/fraga/": [Listing("ue", to_ask_about)],
    "planerade/<uuid:pk>/sla-ihop/": [Listing("ue", chosen_to_join)],
    "planerade/ny/": [Listing("ue", organisations)],
    "planerade/plan/<uuid:pk>/": [Listing("park", plan)],
    "inventering/avtal/": [
        Listing("ue", agreements),
        Listing("park", agreements, "/inventering/avtal/?state=waiting&year=2031"),
    ],
    "inventering/avtal/hamta.<str:kind>": [
        Listing("ue", agreements, "/inventering/avtal/hamta.csv"),
        Listing("ue", agreements, "/inventering/avtal/hamta.xlsx", shows_names=False),
    ],
    "inventering/avtal/nytt/": [Listing("ue", organisations)],
    "inventering/avtal/<uuid:pk>/": [Listing("park", what_follows_on_an_agreement)],
    "inventering/avtal/register/<uuid:pk>/": [Listing("park", register)],
    "planerade/<uuid:pk>/": [
        Listing("ue", joined),
        Listing("park", events, shows_names=False),
        Listing("ue", what_is_alike, shows_names=False),
        Listing("hus", mode.decided_again_and_again, shows_names=False),
        Listing("styr", assessments, shows_names=False),
    ],
    "behov/": [Listing("ue", needs), Listing("ame", needs)],
    "behov/enhet/<uuid:pk>/": [Listing("ame", needs_of_a_unit)],
    "moten/": [Listing("ue", meetings), Listing("styr", meetings)],
    "moten/<uuid:pk>/": [Listing("ue", people_at_a_meeting), Listing("styr", people_at_a_meeting)],
    "inventering/": [
        Listing("ue", rounds, shows_names=False),
        Listing("park", rounds, shows_names=False),
    ],
    "inventering/<uuid:pk>/": [Listing("ue", asked), Listing("styr", asked)],
    "inventering/svar/": [Listing("ue", rounds, shows_names=False), Listing("park", rounds, shows_names=False)],
    "inventering/svar/<uuid:pk>/": [
        Listing("ame", needs_to_answer),
        Listing("park", rows_of_an_answer),
        Listing("ue", rows_of_an_answer),
    ],
    "inventering/skickat/<uuid:pk>/": [Listing("park", rows_as_sent)],
    "inventering/andringar/": [
        Listing("ue", planned),
        Listing("park", planned, "/inventering/andringar/?day=2020-01-01"),
    ],
    "inventering/<uuid:pk>/paminnelser/": [Listing("ue", to_be_reminded, shows_names=False)],
    "inventering/<uuid:pk>/oppna/": [Listing("ue", to_be_asked)],
    "inventering/<uuid:pk>/fraga-fler/": [Listing("ue", not_asked)],
    "arbetsmodellen/": [Listing("admin", steps_in_force), Listing("bygg", steps_in_force)],
    "arbetsmodellen/bild.svg": [Listing("styr", steps_in_the_file, shows_names=False)],
    "arbetsmodellen/steg/<slug:kind>/<slug:key>/": [Listing("ue", cases), Listing("park", cases)],
    "arbetsmodellen/steg/<slug:kind>/<slug:key>/flytta/<slug:move_key>/": [Listing("ue", cases_to_move)],
    "arbetsmodellen/processer/": [Listing("admin", model.followed_kinds, shows_names=False)],
    "arbetsmodellen/processer/<uuid:pk>/": [
        Listing("admin", model.steps_to_read),
        Listing("bygg", model.followed_editions, shows_names=False),
    ],
    "arbetsmodellen/processer/<uuid:pk>/publicera/": [Listing("admin", model.steps_to_publish)],
    "arbetsmodellen/processer/steg/<uuid:pk>/ta-bort/": [Listing("admin", model.arrows_to_a_step)],
    "arbetsmodellen/regelverk/": [Listing("ue", editions, shows_names=False)],
    "styrgruppen/": [Listing("ue", seats), Listing("admin", seats)],
    "styrgruppen/underlag/<uuid:pk>/": [Listing("ue", pack.points), Listing("af", pack.points)],
    "styrgruppen/underlag/<uuid:pk>/word/": [Listing("ue", pack.points_in_word, shows_names=False)],
    "styrgruppen/underlag/<uuid:pk>/pdf/": [Listing("styr", pack.points_as_pdf, shows_names=False)],
    "styrgruppen/underlag/<uuid:pk>/lagg-fram/": [Listing("ue", pack.judged)],
    "styrgruppen/underlag/<uuid:pk>/uppdatera/": [Listing("ue", pack.waiting_for_the_group)],
    "styrgruppen/underlag/<uuid:pk>/ordning/": [Listing("ue", pack.points_to_order)],
    "styrgruppen/underlag/<uuid:pk>/fraga/": [Listing("ue", pack.points_to_ask_about)],
    "styrgruppen/punkt/<uuid:pk>/syn/": [Listing("park", pack.points_to_answer)],
    "styrgruppen/punkt/<uuid:pk>/": [Listing("styr", mode.decided), Listing("af", mode.decided)],
    "styrgruppen/punkt/<uuid:pk>/beslut/": [Listing("styr", mode.decided_beside_a_form)],
    "styrgruppen/punkt/<uuid:pk>/anteckning/": [Listing("ue", mode.decided_beside_a_note)],
    "styrgruppen/mandat/nytt/": [Listing("ue", people)],
    "styrgruppen/mandat/<uuid:pk>/andra/": [Listing("ue", people_who_can_sit)],
    **{route: [Listing(*each) for each in found] for route, found in TOLD.items()},
    "mal/": [Listing("mal", goals), Listing("ue", occasions)],
    "sok/": [Listing("ue", planned, "/sok/?q=rad", shows_names=False)],
    "organisationer/": [Listing("admin", organisations)],
    "organisationer/<uuid:pk>/": [Listing("admin", units), Listing("admin", people_at_park)],
    "organisationer/<uuid:pk>/bjud-in/": [Listing("admin", choices_of_unit)],
    "anvandare/": [Listing("admin", people)],
    "anvandare/bjud-in/": [Listing("admin", organisations)],
    "anvandare/<uuid:pk>/": [Listing("admin", memberships)],
    "brev/": [Listing("admin", letters)],
    "brev/hallna/<uuid:pk>/": [Listing("admin", letters_that_wait)],
    "tillganglighet/synpunkter/": [Listing("admin", remarks)],
    "exempelstaden/": [Listing("admin", people, "/exempelstaden/")],
}
FORMS = {row.route for row in TABLE if 422 in row.post.values()} - LISTS.keys()
NO_LIST = {
    "styrgruppen/underlag/<uuid:pk>/protokoll/fil/": "one file",
    "moten/<uuid:pk>/kalender/": "a file about one meeting",
    "styrgruppen/moten/<uuid:pk>/": "that there is nothing to go through",
    "styrgruppen/fil/<uuid:pk>/": "a file",
    "planerade/plan/<uuid:pk>/lage/": "how far a job has come",
    "arbetsmodellen/regelverk/<uuid:pk>/": "four criteria",
    "halsa/": "one word",
    "hjalp/": "the manual, from files",
    "komponenter/": "examples, from the code",
    "konto/bekrafta/": "a form",
    "konto/bekrafta/kod/": "a form",
    "konto/losenord/": "a form",
    "konto/sakerhet/": "one's own few second factors",
    "konto/sakerhet/nycklar/": "one's own few keys",
    "konto/sessioner/": "one's own few sessions, each in a row of its own",
    "logga-in/": "a form",
    "logga-ut/": "a question",
    "glomt-losenord/": "a form",
    "glomt-losenord/skickat/": "a sentence",
    "nytt-losenord/klart/": "a sentence",
    "^nytt-losenord/(?P<uidb36>[0-9a-z]+)-(?P<key>.+)/$": "a form",
    "stangt-konto/": "a sentence",
    "tillganglighet/tack/": "a sentence",
    "uppdrag/": "one's own few memberships; each is asked what waits there",
}


def test_every_page_is_here():
    pages = {row.route for row in TABLE if 200 in row.get.values()}
    assert pages - LISTS.keys() - NO_LIST.keys() - FORMS == set()
    assert (LISTS.keys() | NO_LIST.keys()) - pages == set()


@pytest.mark.parametrize(
    ("route", "listing"),
    [pytest.param(route, each, id=f"{route or 'home'} {each.who}") for route, found in LISTS.items() for each in found],
)
def test_fifty_rows_cost_as_much_as_one(client, house, route, listing):
    client.force_login(house.people[listing.who])
    costs = []
    for count in (1, 49):
        address = listing.grow(house, count)
        address = address if isinstance(address, str) else listing.address or f"/{route}"
        client.get(address)  # the first page of a session writes when it began
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        costs.append((len(queries), len(set(queries_of(queries)))))
        if listing.shows_names:
            assert answer.content.decode(errors="ignore").count("Rad ") >= min(count, 40)
    assert costs[0] == costs[1], "\n".join(queries_of(queries))


def test_saving_a_plan_of_fifty_rows_costs_as_much_as_one(house):
    costs = []
    for count in (1, 50):
        address = plan(house, count)
        made = PlanUpload.objects.get(pk=address.split("/")[3])
        answers = {("plan", number): {"months": "0"} for number in range(2, count + 2)}
        with CaptureQueriesContext(connection) as queries:
            saved = save_plan(actor=house.who["park"], target=made, seen=None, decisions=Decisions(answers))
        assert len(saved) == count
        costs.append(len(queries))
    assert costs[1] - costs[0] <= 1  # SQLite takes some forty rows in one statement


def queries_of(queries):
    return [query["sql"][:200] for query in queries]
