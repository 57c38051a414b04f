"""A report as PDF/UA-1 and PDF/A-2a: with tags for readers of screens, and as it is in thirty years too.

Typst sets it in our own typeface and in no other, so a file is the same on every machine. The words go along as data
and are never read as Typst's language. A sign that the typeface lacks would stop the file: it is shown as a square,
and a line at the end says so.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from insteg.documents.report import Heading, Part, Picture, Points, Report, Section, Table, Words, told
from insteg.documents.tables import writable

PDF = "application/pdf"
FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
TEMPLATE = (FOLDER / "report.typ").read_bytes()
STANDARDS = ["ua-1", "a-2a"]
SQUARE = "□"
KINDS: Mapping[type, str] = {Heading: "heading", Words: "words", Points: "points", Table: "table", Picture: "picture"}
PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Inter")
#image(bytes(sys.inputs.svg), format: "svg", width: 25cm)"""


def pdf(report: Report) -> bytes:
    """Raises NoAlternativeText."""
    said = json.dumps(content(report), ensure_ascii=False)
    made = int(report.made.timestamp())
    return compiled(TEMPLATE, {"report": said}, format="pdf", pdf_standards=STANDARDS, timestamp=made)


def png(picture: Picture, ppi: int = 200) -> bytes:
    """The picture in dots, for a file that cannot hold lines."""
    return compiled(PICTURE, {"svg": drawn(picture.svg)}, format="png", ppi=ppi)


def compiled(source: bytes, inputs: dict[str, str], **how: Any) -> bytes:
    made = typst.compile(source, font_paths=our_fonts(), ignore_system_fonts=True, sys_inputs=inputs, **how)
    return bytes(made[0] if isinstance(made, list) else made)


def our_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def content(report: Report) -> dict[str, Any]:
    said = {
        "title": report.title, "about": report.about, "foot": report.foot, "page": report.page,
        "language": report.language, "sections": [section_content(section) for section in report.sections],
    }  # fmt: skip
    shown: dict[str, Any] = drawn(said)
    if shown != written(said):
        shown["missing"] = _("Tecken som typsnittet saknar visas som %(square)s.") % {"square": SQUARE}
    return shown


def section_content(section: Section) -> dict[str, Any]:
    return {"wide": section.wide, "parts": [part_content(part) for part in section.parts]}


def part_content(part: Part) -> dict[str, Any]:
    if isinstance(part, Picture):
        told(part)
    said = {"kind": KINDS[type(part)], **asdict(part)}
    return said | {"strong": sorted(part.strong)} if isinstance(part, Table) else said


def every_text(said: Any, change: Callable[[str], str]) -> Any:
    """The same lists and names with every text changed."""
    if isinstance(said, str):
        return change(said)
    if isinstance(said, Mapping):
        return {name: every_text(value, change) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [every_text(value, change) for value in said]
    return said


def drawn(said: Any) -> Any:
    """Without signs that no file may hold, and with squares for those that the typeface lacks."""
    return every_text(said, lambda text: "".join(sign if has(sign) else SQUARE for sign in writable(text)))


def written(said: Any) -> Any:
    return every_text(said, writable)


def has(sign: str) -> bool:
    return ord(sign) in signs() or sign in "\n\t\u00ad"


@cache
def signs() -> frozenset[int]:
    """What every cut of the typeface can draw."""
    return frozenset.intersection(*(signs_of(path) for path in FONTS.glob("*.ttf")))


def signs_of(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as cut:
        return frozenset(cut.getBestCmap())
