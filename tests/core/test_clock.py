import datetime as dt

import pytest

from insteg.core import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22T22:59:59+00:00", dt.date(2026, 11, 22)),
        ("2026-11-22T23:00:00+00:00", dt.date(2026, 11, 23)),
        ("2026-07-01T21:59:59+00:00", dt.date(2026, 7, 1)),
        ("2026-07-01T22:00:00+00:00", dt.date(2026, 7, 2)),
    ],
    ids=["winter evening", "winter midnight", "summer evening", "summer midnight"],
)
def test_the_day_changes_at_midnight_in_sweden(time_machine, moment, day):
    time_machine.move_to(moment, tick=False)
    assert clock.today() == day
    assert clock.now() == dt.datetime.fromisoformat(moment)
    assert clock.now().tzinfo is not None
