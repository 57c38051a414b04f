"""The pack as it is read (R31): on the page, as Word and PDF; by those who are called, each with what they may see."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from pypdf import PdfReader

from insteg.core import clock
from insteg.inventory.actions import withdraw
from insteg.meetings.models import Meeting
from insteg.steering import actions
from insteg.steering.models import Agenda, AgendaItem, Feedback, FeedbackLine
from insteg.steering.queries import papers
from tests.steering.before_the_meeting import built, by, coming, held_meeting_with, item_of, listed, meeting_to_come

LAID = {"town": lambda _ground: meeting_to_come()}
LATER = {"again_from": dt.date(2029, 1, 1), "why": "Omfattningen är inte känd."}
REQUIRE = {"choice": "require", "consideration": "employment", "why": ""}
PAGE, WORD, PDF = "", "word/", "pdf/"


@pytest.fixture
def sent(town):
    town.path = f"/styrgruppen/underlag/{built(town).pk}/"
    actions.share_agenda(target=town.agenda, **by(town))
    return town


def text_of(client, path):
    return " ".join(client.get(path).content.decode().split())


def read(client, path, kind):
    """All its words, whichever way it comes."""
    answer = client.get(f"{path}{kind}")
    assert answer.status_code == 200
    if kind == WORD:
        document = Document(BytesIO(answer.content))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        said = [*(each.text for each in document.paragraphs), *cells]
    elif kind == PDF:
        said = [each.extract_text().replace("-\n", "") for each in PdfReader(BytesIO(answer.content)).pages]
    else:
        said = [answer.content.decode()]
    return " ".join(" ".join(said).replace("\N{NO-BREAK SPACE}", " ").split())


def send(client, path, **typed):
    form = client.get(path).context["form"]
    hidden = {name: form[name].value() for name in ("version", "key")}
    return client.post(path, hidden | typed)


# --- what it says


@pytest.mark.parametrize("kind", [PAGE, WORD, PDF])
def test_it_says_what_decides_of_each(sent, as_, kind):
    read_by = read(as_("ue"), sent.path, kind)
    for said in (
        "Fyra upphandlingar att besluta om: två är lämpliga, en behöver uppgifter och en är inte lämplig.",
        "Fönsterputs", "Lokalvård i skolor", "Flyttstädning", "Daglig städning.", "48,0 mnkr", "36 + 12 mån",
        "från 1 mars 2029", "14 årsarbetare", "1 plats", "dialogen senast", "Alla villkor är uppfyllda:",
        "Organisationen vet inte bemanningen än.", "2 månader är för kort.",
    ):  # fmt: skip
        assert said in read_by


@pytest.mark.parametrize("kind", [PAGE, WORD, PDF])
def test_the_employment_service_reads_it_without_what_anything_is_worth(sent, as_, kind):
    read_by = read(as_("af"), sent.path, kind)
    assert "Lokalvård i skolor" in read_by
    assert "36 + 12 mån" in read_by
    for secret in ("48,0", "mnkr", "Värde", "19 kap."):
        assert secret not in read_by


def test_no_link_leads_where_the_reader_may_not_go(sent, as_):
    leads = f"/planerade/{sent.planned['suits'].pk}/"
    assert leads in text_of(as_("styr"), sent.path)
    assert leads not in text_of(as_("af"), sent.path)


def test_a_buyer_who_is_called_sees_what_its_own_are_worth(sent, as_):
    listed(sent.meeting, sent.user["park"])
    page = text_of(as_("park"), sent.path)
    assert page.count("mnkr") == 2
    assert f"/planerade/{sent.planned['suits'].pk}/" in page
    assert f"/planerade/{sent.planned['sooner'].pk}/" not in page


@pytest.mark.parametrize("kind", [PAGE, WORD, PDF])
def test_it_says_what_the_organisations_think_and_who_has_not_said(sent, as_, kind):
    actions.ask_views(target=sent.agenda, views_by=clock.today(), **by(sent))
    actions.tell_view(target=item_of(sent, "suits"), view="Gärna det.", **by(sent, "park"))
    said = read(as_("styr"), sent.path, kind)
    assert "Gärna det." in said
    assert "Svarade" in said
    assert "ar inte svarat, frågades" in said
    assert "Organisationerna har sagt vad de själva tycker om en av dem." in said


@pytest.mark.parametrize("kind", [PAGE, WORD, PDF])
def test_points_of_all_kinds_have_their_words_and_files(sent, as_, kind):
    outlook = AgendaItem.objects.get(agenda=sent.agenda, kind="outlook")
    actions.change_item(target=outlook, text="Nytt kontor.\nLäs https://exempel.se/a", **by(sent))
    own = actions.add_item(target=sent.agenda, title="Studiebesök", text="I <b>maj</b>.", **by(sent))
    actions.add_file(target=own, content=b"Karta", filename="karta.pdf", **by(sent))
    said = read(as_("af"), sent.path, kind)
    for words in ("Nytt kontor.", "https://exempel.se/a", "Studiebesök", "karta.pdf"):
        assert words in said
    assert ("I &lt;b&gt;maj&lt;/b&gt;." if kind == PAGE else "I <b>maj</b>.") in said


def test_an_address_in_a_text_is_a_link(sent, as_):
    outlook = AgendaItem.objects.get(agenda=sent.agenda, kind="outlook")
    actions.change_item(target=outlook, text="Läs https://exempel.se/a", **by(sent))
    assert '<a class="ds-link" href="https://exempel.se/a" rel="nofollow">' in text_of(as_("styr"), sent.path)


@pytest.mark.parametrize("kind", [PAGE, WORD, PDF])
def test_what_is_withdrawn_meanwhile_says_so(sent, as_, kind):
    withdraw(target=sent.planned["suits"], withdrawn_reason="Behovet finns inte.", **by(sent))
    said = read(as_("styr"), sent.path, kind)
    assert "Upphandlingen har dragits tillbaka: Behovet finns inte." in said
    assert "En är inte längre aktuell." in said


def test_what_is_decided_says_so_with_its_reason(sent, as_):
    Meeting.objects.filter(pk=sent.meeting.pk).update(starts_at=clock.now())
    sent.meeting.attendances.update(present=True)
    item = item_of(sent, "suits")
    seen = item.planned.assessments.latest("number").pk
    actions.decide(target=item, choice="do_not_require", why="För svårt.", seen_assessment=seen, **by(sent, "styr"))
    page = text_of(as_("styr"), sent.path)
    assert "Ställ inte krav. Skäl: För svårt." in page
    assert "En är beslutad." in page


# --- follow-up of what was decided before


@pytest.mark.parametrize("kind", [PAGE, WORD, PDF])
def test_what_was_decided_before_is_followed_up(town, as_, kind):
    held_meeting_with(town, "sooner", **REQUIRE)
    path = f"/styrgruppen/underlag/{built(town).pk}/"
    said = read(as_("ue"), path, kind)
    assert "Gruppen fattade 1 beslut" in said
    assert "Ställ krav. Organisationen har inte fått återkoppling än." in said


def test_the_follow_up_says_who_is_waited_for_and_what_is_done(town, as_):
    item = held_meeting_with(town, "sooner", **REQUIRE)
    told = Feedback.objects.create(
        agenda=item.agenda, organisation=town.org["Hus"], sent_at=clock.now(), sent_by=town.user["ue"]
    )
    line = FeedbackLine.objects.create(
        feedback=told, decision=item.decision, next_step="Starta upphandlingen.",
        due_on=clock.today() - dt.timedelta(days=2),
    )  # fmt: skip
    path = f"/styrgruppen/underlag/{built(town).pk}/"
    assert "Väntar på Hus: Starta upphandlingen. Det skulle ha varit klart" in text_of(as_("ue"), path)
    FeedbackLine.objects.filter(pk=line.pk).update(done_at=clock.now(), done_by=town.user["hus"])
    page = text_of(as_("ue"), path)
    assert "Inget av det väntar på någon." in page
    assert "Klart" in page


# --- who reads it


def test_until_it_is_sent_only_the_unit_reads_it(town, as_):
    path = f"/styrgruppen/underlag/{built(town).pk}/"
    assert as_("ue").get(path).status_code == 200
    for name in ("styr", "af", "park"):
        assert as_(name).get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("styr", 200), ("styr2", 200), ("af", 200), ("af2", 404), ("park", 404), ("ame", 404)]
)
def test_when_it_is_sent_those_who_are_called_read_it(sent, as_, name, status):
    for kind in (PAGE, WORD, PDF):
        assert as_(name).get(f"{sent.path}{kind}").status_code == status


def test_the_group_is_offered_nothing_that_it_may_not_do(sent, as_):
    page = text_of(as_("styr"), sent.path)
    for words in ("Lägg fram fler", "Ändra text", "Ta bort", "Ändra ordningen"):
        assert words not in page
    assert "Läs inför mötet" in page


# --- whose move it is


def test_the_page_says_what_comes_next(town, as_):
    path = f"/styrgruppen/underlag/{built(town).pk}/"
    assert "Din tur: fråga organisationerna vad de tycker" in text_of(as_("ue"), path)
    actions.ask_views(target=town.agenda, views_by=clock.today() + dt.timedelta(days=9), **by(town))
    assert "Väntar på organisationernas svar" in text_of(as_("ue"), path)
    Agenda.objects.update(views_by=clock.today() - dt.timedelta(days=1))
    assert "Din tur: skicka underlaget" in text_of(as_("ue"), path)
    actions.share_agenda(target=town.agenda, **by(town))
    assert "Gruppen kan läsa underlaget" in text_of(as_("ue"), path)
    Meeting.objects.filter(pk=town.meeting.pk).update(starts_at=clock.now())
    assert "Öppna mötesläget" in text_of(as_("styr"), path)
    Meeting.objects.filter(pk=town.meeting.pk).update(ends_at=clock.now())
    assert "Din tur: lämna protokollet" in text_of(as_("ue"), path)


def test_a_meeting_that_nobody_is_called_to_leads_to_the_call(town, as_):
    Meeting.objects.update(called_at=None)
    assert "Din tur: kalla gruppen" in text_of(as_("ue"), f"/styrgruppen/underlag/{built(town).pk}/")


def test_the_meetings_page_leads_to_its_papers(town, as_):
    page = f"/moten/{town.meeting.pk}/"
    assert "Förbered underlaget" in text_of(as_("ue"), page)
    assert "Underlag och protokoll" not in text_of(as_("styr"), page)
    built(town)
    assert "Underlaget förbereds. Gruppen kan inte läsa det än." in text_of(as_("ue"), page)
    assert "Läs underlaget" not in text_of(as_("styr"), page)
    actions.share_agenda(target=town.agenda, **by(town))
    assert "Läs underlaget" in text_of(as_("af"), page)
    assert "Öppna mötesläget" not in text_of(as_("af"), page)
    assert "Öppna mötesläget" in text_of(as_("styr"), page)


def tasks_of(town, name, read=papers.before_the_meeting):
    return [task.title for task in read(town.who[name])]


def test_att_gora_says_one_thing_at_a_time_for_the_unit(town):
    assert tasks_of(town, "ue") == []
    in_three_weeks(town)
    assert tasks_of(town, "ue") == ["Förbered underlaget till styrgruppens möte"]
    built(town)
    assert tasks_of(town, "ue") == ["Fråga organisationerna vad de tycker inför styrgruppens möte"]
    actions.ask_views(target=town.agenda, views_by=clock.today() + dt.timedelta(days=2), **by(town))
    assert tasks_of(town, "ue") == ["Organisationernas syn inför styrgruppens möte"]
    Agenda.objects.update(views_by=clock.today() - dt.timedelta(days=1))
    assert tasks_of(town, "ue") == ["Skicka underlaget till styrgruppens möte"]
    actions.share_agenda(target=town.agenda, **by(town))
    assert tasks_of(town, "ue") == []
    assert tasks_of(town, "styr") == []


def in_three_weeks(town):
    starts = clock.now() + dt.timedelta(days=19)
    Meeting.objects.filter(pk=town.meeting.pk).update(starts_at=starts, ends_at=starts + dt.timedelta(hours=2))


def test_att_gora_asks_the_organisations_until_they_have_answered(town):
    built(town)
    assert tasks_of(town, "park", papers.to_tell_view) == []
    actions.ask_views(target=town.agenda, views_by=clock.today() + dt.timedelta(days=9), **by(town))
    assert tasks_of(town, "park", papers.to_tell_view) == ["Säg vad ni tycker om två upphandlingar"]
    actions.tell_view(target=item_of(town, "suits"), view="Gärna.", **by(town, "park"))
    assert tasks_of(town, "park", papers.to_tell_view) == ["Säg vad ni tycker om ”Flyttstädning”"]
    withdraw(target=town.planned["not"], withdrawn_reason="Behovet finns inte.", **by(town))
    assert tasks_of(town, "park", papers.to_tell_view) == []
    assert len(tasks_of(town, "hus", papers.to_tell_view)) == 1
    Meeting.objects.update(cancelled_at=clock.now(), cancelled_reason="Ingen kunde.")
    assert tasks_of(town, "hus", papers.to_tell_view) == []


# --- the forms


def test_the_unit_makes_the_pack_from_the_meetings_page(town, as_):
    path = f"/styrgruppen/moten/{town.meeting.pk}/underlag/nytt/"
    assert "4 upphandlingar väntar på gruppens beslut och kommer med." in text_of(as_("ue"), path)
    answer = send(as_("ue"), path)
    assert answer["Location"] == f"/styrgruppen/underlag/{Agenda.objects.get().pk}/"


def test_what_is_offered_to_lay_forward_stands_with_what_suits_first(town, as_):
    page = text_of(as_("ue"), f"/styrgruppen/underlag/{built(town).pk}/lagg-fram/")
    assert page.index("Snöröjning, Park (lämplig") < page.index("Konsultstöd, Hus (inte lämplig")
    assert "Lokalvård i skolor" not in page


def test_when_nothing_can_be_laid_forward_it_says_why(town, as_):
    path = f"/styrgruppen/underlag/{built(town).pk}/lagg-fram/"
    rows = [town.planned[label].pk for label in ("judged", "judged_not")]
    assert send(as_("ue"), path, rows=[str(pk) for pk in rows]).status_code == 302
    assert "Inget mer att lägga fram" in text_of(as_("ue"), path)


def test_an_order_is_typed_as_numbers(town, as_):
    path = f"/styrgruppen/underlag/{built(town).pk}/ordning/"
    form = as_("ue").get(path).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    last = next(name for name, value in typed.items() if value == 4 and name.startswith("place_"))
    assert as_("ue").post(path, typed | {last: 1}).status_code == 302
    first = AgendaItem.objects.filter(agenda=town.agenda).order_by("order")[0]
    assert first.planned == town.planned["not"]
    assert as_("ue").post(path, typed | {last: 2}).status_code == 422


def test_a_file_is_sent_fetched_and_taken_away(sent, as_):
    item = item_of(sent, "suits")
    sketch = SimpleUploadedFile("ritning.pdf", b"%PDF-")
    assert send(as_("ue"), f"/styrgruppen/punkt/{item.pk}/fil/", file=sketch).status_code == 302
    file = item.files.get()
    fetched = as_("af").get(f"/styrgruppen/fil/{file.pk}/")
    assert fetched.content == b"%PDF-"
    assert "attachment" in fetched["Content-Disposition"]
    assert as_("park").get(f"/styrgruppen/fil/{file.pk}/").status_code == 404
    assert send(as_("ue"), f"/styrgruppen/fil/{file.pk}/ta-bort/")["Location"] == sent.path
    assert not item.files.exists()


@pytest.mark.parametrize(("name", "why"), [("virus.exe", "tas inte emot"), ("utan", "tas inte emot")])
def test_files_of_other_kinds_are_refused(sent, as_, name, why):
    answer = send(
        as_("ue"), f"/styrgruppen/punkt/{item_of(sent, 'suits').pk}/fil/", file=SimpleUploadedFile(name, b"x")
    )
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_too_large_a_file_is_refused(sent, as_, monkeypatch):
    monkeypatch.setattr("insteg.steering.forms.agenda.LARGEST_FILE", 3)
    path = f"/styrgruppen/punkt/{item_of(sent, 'suits').pk}/fil/"
    answer = send(as_("ue"), path, file=SimpleUploadedFile("a.pdf", b"1234"))
    assert "större än 20 MB" in answer.content.decode()


def test_to_take_off_says_what_becomes_of_it(sent, as_):
    path = f"/styrgruppen/punkt/{item_of(sent, 'suits').pk}/ta-bort/"
    assert "den väntar på gruppens beslut som förut" in text_of(as_("ue"), path)
    assert send(as_("ue"), path)["Location"] == sent.path
    assert as_("ue").get(path).status_code == 404


def test_as_many_questions_are_asked_for_fifty_as_for_four(sent, as_, django_assert_num_queries):
    client = as_("ue")
    client.get(sent.path)
    with CaptureQueriesContext(connection) as few:
        client.get(sent.path)
    for number in range(12):
        coming(sent, "Park", f"Upphandling {number}")
    actions.update_agenda(target=sent.agenda, **by(sent))
    with django_assert_num_queries(len(few)):
        client.get(sent.path)
