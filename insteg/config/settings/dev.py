"""`make run`: the example city on an embedded SQLite. Never for real data."""

import os
import secrets
from collections.abc import Callable

from cryptography.fernet import Fernet

from insteg.config.settings.base import *  # noqa: F403
from insteg.config.settings.base import VAR, sqlite

(VAR / "static").mkdir(parents=True, exist_ok=True)


def kept(name: str, make: Callable[[], str]) -> str:
    """A secret that is made the first time and then stays, so that a second run knows the first one's people."""
    file = VAR / name
    if not file.exists():
        file.write_text(make())
    return file.read_text()


SECRET_KEY = kept("secret-key", lambda: secrets.token_urlsafe(50))
ENCRYPTION_KEYS = [kept("encryption-key", lambda: Fernet.generate_key().decode())]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {"default": sqlite(VAR / "insteg.sqlite3")}
EXAMPLE_CITY = True
BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
WHITENOISE_USE_FINDERS = True
