"""The compilation as a file, by the same rule and the same filter as the page (R13)."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from insteg.access.views import Request, listing
from insteg.documents import pdf, responses, tables, word
from insteg.inventory import access
from insteg.inventory.cards.compilation_content import Content, content_of, file_name
from insteg.inventory.cards.compilation_document import report
from insteg.inventory.cards.compilation_sheets import sheets
from insteg.inventory.queries.planned import Planned
from insteg.inventory.views.compilation import reading_of

KINDS: dict[str, tuple[Callable[[Content], bytes], str]] = {
    "xlsx": (lambda content: tables.workbook(sheets(content), content.title), tables.XLSX),
    "docx": (lambda content: word.docx(report(content)), word.DOCX),
    "pdf": (lambda content: pdf.pdf(report(content)), pdf.PDF),
}


@listing(access.SEE)
def compilation_file(request: Request, planned: Planned, kind: str) -> HttpResponse:
    """Made anew for each that asks: values may be secret, and the picture is always current (R14)."""
    if kind not in KINDS:
        raise Http404
    form, reading = reading_of(request, planned)
    make, content_type = KINDS[kind]
    content = content_of(reading, form.in_words(), form.divisions())
    return responses.attachment(make(content), file_name(reading, kind), content_type)
