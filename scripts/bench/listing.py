from types import SimpleNamespace
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from insteg.core import clock, keyset
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import planned as queries
from scripts.bench.city import signed_in
from scripts.bench.measure import Line, in_turns, show

LIST, EMPTY = "/planerade/", "/tom/"
AIM = 3
ROW = b'<th scope="row"'


def measure(rounds: int, city: SimpleNamespace) -> bool:
    ue, department = signed_in(city.who["ue"]), signed_in(city.who["förvaltning"])
    yardstick = "tom sida för inloggade"
    pages = {f"UE: {said}": (ue, where) for said, where in addresses(city).items()}
    pages["förvaltning: första sidan"] = (department, LIST)
    pages["förvaltning: sökord som finns"] = (department, LIST + "?q=lokalvård")
    lines = [Line(yardstick, lambda: opened(ue, EMPTY), note=what_it_took(ue, EMPTY))]
    for said, (client, where) in pages.items():
        note = what_it_took(client, where)
        lines.append(Line(said, lambda c=client, w=where: opened(c, w), yardstick, AIM, note))
    size = PlannedProcurement.objects.count()
    return show(f"Listan över {size} planerade upphandlingar, {connection.vendor}", in_turns(lines, rounds, warm=True))


def addresses(city: SimpleNamespace) -> dict[str, str]:
    year = clock.today().year + 2
    return {
        "första sidan": LIST,
        "en sida i mitten": LIST + from_the_middle(),
        "ett förslag": LIST + "?proposal=suitable",
        "ett år": LIST + f"?year={year}",
        "en organisation": LIST + "?" + urlencode({"organisation": city.buyers[5].pk}),
        "en CPV-grupp": LIST + "?cpv=79",
        "ett slag, ett år, ett förslag": LIST + f"?nature=works&year={year}&proposal=not_suitable",
        "tillbakadragna": LIST + "?show=withdrawn",
        "sökord som finns": LIST + "?" + urlencode({"q": "lokalvård"}),
        "två sökord": LIST + "?" + urlencode({"q": "stambyte kvarnen"}),
        "ett diarienummer": LIST + "?" + urlencode({"q": PlannedProcurement.objects.latest("pk").reference}),
        "sökord som inte finns": LIST + "?" + urlencode({"q": "zeppelinare"}),
    }


def from_the_middle() -> str:
    """The query string of a page half-way through the list."""
    half = PlannedProcurement.objects.filter(withdrawn_at=None).order_by(*queries.order())
    middle = half[half.count() // 2]
    later = PlannedProcurement.objects.filter(withdrawn_at=None, start__gte=middle.start)
    return keyset.page(later, QueryDict(), order=queries.order(), size=queries.PAGE).next


def opened(client: Client, where: str) -> bytes:
    response = client.get(where)
    if response.status_code != 200:
        raise RuntimeError(f"{where} answered {response.status_code}")
    return response.content


def what_it_took(client: Client, where: str) -> str:
    """Opens the page once, which warms it, and says how many queries it asked and how many rows it shows."""
    client.get(EMPTY)  # the first page of a session writes when it began
    with CaptureQueriesContext(connection) as captured:
        content = opened(client, where)
    return f"{len(captured)} frågor, {content.count(ROW)} rader"
