"""From the cells of a row to an agreement, by the grammars that plans are read with."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from insteg.codes.nature import nature_of_cpv
from insteg.core.months import months_later
from insteg.inventory.agreement_reader.dates import ENDLESS, holds_day, months_beyond, read_end
from insteg.inventory.agreement_reader.register import Agreement
from insteg.inventory.plan_reader import amounts, content, cpv, dates, durations, nature
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.durations import Duration
from insteg.inventory.plan_reader.reading import NOTHING, Cell, Fault, Question, Row, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, says_nothing, says_unknown, shortened, shown

_LONGEST: Final = {"title": 300, "supplier": 200, "reference": 60}
_OVER: Final = re.compile(r"(avslutad|avslutat|upphort|upphord|uppsagt|uppsagd|utgatt|utgangen|utgang|inaktiv|arkiverad"
                          r"|ogiltig|passiv|terminated|expired|stangd|stangt|makulera[dt])\b.*")  # fmt: skip
_END_HELP: Final = _("Skriv avtalets sista dag, till exempel 30 juni 2027, eller lämna raden utanför.")


def end_missing() -> Fault:
    return Fault("end", "", say(_("Sista dag saknas")), say(_END_HELP))


def end_before_start(start: date, end: date) -> Fault:
    text = say(_("Avtalet slutar innan det börjar (%(start)s)"), start=start.isoformat())
    return Fault("end", end.isoformat(), text, say(_END_HELP))


class NoAgreement(Exception):
    """The row is no agreement that runs out; the first argument says why."""


def read_agreement(number: int, row: Sequence[object], by_role: Mapping[str, Found]) -> Agreement:
    """One row of the sheet, `number` as a person counts. Raises NoAgreement."""
    cells = {role: row[column.index] for role, column in by_role.items()}
    if _OVER.fullmatch(fold(shown(cells.get("status", "")))):
        raise NoAgreement(say(_("är avslutat enligt registret")))
    title = _text(cells, "title")
    if not title:  # a dash, or that it is not known
        raise NoAgreement(say(_("har inget namn")))
    odd = _Oddities()
    period: Cell[Duration] = _period(cells, by_role)
    start = odd.of(dates.read_start(cells["start"])) if _told(cells, "start") else None
    end = _end(cells, odd)
    if period.value and period.value.end and not end:
        start, end = start or period.value.start, end or period.value.end
    elif start and not end and not odd.faults and period.value and period.value.months:
        end = _after(start, period.value.months)
    if not end and not odd.about("end"):
        odd.faults.append(end_missing())
    if start and end and start > end:
        odd.faults.append(end_before_start(start, end))
        end = None
    codes = odd.of(cpv.read_cpvs(cells["cpv"])) if _told(cells, "cpv") else ()
    option = odd.of(_option(cells, by_role, period, end))
    low, high = _value(cells, by_role, odd, start, end, period.value)
    sort, inferred = _nature(cells, codes or ())
    return Agreement(
        Row(
            number,
            title,
            nature=sort,
            nature_inferred=inferred,
            cpvs=tuple(codes or ()),
            value_min=low,
            value_max=high,
            option_months=option.option if option else None,
            start=start,
            reference=_text(cells, "reference") or None,
            organisation=_text(cells, "organisation") or None,
            questions=tuple(odd.questions),
            faults=tuple(odd.faults),
        ),
        supplier=_text(cells, "supplier"),
        ends_on=end,
    )


class _Oddities:
    """What the grammars could not settle in the row at hand."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.faults: list[Fault] = []

    def of(self, cell: Cell[Any]) -> Any:
        """The cell's value; its question or fault is kept."""
        if cell.question:
            self.questions.append(cell.question)
        if cell.fault:
            self.faults.append(cell.fault)
        return None if cell.question or cell.fault else cell.value

    def about(self, field: str) -> bool:
        return field in {question.field for question in self.questions} | {fault.field for fault in self.faults}


def _told(cells: Mapping[str, object], role: str) -> bool:
    return bool(shown(cells.get(role, "")).strip())


def _text(cells: Mapping[str, object], role: str) -> str:
    cell = cells.get(role, "")
    text = content.without_contacts(shown(cell)) if role == "title" else shown(cell)
    if says_nothing(fold(text)) or says_unknown(fold(text)):
        return ""
    return shortened(text, _LONGEST.get(role, 200))


def _end(cells: Mapping[str, object], odd: _Oddities) -> date | None:
    """The day that the agreement now runs to. Where it has been prolonged, that day goes before the first one."""
    if _told(cells, "prolonged") and holds_day(cells["prolonged"]):
        return read_end(cells["prolonged"]).value
    role = "end" if "end" in cells else "end_latest" if "period" not in cells else ""
    if not role or not _told(cells, role):
        return None
    if ENDLESS.fullmatch(fold(shown(cells[role]))):
        raise NoAgreement(say(_("gäller tills vidare och har ingen sista dag")))
    end: date | None = odd.of(read_end(cells[role]))
    return end


def _period(cells: Mapping[str, object], by_role: Mapping[str, Found]) -> Cell[Duration]:
    if not _told(cells, "period"):
        return Cell()
    if ENDLESS.fullmatch(fold(shown(cells["period"]))) and not _told(cells, "end"):
        raise NoAgreement(say(_("gäller tills vidare och har ingen sista dag")))
    return durations.read_duration(cells["period"], _length_unit(by_role["period"]))


def _length_unit(column: Found) -> durations.Unit | None:
    return "år" if column.unit == "år" else "mån" if column.unit == "mån" else None


def _after(start: date, months: int) -> date:
    return months_later(start, months) - timedelta(days=1)


def _option(
    cells: Mapping[str, object], by_role: Mapping[str, Found], period: Cell[Duration], end: date | None
) -> Cell[Any]:
    """Months that the agreement can still be prolonged by, from a length, a last day or the length with options."""
    for role in ("end_latest", "option"):
        if _told(cells, role) and holds_day(cells[role]):
            latest = read_end(cells[role]).value
            return Cell(Duration(None, months_beyond(end, latest))) if end and latest else Cell()
    if _told(cells, "option"):
        return durations.read_option(cells["option"], _length_unit(by_role["option"]))
    return Cell(period.value) if period.value and period.value.option is not None else Cell()


def _value(
    cells: Mapping[str, object],
    by_role: Mapping[str, Found],
    odd: _Oddities,
    start: date | None,
    end: date | None,
    period: Duration | None,
) -> tuple[int | None, int | None]:
    """The whole agreement's value. An amount a year counts for as many months as the agreement runs."""
    role = "value" if _told(cells, "value") else "value_year"
    if not _told(cells, role):
        return None, None
    amount = odd.of(amounts.read_amount(cells[role], by_role[role].unit))
    if amount is None:
        return None, None
    if amount.per is None and role == "value":
        return amount.low, amount.high
    months = durations.months_between(start, end) if start and end else period.months if period else None
    if not months:
        typed = shown(cells[role])
        text = say(_("”%(typed)s” är värdet per år. Vad är hela avtalet värt?"), typed=typed)
        odd.faults.append(Fault("value", typed, text, say(_("Skriv till exempel 3,5 mkr."))))
        return None, None
    return _times(amount.low, months), _times(amount.high, months)


def _times(yearly: int | None, months: int) -> int | None:
    return None if yearly is None else yearly * months // 12


def _nature(cells: Mapping[str, object], codes: Sequence[str]) -> tuple[Any, bool]:
    """By its own column, else by the code. A category of the city's own ("It", "Livsmedel") says nothing of it."""
    told = nature.read_nature(cells["nature"]) if _told(cells, "nature") else NOTHING
    if told.value:
        return told.value, False
    inferred = nature_of_cpv(codes[0]) if codes else None
    return inferred, inferred is not None
