"""Plans that lead a hasty reader astray, typed anew: headings that mean something else, short names, odd layouts."""

from .layouts import Layout, says
from .writing import midnight, text, xlsx


def grouped_by_merging() -> bytes:
    """Group headings merged over their columns, above headings of which not all can be known."""
    rows = [
        ["Upphandlingsplan, parkenheten"],
        ["Inköp", None, "Bedömt värde", None, "Avtalstid", None, "Tider", None, None],
        ["Namn", "Typ", "Min (mkr)", "Max (mkr)", "Grundtid (mån)", "Option (mån)", "Annonsering", "Anbudsdag",
         "Avtalsstart"],
        ["Trädvård", "Tjänst", 1, 5, 24, 12, midnight(2027, 1, 8), midnight(2027, 2, 8), midnight(2027, 6, 1)],
        ["Lekplats i Norrviken", "Entreprenad", 500, None, 9, 0, midnight(2027, 3, 8), midnight(2027, 4, 8),
         midnight(2027, 9, 1)],
        ["Jord", "Vara", None, 1, 12, 12, midnight(2027, 3, 8), midnight(2027, 4, 8), midnight(2027, 10, 1)],
    ]  # fmt: skip
    return xlsx(("Plan", rows), merge=["A2:B2", "C2:D2", "E2:F2", "G2:I2"])


def many_dates_and_sums() -> bytes:
    """Seven columns of days, four of money: one of each is meant."""
    heads = [
        "Löpnr", "Ansvarig", "Start upphandling", "Annonsering", "Anbudsdag", "Avtalsstart", "Nuvarande avtal slutar",
        "Vad", "Typ", "Budget 2027", "Budget 2028", "Totalt värde (kr)", "Avtalsvärde per år", "Avtalstid (år)",
        "Optionsår", "Prioritet 1-3", "Antal anbud", "Org.nr",
    ]  # fmt: skip
    days = [midnight(2026, 12, 1), midnight(2027, 1, 15), midnight(2027, 3, 1)]
    rows = [
        [1, "Ylva Forsman", *days, midnight(2027, 6, 1), midnight(2027, 5, 31), "Tolkar", "T", 500, 600,
         20_000_000, 5_000_000, 2, 2, 1, 3, "212000-0000"],
        [2, "Nils Österman", *days, midnight(2027, 9, 1), None, "El", "V", 500, 700,
         15_000_000, 3_750_000, 3, 1, 2, 5, "556000-0000"],
        [3, "Nils Österman", *days, midnight(2027, 10, 1), None, "Tak", "E", None, 700,
         8_000_000, 8_000_000, 1, 0, 3, None, "556000-0000"],
    ]  # fmt: skip
    return xlsx(("Blad1", [heads, *rows]))


def ticks() -> bytes:
    rows = [
        ["Upphandling", "Vara", "Tjänst", "Entreprenad", "Beräknat värde", "Avtalstid", "Start"],
        ["Cykelväg till Ekhult", None, None, "x", "5 Mkr", "1 år", "2027-03"],
        ["Skyddsskor", "x", None, None, "900 tkr", "1 år", "2027-04"],
        ["Fönsterputs", None, "X", None, "7 Mkr", "2+2 år", "270515"],
        ["Kök med montering", "x", None, "x", "2 Mkr", "6 mån", "v. 36 -27"],
    ]
    return xlsx(("Plan", rows))


def divided_headings() -> bytes:
    rows = [
        ["Upphandlingens\nnamn", "Upp-\nhandlings-\nslag", "Kod", "Uppskattat\nvärde\u00a0(Mkr)",
         "Löptid mån\n(option)", "Nytt avtal\nska gälla från", "Beman-\nning"],
        ["\u00a0Handledning\u00a0", "Tjänst", "80590000\u00a0", "7,6", "36 (24)", "2027-11-01\u00a0", "2,1"],
        ["Servrar", "Vara", "saknas", "3,35", "6 (0)", "2027-12-01", ""],
        ["Spannmål", "Vara", "3000000", "2", "12 (12)", "december 2027?", "3 helårspersoner"],
    ]  # fmt: skip
    return xlsx(("Plan", rows))


def numbered_sections() -> bytes:
    rows = [
        ["Nr", "Upphandling", "Slag", "Totalt (tkr)", "Hur länge?", "När ska avtalet börja?"],
        ["1", "Gata och park"],
        ["1.1", "Kantsten", "Vara", 4000, "2 år", "jan 2027"],
        ["1.2", "Rör", "Vara", 500, "1+1 år", "Fr o m 1 feb 2027"],
        ["2", "VA"],
        ["2.1", "Filmning av ledningar", "Tjänst", 9700, "3 år", "mars 2027"],
        [None, "Totalt 3 st", None, 14200],
        ["Förklaring:", "tkr = tusen kronor", "inkl. option"],
    ]
    return xlsx(("Plan", rows))


def headings_with_spaces() -> bytes:
    """Typed with a space before, and printed once more above each group."""
    heads = [" Benämning: ", " Slag: ", " Värde (tkr): ", " Avtalstid: ", " Start: "]
    rows = [
        heads,
        ["Isskrapor", "Vara", "400", "1 år", "2027-05"],
        heads,
        ["Isläggning", "Tjänst", "900", "2+1 år", "2027-10"],
    ]
    return text(rows, "\t", "utf-8-sig")


def sections_in_every_column() -> bytes:
    """A section line that was merged over the sheet, exported as its text in each column."""
    rows = [
        ["Upphandling", "Slag", "Värde (tkr)", "Grundavtal", "Extension", "Start"],
        ["Gata"] * 6,
        ["Snöstör", "Vara", "400", "2 år", "1 år", "2027-05"],
        ["Vatten"] * 6,
        ["Rörnät", "Entreprenad", "9000", "1 år", "nej", "2027-06"],
        ["Pump", "Vara", "700", "12 mån", "12+12 mån", "2027-06"],
    ]
    return text(rows, ";", "cp1252")


def names_like_totals() -> bytes:
    rows = [
        ["Upphandling", "Slag", "Värde (mkr)", "Avtalstid", "Avtalsstart"],
        ["Summa summarum AB, revision", "Tjänst", 2, "2+1+1 år", "2027-09"],
        ["Totalt hållbar mat", "Varor", "5 à 10", "totalt 4 år varav 2 år option", "2028-02"],
        ["Ramavtal 2+2 år", "Tjänst", 3, "2+2 år", "2027-10"],
        ["Summa", None, 10, None, None],
    ]
    return xlsx(("Plan", rows))


MISLEADING = [
    Layout("groups merged over headings", "park.xlsx", grouped_by_merging, [
        says("Trädvård", "services", value=(1_000_000, 5_000_000), length=(24, 12), start="2027-06-01"),
        says("Lekplats i Norrviken", "works", value=(500_000_000, None), length=(9, 0), start="2027-09-01"),
        says("Jord", "supplies", value=(None, 1_000_000), length=(12, 12), start="2027-10-01"),
    ]),
    Layout("many dates and sums", "inkop.xlsx", many_dates_and_sums, [
        says("Tolkar", "services", value=20_000_000, length=(24, 24), start="2027-06-01"),
        says("El", "supplies", value=15_000_000, length=(36, 12), start="2027-09-01"),
        says("Tak", "works", value=8_000_000, length=(12, 0), start="2027-10-01"),
    ]),
    Layout("natures as ticks", "kryss.xlsx", ticks, [
        says("Cykelväg till Ekhult", "works", value=5_000_000, length=(12, 0), start="2027-03-01"),
        says("Skyddsskor", "supplies", value=900_000, length=(12, 0), start="2027-04-01"),
        says("Fönsterputs", "services", value=7_000_000, length=(24, 24), start="2027-05-15"),
        says("Kök med montering", None, value=2_000_000, length=(6, 0), start="2027-09-06"),
    ]),
    Layout("headings divided into lines", "smalt.xlsx", divided_headings, [
        says("Handledning", "services", cpv="80590000", value=7_600_000, length=(36, 24), start="2027-11-01", fte=2.1),
        says("Servrar", "supplies", value=3_350_000, length=(6, 0), start="2027-12-01"),
        says("Spannmål", "supplies", cpv="03000000", value=2_000_000, length=(12, 12), start="2027-12-01", fte=3.0),
    ]),
    Layout("numbered sections", "numrerad.xlsx", numbered_sections, [
        says("Kantsten", "supplies", value=4_000_000, length=(24, 0), start="2027-01-01"),
        says("Rör", "supplies", value=500_000, length=(12, 12), start="2027-02-01"),
        says("Filmning av ledningar", "services", value=9_700_000, length=(36, 0), start="2027-03-01"),
    ]),
    Layout("sections in every column", "export.csv", sections_in_every_column, [
        says("Snöstör", "supplies", value=400_000, length=(24, 12), start="2027-05-01"),
        says("Rörnät", "works", value=9_000_000, length=(12, 0), start="2027-06-01"),
        says("Pump", "supplies", value=700_000, length=(12, 24), start="2027-06-01"),
    ]),
    Layout("headings with spaces", "is.tsv", headings_with_spaces, [
        says("Isskrapor", "supplies", value=400_000, length=(12, 0), start="2027-05-01"),
        says("Isläggning", "services", value=900_000, length=(24, 12), start="2027-10-01"),
    ]),
    Layout("names like totals", "namn.xlsx", names_like_totals, [
        says("Summa summarum AB, revision", "services", value=2_000_000, length=(24, 24), start="2027-09-01"),
        says("Totalt hållbar mat", "supplies", value=(5_000_000, 10_000_000), length=(24, 24), start="2028-02-01"),
        says("Ramavtal 2+2 år", "services", value=3_000_000, length=(24, 24), start="2027-10-01"),
    ]),
]  # fmt: skip
