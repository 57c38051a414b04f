"""The agreements that the example city has today. Some run out with something planned to follow, some with nothing."""

import datetime as dt
from typing import NamedTuple

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.inventory.actions import add_agreement, end_agreement, link_renewal
from insteg.inventory.models import PlannedProcurement, RunningAgreement
from insteg.organisations.models import Membership, Organisation

Day = tuple[int, int, int]  # years from now, month, day


class Running(NamedTuple):
    title: str
    reference: str
    supplier: str
    nature: str
    cpv: str
    millions: float | None
    starts_on: Day | None
    ends_on: Day
    option_months: int | None
    follows: str = ""  # the title of what is planned to follow
    done: str = ""  # why it is not bought again


AGREEMENTS = {
    "Serviceförvaltningen": [
        Running("Städning av skolor och förskolor", "SF-2024-031", "Exempelstäd AB", "services", "90919300", 44,
                (-1, 3, 1), (2, 2, 28), 12, follows="Lokalvård i skolor och förskolor"),
        Running("Fönsterputs", "SF-2023-018", "Klara Rutor AB", "services", "90911300", 2.1,
                (-3, 6, 1), (1, 5, 31), 0, follows="Fönsterputs i kommunens lokaler"),
        Running("Snickeriarbeten, ramavtal", "SF-2024-044", "Hyvelspån Bygg AB", "works", "45420000", 9,
                (-2, 10, 1), (1, 9, 30), 24),
        Running("Kaffeautomater", "SF-2023-007", "Bryggeriet i Exempelstaden AB", "supplies", "42933000", 1.4,
                (-3, 2, 1), (1, 1, 31), 12),
    ],
    "Skolförvaltningen": [
        Running("Skolskjuts", "SK-2022-102", "Exempelbuss AB", "services", "60130000", 70,
                (-4, 7, 1), (3, 6, 30), 24, follows="Skolskjuts med taxi och buss"),
        Running("Vikarieförmedling", "SK-2024-015", "Inhopparna AB", "services", "79620000", 8,
                (-2, 8, 1), (1, 7, 31), 12),
        Running("Läxhjälp på nätet", "SK-2024-061", "Räkna Rätt AB", "services", "80000000", 1.2,
                (-1, 8, 15), (0, 12, 31), 0, done="Skolorna ordnar läxhjälpen själva från nästa år."),
    ],
    "Vård- och omsorgsförvaltningen": [
        Running("Städning i ordinärt boende", "VO-2024-009", "Hemfrid och Ro AB", "services", "98513310", 22,
                (-2, 10, 1), (1, 9, 30), 24, follows="Hemstädning och service"),
        Running("Fotvård på särskilda boenden", "VO-2025-020", "Fotriket i Exempelstaden", "services", "85140000", 1.6,
                (-1, 4, 1), (2, 3, 31), 24),
        Running("Trygghetslarm", "VO-2022-077", "Larm och Svar AB", "services", "79711000", 13,
                (-4, 1, 1), (1, 12, 31), None),
    ],
    "Stadsledningsförvaltningen": [
        Running("Bevakning", "SL-2023-004", "Exempelvakt AB", "services", "79710000", 29,
                (-3, 1, 1), (1, 12, 31), 0, follows="Bevakning och rondering"),
        Running("Företagshälsovård", "SL-2024-012", "Friskare Dagar AB", "services", "85147000", 6,
                (-2, 5, 1), (1, 4, 30), 24),
        Running("Tolkförmedling", "SL-2025-003", "Ord för Ord AB", "services", "79540000", 11,
                (-1, 1, 1), (2, 12, 31), 12),
    ],
    "Tekniska förvaltningen": [
        Running("Markskötsel och vinterväghållning", "TF-2022-019", "Grönt och Vitt AB", "services", "77314000", 27,
                (-4, 10, 1), (1, 9, 30), 0, follows="Markskötsel och snöröjning, Norr och Öster"),
        Running("Sotning och brandskyddskontroll", "TF-2023-041", "Sotarlaget HB", "services", "90915000", 3.5,
                (-3, 7, 1), (2, 6, 30), 12),
        Running("Belysning, drift och underhåll", "TF-2024-008", "Exempelljus AB", "works", "45316110", 18,
                (-2, 4, 1), (1, 3, 31), 24),
    ],
    "Exempelbostäder AB": [
        Running("Trappstädning", "EB-2024-033", "Blankt Golv AB", "services", "90911200", 15,
                (-1, 4, 1), (2, 3, 31), 0, follows="Trappstädning"),
        Running("Måleriarbeten, ramavtal", "EB-2023-027", "Pensel och Roller AB", "works", "45442100", 21,
                (-3, 9, 1), (1, 8, 31), 12),
        Running("Störningsjour", "EB-2025-002", "Nattro AB", "services", "79710000", None,
                (-1, 2, 1), (1, 1, 31), 12),
    ],
    "Exempel Energi AB": [
        Running("Grävning, ramavtal", "EE-2022-014", "Skopa och Spade AB", "works", "45231000", 20,
                (-4, 10, 1), (1, 9, 30), 0, follows="Grävning och återställning, avrop"),
        Running("Mätaravläsning", "EE-2024-006", "Avläst AB", "services", "65500000", 2.8,
                (-2, 3, 1), (2, 2, 28), 12),
    ],
}  # fmt: skip


def fill() -> None:
    """Lays every agreement in through the same gate as people do, once."""
    if RunningAgreement.objects.exists():
        return
    officer = Membership.objects.filter(role=Role.PROCUREMENT_UNIT, user__is_example=True).first()
    if officer is None:
        return
    organisations = {organisation.name: organisation for organisation in Organisation.objects.buying()}
    for name, agreements in AGREEMENTS.items():
        for running in agreements:
            lay_in(officer.actor(), organisations[name], running)


def lay_in(actor: Actor, organisation: Organisation, running: Running) -> None:
    agreement = add_agreement(
        actor=actor, target=organisation, seen=None,
        title=running.title, reference=running.reference, supplier=running.supplier, nature=running.nature,
        cpv=running.cpv, value=None if running.millions is None else round(running.millions * 1_000_000),
        starts_on=running.starts_on and day_of(running.starts_on), ends_on=day_of(running.ends_on),
        option_months=running.option_months,
    )  # fmt: skip
    if running.done:
        end_agreement(actor=actor, target=agreement, seen=None, ended_reason=running.done)
    planned = PlannedProcurement.objects.current().filter(organisation=organisation, title=running.follows).first()
    if planned:
        link_renewal(actor=actor, target=agreement, seen=None, planned=planned)


def day_of(when: Day) -> dt.date:
    years, month, day = when
    return dt.date(clock.today().year + years, month, day)
