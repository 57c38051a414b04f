"""A report as plain words, tables and pictures: what `word.py` and `pdf.py` make files of.

All text is text: nothing in it is ever read as markup, formula or template.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph. A `lead` one is what a hurried reader reads; a `quiet` one explains, and `on` what comes next."""

    text: str
    lead: bool = False
    quiet: bool = False
    on: bool = False


@dataclass(frozen=True)
class Points:
    texts: Sequence[str]


@dataclass(frozen=True)
class Head:
    """A column: its heading, its share of the width, and whether it holds figures (set to the right)."""

    text: str
    share: int = 1
    figures: bool = False


@dataclass(frozen=True)
class Table:
    """Each row has as many texts as there are heads. `name` says for readers of screens what the table is.

    `strong` are the numbers of the rows, from 0, that sum up those that follow.
    """

    name: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[str]]
    strong: Collection[int] = ()


@dataclass(frozen=True)
class Picture:
    """An SVG that needs nothing outside itself. `alt` says what it shows: without it no file is made."""

    svg: str
    alt: str


Part = Heading | Words | Points | Table | Picture


@dataclass(frozen=True)
class Section:
    """Pages of one kind: standing, or lying where a table is `wide`. Each begins a new page."""

    parts: Sequence[Part]
    wide: bool = False


@dataclass(frozen=True)
class Report:
    """`foot` stands at the bottom of every page before its number, which `page` words: "Sida {page} av {pages}"."""

    title: str
    about: str  # what it is of, whose and when, in one line under the title
    sections: Sequence[Section]
    foot: str
    page: str
    made: dt.datetime
    language: str  # "sv" or "en"


class NoAlternativeText(ValueError):
    """A picture without words for whoever does not see it."""


def told(picture: Picture) -> str:
    """The picture's words. Raises NoAlternativeText."""
    if not picture.alt.strip():
        raise NoAlternativeText("a picture has no alternative text")
    return picture.alt
