"""Django's own PostgreSQL, which remembers whether a commit was tried."""

from django.db.backends.postgresql import base

from insteg.core.away import Remembers


class DatabaseWrapper(Remembers, base.DatabaseWrapper):
    pass
