"""From an invitation in the mail to a judged list in Excel: issue after issue this is how a department meets Insteg."""

import re
from io import BytesIO

import openpyxl
import pyotp
from django.core import mail

from insteg.organisations.models import User
from tests.jobs import run_queued
from tests.town import address

PASSWORD = "en lång mening med 7 ord i"
PLAN = [
    ["Inköpsplan 2027-2029"],
    [],
    ["Benämning", "Slag", "Uppsk. värde (mkr)", "Avtalstid + option", "Start", "Åa", "Ansvarig handläggare"],
    ["Gata"],
    ["Lokalvård i skolor", "Tjänst", 48, "36 mån + 12 mån option", "mars 2028", 24, "Någon Person"],
    ["Bro över ån", "Entreprenad", "3,8-38", "14 mån", "2028-04-01", "", "Någon Person"],
    ["Elmätare", "Vara", 14, "", "hösten 2028", "", "Någon Person"],
    ["Summa", "", 62],
]


def workbook():
    book = openpyxl.Workbook()
    for row in PLAN:
        book.active.append(row)
    data = BytesIO()
    book.save(data)
    return {"name": "inköpsplan.xlsx", "mimeType": "application/octet-stream", "buffer": data.getvalue()}


def given_an_administrator(town):
    admin = User.objects.get(email=address("admin"))
    admin.set_password(PASSWORD)
    admin.save()


def when_signing_in(traveller, email):
    traveller.opens("/logga-in/")
    traveller.writes(login=email, password=PASSWORD)
    traveller.presses("^Logga in$")


def link_in_the_mail(to):
    run_queued()
    letter = next(letter for letter in reversed(mail.outbox) if letter.to == [to])
    return re.search(r"https?://\S+", letter.body)[0]


def when_inviting(traveller, organisation, *, name, email, role, unit=None):
    traveller.opens(f"/organisationer/{organisation.pk}/bjud-in/")
    traveller.writes(name=name, email=email)
    traveller.page.locator("[name=role]").select_option(role)
    if unit:
        traveller.page.locator("[name=unit]").select_option(label=unit)
    traveller.presses("Skicka inbjudan")


def when_accepting(traveller, link):
    traveller.opens(traveller.base + "/" + link.split("/", 3)[3])
    traveller.writes(password=PASSWORD, again=PASSWORD)
    traveller.presses("Spara och logga in")


def when_signing_out(traveller):
    traveller.page.context.clear_cookies()


def test_a_department_s_plan_becomes_a_judged_list(traveller, town):
    given_an_administrator(town)
    when_signing_in(traveller, address("admin"))
    when_inviting(traveller, town.org["Park"], name="Ny Person", email="ny@staden.example", role="procuring")
    when_signing_out(traveller)
    when_accepting(traveller, link_in_the_mail("ny@staden.example"))
    when_signing_out(traveller)
    when_signing_in(traveller, "ny@staden.example")

    when_reading_in_a_plan(traveller)
    when_filling_in_what_is_missing(traveller)
    then_the_list_is_a_workbook(traveller)

    traveller.follows("Elmätare")
    traveller.follows("Dra tillbaka")
    traveller.page.get_by_label("Blir inte av").check()
    traveller.writes(withdrawn_reason="Behovet finns inte längre.")
    traveller.presses("Dra tillbaka")
    traveller.reads("Behovet finns inte längre.")


def when_reading_in_a_plan(traveller):
    traveller.follows("Planerade upphandlingar")
    traveller.follows("Läs in en plan")
    traveller.page.set_input_files("[name=file]", workbook())
    traveller.presses("Läs in och granska")
    traveller.reads("Inget är sparat än.")
    traveller.reads("Ansvarig handläggare")
    traveller.presses("^Spara 3")
    traveller.reads("Välj ett svar.")
    traveller.page.get_by_label("Okänt").check()
    traveller.presses("^Spara 3")
    traveller.reads("Planen är sparad: 3 nya upphandlingar")
    traveller.reads("1 av 4 planerade upphandlingar lämpar sig för sociala krav.")


def when_filling_in_what_is_missing(traveller):
    traveller.page.locator("[name=proposal]").select_option("needs_facts")
    traveller.presses("^Visa$")
    traveller.follows("Bro över ån")
    traveller.reads("Din tur: fyll i det som saknas")
    traveller.follows("^Ändra$")
    for name in ("value_min", "value_max"):
        traveller.page.locator(f"[name={name}_unknown]").uncheck()
    traveller.writes(value_min="många", value_max="38 mkr", fte="5")
    traveller.presses("Spara ändringen")
    traveller.reads("är inget belopp")
    traveller.writes(value_min="3,8 mkr")
    traveller.presses("Spara ändringen")
    traveller.reads("Förslag: lämplig")


def then_the_list_is_a_workbook(traveller):
    traveller.follows("Planerade upphandlingar")
    with traveller.page.expect_download() as download:
        traveller.page.get_by_role("link", name="Hämta som Excel").click()
    rows = list(openpyxl.load_workbook(BytesIO(download.value.path().read_bytes())).active.values)
    assert {row[1] for row in rows[1:]} == {"Parkskötsel", "Lokalvård i skolor", "Bro över ån", "Elmätare"}


def test_a_coach_opens_nothing_before_the_second_factor(traveller, town):
    given_an_administrator(town)
    when_signing_in(traveller, address("admin"))
    when_inviting(traveller, town.org["Stad"], name="Ny Coach", email="coach@staden.example", role="coach", unit="AME")
    when_signing_out(traveller)
    when_accepting(traveller, link_in_the_mail("coach@staden.example"))
    traveller.opens("/planerade/")
    assert "/konto/sakerhet/" in traveller.page.url
    traveller.follows("Lägg till en app")
    secret = traveller.page.locator("code").first.text_content().replace(" ", "")
    traveller.writes(code=pyotp.TOTP(secret).now())
    traveller.presses("Lägg till appen")
    traveller.opens("/planerade/")
    traveller.reads("Parkskötsel")
