"""What is said of a unit's answer in a round. To others than the unit: when, and how many places in all; no more."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.cards.planned import Banner
from insteg.inventory.models import RoundAnswer, RoundRequest
from insteg.needs.cards import places_in_words
from insteg.needs.models import PublishedNeed
from insteg.ui import figures

Form = PublishedNeed.Form


class Answered(NamedTuple):
    """A unit's answer as it was sent. `rows` only for the unit itself."""

    total: str
    rows: list[dict[str, Any]]


def meta(asked: RoundRequest) -> str:
    due = _("svarsdag %(day)s") % {"day": figures.day_with_weekday(asked.due_on, clock.today())}
    return f"{asked.unit} · {due}"


def answered_needs(answer: RoundAnswer, actor: Actor) -> Answered:
    """What the actor may know of what a unit answered: the unit all of it, others the places in all."""
    if actor.role not in access.ANSWER_NEEDS.table or actor.unit_id != answer.request.unit_id:
        places = sum(row["places"] for row in answer.needs)
        return Answered(ngettext("%(count)s plats", "%(count)s platser", places) % {"count": places}, [])
    places = {form: sum(row["places"] for row in answer.needs if row["form"] == form) for form in Form.values}
    total = places_in_words(places[Form.INTERNSHIP], places[Form.EMPLOYMENT])
    return Answered(total or _("inga behov"), [{**row, "form": str(Form(row["form"]).label)} for row in answer.needs])


def whose_move(asked: RoundRequest, answer: RoundAnswer | None, *, theirs: bool) -> Banner:
    unit, day = {"unit": asked.unit}, {"day": figures.day_long(asked.due_on, clock.today())}
    if answer:
        said = {"name": answer.answered_by.name, "when": figures.moment(answer.created_at, clock.today())}
        return Banner("neutral", "check", _("Svaret är skickat"), _("%(name)s skickade det %(when)s.") % said)
    if asked.round.closed_at:
        text = _("Inget svar kom in. Behoven hålls aktuella under Behov av platser ändå.")
        return Banner("neutral", "archive", _("Inventeringen är stängd"), text)
    if theirs:
        late = asked.due_on < clock.today()
        if late:
            text = _("Svarsdagen var %(day)s. Läs igenom behoven, ändra det som inte stämmer och skicka.") % day
        else:
            text = _("Läs igenom behoven, ändra det som inte stämmer och skicka, senast %(day)s.") % day
        return Banner("warning" if late else "accent", "users", _("Din tur: svara vad ni behöver"), text)
    text = _(
        "Svarsdagen är %(day)s. Du kan ge mer tid, men inte svara åt dem: vad en enhet behöver och hur många som "
        "väntar ser bara enheten själv."
    )
    return Banner("neutral", "hourglass", _("%(unit)s har inte svarat än") % unit, text % day)
