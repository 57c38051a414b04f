"""Named attacks in plain text and by names of files: encodings, separators, lengths, what the grammars stumble on."""

from collections.abc import Iterator

from tests.attacks.corpus import plan
from tests.attacks.named import Attack
from tests.inventory.plan_reader.broken import CSV, LARGEST_FILE

HEAD = "Benämning;Slag;Värde (mkr);Avtalstid;Avtalsstart;CPV-kod;Årsarbetare\r\n"
REGISTER_HEAD = "Avtalsnummer;Avtal;Leverantör;Startdatum;Slutdatum;Option;Värde (tkr);CPV\r\n"
# Written again and again in one cell: what a grammar with a careless pattern would try in all its ways.
AGAIN = (
    " ", "\t", "1", "1 ", "1.", "1,", "1.1,1", "-", "1-", "+1", "2+1+", "(", "((", ")", "januari ", "1 jan ", "q1 ",
    "2027-", "20270101", "mkr", "1 mkr ", "kr/", "år ", "1 år + ", "a", "a b ", "ja nej ", "x", "?", "9", "00", "½",
    "é", "a\u0301", "\u0323\u0301", "\u200b", "ß", "İ", "'", '""', "&", "@a.", "a@a.", "08-123 ", "19800101-", "%", "~",
    "–", "ca ", "minst ", "till och med ", "våren ", "/", "\\", ":", "1:1", "http://a", "\u202e", "\U0001f600",
)  # fmt: skip
VALUES = (
    "31/2 2027", "2027-02-29", "2028-02-29", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "99999-99-99",
    "1e400", "1e-400", "-1", "-99999999999999999999", "9" * 25, "9" * 400, "9" * 4_299, "9" * 4_301, "9" * 9_999,
    "0,0,0",
    "1.000.000.000.000.000", "NaN", "inf", "∞", "²", "①②③", "\u0661\u0662\u0663", "\u0967\u0968", "½", "1/0", "0/0",
    "1/3/5/7",
    "12:61", "24:00", "99999 år", "999999999999 mån", "1+" * 90 + "1 år", "0 år", "-3 år", "1e9 år", "q9 2027",
    "vecka 99",
    "5000-01", "1899-12-31", "1900-02-29", "[röd]", "{{7*7}}", "{% load x %}", "%s%n%d", "%(x)s", "${jndi:ldap://x}",
    "' OR 1=1 --", "\x07\x1b[31m", "\ufeff", "\ufffe", "\U0010ffff", "\u2028", "ja;nej", "<b>", "&lt;", "None", "null",
)  # fmt: skip


def text_attacks() -> Iterator[Attack]:
    yield from encodings()
    yield from shapes()
    yield from cells()
    yield from names_of_files()


def encodings() -> Iterator[Attack]:
    for encoding in ("utf-16-le", "utf-16-be", "utf-16", "utf-32-le", "utf-32-be", "utf-32", "utf-7", "cp850",
    "mac_roman",
                     "cp1252", "cp037", "shift_jis", "utf-8-sig"):  # fmt: skip
        yield Attack(f"encoding: {encoding}", "plan.csv", lambda e=encoding: CSV.encode(e, "replace"))
    odd = {
        "lone surrogates": b"\xed\xa0\x80\xed\xb0\x80", "too long a form": b"\xc0\xaf\xe0\x80\xaf",
        "beyond the last": b"\xf4\x90\x80\x80",
        "cut off": b"\xc3", "a null": b"\0", "ten nulls": bytes(10), "a mark in the middle": b"\xef\xbb\xbf",
        "an end": b"\x1a",
        "an escape": b"\x1b[2J", "half of UTF-16": b"\xff\xfe\x00", "a lone half": b"\xff\xfe\x00\xd8",
    }  # fmt: skip
    for name, sign in odd.items():
        for where, content in (
            ("first", sign + CSV.encode()), ("in a cell", CSV.encode().replace(b"Badhus", b"Bad" + sign + b"hus")),
            ("in a heading", CSV.encode().replace(b"Slag", b"Sl" + sign + b"ag")), ("last", CSV.encode() + sign),
        ):  # fmt: skip
            yield Attack(f"encoding: {name} {where}", "plan.csv", lambda content=content: content)


def shapes() -> Iterator[Attack]:
    room = LARGEST_FILE - 1_000
    yield Attack("text: all separators", "plan.csv", lambda: HEAD.encode() + b";" * room)
    yield Attack("text: all tabs", "plan.tsv", lambda: HEAD.encode() + b"\t" * room)
    yield Attack("text: all line breaks", "plan.csv", lambda: HEAD.encode() + b"a\n" * (room // 2))
    yield Attack("text: all returns", "plan.csv", lambda: HEAD.encode() + b"\r" * room)
    yield Attack("text: all quotes", "plan.csv", lambda: HEAD.encode() + b'"' * room)
    yield Attack("text: all one letter", "plan.csv", lambda: b"a" * room)
    yield Attack(
        "text: all old letters", "plan.csv", lambda: HEAD.encode("cp1252") + (b"\xe5" * 99 + b"\n") * (room // 100)
    )
    yield Attack("text: all nulls but one", "plan.csv", lambda: b"a" + bytes(room))
    yield Attack("text: one cell of 19 MB", "plan.csv", lambda: HEAD.encode() + b"x" * (room - 999) + b";Vara;1\n")
    yield Attack("text: one cell of 30 MB", "plan.csv", lambda: HEAD.encode() + b"x" * 30_000_000)
    yield Attack(
        "text: cells of 100,000 letters", "plan.csv", lambda: HEAD.encode() + (b"x" * 100_000 + b";Vara;1\n") * 150
    )
    yield Attack(
        "text: 20,000 rows of odd text",
        "plan.csv",
        lambda: (HEAD + "Ö" * 90 + ";Vara;ca 3–5;2+1;hösten 2028\r\n" * 19_000).encode(),
    )
    yield from odd_shapes()


def odd_shapes() -> Iterator[Attack]:
    def one(name: str, content: str | bytes, filename: str = "plan.csv") -> Attack:
        return Attack(f"text: {name}", filename, lambda: content.encode() if isinstance(content, str) else content)

    yield one("bare returns", CSV.replace("\n", "\r"))
    yield one("breaks of all kinds", CSV.replace("\n", "\r\n\n\r", 1))
    yield one("begins as an archive", "PK;Slag;Värde (mkr);Avtalsstart\nPK1;Vara;1;2027-01-01\n")
    yield one("begins as a sealed archive", b"PK\x03\x04;Slag\nLekplats;Vara\n")
    yield one("begins as a picture", "BM;Slag;Benämning\nx;Vara;Lekplats\n")
    yield one("is a page", "<table><tr><td>Benämning</td></tr></table>", "plan.xls")
    yield one("is a page too late", "Benämning;Slag\n<script>alert(1)</script>;Vara\n")
    yield one("is an old kind of XML", '<?xml version="1.0"?><Workbook><Worksheet/></Workbook>', "plan.xls")
    yield one("is a mail", "MIME-Version: 1.0\nContent-Type: text/html\n\n<html>", "plan.xls")
    for sign in ('"', "\0", "\r", "\n", "å", "aa", "'", "\\", " ", "\U0001f600"):
        yield one(f"separated by {sign!r}, it says", f"sep={sign}\r\n{CSV}")
    for count in (199, 201, 5_000):
        row = ";".join(["Benämning", "Slag", *(f"K{n}" for n in range(count - 2))])
        yield one(f"{count} columns", f"{row}\r\n{'x;Vara' + ';1' * (count - 2)}\r\n")
    for count in (19_999, 20_001):
        yield Attack(
            f"text: {count} rows",
            "plan.csv",
            lambda n=count: (HEAD + "Lekplats;Vara;1;1 år;2027-01-01;;\r\n" * n).encode(),
        )
    yield one("the heading again and again", HEAD * 3_000)
    yield one("three thousand tables", (HEAD + "Lekplats;Vara;1;;;;\r\n" + "Avtal;Slutdatum;Leverantör\r\n") * 3_000)


def cells() -> Iterator[Attack]:
    for number, text in enumerate(VALUES):
        quoted = '"' + text.replace('"', '""') + '"'
        yield Attack(
            f"value: {number} in a plan",
            "plan.csv",
            lambda q=quoted: (HEAD + f"Lekplats;{q};{q};{q};{q};{q};{q}\r\n" * 3).encode("utf-8", "replace"),
        )
        yield Attack(
            f"value: {number} in a register",
            "avtal.csv",
            lambda q=quoted: (REGISTER_HEAD + f"{q};Lokalvård;{q};{q};{q};{q};{q};{q}\r\n" * 3).encode(
                "utf-8", "replace"
            ),
        )
        yield Attack(
            f"value: {number} as heading",
            "plan.csv",
            lambda q=quoted: (HEAD.strip() + f";{q}\r\nLekplats;Vara;1;1;2027;;;x\r\n").encode("utf-8", "replace"),
        )
    for number, text in enumerate(AGAIN):
        quoted = '"' + (text * (6_000 // len(text))).replace('"', '""') + '"'
        yield Attack(
            f"again: {number} in a plan",
            "plan.csv",
            lambda q=quoted: (HEAD + f"{q};{q};{q};{q};{q};{q};{q}\r\n" * 2).encode(),
        )
        yield Attack(
            f"again: {number} in a register",
            "avtal.csv",
            lambda q=quoted: (REGISTER_HEAD + f"{q};Lokalvård;{q};{q};{q};{q};{q};{q}\r\n" * 2).encode(),
        )
        yield Attack(
            f"again: {number} as heading",
            "plan.csv",
            lambda q=quoted: (f"{q};{HEAD}" + "x;Lekplats;Vara;1;1;2027;;\r\n" * 3).encode(),
        )


NAMES = (
    "../../etc/passwd", "..\\..\\plan.xlsx", "/etc/plan.xlsx", "C:\\plan.xlsx", "plan\0.xlsx", "plan.xlsx\0.png",
    "pl\nan.xlsx",
    "pl\r\nX-Evil: 1.xlsx", "\u202exslx.nalp.xlsx", "å" * 300 + ".xlsx", "a" * 300, "plan", "", ".", "..", ".xlsx",
    "plan.",
    "plan.xlsx.", "plan.xlsx ", "PLAN.XLSX", "plan.xlsx.exe", "plan.php", "con.xlsx", "=cmd|' /C calc'!A0.xlsx",
    "-rf.xlsx",
    "<script>alert(1)</script>.xlsx", "\"onerror='x.xlsx", "%2e%2e%2fplan.xlsx", "plan%00.xlsx", "\ud800.xlsx",
    "\U0001f600.xlsx",
    "{{7*7}}.xlsx", "%(x)s.xlsx", "plan.xlsx;rm -rf", "plan.xlsx\";filename=\"x.html", "\ufeffplan.xlsx",
    "plan.x" + "l" * 300,
    "a/b/c.xlsx", "\u200b.xlsx", "\x1b[31m.xlsx", "\x7f.xlsx", "plan." * 60 + "xlsx", "\ufffe.xlsx", "\u0301.xlsx",
    "plan.xls", "plan.ods",
)  # fmt: skip


def names_of_files() -> Iterator[Attack]:
    good = plan()
    for number, name in enumerate(NAMES):
        yield Attack(f"name of file: {number}", name, lambda: good)
