"""Rows by the dozen, for pages of running agreements."""

import datetime as dt

from insteg.audit.log import record
from insteg.core import clock
from insteg.inventory.actions import upload_register
from insteg.inventory.agreement_reader import read_register
from insteg.inventory.models import PlannedProcurement, RunningAgreement
from tests.nets.rounds_by_the_dozen import names


def agreements(house, count):
    """Each with something planned that follows on it, withdrawn."""
    made = RunningAgreement.objects.bulk_create(
        RunningAgreement(organisation=house.org["Park"], title=name, ends_on=dt.date(2031, 5, 31))
        for name in names(count)
    )
    follow(house, made)


def follow(house, made):
    withdrawn = {"withdrawn_at": clock.now(), "withdrawn_as": "cancelled", "withdrawn_reason": "Inga pengar"}
    PlannedProcurement.objects.bulk_create(
        PlannedProcurement(
            organisation=house.org["Park"], rule_set=house.rule_set, title=name, proposal="needs_facts", renews=one,
            **withdrawn,
        )
        for one, name in zip(made, names(len(made)), strict=True)
    )  # fmt: skip


def what_follows_on_an_agreement(house, count):
    agreement = house.agreements["pa"]
    follow(house, [agreement] * count)
    for _ in range(count):
        record(house.who["park"], "inventory.change_agreement", [agreement], ["title"], "")
    return f"/inventering/avtal/{agreement.pk}/"


def register(house, count):
    """Every second row with a day that nobody can read; half of the others about agreements that are known."""
    rows = [f"{name};{'någon gång' if n % 2 else '2031-12-31'}" for n, name in enumerate(names(count))]
    for row in rows[::4]:
        known = {"title": row.split(";")[0], "ends_on": dt.date(2030, 1, 1)}
        RunningAgreement.objects.create(organisation=house.org["Park"], **known)
    content = "\r\n".join(["Avtal;Slutdatum", *rows]).encode()
    made = upload_register(
        actor=house.who["park"], target=house.org["Park"], seen=None,
        content=content, filename="avtal.csv", register=read_register(content, "avtal.csv"),
    )  # fmt: skip
    return f"/inventering/avtal/register/{made.pk}/"
