"""How a round is brought to its end: joined, reminded, closed, opened again, and looked back on (R10, R12, R14)."""

from insteg.inventory.actions import report
from tests.journeys.autumn import answer, no_letters_wait, request_of, this_autumn
from tests.journeys.round.arriving import comes_by_letter, gives_the_password, signs_in


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
    hus.reads("Det går inte att svara än", "Fasadrenovering")
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
    ue.reads("Kryssa i rutan om du vill stänga ändå")
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
    park.follows("^Snöröjning av")
    park.follows("^Ändra$")
    park.fills("Värde, till", "3,1 mkr")
    park.presses("Spara ändringen")
    park.follows("^Inventering$")
    park.follows("Hösten 2026")
    park.reads("Listan har ändrats sedan dess")


def then_ue_sees_what_changed_and_what_was_sent(ue):
    ue.page.get_by_role("link", name="Park", exact=True).click()
    ue.looks()
    ue.follows("^Svar 1")
    ue.reads("Svaret är skickat", "2,4 mnkr")
    ue.misses("3,1 mnkr")
    ue.follows("Se vad som har ändrats sedan dess")
    ue.reads("1 ändrad", "3,1 mnkr")
