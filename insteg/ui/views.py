"""Pages of the look itself. Who may open them is said where they get their addresses: ui lies below access."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from insteg.ui.gallery import contents
from insteg.ui.pages import page_or_part

ASSESSED_ON = dt.date(2026, 11, 22)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states: where one looks before building a page."""
    return page_or_part(request, "ui/gallery.html", "rows", contents())


def accessibility(request: HttpRequest, form: forms.Form | None = None, *, status: int = 200) -> HttpResponse:
    """The statement of 13 § lagen (2018:1937). Whoever can receive a report gives the form to send it with."""
    return render(request, "ui/accessibility.html", {"form": form, "assessed_on": ASSESSED_ON}, status=status)
