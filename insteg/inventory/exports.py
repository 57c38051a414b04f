"""The list as a file: the same rows, by the same rule and the same filter, as the page shows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from insteg.core.models import label_of
from insteg.documents.tables import Column
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.planned import Planned, order
from insteg.process.models import Nature

FACTS = [
    Column(_("Organisation"), 28), Column(_("Upphandling"), 45), Column(_("Uppgiften"), 45), Column(_("Diarienummer")),
    Column(_("Slag")), Column(_("CPV-kod")), Column(_("Ramavtal")), Column(_("Värde från, kr"), kronor=True),
    Column(_("Värde till, kr"), kronor=True), Column(_("Avtalstid, mån")), Column(_("Möjlig förlängning, mån")),
    Column(_("Årsarbetare")), Column(_("Förfarande"), 24), Column(_("Önskad avtalsstart")), Column(_("Bedömning"), 18),
    Column(_("Skäl"), 50), Column(_("Platser efter omfattning")), Column(_("Bestämt antal platser")),
    Column(_("Skäl till antalet"), 40),
]  # fmt: skip
COLUMNS = [
    *FACTS, Column(_("Dragen tillbaka")), Column(_("Skäl till det"), 40), Column(_("Upphandlas gemensamt i"), 40),
]  # fmt: skip


def export_rows(planned: Planned) -> Iterator[list[Any]]:
    """One list a row, in the order of COLUMNS; a few hundred rows in memory at a time."""
    told = planned.annotate(joint_title=F("merged_into__title")).select_related("organisation")
    rows = told.prefetch_related("rule_set").order_by(*order())
    for one in rows.iterator(chunk_size=500):
        yield row_of(one)


def row_of(one: PlannedProcurement) -> list[Any]:
    """In the order of COLUMNS."""
    return [
        *facts_of(one), one.withdrawn_at and localdate(one.withdrawn_at), one.withdrawn_reason, one.joint_title,
    ]  # fmt: skip


def facts_of(one: PlannedProcurement) -> list[Any]:
    """In the order of FACTS. A fact that was said to be unknown is the word; one that nobody has said is empty."""

    def told(name: str) -> Any:
        value = getattr(one, name)
        return str(_("okänt")) if value is None and name in one.unknown_fields else value

    reasons = [criterion.reason for criterion in judge(one, one.rule_set).criteria if criterion.answer != "yes"]
    return [
        one.organisation.name, one.title, one.description, one.reference, label_of(Nature, one.nature), one.cpv,
        yes_or_no(one.framework), told("value_min"), told("value_max"), told("months"), told("option_months"),
        told("fte"), label_of(one.Procedure, one.procedure), told("start"), label_of(one.Proposal, one.proposal),
        " ".join(reasons), one.places, one.places_set, one.places_reason,
    ]  # fmt: skip


def yes_or_no(value: bool | None) -> str:
    return {True: str(_("ja")), False: str(_("nej")), None: ""}[value]
