import datetime as dt
from types import SimpleNamespace
from urllib.parse import urlencode

from django.db import connection

from insteg.core import clock
from insteg.inventory.models import InventoryRound, PlannedProcurement, RoundAnswer, RoundRequest
from insteg.inventory.queries.compilation import Horizon, compiled, grouped, within
from insteg.process.models import RuleSet
from scripts.bench.city import signed_in
from scripts.bench.listing import EMPTY, opened, what_it_took
from scripts.bench.measure import Line, in_turns, show

PAGE = "/sammanstallning/"
FILES = {"Excel": "xlsx", "Word": "docx", "PDF": "pdf"}


def measure(rounds: int, city: SimpleNamespace) -> bool:
    """A round that everybody has answered and in which everything is new; the yardstick is the one query alone."""
    asked = answered_round(city)
    ue, today, rules = signed_in(city.who["ue"]), clock.today(), RuleSet.objects.in_force()
    horizon = Horizon.of(asked, today)
    rows = within(PlannedProcurement.objects.all(), horizon)
    bare, first = "grupperingen, naken", compiled(rows, horizon, rules, today).first_start_in_time

    lines = [
        Line(
            bare,
            lambda: list(grouped(rows, horizon, first)),
            note=f"{len(list(grouped(rows, horizon, first)))} grupper",
        ),
        Line("sammanräkningen", lambda: compiled(rows, horizon, rules, today), bare),
        Line("tom sida för inloggade", lambda: opened(ue, EMPTY), bare),
    ]
    pages = {
        "hela staden": PAGE,
        "en organisation": f"{PAGE}?{urlencode({'organisation': city.buyers[5].pk})}",
        "lämpliga, ett år": f"{PAGE}?proposal=suitable&year={horizon.first_year + 1}",
        "ett yrke": f"{PAGE}?occupation=9111",
    }
    for name, where in pages.items():
        lines.append(Line(f"sidan, {name}", lambda w=where: opened(ue, w), bare, note=what_it_took(ue, where)))
    for name, kind in FILES.items():
        lines.append(Line(f"hämta som {name}", lambda k=kind: opened(ue, f"{PAGE}hamta.{k}"), bare))
    title = f"Sammanställning av {rows.count()} planerade upphandlingar, {connection.vendor}"
    return show(title, in_turns(lines, rounds))


def answered_round(city: SimpleNamespace) -> InventoryRound:
    today = clock.today()
    asked = InventoryRound.objects.create(
        year=today.year, term="autumn", first_year=today.year, last_year=today.year + 2, natures=["services", "works"],
        closes_on=today + dt.timedelta(days=14), opened_at=clock.now(),
    )  # fmt: skip
    requests = RoundRequest.objects.bulk_create(RoundRequest(round=asked, organisation=each) for each in city.buyers)
    RoundAnswer.objects.bulk_create(
        RoundAnswer(request=each, number=1, answered_by=city.who["ue"].user) for each in requests
    )
    return asked
