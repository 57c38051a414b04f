"""What the example city has in this room, and when in the filling each part of it comes."""

from insteg.steering.demo import goals, group, papers

IN_ORDER = [(85, goals.fill), (86, group.fill), (87, papers.fill)]
