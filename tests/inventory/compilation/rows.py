"""What Park and Hus plan, of every kind of judgement, and how the compilation is read in its tests (R13)."""

import datetime as dt
import re
from decimal import Decimal

import time_machine

from insteg.codes.models import Cpv, CpvOccupation, Occupation
from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.models import InventoryRound, PlannedProcurement
from insteg.inventory.terms import Term, proposed
from tests.town import build

PAGE = "/sammanstallning/"
TODAY = dt.date(2026, 11, 19)
MORNING = dt.datetime(2026, 11, 19, 9, 0, tzinfo=dt.UTC)
SUITS = {"nature": "services", "value_min": 48_000_000, "value_max": 48_000_000, "months": 36, "fte": Decimal(24)}


def plan(town, title, who="park", where="Park", **facts):
    start = facts.pop("start", dt.date(2028, 3, 1))
    return actions.report(
        actor=town.who[who], target=town.org[where], seen=None, title=title, start=start, **facts
    )  # fmt: skip


@time_machine.travel(MORNING, tick=False)
def town_that_morning(_ground):
    return build()


@time_machine.travel(MORNING, tick=False)
def what_is_coming(town):
    """The town's own two are withdrawn first."""
    PlannedProcurement.objects.all().update(withdrawn_at=clock.now(), withdrawn_as="mistake", withdrawn_reason="Fel.")
    Cpv.objects.create(code="90000000", title_sv="Städning")
    Cpv.objects.create(code="45000000", title_sv="Byggen")
    for code, title in (("9111", "Städare"), ("9412", "Köksbiträden"), ("7111", "Snickare")):
        Occupation.objects.create(code=code, title_sv=title)
    pairs = [("9091", "9111"), ("9091", "9412"), ("45", "7111")]
    CpvOccupation.objects.bulk_create(CpvOccupation(cpv=cpv, occupation_id=code) for cpv, code in pairs)
    plan(town, "Lokalvård", cpv="90910000", **SUITS)
    plan(town, "Fönsterputs", cpv="90911300", **{**SUITS, "fte": Decimal("2"), "start": dt.date(2028, 2, 1)})
    plan(town, "Parkskötsel", **{**SUITS, "start": dt.date(2027, 4, 1)})
    goods = {"nature": "supplies", "months": 24, "fte": Decimal(5)}  # its extent gives a place, and it does not suit
    plan(town, "Kontorsmöbler", cpv="39130000", start=dt.date(2027, 6, 1), **goods)
    plan(town, "Reception", nature="services", start=None)
    works = {**SUITS, "nature": "works", "cpv": "45454000"}
    plan(town, "Ombyggnad", "hus", "Hus", **works, start=dt.date(2029, 10, 1))
    plan(town, "Fasader", "hus", "Hus", nature="works", cpv="45443000", start=dt.date(2028, 1, 1))
    plan(town, "Efter tiden", "hus", "Hus", **works, start=dt.date(2030, 1, 1))
    return town


LAYERS = {"town": town_that_morning, "coming": what_is_coming}


def open_round(town, year=2026, season="autumn", **said):
    facts = proposed(Term(year, season), TODAY) | {"closes_on": dt.date(2026, 12, 10)} | said
    made = actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    actions.open_round(actor=town.who["ue"], target=made, seen=None)
    return InventoryRound.objects.get(pk=made.pk)


def close(round):
    InventoryRound.objects.filter(pk=round.pk).update(closed_at=clock.now())


def text_of(response):
    """The page as a reader meets it: without pictures and tags, on one line."""
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+([.,:])?", lambda found: found[1] or " ", text.replace("\u00a0", " "))


def titles(response):
    """What the list names, in its order."""
    return [row.title for group in response.context.get("groups", []) for row in group.rows]


def in_years(first, last):
    """The rows that a compilation of those years is of, as plain Python picks them."""
    rows = PlannedProcurement.objects.filter(withdrawn_at=None, merged_into=None).order_by("pk")
    return [row for row in rows.select_related("rule_set") if row.start is None or first <= row.start.year <= last]
