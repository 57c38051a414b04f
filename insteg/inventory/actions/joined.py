"""What becomes of reports that a joint procurement carries when it is withdrawn: they stand by themselves again."""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.access.actor import Actor, Role
from insteg.audit.log import record_each
from insteg.inventory.actions.cases import stand_again
from insteg.inventory.actions.judging import BATCH, OF_A_JUDGEMENT, judged, keep_assessments
from insteg.inventory.models import PlannedProcurement
from insteg.mail.notices import notify
from insteg.organisations.models import Membership
from insteg.process.models import RuleSet


def release(joints: Sequence[PlannedProcurement], actor: Actor) -> None:
    """Whatever they carry is parted from them and judged anew, and those who sent it are told by letter.

    The reports are locked in the order of their keys, after the joint ones, and each is told of in the log by itself:
    it was parted and not withdrawn. One query when nothing is carried, however many there are.
    """
    of = {joint.pk: joint for joint in joints}
    found = PlannedProcurement.objects.filter(merged_into__in=of).order_by("pk")
    rows = [*found.select_for_update(of=("self",), no_key=True)]
    if not rows:
        return
    rules, parted = RuleSet.objects.in_force(), defaultdict(list)
    for row in rows:
        parted[of[row.merged_into_id]].append(row)
        row.merged_into, row.version = None, row.version + 1
        judged(row, rules)
    PlannedProcurement.objects.bulk_update(rows, ["merged_into", *OF_A_JUDGEMENT, "version"], batch_size=BATCH)
    keep_assessments(rows)
    record_each(actor, "inventory.separate", [(row, ["merged_into"]) for row in rows])
    stand_again(rows, actor, "inventory.separate")
    for joint, reports in parted.items():
        tell_the_senders(joint, reports)


def tell_the_senders(joint: PlannedProcurement, rows: Sequence[PlannedProcurement]) -> None:
    """One letter for each report to everyone who procures in its organisation, in their own language."""
    places = {row.organisation_id for row in rows}
    held = Membership.objects.current().filter(
        role=Role.PROCURING, organisation__in=places, user__is_active=True
    )  # fmt: skip
    memberships = [*held.select_related("user").order_by("user__name", "pk")]
    for row in rows:
        for user in dict.fromkeys(m.user for m in memberships if m.organisation_id == row.organisation_id):
            with override(user.language):
                subject = _("”%(title)s” upphandlas inte längre gemensamt") % {"title": row.title}
                text = _(
                    "Upphandlingsenheten har dragit tillbaka den gemensamma upphandlingen ”%(joint)s”. Er anmälan "
                    "”%(title)s” står för sig själv igen. Se efter om den fortfarande stämmer."
                ) % {"joint": joint.title, "title": row.title}
            notify(user, subject=subject, text=text, path=reverse("inventory:detail", args=[row.pk]))
