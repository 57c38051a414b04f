"""Several cases moved at once, such as everything that is laid before the steering group (R31)."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, Refused, Stale
from insteg.process.actions.cases import advance
from insteg.process.models import Step
from insteg.process.queries.cases import rows_to_move


def advance_several(
    *, actor: Actor, target: Step, seen: int | None, cases: Mapping[UUID, UUID], move_key: str, why: str = ""
) -> None:
    """Each of `cases`, {case: the visit that was seen}, passes the gate by itself; all are moved, or none is.

    Called as an action is. `target` is any edition of the step that they stand in. Blocked names each case that is in
    the way, with what is in its way.
    """
    with transaction.atomic():
        in_the_way = [_("Ett av ärendena finns inte kvar.")]
        rows = rows_to_move(target.process.kind, cases)
        if len(rows) == len(cases):
            in_the_way = []
        for run, about in rows:
            try:
                advance(actor=actor, target=run, seen=None, move_key=move_key, seen_visit=cases[run.pk], why=why)
            except Blocked as error:
                in_the_way.append(f"{about.title}: {' '.join(error.args)}")
            except Stale:
                in_the_way.append(_("%(title)s: har gått vidare sedan du öppnade sidan.") % {"title": about.title})
            except Refused:
                in_the_way.append(_("Ett av ärendena får du inte flytta."))
        if in_the_way:
            raise Blocked(*in_the_way)
