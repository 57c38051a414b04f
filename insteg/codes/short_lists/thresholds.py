"""Amounts of the procurement acts, with where each was read.

The amounts that follow the euro are set anew every other year. For 2026 they have not been found in kronor, so the ones
before are kept and said to be known until the end of 2025. Those written into the act itself have no such end; the
day that they came into force stands in no text that was read.
"""

import datetime as dt
from typing import Final, NamedTuple

EURO_2022, EURO_2024 = dt.date(2022, 1, 1), dt.date(2024, 1, 1)
END_OF_2023, END_OF_2025 = dt.date(2023, 12, 31), dt.date(2025, 12, 31)


class Amount(NamedTuple):
    """`kind` is one of Threshold.Kind; `read` tells that the source was read and not remembered."""

    kind: str
    valid_from: dt.date
    known_until: dt.date | None
    amount: int
    source: str
    read: bool


THRESHOLDS: Final = (
    Amount("lou_goods_services", EURO_2022, END_OF_2023, 2_236_731, "ej kontrollerad", False),
    Amount("lou_goods_services", EURO_2024, END_OF_2025, 2_389_585, "Upphandlingsmyndigheten", True),
    Amount("lou_works", EURO_2022, END_OF_2023, 55_991_099, "ej kontrollerad", False),
    Amount("lou_works", EURO_2024, END_OF_2025, 59_880_179, "Upphandlingsmyndigheten", True),
    Amount("lou_social", EURO_2024, END_OF_2025, 8_109_450, "Upphandlingsmyndigheten", True),
    Amount("lou_direct", dt.date(2022, 2, 1), None, 700_000, "19 a kap. 2 § LOU", True),
    Amount("luf_goods_services", EURO_2024, END_OF_2025, 4_789_982, "Trafikverket", True),
    Amount("luf_direct", dt.date(2022, 2, 1), None, 1_200_000, "19 a kap. 2 § LUF", True),
)
