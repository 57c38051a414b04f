"""The files of the compilation, read back as those who get them read them."""

import io

import docx
import openpyxl
import pypdf
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

FILE = "/sammanstallning/hamta."


def fetched(client, kind, **chosen):
    response = client.get(FILE + kind, chosen)
    assert response.status_code == 200
    return response.content


def book(client, **chosen):
    return openpyxl.load_workbook(io.BytesIO(fetched(client, "xlsx", **chosen)))


def sheet(client, title, **chosen):
    """The rows below the heading, by the words of the heading."""
    head, *rows = book(client, **chosen)[title].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def document(client, **chosen):
    return docx.Document(io.BytesIO(fetched(client, "docx", **chosen)))


def word_table(document, name):
    [table] = [one for one in document.tables if one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == name]
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    return [dict(zip(head, row, strict=True)) for row in rows]


def text_of_pdf(client, **chosen):
    """All in one: words, spaces and hyphens fall where the lines end."""
    pages = pypdf.PdfReader(io.BytesIO(fetched(client, "pdf", **chosen))).pages
    return "".join("".join(page.extract_text() for page in pages).split()).replace("-", "")


def text_of_word(client, **chosen):
    told = document(client, **chosen)
    cells = [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in told.paragraphs), *cells])


def text_of_excel(client, **chosen):
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(fetched(client, "xlsx", **chosen)))
    rows = [row for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python()]
    return "\n".join(str(cell) for row in rows for cell in row)


TEXTS = {"xlsx": text_of_excel, "docx": text_of_word, "pdf": text_of_pdf}


def said(kind, words):
    """As the file of that kind says it."""
    return "".join(words.split()).replace("-", "") if kind == "pdf" else words
