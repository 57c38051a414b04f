"""R11: the register that a city has is read in, compared with what is known, and saved whole or not at all."""

import datetime as dt
import re

from django.core.files.uploadedfile import SimpleUploadedFile

from insteg.inventory.models import RunningAgreement
from tests.inventory.test_agreements import LIST, agreement, day
from tests.inventory.test_pages import sent

REGISTER = "Avtalsnummer;Avtal;Leverantör;Startdatum;Slutdatum;Option;Värde\n"
TAXI = "A-1;Taxi;Bil AB;2024-01-01;2031-12-31;12 mån;3 mkr\n"
VAXEL = ";Växel;Tele AB;2024-01-01;2030-06-30;;\n"


def upload(client, organisation, text, name="avtal.csv"):
    address = f"{LIST}las-in/{organisation.pk}/"
    return sent(client, address, file=SimpleUploadedFile(name, text.encode()))


def kinds(client, answer):
    """What the page says of each row against what is known, by title."""
    html = client.get(answer.url).content.decode()
    rows = re.findall(r'rowheader">\s*([^<\s][^<]*?)\s*<.*?ds-tag"[^>]*>(?:<svg.*?</svg>)?([^<]+)<', html, re.S)
    return {title: word.strip() for title, word in rows if word.strip() in ("Nytt", "Ändrat", "Lika")}


def test_a_register_is_shown_before_anything_is_saved_and_twice_changes_nothing(as_, town):
    client = as_("park")
    answer = upload(client, town.org["Park"], REGISTER + TAXI + VAXEL)
    assert kinds(client, answer) == {"Taxi": "Nytt", "Växel": "Nytt"}
    assert not RunningAgreement.objects.exists()
    assert sent(client, answer.url).url == LIST
    taxi = RunningAgreement.objects.get(reference="A-1")
    assert (taxi.title, taxi.supplier, taxi.value, taxi.option_months) == ("Taxi", "Bil AB", 3_000_000, 12)
    before = [*RunningAgreement.objects.order_by("pk").values()]
    again = upload(client, town.org["Park"], REGISTER + TAXI + VAXEL)
    assert kinds(client, again) == {"Taxi": "Lika", "Växel": "Lika"}
    html = client.get(again.url).content.decode()
    assert "Allt i filen finns redan" in html
    assert "Spara alla" not in html
    sent(client, again.url)
    assert [*RunningAgreement.objects.order_by("pk").values()] == before


def test_what_has_changed_is_shown_and_what_is_not_in_the_file_is_untouched(as_, town):
    client = as_("park")
    agreement(town, "Inte i filen")
    known = agreement(town, "Taxi", reference="a-1", supplier="Bil AB", nature="services", ends_on=day(1, 1, 1))
    answer = upload(client, town.org["Park"], REGISTER + TAXI + VAXEL)
    assert kinds(client, answer) == {"Taxi": "Ändrat", "Växel": "Nytt"}
    assert "<del>" in client.get(answer.url).content.decode()
    sent(client, answer.url)
    known.refresh_from_db()
    assert (known.ends_on, known.nature, known.version) == (dt.date(2031, 12, 31), "services", 2)
    assert sorted(row.title for row in RunningAgreement.objects.all()) == ["Inte i filen", "Taxi", "Växel"]


def test_without_a_number_it_is_known_by_name_and_supplier(as_, town):
    client = as_("park")
    known = agreement(town, "växel", supplier="Tele AB", ends_on=dt.date(2029, 6, 30))
    agreement(town, "Växel", supplier="Ring AB", ends_on=dt.date(2029, 6, 30))
    assert kinds(client, upload(client, town.org["Park"], REGISTER + VAXEL)) == {"Växel": "Ändrat"}
    follower = VAXEL.replace("2024-01-01;2030-06-30", "2029-07-01;2033-06-30")
    assert kinds(client, upload(client, town.org["Park"], REGISTER + follower)) == {"Växel": "Nytt"}
    assert known.pk


def test_a_row_that_cannot_be_read_is_mended_or_left_out_and_nothing_is_saved_by_halves(as_, town):
    client = as_("park")
    text = REGISTER + TAXI + ";Växel;Tele AB;;31/2 2030;;\n;Buss;Buss AB;;;;\n"
    answer = upload(client, town.org["Park"], text)
    html = client.get(answer.url).content.decode()
    assert 'value="31/2 2030"' in html
    assert "Sista dag saknas" in html
    refused = sent(client, answer.url)
    assert refused.status_code == 422
    assert not RunningAgreement.objects.exists()
    wrong = sent(client, answer.url, **{"s0r3-end": "30/2 2030", "s0r4-out": "on"})
    assert wrong.status_code == 422
    assert 'value="30/2 2030"' in wrong.content.decode()
    assert [*wrong.context["form"].errors] == ["s0r3-end"]  # the fault stands at its cell
    assert sent(client, answer.url, **{"s0r3-end": "juni 2030", "s0r4-out": "on"}).status_code == 302
    ends = {row.title: row.ends_on for row in RunningAgreement.objects.all()}
    assert ends == {"Taxi": dt.date(2031, 12, 31), "Växel": dt.date(2030, 6, 30)}


def test_what_is_over_and_what_is_anothers_is_not_taken(as_, town):
    client = as_("park")
    text = (
        "Avtal;Förvaltning;Slutdatum;Förlängning\n"
        f"Gammalt;Park;{day(-2, 6, 30)};12 mån\nKan vara förlängt;Park;{day(-1, 6, 30)};36 mån\n"
        f"Husets;Hus;{day(2, 6, 30)};\nVårt;PARK;{day(2, 6, 30)};\n"
    )
    answer = upload(client, town.org["Park"], text)
    assert kinds(client, answer) == {"Kan vara förlängt": "Nytt", "Vårt": "Nytt"}
    html = client.get(answer.url).content.decode()
    assert "Har löpt ut, tas inte med" in html
    assert "En annan organisations, tas inte med" in html
    sent(client, answer.url)
    assert sorted(row.title for row in RunningAgreement.objects.all()) == ["Kan vara förlängt", "Vårt"]


def test_a_register_is_left_without_saving(as_, town):
    client = as_("park")
    answer = upload(client, town.org["Park"], REGISTER + TAXI)
    assert sent(client, f"{answer.url}avbryt/").url == LIST
    assert client.get(answer.url).status_code == 403
    assert not RunningAgreement.objects.exists()


def test_a_file_that_is_no_register_is_refused_in_words(as_, town):
    answer = upload(as_("park"), town.org["Park"], "Namn;Ålder\nKim;7\n")
    assert answer.status_code == 422
    assert "hittar ingen lista med avtal" in answer.content.decode()


def test_nobodys_name_is_kept(as_, town):
    client = as_("park")
    text = REGISTER.replace("\n", ";Avtalsansvarig\n") + TAXI.replace("\n", ";Kim Berg\n")
    answer = upload(client, town.org["Park"], text)
    html = client.get(answer.url).content.decode()
    assert "Avtalsansvarig" in html
    assert "Kim Berg" not in html
