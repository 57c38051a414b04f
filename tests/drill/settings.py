"""As in production, on the database that DRILL_DATABASE names, with its files and anchors in DRILL_HOME."""

import os
from pathlib import Path

from insteg.config.settings.base import *  # noqa: F403
from insteg.config.settings.base import postgresql, sqlite

SECRET_KEY = "only for drills"
ENCRYPTION_KEYS = ["b25seSBmb3IgZHJpbGxzLCBuZXZlciBlbHNld2hlcmU="]
HOME = Path(os.environ["DRILL_HOME"])
ADDRESS = os.environ["DRILL_DATABASE"]
DATABASES = {"default": postgresql(ADDRESS) if ADDRESS.startswith("postgres") else sqlite(ADDRESS)}
MEDIA_ROOT = HOME / "filer"
ANCHORS_FILE = HOME / "forankring" / "loggen.txt"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "brev"
EXAMPLE_CITY = True  # the bench's people are fictional
