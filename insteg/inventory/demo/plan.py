"""A sheet that Tekniska förvaltningen has sent and not saved: two of its rows have to be answered first. Made up."""

from insteg.access.actor import Role
from insteg.core import clock
from insteg.inventory.actions import upload
from insteg.inventory.models import PlanUpload
from insteg.inventory.plan_reader import read
from insteg.organisations.models import Membership

WHO = "Tekniska förvaltningen"
ROWS = [
    ["Inköpsplan Tekniska förvaltningen"],
    [],
    ["Benämning", "Uppsk. värde (mkr)", "Avtalstid + option", "Start", "Pers.", "CPV", "Ansvarig handläggare", "Tel."],
    ["Drift"],
    ["Park- och lekplatsskötsel", "12", "36 mån", "{y1}-04-01", "4", "77310000", "Kim Berg", "00-00 00 00"],
    ["Markskötsel och snöröjning, Norr och Öster", "34", "24 mån + 24 mån option", "okt {y1}", "9", "77314000",
     "Kim Berg", "00-00 00 00"],
    ["Lekutrustning", "4", "12 mån", "mars {y1}", "", "37535200", "", ""],
    ["Projekt"],
    ["Belysning, gångstråk", "6,5", "18 mån", "maj {y1}", "3", "45316110", "Kim Berg", "00-00 00 00"],
    ["Trädvård", "2,2", "24 mån", "snarast", "2", "77211500", "", ""],
    ["Ombyggnad av Stationsgatan", "54", "14 mån", "31/2 {y2}", "16", "45233140", "Kim Berg", "00-00 00 00"],
    ["Gång- och cykelbro över ån", "3,8-38", "", "okt {y2}", "vet ej", "45221113", "", ""],
    ["Summa", "78,7"],
]  # fmt: skip


def fill() -> None:
    """Sent by somebody of the department, through the same gate as people use, once."""
    if PlanUpload.objects.exists():
        return
    sender = Membership.objects.filter(
        role=Role.PROCURING, organisation__name=WHO, user__is_example=True
    ).select_related("organisation", "user").first()  # fmt: skip
    if sender is None:
        return
    content, name = sheet().encode(), "inköpsplan.csv"
    upload(
        actor=sender.actor(), target=sender.organisation, seen=None,
        content=content, filename=name, reading=read(content, name),
    )  # fmt: skip


def sheet() -> str:
    year = clock.today().year
    return "\r\n".join(";".join(row).format(y1=year + 1, y2=year + 2) for row in ROWS) + "\r\n"
