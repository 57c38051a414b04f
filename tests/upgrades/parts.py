"""The parts of the trial. Each takes the trip to be made, tells what it saw and returns what broke, in sentences."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from django.db.migrations.operations.base import Operation

from tests import postgres
from tests.upgrades import releases
from tests.upgrades.checkouts import Checkout
from tests.upgrades.city import APPLICATION, OWNER, City, Result, upgraded
from tests.upgrades.filling import ALWAYS, fill_sqlite
from tests.upgrades.waits import Wait

LONGEST_WAIT_SECONDS = 1.0
ROWS, SHORT_ROWS = 1_000_000, 10_000
AT_WORK = {"held": 6.0, "pause": 0.01}  # seconds
SHORTLY_AT_WORK = {"held": 1.5, "pause": 0.05}


class Trip(NamedTuple):
    home: Path
    old: Checkout | None  # None where the commit is not at hand
    new: Checkout
    known: set[str]  # the migrations of the release before
    fresh: list[str]
    short: bool

    @property
    def rows(self) -> int:
        return SHORT_ROWS if self.short else ROWS


def locks(trip: Trip) -> list[str]:
    """Nobody waits for more than a second while the new code migrates, and no writer fails."""
    if not (programs := postgres.programs()):
        return []
    if trip.old is None:
        return alone(trip, programs)
    with postgres.cluster(programs) as address:
        city = filled(trip.old, address, tables(trip), trip.rows)
        triggers = city.triggers()
        people = None if trip.short else trip.old  # they cost much of the short form's time
        result = upgraded(city, people, trip.new, **(SHORTLY_AT_WORK if trip.short else AT_WORK))
        broken = judged("uppgraderingen", result) + lost(city, triggers)
        city.gives_rights(trip.new)
        if trip.short:
            city.empties()
            broken += smoke(trip.old, city.place(APPLICATION), "PostgreSQL", "åtgärder", "jobb")
        return broken


def alone(trip: Trip, programs: Path) -> list[str]:
    """Without the code of the release before: its tables, which nobody has filled, go over to the new ones."""
    last: dict[str, str] = {}
    for key in sorted(trip.known):
        last[key.partition(".")[0]] = key  # each app's last: ours have a number first
    with postgres.cluster(programs) as address:
        city = City(address)
        trip.new.run(city.place(OWNER), "inside.tables", *last.values())
        triggers = city.triggers()
        trip.new.migrate(city.place(OWNER))
        city.gives_rights(trip.new)
        print("tomma tabeller går att uppgradera; hur länge någon väntar prövas inte här", flush=True)
        return lost(city, triggers)


def lost(city: City, triggers: set[str]) -> list[str]:
    return [f"triggern {name} är borta efter migreringen" for name in sorted(triggers - city.triggers())]


def filled(old: Checkout, address: str, names: list[str], rows: int) -> City:
    city, begun = City(address), time.monotonic()
    old.run(city.place(OWNER), "inside.settle")
    city.gives_rights(old)
    city.fills(names, rows)
    print(f"fyllt på {time.monotonic() - begun:.0f} s: ", end="")
    print(", ".join(f"{name} {count}" for name, count in city.held.items()), flush=True)
    return city


def tables(trip: Trip) -> list[str]:
    """Those that grow large, and those that the new migrations name."""
    loader = releases.loader()
    found: set[str] = set()
    for key in trip.fresh:
        app, name = key.split(".")
        for operation in loader.disk_migrations[app, name].operations:
            found |= tables_of(app, operation)
    return [*ALWAYS, *sorted(found - {*ALWAYS})]


def tables_of(app: str, operation: Operation) -> set[str]:
    named = getattr(operation, "model_name", "")
    fields = [getattr(operation, "field", None), *(field for _name, field in getattr(operation, "fields", []))]
    models = [field.remote_field.model for field in fields if getattr(field, "remote_field", None)]
    labels = [model if isinstance(model, str) else model._meta.label for model in models]
    return {label.lower().replace(".", "_") for label in labels} | ({f"{app}_{named.lower()}"} if named else set())


def judged(what: str, result: Result) -> list[str]:
    """Tells the longest waits, and says which promises broke."""
    print(f"{what}: {result.seconds:.1f} s, {result.attempts} försök att få låsen, glapp {result.gap:.2f} s")
    for name, (begun, *over) in sorted(result.times.items(), key=lambda item: item[1]):
        lasted = f"{over[0] - begun:.1f} s" if over else "blev aldrig klar"
        met = [wait for wait in result.waits if over and begun <= wait.seen and wait.seen - wait.seconds <= over[0]]
        print(f"  {name}: {lasted}, den som väntade längst bakom den väntade {longest(met)}")
    for name, done in result.done.items():
        print(f"  {name}: {done}, väntade {longest([wait for wait in result.waits if wait.where == name])}")
    print(f"  längsta väntan bakom migreringen: {longest(result.waits)}", flush=True)
    over = [wait for wait in result.waits if wait.seconds > LONGEST_WAIT_SECONDS]
    waited = [f"{what}: {wait.where} väntade {wait.seconds:.1f} s" for wait in over]
    return [*dict.fromkeys(waited), *(f"{what}: {said}" for said in dict.fromkeys(result.broken))]


def longest(waits: Sequence[Wait]) -> str:
    return f"{max(wait.seconds for wait in waits):.2f} s" if waits else "inte"


def old_code(trip: Trip) -> list[str]:
    """The release before does all that it does, on tables that the new code has made anew. On both databases."""
    if trip.old is None:
        return []
    file = str(trip.home / "old.sqlite3")
    trip.old.migrate(file)
    trip.new.migrate(file)
    broken = smoke(trip.old, file, "SQLite")
    if programs := postgres.programs():
        with postgres.cluster(programs) as address:
            city = City(address)
            trip.old.migrate(city.place(OWNER))
            trip.new.migrate(city.place(OWNER))
            city.gives_rights(trip.new)
            broken += smoke(trip.old, city.place(APPLICATION), "PostgreSQL")
    return broken


def smoke(checkout: Checkout, place: str, where: str, *kinds: str) -> list[str]:
    """`kinds` are åtgärder, jobb and sidor; all where none is named."""
    told = json.loads(checkout.run(place, "inside.smoke", *kinds).splitlines()[-1])
    done = ", ".join(f"{count} {what}" for what, count in told["done"].items())
    print(f"den förra utgåvan på nya tabeller, {where}: {done} gick, {len(told['broken'])} gick inte", flush=True)
    return [f"den förra utgåvan, {where}: {said}" for said in told["broken"]]


def sqlite(trip: Trip) -> list[str]:
    """How long the upgrade of a file takes, during which nobody else writes: told, and no promise."""
    if trip.old is None:
        return []
    file = str(trip.home / "large.sqlite3")
    trip.old.run(file, "inside.settle")
    held = fill_sqlite(file, tables(trip), trip.rows)
    begun = time.monotonic()
    trip.new.migrate(file)
    print(f"SQLite, en fil om {Path(file).stat().st_size / 1e9:.1f} GB med {sum(held.values())} rader: ", end="")
    print(f"{time.monotonic() - begun:.1f} s", flush=True)
    Path(file).unlink()
    return []
