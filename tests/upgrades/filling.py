"""Tables grown to a million rows by the database itself: each row a copy of one that the product wrote."""

import math
import sqlite3
from typing import Any, NamedTuple

import psycopg

from insteg.core.sqlite.base import compare

SEEDS = 20  # rows of each table that are copied
ALWAYS = (
    "inventory_plannedprocurement", "process_run", "process_visit", "audit_entry", "audit_entrysubject",
    "audit_formkey", "mail_message",
)  # fmt: skip
# What a copy says otherwise than its seed, where a column may not say the same twice. `n` counts the copies.
OTHERWISE = {
    "inventory_plannedprocurement": {
        "title": "src.title || ', område ' || n", "reference": "src.reference || '-' || n", "run_id": "NULL",
    },
}  # fmt: skip
# A case stands in one step at a time, so each grown case gets a stay of its own instead of a copy of one.
VISITS = """
INSERT INTO process_visit ({columns}) SELECT {values} FROM process_run AS run,
 (SELECT * FROM process_visit WHERE left_at IS NULL ORDER BY id LIMIT 1) AS src
WHERE NOT EXISTS (SELECT 1 FROM process_visit AS v WHERE v.run_id = run.id)
"""
INDEXES = """
SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND NOT i.indisprimary
AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)
"""


class Table(NamedTuple):
    name: str
    values: dict[str, str]  # what a copy says in each column that does not count itself, as SQL over `src` and `n`

    @property
    def columns(self) -> str:
        return ", ".join(f'"{column}"' for column in self.values)

    def said(self, **otherwise: str) -> str:
        return ", ".join((self.values | otherwise).values())


def described(name: str, columns: list[tuple[str, str, bool]], unique: set[str], random: str) -> Table:
    """`columns` are name, kind, and whether the database counts it itself; `unique` those that may not say the same."""
    said = {
        column: random if kind == "uuid" and column in unique | {"id"} else f"src.\"{column}\" || '-' || n"
        for column, kind, _counted in columns
        if column in unique | {"id"}
    }
    kept = [column for column, _kind, counted in columns if not counted]
    values = {column: OTHERWISE.get(name, {}).get(column) or said.get(column, f'src."{column}"') for column in kept}
    return Table(name, values)


def of_postgresql(connection: psycopg.Connection[Any], name: str) -> Table:
    columns = connection.execute(
        "SELECT column_name, data_type, is_identity = 'YES' FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
        [name],
    ).fetchall()
    unique = connection.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " WHERE i.indrelid = %s::regclass AND i.indisunique AND i.indpred IS NULL",
        [name],
    ).fetchall()
    return described(name, columns, {column for (column,) in unique}, "gen_random_uuid()")


def of_sqlite(connection: sqlite3.Connection, table: str) -> Table:
    told = connection.execute(f"PRAGMA table_info({table})").fetchall()
    columns = [
        (name, "uuid" if kind == "char(32)" else kind, kind.lower() == "integer" and key == 1)
        for _number, name, kind, _required, _default, key in told
    ]
    unique = set()
    for _seq, index, is_unique, _origin, partial in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if is_unique and not partial:
            unique.add(connection.execute(f"PRAGMA index_info({index})").fetchone()[2])
    return described(table, columns, unique, "lower(hex(randomblob(16)))")


def grown(table: Table, times: int, series: str) -> str:
    """SQL that makes `times` copies of each of the first rows."""
    if table.name == "process_visit":
        return VISITS.format(columns=table.columns, values=table.said(run_id="run.id"))
    return (
        f"INSERT INTO {table.name} ({table.columns}) {series.format(times=times)} SELECT {table.said()}"
        f" FROM numbers, (SELECT * FROM {table.name} ORDER BY id LIMIT {SEEDS}) AS src"
    )


def fill_postgresql(address: str, names: list[str], rows: int) -> dict[str, int]:
    """Each table with some row gets `rows`. Indexes are made anew afterwards, which is faster. How many each holds."""
    series = "WITH numbers AS (SELECT generate_series(1, {times}) AS n)"
    held = {}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("SET session_replication_role = replica")  # copies of rows whose references hold
        for name in names:
            there = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            if there:
                indexes = connection.execute(INDEXES, [name]).fetchall()
                for index, _made in indexes:
                    connection.execute(f"DROP INDEX {index}")
                times = max(1, math.ceil((rows - there) / min(there, SEEDS)))
                connection.execute(grown(of_postgresql(connection, name), times, series))
                for _index, made in indexes:
                    connection.execute(made)
            held[name] = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        connection.execute("VACUUM ANALYZE")
    return held


def fill_sqlite(file: str, names: list[str], rows: int) -> dict[str, int]:
    series = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {times})"
    held = {}
    connection = sqlite3.connect(file)
    connection.create_collation("swedish", compare)
    connection.execute("PRAGMA cache_size = -400000")
    with connection:
        made_here = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in (name for name in names if name in made_here):
            there = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            if there:
                triggers = connection.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [name]
                ).fetchall()
                for trigger, _made in triggers:
                    connection.execute(f"DROP TRIGGER {trigger}")
                times = max(1, math.ceil((rows - there) / min(there, SEEDS)))
                connection.execute(grown(of_sqlite(connection, name), times, series))
                for _trigger, made in triggers:
                    connection.execute(made)
            held[name] = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    connection.close()
    return held
