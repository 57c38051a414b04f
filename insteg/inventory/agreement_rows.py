"""From a read register to agreements: what is new, changed and the same against those that are known (R11). Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from insteg.core.months import months_later
from insteg.inventory.agreement_reader import Agreement, Register, settled
from insteg.inventory.models import RunningAgreement
from insteg.inventory.plan_reader.wording import fold

Place = tuple[int, int]  # the sheet's place in the file, from 0, and the row's number in it
Answers = Mapping[Place, Mapping[str, str]]
FACTS = ("title", "reference", "supplier", "nature", "cpv", "value", "starts_on", "ends_on", "option_months")


class Kind(StrEnum):
    """What saving does with a row. Those that are over or another's are left out by themselves."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OVER = "over"
    ELSEWHERE = "elsewhere"
    OPEN = "open"  # has a question or a fault that is not settled


SAVED = (Kind.NEW, Kind.CHANGED, Kind.SAME)


class Match(NamedTuple):
    """A row of the register, the agreement that it is about if one is known, and the names of the facts that differ."""

    place: Place
    agreement: Agreement
    facts: dict[str, Any]
    known: RunningAgreement | None
    changed: list[str]
    kind: Kind


def facts_of(agreement: Agreement) -> dict[str, Any]:
    """The facts of a RunningAgreement that the row tells. What it does not tell is left out."""
    row = agreement.row
    told = {
        "title": row.title,
        "reference": row.reference,
        "supplier": agreement.supplier,
        "nature": row.nature,
        "cpv": row.cpvs[0] if row.cpvs else None,
        "value": row.value_max if row.value_max is not None else row.value_min,
        "starts_on": row.start,
        "ends_on": agreement.ends_on,
        "option_months": row.option_months,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def compare(
    register: Register,
    known: Iterable[RunningAgreement],
    today: dt.date,
    others: Iterable[str] = (),
    answers: Answers | None = None,
    left_out: Iterable[Place] = (),
) -> list[Match]:
    """Every row that is not left out, with the agreement it is about: by its number, else by name and supplier.

    `others` are the names of the city's other organisations: a row that names one of them is not taken. An agreement
    that is over by `today` is taken only if it is known, as what has happened to that one.
    """
    known_ones = _Known(known)
    elsewhere = {fold(name) for name in others}
    out = set(left_out)
    found = []
    for sheet, _sheet, read in register.places():
        place = (sheet, read.row.number)
        if place not in out:
            agreement = settled(read, (answers or {}).get(place, {}))
            found.append(_match(place, agreement, known_ones, today, elsewhere))
    return found


def _match(place: Place, agreement: Agreement, known: "_Known", today: dt.date, elsewhere: set[str]) -> Match:
    facts = facts_of(agreement)
    if fold(agreement.row.organisation or "") in elsewhere:
        return Match(place, agreement, facts, None, [], Kind.ELSEWHERE)
    if agreement.odd:
        return Match(place, agreement, facts, None, [], Kind.OPEN)
    one = known.take(facts)
    if one is None:
        kind = Kind.OVER if last_possible_day(facts) < today else Kind.NEW
        return Match(place, agreement, facts, None, [], kind)
    if agreement.row.nature_inferred and one.nature:
        facts.pop("nature")  # what somebody has said goes before what the code lets us infer
    changed = [name for name in FACTS if name in facts and facts[name] != getattr(one, name)]
    return Match(place, agreement, facts, one, changed, Kind.CHANGED if changed else Kind.SAME)


def last_possible_day(facts: Mapping[str, Any]) -> dt.date:
    """With every option used. `facts` are of an agreement whose last day is told."""
    day: dt.date = facts["ends_on"] + dt.timedelta(days=1)
    return months_later(day, facts.get("option_months") or 0) - dt.timedelta(days=1)


class _Known:
    """The known agreements of an organisation. Each is given away once."""

    def __init__(self, agreements: Iterable[RunningAgreement]) -> None:
        self.by_reference: dict[str, RunningAgreement] = {}
        self.by_name: dict[tuple[str, str], list[RunningAgreement]] = {}
        for one in agreements:
            if one.reference:
                self.by_reference[fold(one.reference)] = one
            self.by_name.setdefault((fold(one.title), fold(one.supplier)), []).append(one)

    def take(self, facts: Mapping[str, Any]) -> RunningAgreement | None:
        reference = fold(facts.get("reference", ""))
        one = self.by_reference.pop(reference, None) if reference else None
        namesakes = self.by_name.get((fold(facts["title"]), fold(facts.get("supplier", ""))), [])
        if one is None:
            one = next((each for each in namesakes if _may_be(each, reference, facts)), None)
        if one is not None:
            self.by_reference.pop(fold(one.reference), None)
            self.by_name[fold(one.title), fold(one.supplier)].remove(one)
        return one


def _may_be(known: RunningAgreement, reference: str, facts: Mapping[str, Any]) -> bool:
    """Not when both have a number, nor when the row begins after the known one's end: then it is its successor."""
    follows = facts.get("starts_on") is not None and facts["starts_on"] > known.ends_on
    return not (reference and known.reference) and not follows
