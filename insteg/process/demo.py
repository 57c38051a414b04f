"""The example city has changed its model once since it began, and is about to change it again."""

from insteg.access.actor import Actor, Role
from insteg.organisations.models import Membership
from insteg.process.actions import add_item, change_step, draft_process, note_process, publish_process
from insteg.process.models import Item, Kind, Lane, Process, Step
from insteg.process.queries.design import edition, faults

CHANGED = {  # kind: what is new and why; the step; its working days; something more to do there, by when
    Kind.PLANNED_PROCUREMENT: (
        "Många hör av sig efter beslutet. De får veta vem de kan fråga, och återkopplingen får ta längre tid.",
        "feed_back", 15, "Organisationen vet vem den kan fråga", 10,
    ),
    Kind.PROCUREMENT: (
        "Förslag efter höstens dialogmöten. Inte färdigt.",
        "documents", 50, "Någon utanför projektet har läst kravet", 30,
    ),
}  # fmt: skip


def fill() -> None:
    """Once. Cases that began before keep the first edition; the other change is left as a draft."""
    admin = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_example=True).order_by("pk").first()
    if admin is None or Process.objects.exclude(edition=1).exists():
        return
    changed(Kind.PLANNED_PROCUREMENT, admin.actor(), publish=True)
    changed(Kind.PROCUREMENT, admin.actor(), publish=False)


def changed(kind: Kind, admin: Actor, *, publish: bool) -> None:
    note, key, days, text, within = CHANGED[kind]
    in_force = Process.objects.in_force().get(kind=kind)
    draft = draft_process(actor=admin, target=in_force, seen=None)
    step = Step.objects.get(process=draft, key=key)
    before = Step.objects.filter(process=draft, order__lt=step.order).latest("order", "key")
    change_step(actor=admin, target=step, seen=None, after=before, lead_workdays=days)
    last = Item.objects.filter(step=step).order_by("order", "key").last()
    add_item(
        actor=admin, target=step, seen=None, after=last, text=text, lane=Lane.PROCUREMENT_UNIT, offset_workdays=within,
        required=True,
    )  # fmt: skip
    note_process(actor=admin, target=draft, seen=None, note=note)
    draft.refresh_from_db()
    if publish and not faults(draft):
        publish_process(actor=admin, target=draft, seen=None, shown=edition(draft).seal)
