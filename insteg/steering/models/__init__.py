from insteg.steering.models.goals import Goal, Occasion, Target
from insteg.steering.models.group import Seat

__all__ = ["Goal", "Occasion", "Seat", "Target"]
