"""What a worker started by a test runs with: the rows of the test, and the jobs of this folder."""

import os

from insteg.config.settings.test import *  # noqa: F403
from insteg.config.settings.test import DATABASES, INSTALLED_APPS, STORAGES, sqlite

if os.environ["TEST_DATABASE"].startswith("/"):
    DATABASES = {"default": sqlite(os.environ["TEST_DATABASE"])}
else:
    DATABASES = {"default": DATABASES["default"] | {"NAME": os.environ["TEST_DATABASE"]}}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.worker_app.apps.WorkerApp"]
# A killed job is taken again after `retry` seconds. Few are taken at a time: those in hand are lost until then.
Q_CLUSTER = {
    "name": "insteg",
    "orm": "default",
    "workers": 1,
    "poll": 0.1,
    "timeout": int(os.environ.get("TEST_TIMEOUT", "2")),
    "retry": 3,
    "max_attempts": 5,
    "queue_limit": 2,
}
if "TEST_SMTP_PORT" in os.environ:
    EMAIL_BACKEND, EMAIL_HOST = "insteg.mail.server.Backend", "127.0.0.1"
    EMAIL_PORT = int(os.environ["TEST_SMTP_PORT"])
if "TEST_FILES" in os.environ:
    STORAGES = STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    MEDIA_ROOT = os.environ["TEST_FILES"]
