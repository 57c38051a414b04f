"""People, rows and letters of a release, saved: the seed that is grown to a million."""

from uuid import uuid4

import django

django.setup()

from django.test.utils import setup_test_environment  # noqa: E402

from insteg.audit.forms import once  # noqa: E402
from tests import town  # noqa: E402

setup_test_environment()
house = town.furnish(town.build())
once(key=uuid4(), actor=house.who["park"], act=lambda: "")
