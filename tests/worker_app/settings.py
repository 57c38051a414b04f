"""What a worker started by a test runs with: the rows of the test, and the jobs of this folder."""

import os

from insteg.config.settings.test import *  # noqa: F403
from insteg.config.settings.test import DATABASES, INSTALLED_APPS, sqlite

if os.environ["TEST_DATABASE"].startswith("/"):
    DATABASES = {"default": sqlite(os.environ["TEST_DATABASE"])}
else:
    DATABASES = {"default": DATABASES["default"] | {"NAME": os.environ["TEST_DATABASE"]}}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.worker_app.apps.WorkerApp"]
# A killed job is taken again after `retry` seconds.
Q_CLUSTER = {"name": "insteg", "orm": "default", "workers": 1, "poll": 0.1, "timeout": 2, "retry": 3, "max_attempts": 5}
