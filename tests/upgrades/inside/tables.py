"""The tables of an earlier release, made by a later one: `python -m inside.tables APP.NAME …`, its last migrations."""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

MigrationExecutor(connection).migrate([tuple(word.split(".")) for word in sys.argv[1:]])
