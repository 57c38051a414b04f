import csv
from io import BytesIO, StringIO
from types import SimpleNamespace

from django.db import connection
from openpyxl import Workbook

from insteg.inventory.exports import export_rows
from insteg.inventory.models import PlannedProcurement
from scripts.bench.city import signed_in
from scripts.bench.listing import LIST, opened
from scripts.bench.measure import Line, in_turns, show


def measure(rounds: int, city: SimpleNamespace) -> bool:
    """The yardsticks write values that are already in memory: no query, no judgement, no care for formulas."""
    rows = list(export_rows(PlannedProcurement.objects.filter(withdrawn_at=None)))
    ue = signed_in(city.who["ue"])

    def bare_xlsx() -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
        sheet.close()
        data = BytesIO()
        book.save(data)
        return data.getvalue()

    def bare_csv() -> bytes:
        text = StringIO(newline="")
        csv.writer(text, delimiter=";").writerows(rows)
        return text.getvalue().encode()

    lines = [
        Line("openpyxl write_only", bare_xlsx),
        Line("hämta som Excel", lambda: opened(ue, LIST + "hamta.xlsx"), "openpyxl write_only"),
        Line("csv.writer", bare_csv),
        Line("hämta som csv", lambda: opened(ue, LIST + "hamta.csv"), "csv.writer"),
    ]
    return show(f"Hämta {len(rows)} rader, {connection.vendor}", in_turns(lines, rounds))
