"""The files that lists come out in: whatever stands in a row is text there, and never a formula."""

import csv
import io
import re

import openpyxl

from tests.attacks.answers import faults_of

ADDRESSES = (
    "/planerade/hamta.csv",
    "/planerade/hamta.xlsx",
    "/inventering/avtal/hamta.csv",
    "/inventering/avtal/hamta.xlsx",
)
LONG = (*ADDRESSES, "/sammanstallning/hamta.xlsx", "/sammanstallning/hamta.docx", "/sammanstallning/hamta.pdf")
RUNS = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"-?\d+(,\d+)?")


def faults_of_exports(client, addresses=ADDRESSES) -> list[str]:
    said = []
    for address in addresses:
        answer = client.get(address)
        found = faults_of(answer)
        if answer.status_code == 200:
            found += [] if answer.headers["Content-Disposition"].startswith("attachment") else ["shown, not handed out"]
            found += formulas_of(answer.content, address)
        said += [f"{address}: {fault}" for fault in found]
    return said


def formulas_of(content: bytes, address: str) -> list[str]:
    if address.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        return [f"{cell.coordinate} is a formula: {cell.value!r}"[:120] for cell in cells if cell.data_type == "f"]
    if address.endswith(".csv"):
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
        cells = (cell for row in rows for cell in row)
        return [f"a formula: {cell!r}"[:120] for cell in cells if RUNS.match(cell) and not NUMBER.fullmatch(cell)]
    return []
