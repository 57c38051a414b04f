"""Reads that fill the pages, and what an answer to the inventory keeps."""

import datetime as dt
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.db.models import Min, QuerySet

from insteg.needs.models import PublishedNeed
from insteg.needs.summing import Total, totals
from insteg.organisations.models import Unit

ENDED_SHOWN = 20

Needs = QuerySet[PublishedNeed]


def in_order(needs: Needs) -> Needs:
    """By occupation, with its title at hand; those outside the list last."""
    return needs.select_related("occupation").order_by("occupation__title_sv", "other_occupation", "form", "pk")


def of_unit(unit: Unit) -> list[PublishedNeed]:
    """The unit's current needs. Shown to the unit and to nobody else."""
    return [*in_order(PublishedNeed.objects.current().filter(unit=unit))]


def ended_of(unit: Unit) -> list[PublishedNeed]:
    """The last ones that were ended, newest first."""
    ended = PublishedNeed.objects.filter(unit=unit, ended_at__isnull=False).select_related("occupation")
    return [*ended.order_by("-ended_at", "pk")[:ENDED_SHOWN]]


def snapshot(unit: Unit) -> list[dict[str, Any]]:
    """The unit's current needs as plain JSON, for an answer that must stand as it was."""
    return [
        {
            "occupation": need.work,
            "code": need.occupation_id or "",
            "form": need.form,
            "places": need.places,
            "people": need.people,
            "wanted_from": need.wanted_from.isoformat() if need.wanted_from else None,
        }
        for need in of_unit(unit)
    ]


def same_as(unit: Unit, said: Mapping[str, Any]) -> PublishedNeed | None:
    """The unit's current need of that occupation and form, of which there can be only one. `said` is a NeedForm's."""
    work = {name: said.get(name) for name in ("occupation", "other_occupation", "form")}
    if not work["form"] or not (work["occupation"] or work["other_occupation"]):
        return None
    return PublishedNeed.objects.current().filter(unit=unit, **work).select_related("occupation").first()


def seal_of(needs: Iterable[PublishedNeed]) -> str:
    """The same for the same rows in the same versions: tells whether what is confirmed is what was shown."""
    return sha256(" ".join(sorted(f"{need.pk}:{need.version}" for need in needs)).encode()).hexdigest()


def summed(needs: Needs) -> list[Total]:
    """The totals of the rows that the reader may count; two queries at most, however many there are."""
    return totals(needs.select_related("occupation").order_by("occupation__title_sv", "other_occupation", "pk"))


def oldest_confirmation(needs: Needs) -> dt.datetime | None:
    return needs.aggregate(oldest=Min("confirmed_at"))["oldest"]
