"""Organisation numbers: ten digits, the last of them a check."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def organisation_number(text: str) -> str:
    """`2120001363`, `212000-1363` or `16212000-1363` becomes `212000-1363`; nothing stays nothing.

    Raises ValidationError with a sentence for what is no organisation number. That of a sole trader is the person's
    own number, which has no business here: its third digit is 0 or 1.
    """
    digits = re.sub(r"[\s–-]", "", text)
    if not digits:
        return ""
    digits = re.sub(r"^16(?=\d{10}$)", "", digits)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValidationError(_("Ett organisationsnummer har tio siffror, till exempel 212000-1363."))
    if digits[2] in "01":
        raise ValidationError(_("Det ser ut som ett personnummer. Lämna fältet tomt för en enskild firma."))
    if check_sum(digits) % 10:
        raise ValidationError(_("Siffrorna stämmer inte med varandra. Kontrollera organisationsnumret."))
    return f"{digits[:6]}-{digits[6:]}"


def check_sum(digits: str) -> int:
    """Luhn's: every other digit doubled, from the first, and the digits of it all added."""
    return sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
