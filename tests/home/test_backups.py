"""The commands: back up, verify, restore. After a restoring no letter leaves, and the log is proved."""

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from insteg.audit.anchors import anchor_seals
from insteg.audit.models import Entry, Seal
from insteg.audit.sealing import seal_log
from insteg.core.backups import sealing
from insteg.documents.models import StoredFile
from insteg.mail.holding import held
from insteg.mail.jobs import deliver
from insteg.mail.models import Message
from insteg.organisations.models import User
from tests.core.backups import places


@pytest.fixture
def elsewhere(tmp_path, settings, monkeypatch, db):
    """Another machine: a migrated database of the same kind where nobody has been, with folders of its own."""
    made = []

    def move():
        number = len(made)
        settings.ANCHORS_FILE = tmp_path / f"maskin-{number}" / "forankring.txt"
        if number:
            monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(tmp_path / f"maskin-{number}" / "filer"))
        if connection.vendor == "postgresql":
            made.append(places.migrated_server_place(f"insteg_machine_{number}"))
        else:
            made.append(places.migrated_file(tmp_path / f"maskin-{number}.sqlite3"))
        return made[-1]

    yield move
    for place in made:
        places.drop(place)


@pytest.fixture
def key(tmp_path, capsys):
    """The file with the secret key, and the public one."""
    file = tmp_path / "nyckel.txt"
    call_command("backup_key", file)
    return file, capsys.readouterr().out.strip()


def test_a_key_is_made_once_and_only_its_owner_reads_it(key, capsys):
    file, public = key
    assert file.stat().st_mode & 0o777 == 0o600
    assert sealing.identities_of(file)
    assert sealing.recipients_of([public])
    assert f"# {public}\n" in file.read_text()
    with pytest.raises(CommandError, match="går inte att skriva"):
        call_command("backup_key", file)


def test_without_a_key_to_seal_with_there_is_no_backup(db, tmp_path, settings):
    assert settings.BACKUP_RECIPIENTS == []
    with pytest.raises(CommandError, match="Ingen nyckel att låsa kopian med"):
        call_command("backup", tmp_path / "kopia.age")
    assert [*tmp_path.iterdir()] == []


def test_from_a_machine_to_another_and_on(elsewhere, key, tmp_path, capsys, settings):
    """What is restored sends nothing, has the log's chain and its anchors, and can be backed up in turn."""
    secret, public = key
    settings.BACKUP_RECIPIENTS = [public]
    first, second = tmp_path / "en.age", tmp_path / "tva.age"
    with places.at(elsewhere()):
        User.objects.create(email="elsa@staden.example", name="Elsa")
        Message.objects.create(to="elsa@staden.example", subject="Hej", body="text")
        Entry.objects.create(action="x", actor_kind="system", actor_id="system")
        seal_log()
        anchor_seals()
        call_command("backup", first)
    call_command("verify_backup", first, identity=secret)
    with places.at(elsewhere()):
        call_command("restore", first, identity=secret)
        deliver(Message.objects.get())
        assert held() is not None
        assert Message.objects.get().body == "text"
        assert Seal.objects.count() == 1
        assert settings.ANCHORS_FILE.read_text().startswith("1 ")
        seal_log()
        anchor_seals()
        call_command("verify_log")
        call_command("backup", second)
    said = capsys.readouterr().out
    for words in ("Klar:", "Kopian är hel:", "Återläst, och läst tillbaka", "Loggens kedja är hel.", "Loggen stämmer."):
        assert words in said
    with places.at(elsewhere()):
        settings.ANCHORS_FILE.parent.mkdir()
        settings.ANCHORS_FILE.write_text("7 " + "0" * 64 + " 2026-11-23T00:00:00.000000+00:00\n")
        call_command("restore", second, identity=secret)
        assert [line.split()[0] for line in settings.ANCHORS_FILE.read_text().splitlines()] == ["1", "2"]
        assert len([*settings.ANCHORS_FILE.parent.iterdir()]) == 2
        call_command("verify_log")
    said = capsys.readouterr().out
    assert "Förankringen som låg här: Förankringen går till försegling 7" in said


def test_a_damaged_backup_is_told_of_in_words(key, tmp_path):
    file = tmp_path / "kopia.age"
    file.write_bytes(b"inget")
    for command in ("verify_backup", "restore"):
        with pytest.raises(CommandError, match="skadad, eller är ingen säkerhetskopia"):
            call_command(command, file, identity=key[0])
    with pytest.raises(CommandError, match="går inte att öppna"):
        call_command("verify_backup", tmp_path / "finns-inte", identity=key[0])


def test_a_backup_without_all_files_is_made_but_never_passes_in_silence(elsewhere, key, tmp_path):
    with places.at(elsewhere()):
        StoredFile.objects.create(name="plan.xlsx", content="ab/borta", size=1, sha256="0" * 64)
        with pytest.raises(CommandError, match="filer saknas i lagret: files/ab/borta") as told:
            call_command("backup", tmp_path / "kopia.age", recipient=[key[1]])
    assert told.value.returncode == 3
    assert (tmp_path / "kopia.age").exists()
