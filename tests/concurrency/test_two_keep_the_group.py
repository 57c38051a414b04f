"""Two who bring people into the steering group at the same moment, from different organisations (R30)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from insteg.core import clock
from insteg.organisations.models import User
from insteg.steering.actions import add_seat
from insteg.steering.models import Seat
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE


@pytest.mark.parametrize("round", range(4))
def test_two_chairs_do_not_sit_there_on_the_same_day(town, round):
    """With last days, so that no constraint of the database sees that the periods overlap."""
    day = clock.today()

    def chair(by, organisation, who, party, begins, ends):
        add_seat(
            actor=town.who[by], target=town.org[organisation], seen=None, user=User.objects.get(pk=town.who[who].id),
            party=party, capacity="chair", starts_on=day + dt.timedelta(begins), ends_on=day + dt.timedelta(ends),
        )  # fmt: skip

    answers = press(
        lambda: chair("ue", "Stad", "ue", "ue", 0, 20),
        lambda: chair("admin2", "Vård", "chef2", "sia", 20, 40),
    )
    assert answers == {None: 1, ValidationError: 1}
    assert Seat.objects.count() == 1
