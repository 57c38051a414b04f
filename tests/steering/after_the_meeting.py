"""What tests of minutes and feedback do: hold the meeting, hand over its minutes, approve them, and tell."""

from types import SimpleNamespace

from insteg.steering import actions
from insteg.steering.cards.minutes import seal_of
from insteg.steering.models import Agenda, Feedback, FeedbackLine, Minutes
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
