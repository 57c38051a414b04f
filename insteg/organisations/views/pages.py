"""What the administrator's small pages have in common: a form, or a question with one button."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request
from insteg.audit.forms import ActionForm, ConfirmForm, perform
from insteg.audit.gate import Action
from insteg.audit.pages import Trail, form_page
from insteg.core.models import BaseModel


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
    def trail(self) -> Trail:
        above = reverse(self.back, args=[self.pk] if self.pk else [])
        return Trail([(above, self.about or _("Organisationer"))], self.about)


def key(text: str | None) -> UUID | None:
    """The id of a row, where the address or a button brought one; None for what is no id."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def step_page(request: Request, form: ActionForm, step: Step) -> HttpResponse:
    template = "organisations/form.html"
    return form_page(request, form, step.title, step.button, step.trail, lead=step.lead, template=template)


def confirmed(request: Request, action: Action[Any, Any], row: BaseModel, step: Step, done: str) -> HttpResponse:
    """Says what will happen, does it on the button, and goes back with `done` said."""
    form = ConfirmForm.of(request, row)
    if perform(request, form, action, row, leads_to=step.trail.cancel):
        messages.success(request, done)
        return redirect(step.trail.cancel)
    return step_page(request, form, step)
