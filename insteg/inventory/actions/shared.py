"""The verbs of what several share (R12): join reports into the joint procurement that UE carries, and part them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.db.models import F
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action
from insteg.inventory import access
from insteg.inventory.actions import cases
from insteg.inventory.actions.judging import judge_now
from insteg.inventory.actions.planned import contact_of, set_facts
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Organisation

Chosen = Sequence[tuple[UUID, int]]  # the key of a report, and the version that was looked at
DEADLOCK = "40P01"


class Begun(list[PlannedProcurement]):
    """A joint procurement and, for the log, the reports it carries. The form that made it leads to the first."""

    @property
    def pk(self) -> UUID:
        return self[0].pk


def in_order(joint: PlannedProcurement, *, rows: Chosen = (), **data: Any) -> None:
    """Locks the joint procurement and the reports in the order of their keys: so does whoever saves a plan of UE's own
    organisation, which both may belong to."""
    locked(dict(rows) | {joint.pk: 0})


@action("inventory.join", access.JOIN, first=in_order)
def join(
    joint: PlannedProcurement, *, actor: Actor, rows: Chosen, also_not_shared: bool = False
) -> list[PlannedProcurement]:
    """The reports are bought through the joint procurement, and are neither counted nor judged beside it.

    Blocked, naming the report, when one was changed or joined meanwhile, is withdrawn, carries others itself, or was
    not reported as shared; the last passes with `also_not_shared`.
    """
    return carry(joint, rows, also_not_shared, actor, "inventory.join")


@action("inventory.begin_joint", access.BEGIN_JOINT)
def begin_joint(
    organisation: Organisation, *, actor: Actor, rows: Chosen, also_not_shared: bool = False, **facts: Any
) -> Begun:
    """A new joint procurement of UE's own organisation with the reports joined into it, both or neither."""
    joint = PlannedProcurement(organisation=organisation, contact_id=contact_of(organisation, actor))
    set_facts(joint, facts)
    joint.shared = True
    cases.insert_new(joint, actor, "inventory.begin_joint")
    return Begun([joint, *carry(joint, rows, also_not_shared, actor, "inventory.begin_joint")])


@action("inventory.separate", access.SEPARATE, then=cases.stands_again("inventory.separate"))
def separate(row: PlannedProcurement, *, actor: Actor) -> PlannedProcurement | None:
    """Stands by itself again. Returns the joint procurement that carried it, so that its history tells too."""
    joint, row.merged_into = row.merged_into, None
    judge_now(row)
    return joint


def carry(
    joint: PlannedProcurement, chosen: Chosen, also_not_shared: bool, actor: Actor, because: str
) -> list[PlannedProcurement]:
    seen = dict(chosen)
    rows = locked(seen)
    carrying = set(PlannedProcurement.objects.filter(merged_into__in=seen).values_list("merged_into", flat=True))
    faults = [fault for row in rows if (fault := fault_of(row, joint, seen[row.pk], row.pk in carrying))]
    faults += [
        _("”%(title)s” är inte anmäld som gemensam. Kryssa i att den ska vara med ändå.") % {"title": row.title}
        for row in rows
        if not (row.shared or also_not_shared)
    ]
    if not rows or len(rows) < len(seen):
        faults.append(_("Välj minst en anmälan som finns kvar."))
    if faults:
        raise Blocked(*faults)
    PlannedProcurement.objects.filter(pk__in=seen).update(merged_into=joint, version=F("version") + 1)
    for row in rows:
        row.merged_into, row.version = joint, row.version + 1
    cases.end(rows, actor, because)
    return rows


def locked(seen: dict[UUID, int]) -> list[PlannedProcurement]:
    """In the order of their keys. Two who join one another's joint procurements would wait for ever: one is told."""
    with one_is_told():
        return [*PlannedProcurement.objects.filter(pk__in=seen).order_by("pk").select_for_update(no_key=True)]


@contextmanager
def one_is_told() -> Iterator[None]:
    """Around the locking of what may be being joined: of two who would wait for ever, one is Blocked."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
            raise
        raise Blocked(_("Någon annan slår ihop samma upphandlingar just nu. Se efter och försök igen.")) from error


def fault_of(row: PlannedProcurement, joint: PlannedProcurement, seen: int, carries: bool) -> str:
    """Why it cannot be joined, as a sentence; empty when it can."""
    if row.pk == joint.pk:
        said = _("”%(title)s” kan inte slås ihop med sig själv.")
    elif row.withdrawn_at:
        said = _("”%(title)s” är tillbakadragen.")
    elif row.merged_into_id == joint.pk:
        said = _("”%(title)s” är redan med.")
    elif row.merged_into_id:
        said = _("”%(title)s” är redan ihopslagen med en annan.")
    elif carries:
        said = _("”%(title)s” är själv gemensam för flera. Skilj dem från den först.")
    elif row.version != seen:
        said = _("”%(title)s” har ändrats sedan du öppnade sidan. Se efter och välj den igen.")
    else:
        return ""
    return said % {"title": row.title}
