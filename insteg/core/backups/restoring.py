"""A backup is read: all of it first, to see that it is whole; then into an empty database, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps.registry import Apps, apps
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from insteg.core import secrets
from insteg.core.backups import Fault, loading
from insteg.core.backups.archive import Manifest, Visitor, read
from insteg.core.backups.files import Beside, keep, place_of
from insteg.core.backups.sealing import opened
from insteg.core.backups.tables import MADE_OTHERWISE, Table

Migrations = set[tuple[str, str]]
ALIAS = "default"  # migrations that write rows know no other


class Into(Visitor):
    """Lays the parts of a backup where they belong."""

    def __init__(self, connection: BaseDatabaseWrapper, beside: Beside) -> None:
        self.connection, self.beside = connection, beside
        self.tables: list[Table] = []

    def table(self, table: Table, rows: Iterator[bytes]) -> None:
        self.tables.append(table)
        loading.load(self.connection, table, rows)

    def file(self, name: str, size: int, chunks: Iterator[bytes]) -> None:
        keep(place_of(name, self.beside), chunks)


def verify(file: Path, identities: Sequence[Any]) -> Manifest:
    """Reads all of a backup and holds each part against its imprint. Touches no database, and writes nothing."""
    with opened(file, identities) as source:
        return read(source, Visitor())


def restore(
    file: Path,
    identities: Sequence[Any],
    *,
    touched: Sequence[str],
    then: Callable[[Apps, Manifest], object],
    beside: Beside,
    without_keys: bool = False,
) -> Manifest:
    """Loads a backup into the database at hand, which must be empty, and its files where files are kept.

    `touched` names tables that hold rows as soon as somebody has been there. `then` is called in the same transaction,
    with the tables as they are at that stage of the migrations. Raises Fault; the database is then as empty as it was.
    """
    manifest, connection = verify(file, identities), connections[ALIAS]
    require_keys(manifest, without_keys)
    require_empty(connection, touched)
    models = migrated(connection, {(app, name) for app, name in manifest.header["migrations"]})
    with loading.loading(connection):
        require_empty(connection, touched)  # two at once: the second has waited for the first
        loading.clear(connection)
        visitor = Into(connection, beside)
        with opened(file, identities) as source:
            found = read(source, visitor)
        require_same(connection, visitor.tables, manifest, found)
        loading.count_on(connection, visitor.tables, manifest.header["counters"])
        then(models, manifest)
    if models is not apps:  # from an older version's tables to those of the code at hand, as in an upgrade
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    return manifest


def require_keys(manifest: Manifest, without_keys: bool) -> None:
    """What is sealed in the database is opened by ENCRYPTION_KEYS, which no backup holds."""
    if not without_keys and not secrets.opens(manifest.header["keys"]):
        raise Fault(
            "ENCRYPTION_KEYS är inte de som gällde när kopian gjordes, så ingen kommer in med en kod från sin app. Sätt"
            " dem som de var. Är de borta: --without-keys återläser ändå, och varje andra faktor måste nollställas."
        )


def require_empty(connection: BaseDatabaseWrapper, touched: Sequence[str]) -> None:
    there = set(loading.table_names(connection))
    with connection.cursor() as cursor:
        for table in touched:
            if table in there:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
                if cursor.fetchone():
                    name = connection.settings_dict["NAME"]
                    raise Fault(f"Databasen {name} är inte tom, och skrivs aldrig över. Skapa en ny och återläs dit.")


def migrated(connection: BaseDatabaseWrapper, wanted: Migrations) -> Apps:
    """Takes the empty database to where the backup's was, and gives the tables as they are there."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    known, applied = set(loader.disk_migrations), set(loader.applied_migrations)
    newer = sorted(wanted - known)
    if newer:
        raise Fault(f"Kopian är gjord av en nyare version av Insteg: {newer[0][0]} {newer[0][1]} finns inte här.")
    if applied - wanted:
        raise Fault("Databasen är tom men redan migrerad förbi kopian. Skapa en ny, utan tabeller, och återläs dit.")
    nodes = loader.graph.node_map
    last = [key for key in sorted(wanted) if not any(child.key in wanted for child in nodes[key].children)]
    if applied != wanted:
        executor.migrate(last)
    return apps if wanted == known else executor.loader.project_state(last).apps


def require_same(connection: BaseDatabaseWrapper, tables: Sequence[Table], manifest: Manifest, found: Manifest) -> None:
    """Raises Fault unless the database, read back, holds what the manifest tells, and nothing else."""
    there = {*loading.table_names(connection), *MADE_OTHERWISE} - {*manifest.header["left_out"], *MADE_OTHERWISE}
    if found != manifest or there != {table.name for table in tables}:
        raise Fault("Kopian har inte samma tabeller som databasen. Inget är återläst.")
    for table, held in zip(tables, manifest.tables, strict=True):
        if loading.imprint(connection, table) != held:
            raise Fault(f"Tabellen {table.name} blev inte densamma i databasen som i kopian. Inget är återläst.")
