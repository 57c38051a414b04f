import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.db import transaction

from insteg.core import clock
from insteg.documents.files import keep
from insteg.documents.jobs import clean, names_in
from insteg.documents.models import Damaged, StoredFile

FIELD = StoredFile._meta.get_field("content")


@pytest.fixture(params=["in memory", "on disk"])
def storage(request, monkeypatch, tmp_path):
    made = InMemoryStorage() if request.param == "in memory" else FileSystemStorage(tmp_path / "filer")
    monkeypatch.setattr(FIELD, "storage", made)
    return made


def later(time_machine, days):
    time_machine.move_to(clock.now() + dt.timedelta(days=days))


def test_a_file_is_kept_under_its_id_with_its_name_beside(db, storage):
    file = keep(b"innehall", "../../plan \u00e5r.xlsx")
    assert (file.name, file.size, file.content.name) == (
        "../../plan \u00e5r.xlsx", 8, f"{file.pk.hex[:2]}/{file.pk.hex}",
    )  # fmt: skip
    assert StoredFile.objects.get().read() == b"innehall"
    assert keep(b"", "x" * 300 + ".csv").name == "x" * 196 + ".csv"


def test_a_file_without_a_name_is_not_kept(db, storage):
    with pytest.raises(ValidationError):
        keep(b"innehall", "")
    assert not StoredFile.objects.exists()


def test_bytes_that_were_changed_or_lost_are_not_handed_out(db, storage):
    file = keep(b"innehall", "plan.csv")
    name = file.content.name
    storage.delete(name)
    with pytest.raises(Damaged, match="are gone"):
        StoredFile.objects.get().read()
    storage.save(name, ContentFile(b"annat"))
    with pytest.raises(Damaged, match="not those"):
        StoredFile.objects.get().read()


def test_what_a_rolled_back_transaction_left_is_taken_away_a_day_later(db, storage, time_machine):
    with transaction.atomic():
        lost = keep(b"a", "a.csv").content.name
        transaction.set_rollback(True)
    kept = keep(b"b", "b.csv").content.name
    clean()
    assert {*names_in(storage)} == {lost, kept}  # the transaction might still be under way
    later(time_machine, days=2)
    new = keep(b"c", "c.csv").content.name
    clean()
    assert {*names_in(storage)} == {kept, new}
    assert [file.read() for file in StoredFile.objects.order_by("created_at")] == [b"b", b"c"]


def test_what_is_not_ours_is_left(db, storage, time_machine):
    for name in ("ab/annans.txt", "egen.txt", f"ab/{'c' * 32}"):
        storage.save(name, ContentFile(b"x"))
    later(time_machine, days=2)
    keep(b"a", "a.csv")
    clean()
    assert all(storage.exists(name) for name in ("ab/annans.txt", "egen.txt", f"ab/{'c' * 32}"))


def test_a_house_without_files_needs_no_cleaning(db, storage):
    assert [*names_in(storage)] == []
