"""The first digits of a CPV code: those before the noughts at its end name its group, and all in it begins so."""

SHORTEST, LONGEST = 2, 8  # a division, and one single code


def beginning_of(code: str) -> str:
    """The digits that a code's group shares: "90910000" gives "9091", and "30000000" the division "30".

    `code` is two to eight digits; one that is a beginning already is given back as it is, without noughts at its end.
    """
    return code.rstrip("0").ljust(SHORTEST, "0")


def whole_code(beginning: str) -> str:
    """The eight digits of the group that a beginning means: "9091" gives "90910000"."""
    return beginning.ljust(LONGEST, "0")


def beginnings(code: str) -> list[str]:
    """Every beginning that fits a code, the longest first."""
    return [code[:length] for length in range(len(code), SHORTEST - 1, -1)]
