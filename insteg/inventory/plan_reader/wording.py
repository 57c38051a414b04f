"""Text as offices type it, made comparable: small letters without accents, plain spaces, plain dashes."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_SPACES: Final = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_SILENT: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
_SIGNS: Final = {
    ord("½"): " 1/2",
    ord("¼"): " 1/4",
    ord("¾"): " 3/4",
    ord("≤"): "<",
    ord("≥"): ">",
    ord("≈"): "~",
    ord("×"): "x",
}
_SIGNS_ALL: Final = _DASHES | _SPACES | _SILENT | _SIGNS

LONGEST_READ: Final = 1_000  # signs
_UNKNOWN: Final = re.compile(
    r"\?+|x{2,}|(helt |annu |an )?(okan[dt]a?|oklar[ta]*|osaker[ta]*|obestam[dt])|vet (ej|inte)( an(nu)?)?"
    r"|(ej|inte|ej an|inte an|annu ej|annu inte) (kan[dt]|klar[ta]*|bestam[dt]|beslutat?|faststal[ld]t?"
    r"|beraknat?|uppskattat?|bedom[dt]|utrett?|angiv[ie][tn]|"
    r"angett|definierat?|satt|specificerat?|mojligt? att (bedoma|uppskatta|ange))( an(nu)?)?"
    r"|(uppgift(en|er)? )?saknas|ingen uppgift|saknar uppgift|okand omfattning|uppgift saknas|tbd|tba"
    r"|t\.b\.d\.?|unknown"
    r"|(ut)?reds|(ska |skall |far |maste )?utred(as|s)|under utredning|(aterkommer|framgar|kommer|anges"
    r"|meddelas) senare|(ska |far )?(tas fram|bedomas|beraknas|uppskattas)|sekretess"
)
_SILENCE: Final = re.compile(
    r"[-./_~*]*|n/?a|n\.a\.?|(ej|inte|icke) (aktuell?t?|relevant|tillampligt?|tillampbart)|e\.?t\.?|#?saknar varde"
)
_CELL_ERROR: Final = re.compile(
    r"#(ref|n/a|value|varde|name|namn|div/0|division/0|num|ogiltigt|null|referens|saknas|spill|calc)[!?]?",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Small letters, å ä ö é as a a o e, every kind of space and dash plain, no space at the ends or doubled.

    Longer than any amount, day or heading it is cut, and says so, lest its beginning be taken for the whole: patterns
    that look for those take their time with the square of the length.
    """
    if len(text) > LONGEST_READ:
        text = f"{text[:LONGEST_READ]} | avkortat"
    plain = text.translate(_SIGNS_ALL).lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(plain.split())


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """A heading or label as its words alone, in small letters and without signs: "Värde (mkr)*" is "varde mkr"."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def says_unknown(folded: str) -> bool:
    """Somebody has written that it is not known: differs from an empty cell and from zero."""
    plain = re.sub(r" ?\([^)]*\)$", "", folded) if folded.endswith(")") else folded
    plain = plain.rstrip(".! ")
    return _UNKNOWN.fullmatch(plain) is not None or folded == "(?)"


def says_nothing(folded: str) -> bool:
    return _SILENCE.fullmatch(folded) is not None


def is_cell_error(text: str) -> bool:
    """A formula that has failed, as the spreadsheet shows it."""
    return _CELL_ERROR.fullmatch(text.strip()) is not None


def shown(cell: object) -> str:
    """A cell as a person would have seen it, for examples and sentences."""
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",") if abs(cell) < 1e15 else str(cell)
    return " ".join(str(cell).split())


def shortened(text: str, longest: int = 80) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
