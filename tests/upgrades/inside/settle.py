"""The tables of a release, and its people, rows and letters: the seed that is grown to a million."""

from uuid import uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from insteg.audit.forms import once  # noqa: E402
from tests import town  # noqa: E402

call_command("migrate", verbosity=0)
setup_test_environment()
house = town.furnish(town.build())
once(key=uuid4(), actor=house.who["park"], act=lambda: "")
