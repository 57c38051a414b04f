"""A procurement plan of any length, as an office keeps it: title lines, sections, and every way of writing a value."""

import datetime as dt
import random
from io import BytesIO

from openpyxl import Workbook

HEADINGS = (
    "Nr", "Vad ska upphandlas", "Beskrivning", "Diarienummer", "Typ", "CPV-kod", "Värde (tkr)", "Avtalstid",
    "Förlängning (mån)", "Planerad avtalsstart", "Antal årsarbetare", "Ramavtal", "Kontaktperson",
)  # fmt: skip
SERVICES = (
    ("Lokalvård", "90919200"), ("Fönsterputs", "90911300"), ("Snöröjning", "90620000"), ("Parkskötsel", "77310000"),
    ("Reception", "79992000"), ("Bevakning", "79710000"), ("Skolskjuts", "60130000"), ("Måltider", "55523000"),
    ("Tvätt", "98310000"), ("Flyttjänster", "63100000"), ("Hemstädning", "98513300"), ("Vaktmästeri", "98341140"),
)  # fmt: skip
WORKS = (
    ("Ombyggnad", "45454000"), ("Stambyte", "45330000"), ("Fasadrenovering", "45443000"), ("Beläggning", "45233222"),
    ("Takbyte", "45261000"), ("Ledningsarbeten", "45231000"), ("Målning", "45442100"), ("Rivning", "45110000"),
)  # fmt: skip
SUPPLIES = (
    ("Möbler", "39160000"), ("Livsmedel", "15000000"), ("Vitvaror", "39710000"), ("Läromedel", "22111000"),
    ("Arbetskläder", "18110000"), ("Datorer", "30213000"), ("Lekutrustning", "37535200"), ("Skrivare", "30232110"),
)  # fmt: skip
PLACES = (
    "Norra skolan", "Södra skolan", "äldreboendet Linden", "kvarteret Kvarnen", "stadshuset", "ishallen", "badhuset",
    "biblioteket", "förskolan Smultronet", "parkerna i öster", "centrala staden", "hamnen", "Ågatan", "Älvparken",
    "Österängs idrottsplats", "samtliga förvaltningar", "brandstationen", "museet", "avloppsverket", "Västra området",
)  # fmt: skip
SECTIONS = ("Tekniska förvaltningen", "Skolförvaltningen", "Vård och omsorg", "Kultur och fritid", "Bostadsbolaget")
MONTHS = ("januari", "mars", "maj", "juni", "augusti", "oktober", "december")
SECTION_EVERY = 250
WIDTH = len(HEADINGS)


def workbook(rows: int, *, seed: int = 1) -> bytes:
    """An xlsx with `rows` procurements under title and headings, with sections between. A seed gives the same again."""
    chance = random.Random(seed)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Upphandlingsplan")
    sheet.append(["Upphandlingsplan, hela staden"])
    sheet.append(["Belopp i tusental kronor om inget annat sägs"])
    sheet.append([])
    sheet.append(HEADINGS)
    for number in range(rows):
        if number % SECTION_EVERY == 0:
            sheet.append([])
            sheet.append([chance.choice(SECTIONS)])
        sheet.append(line(number + 1, chance))
    sheet.close()
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def line(number: int, chance: random.Random) -> list[object]:
    kind = chance.choices(("Tjänst", "Entreprenad", "Vara"), (55, 25, 20))[0]
    what, cpv = chance.choice({"Tjänst": SERVICES, "Entreprenad": WORKS, "Vara": SUPPLIES}[kind])
    where = chance.choice(PLACES)
    return [
        number,
        f"{what}, {where}, etapp {chance.randint(1, 400)}",
        f"{what} vid {where} enligt beställning {number}" if chance.random() < 0.3 else None,
        f"TN {chance.randint(2024, 2027)}/{number}" if chance.random() < 0.4 else None,
        chance.choice((kind, kind.lower(), {"Tjänst": "Tjänster", "Vara": "Varor"}.get(kind, kind))),
        chance.choice((cpv, int(cpv), f"{cpv} {what}", None)),
        amount(chance),
        length(chance),
        chance.choice((None, None, 12, 24, "12 mån")),
        start(chance),
        chance.choice((None, None, chance.randint(1, 40), f"{chance.randint(1, 9)},5", "vet ej")),
        chance.choice((None, None, "ja", "nej")),
        "Kontakt Kontaktsson" if chance.random() < 0.8 else None,
    ]


def amount(chance: random.Random) -> object:
    tkr = chance.choice((round(chance.lognormvariate(8, 1.2)), chance.randrange(100, 90_000, 50)))
    low, high = tkr // 1000 + 1, tkr // 1000 + 1 + chance.randint(1, 40)
    return chance.choice(
        (tkr, tkr, float(tkr), f"{tkr:,}".replace(",", " "), f"ca {tkr / 1000:.1f} mkr".replace(".", ","),
         f"{low}-{high} mkr", f"<{low} mkr", None, "vet ej")
    )  # fmt: skip


def length(chance: random.Random) -> object:
    years = chance.randint(1, 4)
    return chance.choice(
        (f"{years} år", f"{years}+1+1 år", f"{years * 12} mån", f"{years} år med möjlighet till förlängning 24 månader",
         f"{years * 12} månader", "tills vidare", None)
    )  # fmt: skip


def start(chance: random.Random) -> object:
    year = chance.randint(2027, 2031)
    day = dt.date(year, chance.randint(1, 12), chance.choice((1, 1, 15)))
    return chance.choice(
        (day, day, day, day.isoformat(), f"{year}-{day.month:02}", f"Q{chance.randint(1, 4)} {year}",
         f"{chance.choice(MONTHS)} {year}", f"hösten {year}", None)
    )  # fmt: skip
