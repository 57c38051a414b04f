"""A report as a Word file that people go on writing in: real headings, tables with heading rows, pictures with words.

It is built from Word's own parts, not from a template that somebody has uploaded: there is nothing to run in it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section as Pages
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import _Cell

from insteg.documents.pdf import png
from insteg.documents.report import Heading, Part, Picture, Points, Report, Table, Words, told
from insteg.documents.tables import writable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"  # every office has it, or one of the same widths
INK = RGBColor(0x1E, 0x2B, 0x37)
SHORT, LONG, MARGIN, FOOT = Cm(21), Cm(29.7), Cm(2), Cm(1.1)
ROOM_FOR_A_HEADING = Cm(3.5)
UNDER_A_TABLE = Pt(6)  # a table has no space of its own below it
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
SIZES = {"Title": 22, "Heading 1": 13, "Normal": 9.5, "Lead": 12, "Quiet": 8.5, "Cells": 8.5, "Cell heads": 8.5}
BORDERS = f"""<w:tblBorders {nsdecls("w")}>
<w:top w:val="single" w:sz="8" w:color="1E2B37"/><w:bottom w:val="single" w:sz="4" w:color="8B949C"/>
<w:insideH w:val="single" w:sz="4" w:color="8B949C"/></w:tblBorders>"""
FIELD = f'<w:fldSimple {nsdecls("w")} w:instr="{{}}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
SHADE = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF1F3"/>'


def docx(report: Report) -> bytes:
    """Raises NoAlternativeText."""
    document = Document()
    about_the_file(document, report)
    styles(document, LANGUAGES[report.language])
    behave(document, LANGUAGES[report.language])
    for number, section in enumerate(report.sections):
        pages = document.add_section() if number else document.sections[0]
        turn(pages, wide=section.wide)
        foot(pages, report)
        if not number:
            document.add_paragraph(writable(report.title), "Title")
            document.add_paragraph(writable(report.about), "Quiet")
        for before, part in zip([None, *section.parts], section.parts, strict=False):
            add(document, part, pages)
            if isinstance(before, Table) and isinstance(part, Words):
                document.paragraphs[-1].paragraph_format.space_before = UNDER_A_TABLE
    document.add_paragraph(style="Cells")  # Word lets no file end with a table
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def about_the_file(document: Any, report: Report) -> None:
    told_of = document.core_properties
    told_of.title = writable(report.title)[:255]  # as much as a property holds
    told_of.author = told_of.last_modified_by = "Insteg"
    told_of.language = LANGUAGES[report.language]
    told_of.comments = ""
    told_of.created = told_of.modified = report.made.astimezone(dt.UTC).replace(tzinfo=None)


def styles(document: Any, language: str) -> None:
    """One typeface and one ink in every style, and the language that a reader of screens shall speak."""
    for name in ("Lead", "Quiet", "Cells", "Cell heads"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    for name, size in SIZES.items():
        style = document.styles[name]
        font = style.font
        style.element.get_or_add_rPr().remove_all("w:rFonts")  # the theme's would win over ours
        font.name, font.size, font.color.rgb = FONT, Pt(size), INK
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:cs"), FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1", "Cell heads"):
        document.styles[name].font.bold = True
    for name, before, after in (("Heading 1", 14, 6), ("Cells", 2, 2), ("Cell heads", 2, 2), ("Title", 0, 4)):
        space = document.styles[name].paragraph_format
        space.space_before, space.space_after = Pt(before), Pt(after)
    line = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if line is not None:
        line.getparent().remove(line)
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def behave(document: Any, language: str) -> None:
    """As the Word of today: tables begin at the margin, long words are broken where the language breaks them."""
    settings = document.settings.element
    settings.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    package = document.part.package
    for key in [key for key, beside in package.rels.items() if beside.reltype == RELATIONSHIP.THUMBNAIL]:
        del package.rels[key]  # a picture of another file


def turn(pages: Pages, *, wide: bool) -> None:
    pages.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    pages.page_width, pages.page_height = (LONG, SHORT) if wide else (SHORT, LONG)
    pages.left_margin = pages.right_margin = pages.top_margin = pages.bottom_margin = MARGIN
    pages.footer_distance = FOOT


def room(pages: Pages) -> Length:
    return Length(pages.page_width - 2 * MARGIN)


def foot(pages: Pages, report: Report) -> None:
    """Who made it to the left, the page and how many there are to the right. Word counts."""
    pages.footer.is_linked_to_previous = False
    line = pages.footer.paragraphs[0]
    line.style = "Quiet"
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(room(pages), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(writable(report.foot) + "\t")
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    for piece in pieces(writable(report.page), fields):
        if piece in fields:
            line._p.append(parse_xml(FIELD.format(fields[piece])))
        else:
            line.add_run(piece)


def pieces(text: str, marks: Any) -> Iterator[str]:
    """The text cut at the marks, which stand as pieces of their own."""
    for mark in marks:
        before, found, after = text.partition(mark)
        if found:
            yield from (before, found)
            text = after
    yield text


def add(document: Any, part: Part, pages: Pages) -> None:
    if isinstance(part, Heading):
        document.add_heading(writable(part.text), 1)
    elif isinstance(part, Words):
        style = "Lead" if part.lead else "Quiet" if part.quiet else "Normal"
        document.add_paragraph(writable(part.text), style).paragraph_format.keep_with_next = part.on
    elif isinstance(part, Points):
        for text in part.texts:
            document.add_paragraph(writable(text), "List Bullet")
    elif isinstance(part, Picture):
        add_picture(document, part, pages)
    else:
        add_table(document, part, pages)


def add_picture(document: Any, picture: Picture, pages: Pages) -> None:
    """As wide as the page, unless it would be higher than one."""
    alt = writable(told(picture))
    drawn = document.add_picture(BytesIO(png(picture)), width=room(pages))
    highest = pages.page_height - 2 * MARGIN - ROOM_FOR_A_HEADING
    if drawn.height > highest:
        drawn.width, drawn.height = Length(int(drawn.width * highest / drawn.height)), Length(highest)
    drawn._inline.docPr.set("descr", alt)
    for side in ("distT", "distB", "distL", "distR"):
        drawn._inline.set(side, "0")


def add_table(document: Any, part: Table, pages: Pages) -> None:
    table = document.add_table(rows=1, cols=len(part.heads))
    table.autofit = False
    properties = table._tbl.tblPr
    properties.find(qn("w:tblLayout")).addprevious(parse_xml(BORDERS))  # Word asks for its own order
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), writable(part.name))
    properties.append(caption)
    all_shares = sum(head.share for head in part.heads)
    widths = [Length(int(room(pages) * head.share / all_shares)) for head in part.heads]
    first = table._tbl.tr_lst[0]
    for column, cell, width in zip(table.columns, first.tc_lst, widths, strict=True):
        column.width = cell.width = width
    # A style is looked up once for each kind of row: looking it up for each cell would take seconds.
    plain, strong = styled(table, first, part, "Cells"), styled(table, first, part, "Cell heads")
    heads = deepcopy(strong)
    heads.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in heads.tc_lst:
        cell.get_or_add_tcPr().append(parse_xml(SHADE))
    table._tbl.remove(first)
    table._tbl.append(filled(heads, [head.text for head in part.heads]))
    for number, texts in enumerate(part.rows):
        table._tbl.append(filled(deepcopy(strong if number in part.strong else plain), texts))


def styled(table: Any, row: Any, part: Table, style: str) -> Any:
    """A copy of the empty row, its figures to the right, which is never broken between two pages."""
    copy = deepcopy(row)
    copy.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, head in zip(copy.tc_lst, part.heads, strict=True):
        paragraph = _Cell(cell, table).paragraphs[0]
        paragraph.style = style
        if head.figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return copy


def filled(row: Any, texts: Sequence[str]) -> Any:
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = writable(text)
    return row
