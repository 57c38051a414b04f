from collections.abc import Iterable

from insteg.codes.models import Cpv, Occupation


def title_of(codes: Iterable[str]) -> dict[str, str]:
    """Titles of CPV codes, by code, in the reader's language. One query; a code that is not in the list is left out."""
    return {row.code: row.title for row in Cpv.objects.filter(code__in={*codes})}


def occupation_of(codes: Iterable[str]) -> dict[str, str]:
    """The same for SSYK codes."""
    return {row.code: row.title for row in Occupation.objects.filter(code__in={*codes})}


def division_choices() -> list[tuple[str, str]]:
    """(first two digits, title) of every division, for a filter."""
    return [(row.code[:2], row.title) for row in Cpv.objects.filter(code__endswith="000000")]
