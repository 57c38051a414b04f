"""The strip "Läget i modellen": where the city's cases stand, and how many of them are late (R81, R82)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.process.guards import SUBJECTS
from insteg.process.models import Kind, Process, Step
from insteg.process.queries.picture import Tally, tallies
from insteg.ui import figures


@dataclass(frozen=True)
class State:
    """How many cases stand in a step now. `note` says how many of them are late, which `late` colours."""

    count: str
    word: str
    note: str
    late: bool
    href: str


def states(actor: Actor) -> list[State]:
    """The steps in which cases stand, in the order of the model in force; what only older editions have comes last.

    Empty for those who see no cases: the picture of the model is theirs all the same. The number of queries does not
    depend on the number of cases.
    """
    if not any(actor.role in subject.see.table for subject in SUBJECTS.values()):
        return []
    found, kinds = tallies(), Kind.values
    steps = Step.objects.filter(process__in=Process.objects.in_force()).order_by("order", "key", "pk")
    in_force = sorted(steps.values_list("process__kind", "key", "title"), key=lambda step: kinds.index(step[0]))
    named = {(kind, key): title for kind, key, title in in_force if (kind, key) in found}
    older = {key: tally.title for key, tally in sorted(found.items()) if key not in named}
    return [state_of(*key, title, found[key]) for key, title in (named | older).items()]


def state_of(kind: str, key: str, title: str, tally: Tally) -> State:
    late = ngettext("%(count)s sen", "%(count)s sena", tally.late) % {"count": figures.grouped(tally.late)}
    href = reverse("process:step", args=[kind, key])
    return State(figures.grouped(tally.now), title, late if tally.late else "", bool(tally.late), href)
