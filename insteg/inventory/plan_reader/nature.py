"""The grammar of nature: any wording for works, services or supplies (R12)."""

import re
from functools import lru_cache
from typing import Final

from insteg.inventory.plan_reader.reading import Cell, Nature, Option, Question, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, is_cell_error, says_nothing, says_unknown, shown

LABELS: Final[dict[Nature, str]] = {"works": _("Entreprenad"), "services": _("Tjänst"), "supplies": _("Vara")}

# Compounds whose last part misleads: what is carried out under a "driftentreprenad" is as a rule a service.
_BETWEEN: Final = re.compile(
    r"(drift|skotsel|underhall|stad|service|transport|vinter)\w*-? ?(och \w+ ?)?entreprenad\w*"
)
_SERVICES: Final = re.compile(
    r"\b(tj|t|tjanst\w*|konsult\w*|\w+tjanst(er|en|erna)?|\w+konsult\w*|services?|uppdrag|projekttavling|hyra"
    r"|hyresavtal|lokalhyra|forvarv av tjanst\w*)\b\.?"
)
_WORKS: Final = re.compile(
    r"\b(e|be|ent|entr|entrepr|bygg|b|bygg\w*|anlaggning\w*|\w*entreprenad(er|en|s)?|entreprenad\w*"
    r"|ombyggnad\w*|nybyggnad\w*|renovering|rivning|markarbeten?|works?)\b\.?"
)
_SUPPLIES: Final = re.compile(
    r"\b(v|vara|varan|varor|varorna|varu\w*|produkt(er)?|material|materiel|leverans(er)?|utrustning"
    r"|inventarier|livsmedel|goods|suppl(y|ies)|programvar(a|or)|\w+varor|fordon)\b\.?"
)
_NOISE: Final = re.compile(
    r"\b(inkop|kop|upphandling|ramavtal|kontrakt|av|avtal|social[a-z]*|sarskild[a-z]*|ovrig[a-z]*|andra|annan"
    r"|och|samt|allman\w*|offentlig\w*|kontrakts|lou|luf|luk|ren|rena|avropa[dt]?|koncession\w*)\b"
)


def read_nature(cell: object) -> Cell[Nature]:
    """One cell in a column of natures. Two natures in one cell, or none that we know, is a question."""
    return _read_text(cell if isinstance(cell, str) else shown(cell))


@lru_cache(maxsize=4096)
def _read_text(typed: str) -> Cell[Nature]:
    text = fold(typed)
    if says_nothing(text):
        return Cell()
    if says_unknown(text) or is_cell_error(typed):
        return Cell(unknown=True)
    found = natures(text)
    if len(found) == 1 and not _BETWEEN.search(text):
        return Cell(found[0])
    return Cell(question=_question(typed, tuple(found) if len(found) > 1 else tuple(LABELS)))


def natures(text: str) -> list[Nature]:
    """The natures that a folded text names."""
    text = re.sub(r"[/,;+&|()]", " ", text)
    services = re.sub(r"\bbygg\w*(?=konsult|tjanst)", "", text)  # a "byggkonsult" is a consultant
    found: list[Nature] = []
    if _WORKS.search(re.sub(r"\bbygg\w*(konsult|tjanst)\w*|\bbyggvar\w*|\bbyggmaterial\w*", "", text)):
        found.append("works")
    if _SERVICES.search(re.sub(r"\b\w*tjanstekoncession", "tjanst", services)):
        found.append("services")
    if _SUPPLIES.search(text) or re.search(r"\bbyggvar\w*|\bbyggmaterial\w*", text):
        found.append("supplies")
    return found


def is_nature(cell: object) -> bool:
    """The cell is about nature and nothing else: what a column of natures is known by."""
    text = fold(shown(cell))
    if len(text) > 60 or not natures(text):
        return False
    rest = text
    for pattern in (_BETWEEN, _SERVICES, _WORKS, _SUPPLIES, _NOISE):
        rest = pattern.sub(" ", rest)
    return not re.search(r"[a-z]{2}|\d", rest)


def only_nature(text: str) -> Nature | None:
    """The nature that a section line or sheet name states, if it is nothing but that."""
    found = natures(fold(text))
    return found[0] if len(found) == 1 and is_nature(text) else None


def _question(typed: str, choices: tuple[Nature, ...]) -> Question:
    options = tuple(Option(nature, say(LABELS[nature]), {"nature": nature}) for nature in choices)
    text = say(_("Är ”%(typed)s” vara, tjänst eller entreprenad?"), typed=typed)
    return Question("nature", typed, text, (*options, Option("unknown", say(_("Okänt")))))
