"""The grammar of lengths: `2+1+1 år`, `24 mån + 12 mån option`, `4 år inkl. option 2 år`. In months (R12)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from insteg.inventory.plan_reader import dates
from insteg.inventory.plan_reader.reading import Cell, Fault, Option, Question, Said, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, is_cell_error, says_nothing, says_unknown, shown

Unit = Literal["år", "mån"]
LONGEST: Final = 600  # fifty years: leases and concessions
LONGEST_YEARS: Final = 15  # a bare number above this under "år" is months typed in the wrong column


@dataclass(frozen=True, slots=True)
class Duration:
    """Months without options, and the options' months: None where the cell does not speak of options.

    `option_unknown`: it speaks of an option but not of how long. `start` and `end` where the cell holds a period.
    """

    months: int | None
    option: int | None = None
    option_unknown: bool = False
    start: date | None = None
    end: date | None = None


_MONTHS_PER: Final = {
    "ar": Fraction(12),
    "man": Fraction(1),
    "vecka": Fraction(7 * 12, 365),
    "dag": Fraction(12, 365),
    "kvartal": Fraction(3),
    "halvar": Fraction(6),
}
_NUMBERS: Final = {
    "en": 1, "ett": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "atta": 8, "nio": 9, "tio": 10,
    "elva": 11, "tolv": 12, "femton": 15, "arton": 18, "tjugofyra": 24, "trettiosex": 36, "fyrtioatta": 48,
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"(?P<N>(?<!\d)1/2|\d+(?:[.,]\d+)?(?: 1/2)?|(?:en?|ett) och (?:en|ett) halvt?|halvtannat"
    r"|(?:" + "|".join(_NUMBERS) + r")(?![a-z])(?! taget| gang(?:en)?(?![a-z])))"
    r"|(?P<halvar>(?:ett )?halvar(?:s|et)?(?![a-z])|halvt? ar(?![a-z]))|(?P<kvartal>kvartal(?:s|et)?(?![a-z]))"
    r"|(?P<ar>ar(?:en|s|ig[at]?|iga|s?avtal|s?kontrakt)?(?![a-z])|y(?:ea)?(?:rs?)?(?![a-z]))"
    r"|(?P<man>man(?:ad(?:er(?:s|na)?|s)?)?(?![a-z])\.?|mander(?![a-z])|manad[a-z]*|mth?s?(?![a-z])|m(?![a-z])"
        r"|months?)"
    r"|(?P<vecka>veck(?:a|or)(?:s)?|v(?![a-z])\.?)|(?P<dag>dag(?:ar)?(?![a-z]))"
    r"|(?P<Z>option\w*:? (?:ej|inte|saknas|nej|finns (?:ej|inte))(?: (?:aktuellt?|finns))?|(?:utan|ingen|inga"
        r"|ej|exkl\.?|exklusive|inte|0) (?:mojlighet (?:till|att) )?(?:option\w*|forlang\w*))"
    r"|(?P<G>(?:gang(?:er)?|ggr|ggn)(?![a-z])|st(?![a-z])|stycken)"
    r"|(?P<x>x|\*)(?![a-z])"
    r"|(?P<I>(?:inkl(?:usive|uderat|\.)?|varav|dar(?:av|ibland)|inberaknat|medraknat|inraknat)(?![a-z]))"
    r"|(?P<O>(?:(?:mojlighet(?:er)?|ratt) (?:till|att)(?: forlang\w*)?|option\w*|opt\.?|forlang\w*|prolong\w*"
        r"|forl\.?)(?![a-z]))"
    r"|(?P<T>(?:totalt?|sammanlagt|tot\.?|(?:dock |som )?langst|allt som allt)(?![a-z]))"
    r"|(?P<M>(?:max(?:imalt|imal|\.)?|hogst|upp till|som mest|mindre an|under)(?![a-z])|<=?)"
    r"|(?P<m>(?:minst|mer an|langre an|over|minimum)(?![a-z])|>=?)"
    r"|(?P<E>(?:engangs\w*|engang|en gang|punktinsats|enstaka kop|direktkop))"
    r"|(?P<Q>\+)|(?P<D>-|(?:till|eller|alt(?:ernativt|\.)?)(?![a-z])|/)|(?P<C>(?:och|samt|resp(?:ektive"
        r"|\.)?)(?![a-z])|&)"
    r"|(?P<L>[(\[])|(?P<R>[)\]])|(?P<w>[a-z:]+\.?)|(?P<s>[ ,;.~]+)|(?P<X>.)"
)  # fmt: skip
_ENDLESS: Final = re.compile(
    r"tills ?vidare(?: .*)?|lopande|pagaende|kontinuerligt|permanent|obegransa[dt]|evig[t]?|till uppsagning"
)
_NO_LENGTH: Final = re.compile(
    r"(?:engang|en gang|punkt|enstaka|direkt)\w*(?: ?(?:kop|inkop|leverans|upphandling|insats|uppdrag))?|kop"
    r"|vid leverans|leverans"
)
_UNTIL: Final = re.compile(r"(?:t\.? ?o\.? ?m\.?|till(?: och med)?|fram till|slutar|upphor|-) ?")
_HELP: Final = _("Skriv till exempel 24 mån, 2+1+1 år eller 36 mån + 12 mån option.")
_NONE: Final = re.compile(
    r"nej|ingen|inga|inget|n|0|utan|utan option|ingen option|inga optioner|ej option|no|false|falskt"
)
_YES: Final = re.compile(r"ja|j|x|yes|finns|option|option finns|mojlig|sant|true|med option")


@dataclass(frozen=True, slots=True)
class _Number:
    value: Fraction
    unit: str | None


def read_duration(cell: object, unit: Unit | None = None) -> Cell[Duration]:
    """One cell in a column of lengths. `unit` is what a lone number counts; a unit in the cell wins over it."""
    if isinstance(cell, timedelta):
        return Cell(Duration(_whole(Fraction(cell.days) * _MONTHS_PER["dag"])))
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        known = -1e6 < cell < 1e6
        return _bare(Fraction(str(cell)), shown(float(cell)), unit) if known else Cell(fault=_fault(cell, unit))
    if isinstance(cell, str):
        return _read_text(cell, unit)
    return Cell(fault=_fault(cell, unit))


def read_option(cell: object, unit: Unit | None = None) -> Cell[Duration]:
    """One cell in a column of its own for options: the whole of it is option, "nej" is 0, "ja" says not how long."""
    if isinstance(cell, bool):
        return Cell(unknown=True) if cell else Cell(Duration(None, 0))
    if isinstance(cell, str):
        text = fold(cell)
        if _NONE.fullmatch(text) or says_nothing(text):
            return Cell(Duration(None, 0))
        if _YES.fullmatch(text):
            return Cell(unknown=True)
        shape, numbers = tokens(text)
        bare = _plain_shape(shape)
        if re.fullmatch(r"O?M?O?N((Q|C)O?N)*O?", bare) and "D" not in bare:
            # "1+1" is a year and a year; a lone "1" is left to the column's unit
            numbers = _with_units(numbers, unit, "Q" in bare)
            if all(number.unit for number in numbers):
                return _as_option(_whole(sum((_months(n) for n in numbers), Fraction(0))), cell)
    read = read_duration(cell, unit)
    if read.value is not None:
        length = read.value
        return Cell(Duration(None, (length.months or 0) + (length.option or 0)))
    if read.question:
        options = tuple(
            Option(o.key, o.label, {"option_months": o.values["months"]} if o.values else {})
            for o in read.question.options
        )
        return Cell(question=Question("option_months", read.question.typed, read.question.text, options))
    if read.fault:
        fault = read.fault
        return Cell(fault=Fault("option_months", fault.typed, fault.text, fault.help, fault.unit))
    return Cell(unknown=read.unknown)


def _as_option(months: int | None, typed: str) -> Cell[Duration]:
    return Cell(Duration(None, months)) if months is not None else Cell(fault=_fault(typed, None, "option_months"))


@lru_cache(maxsize=16384)
def _read_text(typed: str, unit: Unit | None) -> Cell[Duration]:
    text = fold(typed)
    if says_nothing(text) or _NO_LENGTH.fullmatch(text):
        return Cell()
    if says_unknown(text) or _ENDLESS.fullmatch(text):
        return Cell(unknown=True)
    if is_cell_error(typed):
        return Cell(fault=Fault("months", typed, say(_("Cellen visar felet %(typed)s"), typed=typed), say(_HELP), unit))
    period = _period(text)
    if period:
        return Cell(period)
    ends = dates.whole_dates(text) if _UNTIL.match(text) else []
    if len(ends) == 1:
        return Cell(Duration(None, end=ends[0]))
    text = re.sub(r"(\d)\s*-\s*(?=(?:ar|man)\w*)", r"\1 ", text)
    shape, numbers = tokens(text)
    return _parse(_plain_shape(shape), numbers, typed, unit) or Cell(fault=_fault(typed, unit))


def _period(text: str) -> Duration | None:
    """Two whole dates: "1 jan 2027 - 31 dec 2028" is 24 months that begin on 1 January 2027."""
    found = dates.whole_dates(text)
    if len(found) == 2 and found[0] < found[1]:
        return Duration(months_between(*found), start=found[0], end=found[1])
    return None


def months_between(first: date, last: date) -> int:
    """Months from the first day to the last, both counted, to the nearest whole month."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    spare = after.day - first.day
    return months + (1 if spare >= 15 else -1 if spare <= -15 else 0)


def tokens(text: str) -> tuple[str, list[_Number]]:
    shape, numbers = "", []
    for match in _TOKEN.finditer(text):
        kind, value = str(match.lastgroup), match.group()
        if kind == "N":
            numbers.append(_Number(_number(value), None))
            shape += "N"
        elif kind in _MONTHS_PER:
            if shape.endswith("N") and numbers[-1].unit is None:
                numbers[-1] = _Number(numbers[-1].value, kind)
            elif kind in ("halvar", "kvartal"):
                numbers.append(_Number(Fraction(1), kind))
                shape += "N"
        elif kind not in ("s", "w"):
            shape += kind
    return shape, numbers


def _number(text: str) -> Fraction:
    if text.endswith("1/2"):
        return Fraction(text[:-3].strip().replace(",", ".") or 0) + Fraction(1, 2)
    if "halv" in text:
        return Fraction(3, 2)
    return Fraction(_NUMBERS[text]) if text in _NUMBERS else Fraction(text.replace(",", "."))


def _plain_shape(shape: str) -> str:
    """Times are N×N; a dash between a number and an option is a plus; doubled option words are one."""
    shape = re.sub(r"NG(?:[LDC]*)N", "NxN", shape)
    shape = re.sub(r"Nx?NG", "NxN", shape)
    shape = re.sub(r"(?<=[NR])[DC](?=O)", "Q", shape).replace("G", "")
    shape = re.sub(r"(?<=O)D+(?=[A-Za-z])", "", shape)  # "förlängning till", "möjlighet till förlängning"
    shape = re.sub(r"D+(?=[OMT])", "", shape)
    shape = re.sub(r"(?<=N)O(?=[QC]N)", "", shape)  # "1 år option + 1 år option"
    shape = re.sub(r"[QC](?=O)", "", shape)
    return re.sub(r"O+", "O", shape)


def _with_units(numbers: list[_Number], unit: Unit | None, added: bool) -> list[_Number]:
    """A number without unit has that of the next one that has, else of the one before, else the column's.

    Where nobody says, terms with plus ("2+1+1") are years when all are small and months when one is not.
    """
    units = [number.unit for number in numbers]
    for at in range(len(units) - 2, -1, -1):
        units[at] = units[at] or units[at + 1]
    for at in range(1, len(units)):
        units[at] = units[at] or units[at - 1]
    default = {"år": "ar", "mån": "man"}.get(unit or "")
    if not any(units):
        largest = max(number.value for number in numbers)
        if default == "ar" and largest > LONGEST_YEARS:
            default = None
        if default is None and (added or largest > 10):
            default = "man" if largest > 5 else "ar"
    return [_Number(number.value, named or default) for number, named in zip(numbers, units, strict=True)]


def _months(number: _Number) -> Fraction:
    return number.value * _MONTHS_PER[number.unit or "man"]


def _whole(months: Fraction) -> int | None:
    """Weeks and days come to the nearest month; half a month or more than fifty years is no length."""
    if months.denominator > 12:
        months = Fraction(max(1, round(months)))
    return int(months) if months.denominator == 1 and 0 <= months <= LONGEST else None


def _bare(value: Fraction, typed: str, unit: Unit | None) -> Cell[Duration]:
    if value < 0:
        return Cell(fault=_fault(typed, unit))
    if unit == "mån" or (unit is None and value > 10) or value == 0:
        months = _whole(value)
        return Cell(Duration(months)) if months is not None else Cell(fault=_fault(typed, unit))
    if unit == "år" and value <= LONGEST_YEARS:
        months = _whole(value * 12)
        return Cell(Duration(months)) if months is not None else Cell(fault=_fault(typed, unit))
    text = say(_("Är ”%(typed)s” månader eller år?"), typed=typed)
    return Cell(question=_ask(typed, text, [(_whole(value), None), (_whole(value * 12), None)]))


def _parse(shape: str, numbers: list[_Number], typed: str, unit: Unit | None) -> Cell[Duration] | None:
    """None when the text does not follow the grammar."""
    if "X" in shape or not numbers:
        return Cell() if shape == "E" else None
    shape, numbers = _multiplied(shape, numbers)
    plain = shape in ("N", "LNR")
    if plain and numbers[0].unit is None:
        return _bare(numbers[0].value, typed, unit)
    if shape == "NDN" and _is_years(numbers):
        return Cell(question=_years_question(numbers, typed))
    numbers = _with_units(numbers, unit, "Q" in shape)
    if any(number.unit is None for number in numbers):
        return _parse_unsaid(shape, numbers, typed)
    months = [_months(number) for number in numbers]
    return _by_shape(shape, numbers, months, typed)


def _parse_unsaid(shape: str, numbers: list[_Number], typed: str) -> Cell[Duration] | None:
    readings = [
        _by_shape(shape, named, [_months(n) for n in named], typed)
        for named in ([_Number(n.value, u) for n in numbers] for u in ("man", "ar"))
    ]
    values = [reading.value for reading in readings if reading and reading.value]
    if not values:
        return None
    text = say(_("Är ”%(typed)s” månader eller år?"), typed=typed)
    return Cell(question=_ask(typed, text, [(value.months, value.option) for value in values]))


def _multiplied(shape: str, numbers: list[_Number]) -> tuple[str, list[_Number]]:
    """ "2 x 12 mån" and "1 år x 2" become one number."""
    while (at := shape.find("NxN")) >= 0:
        first = shape[:at].count("N")
        a, b = numbers[first], numbers[first + 1]
        product = _Number(a.value * b.value, a.unit or b.unit)
        numbers = [*numbers[:first], product, *numbers[first + 2 :]]
        shape = shape[:at] + "N" + shape[at + 3 :]
    return shape, numbers


def _is_years(numbers: list[_Number]) -> bool:
    return all(
        number.unit is None and number.value.denominator == 1 and 2000 <= number.value <= 2100 for number in numbers
    )


def _by_shape(shape: str, numbers: list[_Number], months: list[Fraction], typed: str) -> Cell[Duration] | None:
    first, rest = months[0], sum(months[1:], Fraction(0))
    if shape in ("N", "LNR", "NLR") or (len(set(months)) == 1 and re.fullmatch(r"NLNR|NDN", shape)):
        return _found(first, None, typed)
    if re.fullmatch(r"NL?ZR?|ZN", shape):
        return _found(first, Fraction(0), typed)
    if (
        shape in ("NN", "NCN", "NQN")
        and [n.unit for n in numbers] == ["ar", "man"]
        and months[1] < 12
        and shape != "NQN"
    ):
        return _found(first + rest, None, typed)  # "1 år och 6 månader"
    if re.fullmatch(r"N(L?[QO]+[QOMLC]*N((Q|C|O)+N)*O?R?|L?N((Q|C)O?N)*O+R?)", shape):
        return _found(first, rest, typed)
    if re.fullmatch(r"[MT]*NL?I[OMLT]*N((Q|C)O?N)*O?R?", shape) and "O" in shape:
        return _found(first - rest, rest, typed)
    if re.fullmatch(r"[MT]*N(L|IL?|D)N(QN)+R?", shape) and first == rest:
        return _found(months[1], rest - months[1], typed)  # "4 år (2+1+1)"
    if re.fullmatch(r"N(QN)+L[MT]*NR", shape) and sum(months[:-1], Fraction(0)) == months[-1]:
        return _found(first, sum(months[1:-1], Fraction(0)), typed)  # "2+1+1 (4 år)"
    if re.fullmatch(r"NO?L?(T|M|O?D?T|TM|MT)M?NR?", shape) and "T" in shape and months[1] >= first:
        return _found(first, months[1] - first, typed)  # "2 år med förlängning, totalt högst 4 år"
    if re.fullmatch(r"N((Q|O|QO)+N)+(T|M)+N", shape) and sum(months[:-1], Fraction(0)) == months[-1]:
        return _found(first, sum(months[1:-1], Fraction(0)), typed)
    if shape in ("NO", "NLOR"):
        return Cell(Duration(_whole(first), option_unknown=True))
    return _by_question(shape, months, typed)


def _found(base: Fraction, option: Fraction | None, typed: str) -> Cell[Duration] | None:
    months = _whole(base)
    extra = _whole(option) if option is not None else None
    if months is None or (option is not None and extra is None):
        return None
    return Cell(Duration(months, extra))


def _by_question(shape: str, months: list[Fraction], typed: str) -> Cell[Duration] | None:
    if shape in ("NDN", "NCN", "NN", "NLNR", "MNDN"):
        text = say(_("”%(typed)s” kan vara flera längder. Vilken gäller?"), typed=typed)
        return Cell(question=_ask(typed, text, [(_whole(m), None) for m in months]))
    total = _whole(months[0])
    if shape in ("MN", "TN", "TMN", "NM", "MNIO", "MLNR") or re.fullmatch(r"[MT]*NL?I?O?R?", shape):
        text = say(_("Hur mycket av ”%(typed)s” är option?"), typed=typed)
        halves = [(total, 0)] + ([(total - 12, 12), (total - 24, 24)] if total and total > 24 else [])
        return Cell(question=_ask(typed, text, halves))
    if shape in ("NMN", "NLMNR") and months[1] > months[0]:
        text = say(_("Hur mycket av ”%(typed)s” är option?"), typed=typed)
        return Cell(question=_ask(typed, text, [(total, _whole(months[1] - months[0])), (total, _whole(months[1]))]))
    if shape == "mN":
        return Cell(
            question=_ask(
                typed, say(_("”%(typed)s” är ingen bestämd längd. Vilken gäller?"), typed=typed), [(total, None)]
            )
        )
    return None


def _ask(typed: str, text: Said, pairs: Iterable[tuple[int | None, int | None]]) -> Question:
    options = []
    for number, (months, extra) in enumerate(dict.fromkeys(pair for pair in pairs if pair[0])):
        label = say(_("%(months)s mån"), months=str(months))
        if extra:
            label = say(_("%(months)s mån + %(option)s mån option"), months=str(months), option=str(extra))
        options.append(Option(str(number), label, {"months": months, "option_months": extra}))
    return Question("months", typed, text, (*options, Option("unknown", say(_("Okänt")))))


def _years_question(numbers: list[_Number], typed: str) -> Question:
    years = int(numbers[1].value - numbers[0].value)
    return _ask(
        typed, say(_("Hur många månader är ”%(typed)s”?"), typed=typed), [(years * 12 + 12, None), (years * 12, None)]
    )


def _fault(cell: object, unit: str | None, field: str = "months") -> Fault:
    typed = shown(cell)
    if isinstance(cell, date | datetime):
        return Fault(
            field,
            typed,
            say(_("Kalkylprogrammet har gjort om längden till ett datum: %(typed)s"), typed=typed),
            say(_HELP),
            unit,
        )
    return Fault(field, typed, say(_("Vi förstår inte ”%(typed)s” som avtalstid"), typed=typed), say(_HELP), unit)
