"""How every form looks: Django's own mechanism (FORM_RENDERER), so that `{{ form }}` is a whole accessible form."""

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import MultiWidget


class Field(BoundField):
    """A field on a page: its input wears the design system's class, and it knows where an error link should lead."""

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
