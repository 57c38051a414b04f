from django import template
from django.utils.translation import gettext_lazy as _

from insteg.inventory.review import label_of
from insteg.process.models import Nature

register = template.Library()


@register.filter
def nature_word(nature: str | None) -> str:
    return str(Nature(nature).label) if nature else ""


UNITS = {
    "kr": _("kr"), "tkr": _("tkr"), "mkr": _("mnkr"), "mdr": _("miljarder kr"), "mån": _("månader"), "år": _("år"),
}  # fmt: skip


@register.filter
def unit_word(unit: str) -> str:
    return str(UNITS.get(unit, unit))


@register.filter
def field_word(field: str) -> str:
    """What a column is read as, as people call it."""
    return str(label_of(field))
