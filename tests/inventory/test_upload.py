"""R11: a plan goes in by the spreadsheet that the organisation already has; all of it is saved, or nothing."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from insteg.inventory.models import PlannedProcurement, PlanUpload

HEADINGS = [
    "Benämning",
    "Typ av upphandling",
    "CPV-kod",
    "Värde (mkr)",
    "Avtalstid",
    "Avtalsstart",
    "Årsarbetare",
    "Kontaktperson",
]
LOKALVARD = ["Lokalvård", "Tjänst", "90911200", "12", "2+1+1 år", "2028-03-01", "4", "Någon Person"]
VITVAROR = ["Vitvaror", "Vara", "39710000", "3", "24 mån", "hösten 2028", "", "Någon Annan"]


def workbook(*rows, headings=HEADINGS):
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def hidden(html):
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', html))


def send(client, organisation, content, name="plan.xlsx"):
    address = f"/planerade/las-in/{organisation.pk}/"
    typed = hidden(client.get(address).content.decode())
    return client.post(address, typed | {"file": SimpleUploadedFile(name, content)})


def review(client, answer):
    return client.get(answer.url).content.decode()


def test_what_was_read_is_shown_and_nothing_is_saved_before_one_says_so(as_, town):
    client = as_("park")
    before = PlannedProcurement.objects.count()
    answer = send(client, town.org["Park"], workbook(LOKALVARD, VITVAROR))
    html = review(client, answer)
    assert "Filen har två upphandlingar." in html
    assert "Kontaktperson" in html  # named as left out
    assert "Någon Person" not in html  # and never shown
    assert "Någon Person" not in str(PlanUpload.objects.get().reading)
    assert PlannedProcurement.objects.count() == before
    assert client.post(answer.url, hidden(html)).url == "/planerade/"
    saved = PlannedProcurement.objects.get(title="Lokalvård")
    assert (saved.value_min, saved.months, saved.option_months, saved.proposal) == (12_000_000, 24, 24, "suitable")
    assert (saved.organisation, saved.upload_row) == (town.org["Park"], 2)
    assert PlannedProcurement.objects.get(title="Vitvaror").proposal == "not_suitable"


def test_the_same_file_twice_makes_no_doubles(as_, town):
    client, content = as_("park"), workbook(LOKALVARD)
    answer = send(client, town.org["Park"], content)
    assert client.post(answer.url, hidden(review(client, answer))).status_code == 302
    again = send(client, town.org["Park"], content)  # told before anyone mends its faults
    assert again.status_code == 422
    assert "redan sparad" in again.content.decode()
    assert PlannedProcurement.objects.filter(title="Lokalvård").count() == 1


WAITS = "Den här filen är redan inläst och väntar på att granskas."


def test_the_same_file_sent_again_leads_to_the_one_that_waits(as_, town):
    client, content = as_("park"), workbook(LOKALVARD)
    answer = send(client, town.org["Park"], content)
    assert WAITS not in review(client, answer)
    again = send(client, town.org["Park"], content, "samma.xlsx")
    assert again.url == answer.url
    assert WAITS in review(client, again)
    assert send(as_("ue"), town.org["Park"], content).url == answer.url
    assert PlanUpload.objects.count() == 1


def test_a_file_that_was_left_or_waits_for_others_is_read_anew(as_, town):
    client, content = as_("park"), workbook(LOKALVARD)
    first = send(client, town.org["Park"], content)
    page = f"{first.url}avbryt/"
    client.post(page, hidden(client.get(page).content.decode()))
    second, others = send(client, town.org["Park"], content), send(as_("hus"), town.org["Hus"], content)
    assert len({first.url, second.url, others.url}) == 3
    assert WAITS not in review(client, second)


def test_a_double_click_on_reading_in_is_one_draft_and_says_nothing_of_itself(as_, town):
    client, content = as_("park"), workbook(LOKALVARD)
    address = f"/planerade/las-in/{town.org['Park'].pk}/"
    typed = hidden(client.get(address).content.decode())
    clicks = [client.post(address, typed | {"file": SimpleUploadedFile("plan.xlsx", content)}) for _ in range(2)]
    assert clicks[0].url == clicks[1].url
    assert WAITS not in review(client, clicks[1])


def test_an_ambiguous_cell_is_a_question_and_nothing_is_saved_until_it_is_answered(as_, town):
    client = as_("park")
    answer = send(
        client,
        town.org["Park"],
        workbook(LOKALVARD, ["Bro", "Entreprenad", "45221113", "3,8-38", "1 år", "2028-01-01", "5", ""]),
    )
    html = review(client, answer)
    name = re.search(r'name="(s[0-9a-f]+r3-value)"', html)[1]
    assert client.post(answer.url, hidden(html)).status_code == 422
    assert not PlannedProcurement.objects.filter(title__in=["Bro", "Lokalvård"]).exists()
    assert client.post(answer.url, hidden(html) | {name: "unknown"}).status_code == 302
    bridge = PlannedProcurement.objects.get(title="Bro")
    assert (bridge.value_min, bridge.value_max) == (None, None)
    assert bridge.unknown_fields == ["value_max", "value_min"]


def test_a_cell_that_cannot_be_read_is_mended_in_place(as_, town):
    client = as_("park")
    answer = send(
        client,
        town.org["Park"],
        workbook(["Bro", "Entreprenad", "45221113", "38", "1 år", "31/2 2028", "5", ""], LOKALVARD),
    )
    html = review(client, answer)
    assert 'value="31/2 2028"' in html
    start = re.search(r'name="(s[0-9a-f]+r2-start)"', html)[1]
    wrong = client.post(answer.url, hidden(html) | {start: "30/2 2028"})
    assert wrong.status_code == 422
    assert 'value="30/2 2028"' in wrong.content.decode()
    assert client.post(answer.url, hidden(html) | {start: "1/3 2028"}).status_code == 302
    assert PlannedProcurement.objects.get(title="Bro").start.isoformat() == "2028-03-01"


def test_what_a_colleague_has_kept_meanwhile_is_not_written_over(as_, town):
    row = ["Bro", "Entreprenad", "45221113", "38", "1 år", "31/2 2028", "5", ""]
    answer = send(as_("park"), town.org["Park"], workbook(LOKALVARD, row))
    html = review(as_("park"), answer)
    name = re.search(r'name="(s[0-9a-f]+r3-start)"', html)[1]
    assert as_("park").post(answer.url, hidden(html) | {name: "någon gång"}).status_code == 422
    late = as_("ue").post(answer.url, hidden(html) | {name: "våren"}).content.decode()
    assert "Någon annan hann före" in late
    assert "våren" in late
    assert "någon gång" in review(as_("park"), answer)


def test_leaving_saves_nothing_and_the_plan_is_gone(as_, town):
    client = as_("park")
    answer = send(client, town.org["Park"], workbook(LOKALVARD))
    page = f"{answer.url}avbryt/"
    assert client.post(page, hidden(client.get(page).content.decode())).status_code == 302
    assert client.get(answer.url).status_code == 403
    assert not PlannedProcurement.objects.filter(title="Lokalvård").exists()


def test_a_double_click_on_save_is_one_saving_with_one_answer(as_, town):
    client = as_("park")
    answer = send(client, town.org["Park"], workbook(LOKALVARD))
    typed = hidden(review(client, answer))
    assert [client.post(answer.url, typed).status_code for _ in range(2)] == [302, 302]
    assert PlannedProcurement.objects.filter(title="Lokalvård").count() == 1
    fresh = typed | {"key": "3f8f8f0e-0000-4000-8000-000000000000"}
    assert client.post(answer.url, fresh).status_code == 403  # another sending is not let through


def test_others_cannot_review_or_send_for_us(as_, town):
    answer = send(as_("park"), town.org["Park"], workbook(LOKALVARD))
    assert as_("hus").get(answer.url).status_code == 404
    assert as_("ue").get(answer.url).status_code == 200
    assert as_("hus").get(f"/planerade/las-in/{town.org['Park'].pk}/").status_code == 404


@pytest.mark.parametrize(("content", "name"), [
    (b"", "tom.xlsx"), (b"%PDF-1.7 ...", "plan.xlsx"), (b"PK\x03\x04halv", "plan.xlsx"),
    (b"\x00\x01\x02" * 50, "plan.csv"),
])  # fmt: skip
def test_a_broken_file_is_told_in_a_sentence_and_saves_nothing(as_, town, content, name):
    answer = send(as_("park"), town.org["Park"], content, name)
    assert answer.status_code == 422
    assert "ds-validation-message" in answer.content.decode()
    assert not PlanUpload.objects.exists()


def test_a_plan_that_waits_is_a_task(as_, town):
    send(as_("park"), town.org["Park"], workbook(LOKALVARD))
    html = as_("park").get("/").content.decode()
    assert "Granska och spara en inläst plan" in html
    assert "Granska och spara en inläst plan" not in as_("hus").get("/").content.decode()


def test_the_page_of_a_saved_row_tells_where_it_was_read(as_, town):
    client = as_("park")
    answer = send(client, town.org["Park"], workbook(LOKALVARD))
    client.post(answer.url, hidden(review(client, answer)))
    planned = PlannedProcurement.objects.get(title="Lokalvård")
    html = client.get(f"/planerade/{planned.pk}/").content.decode()
    assert "Anmäld, läst ur ett kalkylblad" in html
    assert "plan.xlsx" in html
