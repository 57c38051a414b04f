"""What the units of the example city need. Made up, and in numbers alone."""

from typing import NamedTuple

from insteg.access.actor import Role
from insteg.codes.models import Occupation
from insteg.needs.actions import publish
from insteg.needs.models import PublishedNeed
from insteg.organisations.models import Membership


class Wanted(NamedTuple):
    occupation: str  # a code, or words where no code fits
    form: str
    places: int
    people: int
    note: str = ""


INTERNSHIP, EMPLOYMENT = PublishedNeed.Form.INTERNSHIP, PublishedNeed.Form.EMPLOYMENT
NEEDS = {
    "Arbetsmarknadsenheten": [
        Wanted("9111", INTERNSHIP, 12, 19, "Gärna dagtid."),
        Wanted("9111", EMPLOYMENT, 4, 7),
        Wanted("9412", INTERNSHIP, 8, 14),
        Wanted("6113", INTERNSHIP, 6, 9, "Helst i lag med någon van."),
        Wanted("4322", EMPLOYMENT, 5, 11),
        Wanted("9310", INTERNSHIP, 4, 6),
    ],
    "Stöd i arbete": [
        Wanted("9111", INTERNSHIP, 3, 4, "Deltid till att börja med."),
        Wanted("5223", INTERNSHIP, 2, 3),
        Wanted("4119", EMPLOYMENT, 2, 2),
        Wanted("9622", EMPLOYMENT, 3, 6),
        Wanted("Cykelreparatör", INTERNSHIP, 1, 1),
    ],
}


def fill() -> None:
    """Publishes every need through the same gate as people do, once."""
    if PublishedNeed.objects.exists():
        return
    known = {row.code: row for row in Occupation.objects.all()}
    people = Membership.objects.filter(role=Role.COACH, unit__name__in=NEEDS, user__is_example=True)
    for membership in people.select_related("unit").order_by("unit__name", "pk"):
        for occupation, form, places, waiting, note in NEEDS[membership.unit.name]:
            code = known.get(occupation)
            publish(
                actor=membership.actor(), target=membership.unit, seen=None, form=form, places=places, people=waiting,
                note=note, occupation=code, other_occupation="" if code else occupation,
            )  # fmt: skip
