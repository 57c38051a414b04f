from insteg.steering.models.agenda import Agenda, AgendaFile, AgendaItem, Minutes
from insteg.steering.models.decisions import Decision
from insteg.steering.models.feedback import Feedback, FeedbackLetter, FeedbackLine
from insteg.steering.models.goals import Goal, Occasion, Target
from insteg.steering.models.group import Seat

__all__ = [
    "Agenda",
    "AgendaFile",
    "AgendaItem",
    "Decision",
    "Feedback",
    "FeedbackLetter",
    "FeedbackLine",
    "Goal",
    "Minutes",
    "Occasion",
    "Seat",
    "Target",
]
