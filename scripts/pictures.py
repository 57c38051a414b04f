"""Takes the manual's pictures from the running example city, so that they show the pages as they are.

    python -m scripts.pictures [name ...]

Starts a city of its own in a temporary folder, signs in by one click, and writes PNG files of 1280 pixels' width.
Pictures that do not change need not be committed again.
"""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import openpyxl
from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "handbok" / "bilder"
README = ROOT / "docs" / "bilder"
PORT = 8790
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


REGISTER = [
    ["Avtalsnummer", "Avtalsnamn", "Leverantör", "Avtalsstart", "Avtalsslut", "Förlängning t.o.m.", "Värde (tkr)",
     "Avtalsansvarig"],
    ["TF-2022-019", "Markskötsel och vinterväghållning", "Grönt och Vitt AB", "2022-10-01", "2028-09-30", "", 27000,
     "Kim Berg"],
    ["TF-2025-050", "Lekplatsbesiktning", "Lekfullt AB", "2025-01-01", "2027-12-31", "2029-12-31", 900, "Kim Berg"],
    ["TF-2025-051", "Klottersanering", "Rena Väggar AB", "2025-04-01", "31/2 2028", "", 1200, ""],
    ["TF-2021-009", "Telefonväxel", "Hallå AB", "2021-01-01", "tills vidare", "", "", ""],
]  # fmt: skip


class Picture(NamedTuple):
    """`who` is the person whose button is pressed, None for a visitor; `go` leads from the start page to the view."""

    name: str
    who: str | None
    go: Callable[[Page], None]
    folder: Path = MANUAL
    whole: bool = True


def opens(address: str) -> Callable[[Page], None]:
    return lambda page: visit(page, address)


def visit(page: Page, address: str) -> None:
    page.goto(f"http://localhost:{PORT}{address}")


def follows(address: str, *words: str) -> Callable[[Page], None]:
    """Opens an address and follows links by their words."""

    def go(page: Page) -> None:
        visit(page, address)
        for word in words:
            page.locator("main").get_by_role("link", name=re.compile(word)).first.click()

    return go


def first_row(address: str) -> Callable[[Page], None]:
    """Opens what the first row of a list is about."""

    def go(page: Page) -> None:
        visit(page, address)
        page.locator("main table tbody a").first.click()

    return go


def makes_the_pack(page: Page, *links: str) -> None:
    """To the pack of the meeting that comes after the one that goes on, and on."""
    visit(page, "/moten/")
    page.get_by_role("link", name="Styrgruppens möte").nth(1).click()
    if page.get_by_role("link", name="Förbered underlaget").count():
        page.get_by_role("link", name="Förbered underlaget").click()
        page.get_by_role("button", name="Gör underlaget").click()
        visit(page, page.url.removeprefix(f"http://localhost:{PORT}"))  # without the message
    else:
        page.get_by_role("link", name="Läs underlaget").click()
    for link in links:
        page.get_by_role("link", name=link).first.click()


def opens_the_meeting(page: Page) -> None:
    """The meeting that goes on, at a point with everything on it."""
    visit(page, "/moten/")
    page.get_by_role("link", name="Styrgruppens möte").first.click()
    page.get_by_role("link", name="Öppna mötesläget").click()
    page.get_by_role("link", name="Trappstädning").click()
    page.get_by_role("heading", name="Trappstädning").wait_for()
    page.keyboard.press("1")


def reads_reminders(page: Page) -> None:
    first_row("/inventering/")(page)
    page.get_by_role("link", name="Läs breven innan de går").click()


def drafts_a_round(page: Page) -> None:
    visit(page, "/inventering/ny/")
    page.get_by_role("button", name="Spara utkastet").click()


def reads_a_register(page: Page) -> None:
    visit(page, "/inventering/avtal/")
    page.get_by_role("link", name="Läs in avtalsregistret").click()
    send_workbook(page, REGISTER, "avtalsregister.xlsx")


def send_workbook(page: Page, rows: list[list[object]], name: str) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = BytesIO()
    book.save(data)
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data.getvalue()}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Läs in och granska").click()


def opens_the_plan_that_waits(page: Page) -> None:
    visit(page, "/")
    page.get_by_role("link", name="Granska och spara en inläst plan").first.click()


def sends_what_cannot_be_saved(page: Page) -> None:
    """Somebody else holds the database for longer than anyone waits."""
    visit(page, "/planerade/")
    page.get_by_role("link", name="Lägg till en").first.click()
    page.fill("[name=title]", "Skötsel av parker och lekplatser")
    page.fill("[name=value_min]", "3,5 mkr")
    page.fill("[name=months]", "2 år")
    held = sqlite3.connect(Path(os.environ["INSTEG_VAR"]) / "insteg.sqlite3", isolation_level=None, timeout=20)
    with contextlib.closing(held):
        held.execute("BEGIN IMMEDIATE")
        page.get_by_role("button", name="Spara", exact=True).click(timeout=60_000)
        page.get_by_role("button", name="Skicka igen").wait_for(timeout=60_000)


def restored_from_a_backup(page: Page) -> None:
    """The city as it is when a backup has been restored. The last picture: no letter leaves any more."""
    with contextlib.closing(sqlite3.connect(Path(os.environ["INSTEG_VAR"]) / "insteg.sqlite3", timeout=20)) as city:
        city.execute(
            "INSERT INTO mail_hold (id, created_at, version, backup_from, dropped)"
            " VALUES (?, datetime('now', '-50 minutes'), 1, datetime('now', '-9 hours'), 0)",
            (uuid.uuid4().hex,),
        )
        some = "SELECT id FROM mail_message ORDER BY id LIMIT 4"
        city.execute(f"UPDATE mail_message SET sent_at = NULL, given_up_at = NULL, body = 'x' WHERE id IN ({some})")
        old = "SELECT id FROM mail_message ORDER BY id LIMIT 2"
        city.execute(f"UPDATE mail_message SET created_at = datetime('now', '-1 day') WHERE id IN ({old})")
        city.commit()
    follows("/", "Breven hålls inne")(page)


def drafts_rules(page: Page) -> None:
    """To the draft of the next rule set, with something changed in it."""
    visit(page, "/arbetsmodellen/regelverk/")
    if page.get_by_role("link", name="Öppna utkastet").count():
        page.get_by_role("link", name="Öppna utkastet").click()
        return
    page.get_by_role("link", name="Gör ett utkast").click()
    page.get_by_role("button", name="Gör ett utkast").click()
    page.fill("[name=min_months]", "6 mån")
    page.fill("[name=note]", "Korta uppdrag hinner inte ge någon plats.")
    page.get_by_role("button", name="Spara utkastet").click()
    visit(page, page.url.removeprefix(f"http://localhost:{PORT}"))  # without the message


def changes_rules(page: Page) -> None:
    drafts_rules(page)
    page.get_by_role("link", name="Ändra").first.click()


def publishes_rules(page: Page) -> None:
    drafts_rules(page)
    page.get_by_role("link", name="Publicera").click()


def sees_the_model(page: Page) -> None:
    """As much of the page as the picture takes, without the list below it."""
    visit(page, "/arbetsmodellen/")
    below = page.locator("#steps").bounding_box()
    assert below
    page.set_viewport_size({"width": 1280, "height": int(below["y"])})


def drafts_the_model(page: Page, *links: str) -> None:
    """To the draft of how a procurement is done, and on."""
    visit(page, "/arbetsmodellen/processer/")
    page.get_by_role("link", name="Öppna utkastet").first.click()
    for link in links:
        page.get_by_role("link", name=re.compile(link)).first.click()


PICTURES = [
    Picture("planerade", "Eva Ström", opens("/planerade/"), README, whole=False),
    Picture("planerade", "Eva Ström", opens("/planerade/"), whole=False),
    Picture("planerad", "Kim Berg", follows("/planerade/?q=mark", "Markskötsel")),
    Picture("hinner-inte", "Eva Ström", follows("/planerade/?q=lekplats", "Park- och")),
    Picture("platser-bestamda", "Eva Ström", follows("/planerade/?q=stambyte", "Stambyte")),
    Picture("bestam-platser", "Eva Ström", follows("/planerade/?q=skolskjuts", "Skolskjuts", "Bestäm"), whole=False),
    Picture("andra", "Kim Berg", follows("/planerade/?q=mark", "Markskötsel", "^Ändra"), whole=False),
    Picture("las-in", "Kim Berg", follows("/planerade/", "Läs in en plan")),
    Picture("granska", "Kim Berg", opens_the_plan_that_waits),
    Picture("sammanstallning", "Eva Ström", opens("/sammanstallning/"), whole=False),
    Picture("sammanstallning-del", "Eva Ström", follows("/sammanstallning/", "Flest lämpliga")),
    Picture("behov", "Eva Ström", opens("/behov/")),
    Picture("vara-behov", "Maja Holm", follows("/behov/", "Våra behov")),
    Picture("be-om-uppgifter", "Eva Ström", opens("/sammanstallning/fraga/?uppgift=months")),
    Picture("svara-pa-fragor", "Olle Falk", follows("/planerade/?show=asked", "^Svara"), whole=False),
    Picture("yrken", "Eva Ström", opens("/arbetsmodellen/yrken/"), whole=False),
    Picture("yrken-bekrafta", "Eva Ström", follows("/planerade/?q=trappst", "Trappst", "Bekräfta eller")),
    Picture("arende", "Eva Ström", first_row("/arbetsmodellen/steg/planned_procurement/assess/"), whole=False),
    Picture("arenden-i-steg", "Eva Ström", opens("/arbetsmodellen/steg/planned_procurement/assess/"), whole=False),
    Picture(
        "flytta-flera",
        "Eva Ström",
        opens("/arbetsmodellen/steg/planned_procurement/assess/flytta/to_steering/?alla"),
        whole=False,
    ),
    Picture("gemensamma", "Eva Ström", opens("/planerade/gemensamma/")),
    Picture("gemensam", "Eva Ström", follows("/planerade/?q=bevakning", "Bevakning och")),
    Picture("svara-behov", "Henrik Sand", follows("/inventering/svar/", "hösten|våren")),
    Picture("att-gora", "Kim Berg", opens("/")),
    Picture("att-gora-andra-uppdrag", "Lena Rask", opens("/")),
    Picture("att-gora-lage", "Eva Ström", opens("/")),
    Picture("inventering", "Eva Ström", first_row("/inventering/")),
    Picture("svara", "Kim Berg", follows("/inventering/svar/", "hösten|våren")),
    Picture("svar-skickat", "Mira Lund", follows("/inventering/svar/", "hösten|våren", "Svar 1")),
    Picture("andringar", "Eva Ström", opens("/inventering/andringar/")),
    Picture("brev", "Eva Ström", opens("/min-profil/brev/")),
    Picture("paminnelser", "Eva Ström", reads_reminders),
    Picture("lopande-avtal", "Eva Ström", opens("/inventering/avtal/"), whole=False),
    Picture("ett-avtal", "Kim Berg", follows("/inventering/avtal/", "Belysning")),
    Picture("avtalsregister", "Kim Berg", reads_a_register),
    # After the pictures of the round that is under way: the draft becomes the first of them.
    Picture("inventering-oppna", "Eva Ström", drafts_a_round),
    Picture("arbetsmodellen", "Eva Ström", sees_the_model, whole=False),
    Picture("regelverk", "Jonas Admin", opens("/arbetsmodellen/regelverk/")),
    Picture("regelverk-utkast", "Jonas Admin", drafts_rules),
    Picture("regelverk-andra", "Jonas Admin", changes_rules),
    Picture("regelverk-publicera", "Jonas Admin", publishes_rules, whole=False),
    Picture("processer", "Jonas Admin", opens("/arbetsmodellen/processer/"), whole=False),
    Picture("modell-utkast", "Jonas Admin", drafts_the_model, whole=False),
    Picture("modell-steg", "Jonas Admin", lambda page: drafts_the_model(page, "Ändra ?: Gör klart dokumenten")),
    Picture("modell-publicera", "Jonas Admin", lambda page: drafts_the_model(page, "Läs igenom"), whole=False),
    Picture("styrgruppen", "Eva Ström", opens("/styrgruppen/")),
    Picture("ett-mote", "Eva Ström", follows("/styrgruppen/", "Till mötet")),
    Picture("underlaget", "Eva Ström", makes_the_pack, whole=False),
    Picture("fraga-om-syn", "Eva Ström", lambda page: makes_the_pack(page, "Fråga")),
    Picture("sag-er-syn", "Kim Berg", follows("/", "Säg vad ni tycker")),
    Picture("protokoll", "Eva Ström", follows("/moten/", "Styrgruppens möte", "Läs protokollet"), whole=False),
    Picture("aterkoppling", "Eva Ström", opens("/aterkoppling/")),
    Picture("aterkoppling-att-lasa", "Anders Lind", first_row("/aterkoppling/")),
    Picture("motet", "Eva Ström", opens_the_meeting, whole=False),
    Picture("malen", "Britt Ek", opens("/mal/")),
    Picture("soka", "Eva Ström", opens("/sok/?q=mark")),
    Picture("tillganglighet", None, opens("/tillganglighet/")),
    Picture("tillganglighet-svara", "Jonas Admin", first_row("/tillganglighet/synpunkter/")),
    Picture("logga-in", None, opens("/logga-in/")),
    Picture("andra-steget", "Maja Holm", opens("/konto/sakerhet/")),
    Picture("sessioner", "Eva Ström", opens("/konto/sessioner/")),
    Picture("organisation", "Jonas Admin", follows("/organisationer/", "Social- och")),
    Picture("bjud-in", "Jonas Admin", follows("/organisationer/", "Social- och", "Bjud in")),
    Picture("anvandare", "Jonas Admin", follows("/anvandare/", "Eva Ström")),
    Picture("inget-sparades", "Kim Berg", sends_what_cannot_be_saved),
    Picture("hallna-brev", "Jonas Admin", restored_from_a_backup),
]


@contextlib.contextmanager
def city() -> Iterator[None]:
    """The example city as `make run` serves it, with a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "insteg.config.cli", "run", "--port", str(PORT)]
        os.environ["INSTEG_VAR"] = folder
        server = subprocess.Popen(command, cwd=ROOT)
        try:
            wait_until_open(server)
            yield
        finally:
            server.terminate()
            server.wait(30)


def wait_until_open(server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(120):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://localhost:{PORT}/halsa/")
            return
        if server.poll() is not None:
            raise SystemExit("Exempelstaden gick inte att starta.")
        time.sleep(0.5)
    raise SystemExit("Exempelstaden svarade aldrig.")


def take(wanted: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for picture in PICTURES:
            if wanted and picture.name not in wanted:
                continue
            page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE").new_page()
            if picture.who:
                visit(page, "/exempelstaden/")
                page.get_by_role("button", name=picture.who).first.click()
            picture.go(page)
            page.wait_for_load_state()
            picture.folder.mkdir(parents=True, exist_ok=True)
            photograph(page, picture)
            print(picture.folder.relative_to(ROOT) / f"{picture.name}.png")
            page.context.close()
        browser.close()


def photograph(page: Page, picture: Picture) -> None:
    """The window is made as high as a whole page, or a bar that stays in sight would lie across the middle of it."""
    if picture.whole:
        page.set_viewport_size({"width": 1280, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.screenshot(path=picture.folder / f"{picture.name}.png")


if __name__ == "__main__":
    with city():
        take(sys.argv[1:])
