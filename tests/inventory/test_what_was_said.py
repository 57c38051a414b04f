"""A row's history says what was said, "vet inte" too, and a slip of the keyboard is no staffing (R13, R20)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from insteg.inventory.actions import change
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.planned import history
from tests.inventory.test_asking import LACKING, lacking, row  # noqa: F401

LAID = LACKING


def say(town, planned, **facts):
    change(actor=town.who["park"], target=planned, seen=None, **facts)


def told(planned):
    return [(event.what, event.fields) for event in history(PlannedProcurement.objects.get(pk=planned.pk))]


def test_vet_inte_is_told_as_what_it_was(town, lacking):  # noqa: F811
    say(town, lacking["both"], unknown_fields=["fte", "months"])
    assert told(lacking["both"])[0] == ("Svarade ”vet inte” om avtalstid och årsarbetare", [])


def test_vet_inte_beside_a_fact_is_told_with_it(town, lacking):  # noqa: F811
    say(town, lacking["both"], months=24, unknown_fields=["fte"])
    assert told(lacking["both"])[0] == ("Ändrad", ["avtalstid utan förlängning, månader", "”vet inte” om årsarbetare"])


def test_only_the_last_vet_inte_is_told_of_in_full_since_the_log_keeps_no_values(town, lacking):  # noqa: F811
    say(town, lacking["both"], unknown_fields=["months"])
    say(town, lacking["both"], unknown_fields=["months", "fte"])
    assert [what for what, _fields in told(lacking["both"])][:2] == [
        "Svarade ”vet inte” om avtalstid och årsarbetare", "Ändrade vad som är okänt",
    ]  # fmt: skip


def test_a_row_that_was_only_confirmed_says_so(town, lacking):  # noqa: F811
    say(town, lacking["both"])
    assert told(lacking["both"])[0] == ("Bekräftad", [])


@pytest.mark.parametrize(("fte", "holds"), [("10000", True), ("10000.1", False), ("-1", False), ("0", True)])
def test_staffing_beyond_reason_is_refused_whoever_says_it(town, lacking, fte, holds):  # noqa: F811
    if holds:
        say(town, lacking["both"], fte=Decimal(fte))
    else:
        with pytest.raises(ValidationError) as refused:
            say(town, lacking["both"], fte=Decimal(fte))
        assert "fte" in refused.value.message_dict
    assert (PlannedProcurement.objects.get(pk=lacking["both"].pk).fte is None) is not holds
