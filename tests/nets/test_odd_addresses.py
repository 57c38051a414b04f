"""Nothing that can be written in an address or sent in a form is a fault of ours: it is refused, or passed over."""

from itertools import cycle, islice

from django.db import connection, transaction
from django.test import Client

from tests.nets.addresses import TABLE

NAMES = (
    "q", "sida", "year", "organisation", "nature", "cpv", "proposal", "show", "kind", "role", "state", "user", "next",
    "version", "key", "title", "name", "email", "membership", "session", "language", "value_min", "months", "fte",
    "start", "starts_on", "closed_on", "text", "answer",
)  # fmt: skip
ODD = {
    "nothing": "",
    "a null sign": "\x00",
    "half a pair": "\ud800",
    "a number beyond numbers": "9" * 400,
    "a negative": "-1",
    "a day that is none": "99999-99-99",
    "markup": "<script>alert(1)</script>",
    "an address elsewhere": "https://annan.example/",
    "very long": "å" * 400,
    "no id": "00000000-0000-0000-0000-00000000000g",
}


def test_odd_values_are_no_fault(house):
    """Asked by someone who may open the page. Each page is given some of the odd values, and each value many pages."""
    kinds, faults, each = cycle(ODD), {}, 1 if connection.vendor == "postgresql" else 2
    for row, name in opened():
        client = Client(raise_request_exception=False)
        client.force_login(house.people[name])
        for kind in islice(kinds, each):
            for answer in sent(client, row.address.format(t=house), ODD[kind]):
                if said := fault_of(answer):
                    faults[row.address, answer.request["REQUEST_METHOD"], kind] = said
    assert not faults


def opened():
    """A row of each route that somebody gets a page of, and who."""
    pages = {}
    for row in TABLE:
        name = next((who for who, status in row.get.items() if who and status == 200), None)
        if name:
            pages.setdefault(row.route, (row, name))
    return pages.values()


def sent(client, address, value):
    """The value under every name that any page knows, in the address and in a form. What it did is undone."""
    written = "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))
    query = "&".join(f"{name}={written}" for name in NAMES)
    with transaction.atomic():
        yield client.get(f"{address}?{query}")
        yield client.post(address, query, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)


def fault_of(answer):
    if answer.status_code >= 500:
        return answer.status_code
    if answer.headers.get("Location", "").startswith(("http:", "https:", "//")):
        return answer.headers["Location"]
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html") and b"<script>alert(1)" in answer.content:
        return "markup that was typed is markup"
    return None
