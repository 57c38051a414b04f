"""`make run`: the example city on an embedded SQLite. Never for real data."""

import os
import secrets

from insteg.config.settings.base import *  # noqa: F403
from insteg.config.settings.base import VAR, sqlite

(VAR / "static").mkdir(parents=True, exist_ok=True)
key_file = VAR / "secret-key"
if not key_file.exists():
    key_file.write_text(secrets.token_urlsafe(50))
SECRET_KEY = key_file.read_text()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {"default": sqlite(VAR / "insteg.sqlite3")}
EXAMPLE_CITY = True
BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
WHITENOISE_USE_FINDERS = True
