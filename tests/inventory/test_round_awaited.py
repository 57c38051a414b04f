"""R82: while there is time the procurement unit waits for answers to a round; after that it is its own turn."""

from insteg.access.catalogues import Whose
from insteg.inventory.models import RoundAnswer
from insteg.inventory.queries.round_tasks import tasks
from tests.inventory.test_board import CLOSING, LAID, NEXT_DAY, OPENING, at, autumn

__all__ = ["LAID", "at", "autumn"]


def test_the_procurement_unit_sees_whose_answers_it_waits_for_while_there_is_time(town, autumn, at):
    [told] = [task for task in tasks(town.who["ue"]) if task.whose is Whose.OTHERS]
    assert (told.title, told.who) == ("Svara på inventeringen hösten 2026", "Sex organisationer och två enheter")
    assert (told.since, told.due_on) == (OPENING, CLOSING)
    for request in autumn.requests.exclude(unit=None):
        RoundAnswer.objects.create(request=request, number=1, answered_by_id=town.who["ue"].id)
    for request in autumn.requests.filter(unit=None).exclude(organisation__name__in=["Park", "Hus"]):
        RoundAnswer.objects.create(request=request, number=1, answered_by_id=town.who["ue"].id)
    [told] = [task for task in tasks(town.who["ue"]) if task.whose is Whose.OTHERS]
    assert told.who == "Hus, Park"
    at(NEXT_DAY)
    [late] = tasks(town.who["ue"])  # now it is the unit's turn to ask them
    assert (late.whose, late.title) == (Whose.MINE, "Två är sena med sina svar")
    assert (late.about, late.since, late.due_on) == ("Inventeringen hösten 2026 · Hus, Park", OPENING, CLOSING)
