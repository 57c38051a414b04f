"""The English catalogue. Swedish is what stands in the code; English is what stands in the catalogue.

    python scripts/catalogue.py             collect the texts anew; what is new waits for its English words
    python scripts/catalogue.py --check     fail, with a list, if anything is missing, fuzzy, obsolete or misfilled
    python scripts/catalogue.py --compile   write what Django reads (.mo), if the catalogue has changed

Texts are collected by Babel from Python and, through Django's own reading of its tags, from templates; the catalogue is
read and written by polib: so GNU gettext need not be installed.
"""

import argparse
import ast
import difflib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "insteg"
CATALOGUE = HOUSE / "locale/en/LC_MESSAGES/django.po"
WIDTH = 110
ALIKE = 0.75  # how like an older text must be for its English words to be proposed for the new one
HEADER = {
    "Project-Id-Version": "Insteg",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*(?:![rs])?(?::[^{}]*)?\}")

Key = tuple[str | None, str]
Text = tuple[str | None, str, str]  # context, words, words in the plural or ""


def keywords() -> dict[str, Any]:
    """The functions that mark a text: Babel's, and Django's lazy ones, which take the same arguments."""
    from babel.messages.extract import DEFAULT_KEYWORDS

    lazy = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
    return DEFAULT_KEYWORDS | lazy | {"gettext_noop": None}


def source_of(path: Path) -> bytes:
    """The Python that Babel reads: the file itself, or the calls that stand for a template's tags, line by line."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # A template's indentation means nothing, but would be read as that of Python.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
    return source.encode()


def texts_of(path: Path) -> Iterator[Text]:
    from babel.messages.extract import extract

    for _line, words, _comments, context in extract("python", io.BytesIO(source_of(path)), keywords()):
        one, many = (words, "") if isinstance(words, str) else (words[0], words[1])
        if one:
            yield context, one, many


def sources() -> list[Path]:
    found = [path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts]
    found += [path for ending in ("html", "txt") for path in HOUSE.rglob(f"templates/**/*.{ending}")]
    return sorted(found)


def collect() -> dict[Key, polib.POEntry]:
    """Every marked text as an entry without English, in the order of the files, with the files where it stands."""
    found: dict[Key, polib.POEntry] = {}
    for path in sources():
        for context, one, many in texts_of(path):
            entry = found.setdefault((context, one), polib.POEntry(msgctxt=context, msgid=one))
            if many:
                entry.msgid_plural, entry.msgstr_plural = many, {0: "", 1: ""}
            place = (path.relative_to(ROOT).as_posix(), "")  # no line numbers: they change with every other edit
            if place not in entry.occurrences:
                entry.occurrences.append(place)
    return found


def read() -> polib.POFile:
    return polib.pofile(str(CATALOGUE), wrapwidth=WIDTH) if CATALOGUE.exists() else polib.POFile(wrapwidth=WIDTH)


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def take_over(entry: polib.POEntry, old: polib.POEntry) -> None:
    entry.msgstr, entry.flags, entry.tcomment = old.msgstr, list(old.flags), old.tcomment
    entry.msgstr_plural = dict(old.msgstr_plural) if entry.msgid_plural else {}
    if entry.msgid_plural and not entry.msgstr_plural:
        entry.msgstr_plural = {0: old.msgstr, 1: old.msgstr}
        entry.flags.append("fuzzy")


def update() -> None:
    """Write the catalogue anew: known texts keep their English, gone ones fall away, reworded ones become fuzzy."""
    found = collect()
    known = {key(entry): entry for entry in read() if not entry.obsolete}
    gone = {words: entry for (context, words), entry in known.items() if (context, words) not in found}
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = HEADER
    for entry in found.values():
        if key(entry) in known:
            take_over(entry, known[key(entry)])
        elif alike := difflib.get_close_matches(entry.msgid, gone, n=1, cutoff=ALIKE):
            take_over(entry, gone[alike[0]])
            entry.flags = sorted({*entry.flags, "fuzzy"})
        catalogue.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    waiting = sum(not entry.translated() for entry in catalogue)
    print(f"{CATALOGUE.relative_to(ROOT)}: {len(catalogue)} texter, {waiting} väntar på engelska.")


def placeholders(words: str) -> set[str]:
    return set(PLACEHOLDER.findall(words.replace("%%", "")))


def misfilled(entry: polib.POEntry) -> bool:
    """Whether the English asks for other values than the Swedish gives. A singular may leave out the number."""
    if entry.msgid_plural:
        may, must = placeholders(entry.msgid) | placeholders(entry.msgid_plural), placeholders(entry.msgid_plural)
        return not (placeholders(entry.msgstr_plural[0]) <= may and placeholders(entry.msgstr_plural[1]) == must)
    return placeholders(entry.msgstr) != placeholders(entry.msgid)


def broken_lines(found: dict[Key, polib.POEntry]) -> list[str]:
    of_templates = (entry for entry in found.values() if any(not path.endswith(".py") for path, _ in entry.occurrences))
    return [entry.msgid for entry in of_templates if "\n" in entry.msgid + entry.msgid_plural]


def out_of_reach(source: str) -> Iterator[str]:
    """Marked texts inside f-strings: Babel passes over them, so a page in English would say them in Swedish."""
    marks = keywords()
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    for call in (part for string in strings for part in ast.walk(string) if isinstance(part, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in marks:
            yield ast.unparse(call)


def faults() -> list[str]:
    found, catalogue = collect(), read()
    known = {key(entry): entry for entry in catalogue if not entry.obsolete}
    said = [f"saknas: {words}" for context, words in found if (context, words) not in known]
    # Where the lines break is the formatter's affair, and must not change a text.
    said += [f"radbrytning i en mall, skriv blocktranslate trimmed: {words!r}" for words in broken_lines(found)]
    for path in (path for path in sources() if path.suffix == ".py"):
        said += [f"i en f-sträng, ge texten ett namn först: {call}" for call in out_of_reach(path.read_text("utf-8"))]
    said += [f"onödig: {entry.msgid}" for entry in catalogue if key(entry) not in found or entry.obsolete]
    for wanted, entry in ((found[key(entry)], entry) for entry in known.values() if key(entry) in found):
        if "fuzzy" in entry.flags:
            said.append(f"osäker (fuzzy): {entry.msgid}")
        elif not entry.translated():
            said.append(f"utan engelska: {entry.msgid}")
        elif wanted.msgid_plural != entry.msgid_plural:
            said.append(f"annan pluralform i koden: {entry.msgid}")
        elif misfilled(entry):
            said.append(f"andra platshållare: {entry.msgid}")
    return said


def check() -> int:
    said = faults()
    if said:
        print("\n".join(said), file=sys.stderr)
        print(f"{len(said)} fel i den engelska katalogen. Kör make catalogue och fyll i.", file=sys.stderr)
        return 1
    print("Den engelska katalogen är hel.")
    return 0


def compile_catalogue() -> None:
    target = CATALOGUE.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < CATALOGUE.stat().st_mtime:
        read().save_as_mofile(str(target))


def main() -> int:
    parser = argparse.ArgumentParser(description="Den engelska katalogen")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true")
    what.add_argument("--compile", action="store_true")
    asked = parser.parse_args()
    if asked.check:
        return check()
    if asked.compile:
        compile_catalogue()
    else:
        update()
    return 0


if __name__ == "__main__":
    sys.exit(main())
