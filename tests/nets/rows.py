"""The rows that the nets ask about, by label. A rule or action on a table that is not here fails the nets."""

from insteg.home.models import Feedback, Statement
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.mail.models import Message
from insteg.organisations.models import Invitation, Membership, Organisation, Unit, User
from insteg.process.models import RuleSet


def rows_of(house):
    """{model: {label: row}} for a furnished town."""
    return {
        PlannedProcurement: house.planned,
        PlanUpload: house.plans,
        RuleSet: {"one": house.rule_set, "draft": house.draft},
        Organisation: house.org,
        Unit: house.units,
        User: house.people,
        Membership: house.memberships,
        Invitation: house.invitations,
        Message: house.letters,
        Statement: {"it": house.statement},
        Feedback: house.feedback,
    }
