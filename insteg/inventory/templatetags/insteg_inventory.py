from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insteg.inventory import access
from insteg.inventory.agreement_reader import FIELDS as REGISTER_FIELDS
from insteg.inventory.cards.board import name_of
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


class Way(NamedTuple):
    """The page of a request, and the one above it."""

    up: str
    up_name: str
    href: str
    name: str


@register.simple_tag(takes_context=True)
def way_to(context: Any, asked: RoundRequest) -> Way:
    """{% way_to asked as way %}: whoever leads the round comes from its board, whoever is asked from their answers."""
    href = reverse("inventory:request", args=[asked.pk])
    if context["request"].actor.role in access.RUN_ROUND.table:
        return Way(reverse("inventory:round", args=[asked.round_id]), name_of(asked.round), href, str(asked))
    name = gettext("Inventering %(round)s") % {"round": asked.round}
    return Way(reverse("inventory:our_answers"), gettext("Svar på inventeringar"), href, name)
