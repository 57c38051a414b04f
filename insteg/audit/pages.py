"""The page that nearly every action is done on: the way here, what it is about, and one form."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from insteg.access.views import Request
from insteg.audit.forms import ActionForm


class Trail(NamedTuple):
    """Where a form stands: the pages above it, the outermost first, each with its address and name; what it is about.

    `back` is the way out, when it is another than the nearest page above.
    """

    above: Sequence[tuple[str, str]]
    about: str = ""
    back: str = ""

    @property
    def cancel(self) -> str:
        return self.back or self.above[-1][0]


def form_page(
    request: Request,
    form: ActionForm,
    title: str,
    submit: str,
    trail: Trail,
    *,
    lead: str = "",
    cancel_text: str = "",
    template: str = "ui/form.html",
    **more: Any,
) -> HttpResponse:
    """`form` as it was sent or fresh, with the status that `perform` gave it. `submit` is what its button says.

    `template` extends ui/form.html for a form that is laid out in its own way, and is given `more`.
    """
    context = {
        "title": title, "form": form, "submit": submit, "above": trail.above, "about": trail.about, "lead": lead,
        "cancel": trail.cancel, "cancel_text": cancel_text, **more,
    }  # fmt: skip
    return render(request, template, context, status=form.status)
