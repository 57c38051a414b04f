"""What several share in the example city: two reports joined into the procurement unit's own, and two that wait."""

from insteg.access.actor import Role
from insteg.inventory.actions import join, report
from insteg.inventory.demo.planned import Need, facts_of
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Membership, Organisation

SHARED = {"shared": True}
JOINT = "Bevakning och rondering"
JOINED = {
    "Skolförvaltningen": Need("Bevakning av skolor", "services", "79713000", 9, 36, 12, "3", (2, 1), SHARED),
    "Vård- och omsorgsförvaltningen": Need(
        "Väktare på trygghetsboenden", "services", "79714000", 5, 36, 12, "2", (2, 3), SHARED),
}  # fmt: skip
WAITING = {
    "Exempelbostäder AB": Need("Företagshälsovård", "services", "85147000", 3, 36, 12, "1.5", (1, 9), SHARED),
    "Exempel Energi AB": Need(
        "Företagshälsovård och friskvård", "services", "85147000", 2, 24, 24, "1", (2, 1), SHARED),
}  # fmt: skip


def fill() -> None:
    """Through the same gate as people do, once."""
    officer = Membership.objects.filter(role=Role.PROCUREMENT_UNIT, user__is_example=True).first()
    joint = PlannedProcurement.objects.filter(title=JOINT, shared=True).first()
    if officer is None or joint is None or PlannedProcurement.objects.exclude(merged_into=None).exists():
        return
    actor = officer.actor()
    organisations = {organisation.name: organisation for organisation in Organisation.objects.buying()}
    made = {
        name: report(actor=actor, target=organisations[name], seen=None, **facts_of(need))
        for name, need in (JOINED | WAITING).items()
    }
    rows = [(made[name].pk, made[name].version) for name in JOINED]
    join(actor=actor, target=joint, seen=None, rows=rows)
