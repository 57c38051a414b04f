"""A log that cannot be written to: the database itself refuses."""

from contextlib import contextmanager

from django.db import connection

from insteg.core.triggers import refuse

TABLES = ("audit_entry", "audit_entrysubject")


class Editor:
    """Of a schema editor the operation needs only this; a real one wants a transaction of its own on SQLite."""

    connection = connection

    def execute(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)


@contextmanager
def unwritable(table):
    if connection.vendor == "postgresql":
        Editor().execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while some are still to be asked
    operation = refuse("INSERT", table, says="The log cannot be written to")
    operation.code(None, Editor())
    try:
        yield
    finally:
        operation.reverse_code(None, Editor())
