"""What the example city is going to buy. Made up, in the sizes and kinds that a city of seventy thousand has."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from insteg.access.actor import Role
from insteg.core import clock
from insteg.inventory.actions import report, withdraw
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Membership, Organisation


class Need(NamedTuple):
    title: str
    nature: str
    cpv: str
    millions: float | None
    months: int | None
    option_months: int | None
    fte: str | None
    start: tuple[int, int] | None  # years from now, month
    more: dict[str, Any] = {}


FRAMEWORK = {"framework": True}
NEEDS = {
    "Serviceförvaltningen": [
        Need("Köksutrustning till storkök", "supplies", "39310000", 7, None, None, None, (1, 4)),
        Need("Fönsterputs i kommunens lokaler", "services", "90911300", 2.4, None, None, None, (1, 6)),
        Need("Måltidstransporter till förskolor", "services", "60100000", 9.5, 24, 24, "4", (1, 9)),
        Need("Arbetskläder", "supplies", "18110000", 3.2, 24, 24, None, (1, 11), FRAMEWORK),
        Need("Lokalvård i skolor och förskolor", "services", "90919300", 48, 36, 12, "24", (2, 3),
             {"description": "Daglig städning av 34 skolor och förskolor, storstädning två gånger om året."}),
        Need("Mattvätt och entrémattor", "services", "98310000", 1.8, 36, 0, "0.8", (2, 5)),
        Need("Flytt och magasinering", "services", "63100000", 6, None, None, "3", (2, 9), FRAMEWORK),
        Need("Livsmedel, kolonial", "supplies", "15000000", 62, 48, 0, None, (3, 8)),
    ],
    "Skolförvaltningen": [
        Need("Studiehandledning på modersmål", "services", "80000000", 12, None, None, None, (1, 6)),
        Need("Skolfotografering", "services", "79961000", 0.9, 12, 12, "0.5", (1, 8)),
        Need("Digitala läromedel", "supplies", "48190000", 21, None, None, None, (1, 8)),
        Need("Kafeteria, Exempelgymnasiet", "services", "55330000", 8, 36, 0, "3.5", (2, 8)),
        Need("Möbler till Sjöängsskolan", "supplies", "39160000", 11, None, None, None, (3, 5)),
        Need("Skolskjuts med taxi och buss", "services", "60130000", 74, 48, 24, "19", (3, 7)),
    ],
    "Vård- och omsorgsförvaltningen": [
        Need("Läkemedelsautomater", "supplies", "33190000", 6.4, None, None, None, (1, 5)),
        Need("Hemstädning och service", "services", "98513310", 26, 24, 24, "11", (1, 10)),
        Need("Nattpatrull och larmutryckning", "services", "85310000", 18, None, None, None, (2, 1)),
        Need("Matdistribution till hemmaboende", "services", "55521100", 14, 36, 12, "6", (3, 1)),
        Need("Hjälpmedel, service och tvätt", "services", "50420000", 5.5, None, None, "2", (3, 2)),
    ],
    "Stadsledningsförvaltningen": [
        Need("Reception och växel", "services", "79992000", 9, None, None, "5", (1, 9), {"shared": True}),
        Need("It-konsulter, ramavtal", "services", "72220000", 40, 48, 0, None, (1, 12), FRAMEWORK | {"shared": True}),
        Need("Bevakning och rondering", "services", "79710000", 32, 48, 0, "12", (2, 1), {"shared": True}),
        Need("Skrivare och kopiatorer", "supplies", "30120000", 15, None, None, None, (3, 10), {"shared": True}),
    ],
    "Tekniska förvaltningen": [
        Need("Lekutrustning", "supplies", "37535200", 4, 12, 0, None, (1, 3)),
        Need("Park- och lekplatsskötsel", "services", "77310000", 12, 36, 0, "4", (1, 4)),
        Need("Asfaltering och beläggning", "works", "45233222", 28, None, None, None, (1, 5)),
        Need("Vägmarkering", "works", "45233221", 3, 3, 0, "2", (1, 5)),
        Need("Markskötsel och snöröjning, Norr och Öster", "services", "77314000", 31, 24, 24, "9", (1, 10),
             {"description": "Skötsel av gräs, planteringar och träd. Snöröjning och halkbekämpning.",
              "reference": "TN 2026/204", "extent_known": False, "procedure": "open"}),
        Need("Ombyggnad av Stationsgatan", "works", "45233140", 54, 14, 0, "16", (2, 3)),
        Need("Gång- och cykelbro över ån", "works", "45221113", None, None, None, None, (2, 10),
             {"unknown_fields": ["value_min", "value_max", "months"]}),
    ],
    "Exempelbostäder AB": [
        Need("Fasadrenovering, tre kvarter", "works", "45443000", 19, None, None, None, (1, 6)),
        Need("Ombyggnad av Björkbackens äldreboende", "works", "45454000", 86, 14, 0, "22", (1, 9),
             {"reference": "EB 2026/118"}),
        Need("Vitvaror", "supplies", "39710000", 9, 24, 24, None, (1, 10), FRAMEWORK),
        Need("Trappstädning", "services", "90911200", 16, 36, 12, "8", (2, 4)),
        Need("Stambyte, kvarteret Kvarnen", "works", "45330000", 112, 24, 0, "31", (2, 2)),
        Need("Hisservice", "services", "50750000", 7, None, None, "1.5", (3, 1)),
    ],
    "Exempel Energi AB": [
        Need("Grävning och återställning, avrop", "works", "45231000", 22, 36, 12, None, (1, 10), FRAMEWORK),
        Need("Elmätare", "supplies", "38554000", 14, None, None, None, (2, 3)),
        Need("Underhåll av elnät", "works", "45231400", 36, None, None, "9", (3, 1)),
        Need("Fjärrvärme, utbyggnad Västra", "works", "45232140", 64, 20, 0, "17", (3, 4)),
    ],
}  # fmt: skip
WITHDRAWN = ("Exempelbostäder AB", Need("Tvättstugor, renovering", "works", "45330000", 5, 8, 0, "2", (1, 9)),
             "Slås ihop med stambytet i kvarteret Kvarnen.")  # fmt: skip
# How many days ago each told what it will buy: when its cases began. A few were told long before the others.
DAYS_AGO = {
    "Serviceförvaltningen": 28, "Skolförvaltningen": 11, "Vård- och omsorgsförvaltningen": 12,
    "Stadsledningsförvaltningen": 26, "Tekniska förvaltningen": 10, "Exempelbostäder AB": 17, "Exempel Energi AB": 5,
}  # fmt: skip
LONG_AGO = 120
EARLY = (
    "Lokalvård i skolor och förskolor", "Mattvätt och entrémattor", "Kafeteria, Exempelgymnasiet",
    "Skolskjuts med taxi och buss", "Markskötsel och snöröjning, Norr och Öster", "Stambyte, kvarteret Kvarnen",
    "Ombyggnad av Björkbackens äldreboende",
)  # fmt: skip


def fill() -> None:
    """Reports every need through the same gate as people do, once."""
    if PlannedProcurement.objects.exists():
        return
    reporter = Membership.objects.filter(role=Role.PROCUREMENT_UNIT, user__is_example=True).first()
    if reporter is None:
        return
    actor = reporter.actor()
    organisations = {organisation.name: organisation for organisation in Organisation.objects.buying()}
    for name, needs in NEEDS.items():
        for need in needs:
            with clock.set_back(LONG_AGO if need.title in EARLY else DAYS_AGO[name]):
                report(actor=actor, target=organisations[name], seen=None, **facts_of(need))
    name, need, reason = WITHDRAWN
    planned = report(actor=actor, target=organisations[name], seen=None, **facts_of(need))
    withdraw(actor=actor, target=planned, seen=None, withdrawn_reason=reason)


def facts_of(need: Need) -> dict[str, Any]:
    value = None if need.millions is None else round(need.millions * 1_000_000)
    return {
        "title": need.title,
        "nature": need.nature,
        "cpv": need.cpv,
        "value_min": value,
        "value_max": value,
        "months": need.months,
        "option_months": need.option_months,
        "fte": None if need.fte is None else Decimal(need.fte),
        "start": None if need.start is None else dt.date(clock.today().year + need.start[0], need.start[1], 1),
        **need.more,
    }
