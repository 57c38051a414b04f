"""An autumn's inventory, as those who are in it live it: what is asked, and answered (R10-R12)."""

from tests.journeys.round.arriving import comes_by_letter, signs_in


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
