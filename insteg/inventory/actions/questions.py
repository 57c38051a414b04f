"""Asking organisations for the facts that judgements lack (R13)."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.inventory import access
from insteg.inventory.actions.rounds import refuse_day
from insteg.inventory.actions.shared import one_is_told
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.inventory.queries.answering import WAITING_LIST
from insteg.inventory.queries.questions import Place, Question, question
from insteg.inventory.question_letters import facts_wanted
from insteg.mail.notices import notify
from insteg.organisations.models import Organisation
from insteg.ui import figures


class Sent(list[BaseModel]):
    """The questions and, for the log, the procurements they are about. A form leads to the first question."""

    @property
    def pk(self) -> UUID:
        return self[0].pk


@action("inventory.ask_for_facts", access.ASK_FOR_FACTS)
def ask_for_facts(
    own: Organisation, *, actor: Actor, rows: Sequence[UUID], facts: Sequence[str], wanted_by: dt.date | None = None,
    again: bool = False, also_unknown: bool = False,
) -> Sent:  # fmt: skip
    """One letter to everyone who procures in each organisation, of those of its `rows` that still lack the `facts`.

    Asked anew with the rows locked: a fact that has come meanwhile is not asked for. What was asked for in the last
    three working days goes along with `again`, what was said to be unknown with `also_unknown`. Blocked when nothing
    is left, or when there is nobody to write to; an organisation that nobody answers for is passed over.
    """
    if wanted_by is not None:
        refuse_day(wanted_by, "wanted_by")
    waiting = PlannedProcurement.objects.current().filter(pk__in=rows)
    with one_is_told():
        list(waiting.order_by("pk").select_for_update(no_key=True))  # what another carries is locked after that one
    asked = question(waiting, facts, again=again, also_unknown=also_unknown)
    refuse_nothing(asked)
    for place in asked.reached:
        write_to(place, wanted_by)
    now, wanted = clock.now(), [each for place in asked.reached for each in place.wanted]
    made = FactQuestion.objects.bulk_create(
        FactQuestion(
            planned=each.row, fields=[*each.fields], asked_by_id=actor.id, wanted_by=wanted_by, created_at=now
        )
        for each in wanted
    )  # fmt: skip
    return Sent([*made, *(each.row for each in wanted)])


def refuse_nothing(asked: Question) -> None:
    """Blocked, saying why, when no letter would go."""
    if asked.reached:
        return
    if asked.unreached:
        names = ", ".join(str(place.organisation) for place in asked.unreached)
        raise Blocked(
            _("Ingen har uppdraget att svara för %(names)s. Be administratören ge någon det.") % {"names": names}
        )
    if asked.sorting.may_be_asked_again:
        day = figures.day_long(asked.sorting.may_be_asked_again, clock.today())
        said = _("De har nyss fått frågan. Vänta till %(day)s, eller välj att fråga ändå.")
        raise Blocked(said % {"day": day})
    if asked.sorting.unknown:
        raise Blocked(_("Organisationerna har svarat att de inte vet än. Välj att fråga dem ändå."))
    raise Blocked(_("Inget av det saknas längre. Uppgifterna har kommit, eller så behövs de inte."))


def write_to(place: Place, wanted_by: dt.date | None) -> None:
    for user in place.people:
        with override(user.language):
            subject, text = facts_wanted(place.organisation, place.wanted, wanted_by)
        notify(user, subject=subject, text=text, path=reverse("inventory:list") + WAITING_LIST)
