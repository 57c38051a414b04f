from io import BytesIO

import python_calamine

from insteg.inventory.plan_reader import read
from insteg.inventory.plan_reader.files import open_book
from scripts.bench.measure import Line, in_turns, show
from scripts.bench.workbook import workbook


def measure(rows: int, rounds: int) -> bool:
    content = workbook(rows)

    def bare() -> list[list[object]]:
        return python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()

    found = len(read(content, "plan.xlsx").rows)
    if found != rows:
        raise RuntimeError(f"{found} rows were read of {rows}")
    yardstick = "calamine efter kontroll av filen"
    lines = [
        Line("calamine, bara cellerna", bare),
        Line(yardstick, lambda: open_book(content, "plan.xlsx")),
        Line("läsa planen", lambda: read(content, "plan.xlsx"), yardstick, aim=2),
    ]
    return show(f"Läsa en arbetsbok med {rows} rader, {len(content) // 1024} kB", in_turns(lines, rounds))
