"""How every form looks: Django's own mechanism (FORM_RENDERER), so that `{{ form }}` is a whole accessible form."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import MultiWidget
from django.utils.translation import gettext_lazy

# What Django says in an authority's tone, said by what there is to do. What a field says in words of its own stands.
PLAIN: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": gettext_lazy("Fyll i det här.")},
    forms.CharField: {"max_length": gettext_lazy("Skriv högst %(limit_value)s tecken. Nu är det %(show_value)s.")},
    forms.BooleanField: {"required": gettext_lazy("Kryssa i rutan om du vill gå vidare.")},
    forms.ChoiceField: {
        "required": gettext_lazy("Välj något här."),
        "invalid_choice": gettext_lazy("Det du valde går inte att välja här. Välj något annat."),
    },
    forms.FileField: {
        "required": gettext_lazy("Välj en fil."),
        "missing": gettext_lazy("Välj en fil."),
        "invalid": gettext_lazy("Filen kom inte fram. Välj den igen."),
        "empty": gettext_lazy("Filen är tom. Välj en annan fil."),
    },
}


def speak_plainly(field: forms.Field) -> None:
    """Gives the field the house's words where it has none but Django's."""
    djangos: dict[str, Any] = {}
    plain: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):  # from the common to the particular
        djangos |= vars(kind).get("default_error_messages", {})
        plain |= PLAIN.get(kind, {})
    for code, said in plain.items():
        if field.error_messages.get(code) is djangos.get(code):
            field.error_messages[code] = said


class Field(BoundField):
    """A field on a page: its input wears the design system's class, and it knows where an error link should lead."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        speak_plainly(field)

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        return attrs | {"class": f"{own} ds-input".strip()}

    @property
    def first_id(self) -> str:
        """The id of the first input: a group of radio buttons or a pair of inputs has none of its own."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def marked(self) -> str:
        """`optional`, `required` or nothing: the fewer of the two are marked, so that the mark says something."""
        asked = [field.required for field in self.form.fields.values() if not field.widget.is_hidden]
        mostly_optional = asked.count(False) > asked.count(True)
        if self.field.required == mostly_optional:
            return "required" if mostly_optional else "optional"
        return ""

    @property
    def has_parts(self) -> bool:
        """Two inputs that together are one answer."""
        return isinstance(self.field.widget, MultiWidget)

    @property
    def is_checkbox(self) -> bool:
        """One checkbox alone: its words come after it, not above."""
        return self.widget_type == "checkbox"


class Renderer(TemplatesSetting):
    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field
