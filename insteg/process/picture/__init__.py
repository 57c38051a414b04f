"""The picture of the working model: lanes by party, columns by phase, a box for each step, arrows between (R81).

Pure: from a sketch of names to places in px. Its words are in cards.picture, its rows in queries.picture.
"""

from insteg.process.picture.drawing import Arrow, Band, Column, Picture, Place, draw
from insteg.process.picture.sketch import Box, Edge, Sketch

__all__ = ["Arrow", "Band", "Box", "Column", "Edge", "Picture", "Place", "Sketch", "draw"]
