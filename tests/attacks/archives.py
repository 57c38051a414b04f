"""Named attacks by what packs a workbook: bombs, lies about sizes, names that climb, two kinds of file in one."""

import io
import os
import struct
import warnings
import zipfile
from collections.abc import Iterator

from tests.attacks.corpus import changed, packed, parts_of, plan
from tests.attacks.named import Attack
from tests.inventory.plan_reader.broken import repacked

SHEET = "xl/worksheets/sheet1.xml"
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def archive_attacks() -> Iterator[Attack]:
    good = plan()
    yield from bombs(good)
    yield from lies(good)
    yield from names(good)
    yield from two_in_one(good)
    yield from broken_archives(good)


def bombs(good: bytes) -> Iterator[Attack]:
    yield Attack("bomb: archive in archive, ten deep", "plan.xlsx", lambda: nested(good, 10))
    yield Attack("bomb: archive that holds itself", "plan.xlsx", lambda: repacked(good, **{"xl/plan.xlsx": good}))
    yield Attack("bomb: entries that overlap", "plan.xlsx", lambda: overlapping(good))
    yield Attack("bomb: just under the ratio", "plan.xlsx", lambda: under_the_ratio(good))
    for method, name in ((zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma")):
        yield Attack(
            f"bomb: {name}", "plan.xlsx", lambda m=method: packed(parts_of(good) | {SHEET: b" " * 9_000_000}, m)
        )
    for ending in ("xml", "XML", "bin", "png", ""):
        part = f"xl/blad/s.{ending}"
        yield Attack(
            f"bomb: a sheet called {part}", "plan.xlsx",
            lambda part=part: elsewhere(good, part, b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"),
        )  # fmt: skip


def nested(good: bytes, depth: int) -> bytes:
    inner = packed({"x.xml": bytes(5_000_000)})
    for _n in range(depth):
        inner = packed({f"{n}.zip": inner for n in range(4)})
    return repacked(good, **{"xl/media/inner.zip": inner})


def overlapping(good: bytes) -> bytes:
    """Two thousand entries in the list that are the same bytes of the archive."""
    one = zipped({"x.xml": bytes(900_000)})
    at, end = one.find(CENTRAL), one.find(END)
    entry = one[at:end]
    count = 1_900
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entry) * count, at, 0)
    return one[:at] + entry * count + tail


def zipped(parts: dict[str, bytes]) -> bytes:
    return packed(parts)


def under_the_ratio(good: bytes) -> bytes:
    """Two hundred parts that grow 250 times each."""
    part = b"".join(os.urandom(80) + bytes(19_920) for _n in range(49))
    return repacked(good, **{f"xl/drawings/d{n}.xml": part for n in range(200)})


def elsewhere(good: bytes, part: str, sheet: bytes) -> bytes:
    """The first sheet lies in a part of another name, as the workbook says."""
    told = part.removeprefix("xl/").encode()

    def moved(name: str, data: bytes) -> bytes | None:
        if name == SHEET:
            return None
        return data.replace(b"/xl/worksheets/sheet1.xml", part.encode()).replace(b"worksheets/sheet1.xml", told)

    return changed(good, moved, **{part: sheet})


def lies(good: bytes) -> Iterator[Attack]:
    """Each number of the list at the end and of the head of each part, one at a time."""
    fields = {
        "central: packed size": (CENTRAL, 20, "<I"), "central: size": (CENTRAL, 24, "<I"),
        "central: length of name": (CENTRAL, 28, "<H"), "central: length of extra": (CENTRAL, 30, "<H"),
        "central: length of comment": (CENTRAL, 32, "<H"), "central: place": (CENTRAL, 42, "<I"),
        "central: method": (CENTRAL, 10, "<H"), "central: checksum": (CENTRAL, 16, "<I"),
        "central: flags": (CENTRAL, 8, "<H"), "central: version": (CENTRAL, 6, "<H"),
        "local: packed size": (LOCAL, 18, "<I"), "local: size": (LOCAL, 22, "<I"),
        "local: length of name": (LOCAL, 26, "<H"), "local: length of extra": (LOCAL, 28, "<H"),
        "local: method": (LOCAL, 8, "<H"), "local: flags": (LOCAL, 6, "<H"),
        "end: entries": (END, 10, "<H"), "end: size of the list": (END, 12, "<I"), "end: place of it": (END, 16, "<I"),
        "end: length of comment": (END, 20, "<H"), "end: disk": (END, 4, "<H"),
    }  # fmt: skip
    for name, (sign, at, kind) in fields.items():
        for value in (0, 1, 0x7FFF, 2 ** (8 * struct.calcsize(kind)) - 1):
            yield Attack(
                f"lie: {name} is {value}", "plan.xlsx",
                lambda sign=sign, at=at, kind=kind, value=value: told(good, sign, at, struct.pack(kind, value)),
            )  # fmt: skip
    for method in (8, 9, 12, 14, 93, 99):
        yield Attack(
            f"lie: packed by method {method}", "plan.xlsx",
            lambda method=method: told(told(good, CENTRAL, 10, struct.pack("<H", method)), LOCAL, 8,
                                       struct.pack("<H", method)),
        )  # fmt: skip


def told(content: bytes, sign: bytes, at: int, value: bytes) -> bytes:
    """Every record of that kind says `value` at that place."""
    changed_content, start = bytearray(content), content.find(sign)
    while start >= 0:
        changed_content[start + at : start + at + len(value)] = value
        start = content.find(sign, start + 4)
    return bytes(changed_content)


def names(good: bytes) -> Iterator[Attack]:
    climbing = (
        "../../../../tmp/insteg-was-here", "/tmp/insteg-was-here", "..\\..\\insteg-was-here.xml", "C:\\insteg.xml",
        "xl/worksheets/../../../x.xml", "xl/worksheets/sheet1.xml/../../x", "", ".", "..", "/", "xl//worksheets//s.xml",
        "xl/worksheets/sheet1.xml\0.png", "\u202exml.tsap", "å" * 20_000, "con.xml", "xl/\n\r.xml",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>.xml", "xl/WORKSHEETS/SHEET1.XML",
    )  # fmt: skip
    for name in climbing:
        yield Attack(f"name: {name[:40]!r}", "plan.xlsx", lambda name=name: named(good, name))
        if name and "\0" not in name:
            yield Attack(
                f"target: {name[:40]!r}", "plan.xlsx",
                lambda name=name: changed(good, lambda part, data: data.replace(
                    b"worksheets/sheet1.xml", escaped(name)) if part.endswith(".rels") else data),
            )  # fmt: skip


def escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode()


def named(good: bytes, name: str) -> bytes:
    target = io.BytesIO(good)
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(target, "a") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"<x/>")
    return target.getvalue()


def two_in_one(good: bytes) -> Iterator[Attack]:
    before = {
        "html": b"<html><script>alert(1)</script></html>", "pdf": b"%PDF-1.7\n1 0 obj\n", "gif": b"GIF89a" + bytes(40),
        "shell": b"#!/bin/sh\nrm -rf /\n", "program": b"MZ" + bytes(200), "csv": b"Namn;V\xe4rde\n",
        "xml": b"<?xml version='1.0'?>",
    }  # fmt: skip
    for kind, head in before.items():
        for filename in ("plan.xlsx", "plan.csv", "plan.html", "plan.xls"):
            yield Attack(f"two in one: {kind} before a workbook, called {filename}", filename, lambda h=head: h + good)
        yield Attack(f"two in one: {kind} after a workbook", "plan.xlsx", lambda head=head: good + head * 50)
    jar = {"META-INF/MANIFEST.MF": b"Main-Class: X\n", "X.class": b"\xca\xfe\xba\xbe"}
    yield Attack("two in one: jar", "plan.xlsx", lambda: repacked(good, **jar))
    word = {"word/document.xml": b"<w/>"}
    yield Attack("two in one: a document too", "plan.xlsx", lambda: repacked(good, **word))
    yield Attack("two in one: an ods too", "plan.xlsx", lambda: repacked(good, **{"content.xml": b"<x/>"}))
    yield Attack("two in one: an ods called so", "plan.ods", lambda: good)


def broken_archives(good: bytes) -> Iterator[Attack]:
    for part in parts_of(good):
        for what, new in (("gone", None), ("empty", b""), ("rubbish", bytes(range(256)) * 9), ("half", ...)):
            yield Attack(
                f"broken: {part} is {what}", "plan.xlsx",
                lambda part=part, new=new: changed(good, lambda name, data: (
                    data[: len(data) // 2] if new is ... else new) if name == part else data),
            )  # fmt: skip
        yield Attack(f"broken: {part} twice", "plan.xlsx", lambda part=part: twice(good, part))
    places = sorted({at + off for sign in (LOCAL, CENTRAL, END) for at in every(good, sign) for off in (0, 2, 8, 26)})
    for at in places:
        yield Attack(f"broken: cut at {at}", "plan.xlsx", lambda at=at: good[:at])
        yield Attack(f"broken: flipped at {at}", "plan.xlsx", lambda at=at: flipped(good, at))


def every(content: bytes, sign: bytes) -> Iterator[int]:
    at = content.find(sign)
    while at >= 0:
        yield at
        at = content.find(sign, at + 1)


def flipped(content: bytes, at: int) -> bytes:
    at = min(at, len(content) - 1)
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def twice(good: bytes, part: str) -> bytes:
    target = io.BytesIO(good)
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(target, "a") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = part
        archive.writestr(entry, parts_of(good)[part].replace(b"Tj", b"Vj"))
    return target.getvalue()
