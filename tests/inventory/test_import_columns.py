"""R11: how the columns of a sheet are read is corrected by hand, and remembered for the organisation."""

import re

import pytest

from insteg.inventory import actions
from insteg.inventory.models import ColumnChoice, PlannedProcurement, PlanUpload
from insteg.inventory.plan_reader import Unreadable
from insteg.inventory.review import form as review_form
from tests.inventory.test_import_preview import Clerk
from tests.jobs import run_queued


@pytest.fixture
def clerk(as_, town):
    return Clerk(as_("park"), town.org["Park"])


def test_a_column_is_corrected_by_hand_and_what_was_typed_stays(clerk):
    headings = ["Benämning", "Nivå", "Avtalsstart", "Pers."]
    clerk.sends(["Bro", 9, "31/2 2028", 4], ["Tak", 12, "2028-03-01", 5], headings=headings)
    column = clerk.name("c1")
    assert clerk.answers(do="reread", **{column[-2:]: "value/mkr", "r2_start": "1/3 2028"}).status_code == 302
    clerk.opens()
    assert clerk.fields[column] == "value/mkr"
    assert clerk.fields[clerk.name("r2-start")] == "1/3 2028"
    assert clerk.answers().status_code == 302
    assert PlannedProcurement.objects.get(title="Bro").value_max == 9_000_000


def test_the_choice_is_remembered_for_the_organisation_and_can_be_undone(clerk, town):
    headings = ["Benämning", "Nivå", "Diarienummer"]
    clerk.sends(["Bro", 9, "a"], ["Tak", 12, "b"], headings=headings).answers(do="reread", c1="value/mkr")
    assert not ColumnChoice.objects.exists()  # not until the plan is saved
    clerk.opens().answers()
    assert dict(ColumnChoice.objects.values_list("heading", "field")) == {"Nivå": "value/mkr"}
    clerk.sends(["Väg", 3, "c"], ["Mur", 4, "d"], headings=headings)
    assert "Läst som ni valde förra gången: Nivå." in clerk.html
    assert "Ert val" in clerk.html
    clerk.answers(do="reread", c1="")
    clerk.opens().answers()
    assert PlannedProcurement.objects.get(title="Väg").value_max is None
    assert ColumnChoice.objects.get().field == ""


def test_one_organisation_s_choices_are_not_another_s(clerk, as_, town):
    headings = ["Benämning", "Nivå", "Diarienummer"]
    clerk.sends(["Bro", 9, "TN 1"], ["Tak", 12, "TN 2"], headings=headings).answers(do="reread", c1="value/mkr")
    clerk.opens().answers()
    other = Clerk(as_("hus"), town.org["Hus"]).sends(["Väg", 3, "TN 3"], ["Mur", 4, "TN 4"], headings=headings)
    assert "förra gången" not in other.html


def test_two_columns_are_not_read_as_the_same_thing(clerk):
    clerk.sends(["Bro", 9, 8], ["Tak", 12, 9], headings=["Benämning", "Värde (mkr)", "Annat"])
    answer = clerk.answers(do="reread", c2="value/mkr")
    assert answer.status_code == 422
    assert "läses redan som värde" in clerk.html


def test_a_sheet_that_would_have_no_names_is_refused_and_stays_as_it_was(clerk):
    clerk.sends(["Bro", 9, "TN 1"], ["Tak", 12, "TN 2"], headings=["Benämning", "Värde (mkr)"])
    assert clerk.answers(do="reread", c0="").status_code in (302, 422)
    assert PlanUpload.objects.get().reading is not None


def test_a_choice_by_which_the_file_cannot_be_read_is_said_and_leaves_the_plan_as_it_was(clerk, monkeypatch):
    clerk.sends(["Bro", 9, 8], ["Tak", 12, 9], headings=["Benämning", "Värde (mkr)", "Annat"])
    before = PlanUpload.objects.get()

    def unreadable(*_told):
        raise Unreadable("Så går filen inte att läsa.")

    monkeypatch.setattr(review_form, "read_plan_apart", unreadable)
    assert clerk.answers(do="reread", c2="fte").status_code == 422
    assert "Så går filen inte att läsa." in clerk.html
    after = PlanUpload.objects.get()
    assert (after.reading, after.chosen_columns) == (before.reading, before.chosen_columns)


def test_a_column_of_persons_cannot_be_chosen(clerk):
    clerk.sends(["Bro", "Någon Person"], ["Tak", "Någon Annan"], headings=["Benämning", "Kontaktperson"])
    assert not re.search(r'name="s[0-9a-f]+c1"', clerk.html)
    made = PlanUpload.objects.get()
    actions.reread_plan(
        actor=clerk_of(made), target=made, seen=None, chosen_columns={"Kontaktperson": "title"}, typed={}, reading=None
    )
    run_queued()
    assert "Någon Person" not in str(PlanUpload.objects.get().reading)


def clerk_of(made):
    return made.uploaded_by.memberships.get().actor()


def test_each_way_to_read_a_column_has_a_name_of_its_own(clerk):
    clerk.sends(["Bro", 9, "a"], ["Tak", 12, "b"], headings=["Benämning", "Nivå", "Diarienummer"])
    [options] = re.findall(rf'<select[^>]*name="{clerk.name("c1")}".*?</select>', clerk.html, re.DOTALL)
    names = re.findall(r"<option[^>]*>([^<]+)<", options)
    assert len(names) == len(set(names))
    assert {"Värde, i mnkr", "Lägsta värde, i mnkr", "Högsta värde, i mnkr"} <= set(names)
