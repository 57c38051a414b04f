"""How figures, lengths and days are written, in the language of the page. Text only: the filters wrap it in markup."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NBSP = "\u00a0"
MILLION = 1_000_000

# Whole names where Swedish keeps them whole: "mars 2027", "juni 2027".
MONTHS_SHORT = {
    "sv": ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
MONTHS_LONG = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
WEEKDAYS_SHORT = {
    "sv": ("mån", "tis", "ons", "tor", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
WEEKDAYS_LONG = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "sv"


def unknown() -> str:
    """The word for a figure that nobody has given: never a dash and never nought."""
    return _("okänd")


def grouped(value: int | float | Decimal) -> str:
    """1200 is `1 200` in Swedish and `1,200` in English, decimals after comma or point; never broken over lines."""
    if value == int(value):
        value = int(value)
    text = f"{value:,}"
    return text if language() == "en" else text.replace(",", NBSP).replace(".", ",")


def millions(amount: int) -> str:
    tenths = (Decimal(amount) / MILLION).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    text = f"{tenths:,.1f}"
    return text if language() == "en" else text.replace(",", NBSP).replace(".", ",")


def money(amount: int | None) -> str:
    """Whole kronor -> `48,0 mnkr`; under a million `250 000 kr`; `SEK 48.0 m` in English; None is `okänd`."""
    if amount is None:
        return unknown()
    if abs(amount) < MILLION:
        return f"SEK{NBSP}{grouped(amount)}" if language() == "en" else f"{grouped(amount)}{NBSP}kr"
    return f"SEK{NBSP}{millions(amount)}{NBSP}m" if language() == "en" else f"{millions(amount)}{NBSP}mnkr"


def money_range(low: int | None, high: int | None) -> str:
    """`10,0–50,0 mnkr`; `minst 10,0 mnkr` or `högst 1,0 mnkr` when an end is open; one amount when both are equal."""
    if low == high or (low is None and high is None):
        return money(low)
    if low is None:
        return _("högst %(amount)s") % {"amount": money(high)}
    if high is None:
        return _("minst %(amount)s") % {"amount": money(low)}
    short = grouped if high < MILLION else millions
    if language() == "en":
        return f"SEK{NBSP}{short(low)}–{short(high)}" + (f"{NBSP}m" if high >= MILLION else "")
    return f"{short(low)}–{money(high)}"


def months(base: int | None, options: Sequence[int] | int | None = None) -> str:
    """`24 + 12 + 12 mån`: the assignment and each option. None is `okänd`."""
    if base is None:
        return unknown()
    extra = [options] if isinstance(options, int) else list(options or [])
    parts = f"{NBSP}+{NBSP}".join(str(length) for length in [base, *(option for option in extra if option)])
    return (_("%(months)s mån") % {"months": parts}).replace(" ", NBSP)


def day(value: dt.date, today: dt.date) -> str:
    """`19 nov` this year, else `1 okt 2027`."""
    text = f"{value.day}{NBSP}{MONTHS_SHORT[language()][value.month - 1]}"
    return text if value.year == today.year else f"{text}{NBSP}{value.year}"


def day_with_weekday(value: dt.date, today: dt.date) -> str:
    """`fre 20 nov`: where someone has to act."""
    return f"{WEEKDAYS_SHORT[language()][value.weekday()]}{NBSP}{day(value, today)}"


def day_long(value: dt.date, today: dt.date) -> str:
    """`torsdag 16 december`: in running text."""
    text = f"{WEEKDAYS_LONG[language()][value.weekday()]} {value.day}{NBSP}{MONTHS_LONG[language()][value.month - 1]}"
    return text if value.year == today.year else f"{text}{NBSP}{value.year}"


def day_near(value: dt.date, today: dt.date) -> str:
    """`i går`, `i dag`, `i morgon`, else as `day`."""
    near = {-1: _("i går"), 0: _("i dag"), 1: _("i morgon")}
    return near.get((value - today).days) or day(value, today)


def due(value: dt.date, today: dt.date) -> str:
    """The day by which something is to be done: `i dag`, `i går, 18 nov`, else as `day_with_weekday`."""
    if value == today:
        return _("i dag")
    if (today - value).days == 1:
        yesterday = _("i går")
        return f"{yesterday}, {day(value, today)}"
    return day_with_weekday(value, today)


def month(value: dt.date) -> str:
    """`okt 2027`."""
    return f"{MONTHS_SHORT[language()][value.month - 1]}{NBSP}{value.year}"


def moment(value: dt.datetime, today: dt.date) -> str:
    """`i dag kl. 09.31`, `19 nov kl. 09.31`; `today 09:31` in English."""
    local = localtime(value)
    when = day_near(local.date(), today)
    return f"{when} {local:%H:%M}" if language() == "en" else f"{when} kl.{NBSP}{local:%H.%M}"
