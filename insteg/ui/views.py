"""The look's own page. Who may open it is said where it gets its address: ui lies below access."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from insteg.ui.gallery import contents
from insteg.ui.pages import page_or_part


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states: where one looks before building a page."""
    return page_or_part(request, "ui/gallery.html", "rows", contents())
