"""An autumn's inventory, as those who are in it live it: UE, two departments, a company and AME (R10-R12, R14).

It is told in three parts: what is asked and answered, a sheet with faults, and how the round is brought to its end.
"""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection

from insteg.inventory.actions import report
from tests.journeys.autumn import Calendar, Post, answer, last_spring, no_letters_wait, request_of, this_autumn
from tests.mail.smtp import serving
from tests.town import PASSWORD, address

on_postgresql = connection.vendor == "postgresql"
pytestmark = pytest.mark.skipif(not on_postgresql, reason="the worker's rows are seen on PostgreSQL alone")


@pytest.fixture
def calendar(monkeypatch):
    return Calendar(monkeypatch)


@pytest.fixture
def town(transactional_db, calendar):
    return last_spring(calendar)


@pytest.fixture
def post(calendar, tmp_path, monkeypatch):
    with serving() as server:
        yield Post(server, calendar, tmp_path, monkeypatch)


def signs_in(someone, name):
    someone.page.goto(f"{someone.base}/logga-in/")  # looked at where a plan is read in
    gives_the_password(someone, name)


def gives_the_password(someone, name):
    someone.writes(login=address(name), password=PASSWORD)
    someone.presses("^Logga in$")


def comes_by_letter(someone, letter):
    """The link leads to the sign-in page, and from there to what the letter is about."""
    someone.page.goto(someone.base + letter.path)
    assert "/logga-in/" in someone.page.url
    gives_the_password(someone, letter.to)
    assert someone.page.url.endswith(letter.path)


# What is asked, and answered


def test_a_round_is_asked_and_answered(travellers, town, post):
    ue = travellers("ue")
    signs_in(ue, "ue")
    when_ue_drafts_the_round(ue)
    then_ue_sees_the_letter_and_whom_it_reaches(ue)
    letters = when_ue_opens_the_round(ue, post)
    then_each_has_a_letter_of_their_own(letters)

    park = travellers("park")
    comes_by_letter(park, letters["park"])
    then_nothing_is_sent_before_it_is_confirmed(park)
    when_park_goes_through_its_list(park)
    when_park_adds_what_others_need_too(park)
    when_park_sends(park)

    ame = travellers("ame")
    comes_by_letter(ame, letters["chef"])
    when_ame_says_what_it_needs(ame)

    then_the_board_tells_who_has_answered(ue)
    then_a_stranger_to_the_question_sees_nothing(park, letters["hus"])


def when_ue_drafts_the_round(ue):
    ue.reads("Öppna höstens inventering")
    ue.follows("^Inventering$")
    ue.reads("Den för hösten 2026 är inte öppnad")
    ue.follows("Förbered en inventering")
    ue.fills("Svarsdag", "2026-09-20")
    ue.fills("Anmäl det som är värt minst", "500 tkr")
    ue.fills("Meddelande", "Ta hellre med för mycket än för lite.")
    ue.presses("Spara utkastet")
    ue.reads("Välj i dag eller en dag som kommer")
    ue.fills("Svarsdag", "20/11 2026")
    ue.presses("Spara utkastet")


def then_ue_sees_the_letter_and_whom_it_reaches(ue):
    ue.reads("Inget är skickat än", "Så ser brevet ut", "Brevet når inte fram till alla", "svara senast fredag 20")
    ue.reads("Ingen har uppdraget att svara för El")


def when_ue_opens_the_round(ue, post):
    ue.presses("Öppna inventeringen och skicka")
    ue.reads("Frågan är skickad till 7 personer", "Brevet nådde ingen i: El", "Ingen har svarat än")
    return {letter.to: letter for letter in post.is_carried()}


def then_each_has_a_letter_of_their_own(letters):
    assert set(letters) == {"stad", "vard", "park", "skola", "hus", "chef", "chef2"}
    assert letters["park"].subject == "Inventeringen hösten 2026: svara senast fredag 20 november"
    assert "vilka platser som behövs" in letters["chef"].text
    assert "Parkskötsel" not in letters["park"].text


def then_nothing_is_sent_before_it_is_confirmed(park):
    park.reads("Din tur: svara senast", "3 upphandlingar att bekräfta", "Ta hellre med för mycket")
    park.presses("Skicka svaret")
    park.reads("3 upphandlingar är inte bekräftade än")


def when_park_goes_through_its_list(park):
    park.follows("Ändra – Snöröjning")
    park.fills("Värde, till", "2,9 mkr")
    park.presses("Spara ändringen")
    park.follows("Dra tillbaka – Lekplatser")
    park.presses("Dra tillbaka")
    park.reads("Välj vad som har hänt")
    park.ticks("Blir inte av")
    park.fills("Berätta kort varför", "Pengarna räcker inte till lekplatserna.")
    park.presses("Dra tillbaka")
    park.presses("Den stämmer")
    park.reads("1 upphandling är bekräftad", "Allt är genomgånget")


def when_park_adds_what_others_need_too(park):
    park.follows("Lägg till en upphandling")
    park.fills("Vad ska upphandlas", "Bevakning av parker och lokaler")
    park.fills("Önskad avtalsstart", "våren, kanske")
    park.page.get_by_text("Fler uppgifter").click()
    park.ticks("Flera organisationer har samma behov")
    park.presses("^Spara$")
    park.reads("Skriv")
    park.fills("Önskad avtalsstart", "2028-09-01")
    park.presses("^Spara$")


def when_park_sends(park):
    park.fills("Något att säga till upphandlingsenheten", "Bevakningen kan delas med skolorna.")
    park.presses("Skicka svaret")
    park.reads("Svaret är skickat", "1 ny, 1 ändrad", "Pengarna räcker inte till lekplatserna")


def when_ame_says_what_it_needs(ame):
    ame.reads("Inga behov är publicerade")
    ame.fills("^Yrke", "städ")
    ame.fills("Platser som behövs", "4")
    ame.fills("Personer som väntar", "12")
    ame.presses("Lägg till")
    ame.reads("Flera yrken passar")
    ame.fills("^Yrke", "9111")
    ame.presses("Lägg till|Publicera")
    ame.presses("Behoven stämmer, skicka svaret")
    ame.reads("Svaret är skickat", "4 praktikplatser")


def then_the_board_tells_who_has_answered(ue):
    ue.page.reload()
    ue.looks()
    ue.reads("En av sex har svarat", "1 svarat", "En av två har svarat")


def then_a_stranger_to_the_question_sees_nothing(park, theirs):
    park.opens(theirs.path)
    park.reads("Sidan finns inte", "inte ditt att se")


# A sheet with faults


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
    skola.reads("Lägg till det som ni ska upphandla")
    skola.follows("Läs in ert kalkylblad")
    skola.presses("Läs in och granska")
    skola.reads("Detta fält måste fyllas i")
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
    skola.reads("Planen är sparad: 3 nya upphandlingar", "Allt är genomgånget", "Målning av fasader")


def then_the_same_sheet_changes_nothing(skola):
    skola.follows("Läs in ert kalkylblad")
    skola.page.set_input_files("[name=file]", THE_FILE)
    skola.presses("Läs in och granska")
    skola.reads("är redan sparad")
    skola.follows("Avbryt")
    skola.reads("Allt är genomgånget")


def when_the_agreement_that_runs_out_is_taken_in(skola):
    skola.reads("avtal löper ut")
    skola.follows("Lägg till som planerad upphandling – Skolmåltider")
    skola.reads("Vi har fyllt i det som avtalet säger")
    skola.presses("^Spara$")
    skola.misses("avtal löper ut")


# How the round is brought to its end


def test_the_round_is_brought_to_its_end(travellers, town, post, calendar):
    given_two_departments_that_need_the_same(town)
    ue = travellers("ue")
    signs_in(ue, "ue")
    when_ue_joins_the_two(ue)
    then_both_still_see_theirs(travellers, town)
    when_the_company_has_nothing_to_report(travellers("hus"))

    calendar.turns_to("2026-11-05 15:00")
    assert post.is_carried() == []
    calendar.turns_to("2026-11-06 08:10")
    letters = then_only_the_silent_are_reminded(post, {"stad", "vard", "chef", "chef2"})
    vard = travellers("vard")
    comes_by_letter(vard, letters["vard"])
    when_choosing_one_letter_a_day(vard)
    when_ue_gives_more_time(ue)
    when_ue_answers_for_whom_nobody_can(ue)
    assert post.is_carried() == []
    calendar.turns_to("2026-11-09 07:40")
    then_the_day_s_letter_comes(post)

    calendar.turns_to("2026-11-24 08:10")
    then_only_the_silent_are_reminded(post, {"stad", "chef", "chef2"})
    calendar.turns_to("2026-11-30 10:00")
    when_ue_closes_with_some_silent(ue)
    then_the_silent_are_told_how_to_report_anyway(travellers("stad"), post)
    when_ue_opens_the_round_again(ue)
    when_park_changes_what_it_sent(travellers("park"))
    then_ue_sees_what_changed_and_what_was_sent(ue)


def given_two_departments_that_need_the_same(town):
    round, guarding = this_autumn(town), {"nature": "services", "shared": True}
    for name, organisation, what in (("park", "Park", "parker"), ("skola", "Skola", "skolor")):
        ours = {"actor": town.who[name], "target": town.org[organisation], "seen": None}
        report(**ours, title=f"Bevakning av {what}", **guarding)
        answer(town, request_of(round, town, organisation), name)
    no_letters_wait()


def when_ue_joins_the_two(ue):
    ue.follows("^Planerade upphandlingar")
    ue.follows("Gemensamma behov|gemensam")
    ue.reads("2 anmälningar som flera delar", "liknande namn")
    ue.presses("Granska och slå ihop")
    ue.fills("Vad ska upphandlas", "Bevakning i hela staden")
    ue.presses("Spara och slå ihop")
    ue.reads("anmälningarna ihopslagna", "Anmälningar som ingår", "Bevakning av skolor")


def then_both_still_see_theirs(travellers, town):
    for name, title in (("park", "Bevakning av parker"), ("skola", "Bevakning av skolor")):
        someone = travellers(name)
        signs_in(someone, name)
        someone.follows("^Inventering$")
        someone.follows("Hösten 2026")
        someone.reads(title, "Upphandlas gemensamt i ”Bevakning i hela staden”")


def when_the_company_has_nothing_to_report(hus):
    signs_in(hus, "hus")
    hus.follows("Svara på inventeringen hösten 2026")
    hus.follows("Vi har inget att anmäla")
    hus.presses("Skicka svaret")
    hus.reads("Ni har anmält en upphandling som hör till inventeringen: ”Fasadrenovering”")
    hus.follows("Avbryt")
    hus.follows("Dra tillbaka – Fasadrenovering")
    hus.ticks("Blir inte av")
    hus.fills("Berätta kort varför", "Fasaden håller tio år till.")
    hus.presses("Dra tillbaka")
    hus.follows("Vi har inget att anmäla")
    hus.presses("Skicka svaret")
    hus.reads("Svaret är skickat", "inte har något att anmäla")


def then_only_the_silent_are_reminded(post, names):
    letters = {letter.to: letter for letter in post.is_carried()}
    assert set(letters) == names
    assert all(letter.subject.startswith("Påminnelse om inventeringen hösten 2026") for letter in letters.values())
    return letters


def when_choosing_one_letter_a_day(vard):
    vard.opens("/min-profil/")
    vard.follows("När breven kommer")
    vard.ticks("Samlat")
    vard.presses("^Spara$")
    vard.reads("Ditt val är sparat")


def when_ue_gives_more_time(ue):
    comes_back(ue)
    ue.follows("Ge mer tid.*Vård")
    ue.fills("Ny svarsdag", "18 november 2026")
    ue.fills("Varför", "Den som svarar är ny.")
    ue.presses("Ändra svarsdagen")
    ue.reads("Välj den dagen eller en senare")
    ue.fills("Ny svarsdag", "27 november 2026")
    ue.presses("Ändra svarsdagen")
    ue.reads("förlängt till fre 27 nov")


def comes_back(ue):
    """A session does not last from one day to another, and the sign-in page says so."""
    ue.opens("/inventering/")
    ue.reads("Du har loggats ut, eftersom du inte använt Insteg på ett tag")
    gives_the_password(ue, "ue")
    ue.follows("Hösten 2026")


def when_ue_answers_for_whom_nobody_can(ue):
    ue.page.get_by_role("link", name="El", exact=True).click()
    ue.looks()
    ue.reads("El ska svara", "Du kan svara åt dem")
    ue.follows("Vi har inget att anmäla")
    ue.presses("Skicka svaret")
    ue.reads("på upphandlingsenheten svarade åt organisationen")
    ue.follows("Inventeringen hösten 2026")
    ue.reads("Ue åt dem", "Fyra av sex har svarat")


def then_the_day_s_letter_comes(post):
    [letter] = post.is_carried()
    assert (letter.to, letter.subject) == ("vard", "Inventeringen hösten 2026: ny svarsdag fredag 27 november")


def when_ue_closes_with_some_silent(ue):
    comes_back(ue)
    ue.reads("Svarsdagen var")
    ue.follows("Stäng inventeringen")
    ue.reads("De här har inte svarat: ")
    ue.presses("Stäng inventeringen")
    ue.reads("Kryssa för att du vill stänga")
    ue.ticks("stäng fast alla inte har svarat")
    ue.presses("Stäng inventeringen")
    ue.reads("Inventeringen är stängd", "Svarade inte", "Utan svar: Stad, Vård")


def then_the_silent_are_told_how_to_report_anyway(stad, post):
    letters = {letter.to: letter for letter in post.is_carried()}
    assert set(letters) == {"stad", "chef", "chef2"}  # Vård reads its letters in the morning
    comes_by_letter(stad, letters["stad"])
    stad.reads("Inventeringen är stängd", "Inget svar kom in")


def when_ue_opens_the_round_again(ue):
    ue.follows("Öppna inventeringen igen")
    ue.presses("Öppna igen")
    ue.reads("Inventeringen är öppen igen")


def when_park_changes_what_it_sent(park):
    signs_in(park, "park")
    park.follows("^Inventering$")
    park.follows("Hösten 2026")
    park.follows("Ändra – Snöröjning")
    park.fills("Värde, till", "3,1 mkr")
    park.presses("Spara ändringen")
    park.reads("Listan har ändrats sedan dess")


def then_ue_sees_what_changed_and_what_was_sent(ue):
    ue.page.get_by_role("link", name="Park", exact=True).click()
    ue.looks()
    ue.follows("^Svar 1")
    ue.reads("Svaret är skickat", "2,4 mnkr")
    ue.misses("3,1 mnkr")
    ue.follows("Se vad som har ändrats sedan dess")
    ue.reads("1 ändrad", "3,1 mnkr")
