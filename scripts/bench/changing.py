from itertools import count
from types import SimpleNamespace
from uuid import uuid4

from django.db import connection
from django.test import override_settings
from django.urls import reverse

from insteg.access.actor import SYSTEM
from insteg.inventory.actions.cases import stand_again
from insteg.inventory.models import PlannedProcurement
from scripts.bench.city import signed_in
from scripts.bench.measure import Line, in_turns, show
from scripts.bench.urls import PLAIN_MIDDLEWARE

NUMBER = count(1)


def measure(rounds: int, city: SimpleNamespace) -> bool:
    planned = PlannedProcurement.objects.filter(withdrawn_at=None).earliest("pk")
    stand_again([planned], SYSTEM, "inventory.reinstate")  # with a case, as every row has that people have reported
    token = "a" * 32
    ours, plain = (signed_in(city.who["ue"], enforce_csrf_checks=True) for _stack in range(2))
    with override_settings(MIDDLEWARE=PLAIN_MIDDLEWARE):
        plain.handler.load_middleware()
    for client in (ours, plain):
        client.cookies["csrftoken"] = token

    def typed() -> dict[str, object]:
        """Another title for every sending, and the version and key that the form would have carried."""
        version = PlannedProcurement.objects.values_list("version", flat=True).get(pk=planned.pk)
        return {
            "title": f"Lokalvård, etapp {next(NUMBER)}", "nature": "services", "cpv": "90919200", "months": "24",
            "value_min": "3500000", "value_max": "4500000", "fte": "2.5", "start": "2028-03-01", "reference": "TN 1",
            "version": version, "key": uuid4(), "csrfmiddlewaretoken": token,
        }  # fmt: skip

    def send(client: object, where: str, data: dict[str, object]) -> None:
        response = client.post(where, data)
        planned.refresh_from_db(fields=["title"])
        if response.status_code != 302 or planned.title != data["title"]:
            raise RuntimeError(f"{where} answered {response.status_code} and the title is {planned.title}")

    change, yardstick = reverse("inventory:change", args=[planned.pk]), "samma POST i ren Django"
    lines = [
        Line(yardstick, lambda data: send(plain, f"/ren-django/{planned.pk}/", data), setup=typed),
        Line("ändra: rätt, version, nyckel, bedömning, logg", lambda data: send(ours, change, data), yardstick,
             setup=typed),
    ]  # fmt: skip
    return show(f"En ändring, {connection.vendor}", in_turns(lines, rounds))
