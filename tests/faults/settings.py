"""What the city under fault runs with: as in production on PostgreSQL, as `make run` on SQLite.

Only what cannot be otherwise differs: the example city's people sign in without a second factor, static files lie where
they lie, and letters go to the harness's own little mail server.
"""

import os

if os.environ.get("DATABASE_URL"):
    from insteg.config.settings.prod import *  # noqa: F403
    from insteg.config.settings.prod import STORAGES

    CSRF_TRUSTED_ORIGINS = ["https://127.0.0.1"]
else:
    from insteg.config.settings.dev import *  # noqa: F403
    from insteg.config.settings.dev import DATABASES, STORAGES

    DATABASES["default"] |= {"NAME": os.environ["FAULTS_SQLITE"]}
    # How long a writer waits for its turn: twenty seconds in earnest, and no test is wiser for waiting that long.
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {"timeout": 3}
    MEDIA_ROOT = os.environ["FILES_ROOT"]

EXAMPLE_CITY = True
WHITENOISE_USE_FINDERS = True
READ_APART = False  # tests/attacks looks at that
ACCOUNT_RATE_LIMITS = {"accessibility_remark": "9999/h/ip"}  # everyone in the city writes from one address
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "insteg.mail.server.Backend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_TIMEOUT = 2
# As in production, but what was in hand when a worker died is taken again within seconds.
Q_CLUSTER = {
    "name": "insteg", "orm": "default", "workers": 1, "poll": 0.2, "timeout": 20, "retry": 21, "max_attempts": 5,
    "ack_failures": False, "catch_up": False, "label": "Insteg", "log_level": "WARNING",
}  # fmt: skip
