"""What has told all that its judgement needs and has not gone on: a new rule set asks for less and moves nobody, and an
administrator may hang further conditions on the way (R80)."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Task
from insteg.core import keyset
from insteg.inventory import access
from insteg.inventory.cases import FIRST, KIND, facts_told
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.planned import COUNTED
from insteg.process.models import Visit


def tasks(actor: Actor) -> list[Task]:
    """One line for whoever reported them, until they have gone on. What lacks facts is another task's to tell."""
    if actor.role not in access.BUY.table:
        return []
    ours = access.BUY.filter(PlannedProcurement.objects.filter(facts_told()), actor)
    here = Visit.objects.filter(Exists(ours.filter(run=OuterRef("run"))), left_at=None, step__key=FIRST)
    found = list(here.order_by("due_on").values_list("due_on", "entered_at")[: COUNTED + 1])
    if not found:
        return []
    count = keyset.Counted(min(len(found), COUNTED), len(found) > COUNTED)
    said = ngettext(
        "Gå vidare med %(count)s anmälan som är klar", "Gå vidare med %(count)s anmälningar som är klara", count.number
    )
    came = min(entered_at for _due_on, entered_at in found)
    address = reverse("process:step", args=[KIND, FIRST])
    return [Task(said % {"count": count}, address, since=localdate(came), due_on=found[0][0])]
