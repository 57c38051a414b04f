"""The grammar of amounts: `46`, `ca 3,5 mkr`, `10-50`, `<1`, `>500`, `1 153 220 kr`. Read into whole kronor (R12)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from insteg.inventory.plan_reader.reading import Cell, Fault, Option, Question, Said, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, is_cell_error, says_nothing, says_unknown, shown

Per = Literal["year", "piece"]
UNITS: Final = {"kr": 1, "tkr": 1_000, "mkr": 1_000_000, "mdr": 1_000_000_000}
SMALLEST: Final = 10_000  # below this an "amount" in a plan is an hourly or unit price, or the unit is another
LARGEST: Final = 50_000_000_000


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole kronor. `low` None: a maximum only; `high` None: a minimum only; one amount has both alike."""

    low: int | None
    high: int | None
    per: Per | None = None


_UNIT_WORDS: Final = {
    "mdr": r"mdr\.?(?: ?kr)?|mdkr|miljard(?:er)?(?: kr(?:onor)?| sek)?",
    "mkr": r"m\.?n?\.? ?kr\.?|mnkr|m ?sek|sek ?m|milj(?:on(?:er)?)?\.?(?: (?:kr(?:onor)?|sek)\b)?|mn|m",
    "tkr": r"t\.? ?kr\.?|k ?kr|k ?sek|t ?sek|tusen(?:tals?)?(?: (?:kr(?:onor)?|sek)\b)?|1 ?000[- ]?tals? kr(?:onor)?"
    r"|k",
    "kr": r"kronor|kr\.?|sek|:-|,-|;-",
}
_TOKEN: Final = re.compile(
    r"(?P<G>(?:/|pa|over|under|for|\()? ?\d+(?:[.,]\d+)?[ -](?:ars?|man(?:ader)?)(?![a-z])\)?)"
    r"|(?P<N>\d{1,3}(?:[ .'’]\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"|(?P<Y>(?:(?:/|per|pr|om) ?ar(?:et)?|arligen|p\.a\.?|arsvolym|arligt)(?![a-z]))"
    r"|(?P<P>(?:/|per|pr) ?(?:tim(?:me|mar|m?a?r)?|h|st(?:yck)?|man(?:ad)?|manad|dag|dygn|vecka|m2|m3|kvm|ton"
        r"|kg|km|mil|gang|elev|plats|enhet|person|resa|liter|anvandare|licens|tillfalle)\.?(?![a-z])|timpris"
        r"|styckpris|a-pris|arvode)"
    + "".join(f"|(?P<{name}>(?:{pattern})(?![a-z]))" for name, pattern in _UNIT_WORDS.items())
    + r"|(?P<A>(?:c[:.]?a\.?|cirka|circa|ung(?:efar|\.)?|omkring|runt|kring|uppsk(?:attningsvis|attat|\.)?"
        r"|(?:berakna|uppskatta|bedom|vardera)(?:t|d|s|t? till|s till|d till)|preliminart|prel\.?|drygt|knappt"
        r"|nastan|narmare|totalt?|tot\.?|sammanlagt|summa|"
    r"ex(?:kl|klusive)?\.? ?moms|in(?:kl|klusive)\.? ?moms|in(?:kl|klusive)\.? ?option(?:er|sar|en)?"
        r"|budget(?:erat)?|varde|takvolym|hela (?:perioden|avtalstiden|avtalsperioden)"
        r"|under (?:hela )?avtals(?:tiden|perioden)|(?:for|over|pa) (?:hela )?avtals(?:tiden|perioden))(?![a-z])"
        r"|~)"
    r"|(?P<X>(?:upp till|maximalt|max|hogst|som mest|under|mindre an|lagre an|inte over|ej over"
        r"|tak(?:belopp)?)(?![a-z])\.?|<=?)"
    r"|(?P<I>(?:minst|lagst|minimum|min|over|mer an|storre an|hogre an|fran och med|och uppat|eller mer"
        r"|och mer)(?![a-z])\.?|>=?)"
    r"|(?P<F>(?:mellan|fran)(?![a-z]))"
    r"|(?P<D>-|\.\.\.?|(?:till|och|a(?= \d)|t\.?o\.?m\.?|resp\.?)(?![a-z]))"
    r"|(?P<S>\+)"
    r"|(?P<_>[ ,;.()*\[\]]+|:(?!-))"
    r"|(?P<O>.)"
)  # fmt: skip
_NUMBER_WORDS: Final = {
    "en halv": "0,5", "en": "1", "ett": "1", "tva": "2", "tre": "3", "fyra": "4", "fem": "5", "sex": "6", "sju": "7",
    "atta": "8", "nio": "9", "tio": "10", "femton": "15", "tjugo": "20", "femtio": "50", "hundra": "100",
}  # fmt: skip
_NUMBER_WORD: Final = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})(?= (?:milj|mkr|mnkr|tkr|tusen|hundra))")
_TOTAL: Final = re.compile(r"(?:totalt?|tot\.?|sammanlagt|summa|hela (?:perioden|avtalstiden)):? ?(?=[\d<>~c])(.+)")
_DATE_OUT_OF_RANGE: Final = (date, datetime, time, timedelta)

_HELP: Final = _("Skriv till exempel 3,5 mkr, 10–50 mkr eller högst 2 mkr.")


def money(amount: int) -> str:
    """1150000 as "1 150 000 kr" (no-break spaces), for labels and questions."""
    return f"{amount:,} kr".replace(",", "\u00a0").replace(" ", "\u00a0")


def option(key: str, low: int | None, high: int | None) -> Option:
    """An answer about the value, labelled as one amount, a span, a ceiling or a floor."""
    values: dict[str, int | float | str | date | None] = {"value_min": low, "value_max": high}
    if low is not None and high is not None:
        label = (
            say("%(amount)s", amount=money(low))
            if low == high
            else say(_("%(low)s till %(high)s"), low=money(low), high=money(high))
        )
    elif high is not None:
        label = say(_("Högst %(amount)s"), amount=money(high))
    else:
        label = say(_("Minst %(amount)s"), amount=money(low or 0))
    return Option(key, label, values)


def unknown_option() -> Option:
    return Option("unknown", say(_("Okänt")))


def ask(typed: str, text: Said, pairs: Iterable[tuple[int | None, int | None]]) -> Question:
    options = [option(str(n), low, high) for n, (low, high) in enumerate(dict.fromkeys(pairs))]
    return Question("value", typed, text, (*options, unknown_option()))


def read_amount(cell: object, unit: str | None = None) -> Cell[Amount]:
    """One cell in a column of amounts. `unit` is the column's (kr, tkr, mkr, mdr); a unit in the cell wins over it.

    A lone number that is not credible in its unit (an hourly price, kronor in a column of millions) becomes a question.
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _read_number(cell, unit)
    if isinstance(cell, str):
        return _read_text(cell, unit)
    return Cell(fault=_date_fault(cell) if isinstance(cell, _DATE_OUT_OF_RANGE) else _fault(cell, unit))


def _read_number(number: float, unit: str | None) -> Cell[Amount]:
    if not 0 <= number < 1e15:
        return Cell(fault=_fault(number, unit))
    amount = int(number * UNITS[unit or "kr"] + 0.5)
    if amount and not SMALLEST <= amount <= LARGEST:
        # str() gives the shortest decimal that is the same float
        return _not_credible(shown(float(number)), Decimal(str(number)), unit)
    return Cell(Amount(amount, amount))


@lru_cache(maxsize=16384)
def _read_text(typed: str, unit: str | None) -> Cell[Amount]:
    text = fold(typed)
    if says_nothing(text):
        return Cell()
    if says_unknown(text):
        return Cell(unknown=True)
    if is_cell_error(typed):
        return Cell(fault=_cell_error(typed))
    text = _NUMBER_WORD.sub(lambda match: _NUMBER_WORDS[match[1]], text)
    total = _TOTAL.search(text)
    result = _parse(total[1], typed, unit) if total else None
    return result or _parse(text, typed, unit) or Cell(fault=_fault(typed, unit))


@dataclass(frozen=True, slots=True)
class _Term:
    number: Decimal
    unit: str | None
    decimals: bool
    dotted: bool


def _parse(text: str, typed: str, unit: str | None) -> Cell[Amount] | None:
    """None when the text does not follow the grammar."""
    shape, terms, per = tokens(text)
    if per == "piece" and terms:
        return Cell(Amount(None, None, "piece"), question=_price_question(typed))
    if shape in ("N", "XN", "NX", "IN", "NI", "FN", "NS"):
        return _one(shape, terms[0], typed, unit, per)
    if shape in ("NDN", "FNDN", "INXN", "INDXN", "NDXN"):
        return _span(terms, typed, unit, per)
    if shape == "NSN":
        first, both = _kronor(terms[0], terms[1].unit or unit), 0
        both = first + _kronor(terms[1], unit)
        return Cell(
            question=ask(typed, say(_("Är ”%(typed)s” värde och option?"), typed=typed), [(both, both), (first, first)])
        )
    return None


def tokens(text: str) -> tuple[str, list[_Term], Per | None]:
    """The text as a shape (N number, X at most, I at least, F from, D dash, S plus, O other), and its numbers."""
    shape, terms = "", list[_Term]()
    per: Per | None = None
    waiting: str | None = None
    for match in _TOKEN.finditer(text):
        kind, value = str(match.lastgroup), match.group()
        if kind == "N":
            terms.append(_Term(_decimal(value), waiting, "," in value, _is_dotted(value)))
            shape, waiting = shape + "N", None
        elif kind in UNITS:
            if shape.endswith("N") and terms[-1].unit is None:
                terms[-1] = _Term(terms[-1].number, kind, terms[-1].decimals, terms[-1].dotted)
            elif shape.endswith("N") and kind == "kr":
                continue  # "3,5 mkr SEK"
            else:
                waiting = kind
        elif kind == "Y":
            per = "year"
        elif kind == "P":
            per = "piece"
        elif kind not in ("A", "G", "_"):
            shape += kind
    return shape, _with_units(terms), per


def _with_units(terms: list[_Term]) -> list[_Term]:
    """In "2-3 mkr" the unit belongs to both numbers."""
    last = next((term.unit for term in reversed(terms) if term.unit), None)
    return [term if term.unit else _Term(term.number, last, term.decimals, term.dotted) for term in terms]


def _decimal(text: str) -> Decimal:
    """The last sign is the decimal sign, unless it stands several times or before exactly three figures as a point."""
    digits = re.sub(r"[ '’]", "", text)
    if "," in digits and "." in digits:
        thousands, decimal = (".", ",") if digits.rfind(",") > digits.rfind(".") else (",", ".")
        return Decimal(digits.replace(thousands, "").replace(decimal, "."))
    if digits.count(",") > 1 or digits.count(".") > 1 or _is_dotted(digits):
        return Decimal(digits.replace(",", "").replace(".", ""))
    return Decimal(digits.replace(",", "."))


def _is_dotted(text: str) -> bool:
    """`1.150` is a thousand and a hundred and fifty to some, a little more than one to others."""
    return re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) is not None


def _kronor(term: _Term, unit: str | None) -> int:
    return int((term.number * UNITS[term.unit or unit or "kr"]).to_integral_value("ROUND_HALF_UP"))


def _one(shape: str, term: _Term, typed: str, unit: str | None, per: Per | None) -> Cell[Amount]:
    amount = _kronor(term, unit)
    if term.dotted and (term.unit or unit) in ("mkr", "mdr", "tkr"):
        small = int(amount / 1000)
        if small >= SMALLEST and amount <= LARGEST:
            return Cell(
                question=ask(
                    typed,
                    say(_("Är punkten i ”%(typed)s” ett decimaltecken?"), typed=typed),
                    [(small, small), (amount, amount)],
                )
            )
        amount = small if amount > LARGEST else amount
    limited = "X" in shape or "I" in shape or "S" in shape or "F" in shape
    if amount and not limited and per is None and not SMALLEST <= amount <= LARGEST:
        return _not_credible(typed, term.number, term.unit or unit)
    if "X" in shape:
        return Cell(Amount(None, amount, per))
    return Cell(Amount(amount, None if limited else amount, per))


def _span(terms: list[_Term], typed: str, unit: str | None, per: Per | None) -> Cell[Amount]:
    low, high = (_kronor(term, unit) for term in terms)
    named = terms[1].unit or unit or "kr"
    if low > high:
        pairs = [(high, low), (high, high), (low, low)]
        return Cell(
            question=ask(
                typed, say(_("”%(typed)s” går från ett högre till ett lägre belopp. Vad är rätt?"), typed=typed), pairs
            )
        )
    if _same_digits(terms, low, high):
        text = say(_("Vad betyder ”%(typed)s” i %(unit)s?"), typed=typed, unit=named)
        return Cell(question=ask(typed, text, [(low, high), (high, high), (low, low)]))
    if high and not SMALLEST <= high <= LARGEST and per is None:
        return _not_credible_span(typed, terms, named)
    return Cell(Amount(low, high, per))


def _same_digits(terms: list[_Term], low: int, high: int) -> bool:
    """`3,8-38`: the same figures ten times apart is as often a slip of the comma as a span. `1-10` is a span."""
    figures = terms[0].number.normalize().as_tuple().digits
    return low > 0 and len(figures) > 1 and high != low and terms[1].number.normalize().as_tuple().digits == figures


def _not_credible(typed: str, number: Decimal, unit: str | None) -> Cell[Amount]:
    amounts = [int(number * factor) for factor in UNITS.values() if SMALLEST <= number * factor <= LARGEST]
    as_typed = int(number * UNITS[unit or "kr"])
    if as_typed and as_typed < SMALLEST and unit in (None, "kr"):
        text = say(_("”%(typed)s” kronor är för lite för ett helt avtal. Vad är värdet?"), typed=typed)
        amounts = [as_typed, *[amount for amount in amounts if amount <= 5_000_000_000]]
    else:
        text = say(_("”%(typed)s” i %(unit)s är inte rimligt. Vad är värdet?"), typed=typed, unit=unit or "kr")
    return Cell(question=ask(typed, text, [(amount, amount) for amount in amounts]))


def _not_credible_span(typed: str, terms: list[_Term], unit: str) -> Cell[Amount]:
    factors = [factor for factor in UNITS.values() if all(SMALLEST <= t.number * factor <= LARGEST for t in terms)]
    pairs = [(int(terms[0].number * factor), int(terms[1].number * factor)) for factor in factors]
    return Cell(
        question=ask(
            typed, say(_("”%(typed)s” i %(unit)s är inte rimligt. Vad är värdet?"), typed=typed, unit=unit), pairs
        )
    )


def _price_question(typed: str) -> Question:
    return Question(
        "value",
        typed,
        say(_("”%(typed)s” är ett pris per enhet. Vad är hela avtalet värt?"), typed=typed),
        (unknown_option(),),
    )


def _fault(cell: object, unit: str | None) -> Fault:
    typed = shown(cell)
    text = (
        _("Vi förstår inte ”%(typed)s” som belopp")
        if any(c.isdigit() for c in typed)
        else _("”%(typed)s” är inget belopp")
    )
    return Fault("value", typed, say(text, typed=typed), say(_HELP), unit)


def _cell_error(typed: str) -> Fault:
    return Fault("value", typed, say(_("Cellen visar felet %(typed)s"), typed=typed), say(_HELP))


def _date_fault(cell: object) -> Fault:
    typed = shown(cell)
    return Fault(
        "value",
        typed,
        say(_("Kalkylprogrammet har gjort om beloppet till ett datum: %(typed)s"), typed=typed),
        say(_HELP),
    )
