"""What the page of one planned procurement says of the early analysis (R20-R22): places, time, what is comparable and
earlier assessments."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.core.models import label_of
from insteg.inventory.cards.in_time import time_of
from insteg.inventory.cards.occupations import needed
from insteg.inventory.cards.places import places_in_words, places_of
from insteg.inventory.judgement import facts_in_words
from insteg.inventory.models import Assessment, PlannedProcurement, RunningAgreement
from insteg.inventory.plan_reader.durations import months_between
from insteg.inventory.queries.analysis import Analysis, Comparable
from insteg.ui import figures

Proposal = PlannedProcurement.Proposal


class Like(NamedTuple):
    """A row of the table of what is comparable."""

    href: str
    title: str
    about: str
    why: str
    low: int | None
    high: int | None
    length: str
    places: str


def like(found: Comparable, titles: dict[str, str]) -> Like:
    row = found.row
    if isinstance(row, RunningAgreement):
        until = row.ends_on.year
        years = f"{row.starts_on.year}–{until}" if row.starts_on else _("till %(year)s") % {"year": until}
        return Like(
            reverse("inventory:agreement", args=[row.pk]), row.title,
            _("Avtal %(years)s, %(organisation)s") % {"years": years, "organisation": row.organisation},
            why_alike(found, titles), row.value, row.value, figures.months(length_of(row), row.option_months),
            _("okänt"),
        )  # fmt: skip
    start = figures.month(row.start) if row.start else figures.unknown()
    return Like(
        reverse("inventory:detail", args=[row.pk]), row.title,
        _("Planerad, start %(start)s, %(organisation)s") % {"start": start, "organisation": row.organisation},
        why_alike(found, titles), row.value_min, row.value_max, figures.months(row.months, row.option_months),
        places_said_or_reckoned(row),
    )  # fmt: skip


def length_of(agreement: RunningAgreement) -> int | None:
    return months_between(agreement.starts_on, agreement.ends_on) if agreement.starts_on else None


def places_said_or_reckoned(row: PlannedProcurement) -> str:
    if row.places_set is not None:
        return _("%(places)s, bestämt") % {"places": places_in_words(row.places_set)}
    if row.proposal == Proposal.NOT_SUITABLE:
        return _("lämpar sig inte")
    if row.places is None:
        return _("okänt")
    return _("%(places)s, räknat") % {"places": places_in_words(row.places)}


def codes_in_common(found: Analysis) -> list[str]:
    """The CPV codes that the likenesses name, written out, so that their titles can be looked up together."""
    return [each.digits.ljust(8, "0") for each in found.comparables if each.digits]


def why_alike(found: Comparable, titles: dict[str, str]) -> str:
    said = []
    if found.renewed:
        said.append(_("avtalet som den följer på"))
    if found.digits:
        name = titles.get(found.digits.ljust(8, "0"), "")
        said.append(_("samma CPV-grupp: %(cpv)s") % {"cpv": f"{found.digits} {name}".strip()})
    if found.words:
        said.append(_("liknande namn: %(words)s") % {"words": ", ".join(sorted(found.words))})
    return "; ".join(said)


# --- earlier assessments


class Earlier(NamedTuple):
    when: Any
    edition: int
    proposal: str
    missing: str
    places: str


ASKED = {"nature": "nature", "extent": "extent_known", "length": "months", "staffing": "fte"}  # criterion -> its fact


def earlier(assessment: Assessment) -> Earlier:
    lacked = [ASKED[key] for key, answer in assessment.answers.items() if answer == "unknown"]
    return Earlier(
        assessment.created_at, assessment.rule_set.edition, label_of(Proposal, assessment.proposal),
        facts_in_words(lacked),
        _("okänt") if assessment.places is None else places_in_words(assessment.places),
    )  # fmt: skip


def analysis(planned: PlannedProcurement, found: Analysis, titles: dict[str, str]) -> dict[str, Any]:
    """What the page shows of the early analysis. `titles` are of CPV codes. Nothing of places, time or likenesses is
    asked of what is withdrawn or bought through another."""
    shown: dict[str, Any] = {
        "earlier": [earlier(each) for each in found.earlier], "more_earlier": found.more, "places": None, "time": None,
        "likes": [], "needed": None,
    }  # fmt: skip
    if planned.withdrawn_at or planned.merged_into_id:
        return shown
    return shown | {
        "places": places_of(planned, found.who_set), "time": time_of(planned),
        "likes": [like(each, titles) for each in found.comparables],
        "needed": needed(planned, may_change=planned.may_change),
    }  # fmt: skip
