"""What becomes of reports that a joint procurement carries when it is withdrawn: they stand by themselves again."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.access.actor import Role
from insteg.core.models import BaseModel
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement
from insteg.mail.notices import notify
from insteg.organisations.models import Membership
from insteg.process.models import RuleSet


def carried_by(planned: PlannedProcurement) -> list[BaseModel]:
    """The reports joined into it, locked in the order of their keys."""
    joined = PlannedProcurement.objects.filter(merged_into=planned).order_by("pk")
    return [*joined.select_for_update(no_key=True)]


def release(joint: PlannedProcurement) -> None:
    """Its reports, locked before, are parted from it and judged anew, and those who sent them are told by letter."""
    rows = [*PlannedProcurement.objects.filter(merged_into=joint).order_by("pk")]
    rules = RuleSet.objects.in_force() if rows else None
    for row in rows:
        row.merged_into, row.rule_set = None, rules
        row.proposal, row.version = judge(row, rules).proposal, row.version + 1
    PlannedProcurement.objects.bulk_update(rows, ["merged_into", "rule_set", "proposal", "version"])
    tell_the_senders(joint, rows)


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
