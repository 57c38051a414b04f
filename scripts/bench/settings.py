"""As in production, on the database that BENCH_DATABASE names, with files in memory and a few pages more."""

import os
from pathlib import Path

import dj_database_url

from insteg.config.settings.base import *  # noqa: F403
from insteg.config.settings.base import STORAGES, TEMPLATES, sqlite

SECRET_KEY = "only for measuring"
ALLOWED_HOSTS = ["testserver"]
HOME = Path(os.environ["BENCH_HOME"])
DATABASE = os.environ["BENCH_DATABASE"]
POSTGRESQL = DATABASE.startswith("postgres")
DATABASES = {"default": dict(dj_database_url.parse(DATABASE)) if POSTGRESQL else sqlite(HOME / "bench.sqlite3")}
ROOT_URLCONF = "scripts.bench.urls"
STATIC_ROOT = HOME
STORAGES = {**STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
