"""What somebody has said that some of the example city's procurements need; for the others the table proposes."""

from insteg.access.actor import Role
from insteg.codes.models import Occupation
from insteg.inventory.actions import confirm_occupations
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Membership

SAID = {
    "Lokalvård i skolor och förskolor": ["9111"],
    "Markskötsel och snöröjning, Norr och Öster": ["6113", "8342"],
    "Kafeteria, Exempelgymnasiet": ["9413", "9412"],
    "Reception och växel": ["4225", "4222"],
    "It-konsulter, ramavtal": [],  # nobody in the target groups could begin there
}


def fill() -> None:
    """Through the same gate as people do, once."""
    officer = Membership.objects.filter(role=Role.PROCUREMENT_UNIT, user__is_example=True).first()
    rows = PlannedProcurement.objects.current().filter(title__in=SAID)
    if officer is None or rows.exclude(occupations_confirmed_at=None).exists():
        return
    occupations = Occupation.objects.in_bulk({code for codes in SAID.values() for code in codes})
    for row in rows.order_by("pk"):
        said = [occupations[code] for code in SAID[row.title]]
        confirm_occupations(actor=officer.actor(), target=row, seen=None, occupations=said)
