"""The grammar of starts: `2027-09`, `Q3 2027`, `kv 4 -27`, `hösten 2027`. A period is its first day (R12)."""

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from insteg.inventory.plan_reader.reading import Cell, Fault, Option, Question, Said, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, is_cell_error, says_nothing, says_unknown, shown

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099
_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(36526, 73051)  # 2000 to 2099 in Excel's count of days

_MONTH_NAMES: Final = (
    ("januari", "januari|january|jan"), ("februari", "februari|february|febr|feb"), ("mars", "mars|march|mar|mrs"),
    ("april", "april|apr"),
    ("maj", "maj|may"), ("juni", "juni|june|jun"), ("juli", "juli|july|jul"), ("augusti", "augusti|august|aug"),
    ("september", "september|sept|sep"), ("oktober", "oktober|october|okt|oct"), ("november", "november|nov"),
    ("december", "december|dec"),
)  # fmt: skip
_ANY_MONTH: Final = "|".join(names for _name, names in _MONTH_NAMES)
_MONTH: Final = rf"(?P<month>{_ANY_MONTH})\.?"
_MONTH_NUMBER: Final = {name: n for n, (_n, names) in enumerate(_MONTH_NAMES, 1) for name in names.split("|")}
_ORDINAL: Final = {"forsta": 1, "andra": 2, "tredje": 3, "fjarde": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_Y4: Final = r"(?P<y>20\d\d)"
_Y: Final = r"(?:(?P<y>20\d\d)|[-'/]?(?P<yy>\d\d))"
_DAY: Final = r"(?:den )?(?P<d>\d{1,2})(?::?(?:a|e))?\.?"
_GAP: Final = r"[ ,./-]*"
_NTH: Final = r"(?P<n>[1-4]|i{1,3}|iv)"
_NTH_WORD: Final = r"(?:(?P<n>[1-4])(?::?(?:a|e))?|(?P<word>forsta|andra|tredje|fjarde))"
_QUARTER_WORD: Final = r"(?:kvartal|kvart|kvt|kv|kva|qv|qtr|q|k)"
_QUARTER: Final = rf"(?:{_QUARTER_WORD}\.?)"
_SEASON: Final = r"(?P<season>(?:tidig|sen|for|hog)?(?:var|host|sommar|vinter)(?:en|terminen|halvaret)?|vt|ht)"
_SEASON_START: Final = {"var": (1, 1), "vt": (1, 1), "host": (7, 1), "ht": (7, 1), "sommar": (6, 1)}

_FLUFF: Final = re.compile(
    r"\b(?:ca|c:a|cirka|ung(?:efar)?|omkring|kring|runt|prel(?:iminart|iminar)?|planerat|planerad|beraknat"
        r"|beraknad|onskat|onskad|tidigast|senast|fr\.? ?o\.? ?m|from|fran och med|fran|start(?:ar|datum)?|avtalsstart"
    r"|under|vid|i|den|(?:borjan|mitten|slutet) (?:av|pa)|man(?:dag|ad(?:en)?)?|tis(?:dag)?|ons(?:dag)?"
        r"|tors(?:dag)?|fre(?:dag)?|lor(?:dag)?|son(?:dag)?)\b\.?:? ?|[~()*]"
)  # fmt: skip
_NOT_A_DATE: Final = re.compile(
    r"snarast(?: mojligt)?|omg(?:aende|\.)?|direkt|asap|lopande|kontinuerligt|pagar|pagaende|klart?|genomford"
        r"|avslutad|tills ?vidare|vid behov|vilande|nej|ja|x|startad|paborjad|avropas|"
    r"(?:efter|nar|enligt|beroende|se|i samband med|avvaktar) .*"
)  # fmt: skip
_HELP: Final = _("Skriv till exempel 1 mars 2028, 2028-03 eller kvartal 1 2028.")

_ISO: Final = re.compile(
    r"(?P<y>20\d\d)(?P<sep>[-./ ])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?:[ t]\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?z?)?"
)
_WHOLE: Final = re.compile(
    r"(?P<iso>20\d\d-\d\d?-\d\d?|20\d\d\d{4})|(?P<name>\d{1,2} (?:"
    + "|".join(_MONTH_NUMBER)
    + r")\.? 20\d\d)|(?P<slash>\d{1,2}/\d{1,2}[ -/]20\d\d)"
)


class _Missing(Exception):
    """The text is a date but for its year."""


def read_start(cell: object, year: int | None = None) -> Cell[date]:
    """One cell in a column of starts. `year` completes a text that names none ("Q3" in the plan of 2027).

    A season, half-year, quarter, month, week or year is its first day: spring 1 January, autumn 1 July.
    """
    if isinstance(cell, datetime):
        return _checked(cell.date(), shown(cell))
    if isinstance(cell, date):
        return _checked(cell, shown(cell))
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _read_number(cell)
    if isinstance(cell, str):
        return _read_text(cell, year)
    return Cell(fault=_fault(cell))


def _checked(day: date, typed: str) -> Cell[date]:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return Cell(day)
    return Cell(fault=_fault(typed, say(_("Året är %(year)s. Skriv ett år mellan 2000 och 2099."), year=str(day.year))))


def _read_number(number: float) -> Cell[date]:
    typed = shown(float(number))
    if not 0 <= number < 1e9:
        return Cell(fault=_fault(typed))
    if int(number) in _SERIALS:
        return Cell(_EXCEL_DAY_ZERO + timedelta(days=int(number)))
    if number != int(number) or number < FIRST_YEAR or len(str(int(number))) == 5:
        return Cell(fault=_fault(typed))
    return _read_text(str(int(number)), None)


@lru_cache(maxsize=16384)
def _read_text(typed: str, year: int | None) -> Cell[date]:
    text = fold(typed)
    if says_nothing(text) or _NOT_A_DATE.fullmatch(text):
        return Cell()
    if says_unknown(text):
        return Cell(unknown=True)
    if is_cell_error(typed):
        return Cell(fault=Fault("start", typed, say(_("Cellen visar felet %(typed)s"), typed=typed), say(_HELP)))
    if re.fullmatch(r"\d{5}", text):
        return _read_number(int(text))
    two = _ambiguous(text, typed)
    if two:
        return two
    plain = " ".join(_FLUFF.sub(" ", text).split()).strip(" .,;:!?")
    for candidate in dict.fromkeys(
        (plain, re.split(r" (?:t\.?o\.?m\.?|till|-|och framat|och senare) ?", plain)[0].strip())
    ):
        read = _parse(candidate, typed, year)
        if read:
            return read
    return Cell(fault=_fault(typed))


def _parse(text: str, typed: str, year: int | None) -> Cell[date] | None:
    for pattern, build in _FORMS:
        match = pattern.fullmatch(text)
        if not match:
            continue
        try:
            found = build(match, year)
        except _Missing:
            return Cell(fault=Fault("start", typed, say(_("”%(typed)s” saknar år"), typed=typed), say(_HELP)))
        except ValueError:
            return Cell(fault=_impossible(match, typed))
        if found:
            return _checked(found, typed)
    return None


def _year(match: re.Match[str], default: int | None) -> int:
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    if groups.get("yy"):
        return 2000 + int(groups["yy"])
    if default is None:
        raise _Missing
    return default


def _day(match: re.Match[str], year: int | None) -> date:
    return date(_year(match, year), int(match["m"]), int(match["d"]))


def _named_day(match: re.Match[str], year: int | None) -> date:
    return date(_year(match, year), _MONTH_NUMBER[match["month"]], int(match["d"]))


def _named_month(match: re.Match[str], year: int | None) -> date:
    return date(_year(match, year), _MONTH_NUMBER[match["month"]], 1)


def _first_of_months(match: re.Match[str], year: int | None) -> date | None:
    """ "aug-sept 2027" is a period like a quarter; "dec/jan 2027" does not say which December."""
    first, last = (_MONTH_NUMBER[match[name]] for name in ("month", "last"))
    return date(_year(match, year), first, 1) if first < last else None


def _month(match: re.Match[str], year: int | None) -> date:
    return date(_year(match, year), int(match["m"]), 1)


def _nth(match: re.Match[str]) -> int:
    groups = match.groupdict()
    word = groups.get("word") or groups.get("n") or ""
    return _ORDINAL.get(word) or int(word)


def _part(months: int) -> Callable[[re.Match[str], int | None], date]:
    def build(match: re.Match[str], year: int | None) -> date:
        return date(_year(match, year), (_nth(match) - 1) * months + 1, 1)

    return build


def _season(match: re.Match[str], year: int | None) -> date | None:
    season = re.sub(r"^(tidig|sen|for|hog)|(en|terminen|halvaret)$", "", match["season"])
    return date(_year(match, year), *_SEASON_START[season]) if season in _SEASON_START else None


def _week(match: re.Match[str], year: int | None) -> date:
    return date.fromisocalendar(_year(match, year), int(match["w"]), 1)


def _first(match: re.Match[str], year: int | None) -> date:
    return date(_year(match, year), 1, 1)


def _turn_of_year(match: re.Match[str], _default: int | None) -> date | None:
    first, second = int(match["a"]), int(match["b"]) % 100
    return date(2000 + second, 1, 1) if (first + 1) % 100 == second else None


def _forms() -> Iterable[tuple[str, Callable[[re.Match[str], int | None], date | None]]]:
    """Written forms, most exact first."""
    yield _ISO.pattern, _day
    yield r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>\d\d)", _day
    yield r"(?P<y>20\d\d)[-./ ]?(?P<m>0[1-9]|1[0-2])", _month
    yield r"(?P<y>20\d\d)[-./](?P<m>[1-9])", _month
    yield rf"(?P<m>0?[1-9]|1[0-2])[-./ ]{_Y4}", _month
    yield rf"(?P<d>\d{{1,2}})[/.-] ?(?P<m>\d{{1,2}})[ ./,-]*{_Y4}", _day
    yield r"(?P<d>\d{1,2})/(?P<m>\d{1,2})[ ./,'-]+(?P<yy>\d\d)", _day
    yield r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<yy>\d\d)", _day
    yield r"(?P<d>\d{1,2})/(?P<m>\d{1,2})", _day
    yield rf"{_DAY} ?{_MONTH}{_GAP}{_Y}?", _named_day
    yield rf"{_MONTH} (?P<d>\d{{1,2}}),? {_Y4}", _named_day
    yield rf"{_Y4}{_GAP}{_MONTH}(?: (?P<d>\d{{1,2}}))", _named_day
    yield rf"{_MONTH}{_GAP}{_Y}?", _named_month
    yield rf"{_MONTH} ?[/-] ?(?P<last>{_ANY_MONTH})\.?{_GAP}{_Y}?", _first_of_months
    yield rf"manadsskiftet (?P<last>{_ANY_MONTH})\.? ?[/-] ?{_MONTH}{_GAP}{_Y}?", _named_month
    yield rf"{_Y4}{_GAP}{_MONTH}", _named_month
    yield rf"{_QUARTER} ?{_NTH}(?: ?[-/&+] ?(?:{_QUARTER} ?)?[1-4])?{_GAP}{_Y}?", _part(3)
    yield rf"kvartalsskiftet {_QUARTER}? ?[1-3] ?[/-] ?{_QUARTER}? ?(?P<n>[2-4]){_GAP}{_Y}?", _part(3)
    yield rf"{_NTH_WORD} ?{_QUARTER_WORD}(?:et)?\.?{_GAP}{_Y}?", _part(3)
    yield rf"{_Y}{_GAP}{_QUARTER} ?{_NTH}(?: ?[-/&] ?(?:{_QUARTER} ?)?[1-4])?", _part(3)
    yield rf"(?P<yy>\d\d) ?{_QUARTER} ?{_NTH}", _part(3)
    yield rf"{_Y4}{_GAP}{_NTH_WORD} ?{_QUARTER_WORD}(?:et)?", _part(3)
    yield rf"(?:h|halvar(?:et)?) ?(?P<n>[12]|i{{1,2}}){_GAP}{_Y}?", _part(6)
    yield rf"{_NTH_WORD} ?halvar(?:et)?{_GAP}{_Y}?", _part(6)
    yield rf"{_Y4}{_GAP}(?:h|halvar(?:et)?) ?(?P<n>[12])", _part(6)
    yield rf"(?P<n>[12])h{_GAP}{_Y}?", _part(6)
    yield rf"{_Y4}{_GAP}{_NTH_WORD} ?halvar(?:et)?", _part(6)
    yield rf"(?:t|tertial) ?(?P<n>[1-3]|i{{1,3}}){_GAP}{_Y}?", _part(4)
    yield rf"{_NTH_WORD} ?tertial(?:et)?{_GAP}{_Y}?", _part(4)
    yield rf"{_Y4}{_GAP}(?:t|tertial) ?(?P<n>[1-3])", _part(4)
    yield rf"{_SEASON}(?: ?[/-] ?(?:var|host|sommar|vinter)(?:en)?)?{_GAP}{_Y}?", _season
    yield rf"{_Y4}{_GAP}{_SEASON}", _season
    yield r"(?:v|vecka)\.? ?(?P<w>\d{1,2}) ?(?: [-'/]|')(?P<yy>\d\d)", _week
    yield rf"(?:v|vecka)\.? ?(?P<w>\d{{1,2}})(?: ?- ?\d{{1,2}})?{_GAP}{_Y}?", _week
    yield rf"{_Y4}[ ,-]*(?:v|vecka|w)\.? ?(?P<w>\d{{1,2}})", _week
    yield r"(?:ars|arsskiftet) ?(?:20)?(?P<a>\d\d) ?[/-] ?(?:20)?(?P<b>\d\d)", _turn_of_year
    yield rf"(?:ar(?:et)? )?{_Y4}", _first


_FORMS: Final = [(re.compile(pattern), build) for pattern, build in _forms()]


def _ambiguous(text: str, typed: str) -> Cell[date] | None:
    """Dates that careful people read in two ways."""
    text = text.strip(" .,;")
    short = re.fullmatch(r"(\d\d)([-./])(\d\d)\2(\d\d)", text)
    if short:
        return _short(int(short[1]), int(short[3]), int(short[4]), short[2], typed)
    six = re.fullmatch(r"(\d\d)(\d\d)(\d\d)", text)
    if six and six[1] != "20":
        return _short(int(six[1]), int(six[2]), int(six[3]), "", typed)
    turn = re.fullmatch(r"(?:vid |kring |runt )?arsskiftet (20\d\d)", text)
    if turn:
        return _ask(typed, [date(int(turn[1]), 1, 1), date(int(turn[1]) + 1, 1, 1)])
    years = re.fullmatch(r"(20\d\d) ?(?:[/-]|eller|till) ?(?:20)?(\d\d)", text)
    if years and int(years[2]) > 12:
        return _ask(typed, [date(int(years[1]), 1, 1), date(2000 + int(years[2]), 1, 1)])
    late = re.fullmatch(r"(?:i |vid )?(?:slutet (?:av|pa)|sent|sen) (?:ar )?(20\d\d)", text)
    if late:
        return _ask(typed, [date(int(late[1]), 10, 1), date(int(late[1]), 12, 1)])
    middle = re.fullmatch(r"(?:i )?(?:mitten (?:av|pa)|medio) (?:ar )?(20\d\d)", text)
    if middle:
        return _ask(typed, [date(int(middle[1]), 6, 1), date(int(middle[1]), 7, 1)])
    winter = re.fullmatch(r"vintern? ?(20\d\d)(?: ?[/-] ?(?:20)?(\d\d))?", text)
    if winter:
        year = int(winter[1])
        return Cell(date(year, 12, 1)) if winter[2] else _ask(typed, [date(year, 1, 1), date(year, 12, 1)])
    return _alternatives(text, typed)


def _alternatives(text: str, typed: str) -> Cell[date] | None:
    parts = re.split(r" eller | alt\.? | ?/ ?(?=[a-z])", text)
    if len(parts) != 2:
        return None
    named = re.search(r"20\d\d", parts[1])
    found = [_parse(part, typed, int(named[0]) if named else None) for part in parts]
    days = [read.value for read in found if read and read.value]
    # "aug/sept 2027" and "höst/vinter 2027" are periods, not alternatives
    return _ask(typed, days) if len(days) == 2 and ("eller" in text or "20" in parts[0]) else None


def _short(a: int, b: int, c: int, sep: str, typed: str) -> Cell[date] | None:
    """Two figures each: year first as Swedes write, or last as others do. Two credible readings are a question, but
    for six figures in a row, which begin with the year unless no such day exists."""
    swedish = _maybe(2000 + a, b, c)
    if sep == "" and swedish and 2015 <= swedish.year <= 2060:
        return Cell(swedish)
    readings = {day for day in (_maybe(2000 + a, b, c), _maybe(2000 + c, b, a)) if day and 2015 <= day.year <= 2060}
    if sep in ("/", "."):
        readings &= {day for day in (_maybe(2000 + c, b, a),) if day} or readings
    if len(readings) > 1:
        return _ask(typed, sorted(readings))
    return Cell(readings.pop()) if readings else Cell(fault=_fault(typed))


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ask(typed: str, days: Iterable[date]) -> Cell[date]:
    options = [
        Option(str(n), say("%(day)s", day=in_words(day)), {"start": day}) for n, day in enumerate(dict.fromkeys(days))
    ]
    text = say(_("Vilken dag menas med ”%(typed)s”?"), typed=typed)
    return Cell(question=Question("start", typed, text, (*options, Option("unknown", say(_("Okänt"))))))


def in_words(day: date) -> str:
    """1 mars 2028."""
    return f"{day.day} {_MONTH_NAMES[day.month - 1][0]} {day.year}"


def _impossible(match: re.Match[str], typed: str) -> Fault:
    """Says why a well-formed date does not exist: "Februari har 29 dagar 2028."."""
    groups = match.groupdict()
    month = int(groups["m"]) if groups.get("m") else _MONTH_NUMBER.get(groups.get("month") or "", 0)
    if not 1 <= month <= 12:
        return _fault(typed)
    year = int(groups["y"]) if groups.get("y") else 2000 + int(groups.get("yy") or 1)
    text = _("%(month)s har %(days)s dagar %(year)s. Skriv till exempel %(example)s.")
    after = date(year + month // 12, month % 12 + 1, 1)
    days = calendar.monthrange(year, month)[1]
    help_ = say(text, month=_MONTH_NAMES[month - 1][0].capitalize(), days=days, year=year, example=in_words(after))
    return _fault(typed, help_)


def _fault(cell: object, help_: Said | None = None) -> Fault:
    typed = shown(cell)
    return Fault("start", typed, say(_("”%(typed)s” är inget datum"), typed=typed), help_ or say(_HELP))


def whole_dates(text: str) -> list[date]:
    """Every date with day, month and year in a folded text, in order."""
    found = (_read_text(match.group(), None).value for match in _WHOLE.finditer(text))
    return [day for day in found if day]


def year_alone(cell: object) -> int | None:
    """A cell that is a year and nothing else: 2027, 2027.0, "2027", "År 2027"."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return int(cell) if FIRST_YEAR <= cell <= LAST_YEAR and cell == int(cell) else None
    match = re.fullmatch(r"(?:ar )?(20\d\d)", fold(cell)) if isinstance(cell, str) else None
    return int(match[1]) if match else None
