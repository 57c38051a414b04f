"""A city of forty organisations and as many planned procurements as one asks for, with the people who look at them."""

import datetime as dt
import random
from types import SimpleNamespace

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from insteg.access.actor import Role
from insteg.codes.loading import load_short_lists
from insteg.core import clock
from insteg.inventory.actions.judging import judged
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.plan_reader import read
from insteg.inventory.plan_rows import facts_of
from insteg.organisations.models import Membership, Organisation, User
from insteg.process.models import RuleSet
from scripts.bench.workbook import workbook

ORGANISATIONS = 40
WITHDRAWN = 0.03
TABLE = PlannedProcurement._meta.db_table
INDEXES = {  # all but those that a primary key or a unique field needs
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%key'",
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
}
IN_HASTE = {  # copies of rows whose references are known to hold need not be asked about them again
    "postgresql": ("SET LOCAL maintenance_work_mem = '512MB'", "SET LOCAL session_replication_role = replica"),
    "sqlite": ("PRAGMA cache_size = -400000",),
}
PREFIXES = ("TN", "KS", "VON", "SKN", "KFN")


def build(rows: int) -> SimpleNamespace:
    """An empty database gets its people and `rows` planned procurements, judged as the product judges them."""
    load_short_lists()
    buyers = [
        Organisation.objects.create(name=f"Förvaltning {n:02}", kind="department" if n % 4 else "company")
        for n in range(ORGANISATIONS)
    ]
    who = {
        "ue": member("ue", Role.PROCUREMENT_UNIT, buyers[0]),
        "förvaltning": member("forvaltning", Role.PROCURING, buyers[1]),
    }
    facts = [facts_of(row) | {"upload_row": row.number} for row in read(workbook(rows), "plan.xlsx").rows]
    chance, rules = random.Random(2), RuleSet.objects.in_force()
    planned = [one_of(row, chance.choice(buyers), rules, chance) for row in facts]
    PlannedProcurement.objects.bulk_create(planned, batch_size=500)
    settle()
    return SimpleNamespace(buyers=buyers, who=who, facts=facts, rules=rules)


def member(name: str, role: Role, organisation: Organisation) -> Membership:
    user = User.objects.create(email=f"{name}@staden.example", name=name.title())
    return Membership.objects.create(user=user, role=role, organisation=organisation)


def one_of(row: dict, organisation: Organisation, rules: RuleSet, chance: random.Random) -> PlannedProcurement:
    planned = PlannedProcurement(organisation=organisation, **row)
    planned.reference = f"{chance.choice(PREFIXES)} {chance.randint(2024, 2027)}/{row['upload_row']}"
    planned.upload_row = None
    if planned.start:  # within the three years that a round asks for
        year = clock.today().year + planned.start.year % 3
        planned.start = planned.start.replace(year=year, day=min(planned.start.day, 28))
    judged(planned, rules)
    if chance.random() < WITHDRAWN:
        planned.withdrawn_at = timezone.now() - dt.timedelta(days=chance.randint(0, 400))
        planned.withdrawn_as, planned.withdrawn_reason = "cancelled", "Behovet finns inte längre."
    return planned


def grow(times: int) -> None:
    """Every row `times` times: the copies have names, numbers and starts of their own. Made inside the database.

    The indexes are taken away meanwhile and made anew, which is faster and leaves them as a backup restored would.
    """
    postgresql = connection.vendor == "postgresql"
    changed = {
        "id": "gen_random_uuid()" if postgresql else "lower(hex(randomblob(16)))",
        "title": "title || ', område ' || n.i",
        "reference": "reference || '-' || n.i",
        "run_id": "NULL",  # a case is about one row
        "start": "start + (n.i * 37) % 360" if postgresql else "date(start, '+' || ((n.i * 37) % 360) || ' days')",
    }
    columns = [field.column for field in PlannedProcurement._meta.concrete_fields]
    with connection.cursor() as cursor, transaction.atomic():
        for setting in IN_HASTE[connection.vendor]:
            cursor.execute(setting)
        cursor.execute(INDEXES[connection.vendor], [TABLE])
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(
            f"INSERT INTO {TABLE} ({', '.join(columns)})"
            f" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times - 1})"
            f" SELECT {', '.join(changed.get(column, column) for column in columns)} FROM n CROSS JOIN {TABLE}"
        )
        for _name, sql in indexes:
            cursor.execute(sql)
    settle()


def settle() -> None:
    """What PostgreSQL does by itself within minutes is done at once; SQLite is never asked for statistics."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA cache_size = -2000")  # what it has unless told otherwise


def signed_in(membership: Membership, **kwargs) -> Client:
    client = Client(**kwargs)
    client.force_login(membership.user)
    return client
