"""For any release: the database that UPGRADE_DATABASE names (an address or a file), with files in UPGRADE_HOME."""

import os
from pathlib import Path

import dj_database_url

from insteg.config.settings.base import *  # noqa: F403
from insteg.config.settings.base import Q_CLUSTER, STORAGES, sqlite

SECRET_KEY = "only for trying an upgrade"
ENCRYPTION_KEYS = ["b25seSBmb3IgdGVzdHMsIG5ldmVyIGVsc2V3aGVyZSE="]
EXAMPLE_CITY = True  # it holds the people of the tests
ALLOWED_HOSTS = ["testserver", "localhost"]
DATABASE, HOME = os.environ["UPGRADE_DATABASE"], Path(os.environ["UPGRADE_HOME"])
POSTGRESQL = DATABASE.startswith("postgres")
DATABASES = {"default": dict(dj_database_url.parse(DATABASE)) if POSTGRESQL else sqlite(DATABASE)}
MEDIA_ROOT, STATIC_ROOT = HOME / "files", HOME / "static"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Q_CLUSTER = Q_CLUSTER | {"poll": 0.2, "timeout": 2, "retry": 3}  # six minutes between two attempts is long to wait
LOGGING_CONFIG = None
