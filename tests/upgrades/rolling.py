"""While the releases change, one works beside the other: what one of them began, the other must understand."""

import json
import os
import signal
import time
from pathlib import Path

from tests import postgres
from tests.upgrades.checkouts import Checkout
from tests.upgrades.city import APPLICATION, OWNER, City
from tests.upgrades.parts import Trip

WORKER_SECONDS = 15
UNKNOWN = "upgrades.unknown"


def roll(trip: Trip) -> list[str]:
    """On new tables: sessions, forms, form keys and jobs from the old release to the new, and back."""
    programs = postgres.programs()
    if trip.old is None or not programs:
        return []
    with postgres.cluster(programs) as address:
        city = City(address)
        trip.old.migrate(city.place(OWNER))
        trip.new.migrate(city.place(OWNER))
        city.gives_rights(trip.new)
        place, state = city.place(APPLICATION), trip.home / "opened.json"
        broken = []
        for one, other, what in ((trip.old, trip.new, "från gammalt till nytt"), (trip.new, trip.old, "och tillbaka")):
            asked(one, place, "opens", state)
            told = asked(other, place, "sends", state)
            done = ", ".join(f"{count} {kind}" for kind, count in told["done"].items())
            print(f"under bytet, {what}: {done} förstods, {len(told['broken'])} inte", flush=True)
            broken += [f"under bytet, {what}: {said}" for said in told["broken"]]
        return broken + unknown_job(trip, place, trip.home / "queued.json")


def asked(checkout: Checkout, place: str, what: str, state: Path) -> dict:
    return json.loads(checkout.run(place, "inside.rolling", what, str(state)).splitlines()[-1])


def unknown_job(trip: Trip, place: str, state: Path) -> list[str]:
    """A worker of the old release leaves a job that it does not know to the next, and does what it knows."""
    asked(trip.new, place, "counts", state)
    worker = trip.old.start(place, "django", "worker", group=True)
    time.sleep(WORKER_SECONDS)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.communicate()
    waiting = asked(trip.new, place, "counts", state)["waiting"]
    said = ", ".join(waiting) or "inget"
    print(f"under bytet, den gamla arbetaren och ett jobb som den inte känner: kvar i kön är {said}", flush=True)
    return [] if waiting == [UNKNOWN] else [f"under bytet: kvar i kön är {waiting}, inte bara {UNKNOWN}"]
