"""Migrations that hurt, and some that do not: what the static check and the harness must tell from each other."""

import datetime as dt

from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import models
from django.db.migrations import Migration, operations
from django.db.models import Q
from django.db.models.functions import Now

from insteg.core.online import AddCheckUnread, AddIndexOnline, ReadCheck

TABLE = "plannedprocurement"
INDEX = models.Index(fields=["title", "months"], name="planted_index")
CHECK = models.CheckConstraint(condition=Q(months__isnull=True) | Q(months__lt=10_000), name="planted_check")
UNIQUE = models.UniqueConstraint(fields=["reference"], name="planted_unique")


def added(field: models.Field) -> operations.AddField:
    return operations.AddField(TABLE, "planted", field)


def fill(apps: object, editor: object) -> None:
    """Stands for whatever a data migration does."""


HURTS = {  # what the static check refuses, each by itself in a migration
    "a plain index": operations.AddIndex(TABLE, INDEX),
    "an index built beside the writers, in a transaction": AddIndexOnline(TABLE, INDEX),
    "Django's own concurrent index, in a transaction": AddIndexConcurrently(TABLE, INDEX),
    "a check that reads every row": operations.AddConstraint(TABLE, CHECK),
    "a check that old code may break": AddCheckUnread(TABLE, CHECK),
    "reading for a check inside a transaction": ReadCheck(TABLE, "planted_check"),
    "one of each": operations.AddConstraint(TABLE, UNIQUE),
    "unique together": operations.AlterUniqueTogether(TABLE, {("title", "reference")}),
    "a column that old code does not fill": added(models.CharField(max_length=5, default="")),
    "a column counted for each row": added(models.UUIDField(db_default=RandomUUID())),
    "a column that says when": added(models.DateTimeField(db_default=Now())),
    "a column with a check of its own": added(models.PositiveSmallIntegerField(db_default=0)),
    "a column with an index": added(models.CharField(max_length=5, db_default="", db_index=True)),
    "a column with one of each": added(models.CharField(max_length=5, null=True, unique=True)),
    "a reference with its index": added(models.ForeignKey("organisations.Organisation", models.PROTECT, null=True)),
    "another kind of column": operations.AlterField(TABLE, "months", models.BigIntegerField(null=True)),
    "a column that must be filled": operations.AlterField(
        TABLE, "start", models.DateField(default=dt.date(2030, 1, 1))
    ),
    "a column taken away": operations.RemoveField(TABLE, "description"),
    "a column of another name": operations.RenameField(TABLE, "title", "name"),
    "a table of another name": operations.RenameModel("PlannedProcurement", "Procurement"),
    "a table that lies elsewhere": operations.AlterModelTable(TABLE, "procurement"),
    "a table taken away": operations.DeleteModel("ExpectedOccupation"),
    "rows changed in one go": operations.RunPython(fill),
    "SQL": operations.RunSQL("UPDATE inventory_plannedprocurement SET title = title"),
    "something that hides in its state": operations.SeparateDatabaseAndState([operations.AddIndex(TABLE, INDEX)]),
    "something never seen": type("Odd", (operations.base.Operation,), {"state_forwards": lambda *args: None})(),
}
BEARS = {  # and what it lets through
    "a table of its own": operations.CreateModel("Planted", [("id", models.BigAutoField(primary_key=True))]),
    "a column that may be empty": added(models.CharField(max_length=5, null=True)),
    "a column that the database fills": added(models.CharField(max_length=5, db_default="")),
    "a reference without an index": added(
        models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, db_index=False)
    ),
    "other words for a column": operations.AlterField(
        TABLE, "months", models.PositiveSmallIntegerField("månader", null=True)
    ),
    "an index taken away": operations.RemoveIndex(TABLE, "withdrawn_by_start"),
}


def migration(*made: operations.base.Operation, atomic: bool = True, name: str = "9999_planted") -> Migration:
    planted = Migration(name, "inventory")
    planted.operations, planted.atomic = [*made], atomic
    return planted
