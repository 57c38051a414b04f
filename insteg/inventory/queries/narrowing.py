"""What the filters of the list, of the compilation and of their files let through: one meaning for each, wherever."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext_lazy

from insteg.core import clock, keyset
from insteg.inventory.lead_times import first_start_in_time
from insteg.inventory.models import FAR_AWAY
from insteg.inventory.queries.answering import ASKED, waiting
from insteg.inventory.queries.occupations import NONE, having_occupation
from insteg.inventory.queries.planned import SEARCHED, Planned
from insteg.process.models import RuleSet

LATE = "late"
TIMES = [(LATE, gettext_lazy("Hinner inte")), ("in_time", gettext_lazy("Hinner"))]


def filtered(planned: Planned, chosen: Mapping[str, Any], *, own: bool = False) -> Planned:
    """`chosen` is a FilterForm's cleaned data. Withdrawn ones are shown only when asked for.

    So are those that are joined into another, which is shown in their place; but in a list of one's `own` they stand.
    """
    show = chosen.get("show")
    found = planned.filter(withdrawn_at__isnull=show != "withdrawn")
    if show == "joined":
        found = found.filter(merged_into__isnull=False)
    elif show == ASKED:
        found = waiting(found)
    elif not own:
        found = found.filter(merged_into=None)
    year = chosen.get("year")
    if year == NONE:
        found = found.filter(start=None)
    elif year:  # asked of the same expression as the order, so that its index answers
        days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        found = found.alias(begins=keyset.written(Coalesce("start", FAR_AWAY))).filter(begins__range=days)
    found = having_words(found, (chosen.get("q") or "").split())
    return by_facts(found, chosen, first_start_today() if chosen.get("time") else None)


def having_words(planned: Planned, words: Iterable[str]) -> Planned:
    """Those with every one of the words in title, register number or description; an index answers on PostgreSQL."""
    for word in words:
        planned = planned.alias(searched=SEARCHED).filter(searched__icontains=word)
    return planned


def narrowed(planned: Planned, chosen: Mapping[str, Any], in_time_from: dt.date) -> Planned:
    """`chosen` is a CompilationForm's: values that exist, or NONE for those that have none."""
    if chosen.get("year") == NONE:
        planned = planned.filter(start=None)
    elif chosen.get("year"):
        planned = planned.filter(start__year=chosen["year"])
    return by_facts(planned, chosen, in_time_from)


def by_facts(planned: Planned, chosen: Mapping[str, Any], in_time_from: dt.date | None) -> Planned:
    """`in_time_from` is the first start that is not too late (R22), needed where that is filtered by."""
    for name in ("organisation", "nature", "proposal"):
        if chosen.get(name):
            planned = planned.filter(**{name: "" if chosen[name] == NONE else chosen[name]})
    if chosen.get("cpv"):
        planned = planned.filter(cpv="") if chosen["cpv"] == NONE else planned.filter(cpv__startswith=chosen["cpv"])
    if chosen.get("quarter"):
        planned = planned.filter(start__quarter=chosen["quarter"])
    if chosen.get("time"):
        planned = planned.filter(**{"start__lt" if chosen["time"] == LATE else "start__gte": in_time_from})
    return having_occupation(planned, chosen["occupation"]) if chosen.get("occupation") else planned


def divisions_of(planned: Planned, titles: Mapping[str, str], chosen: str) -> list[tuple[str, str]]:
    """(two digits, title) of the CPV divisions that some of `planned` are of, and of the one that is chosen. One query.

    One that is in no list stands as it is: rows have such codes.
    """
    found = {*planned.order_by().values_list(Left("cpv", 2), flat=True).distinct()} - {""}
    if re.fullmatch(r"\d\d", chosen):
        found.add(chosen)
    return [(code, titles.get(code, code)) for code in sorted(found)]


def first_start_today() -> dt.date:
    """One query."""
    return first_start_in_time(clock.today(), RuleSet.objects.in_force())
