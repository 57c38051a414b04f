"""A person's answers to what the reader could not settle in one agreement."""

from collections.abc import Mapping
from datetime import date

from insteg.inventory.agreement_reader.dates import read_end
from insteg.inventory.agreement_reader.register import Agreement
from insteg.inventory.agreement_reader.rows import end_before_start, end_missing
from insteg.inventory.plan_reader import Fault, answered


def settled(agreement: Agreement, answers: Mapping[str, str]) -> Agreement:
    """The agreement with the answers in place, by the field of a question or fault. What cannot be read of them is a
    fault anew."""
    rest = {field: text for field, text in answers.items() if field != "end"}
    row = answered(agreement.row, rest)
    if "end" not in answers:
        return agreement._replace(row=row)
    read = read_end(answers["end"])
    fault = read.fault or _wrong(row.start, read.value)
    faults = tuple(one for one in row.faults if one.field != "end")
    row = row._replace(faults=(*faults, fault) if fault else faults)
    return agreement._replace(row=row, ends_on=None if fault else read.value)


def _wrong(start: date | None, end: date | None) -> Fault | None:
    if end is None:
        return end_missing()
    return end_before_start(start, end) if start and start > end else None
