"""What a procurement is of: works, services or supplies, by the division (first two digits) of its CPV code."""

from typing import Final, Literal

Nature = Literal["works", "services", "supplies"]

_SUPPLIES: Final = (
    "03", "09", "14", "15", "16", "18", "19", "22", "24", "30", "31", "32", "33", "34", "35", "37", "38", "39", "41",
    "42", "43", "44", "48",
)  # fmt: skip
_SERVICES: Final = (
    "50", "51", "55", "60", "63", "64", "65", "66", "70", "71", "72", "73", "75", "76", "77", "79", "80", "85", "90",
    "92", "98",
)  # fmt: skip

NATURE_OF_DIVISION: Final[dict[str, Nature]] = {
    **dict.fromkeys(_SUPPLIES, "supplies"),
    "45": "works",
    **dict.fromkeys(_SERVICES, "services"),
}


def nature_of_cpv(code: str) -> Nature | None:
    """The nature that a CPV code (eight digits) belongs to, or None when its division does not exist."""
    return NATURE_OF_DIVISION.get(code[:2])
