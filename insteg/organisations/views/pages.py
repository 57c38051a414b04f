"""What the administrator's small pages have in common: a form, or a question with one button."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from insteg.access.views import Request
from insteg.audit.forms import ActionForm, perform
from insteg.audit.gate import Action
from insteg.core.models import BaseModel
from insteg.organisations.forms import ConfirmForm


@dataclass(frozen=True)
class Step:
    """`back` is the name of the page that one came from, and goes back to; `pk` its row."""

    title: str
    button: str
    back: str
    pk: UUID | None = None
    lead: str = ""
    about: str = ""

    @property
    def cancel(self) -> str:
        return reverse(self.back, args=[self.pk] if self.pk else [])


def key(text: str | None) -> UUID | None:
    """The id of a row, where the address or a button brought one; None for what is no id."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def form_page(request: Request, form: ActionForm, step: Step) -> HttpResponse:
    return render(request, "organisations/form.html", {"form": form, "step": step}, status=form.status)


def confirmed(request: Request, action: Action[Any, Any], row: BaseModel, step: Step, done: str) -> HttpResponse:
    """Says what will happen, does it on the button, and goes back with `done` said."""
    form = ConfirmForm.of(request, row)
    if perform(request, form, action, row):
        messages.success(request, done)
        return redirect(step.cancel)
    return form_page(request, form, step)
