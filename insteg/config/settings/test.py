"""Tests: SQLite in memory, or the database that DATABASE_URL names."""

import os

from insteg.config.settings.base import *  # noqa: F403
from insteg.config.settings.base import TEMPLATES, postgresql, sqlite

SECRET_KEY = "only for tests"
ENCRYPTION_KEYS = ["b25seSBmb3IgdGVzdHMsIG5ldmVyIGVsc2V3aGVyZSE="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(":memory:")}
EXAMPLE_CITY = True
READ_APART = False  # tests of it, and `make attacks`, turn it on
BASE_URL = "http://testserver"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 takes a third of a second
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "ODEFINIERAD:%s"
WHITENOISE_AUTOREFRESH = True  # static files as they lie: collectstatic has not been run
