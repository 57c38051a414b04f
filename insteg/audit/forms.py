"""From a sent form to an action, done once, with everything that can stand in the way said in the form."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.access.views import Request
from insteg.audit.gate import Action, Blocked, Refused, Stale
from insteg.audit.log import told_since
from insteg.audit.models import FormKey
from insteg.core.models import BaseModel

UNSEEN = ("version", "key")


class ActionForm(forms.Form):
    """Plain, never bound to the live row: a ModelForm writes what was typed into the object that the page shows."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    status = 200
    title = ""  # what the summary of faults is called, when it is not a matter of mending them
    answer = ""  # the id of what was made, when something was

    @classmethod
    def of(cls, request: Request, row: BaseModel, *, initial: dict[str, Any] | None = None, **kwargs: Any) -> Self:
        """Bound when the request is a POST; otherwise showing `initial`, with the row's version and a fresh key."""
        data = request.POST if request.method == "POST" else None
        files = request.FILES if request.method == "POST" else None
        start = {"version": row.version, "key": uuid4(), **(initial or {})}
        return cls(data, files, initial=start, **kwargs)

    def action_data(self) -> dict[str, Any]:
        """What the action is called with: the form's words, without its own two fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in UNSEEN}


class ConfirmForm(ActionForm):
    """Nothing to fill in: the button is the answer."""


def once(*, key: UUID, actor: Actor, act: Callable[[], str]) -> str:
    """A double click or a lost answer: the second sending waits for the first and gets its answer."""
    with transaction.atomic():
        row, new = FormKey.objects.get_or_create(key=key, actor_id=actor.id)
        if new:
            row.answer = act()
            row.save(update_fields=["answer"])
        return row.answer


def perform(
    request: Request,
    form: ActionForm,
    action: Action[Any, Any],
    target: BaseModel,
    *,
    leads_to: str = "",
    **more: Any,
) -> bool:
    """True when done. Otherwise the form says why, and `form.status` is the answer's status: 422, or 409 when stale.

    `leads_to` is said where the row is gone, or out of the actor's sight, when it is done: the address that a second
    click then leads to as the first one did.
    `more` is given to the action beside the form's words. Raises PermissionDenied when the right is gone.
    """
    if request.method != "POST":
        return False
    form.status = 422
    if not form.is_valid():
        # The first click may have taken away what was chosen; the second then gets its answer all the same.
        before = answer_before(request)
        form.answer = before or ""
        return before is not None

    def act() -> str:
        seen = form.cleaned_data["version"]
        result = action(actor=request.actor, target=target, seen=seen, **form.action_data(), **more)
        return leads_to or str(getattr(result, "pk", ""))

    try:
        form.answer = once(key=fingerprint(request, form.cleaned_data["key"]), actor=request.actor, act=act)
    except Refused as error:
        raise PermissionDenied from error
    except Stale as error:
        show_what_changed(form, error, request.actor)
    except Blocked as error:
        form.add_error(None, [*error.args])
    except ValidationError as error:
        show_faults(form, error)
    except IntegrityError as error:
        form.add_error(None, sentence_of(error))
    return form.is_valid()


def fingerprint(request: Request, key: UUID) -> UUID:
    """The form's key and what was typed: going back, changing a word and sending again is another act."""
    typed = sorted((k, v) for k, values in request.POST.lists() for v in values if k != "csrfmiddlewaretoken")
    typed += sorted((name, f"{f.name} {digest(f)}") for name, files in request.FILES.lists() for f in files)
    return uuid5(key, request.path + urlencode(typed))


def answer_before(request: Request) -> str | None:
    """What the same actor was answered who sent this very form with these very words; None when it was not done."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    sent = FormKey.objects.filter(key=fingerprint(request, key), actor_id=request.actor.id)
    return sent.values_list("answer", flat=True).first()


def digest(file: UploadedFile) -> str:
    """Of what is in it: a file with one figure corrected may keep its name and size."""
    seen = sha256()
    for chunk in file.chunks():
        seen.update(chunk)
    file.seek(0)
    return seen.hexdigest()


def show_faults(form: ActionForm, error: ValidationError) -> None:
    """A fault in a field that the form does not show is said above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)


def show_what_changed(form: ActionForm, stale: Stale, actor: Actor) -> None:
    form.status = 409
    if changed_by_oneself(form, stale, actor):
        form.title = _("Du har själv ändrat under tiden")
        said = _("Du har ändrat i en annan flik. Det du skrev här står kvar. Jämför, och skicka igen om det ska gälla.")
    else:
        form.title = _("Någon annan hann före")
        said = _(
            "Någon annan har ändrat under tiden. Det du skrev står kvar. Jämför, och skicka igen om det ska gälla."
        )
    form.add_error(None, said)
    for name in stale.changed:
        if name in form.fields:  # only what this form shows anyway
            form.add_error(
                name, _("Ändrat under tiden till: %(value)s") % {"value": shown(stale.row, name, form.fields[name])}
            )
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(stale.row.version)  # type: ignore[index]


def changed_by_oneself(form: ActionForm, stale: Stale, actor: Actor) -> bool:
    """Whether the log knows of nobody else who has touched the row since the version that the form was opened with."""
    since = told_since(stale.row, form.cleaned_data.get("version") or 0)
    return set(since.values_list("entry__actor_id", flat=True)) == {actor.id}


def shown(row: BaseModel, name: str, field: forms.Field) -> str:
    """A row's value as the form's own field writes it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, models.Model):
        return str(value)  # as a list to choose from names it
    return str(field.prepare_value(value)) if value not in (None, "") else _("inget")


def sentence_of(error: IntegrityError) -> str:
    """The last wall: two at once passed the check, and the database's own constraint answered."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if re.search(rf"\b{constraint.name}\b", str(error)) or names_columns(error, model, constraint):
                return str(constraint.get_violation_error_message())
    raise error


def names_columns(error: IntegrityError, model: type[models.Model], constraint: models.BaseConstraint) -> bool:
    """SQLite names the columns of a plain unique constraint and not the constraint."""
    if not isinstance(constraint, models.UniqueConstraint) or not constraint.fields:
        return False
    columns_of = {field.name: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f"{model._meta.db_table}.{columns_of[name]}" for name in constraint.fields)
    return str(error) == f"UNIQUE constraint failed: {columns}"
