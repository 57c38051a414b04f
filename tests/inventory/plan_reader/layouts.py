"""Plans as offices might keep them, typed anew: each as a file, with the reading a person would make of it.

A key holds only what the sheet says; what a row leaves out is null in the answer.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from .writing import midnight, ods, text, xlsx


class Layout(NamedTuple):
    name: str
    filename: str
    build: Callable[[], bytes]
    key: list[dict[str, Any]]


def says(
    title: str,
    nature: str | None,
    *,
    cpv: str | None = None,
    value: int | tuple[int | None, int | None] | None = None,
    length: tuple[int | None, int | None] = (None, None),
    start: str | None = None,
    fte: float | None = None,
) -> dict[str, Any]:
    """One row of a key. `value` in kronor, one for both ends; `length` in months, with the option's."""
    low, high = value if isinstance(value, tuple) else (value, value)
    return {
        "title": title, "nature": nature, "cpv": cpv, "value_min": low, "value_max": high,
        "months": length[0], "option_months": length[1], "start": start, "fte": fte,
    }  # fmt: skip


NATIONAL = """
JournalID|Verksamhet|Benämning upphandling|Beskrivning|CPV kod|Upphandlingsområde|Upphandlingstyp/Avtalstyp|Trafikslag|\
Inköpskategori|Geografiskt område|Planerad annonseringsstart|Planerad sista anbudsdag|Planerad avtalsstart||\
Status på uppgifter, planering|Bedömd kostnad, miljoner SEK|Bedömd Kontraktstid, år|Kontaktperson|Information
J-1|Underhåll|Baskontrakt drift väg, Norrviken|Drift av vägar|50230000-6, 77310000-6|Tjänst|Kontrakt|Väg|\
Drift|Mitt|46143|46204|46388||Säker|50-100|4|Ylva Forsman|Nytt
J-2|Investering|Dubbelspår Åsby–Ekhult, etapp 2|Ny järnväg|45234100-7|Entreprenad|Kontrakt|Järnväg|\
Bygg|Väst|46204|46266|46447||osäker|>500|6|Ylva Forsman|Försenad
J-3|Underhåll|Signalkablar|Kabel|31350000-3|Vara|Ramavtal|Järnväg|\
Material|Syd|46143|46180|46327||relativt säker|<10|1.5|Nils Österman|Utgått
J-4|Planering|Bullerutredning|Utredning|71313100-0|Tjänst|Kontrakt|Väg|\
Konsult|Syd|46143|46180|46327||Säker|12|0.5|Nils Österman|Uppdaterad
"""


def national() -> bytes:
    """Nineteen columns, dates as the spreadsheet counts days, cost as free text."""
    lines = NATIONAL.strip().splitlines()
    rows = [[float(cell) if cell.replace(".", "").isdigit() else cell for cell in line.split("|")] for line in lines]
    return xlsx(("Inköpstidplan", [["Inköpstidplan 2026-2028"], [], *rows]))


def grouped_headings() -> bytes:
    rows = [
        ["Inköpsplan, fritidsförvaltningen", "", "", "", "", "", ""],
        ["Upphandling", "Slag", "Uppskattat värde (tkr)", "", "Avtalstid (mån)", "", "Avtalsstart"],
        ["", "", "min", "max", "grund", "option", ""],
        ["Skötsel av fotbollsplaner", "Tjänst", 2000, 3000, 24, 24, date(2027, 4, 1)],
        ["Konstgräs", "Vara", 800, 900, 6, "", date(2027, 5, 1)],
        ["Nytt omklädningsrum", "Entreprenad", "", 12000, 14, 0, date(2028, 1, 10)],
    ]
    return xlsx(("Blad1", rows), merge=("C2:D2", "E2:F2", "A2:A3", "B2:B3", "G2:G3"))


def half_table_of_quarters() -> bytes:
    rows = [
        ["Nr", "Projekt", "V/T/E", "Kontraktssumma (kkr)", "Startår", "Startkvartal", "Personalbehov (heltider)"],
        [1, "Relining av dagvattenledningar", "E", 4500, 2027, 3, "4 heltid"],
        [2, "Provtagning av dricksvatten", "T", 600, 2028, 1, "0,5"],
        [3, "Vattenmätare", "V", "ca 1 200", 2027, 4, "vet ej"],
    ]
    return xlsx(("VA", rows))


def years_on_sheets() -> bytes:
    heads = ["Vad ska upphandlas?", "Typ", "Beräknat värde", "Avtalslängd", "Önskad start", "Ansvarig", "E-post"]
    first = [heads, ["Skolskjuts", "Tjänst", "ca 45 mkr", "3+1+1 år", "kv 3", "Ylva Forsman", "ylva@exempel.se"]]
    second = [heads, ["Skolmöbler", "Vara", "500 tkr - 1 mkr", "2 år", "Q1", "Nils Österman", "nils@exempel.se"]]
    return xlsx(
        ("Läs mig", [["Fyll i en rad per upphandling"], ["Skicka till upphandlingsenheten"]]),
        ("2027", first),
        ("2028", second),
        ("Listor", [["Typ", "Värde"], ["Vara", "Tjänst"]]),
        hide=("Listor",),
    )


def sections_and_totals() -> bytes:
    heads = ["Objekt", "Upphandlingsslag", "Belopp", "Kontraktstid", "Kontraktsstart"]
    rows = [
        ["Sammanställning av planerade upphandlingar", "", "", "", ""],
        ["Alla belopp i tkr, exkl. moms", "", "", "", ""],
        ["", "", "", "", ""],
        heads,
        ["Gata", "", "", "", ""],
        ["Beläggningsarbeten", "Bygg", 28000, "8 mån", "maj 2027"],
        ["Summarisk besiktning av broar", "Konsulttjänst", 350, "4 mån", "september 2027"],
        ["Delsumma gata", "", 28350, "", ""],
        ["Park", "", "", "", ""],
        heads,
        ["Totalrenovering av Åparken", "Entreprenad", 12500, "14 mån", "1/3 2028"],
        ["Lekutrustning", "Inköp vara", 4000, "12 mån", "2028-05"],
        ["", "", "", "", ""],
        ["Totalt", "", 44850, "", ""],
        ["* = osäkra uppgifter", "", "", "", ""],
    ]
    return text(rows, ";", "cp1252")


def system_export() -> bytes:
    rows = [
        [
            "Diarienr",
            "Ärendemening",
            "CPV-koder",
            "Takvolym SEK",
            "Löptid",
            "Startdatum",
            "Slutdatum",
            "Handläggare",
            "Mobil",
        ],
        [
            "FN 2027/3",
            "Ramavtal flyttjänster",
            "63100000-0;98392000-7",
            "5 000 000",
            "2 år med option på 1+1 år",
            "2027-10-01",
            "2031-09-30",
            "Ylva Forsman",
            "070-123 45 67",
        ],
        [
            "FN 2027/9",
            "Kaffe och te",
            "15860000-4",
            "750 000",
            "24 mån",
            "2028-01-01",
            "2029-12-31",
            "Nils Österman",
            "070-123 45 68",
        ],
    ]
    return text(rows, "\t", "utf-16", "sep=\t\r\n")


def from_a_mac() -> bytes:
    rows = [
        [
            "Förvaltning",
            "Namn på upphandling",
            "Vara/tjänst/entreprenad",
            "Uppsk. värde, Mkr",
            "Avtalstid (år)",
            "Option (år)",
            "Avtal från",
            "Åa",
        ],
        ["Äldreomsorg", "Trygghetslarm åt äldre", "Vara", "3,5", "2", "2", "1 jan 2028", ""],
        ["Äldreomsorg", "Städning av äldreboenden", "Tjänst", "10-50", "3", "1", "hösten 2027", "12,5"],
        ["Miljö", "Mätning av luft", "Tjänst", "<1", "4", "", "Q2 2027", "0,5"],
    ]
    return text(rows, ";", "mac_roman")


def open_document() -> bytes:
    rows = [
        ["Benämning", "Art", "Kontraktsvärde (MSEK)", "Varaktighet", "Planerad start", "Årsarbetare"],
        ["Vinterväghållning norr", "Tjänst", 24.5, "4 år inkl. option 2 år", date(2027, 11, 1), 5.1],
        ["Byte av ventilation", "Entreprenad", 3, "1,5 år", date(2028, 2, 1), ""],
    ]
    return ods("Plan", rows)


def dates_from_and_to() -> bytes:
    rows = [
        [
            "Upphandling",
            "Huvudsaklig CPV-kod",
            "Avtal från",
            "Avtal till",
            "Annonseras",
            "Nuvarande avtal löper ut",
            "Beställare",
        ],
        [
            "Tvätt av arbetskläder",
            "98310000",
            midnight(2027, 7, 1),
            midnight(2029, 6, 30),
            midnight(2027, 2, 1),
            midnight(2027, 6, 30),
            "Ylva Forsman",
        ],
        [
            "Arbetskläder",
            "18100000",
            midnight(2028, 1, 1),
            midnight(2028, 12, 31),
            midnight(2027, 8, 1),
            midnight(2027, 12, 31),
            "Nils Österman",
        ],
    ]
    return xlsx(("Plan", rows))


def natures_as_sections() -> bytes:
    rows = [
        ["Planerade upphandlingar", "Värde (mkr)", "Start", "Avtalsperiod"],
        ["Entreprenader", "", "", ""],
        ["Ombyggnad av Ängskolan", 85, "vt 2028", "18 mån"],
        ["Rivning av paviljong", 1.2, "2027-09", "3 mån"],
        ["Tjänster", "", "", ""],
        ["Måltider på förskolor", "100-150", "ht 2027", "2 år + 2 års option"],
    ]
    return xlsx(("Plan", rows))


def open_questions() -> bytes:
    rows = [
        ["Benämning", "Slag", "Uppskattat värde (mkr)", "Avtalstid", "Avtalsstart", "Antal heltider"],
        ["Gång- och cykelbro", "Entreprenad", "3,8-38", "14 mån", "31/2 2028", "5"],
        ["Juridiskt stöd", "Tjänst", "1460 kr/tim", "tills vidare", "snarast", "vet ej"],
        ["Kartor", "Varor och tjänster", "2 mkr/år", "2+1 år", "2027/2028", "2-3"],
        ["Inhyrd personal", "Tjänst", 0, "max 4 år", "okänt", 0],
    ]
    return xlsx(("Plan", rows))


def nameless_heading() -> bytes:
    rows = [
        ["Område", "Post 2027", "Art", "Budget (tkr)", "Leverans"],
        ["Skola", "Elevdatorer till årskurs 7", "Varor", 9000, "augusti 2027"],
        ["Skola", "Läromedel i svenska", "Varor", 700, "juni 2027"],
        ["Vård", "Sängar till korttidsboende", "Varor", 450, "oktober 2027"],
    ]
    return xlsx(("Plan", rows))


LAYOUTS = [
    Layout("national layout of nineteen columns", "inkopstidplan.xlsx", national, [
        says("Baskontrakt drift väg, Norrviken", "services", cpv="50230000", value=(50_000_000, 100_000_000),
             length=(48, None), start="2027-01-01"),
        says("Dubbelspår Åsby–Ekhult, etapp 2", "works", cpv="45234100", value=(500_000_000, None),
             length=(72, None), start="2027-03-01"),
        says("Signalkablar", "supplies", cpv="31350000", value=(None, 10_000_000), length=(18, 0), start="2026-11-01"),
        says("Bullerutredning", "services", cpv="71313100", value=12_000_000, length=(6, 0), start="2026-11-01"),
    ]),
    Layout("headings in two rows", "fritid.xlsx", grouped_headings, [
        says("Skötsel av fotbollsplaner", "services", value=(2_000_000, 3_000_000),
             length=(24, 24), start="2027-04-01"),
        says("Konstgräs", "supplies", value=(800_000, 900_000), length=(6, 0), start="2027-05-01"),
        says("Nytt omklädningsrum", "works", value=(None, 12_000_000), length=(14, 0), start="2028-01-10"),
    ]),
    Layout("year and quarter apart", "va.xlsx", half_table_of_quarters, [
        says("Relining av dagvattenledningar", "works", value=4_500_000, start="2027-07-01", fte=4.0),
        says("Provtagning av dricksvatten", "services", value=600_000, start="2028-01-01", fte=0.5),
        says("Vattenmätare", "supplies", value=1_200_000, start="2027-10-01"),
    ]),
    Layout("one sheet a year", "skola.xlsx", years_on_sheets, [
        says("Skolskjuts", "services", value=45_000_000, length=(36, 24), start="2027-07-01"),
        says("Skolmöbler", "supplies", value=(500_000, 1_000_000), length=(24, 0), start="2028-01-01"),
    ]),
    Layout("sections, totals and notes", "gata-park.csv", sections_and_totals, [
        says("Beläggningsarbeten", "works", value=28_000_000, length=(8, 0), start="2027-05-01"),
        says("Summarisk besiktning av broar", "services", value=350_000, length=(4, 0), start="2027-09-01"),
        says("Totalrenovering av Åparken", "works", value=12_500_000, length=(14, 0), start="2028-03-01"),
        says("Lekutrustning", "supplies", value=4_000_000, length=(12, 0), start="2028-05-01"),
    ]),
    Layout("export in utf-16", "export.tsv", system_export, [
        says("Ramavtal flyttjänster", "services", cpv="63100000", value=(None, 5_000_000),
             length=(24, 24), start="2027-10-01"),
        says("Kaffe och te", "supplies", cpv="15860000", value=(None, 750_000), length=(24, 0), start="2028-01-01"),
    ]),
    Layout("csv from a Mac", "vard.csv", from_a_mac, [
        says("Trygghetslarm åt äldre", "supplies", value=3_500_000, length=(24, 24), start="2028-01-01"),
        says("Städning av äldreboenden", "services", value=(10_000_000, 50_000_000),
             length=(36, 12), start="2027-07-01", fte=12.5),
        says("Mätning av luft", "services", value=(None, 1_000_000), length=(48, 0), start="2027-04-01", fte=0.5),
    ]),
    Layout("open document", "drift.ods", open_document, [
        says("Vinterväghållning norr", "services", value=24_500_000, length=(24, 24), start="2027-11-01", fte=5.1),
        says("Byte av ventilation", "works", value=3_000_000, length=(18, 0), start="2028-02-01"),
    ]),
    Layout("first and last day, and no nature", "tvatt.xlsx", dates_from_and_to, [
        says("Tvätt av arbetskläder", "services", cpv="98310000", length=(24, None), start="2027-07-01"),
        says("Arbetskläder", "supplies", cpv="18100000", length=(12, 0), start="2028-01-01"),
    ]),
    Layout("natures as section lines", "bygg.xlsx", natures_as_sections, [
        says("Ombyggnad av Ängskolan", "works", value=85_000_000, length=(18, 0), start="2028-01-01"),
        says("Rivning av paviljong", "works", value=1_200_000, length=(3, 0), start="2027-09-01"),
        says("Måltider på förskolor", "services", value=(100_000_000, 150_000_000),
             length=(24, 24), start="2027-07-01"),
    ]),
    Layout("what has to be asked", "oklart.xlsx", open_questions, [
        says("Gång- och cykelbro", "works", length=(14, 0), fte=5.0),
        says("Juridiskt stöd", "services"),
        says("Kartor", None, length=(24, 12)),
        says("Inhyrd personal", "services", value=0, fte=0.0),
    ]),
    Layout("no heading names the procurement", "inkop.xlsx", nameless_heading, [
        says("Elevdatorer till årskurs 7", "supplies", value=9_000_000, start="2027-08-01"),
        says("Läromedel i svenska", "supplies", value=700_000, start="2027-06-01"),
        says("Sängar till korttidsboende", "supplies", value=450_000, start="2027-10-01"),
    ]),
]  # fmt: skip
