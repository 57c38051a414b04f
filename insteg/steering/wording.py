"""What the goal tree amounts to, in words."""

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.steering.models import Goal, Occasion
from insteg.steering.queries.goals import Branch
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words


def lead(branches: Iterable[Branch], coming: Occasion | None) -> str:
    """How many goals and assignments there are, and when someone reports next; empty when there is neither."""
    every = [branch.goal.level for branch in flat(branches)]
    goals, assignments = every.count(Goal.Level.GOAL), every.count(Goal.Level.ASSIGNMENT)
    told = []
    if goals and assignments:
        said = _("%(goals)s och %(assignments)s visar vad arbetet är till för.")
        told.append(said % {"goals": number_of_goals(goals), "assignments": number_of_assignments(assignments)})
    elif goals or assignments:
        what = number_of_goals(goals) if goals else number_of_assignments(assignments)
        told.append(_("%(what)s visar vad arbetet är till för.") % {"what": what})
    if coming is not None:
        said = _("Nästa rapportering är %(occasion)s, senast %(day)s.")
        day = figures.day_near(coming.due_on, clock.today())
        told.append(said % {"occasion": coming.title[:1].lower() + coming.title[1:], "day": day})
    return " ".join(capfirst(each) for each in told)


def number_of_goals(number: int) -> str:
    return ngettext("ett mål", "%(count)s mål", number) % {"count": in_words(number)}


def number_of_assignments(number: int) -> str:
    return ngettext("ett uppdrag från fullmäktige", "%(count)s uppdrag från fullmäktige", number) % {
        "count": in_words(number)
    }


def flat(branches: Iterable[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from flat(branch.under)
