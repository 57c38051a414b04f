"""The working model is changed while cases follow it, and everyone can read it (R80, R81)."""

import re
from xml.etree import ElementTree

import pytest

from insteg.process.models import Kind, Process, Visit
from tests.journeys.cases import ASSESS, STEERING, TO_STEERING, a_town_with_cases, comes_in, drawing, goes

RENAMED = "Bedöm och räkna fram platser"
POINT = "Organisationen har en kontaktperson"
NOT_CONFIRMED = "Ingen har bekräftat vilka yrken den behöver."
UNREACHED = "Inget ärende kan komma till steget ”Samråd”. Led en pil dit, eller ta bort steget."


@pytest.fixture
def town(transactional_db):
    return a_town_with_cases()


def test_the_administrator_changes_the_model(travellers, town):
    jonas = travellers("jonas")
    comes_in(jonas, "admin")
    when_jonas_copies_the_process(jonas)
    when_jonas_changes_it(jonas)
    then_it_is_not_published_before_every_step_is_reached(jonas)
    when_jonas_publishes_what_he_has_read(jonas)
    then_both_editions_are_drawn_and_told(jonas)

    kim = travellers("kim")
    comes_in(kim, "park")
    new = when_kim_reports_a_procurement(kim, town)
    then_it_follows_the_new_edition_and_the_older_one_its_own(kim, town)

    eva = travellers("eva")
    comes_in(eva, "ue")
    then_the_condition_says_what_is_in_the_way(eva, new)
    when_eva_moves_the_older_one_to_the_new_edition(eva, town)
    when_eva_moves_several_at_once(eva)
    then_the_picture_counts_what_the_steps_list(eva)
    then_the_picture_is_read_by_keyboard_on_paper_and_as_a_file(eva)


# --- the administrator


def when_jonas_copies_the_process(jonas):
    jonas.opens("/arbetsmodellen/processer/")
    jonas.follows(f"^Gör ett utkast ?: {Kind.PLANNED_PROCUREMENT.label}")
    goes(jonas, "^Gör ett utkast$", "button")
    jonas.reads("Utkastet gäller inte än", "Inget. Processen är densamma.")


def when_jonas_changes_it(jonas):
    jonas.follows(f"^Ändra ?: {ASSESS}")
    jonas.fills("^Namn", RENAMED)
    jonas.fills("^Ledtid", "en månad")
    goes(jonas, "^Spara steget$", "button")
    jonas.reads("”en månad” är inget helt tal")
    assert jonas.field("^Namn", "textbox").input_value() == RENAMED
    jonas.fills("^Ledtid", "40")
    goes(jonas, "^Spara steget$", "button")

    jonas.follows(f"^Lägg till punkt ?: {RENAMED}")
    jonas.fills("^Punkt", POINT)
    jonas.fills("^Klar inom", "5")
    goes(jonas, "^Lägg till punkten$", "button")

    jonas.follows(f"^{TO_STEERING}$")
    jonas.ticks("^Yrkena är bekräftade")
    goes(jonas, "^Spara pilen$", "button")
    jonas.reads("Sparat i utkastet")


def then_it_is_not_published_before_every_step_is_reached(jonas):
    goes(jonas, "^Nytt steg$")
    jonas.fills("^Namn", "Samråd")
    jonas.fills("^Ledtid", "10")
    jonas.presses("^Lägg till steget$")
    jonas.reads("Något måste rättas innan det kan publiceras", UNREACHED, "Steget ”Samråd” har ingen väg ut")
    draft = jonas.page.url.partition("#")[0]
    jonas.opens(f"{draft}publicera/")
    jonas.reads("Utkastet går inte att publicera än.", UNREACHED)
    assert not jonas.page.get_by_role("button", name="Publicera nu").count()
    goes(jonas, "^Tillbaka till utkastet$")
    goes(jonas, "^Ändra ?: Samråd")
    goes(jonas, "^Ta bort ur utkastet$")
    jonas.looks()
    goes(jonas, "^Ta bort steget$", "button")
    jonas.misses(UNREACHED)


def when_jonas_publishes_what_he_has_read(jonas):
    jonas.follows("^Läs igenom och publicera$")
    jonas.reads(
        f"Steget ”{ASSESS}” heter nu ”{RENAMED}”.",
        "Ska nu vara klart inom 40 arbetsdagar, förut 30 arbetsdagar.",
        f"Ny punkt: ”{POINT}”. Upphandlingsenheten, inom 5 arbetsdagar.",
        f"Nytt villkor på pilen ”{TO_STEERING}”: Yrkena är bekräftade.",
        "5 ärenden pågår. De följer den version de började med",
    )
    jonas.misses("Samråd")
    jonas.page.get_by_role("button", name="Publicera nu").dblclick()
    jonas.reads("Version 2 gäller nu för nya ärenden")
    assert Process.objects.published().filter(kind=Kind.PLANNED_PROCUREMENT).count() == 2


def then_both_editions_are_drawn_and_told(jonas):
    jonas.looks()
    assert drawn(jonas) == told(jonas) == titles(2)
    assert RENAMED in titles(2)
    jonas.reads("inom 40 arbetsdagar", "Villkor: Yrkena är bekräftade.")
    jonas.follows("^Version 1$")
    jonas.reads("Ersatt av en nyare version", "5 ärenden", "inom 30 arbetsdagar")
    assert drawn(jonas) == told(jonas) == titles(1)
    assert ASSESS in titles(1)
    for words in (RENAMED, POINT, "villkor: Yrkena är bekräftade"):
        jonas.misses(words)


def titles(edition):
    process = Process.objects.get(kind=Kind.PLANNED_PROCUREMENT, edition=edition)
    return sorted(process.steps.values_list("title", flat=True))


def drawn(someone):
    """The steps in the picture, by their names for those who hear it."""
    return sorted(map(step_of, heard(someone)))


def step_of(name):
    """Of `Besluta om krav, Styrgruppen: 2 upphandlingar`."""
    return name.partition(":")[0].rpartition(", ")[0]


def heard(someone):
    links = drawing(someone).locator("a")
    return links.evaluate_all("nodes => nodes.map(node => node.getAttribute('aria-label'))")


def told(someone):
    """The steps in the list below it: `2. Besluta om krav`."""
    headings = someone.page.get_by_role("heading", level=4).all_inner_texts()
    return sorted(re.sub(r"^\d+\. ", "", each) for each in headings)


# --- a department


def when_kim_reports_a_procurement(kim, town):
    kim.page.goto(f"{kim.base}/planerade/ny/{town.org['Park'].pk}/")
    kim.fills("Vad ska upphandlas", "Lekplatser")
    kim.chooses("^Slag", "Tjänst")
    kim.fills("Avtalstid utan förlängning", "3 år")
    kim.fills("Årsarbetare i snitt", "40")
    kim.page.get_by_text("Fler uppgifter, om ni har dem").click()
    kim.chooses("Är omfattningen känd", "Ja")
    kim.fills("Möjlig förlängning", "0")
    kim.presses("^Spara")
    kim.reads(f"Upphandlingsenhetens tur: {RENAMED}", "Planerad upphandling, version 2", POINT)
    return kim.page.url


def then_it_follows_the_new_edition_and_the_older_one_its_own(kim, town):
    kim.page.goto(f"{kim.base}/planerade/{town.planned['Slåtter'].pk}/")
    kim.reads(f"Upphandlingsenhetens tur: {ASSESS}", "Planerad upphandling, version 1")
    kim.misses(POINT)


# --- the procurement unit


def then_the_condition_says_what_is_in_the_way(eva, new):
    eva.opens(new)
    eva.reads(f"Din tur: {RENAMED}", "1 punkt är kvar att besvara.", "Går inte än:")
    goes(eva, f"^Klart ?: {POINT}", "button")
    eva.reads("1 av 1 besvarade")
    ways = eva.page.get_by_role("list", name="Vägar vidare").inner_text()
    assert NOT_CONFIRMED in ways
    assert POINT not in ways
    assert not eva.page.get_by_role("link", name=TO_STEERING, exact=True).count()


def when_eva_moves_the_older_one_to_the_new_edition(eva, town):
    eva.page.goto(f"{eva.base}/planerade/{town.planned['Slåtter'].pk}/")
    eva.reads(f"Din tur: {ASSESS}", "Planerad upphandling, version 2 gäller för nya ärenden.")
    eva.follows("^Byt version$")
    eva.reads("Det går inte att byta tillbaka", "Dagen ändras inte")
    preview = eva.page.get_by_role("main").inner_text()
    for words in (ASSESS, RENAMED, "30 arbetsdagar", "40 arbetsdagar", POINT, "villkor: Yrkena är bekräftade"):
        assert words in preview, words
    goes(eva, "^Byt till", "button")
    eva.reads("Ärendet följer nu Planerad upphandling, version 2", f"Din tur: {RENAMED}", POINT)


def when_eva_moves_several_at_once(eva):
    goes(eva, "^Alla ärenden i det här steget$")
    eva.reads("4 ärenden. Inget är sent.")
    assert listed(eva) == {"Slåtter", "Städning", "Larm", "Lekplatser"}
    goes(eva, f"^{TO_STEERING}$")
    assert eva.page.get_by_role("checkbox", name=re.compile("Lekplatser")).is_disabled()
    eva.reads(f"går inte än: {NOT_CONFIRMED}")
    eva.ticks("^Städning")
    eva.ticks("^Larm")
    goes(eva, f"^{TO_STEERING}$", "button")
    eva.reads("2 ärenden har gått vidare.")
    assert listed(eva) == {"Slåtter", "Lekplatser"}
    assert set(
        Visit.objects.filter(left_at=None, step__key="decide").values_list("step__process__edition", flat=True)
    ) == {1}


def listed(someone):
    return set(someone.page.locator("tr[role=row] th[scope=row] a").all_inner_texts())


# --- the picture


def then_the_picture_counts_what_the_steps_list(eva):
    eva.opens("/arbetsmodellen/")
    eva.reads("Just nu är 6 ärenden på väg. Två är sena, alla i steget ”Anmäl det som kommer”.")
    links = eva.page.locator(".app-flow__count a").evaluate_all(
        "nodes => nodes.map(node => [node.innerText, node.href])"
    )
    counted = {href: int(said.split()[0]) for said, href in links if not said.startswith("0")}
    assert sorted(counted.values()) == [2, 2, 2]
    for href, number in counted.items():
        eva.page.goto(href)
        assert len(listed(eva)) == number, href
    eva.page.goto(f"{eva.base}/arbetsmodellen/")


def then_the_picture_is_read_by_keyboard_on_paper_and_as_a_file(eva):
    names = heard(eva)
    assert f"{RENAMED}, Upphandlingsenheten: 2 upphandlingar" in names
    assert "Anmäl det som kommer, Förvaltning eller bolag: 2 upphandlingar, 2 sena" in names
    assert in_the_order_of_the_keyboard(eva, len(names)) == names
    order = eva.page.locator(".app-flow__steps strong").all_inner_texts()
    assert [*map(step_of, names)] == order

    with eva.page.expect_download() as download:
        eva.page.get_by_role("link", name="Bild, SVG").click()
    file = ElementTree.parse(download.value.path())
    words = " ".join(" ".join(file.getroot().itertext()).split())
    assert all(title in words for title in (RENAMED, STEERING)), words
    shown = eva.page.context.new_page()
    shown.set_content(download.value.path().read_text())
    assert shown.locator("svg").bounding_box()["width"] > 1000
    shown.close()

    eva.page.emulate_media(media="print")
    assert eva.page.locator(".app-only-print svg.app-process").is_visible()
    assert not drawing(eva).is_visible()
    for title in order:
        assert eva.page.locator(".app-flow__steps strong").get_by_text(title, exact=True).first.is_visible(), title
    eva.page.emulate_media(media="screen")


def in_the_order_of_the_keyboard(someone, count):
    """The names of the boxes as Tab comes to them."""
    found, focused = [], "document.activeElement.closest('svg a')?.getAttribute('aria-label') ?? ''"
    for _press in range(90 + count):
        someone.page.keyboard.press("Tab")
        name = someone.page.evaluate(focused)
        if found and not name:
            return found
        found += [name] if name else []
    return found
