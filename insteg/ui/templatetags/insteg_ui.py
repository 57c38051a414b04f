"""Filters for figures, days and forms: {% load insteg_ui %}. The words are in insteg.ui.figures."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.utils import flatatt
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from lucide.templatetags.lucide import lucide

from insteg.core import clock
from insteg.ui import figures

register = template.Library()
LETTERS_WAIT: list[Callable[[], bool]] = []


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, size: int = 20) -> SafeString:
    """{% icon "check" 18 %}: a lucide icon. Hidden from screen readers, since a word always stands beside it.

    Kept once drawn: the library reads and copies an XML tree each time, and a page has dozens.
    """
    return SafeString(lucide(name, size=size, aria_hidden="true", focusable="false"))


SHAPES = {
    "yes": '<circle cx="8" cy="8" r="6.5"/><path d="M4.75 8.13l2.34 2.47l4.16-4.81"/>',
    "unknown": '<path d="M8 1.5L14.5 8L8 14.5L1.5 8Z"/>',
    "no": '<rect x="3.3" y="3.3" width="9.4" height="9.4" rx="1"/>',
}


@register.simple_tag
@lru_cache(maxsize=50)
def mark(kind: str, size: int = 16) -> SafeString:
    """{% mark "yes" 14 %}: the shape of a verdict. Disc with tick, diamond, square: told apart without colour."""
    return format_html(
        '<svg class="app-mark" data-kind="{}" viewBox="0 0 16 16" width="{}" height="{}" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        kind, size, size, SafeString(SHAPES[kind]),
    )  # fmt: skip


@register.simple_tag
def letters_wait() -> bool:
    """{% letters_wait as waits %}: whether what is sent now stays here. The room that sends letters knows."""
    return any(wait() for wait in LETTERS_WAIT)


VERDICTS = {
    "yes": ("success", _("Lämplig")),
    "unknown": ("warning", _("Behöver uppgifter")),
    "no": ("neutral", _("Inte lämplig")),  # never red: it is no fault
}


@register.simple_tag
def verdict(value: str) -> SafeString:
    """{% verdict "unknown" %}: whether a procurement suits the model. In long lists use this rather than c-verdict."""
    return _verdict(value, figures.language())


@lru_cache(maxsize=10)
def _verdict(value: str, language: str) -> SafeString:
    color, word = VERDICTS[value]
    return format_html('<span class="ds-tag" data-color="{}" data-size="sm">{}{}</span>', color, mark(value, 14), word)


@register.filter
def money(amount: int | None) -> str:
    """{{ value|money }} -> `48,0 mnkr`, `250 000 kr`, `okänd`."""
    return figures.money(amount)


@register.filter
def money_range(low: int | None, high: int | None) -> str:
    """{{ low|money_range:high }} -> `10,0–50,0 mnkr`."""
    return figures.money_range(low, high)


@register.filter
def months(base: int | None, options: Any = None) -> str:
    """{{ months|months:option_months }} -> `24 + 12 mån`; the option may be a number or a list."""
    return figures.months(base, options)


@register.filter
def figure(value: Any) -> str:
    """{{ count|figure }} -> `1 200`, `4,5`, `okänd`."""
    return figures.unknown() if value is None else figures.grouped(value)


@register.filter
def in_words(count: int) -> str:
    """{{ 3|in_words }} -> `tre`, for a lead; figures above twelve. One is left to ngettext, which knows its gender."""
    words = {
        "sv": ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
        "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    }
    return words[figures.language()][count - 2] if 2 <= count <= 12 else figures.grouped(count)


@register.filter
def with_links(text: str) -> SafeString:
    """{{ text|with_links|linebreaks }}: what somebody has typed, with its addresses as links that look as ours do."""
    linked = urlize(text, nofollow=True, autoescape=True)
    return mark_safe(linked.replace('<a href="', '<a class="ds-link" href="'))  # urlize has escaped it


def when(value: dt.date | None, text: Callable[[dt.date], str]) -> str | SafeString:
    """A day in words for people and in figures for machines."""
    if value is None:
        return figures.unknown()
    date = localtime(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), text(date))


def seen_today(text: Callable[[dt.date, dt.date], str]) -> Callable[[dt.date], str]:
    """The words depend on what day it is."""
    return lambda date: text(date, clock.today())


@register.filter
def day(value: dt.date | None) -> str:
    """{{ date|day }} -> `19 nov`, next year `1 okt 2027`."""
    return when(value, seen_today(figures.day))


@register.filter
def day_with_weekday(value: dt.date | None) -> str:
    """{{ date|day_with_weekday }} -> `fre 20 nov`, where someone has to act."""
    return when(value, seen_today(figures.day_with_weekday))


@register.filter
def day_long(value: dt.date | None) -> str:
    """{{ date|day_long }} -> `torsdag 16 december`, in running text."""
    return when(value, seen_today(figures.day_long))


@register.filter
def day_near(value: dt.date | None) -> str:
    """{{ date|day_near }} -> `i dag`, `i morgon`, else `19 nov`."""
    return when(value, seen_today(figures.day_near))


@register.filter
def due(value: dt.date | None) -> str:
    """{{ date|due }} -> `i dag`, `i går, 18 nov`, else `fre 20 nov`: the day by which something is to be done."""
    return when(value, seen_today(figures.due))


@register.filter
def month(value: dt.date | None) -> str:
    """{{ date|month }} -> `okt 2027`."""
    return _month(value, figures.language()) if type(value) is dt.date else when(value, figures.month)


@lru_cache(maxsize=500)
def _month(value: dt.date, language: str) -> str:
    """In a list ordered by start the same days come again and again."""
    return when(value, figures.month)


@register.filter
def moment(value: dt.datetime | None) -> str | SafeString:
    """{{ at|moment }} -> `i dag kl. 09.31`."""
    if value is None:
        return figures.unknown()
    stamp = localtime(value).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', stamp, figures.moment(value, clock.today()))


@dataclass(frozen=True)
class Fault:
    text: str
    label: str = ""
    target: str = ""


@dataclass(frozen=True)
class Faults:
    id: str
    title: str
    lines: list[Fault]


@register.filter
def faults(form: forms.Form) -> Faults:
    """Everything that stands in the way of a form, in the order of its fields, each with where to mend it."""
    lines = [Fault(str(text)) for text in form.non_field_errors()]
    for field in form.hidden_fields():
        lines += [Fault(str(text)) for text in field.errors]
    for field in form.visible_fields():
        label = str(field.label) if str(field.label).endswith("?") else f"{field.label}:"
        lines += [Fault(str(text), label, field.first_id) for text in field.errors]
    title = ngettext("Rätta ett fel för att gå vidare", "Rätta %(count)s fel för att gå vidare", len(lines))
    title = getattr(form, "title", "") or title % {"count": in_words(len(lines))}
    return Faults(f"{form.prefix or 'form'}-errors", title, lines)


@register.filter
def options_of(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """A select's options, as Django's two templates for each would draw them: a filter has a hundred."""
    drawn = []
    for group, options, _place in groups:
        inside = SafeString("".join(option(str(o["value"]), attributes(o["attrs"]), str(o["label"])) for o in options))
        drawn.append(format_html('<optgroup label="{}">{}</optgroup>', group, inside) if group else inside)
    return SafeString("".join(drawn))


def attributes(of: dict[str, Any]) -> str:
    return flatatt(of) if of else ""


@lru_cache(maxsize=2_000, typed=True)  # typed: a label that is safe markup must not stand in for one that is not
def option(value: str, attributes: str, label: str) -> SafeString:
    return format_html('<option value="{}"{}>{}</option>', value, attributes, label)


@register.filter
def attributes_of(form: forms.Form) -> SafeString:
    """What a form's tag needs so that files come along."""
    return SafeString(' enctype="multipart/form-data"' if form.is_multipart() else "")
