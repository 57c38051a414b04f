"""What was typed in a form that could not be saved: to be shown, and to be sent again as it was."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from insteg.audit.forms import UNSEEN, ActionForm

TOKEN = "csrfmiddlewaretoken"
NOT_SHOWN = {*UNSEEN, TOKEN}
SECRET = re.compile(r"passw|^again$|^code$|secret|token|credential", re.IGNORECASE)
UNKNOWN = "_unknown"  # the box beside a field that says "vet inte"
MOST_SHOWN = 60
UNREADABLE = (OSError, BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


@dataclass(frozen=True)
class Typed:
    """`fields` are sent again as they were; empty when that would not be safe. `shown`: what a person would call each
    thing, and what they wrote. `files` are the names of files, which no page can send back."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)
    more: int = 0
    files: list[str] = field(default_factory=list)
    secrets: bool = False


def typed_in(request: HttpRequest) -> Typed:
    """Of a form that went through the gate, known by its key: sent twice it is done once. Of others nothing is kept."""
    try:
        sent, files = [*request.POST.lists()], [*request.FILES.values()]
    except UNREADABLE:
        return Typed()
    if not safe_to_send_again(request):
        return Typed()
    pairs = [(name, value) for name, values in sent for value in values]
    fields = [(name, value) for name, value in pairs if name == TOKEN or not SECRET.search(name)]
    shown = [*in_words([(name, values) for name, values in sent if not SECRET.search(name)])]
    return Typed(
        fields=fields,
        shown=shown[:MOST_SHOWN],
        more=len(shown[MOST_SHOWN:]),
        files=[file.name or "" for file in files],
        secrets=len(fields) < len(pairs),
    )


def safe_to_send_again(request: HttpRequest) -> bool:
    return {"version", TOKEN} <= request.POST.keys() and is_id(request.POST.get("key", ""))


def in_words(sent: list[tuple[str, list[str]]]) -> Iterable[tuple[str, str]]:
    """The label of each field that was filled in, where the form is known, and what was written or chosen."""
    known = form_with([name for name, _values in sent])
    for name, values in sent:
        found = field_of(known, name)
        if name in NOT_SHOWN or (found and found.widget.is_hidden):
            continue
        words = ", ".join(filter(None, (as_chosen(found, name, value.strip()) for value in values if value.strip())))
        if words:
            yield str((found and found.label) or _("Uppgift")), words


def form_with(names: list[str]) -> dict[str, forms.Field]:
    """The fields of the form that these names are most likely of: it has most of them, and fewest others."""
    of_each = [form.base_fields for form in every_form(ActionForm)]
    return max(of_each, key=lambda fields: (sum(field_of(fields, name) is not None for name in names), -len(fields)))


def every_form(form: type[ActionForm]) -> Iterable[type[ActionForm]]:
    yield form
    for each in form.__subclasses__():
        yield from every_form(each)


def field_of(fields: dict[str, forms.Field], name: str) -> forms.Field | None:
    return fields.get(name) or fields.get(name.removesuffix(UNKNOWN))


def as_chosen(found: forms.Field | None, name: str, value: str) -> str:
    """What was written, or what was chosen as the page named it. An id is left out: the database alone can name it."""
    choices = getattr(found, "choices", None)
    if isinstance(choices, list):  # otherwise they are to be asked of the database
        value = {str(key): str(label) for key, label in flatten_choices(choices)}.get(value, value)
    elif isinstance(found, forms.ModelChoiceField) or is_id(value):
        return ""
    if value == "on":
        return _("vet inte") if name.endswith(UNKNOWN) else _("ja")
    return str(value)


def is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False
