"""Codes that are typed. The browser completes an occupation, and the server finds it by its words or code anyway."""

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.codes.beginnings import beginning_of
from insteg.codes.models import Code, Cpv, Occupation
from insteg.codes.nature import nature_of_cpv
from insteg.codes.queries import ALIKE_SHOWN, cpvs_like, occupations_like

C = TypeVar("C", bound=Code)
DIGITS = re.compile(r"\s*([0-9]{2,8})(?:-[0-9])?\s*")  # of a code, whole or its beginning, with its check digit or not
SUGGESTIONS = "occupations"  # the id of the list in codes/_suggestions.html


class OccupationTextField(forms.CharField):
    """The text as it was typed, for a form that may take it for something else than an occupation of the list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Yrke"))
        kwargs.setdefault("help_text", gettext_lazy("Skriv några bokstäver, eller SSYK-koden."))
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": SUGGESTIONS, "autocomplete": "off"}))
        super().__init__(**kwargs)


class OccupationField(OccupationTextField):
    """The one occupation that the text means; None for an empty one that need not be filled in."""

    def clean(self, value: Any) -> Occupation | None:
        typed = super().clean(value)
        return occupation_meant(typed) if typed else None


def occupation_meant(typed: str) -> Occupation:
    """Raises ValidationError when no occupation is meant (code "unknown"), or which of several is not clear."""
    unknown = _("Inget yrke i listan heter så. Skriv ett annat ord.")
    return the_one(occupations_like(typed), unknown, _("Flera yrken passar. Skriv koden för ett av dem: %(names)s."))


def the_one(found: Sequence[C], unknown: str, several: str) -> C:
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(unknown, code="unknown")
    names = ", ".join(f"{one.pk} {one.title}" for one in found[:ALIKE_SHOWN])
    more = " …" if len(found) > ALIKE_SHOWN else ""
    raise ValidationError(several % {"names": names + more}, code="several")


class CpvBeginningField(forms.CharField):
    """The first digits of the CPV code that is meant: a whole code, its beginning, or the only one with such words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("CPV-kod"))
        kwargs.setdefault("max_length", 100)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        digits = DIGITS.fullmatch(typed)
        code = digits[1] if digits else cpv_meant(typed).code
        if nature_of_cpv(code) is None:
            said = _("Det finns ingen CPV-kod som börjar med %(division)s. Kontrollera koden.")
            raise ValidationError(said % {"division": code[:2]}, code="invalid")
        return beginning_of(code)


def cpv_meant(typed: str) -> Cpv:
    """As `occupation_meant`, of CPV codes by their words."""
    unknown = _("Ingen CPV-kod i listan heter så. Skriv de första siffrorna, minst två, eller ett annat ord.")
    return the_one(cpvs_like(typed), unknown, _("Flera CPV-koder passar. Skriv siffrorna för en av dem: %(names)s."))
