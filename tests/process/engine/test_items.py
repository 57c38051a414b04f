"""R80: what is to be done in a step is answered by its own party, and an answer is not overwritten unseen."""

import pytest
from django.core.exceptions import ValidationError

from insteg.audit.gate import Blocked, Refused, Stale
from insteg.process.actions import answer_item
from insteg.process.models import ItemAnswer
from tests.process.engine.model import do, log_of, visit_of


def answer(town, row, name="park", key="told", said="done", **more):
    return do(answer_item, town, name, row, item_key=key, said=said, **more)


def said(row):
    return {each.item.key: (each.said, each.note, each.by) for each in visit_of(row).answers.select_related("item")}


def test_what_is_done_is_said_by_whom_and_when(town, told):
    made = answer(town, told, note=" Se planen ")
    assert said(told) == {"told": ("done", "Se planen", town.who["park"].id)}
    assert made.at is not None
    assert log_of(told)[-1] == "process.answer_item"


def test_an_answer_is_changed_by_whoever_saw_it(town, told):
    first = answer(town, told)
    again = answer(town, told, said="not_needed", note="Gäller inte oss", seen_answer=first.pk)
    assert said(told) == {"told": ("not_needed", "Gäller inte oss", town.who["park"].id)}
    answer(town, told, said="", seen_answer=again.pk)
    assert said(told) == {}


def test_what_a_colleague_said_meanwhile_is_not_overwritten(town, told):
    first = answer(town, told, note="Den förstas")
    for unseen in (None, told.pk):
        for changed in ({"said": "done"}, {"said": "not_needed", "note": "x"}, {"said": ""}):
            with pytest.raises(Stale):
                answer(town, told, **changed, seen_answer=unseen)
    assert said(told) == {"told": ("done", "Den förstas", town.who["park"].id)}
    answer(town, told, said="", seen_answer=first.pk)
    with pytest.raises(Stale):
        answer(town, told, seen_answer=first.pk)  # it was taken back
    answer(town, told)


@pytest.mark.parametrize("note", ["", "   "])
def test_not_needed_is_said_with_a_reason(town, told, note):
    first = answer(town, told)
    with pytest.raises(ValidationError, match="Skriv varför punkten inte behövs"):
        answer(town, told, said="not_needed", note=note, seen_answer=first.pk)
    assert said(told) == {"told": ("done", "", town.who["park"].id)}  # the answer before stands
    answer(town, told, said="not_needed", note="Gäller inte oss", seen_answer=first.pk)


def test_an_answer_is_one_of_two(town, told):
    with pytest.raises(ValidationError) as error:
        answer(town, told, said="maybe")
    assert [*error.value.message_dict] == ["said"]
    assert said(told) == {}


def test_an_item_is_answered_by_its_own_party(town, told):
    with pytest.raises(Blocked, match="Det här gör Upphandlingsenheten"):
        answer(town, told, "park", "heard")
    with pytest.raises(Blocked, match="Det här gör Förvaltning eller bolag"):
        answer(town, told, "ue", "told")
    with pytest.raises(Refused):
        answer(town, told, "hus", "told")
    answer(town, told, "ue", "heard")  # in a step that is another's
    assert said(told) == {"heard": ("done", "", town.who["ue"].id)}


def test_nobody_takes_another_partys_answer_back(town, told):
    made = answer(town, told)
    with pytest.raises(Blocked, match="Det här gör Förvaltning eller bolag"):
        answer(town, told, "ue", said="", seen_answer=made.pk)
    assert ItemAnswer.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("key", ["put", "decision_told", ""])
def test_an_item_of_another_step_is_none(town, told, key):
    with pytest.raises(Blocked, match="Den punkten hör inte till steget"):
        answer(town, told, key=key)
