"""Files that are no plan: each broken in its own way, with the words that its refusal must hold.

Built here and never stored, so that no tool mistakes them for the real thing. The upload page is tested with them too.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

import openpyxl

from insteg.inventory.plan_reader.limits import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS

HEADS = ["Benämning", "Slag", "Värde (mkr)", "Avtalsstart"]
ROW = ["Skötsel av lekplatser", "Tjänst", 12, "2027-10-01"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Broken(NamedTuple):
    name: str
    filename: str
    build: Callable[[], bytes]
    says: str

    @property
    def content(self) -> bytes:
        return self.build()


def workbook(rows: list[list[object]], *, title: str = "Plan") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def good() -> bytes:
    return workbook([HEADS, ROW, ["Ombyggnad av badhus", "Entreprenad", 48, "2028-03-01"]])


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The same archive with some parts other, added or gone (None)."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            if entry.filename not in parts:
                copy.writestr(entry.filename, source.read(entry))
        for name, data in parts.items():
            if data is not None:
                copy.writestr(name, data)
    return target.getvalue()


def sheet_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return target.getvalue()


def bomb() -> bytes:
    return repacked(good(), **{"xl/media/image1.xml": b"0" * 4_000_000})


def bomb_in_many_parts() -> bytes:
    part = b"0" * 990_000
    return repacked(good(), **{f"xl/worksheets/sheet{n}.xml": part for n in range(2, 230)})


def bomb_that_lies() -> bytes:
    """The archive says 1,000 bytes; unpacked it is twenty million."""
    honest = repacked(good(), **{"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 20_000_000})
    said, small = struct.pack("<I", 20_000_011), struct.pack("<I", 1_000)
    return honest.replace(said, small)


def thousands_of_parts() -> bytes:
    return repacked(good(), **{f"xl/drawings/drawing{n}.xml": b"<x/>" for n in range(2_100)})


def encrypted_archive() -> bytes:
    """The flag of a password on every part, in the local header and in the list at the end."""
    content = bytearray(good())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(sign)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(sign, start + 4)
    return bytes(content)


def encrypted_package() -> bytes:
    return OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 900


def encrypted_ods() -> bytes:
    manifest = (
        b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    return archive(
        **{
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"\x93\x01",
            "META-INF/manifest.xml": manifest,
        }
    )


def far_cell() -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return repacked(good(), **{"xl/worksheets/sheet1.xml": sheet_of(good()).replace(b"</sheetData>", far)})


def far_cell_written_oddly() -> bytes:
    far = b"<row r='90000'><c  r = 'ZZ90000' t='n'><v>1</v></c></row></sheetData>"
    return repacked(good(), **{"xl/worksheets/sheet1.xml": sheet_of(good()).replace(b"</sheetData>", far)})


def far_cell_in_a_part_of_another_name() -> bytes:
    """The workbook says which part is its sheet, and may call it anything."""
    with zipfile.ZipFile(io.BytesIO(far_cell())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/blad/s.bin"] = parts.pop("xl/worksheets/sheet1.xml")
    where = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = where.replace(b"worksheets/sheet1.xml", b"blad/s.bin")
    return archive(**parts)


def late_row(number: bytes = b"1048575") -> bytes:
    """Cells that do not say where they are, in a row that does."""
    row = b'<row r="' + number + b'">' + b"<c><v>1</v></c>" * 100 + b"</row></sheetData>"
    return repacked(good(), **{"xl/worksheets/sheet1.xml": sheet_of(good()).replace(b"</sheetData>", row)})


def tags_never_closed() -> bytes:
    """Each could be the beginning of all that follows."""
    row = b'<row r="90000">' + b"<c " * 200_000
    return repacked(good(), **{"xl/worksheets/sheet1.xml": sheet_of(good()).replace(b"</sheetData>", row)})


def merged_again_and_again() -> bytes:
    areas = b"".join(b'<mergeCell ref="A2:A%d"/>' % (n % 2 + 3) for n in range(30_000))
    sheet = sheet_of(good()).replace(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>")
    return repacked(good(), **{"xl/worksheets/sheet1.xml": sheet})


def outward_reference() -> bytes:
    entity = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    return repacked(good(), **{"xl/worksheets/sheet1.xml": entity + sheet_of(good())})


def laughing_text() -> bytes:
    entity = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return repacked(good(), **{"xl/sharedStrings.xml": entity + b"<sst><si><t>&b;</t></si></sst>"})


def endless_text() -> bytes:
    shared = b"<sst><si><t>" + bytes(65 + n % 26 for n in range(700_000)) + b"</t></si></sst>"
    return repacked(good(), **{"xl/sharedStrings.xml": shared})


def ods(content: bytes) -> bytes:
    return archive(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        **{"META-INF/manifest.xml": b"<manifest:manifest/>", "content.xml": content},
    )


def ods_repeated() -> bytes:
    often = b'table:number-columns-repeated="16000000" office:value-type="string"'
    row = b"<table:table-row><table:table-cell " + often + b"><text:p>x</text:p></table:table-cell></table:table-row>"
    return ods(b"<office:document-content><table:table>" + row + b"</table:table></office:document-content>")


def ods_row_repeated() -> bytes:
    """Written as it may be, though no program writes it so: with a space before the end of the tag."""
    cell = b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = b'<table:table-row table:number-rows-repeated="9000000">' + cell * 90 + b"</table:table-row >"
    return ods(b"<office:document-content><table:table>" + row + b"</table:table></office:document-content>")


def corrupted_member() -> bytes:
    content = bytearray(good())
    at = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 40] = bytes(40)
    return bytes(content)


def half_sheet() -> bytes:
    sheet = sheet_of(good())
    return repacked(good(), **{"xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]})


def hidden_only() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Se det dolda bladet"])
    hidden = book.create_sheet("Plan")
    for row in (HEADS, ROW):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    return saved(book)


def word_document() -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


def old_word_document() -> bytes:
    return OLE + b"\x00" * 500 + "WordDocument".encode("utf-16-le") + b"\x00" * 500


CSV = """Benämning;Slag;Värde (mkr);Avtalsstart
Skötsel av lekplatser;Tjänst;12;2027-10-01
Badhus;Entreprenad;48;2028-03-01
"""

BROKEN = [
    Broken("empty", "plan.xlsx", lambda: b"", "Filen är tom"),
    Broken("only blanks", "plan.csv", lambda: b" \r\n\r\n  ", "Filen är tom"),
    Broken("only zeros", "plan.xlsx", lambda: bytes(4_000), "Filen är tom"),
    Broken("too large", "plan.csv", lambda: b"a;b\n" * (LARGEST_FILE // 4 + 1), "större än 20 MB"),
    Broken("bomb", "plan.xlsx", bomb, "orimlig storlek"),
    Broken("bomb in many parts", "plan.xlsx", bomb_in_many_parts, "orimlig storlek"),
    Broken("bomb that lies about its size", "plan.xlsx", bomb_that_lies, "orimlig storlek"),
    Broken("thousands of parts", "plan.xlsx", thousands_of_parts, "orimlig storlek"),
    Broken("password on the archive", "plan.xlsx", encrypted_archive, "låst med lösenord"),
    Broken("password on the workbook", "plan.xlsx", encrypted_package, "låst med lösenord"),
    Broken("password on an ods", "plan.ods", encrypted_ods, "låst med lösenord"),
    Broken("pdf called xlsx", "plan.xlsx", lambda: b"%PDF-1.7\n1 0 obj", "en PDF-fil"),
    Broken("pdf called pdf", "plan.pdf", lambda: b"%PDF-1.7\n1 0 obj", "en PDF-fil"),
    Broken("picture called xlsx", "plan.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(90), "en bild"),
    Broken("photo called csv", "plan.csv", lambda: b"\xff\xd8\xff\xe0" + bytes(90), "en bild"),
    Broken("program called xlsx", "plan.xlsx", lambda: b"MZ\x90\x00" + bytes(200), "ett program"),
    Broken("word document called xlsx", "plan.xlsx", word_document, "ett Word-dokument"),
    Broken("old word document called xls", "plan.xls", old_word_document, "ett Word-dokument"),
    Broken("rich text called xls", "plan.xls", lambda: b"{\\rtf1\\ansi Benamning}", "ett textdokument"),
    Broken(
        "web page called xls", "plan.xls", lambda: b"\n<html><table><tr><td>Benamning</td></tr></table>", "en webbsida"
    ),
    Broken("web page called csv", "plan.csv", lambda: b"<!DOCTYPE html><title>Logga in</title>", "en webbsida"),
    Broken("text called xlsx", "plan.xlsx", lambda: CSV.encode(), "är inget kalkylblad"),
    Broken("workbook called csv", "plan.csv", good, "men är ett kalkylblad"),
    Broken("gzip called xlsx", "plan.xlsx", lambda: b"\x1f\x8b\x08\x00" + zlib.compress(b"x"), "packat arkiv"),
    Broken("archive of a workbook", "plan.xlsx", lambda: archive(**{"plan.xlsx": good()}), "packat arkiv"),
    Broken("other kind of file", "plan.json", lambda: b'{"title": "x"}', "Vi läser xlsx"),
    Broken("no ending", "plan", lambda: CSV.encode(), "Vi läser xlsx"),
    Broken("half a workbook", "plan.xlsx", lambda: good()[: len(good()) // 2], "skadad eller bara halv"),
    Broken("first bytes of a workbook", "plan.xlsx", lambda: good()[:60], "skadad eller bara halv"),
    Broken("corrupted part", "plan.xlsx", corrupted_member, "skadad eller bara halv"),
    Broken("half a sheet in a whole archive", "plan.xlsx", half_sheet, "skadad eller bara halv"),
    Broken(
        "workbook without sheets",
        "plan.xlsx",
        lambda: repacked(good(), **{"xl/workbook.xml": None}),
        "Bladen i filen är tomma",
    ),
    Broken("broken ods", "plan.ods", lambda: ods(b"<office:document-content><office:bo"), "skadad eller bara halv"),
    Broken(
        "half an old workbook",
        "plan.xls",
        lambda: OLE + "Workbook".encode("utf-16-le") + bytes(600),
        "skadad eller bara halv",
    ),
    Broken("old file without workbook", "plan.xls", lambda: OLE + bytes(900), "är inget kalkylblad"),
    Broken(
        "binary workbook",
        "plan.xlsx",
        lambda: archive(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"}),
        "xlsb",
    ),
    Broken("cell at the end of the world", "plan.xlsx", far_cell, "fler än 20\u00a0000 rader"),
    Broken("far cell written oddly", "plan.xlsx", far_cell_written_oddly, "fler än 20\u00a0000 rader"),
    Broken("far cell in an odd part", "plan.xlsx", far_cell_in_a_part_of_another_name, "fler än 20\u00a0000 rader"),
    Broken("cells without places far down", "plan.xlsx", late_row, "fler än 20\u00a0000 rader"),
    Broken("row beyond all numbers", "plan.xlsx", lambda: late_row(b"9" * 5_000), "fler än 20\u00a0000 rader"),
    Broken("tags that are never closed", "plan.xlsx", tags_never_closed, "skadad eller bara halv"),
    Broken("merged again and again", "plan.xlsx", merged_again_and_again, "täcker varandra"),
    Broken("row repeated for ever", "plan.ods", ods_row_repeated, "fler än 20\u00a0000 rader"),
    Broken("cell repeated for ever", "plan.ods", ods_repeated, f"fler än {MOST_COLUMNS} kolumner"),
    Broken(
        "too many rows",
        "plan.csv",
        lambda: (CSV + "Snöröjning;Tjänst;1;2027-01-01\n" * MOST_ROWS).encode(),
        "fler än 20\u00a0000 rader",
    ),
    Broken("millions of line breaks", "plan.csv", lambda: b"a\n" * 9_000_000, "fler än 20\u00a0000 rader"),
    Broken(
        "too many columns",
        "plan.csv",
        lambda: (";".join(["Benämning"] * 300) + "\n" + ";".join(["x"] * 300) + "\n").encode(),
        f"fler än {MOST_COLUMNS} kolumner",
    ),
    Broken("reference to a file outside", "plan.xlsx", outward_reference, "hänvisningar utåt"),
    Broken("text that laughs", "plan.xlsx", laughing_text, "hänvisningar utåt"),
    Broken("endless text in a cell", "plan.xlsx", endless_text, "orimligt lång text"),
    Broken(
        "endless text in a csv",
        "plan.csv",
        lambda: (CSV + "Text;" + "å" * 200_000 + ";;\n").encode(),
        "orimligt lång text",
    ),
    Broken("half a row", "plan.csv", lambda: CSV.encode()[:-12], "tar slut mitt i rad 3"),
    Broken("quote never closed", "plan.csv", lambda: (CSV + 'Vägar;"Tjänst;3;2027\n').encode(), "tar slut mitt i rad"),
    Broken("binary called csv", "plan.csv", lambda: b"a;b\x00\x01\x02\x03\n" * 50, "är ingen textfil"),
    Broken("only headings", "plan.xlsx", lambda: workbook([HEADS]), "inga upphandlingar"),
    Broken(
        "only headings and total",
        "plan.csv",
        lambda: b"Projekt;Slag;Belopp tkr;Start\nSumma;;100;\n",
        "inga upphandlingar",
    ),
    Broken("no headings", "plan.xlsx", lambda: workbook([ROW, ROW, ROW]), "ingen rubrikrad"),
    Broken(
        "another list", "plan.xlsx", lambda: workbook([["Artikel", "Lagerplats"], ["Skruv", "A3"]]), "ingen rubrikrad"
    ),
    Broken("a letter", "plan.txt", lambda: "Hej!\nHär kommer planen i nästa vecka.\n".encode(), "ingen rubrikrad"),
    Broken("empty sheets", "plan.xlsx", lambda: workbook([]), "Bladen i filen är tomma"),
    Broken("plan on a hidden sheet only", "plan.xlsx", hidden_only, "ingen rubrikrad"),
]
