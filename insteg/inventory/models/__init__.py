"""Tables of the room, by subject."""

from insteg.inventory.models.agreements import AgreementUpload, RunningAgreement
from insteg.inventory.models.answers import AnsweredRow, RoundAnswer
from insteg.inventory.models.assessments import Assessment, ExpectedOccupation, FactQuestion
from insteg.inventory.models.planned import FACTS, FAR_AWAY, PlannedProcurement, PlannedProcurementQuerySet
from insteg.inventory.models.plans import ColumnChoice, PlanUpload
from insteg.inventory.models.rounds import InventoryRound, Reminder, RoundRequest

__all__ = [
    "FACTS", "FAR_AWAY", "AgreementUpload", "AnsweredRow", "Assessment", "ColumnChoice", "ExpectedOccupation",
    "FactQuestion", "InventoryRound", "PlanUpload",
    "PlannedProcurement", "PlannedProcurementQuerySet", "Reminder", "RoundAnswer", "RoundRequest",
    "RunningAgreement",
]  # fmt: skip
