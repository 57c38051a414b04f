"""What has told all that its judgement needs and has not gone on: a new rule set asks for less and moves nobody, and an
administrator may hang further conditions on the way (R80)."""

from django.db.models import Exists, Min, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Task
from insteg.core import keyset
from insteg.inventory import access
from insteg.inventory.cases import FIRST, KIND, facts_told
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import Visit


def tasks(actor: Actor) -> list[Task]:
    """One line for whoever reported them, until they have gone on. What lacks facts is another task's to tell."""
    if actor.role not in access.BUY.table:
        return []
    ours = access.BUY.filter(PlannedProcurement.objects.filter(facts_told()), actor)
    here = Visit.objects.filter(left_at=None, step__key=FIRST)
    waiting = ours.filter(Exists(here.filter(run=OuterRef("run"))))
    count = keyset.counted(waiting)
    if not count.number:
        return []
    first = here.filter(run__in=waiting.values("run")).aggregate(came=Min("entered_at"), due=Min("due_on"))
    said = ngettext(
        "Gå vidare med %(count)s anmälan som är klar", "Gå vidare med %(count)s anmälningar som är klara", count.number
    )
    address = reverse("process:step", args=[KIND, FIRST])
    return [Task(said % {"count": count}, address, since=localdate(first["came"]), due_on=first["due"])]
