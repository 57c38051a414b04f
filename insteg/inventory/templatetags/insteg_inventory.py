from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insteg.inventory.agreement_reader import FIELDS as REGISTER_FIELDS
from insteg.inventory.cards.board import Way, way_to
from insteg.inventory.models import RoundRequest
from insteg.inventory.review.words import UNITS, Cell
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import icon

register = template.Library()


@register.filter
def unit_word(unit: str) -> str:
    return str(UNITS.get(unit, unit))


KINDS = {  # NOTES of the design: shape and word go with the colour
    "new": ("info", "plus", _("Ny")),
    "changed": ("warning", "pencil", _("Ändrad")),
    "same": ("neutral", "equal", _("Lika")),
    "gone": ("neutral", "minus", _("Inte i bladet")),
    "out": ("neutral", "ban", _("Läses inte in")),
    "expired": ("neutral", "minus", _("Utgår")),
}


@register.simple_tag
def row_tag(kind: str, words: str = "") -> SafeString:
    """{% row_tag "changed" %}: what a row of a sheet is against what is known. `words` instead of its own word."""
    return _row_tag(kind, words, figures.language())


@lru_cache(maxsize=200)
def _row_tag(kind: str, words: str, language: str) -> SafeString:
    color, name, word = KINDS[kind]
    return format_html(
        '<span class="ds-tag" data-color="{}" data-size="sm">{}{}</span>', color, icon(name, 16), words or word
    )


@register.filter
def as_cell(cell: Cell) -> str | SafeString:
    """{{ row.value|as_cell }}: a fact, with what it was struck out before it. Said in words to those who cannot see."""
    if not cell.is_new:
        return cell.now
    now = format_html('<ins><span class="ds-sr-only">{} </span>{}</ins>', _("blir"), cell.now)
    if not cell.before:
        return now
    return format_html('<del><span class="ds-sr-only">{} </span>{}</del> {}', _("var"), cell.before, now)


@register.filter
def register_word(field: str) -> str:
    """What a column of a register of agreements is read as, as people call it."""
    return gettext(REGISTER_FIELDS[field])


@register.simple_tag(takes_context=True, name="way_to")
def way_of(context: Any, asked: RoundRequest) -> Way:
    """{% way_to asked as way %}: the pages that a request lies under, for the reader."""
    return way_to(asked, context["request"].actor)
