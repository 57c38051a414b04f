"""Whatever has happened to a backup, it is noticed before anything is loaded."""

import io
import json
from hashlib import sha256

import pytest

from insteg.core.backups import Fault, archive, sealing
from insteg.core.backups.archive import Manifest, Visitor, read
from insteg.core.backups.tables import Column, Table

GOODS = Table("goods", "id", (Column("id", "number"), Column("name", "text")))
PLACES = Table("places", "id", (Column("id", "number"),))
ROWS = [b'[1,"\xc3\xa5ker"]\n', b'[2,"h\xc3\xa4st"]\n', b"[3,null]\n"]


def whole():
    tables = [(GOODS, iter([ROWS[:2], ROWS[2:]])), (PLACES, iter([]))]
    files = [("files/a", 5, [b"he", b"j\n["]), "files/gone"]
    return b"".join(archive.write(Manifest({"made_at": "nu"}), tables, files))


def parts():
    """The lines of a backup by what they are about."""
    lines = whole().split(b"\n")
    return lines


@pytest.fixture
def sealed(tmp_path, keys):
    file = tmp_path / "kopia.age"
    with file.open("wb") as into:
        sealing.seal([whole()], into, keys.recipients)
    return file


def opened(file, keys):
    with sealing.opened(file, keys.identities) as source:
        return read(source, Visitor())


def test_what_is_whole_is_read(sealed, keys):
    found = opened(sealed, keys)
    assert [(table.name, table.size) for table in found.tables] == [("goods", 3), ("places", 0)]
    assert found.tables[0].sha256 == sha256(b"".join(ROWS)).hexdigest()
    assert [(file.name, file.size) for file in found.files] == [("files/a", 5)]
    assert (found.missing, found.header) == (["files/gone"], {"made_at": "nu"})


def test_one_flipped_bit_anywhere_is_noticed(sealed, keys):
    data = sealed.read_bytes()
    for place in range(len(data)):
        sealed.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        with pytest.raises(Fault):
            opened(sealed, keys)


def test_one_that_ends_too_soon_is_noticed(sealed, keys):
    data = sealed.read_bytes()
    for length in (0, 20, len(data) // 2, len(data) - 1):
        sealed.write_bytes(data[:length])
        with pytest.raises(Fault):
            opened(sealed, keys)
    sealed.write_bytes(data + b"x")
    with pytest.raises(Fault):
        opened(sealed, keys)


def test_another_key_does_not_open_it(sealed, keys, tmp_path):
    other = tmp_path / "annan.txt"
    other.write_text(sealing.new_key()[0])
    with (
        pytest.raises(Fault, match="låst med en annan"),
        sealing.opened(sealed, sealing.identities_of(other)) as source,
    ):
        read(source, Visitor())


def test_any_of_several_keys_opens_it(tmp_path, keys):
    secret, public = sealing.new_key()
    spare, file = tmp_path / "reserv.txt", tmp_path / "kopia.age"
    spare.write_text(secret)
    with file.open("wb") as into:
        sealing.seal([whole()], into, sealing.recipients_of([keys.public, public]))
    for identities in (keys.identities, sealing.identities_of(spare)):
        with sealing.opened(file, identities) as source:
            assert len(read(source, Visitor()).tables) == 2


def test_whoever_makes_backups_holds_no_key_that_opens_them(keys):
    with pytest.raises(Fault):
        sealing.recipients_of([keys.secret])
    for none in ([], ["", " "]):
        with pytest.raises(Fault, match="Ingen nyckel"):
            sealing.recipients_of(none)


@pytest.mark.parametrize("text", ["", "# bara ord\n", "age1abc", "AGE-SECRET-KEY-1ABC"])
def test_a_file_without_a_secret_key_is_told_of(tmp_path, text):
    file = tmp_path / "nyckel.txt"
    file.write_text(text)
    with pytest.raises(Fault, match="Nyckelfilen"):
        sealing.identities_of(file)
    with pytest.raises(Fault, match="går inte att läsa"):
        sealing.identities_of(tmp_path / "finns-inte")


HEADER, TABLE, ONE, TWO, THREE, END, OTHER, OTHER_END, FILE, BYTES = range(10)
FILE_END = 10


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [*lines[:TWO], *lines[THREE:]],  # a row is gone
        lambda lines: [*lines[:TWO], lines[ONE], *lines[TWO:]],  # a row comes twice
        lambda lines: [*lines[:ONE], lines[TWO], lines[ONE], *lines[THREE:]],  # two rows have changed places
        lambda lines: [*lines[:TABLE], *lines[OTHER:FILE], *lines[TABLE:OTHER], *lines[FILE:]],  # two tables have
        lambda lines: [*lines[:OTHER], *lines[FILE:]],  # a table is gone
        lambda lines: [*lines[:FILE], *lines[OTHER:]],  # a table comes twice
        lambda lines: [*lines[:-2], b""],  # the manifest is gone
        lambda lines: [*lines[:-1], lines[ONE], b""],  # something comes after it
        lambda lines: [
            line.replace(b"\\u00e5", b"a").replace("å".encode(), b"a") for line in lines
        ],  # a word is changed
        lambda lines: [line.replace(b"hej", b"hei") for line in lines],  # a file is
        lambda lines: [*lines[:FILE], lines[FILE].replace(b"5", b"4"), *lines[BYTES:]],  # a file is said to be shorter
        lambda lines: [line.replace(b"gone", b"lost") for line in lines[:-2]] + [b"{}", b""],
        lambda lines: [lines[HEADER].replace(b'"backup":1', b'"backup":2'), *lines[1:]],  # of another kind
        lambda lines: [*lines[:TABLE], b'{"x":1}', *lines[TABLE:]],
        lambda lines: [
            *lines[:END],
            lines[END].replace(b'"rows":3', b'"rows":4'),
            *lines[OTHER:],
        ],  # a table
        lambda lines: [*lines[:FILE_END], lines[FILE_END].replace(b'4"}', b'5"}'), *lines[FILE_END + 1 :]],  # of a file
    ],
)
def test_what_was_put_together_in_another_way_is_noticed(change):
    """By whoever could seal one: a backup is held against its own manifest too."""
    lines = whole().split(b"\n")
    changed = b"\n".join(change(lines))
    assert changed != whole()
    with pytest.raises(Fault):
        read(io.BytesIO(changed), Visitor())


def test_an_imprint_alone_is_enough_to_notice(monkeypatch):
    """A row and its own table's imprint changed alike: the manifest still knows."""
    lines = whole().split(b"\n")
    lines[ONE] = b'[1,"annat"]'
    rows = b"".join(line + b"\n" for line in lines[ONE:END])
    lines[END] = json.dumps({"rows": 3, "sha256": sha256(rows).hexdigest()}).encode()
    with pytest.raises(Fault, match="skadad"):
        read(io.BytesIO(b"\n".join(lines)), Visitor())
