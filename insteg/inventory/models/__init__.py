"""Tables of the room, by subject."""

from insteg.inventory.models.agreements import RunningAgreement
from insteg.inventory.models.answers import AnsweredRow, RoundAnswer
from insteg.inventory.models.planned import FAR_AWAY, PlannedProcurement, PlannedProcurementQuerySet
from insteg.inventory.models.plans import ColumnChoice, PlanUpload
from insteg.inventory.models.rounds import InventoryRound, Reminder, RoundRequest

__all__ = [
    "FAR_AWAY", "AnsweredRow", "ColumnChoice", "InventoryRound", "PlanUpload", "PlannedProcurement",
    "PlannedProcurementQuerySet", "Reminder", "RoundAnswer", "RoundRequest", "RunningAgreement",
]  # fmt: skip
