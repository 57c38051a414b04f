"""Files changed by lot: bytes, parts of an archive, tags and texts. The same seed and number give the same file."""

import random
import re
import zipfile
import zlib
from collections.abc import Sequence

from tests.attacks.corpus import File, packed, parts_of
from tests.attacks.named import Attack
from tests.attacks.sheets import FORMULAS, MARKUP
from tests.attacks.texts import AGAIN, NAMES, VALUES

ODD_BYTES = (
    b"",
    b"\0",
    b"\xff",
    b"<",
    b">",
    b"&",
    b'"',
    b"]]>",
    b"<!--",
    b"&#0;",
    b"&#xD800;",
    b"\xed\xa0\x80",
    b"PK\x03\x04",
    b"9" * 30,
)
ATTRIBUTE = re.compile(rb'="([^"]*)"')
TEXT = re.compile(rb">([^<>]+)<")
ELEMENT = re.compile(rb"<(\w[\w:]*)[^<>]*>(?:[^<>]*</\1>)?")


def mutated(base: Sequence[File], seed: int, number: int) -> Attack:
    dice = random.Random(f"{seed}-{number}")
    file = dice.choice(base)
    way = dice.choice(WAYS[file.content[:2] == b"PK"])
    name = dice.choice(NAMES) if dice.random() < 0.05 else file.name
    return Attack(f"lot, {way.__name__}: {number}", name, lambda: way(file.content, dice))


def bytes_of_it(content: bytes, dice: random.Random) -> bytes:
    """A few bytes other, more or fewer."""
    changed = bytearray(content)
    for _n in range(dice.choice((1, 1, 2, 5, 30))):
        at, length = dice.randrange(len(changed) or 1), dice.choice((1, 1, 2, 4, 40))
        new = dice.choice(
            (dice.randbytes(length), dice.choice(ODD_BYTES), bytes(length), changed[at : at + length] * 3)
        )
        changed[at : at + dice.choice((0, len(new), length))] = new
    return bytes(changed)


def cut(content: bytes, dice: random.Random) -> bytes:
    begin, end = sorted((dice.choice((0, dice.randrange(len(content)))), dice.randrange(len(content) + 1)))
    return content[begin:end]


def spliced(content: bytes, dice: random.Random) -> bytes:
    """A piece of it moved elsewhere, or there twice."""
    begin, end, to = (dice.randrange(len(content)) for _n in range(3))
    piece = content[min(begin, end) : max(begin, end)][:5_000]
    return content[:to] + piece + content[to:]


def of_a_part(change):
    """The same of one part, in an archive that is whole."""

    def way(content: bytes, dice: random.Random) -> bytes:
        try:
            parts = parts_of(content)
        except (zipfile.BadZipFile, zlib.error, ValueError):
            return content
        for name in dice.sample([*parts], k=min(len(parts), dice.choice((1, 1, 2, 4)))):
            parts[name] = change(parts[name] or b"x", dice)
        return packed(parts, dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))

    way.__name__ = f"{change.__name__} of a part"
    return way


def one_of(pattern: re.Pattern[bytes], data: bytes, dice: random.Random) -> re.Match[bytes] | None:
    found = [*pattern.finditer(data)]
    return dice.choice(found) if found else None


def attributes(data: bytes, dice: random.Random) -> bytes:
    """The value of an attribute is another attribute's, or odd."""
    for _n in range(dice.choice((1, 2, 8))):
        match, other = one_of(ATTRIBUTE, data, dice), one_of(ATTRIBUTE, data, dice)
        if match and other:
            data = data[: match.start(1)] + dice.choice((other[1], odd_text(dice))) + data[match.end(1) :]
    return data


def words(data: bytes, dice: random.Random) -> bytes:
    """What a cell says is odd."""
    for _n in range(dice.choice((1, 2, 8))):
        if match := one_of(TEXT, data, dice):
            data = data[: match.start(1)] + odd_text(dice) + data[match.end(1) :]
    return data


def elements(data: bytes, dice: random.Random) -> bytes:
    """An element is gone, there many times, or within another."""
    for _n in range(dice.choice((1, 2, 8))):
        match, other = one_of(ELEMENT, data, dice), one_of(ELEMENT, data, dice)
        if match and other:
            new = dice.choice((b"", match[0] * dice.choice((2, 50)), other[0], other[0] + match[0]))
            data = data[: match.start()] + new + data[match.end() :]
    return data


def cells(content: bytes, dice: random.Random) -> bytes:
    """Cells and separators of a text are others."""
    lines = content.split(b"\n")
    for _n in range(dice.choice((1, 3, 12))):
        at = dice.randrange(len(lines))
        row = re.split(rb"[;\t]", lines[at])
        row[dice.randrange(len(row))] = odd_text(dice).replace(b"\n", b" ")
        lines[at] = dice.choice((b";", b";", b"\t", b",")).join(row)
    return b"\n".join(lines)


def odd_text(dice: random.Random) -> bytes:
    text = dice.choice((*VALUES, *FORMULAS, MARKUP, dice.choice(AGAIN) * dice.choice((3, 300))))
    return text.encode("utf-8", "replace").replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")


PARTS = [of_a_part(change) for change in (attributes, words, words, elements, bytes_of_it, cut, spliced)]
WAYS = {True: [bytes_of_it, cut, spliced, *PARTS, *PARTS], False: [bytes_of_it, cut, spliced, cells, cells, cells]}
