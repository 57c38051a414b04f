from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from insteg.codes.models import Code, Cpv, Occupation

C = TypeVar("C", bound=Code)

SUGGESTED = 500  # all groups of SSYK 2012 are fewer; a longer list would be slow to load and of no help
ALIKE_SHOWN = 6


def title_of(codes: Iterable[str]) -> dict[str, str]:
    """Titles of CPV codes, by code, in the reader's language. One query; a code that is not in the list is left out."""
    return {row.code: row.title for row in Cpv.objects.filter(code__in={*codes})}


def occupation_of(codes: Iterable[str]) -> dict[str, str]:
    """The same for SSYK codes."""
    return {row.code: row.title for row in Occupation.objects.filter(code__in={*codes})}


def division_choices() -> list[tuple[str, str]]:
    """(first two digits, title) of every division, for a filter."""
    return [(row.code[:2], row.title) for row in Cpv.objects.filter(code__endswith="000000")]


def occupation_suggestions() -> list[Occupation]:
    """What the field for an occupation offers to complete. It finds the others too, by their words."""
    return [*Occupation.objects.order_by("title_sv", "code")[:SUGGESTED]]


def occupations_like(text: str) -> list[Occupation]:
    """Those that a text means: the one with that code or that very title, else those with all its words in theirs."""
    code = text.split()[0] if text.split() else ""
    exact = Occupation.objects.filter(code=code).order_by("code") if code.isdigit() else Occupation.objects.none()
    return [*exact] or named_like(Occupation.objects.all(), text)


def cpvs_like(text: str) -> list[Cpv]:
    """As occupations_like, by words alone."""
    return named_like(Cpv.objects.all(), text)


def named_like(codes: QuerySet[C], text: str) -> list[C]:
    """The one with that very title, else those with all its words in theirs: one more than is shown, at most."""
    alike = codes.order_by("title_sv", "pk")
    for word in text.split():
        alike = alike.filter(title_sv__icontains=word) | alike.filter(title_en__icontains=word)
    found = [*alike[: ALIKE_SHOWN + 1]]
    whole = [one for one in found if text.casefold() in (one.title_sv.casefold(), one.title_en.casefold())]
    return whole or found
