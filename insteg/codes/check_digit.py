from typing import Final

_WEIGHTS: Final = (3, 7, 1, 3, 7, 1, 3, 7)


def cpv_check_digit(code: str) -> str:
    """The digit after the dash in "45000000-7". `code` is eight digits.

    The regulation prints the digits without saying how they are reckoned; every printed code that was tried agrees.
    """
    return str(sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=True)) % 10)
