"""What a unit answers in a round: the places it needs (R10, R67). To take an answer up again is the same as others'."""

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, lock
from insteg.core.models import BaseModel
from insteg.inventory import access
from insteg.inventory.actions.answers import new_answer, refuse_answered
from insteg.inventory.models import RoundAnswer, RoundRequest
from insteg.needs.actions import confirm_as_shown, current_needs
from insteg.needs.queries import snapshot
from insteg.organisations.models import Unit


def needs_of_its_unit(asked: RoundRequest) -> list[BaseModel]:
    """The unit is locked too, so that a need which is published meanwhile is not sent unseen."""
    return [lock(Unit, pk=asked.unit_id), *current_needs(asked.unit)]


@action("inventory.send_needs", access.ANSWER_NEEDS, also=needs_of_its_unit)
def send_needs(asked: RoundRequest, *, actor: Actor, shown: str, comment: str = "") -> RoundAnswer:
    """Confirms what the unit needs, as it was shown (needs.queries.seal_of), and keeps it as it was then.

    No needs is an answer too. Blocked when the round is closed, an answer stands or somebody changed a need meanwhile.
    """
    if asked.round.closed_at:
        raise Blocked(_("Inventeringen är stängd. Håll behoven aktuella under Våra behov, så syns de ändå."))
    refuse_answered(asked)
    needs = confirm_as_shown(asked.unit, shown)
    return new_answer(asked, actor, comment=comment, nothing_to_report=not needs, needs=snapshot(asked.unit))
