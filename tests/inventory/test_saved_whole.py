"""A plan or a register is saved whole or not at all; the verb says what stands in the way, whoever calls it (R11)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from insteg.access.actor import Role
from insteg.access.rules import Rule
from insteg.audit.gate import Blocked
from insteg.audit.models import Entry
from insteg.inventory import access, plan_jobs
from insteg.inventory.actions import (
    add_agreement,
    begin_saving_plan,
    change,
    report,
    save_plan,
    save_register,
    upload,
)
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import PlannedProcurement, RunningAgreement
from insteg.inventory.plan_reader import read
from tests.town import ANSWERS, REGISTER_ANSWERS, agreement_register, plan


def by_park(town, row):
    return {"actor": town.who["park"], "target": row, "seen": None}


def test_a_register_with_a_question_left_is_not_saved(town):
    register = agreement_register(town, "park", "Park")
    with pytest.raises(Blocked, match="Rad 3 behöver ett svar"):
        save_register(answers={}, **by_park(town, register))
    assert not RunningAgreement.objects.exists()
    save_register(answers=REGISTER_ANSWERS, **by_park(town, register))
    assert RunningAgreement.objects.count() == 2


def test_a_register_from_which_everything_is_left_out_is_not_saved(town):
    register = agreement_register(town, "park", "Park")
    with pytest.raises(Blocked, match="inget avtal att spara"):
        save_register(answers={}, left_out=[(0, 2), (0, 3)], **by_park(town, register))
    register.refresh_from_db()
    assert register.saved_at is None


def test_a_plan_from_which_everything_is_left_out_is_not_saved(town):
    sheet = plan(town, "park", "Park")
    nothing = Decisions(left_out=frozenset({("plan", 2), ("plan", 3)}))
    with pytest.raises(Blocked, match="ingen upphandling att spara"):
        save_plan(decisions=nothing, **by_park(town, sheet))
    sheet.refresh_from_db()
    assert sheet.saved_at is None


def test_the_right_to_change_is_asked_for_each_row_that_a_plan_changes(town, monkeypatch):
    """Whoever may review a plan may change every current row of its organisation today. Should that change, the plan
    is no way around it."""
    sheet = plan(town, "park", "Park", title="Parkskötsel")
    nobody_s = Rule("ändra planerad upphandling", PlannedProcurement, {Role.PROCUREMENT_UNIT: access.any_current})
    with monkeypatch.context() as narrowed:
        narrowed.setattr(access, "CHANGE", nobody_s)
        with pytest.raises(Blocked, match="”Parkskötsel” får du inte ändra"):
            save_plan(decisions=Decisions(ANSWERS), **by_park(town, sheet))
    save_plan(decisions=Decisions(ANSWERS), **by_park(town, sheet))


def misread(upload, months):
    """As if the reader had taken what stands in row 2 for longer options than any contract has."""
    sheet = upload.reading["sheets"][0]
    lines = sheet["rows"] or [each["row"] for each in sheet["agreements"]]
    next(line for line in lines if line["number"] == 2)["option_months"] = months
    type(upload).objects.filter(pk=upload.pk).update(reading=upload.reading)


@pytest.mark.parametrize("known", [False, True])
def test_a_register_with_what_no_agreement_can_be_is_not_saved(town, known):
    """Neither as a new agreement, nor as a change of one that is known."""
    if known:
        day = dt.date(2031, 12, 31)
        add_agreement(title="Lokalvård", reference="A-Lokalvård", ends_on=day, **by_park(town, town.org["Park"]))
    register = agreement_register(town, "park", "Park")
    misread(register, 601)
    with pytest.raises(ValidationError, match="600"):
        save_register(answers=REGISTER_ANSWERS, **by_park(town, register))
    assert RunningAgreement.objects.count() == known
    misread(register, 600)
    save_register(answers=REGISTER_ANSWERS, **by_park(town, register))
    assert RunningAgreement.objects.get(reference="A-Lokalvård").option_months == 600


@pytest.mark.parametrize("title", ["Lokalvård", "Parkskötsel"])
def test_a_plan_with_what_no_procurement_can_be_is_not_saved(town, title):
    """Neither as a new row, nor as a change of one that is known."""
    sheet = plan(town, "park", "Park", title=title)
    misread(sheet, 601)
    with pytest.raises(Blocked, match=f"Rad 2, ”{title}”: .*600"):
        save_plan(decisions=Decisions(ANSWERS), **by_park(town, sheet))
    assert not PlannedProcurement.objects.filter(upload=sheet).exists()
    misread(sheet, 600)
    save_plan(decisions=Decisions(ANSWERS), **by_park(town, sheet))
    assert PlannedProcurement.objects.get(upload=sheet, upload_row=2).option_months == 600


UNREADABLE = "Upphandling;Värde (tkr);Avtalstid;Start\r\nLokalvård;3500;2 år;31/2 2028\r\nFasad;900;1 år;2028-01-01\r\n"


def test_the_worker_saves_no_plan_with_questions_left(town):
    content = UNREADABLE.encode()
    sheet = upload(
        content=content, filename="plan.csv", reading=read(content, "plan.csv"), **by_park(town, town.org["Park"])
    )
    begin_saving_plan(typed={}, **by_park(town, sheet))
    plan_jobs.save_plan(str(sheet.pk), str(town.who["park"].membership_id))
    sheet.refresh_from_db()
    assert sheet.not_saved.startswith("Planen har rader som behöver svar")
    assert not PlannedProcurement.objects.filter(upload=sheet).exists()


def test_each_row_that_a_plan_changes_has_its_own_entry_in_the_log(town):
    sheet = plan(town, "park", "Park", title="Parkskötsel")
    known = town.planned["p"]
    before = Entry.objects.filter(action="inventory.change", subjects__row=known.pk).count()
    save_plan(decisions=Decisions(ANSWERS), **by_park(town, sheet))
    entries = Entry.objects.filter(action="inventory.change", subjects__row=known.pk)
    assert entries.count() == before + 1
    assert "months" in entries.latest("pk").changed


def test_what_a_plan_confirms_is_in_the_log(town):
    save_plan(decisions=Decisions(ANSWERS), **by_park(town, plan(town, "park", "Park")))
    again = "Upphandling;Värde (tkr);Avtalstid;Start\r\nLokalvård;3500;2 år;2028-09-01\r\n".encode()
    sheet = upload(content=again, filename="ny.csv", reading=read(again, "ny.csv"), **by_park(town, town.org["Park"]))
    save_plan(decisions=Decisions(), **by_park(town, sheet))
    row = PlannedProcurement.objects.get(title="Lokalvård")
    assert Entry.objects.filter(
        action="inventory.confirm_rows", subjects__row=row.pk, changed=["confirmed_at"]
    ).exists()


def test_what_a_change_leads_to_for_its_case_is_named_with_it(town):
    """The facts are all told, so that the case goes on: the change and the step that it came to are one entry."""
    facts = {"nature": "services", "cpv": "90910000", "months": 24, "extent_known": True, "option_months": 0}
    row = report(title="Skötsel av vägar", target=town.org["Park"], actor=town.who["park"], seen=None, **facts)
    change(fte=Decimal(5), **by_park(town, row))
    entry = Entry.objects.filter(action="inventory.change", subjects__row=row.pk).latest("pk")
    assert entry.subjects.filter(model="process.Visit").count() == 1
