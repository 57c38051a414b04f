"""The last day of an agreement. A period that is written as one runs to its end: "2027-06" is 30 June 2027."""

import calendar
import re
from datetime import date, datetime, timedelta
from typing import Final

from insteg.inventory.plan_reader import dates
from insteg.inventory.plan_reader.reading import Cell, Fault, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, shown

_MONTHS_OF: Final = (
    (12, re.compile(r"(?:ar )?20\d\d|\d{4}\.0")),
    (6, re.compile(r".*\b(?:h[12]|halvar\w*|vt|ht|var\w*|host\w*)\b.*")),
    (3, re.compile(r".*\b(?:q ?[1-4]|kv\w*\.? ?[1-4]?|[1-4]:?a? kv\w*)\b.*")),
)
ENDLESS: Final = re.compile(r"tills? ?vidare.*|lopande.*|obegransa[dt].*|till uppsagning.*|permanent")
_HELP: Final = _("Skriv till exempel 30 juni 2027 eller 2027-06-30.")


def read_end(cell: object) -> Cell[date]:
    """One cell in a column of last days: the day itself, or the last day of the month, quarter, half or year."""
    read = dates.read_start(cell)
    if read.fault:
        return Cell(fault=Fault("end", read.fault.typed, read.fault.text, say(_HELP)))
    if read.question:
        typed = read.question.typed
        return Cell(fault=Fault("end", typed, say(_("”%(typed)s” kan läsas på flera sätt"), typed=typed), say(_HELP)))
    day = read.value
    if day is None or isinstance(cell, date | datetime) or not _is_period(cell, day):
        return read
    return Cell(_last_of(day, _months_of(fold(shown(cell)))))


def _is_period(cell: object, first: date) -> bool:
    """Whether no day of the month was written, so that the grammar has taken the first."""
    if first.day != 1:
        return False
    if isinstance(cell, float | int):
        return dates.year_alone(cell) is not None or len(str(int(cell))) == 6
    text = fold(shown(cell))
    return not dates.whole_dates(text) and not re.search(r"(?<!\d)0?1(?:[/. ]|:a|e\b)", text)


def _months_of(text: str) -> int:
    return next((months for months, pattern in _MONTHS_OF if pattern.fullmatch(text)), 1)


def _last_of(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months - 1, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def holds_day(cell: object) -> bool:
    """Whether a cell under a heading of extensions is a date rather than a length."""
    if isinstance(cell, date | datetime):
        return True
    return isinstance(cell, str) and len(dates.whole_dates(fold(cell))) == 1


def months_beyond(end: date, latest: date) -> int:
    """Whole months from the day after `end` to `latest`, both counted; a date before `end` leaves none."""
    after, last = end + timedelta(days=1), latest + timedelta(days=1)
    months = (last.year - after.year) * 12 + last.month - after.month
    spare = last.day - after.day
    return max(0, months + (1 if spare >= 15 else -1 if spare <= -15 else 0))
