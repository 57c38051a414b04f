"""What tests of minutes and feedback do: hold the meeting, hand over its minutes, approve them, and tell."""

import html as html_of
import re
from types import SimpleNamespace
from typing import Any

from insteg.inventory.models import PlannedProcurement
from insteg.steering import actions
from insteg.steering.actions.feedback import Told
from insteg.steering.cards.minutes import seal_of
from insteg.steering.models import Agenda, Decision, Feedback, FeedbackLine, Minutes
from insteg.steering.queries.minutes import read
from tests.steering.at_the_meeting import LATER, NOT, REQUIRE, decide, meeting_that_has_begun


def held() -> SimpleNamespace:
    """Park: a requirement and, against nothing, none where it does not suit. Hus: to be looked at again."""
    town = meeting_that_has_begun()
    decide(town, "suits", **REQUIRE, requirement="internship", places=5, why="Enkla uppgifter.")
    decide(town, "lacks", **LATER)
    decide(town, "not", **NOT)
    return town


def approved() -> SimpleNamespace:
    town = held()
    hand_over(town)
    approve(town)
    return town


def agenda(town: SimpleNamespace) -> Agenda:
    return Agenda.objects.get(pk=town.agenda.pk)


def hand_over(town: SimpleNamespace, by: str = "ue") -> None:
    actions.hand_over(actor=town.who[by], target=town.agenda, seen=None)


def approve(town: SimpleNamespace, by: str = "styr", seen_words: str = "") -> Minutes:
    words = seen_words or seal_of(read(agenda(town)))
    return actions.approve(actor=town.who[by], target=town.agenda, seen=None, seen_words=words)


def feedback(town: SimpleNamespace, organisation: str = "Park") -> Feedback:
    return Feedback.objects.get(agenda=town.agenda, organisation=town.org[organisation])


def line(town: SimpleNamespace, name: str = "suits") -> FeedbackLine:
    return FeedbackLine.objects.get(decision__planned=town.planned[name])


def send(town: SimpleNamespace, organisation: str = "Park", by: str = "ue") -> list[object]:
    return actions.send_feedback(actor=town.who[by], target=feedback(town, organisation), seen=None)


def text_of(response: Any) -> str:
    return html_of.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def hidden(response: Any) -> dict[str, Any]:
    """What a browser sends of the form as it stands."""
    return {field.html_name: field.value() for field in response.context["form"] if field.value() is not None}


def planned(town: SimpleNamespace, name: str = "suits") -> PlannedProcurement:
    town.planned[name].refresh_from_db()
    return town.planned[name]


def adjust(
    town: SimpleNamespace, organisation: str = "Park", *, text: str = "", seen: int | None = None, **lines: Any
) -> None:
    said = {line(town, name).pk: Told(*told) for name, told in lines.items()}
    row = feedback(town, organisation)
    actions.adjust_feedback(actor=town.who["ue"], target=row, seen=seen, text=text, lines=said)


def look(town: SimpleNamespace, who: str = "park", organisation: str = "Park") -> None:
    actions.look_at_feedback(actor=town.who[who], target=feedback(town, organisation), seen=None)


def start(town: SimpleNamespace, who: str = "park", name: str = "suits") -> None:
    actions.start_procurement(actor=town.who[who], target=line(town, name), seen=None)


def finish(town: SimpleNamespace, who: str = "hus", name: str = "lacks") -> None:
    actions.finish_next_step(actor=town.who[who], target=line(town, name), seen=None)


def decided_anew(town: SimpleNamespace, name: str = "suits", **said: Any) -> Decision:
    """By another decision that follows; which meeting it was made at is no matter here."""
    before = Decision.objects.get(planned=town.planned[name], followed_by=None)
    values = {"choice": "do_not_require"} | said
    return Decision.objects.create(
        planned=before.planned, item=before.item, follows=before, assessment=before.assessment, present=before.present,
        decided_by=before.decided_by, **values,
    )  # fmt: skip
