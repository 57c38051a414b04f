"""Which migrations are out in the world: `released.json`, written by `python -m tests.upgrades --release NAME`.

A released migration is frozen, for it has been run where we cannot run it again. One that is not yet released is held
to what operations.py asks, since it will be run beside the code of the release that stands here.
"""

import json
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

FILE = Path(__file__).with_name("released.json")
Key = tuple[str, str]  # the label of an app and the name of a migration


class Release(NamedTuple):
    name: str
    commit: str  # what was tried before it was released
    migrations: dict[str, str]  # "app.name": the file's sha256 for one of ours, empty for a library's


def released() -> Release:
    return Release(**json.loads(FILE.read_text(encoding="utf-8")))


def write(name: str, commit: str) -> None:
    migrations = {".".join(key): print_of(each) for key, each in sorted(on_disk().items())}
    release = Release(name, commit, migrations)
    FILE.write_text(json.dumps(release._asdict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def loader() -> MigrationLoader:
    """Of the files alone: no database is asked."""
    return MigrationLoader(None)


def on_disk() -> dict[Key, Migration]:
    return loader().disk_migrations


def print_of(migration: Migration) -> str:
    """What the file of one of our own migrations holds; a library answers for its own."""
    module = import_module(type(migration).__module__)
    if not module.__name__.startswith("insteg."):
        return ""
    return sha256(Path(str(module.__file__)).read_bytes()).hexdigest()


def changed_since(release: Release) -> list[str]:
    """Released migrations whose file is gone or no longer the same."""
    now = {".".join(key): migration for key, migration in on_disk().items()}
    return [
        name
        for name, print_then in sorted(release.migrations.items())
        if name not in now or (print_then and print_of(now[name]) != print_then)
    ]


def unreleased(release: Release, among: MigrationLoader) -> list[Key]:
    """In the order in which `migrate` runs them."""
    plan: list[Key] = []
    for leaf in sorted(among.graph.leaf_nodes()):
        plan += [key for key in among.graph.forwards_plan(leaf) if key not in plan]
    return [key for key in plan if ".".join(key) not in release.migrations]
