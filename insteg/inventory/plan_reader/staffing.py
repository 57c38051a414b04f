"""The grammar of staffing: `12`, `3 heltid`, `2 heltider och 1 halvtid`, `75 %`. In full-time posts (R12, R20)."""

import re
from functools import lru_cache
from typing import Final

from insteg.inventory.plan_reader.reading import Cell, Fault, Option, Question, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, is_cell_error, says_nothing, says_unknown, shown

MOST: Final = 5_000
_HELP: Final = _("Skriv antalet heltider, till exempel 2,5.")
_WORDS: Final = {
    "en": "1",
    "ett": "1",
    "tva": "2",
    "tre": "3",
    "fyra": "4",
    "fem": "5",
    "sex": "6",
    "sju": "7",
    "atta": "8",
    "nio": "9",
    "tio": "10",
}
_POST: Final = (
    r"(?:heltids? tjanst(?:er)?|heltid(?:stjanst|sekvivalent|sekv|sanstalld|are|sarbetare|splats)?(?:er|ar|a"
    r"|s)?|hel(?:a)? tjanst(?:er)?|helars(?:personer|person|tjanster|tjanst|arbetare|anstallda|anstalld)"
    r"|ars?arbet(?:are|skraft|skrafter|e|en)|arsverken?|arstjanst(?:er)?|aa|fte|tjanst(?:er)?|anstallda?"
    r"|person(?:er)?|pers|"
    r"st(?:ycken)?|medarbetare|man|arbetare|montorer|befattning(?:ar)?|resurs(?:er)?|hel)\.?"
)
_ABOUT: Final = re.compile(
    r"\b(?:ca|c:a|cirka|ung(?:efar)?|omkring|runt|drygt|knappt|uppsk(?:attat)?|prel(?:iminart)?|motsvarande"
    r"|motsv|i snitt|snitt|per ar|totalt|tot)\b\.?|[~()]|/ ?ar\b"
)
_TERM: Final = re.compile(
    rf"(?:(?P<half>(?P<halves>\d+ )?(?:halvtid(?:stjanst)?(?:er|are)?|halv(?:a)? tjanst(?:er)?|deltid))"
    rf"|(?P<times>\d+) ?(?:x|st a|a) ?(?P<share>\d+(?:[.,]\d+)?) ?%(?: ?{_POST})?"
    rf"|(?P<percent>\d+(?:[.,]\d+)?) ?%(?: ?(?:av )?{_POST})?"
    rf"|(?P<number>\d+(?:[.,]\d+)?(?: 1/2)?|1/2) ?(?:st )?(?:{_POST})?)"
)
_SPAN: Final = re.compile(
    rf"(?:mellan )?(\d+(?:[.,]\d+)?) ?(?:{_POST})? ?(?:-|till|och|eller|/) ?(\d+(?:[.,]\d+)?) ?(?:{_POST})?"
)
_LIMIT: Final = re.compile(
    rf"(?:<=?|>=?|minst|hogst|max|upp till|mer an|mindre an|over|under) ?(\d+(?:[.,]\d+)?) ?(?:{_POST})?"
    rf"|(\d+(?:[.,]\d+)?) ?(?:{_POST})? ?(?:\+|eller (?:fler|mer))"
)
_NONE: Final = re.compile(r"nej|ingen|inga|inget|noll")


def read_staffing(cell: object) -> Cell[float]:
    """One cell in a column of staffing. A span or a limit is no number: it becomes a question."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return Cell(float(cell)) if 0 <= cell <= MOST else Cell(fault=_fault(shown(float(cell))))
    return _read_text(cell) if isinstance(cell, str) else Cell(fault=_fault(shown(cell)))


@lru_cache(maxsize=8192)
def _read_text(typed: str) -> Cell[float]:
    text = fold(typed)
    if says_nothing(text):
        return Cell()
    if says_unknown(text):
        return Cell(unknown=True)
    if is_cell_error(typed):
        return Cell(fault=Fault("fte", typed, say(_("Cellen visar felet %(typed)s"), typed=typed), say(_HELP)))
    if _NONE.fullmatch(text):
        return Cell(0.0)
    plain = " ".join(_ABOUT.sub(" ", text).split()).strip(" .,;")
    plain = re.sub(r"[a-z]+", lambda match: _WORDS.get(match[0], match[0]), plain)
    total = _sum(plain)
    if total is not None:
        return Cell(total) if total <= MOST else Cell(fault=_fault(typed))
    span, limit = _SPAN.fullmatch(plain), _LIMIT.fullmatch(plain)
    if span:
        return Cell(question=_question(typed, (_number(span[1]), _number(span[2]))))
    return Cell(question=_question(typed, (_number(limit[1] or limit[2]),))) if limit else Cell(fault=_fault(typed))


def _sum(text: str) -> float | None:
    """Terms joined by "och", plus or comma. None if the text is anything else."""
    if re.fullmatch(r"\d{1,3}(?: \d{3})+", text):
        return float(text.replace(" ", ""))
    total = 0.0
    terms = re.split(r" ?(?:\+| och | samt |, | & ) ?", text)
    if len(terms) > 1 and all(re.fullmatch(r"[\d,.]+", term) for term in terms) and "+" not in text:
        return None
    for term in terms:
        match = _TERM.fullmatch(term)
        if not match:
            return None
        total += _share(match)
    return round(total, 4)


def _share(match: re.Match[str]) -> float:
    if match["half"]:
        return float(match["halves"] or 1) / 2
    if match["share"]:
        return float(match["times"]) * _number(match["share"]) / 100
    if match["percent"]:
        return _number(match["percent"]) / 100
    return _number(match["number"])


def _number(text: str) -> float:
    if text.endswith("1/2"):
        return float(text[:-3].strip().replace(",", ".") or 0) + 0.5
    return float(text.replace(",", "."))


def _question(typed: str, numbers: tuple[float, ...]) -> Question:
    options = tuple(
        Option(str(n), say("%(number)s", number=shown(number)), {"fte": number})
        for n, number in enumerate(dict.fromkeys(numbers))
    )
    text = say(_("Hur många heltider är ”%(typed)s”?"), typed=typed)
    return Question("fte", typed, text, (*options, Option("unknown", say(_("Okänt")))))


def _fault(typed: str) -> Fault:
    return Fault("fte", typed, say(_("”%(typed)s” är inget antal heltider"), typed=typed), say(_HELP))
