"""A department answers with the sheet that it has, faults and all (R11)."""

from io import BytesIO

import openpyxl

from tests.journeys.autumn import this_autumn
from tests.journeys.round.arriving import signs_in

HEADINGS = ["Benämning", "Slag", "Värde (mkr)", "Avtalstid", "Avtalsstart", "Snitt", "Kontaktperson"]
SHEET = [
    ["Lokalvård i skolor", "Tjänst", 12, "24 mån", "2028-03-01", 6, "Någon Person"],
    ["Ombyggnad av skolkök", "Entreprenad", "3,8-38", "12 mån", "2028-05-01", 4, "Någon Person"],
    ["Målning av fasader", "Entreprenad", 9, "6 mån", "31/2 2028", 5, "Någon Person"],
]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


THE_FILE = {"name": "skolans plan.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(HEADINGS, *SHEET)}


def test_a_sheet_with_faults_becomes_an_answer(travellers, town):
    this_autumn(town)
    skola = travellers("skola")
    signs_in(skola, "skola")
    skola.follows("Svara på inventeringen hösten 2026")
    when_reading_in_the_sheet(skola)
    then_each_fault_is_named(skola)
    when_mending_half_of_it_and_leaving(skola)
    then_what_was_mended_is_still_there(skola)
    when_saying_what_a_column_is(skola)
    when_mending_the_rest(skola)
    then_the_answer_holds_the_rows(skola)
    then_the_same_sheet_changes_nothing(skola)
    when_the_agreement_that_runs_out_is_taken_in(skola)
    skola.presses("Skicka svaret")
    skola.reads("Svaret är skickat", "Svaret har 4 upphandlingar")


def when_reading_in_the_sheet(skola):
    skola.reads("avtal är inte besvarat")
    skola.follows("Läs in ert kalkylblad")
    skola.presses("Läs in och granska")
    skola.reads("Välj en fil")
    skola.page.set_input_files("[name=file]", THE_FILE)
    skola.presses("Läs in och granska")


def then_each_fault_is_named(skola):
    skola.reads("Inget är sparat än", "Svara om två rader", "Rad 4", "3 nya", "Kontaktperson")
    skola.misses("Någon Person")
    skola.presses("Spara 3 upphandlingar")
    skola.reads("Välj ett svar")


def when_mending_half_of_it_and_leaving(skola):
    skola.fills("Rad 4, avtalsstart", "1/3 2028")
    skola.presses("Spara så länge")
    skola.reads("Det du har skrivit är kvar")
    skola.opens("/")


def then_what_was_mended_is_still_there(skola):
    skola.follows("Granska och spara en inläst plan")
    assert skola.page.get_by_label("Rad 4, avtalsstart").input_value() == "1/3 2028"


def when_saying_what_a_column_is(skola):
    skola.misses("Årsarbetare: 6")
    skola.chooses("Snitt läses som", "Årsarbetare")
    skola.presses("Läs om med mina val")
    skola.reads("Kolumnerna lästes som du valde", "Årsarbetare: 6")
    assert skola.page.get_by_label("Rad 4, avtalsstart").input_value() == "1/3 2028"


def when_mending_the_rest(skola):
    skola.ticks("3 800 000 kr till 38 000 000 kr")
    skola.presses("Spara 3 upphandlingar")


def then_the_answer_holds_the_rows(skola):
    skola.reads("Planen är sparad: 3 nya upphandlingar", "avtal är inte besvarat", "Målning av fasader")


def then_the_same_sheet_changes_nothing(skola):
    skola.follows("Läs in ert kalkylblad")
    skola.page.set_input_files("[name=file]", THE_FILE)
    skola.presses("Läs in och granska")
    skola.reads("är redan sparad")
    skola.follows("Avbryt")
    skola.reads("avtal är inte besvarat")


def when_the_agreement_that_runs_out_is_taken_in(skola):
    skola.reads("avtal löper ut")
    skola.follows("Lägg till som planerad upphandling – Skolmåltider")
    skola.reads("Vi har fyllt i det som avtalet säger")
    skola.presses("^Spara$")
    skola.misses("avtal löper ut")
    skola.reads("Allt är genomgånget")
