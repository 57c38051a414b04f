"""How wide a text is, about, and where its lines are broken."""

import re

# Of the size, for Inter as it is drawn on a screen. What is not Latin may be as wide as it is high.
SIGNS = {
    **dict.fromkeys("iljI'|!", 0.26),
    **dict.fromkeys("tfr.,:; \u00a0()[]/", 0.36),
    **dict.fromkeys("acksvxyzåä-", 0.54),
    **dict.fromkeys("mwMW%@–—", 0.9),
}
LETTER, CAPITAL, OTHER = 0.61, 0.7, 1.0
VOWELS = "aeiouyåäöéü"
LEAST = 3  # letters on either side of a hyphen
# Where a compound word is best broken: after the s that joins its parts.
JOINTS = re.compile(r"(?<=ings|ions)(?=\w{3})|(?<=als|ens)(?=[bfgklmprsv]\w{3})")
# Else before the last consonant ahead of a vowel, which holds in Swedish and does in English.
SYLLABLES = re.compile(rf"(?<=\w)(?=[^\W\d_{VOWELS}][{VOWELS}])", re.IGNORECASE)


def width_of(text: str, size: float) -> float:
    """px, rather more than less."""
    return size * sum(
        SIGNS.get(sign, OTHER if ord(sign) > 0x24F else CAPITAL if sign.isupper() else LETTER) for sign in text
    )


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines that are at most so wide. A word that is wider is broken with a hyphen."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        tried = f"{line} {word}".strip()
        if width_of(tried, size) <= width:
            line = tried
            continue
        if line:
            lines.append(line)
        *full, line = broken(word, width, size)
        lines += full
    return [*lines, line]


def broken(word: str, width: float, size: float) -> list[str]:
    """The parts of a word, each but the last with its hyphen."""
    parts = []
    while width_of(word, size) > width and len(word) > 1:
        end = break_of(word, width, size)
        parts.append(word[:end] + ("" if word[end - 1] in "-/" else "-"))
        word = word[end:]
    return [*parts, word]


def break_of(word: str, width: float, size: float) -> int:
    most = max((n for n in range(1, len(word)) if width_of(word[:n] + "-", size) <= width), default=1)
    hyphen = max(word.rfind("-", 0, most + 1), word.rfind("/", 0, most + 1))
    if hyphen > 0:
        return hyphen + 1
    for pattern in (JOINTS, SYLLABLES):
        good = [found.start() for found in pattern.finditer(word) if LEAST <= found.start() <= most]
        good = [n for n in good if len(word) - n >= LEAST]
        if good:
            return good[-1]
    return most
