"""What the picture of the coming years is drawn with: {% load insteg_timeline %}."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from insteg.ui.templatetags.insteg_ui import SHAPES

register = template.Library()


@register.simple_tag
def shape(kind: str, x: float, y: float, radius: float) -> SafeString:
    """{% shape "yes" 12.5 40 6 %}: the mark of a verdict with its middle there, drawn as in the legend."""
    scale = radius / 6.5
    return format_html(
        '<g class="m-{}" transform="translate({} {}) scale({})">{}</g>',
        kind, round(x - 8 * scale, 2), round(y - 8 * scale, 2), round(scale, 3), SafeString(SHAPES[kind]),
    )  # fmt: skip
