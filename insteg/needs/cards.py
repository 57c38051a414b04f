"""What the pages say of needs, in words."""

import datetime as dt
from collections.abc import Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.needs.models import PublishedNeed
from insteg.needs.summing import STEP, Total

STALE = dt.timedelta(days=183)  # R67: regularly; a half-year is how often the inventory asks


def people_in_words(total: Total) -> str:
    """Never the number itself: "färre än fem", "färre än 15", or that nobody waits."""
    if not total.fewer_than:
        return _("ingen")
    if total.fewer_than == STEP:
        return _("färre än fem")
    return _("färre än %(number)s") % {"number": total.fewer_than}


def places_in_words(internships: int, jobs: int) -> str:
    """ "14 praktikplatser och 3 anställningar", without the one that is nought."""
    said = []
    if internships:
        words = ngettext("%(count)s praktikplats", "%(count)s praktikplatser", internships)
        said.append(words % {"count": internships})
    if jobs:
        said.append(ngettext("%(count)s anställning", "%(count)s anställningar", jobs) % {"count": jobs})
    return _(" och ").join(said)


def totals_in_words(totals: Sequence[Total]) -> str:
    if not totals:
        return _("Ingen enhet har publicerat något behov än.")
    internships, jobs = sum(total.internships for total in totals), sum(total.jobs for total in totals)
    occupations = ngettext("%(count)s yrke", "%(count)s yrken", len(totals)) % {"count": len(totals)}
    said = _("Det behövs %(places)s i %(occupations)s.") % {
        "places": places_in_words(internships, jobs), "occupations": occupations,
    }  # fmt: skip
    most = _("Mest efterfrågat: %(work)s.") % {"work": totals[0].work}
    return f"{said} {most}"


def ours_in_words(needs: Sequence[PublishedNeed]) -> str:
    if not needs:
        return _("Ni har inga behov publicerade.")
    places = {form: sum(need.places for need in needs if need.form == form) for form in PublishedNeed.Form.values}
    said = _("Ni behöver %(places)s.") % {"places": places_in_words(places["internship"], places["employment"])}
    oldest = min(need.confirmed_at for need in needs)
    if is_stale(oldest):
        stale = _("Något av behoven är inte bekräftat på ett halvår: gäller det fortfarande?")
        return f"{said} {stale}"
    return said


def is_stale(confirmed_at: dt.datetime) -> bool:
    return localdate(confirmed_at) < clock.today() - STALE
