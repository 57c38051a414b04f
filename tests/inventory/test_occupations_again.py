"""Two who say different occupations see one another's word; a new CPV code asks for the occupations anew (R13)."""

import pytest

from insteg.access.actor import Role
from insteg.codes.models import Occupation
from insteg.inventory.actions import change, confirm_occupations, join, report, unconfirm_occupations, withdraw
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.occupations_again import look_again, tasks, to_look_at_again
from tests.inventory.test_occupation_pages import body, codes, pair, send, stairs  # noqa: F401
from tests.town import member


def confirm(town, row, *codes, who="park"):  # noqa: F811
    chosen = [*Occupation.objects.filter(pk__in=codes).order_by("pk")]
    confirm_occupations(actor=town.who[who], target=row, seen=None, occupations=chosen)


def new_code(town, row, code="45443000", who="park"):
    change(actor=town.who[who], target=row, seen=None, cpv=code)


def again():
    return [row.title for row in to_look_at_again(PlannedProcurement.objects.all())]


def titles(actor):
    return [task.title for task in tasks(actor)]


# --- two at once


@pytest.mark.parametrize(("said", "told"), [
    ({"occupations": ["9111"], "first": "9622"}, "Nu är bekräftat: Städare, Vaktmästare."),
    ({"none_needed": "on"}, "Nu är bekräftat: inga särskilda yrken."),
])  # fmt: skip
def test_the_second_is_told_what_the_first_chose(as_, stairs, said, told):  # noqa: F811
    send(as_("park"), f"/planerade/{stairs.pk}/yrken/", stairs, **said)
    late = send(as_("ue"), f"/planerade/{stairs.pk}/yrken/", stairs, first="5151")
    assert late.status_code == 409
    assert told in body(late)
    assert "Städledare" in body(late) or 'value="5151' in body(late)  # what was typed stands


def test_the_second_is_told_that_what_was_confirmed_is_taken_back(as_, town, stairs):  # noqa: F811
    confirm(town, stairs, "9622")
    seen = PlannedProcurement.objects.get(pk=stairs.pk)
    unconfirm_occupations(actor=town.who["ue"], target=stairs, seen=None)
    late = send(as_("park"), f"/planerade/{stairs.pk}/yrken/", seen, none_needed="on")
    assert "Nu är inget bekräftat. CPV-koden föreslår: Städare." in body(late)


def test_a_slip_is_not_told_of_what_others_chose(as_, stairs):  # noqa: F811
    refused = send(as_("park"), f"/planerade/{stairs.pk}/yrken/", stairs)
    assert (refused.status_code, "Nu är" in body(refused)) == (422, False)


# --- another code


def test_a_new_code_after_the_occupations_were_confirmed_is_said_on_the_page_and_as_a_task(
    as_,
    town,
    stairs,  # noqa: F811
):
    confirm(town, stairs, "9111")
    assert (again(), titles(town.who["park"])) == ([], [])
    new_code(town, stairs)
    assert again() == ["Trappstädning"]
    assert titles(town.who["park"]) == ["Se över yrkena för ”Trappstädning”"]
    assert "CPV-koden har ändrats sedan dess." in body(as_("park").get(f"/planerade/{stairs.pk}/"))
    assert "Se över yrkena för ”Trappstädning”" in body(as_("park").get("/"))
    kept = PlannedProcurement.objects.get(pk=stairs.pk)
    assert [one.occupation_id for one in kept.occupations.all()] == ["9111"]  # nothing changes by itself


@pytest.mark.parametrize("settle", ["9111", "none", "by code"])
def test_it_is_done_when_somebody_has_said_it_anew_or_lets_the_code_speak(town, stairs, settle):  # noqa: F811
    confirm(town, stairs, "9111")
    new_code(town, stairs)
    if settle == "by code":
        unconfirm_occupations(actor=town.who["ue"], target=stairs, seen=None)
    else:
        confirm(town, stairs, *({settle} - {"none"}), who="ue")
    assert (again(), titles(town.who["park"])) == ([], [])
    assert look_again(PlannedProcurement.objects.get(pk=stairs.pk)) is False


@pytest.mark.parametrize("facts", [{"months": 12}, {"title": "Trappor"}, {"cpv": "90911200"}])
def test_other_changes_ask_for_nothing(town, stairs, facts):  # noqa: F811
    confirm(town, stairs, "9111")
    change(actor=town.who["park"], target=stairs, seen=None, **facts)
    assert again() == []


def test_a_code_that_changed_before_asks_for_nothing(town, stairs):  # noqa: F811
    new_code(town, stairs)
    confirm(town, stairs, "9111")
    assert again() == []


def test_what_nobody_has_confirmed_follows_the_code_by_itself(town, stairs):  # noqa: F811
    new_code(town, stairs)
    assert again() == []


def test_only_those_who_report_for_the_organisation_have_the_task(town, stairs):  # noqa: F811
    confirm(town, stairs, "9111")
    new_code(town, stairs, who="ue")
    member("park2", Role.PROCURING, town.org["Park"])
    assert {name: len(titles(town.who[name])) for name in ("park", "hus", "ue", "styr", "ame", "admin")} == {
        "park": 1, "hus": 0, "ue": 0, "styr": 0, "ame": 0, "admin": 0,
    }  # fmt: skip


def test_what_no_longer_waits_is_no_task(town, stairs):  # noqa: F811
    confirm(town, stairs, "9111")
    new_code(town, stairs)
    joint = report(actor=town.who["ue"], target=town.org["Stad"], seen=None, title="Städning", shared=True)
    confirm(town, joint, "9111", who="ue")
    new_code(town, joint, who="ue")
    assert titles(town.who["ue"]) == ["Se över yrkena för ”Städning”"]
    version = PlannedProcurement.objects.get(pk=stairs.pk).version
    join(actor=town.who["ue"], target=joint, seen=None, rows=[(stairs.pk, version)], also_not_shared=True)
    assert titles(town.who["park"]) == []
    withdraw(actor=town.who["ue"], target=joint, seen=None, withdrawn_reason="Utgår")
    assert titles(town.who["ue"]) == []
