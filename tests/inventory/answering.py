"""A round that asks Park, Hus and a unit, and how its pages are used in the tests of answers."""

import datetime as dt
import re
from types import SimpleNamespace

from insteg.core import clock
from insteg.inventory.actions import confirm_rows, report, send_answer
from insteg.inventory.models import InventoryRound, PlannedProcurement, RoundRequest
from insteg.inventory.queries.answers import Sorted
from insteg.inventory.snapshots import print_of

HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


def next_year():
    return clock.today().year + 1


def rounds(town, *, value_floor=None, closes_in=20):
    """One that is closed since long and one under way since ten days; Park and Hus are asked in both, AME in one."""
    now, day, year = clock.now(), clock.today(), next_year()
    span = {"first_year": year, "last_year": year + 2, "natures": ["services", "works"]}
    old = InventoryRound.objects.create(
        year=year - 2, term="autumn", closes_on=day - dt.timedelta(200), opened_at=now - dt.timedelta(250),
        closed_at=now - dt.timedelta(190), **span,
    )  # fmt: skip
    new = InventoryRound.objects.create(
        year=year - 1, term="autumn", closes_on=day + dt.timedelta(closes_in), value_floor=value_floor,
        opened_at=now - dt.timedelta(30), message="Tänk brett.", **span,
    )  # fmt: skip
    asked = {
        f"{name}-{label}": RoundRequest.objects.create(round=each, organisation=town.org[name])
        for name in ("Park", "Hus")
        for label, each in (("old", old), ("new", new))
    }
    unit = RoundRequest.objects.create(round=new, organisation=town.org["Stad"], unit=town.units["ame"])
    PlannedProcurement.objects.update(confirmed_at=now - dt.timedelta(100), created_at=now - dt.timedelta(100))
    return SimpleNamespace(old=old, new=new, asked=asked, unit=unit)


def row(town, title, name="park", organisation="Park", **facts):
    return report(actor=town.who[name], target=town.org[organisation], seen=None, title=title, **facts)


def carried(town, title, **facts):
    """A row that was reported long before the round."""
    made = row(town, title, **facts)
    PlannedProcurement.objects.filter(pk=made.pk).update(
        confirmed_at=clock.now() - dt.timedelta(100), created_at=clock.now() - dt.timedelta(100)
    )
    return PlannedProcurement.objects.get(pk=made.pk)


def seen(asked):
    return print_of(Sorted.of(asked).rows)


def confirm_all(town, asked, name="park"):
    rows = {one.pk: one.version for one in Sorted.of(asked).unsettled}
    return confirm_rows(actor=town.who[name], target=asked, seen=None, rows=rows)


def send(town, asked, name="park", **more):
    return send_answer(actor=town.who[name], target=asked, seen=None, rows_seen=seen(asked), **more)


def page_of(asked, *parts):
    return "/".join(["/inventering/svar", str(asked.pk), *parts, ""])


def fields(html, address):
    """What a browser would send back of the form that goes to `address`."""
    part = next(part for part in html.split("<form")[1:] if f'action="{address}"' in part)
    return HIDDEN.findall(part.split("</form>")[0])
