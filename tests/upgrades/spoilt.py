"""Whether the harness sees what it is there to see: migrations that hurt, planted in a copy of the code."""

import re
import time
from pathlib import Path

from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter
from django.db.models import Q

from insteg.core.online import AddCheckUnread, AddIndexOnline, ReadCheck
from tests import postgres
from tests.upgrades.checkouts import Checkout, copy
from tests.upgrades.city import APPLICATION, OWNER, City, upgraded
from tests.upgrades.parts import LONGEST_WAIT_SECONDS, Trip, filled, judged, smoke
from tests.upgrades.planted import BEARS, HURTS, INDEX, TABLE, migration, operations

APP, NAME, PLANTED_ROWS = "inventory", "9999_planted", "inventory_plannedprocurement"
NO_SIGNS = models.CheckConstraint(condition=Q(title__regex=r"^([^<>]|<[^<>]*>)*$"), name="planted_check")
GOOD: list[tuple[str, list[Operation], bool]] = [  # what is planted, and whether in a transaction
    ("kolumner som får vara tomma eller fylls av databasen", [BEARS["a column that the database fills"]], True),
    ("ett index som byggs bredvid", [AddIndexOnline(TABLE, INDEX)], False),
    ("ett villkor som läses efteråt", [AddCheckUnread(TABLE, NO_SIGNS)], True),
    ("läsningen av ett villkor", [ReadCheck(TABLE, NO_SIGNS.name)], False),
]
BAD = [
    ("ett vanligt index", [HURTS["a plain index"]]),
    ("en kolumn som räknas ut för varje rad", [HURTS["a column counted for each row"]]),
    ("en kolumn som har ett villkor", [HURTS["a column with a check of its own"]]),
    ("ett villkor som läser alla rader under lås", [operations.AddConstraint(TABLE, NO_SIGNS)]),
]
HELD_SECONDS = 4.0


def off(trip: Trip) -> list[str]:
    """Planted migrations: those that are rightly made pass, and those that hurt are seen, each by what it breaks."""
    if trip.short or trip.old is None or not (programs := postgres.programs()):
        return []
    spoilt = copy(trip.home)
    with postgres.cluster(programs) as address:
        city = filled(
            trip.old, address, [PLANTED_ROWS], 2 * trip.rows
        )  # or what reads each row is done within the second
        spoilt.migrate(city.place(OWNER))
        city.gives_rights(trip.new)
        return rightly_made(spoilt, city) + that_hurt(spoilt, city) + taken_away(trip.old, spoilt, city)


def rightly_made(spoilt: Checkout, city: City) -> list[str]:
    broken, before = [], leaf(spoilt)
    for number, (what, made, atomic) in enumerate(GOOD):
        name = f"999{number}_planted"
        plant(spoilt, name, made, before=leaf(spoilt), atomic=atomic)
        result = upgraded(city, None, spoilt, held=HELD_SECONDS, words=(APP, name))
        broken += judged(f"planterat, {what}", result)
    spoilt.migrate(city.place(OWNER), APP, before)
    for file in folder(spoilt).glob("999*_planted.py"):
        file.unlink()
    return broken


def that_hurt(spoilt: Checkout, city: City) -> list[str]:
    unseen = [seen(spoilt, city, what, made, held=0) for what, made in BAD]
    command = spoilt.folder / "insteg/core/management/commands/migrate.py"
    code = command.read_text(encoding="utf-8")
    command.write_text(re.sub(r'LOCK_TIMEOUT = ".*"', 'LOCK_TIMEOUT = "0"', code), encoding="utf-8")
    empty = [BEARS["a column that may be empty"]]
    unseen.append(seen(spoilt, city, "en migrering som väntar hur länge som helst", empty, held=HELD_SECONDS))
    command.write_text(code, encoding="utf-8")
    return [said for said in unseen if said]


def seen(spoilt: Checkout, city: City, what: str, made: list[Operation], *, held: float) -> str:
    """Empty when somebody waited for too long, as is expected of it."""
    before = leaf(spoilt)
    plant(spoilt, NAME, made, before=before)
    result = upgraded(city, None, spoilt, held=held, words=(APP, NAME))
    longest = max((wait.seconds for wait in result.waits), default=0.0)
    caught = longest > LONGEST_WAIT_SECONDS
    told = f"skyddet avslaget, {what}: längsta väntan {longest:.1f} s"
    print(f"{told}, {'fångas' if caught else 'SYNS INTE'}", flush=True)
    spoilt.migrate(city.place(OWNER), APP, before)
    (folder(spoilt) / f"{NAME}.py").unlink()
    return "" if caught else f"{told}, så provet ser det inte"


def taken_away(old: Checkout, spoilt: Checkout, city: City) -> list[str]:
    """A column that the old release reads: its own trial says so."""
    plant(spoilt, NAME, [HURTS["a column taken away"]], before=leaf(spoilt))
    spoilt.migrate(city.place(OWNER), APP, NAME)
    city.empties()
    if any("description" in said for said in smoke(old, city.place(APPLICATION), "en kolumn borta", "åtgärder")):
        print("skyddet avslaget, en kolumn tas bort som den förra utgåvan läser: fångas", flush=True)
        return []
    return ["skyddet avslaget: en kolumn togs bort, och den förra utgåvan märkte inget"]


def folder(checkout: Checkout) -> Path:
    return checkout.folder / "insteg" / APP / "migrations"


def leaf(checkout: Checkout) -> str:
    return max(file.stem for file in folder(checkout).glob("[0-9]*.py"))


def plant(checkout: Checkout, name: str, made: list[Operation], *, before: str, atomic: bool = True) -> None:
    """Writes the file of a migration, as makemigrations would. Two within a second are told apart by their names."""
    planted = migration(*made, name=name)
    planted.dependencies = [(APP, before)]
    text = MigrationWriter(planted, include_header=False).as_string()
    if not atomic:
        text = text.replace("    dependencies", "    atomic = False\n    dependencies", 1)
    (folder(checkout) / f"{name}.py").write_text(text, encoding="utf-8")
    time.sleep(1.1)  # the compiled file of another text with this name must not be taken for this one's
