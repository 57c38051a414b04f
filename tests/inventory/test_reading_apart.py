"""A file that breaks its reader breaks nothing else: it is read in a process of its own, and a sentence says so."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from insteg.core import apart
from insteg.documents.models import StoredFile
from insteg.inventory import reading_apart
from insteg.inventory.agreement_reader import read_register
from insteg.inventory.models import AgreementUpload, PlanUpload
from insteg.inventory.plan_reader import Unreadable, read
from insteg.inventory.reading_apart import read_plan_apart, read_register_apart
from tests.inventory.plan_reader.broken import CSV, far_cell, good, word_document
from tests.inventory.test_upload import hidden

TOO_MUCH = "Filen tar för mycket minne eller tid att läsa."
REGISTER = "Avtal;Leverantör;Slutdatum\r\nLokalvård;Städ AB;2027-12-31\r\nVäxter;Gröna KB;tills vidare\r\n".encode()


@pytest.fixture(autouse=True)
def read_apart(settings):
    settings.READ_APART = True


@pytest.fixture
def instead_of_looking(monkeypatch, tmp_path):
    """instead_of_looking("…") is what the process does where it would look through the file before it is opened."""

    def does(words):
        spoilt = "import time\nfrom insteg.core import apart\nfrom insteg.inventory.plan_reader import files\n"
        spoilt += f"def check_parts(parts):\n    {words}\nfiles.check_parts = check_parts\n"
        (tmp_path / "sitecustomize.py").write_text(spoilt)
        monkeypatch.syspath_prepend(tmp_path)

    return does


@pytest.fixture
def no_look_beforehand(instead_of_looking):
    """As if the next attack were one that nobody thought of."""
    instead_of_looking("pass")


def test_what_is_read_apart_is_what_is_read_here():
    for content, name in ((good(), "plan.xlsx"), (CSV.encode(), "plan.csv")):
        assert read_plan_apart(content, name) == read(content, name)
    chosen = {"Slag": None, "Värde (mkr)": "value/tkr"}
    assert read_plan_apart(good(), "plan.xlsx", chosen) == read(good(), "plan.xlsx", chosen)
    assert read_register_apart(REGISTER, "avtal.csv") == read_register(REGISTER, "avtal.csv")


@pytest.mark.parametrize("reads", [read_plan_apart, read_register_apart])
def test_a_refusal_is_said_as_it_is_here(reads):
    with pytest.raises(Unreadable, match="ett Word-dokument"):
        reads(word_document(), "plan.xlsx")


@pytest.mark.usefixtures("no_look_beforehand")
@pytest.mark.parametrize("reads", [read_plan_apart, read_register_apart])
def test_a_file_that_asks_for_all_memory_ends_its_own_process_alone(reads):
    with pytest.raises(Unreadable) as refused:
        reads(far_cell(), "plan.xlsx")
    assert str(refused.value).startswith(TOO_MUCH)


def test_no_reading_takes_more_memory_than_it_may(instead_of_looking):
    instead_of_looking("bytearray(apart.MOST_MEMORY)")
    with pytest.raises(Unreadable, match=TOO_MUCH):
        read_plan_apart(good(), "plan.xlsx")


def test_a_reading_that_works_all_day_is_given_up(instead_of_looking):
    instead_of_looking("apart.MOST_SECONDS = 1; apart.be_bounded()\n    while True: pass")
    with pytest.raises(Unreadable, match=TOO_MUCH):
        read_plan_apart(good(), "plan.xlsx")


def test_a_reading_that_waits_all_day_is_given_up(instead_of_looking, monkeypatch):
    instead_of_looking("time.sleep(9)")
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0.01)
    with pytest.raises(Unreadable, match=TOO_MUCH):
        read_plan_apart(good(), "plan.xlsx")


def test_the_process_knows_no_secret_and_writes_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "hemlig")
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "told.py").write_text("import os, sys\nsys.stdout.write(' '.join(os.environ))\n")
    assert "SECRET_KEY" not in apart.run_apart("told", b"").decode().split()
    writes = f"open({str(tmp_path / 'made')!r}, 'w', 1).write('x\\n')\n"
    (tmp_path / "writes.py").write_text(f"from insteg.core.apart import be_bounded\nbe_bounded()\n{writes}")
    with pytest.raises(apart.Stopped, match="File too large"):
        apart.run_apart("writes", b"")
    assert (tmp_path / "made").read_text() == ""


@pytest.mark.usefixtures("no_look_beforehand")
@pytest.mark.parametrize(
    ("address", "kept"), [("/planerade/las-in/", PlanUpload), ("/inventering/avtal/las-in/", AgreementUpload)]
)
def test_on_the_page_it_is_a_sentence_and_nothing_is_kept(as_, town, address, kept):
    client, page = as_("park"), f"{address}{town.org['Park'].pk}/"
    before = kept.objects.count(), StoredFile.objects.count()
    typed = hidden(client.get(page).content.decode())
    answer = client.post(page, typed | {"file": SimpleUploadedFile("plan.xlsx", far_cell())})
    assert answer.status_code == 422
    assert TOO_MUCH in answer.content.decode()
    assert (kept.objects.count(), StoredFile.objects.count()) == before


def test_an_answer_longer_than_any_list_is_none(monkeypatch, capsys):
    task = b'{"kind": "plan", "filename": "plan.csv", "mapping": {}}\n'
    monkeypatch.setattr(reading_apart, "be_bounded", lambda: None)
    monkeypatch.setattr(reading_apart, "LARGEST_ANSWER", 100)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(task + CSV.encode())))
    assert reading_apart.main() == 1
    assert capsys.readouterr().out == ""
