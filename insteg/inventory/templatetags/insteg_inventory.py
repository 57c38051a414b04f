from django import template

from insteg.inventory.review import label_of
from insteg.process.models import Nature

register = template.Library()


@register.filter
def nature_word(nature: str | None) -> str:
    return str(Nature(nature).label) if nature else ""


@register.filter
def field_word(field: str) -> str:
    """What a column is read as, as people call it."""
    return str(label_of(field))
