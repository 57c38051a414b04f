"""What is odd in a form or a query, by lot: the same seed and number give the same sending."""

import json
import random
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

from tests.attacks.answers import MARK
from tests.attacks.forms import TYPED, Form, Query, filled
from tests.attacks.texts import VALUES

TEXTS = (
    "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "å" * 400, "x" * 40_000, "x" * 300_000, "\r\n", "\u202eabc",
    "\U0001f600" * 50,
    "a\u0301" * 99, "<script>alert(1)</script>", "' OR '1'='1", "'; DROP TABLE inventory_plannedprocurement; --", '"',
    "%", "_", "\\",
    "%s", "{}", "{{7*7}}", "{% debug %}", "${7*7}", "../../etc/passwd", "https://annan.example/", "//annan.example",
    "javascript:alert(1)",
    "-1", "0", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "1e400",
    "NaN", "inf",
    "9" * 400, "9" * 4_301, "9" * 9_999, "0.1", "1,5", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01",
    "2027-02-29", "2028-02-29",
    "31/2", "on", "true", "None", "null", "[]", "{}", '{"a":1}', "00000000-0000-0000-0000-000000000000",
    "00000000-0000-0000-0000-00000000000g", "\u0661\u0662", "²", "\ufeff", "\u2028", "\x1b[2J", "\x7f", "\ufffe",
    "\u200b", MARK, MARK,
)  # fmt: skip
RAW = ("%FF", "%C3", "%ED%A0%80", "%00", "%", "%%%", "%u0041", "%C0%AF", "+", "%0d%0aSet-Cookie:%20x=1")
HEADERS = {
    "HTTP_HOST": ("annan.example", "testserver:99999", "testserver@annan", "a" * 300, "[::1", "\x00",
    "testserver, annan"),
    "HTTP_ACCEPT_LANGUAGE": ("xx", "en;q=9" * 500, "*", "sv-SE-x-" + "a" * 900, "%s", "en,;;=,"),
    "HTTP_HX_REQUEST": ("true", "false", MARK), "HTTP_HX_TARGET": ("rows", MARK, "x" * 9_000),
    "HTTP_HX_CURRENT_URL": ("javascript:x", "%zz", "http://[", MARK), "HTTP_HX_BOOSTED": ("true",),
    "HTTP_HX_TRIGGER": (MARK, "{"), "HTTP_HX_PROMPT": (MARK,), "HTTP_HX_HISTORY_RESTORE_REQUEST": ("true",),
    "HTTP_TRIGGERING_EVENT": ("{", "%", "[1]"),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4, evil", "x" * 5_000, "'", "::::", ","),
    "HTTP_X_FORWARDED_HOST": ("annan.example",),
    "HTTP_X_FORWARDED_PROTO": ("gopher",), "HTTP_RANGE": ("bytes=0-", "bytes=9999999-", "bytes=-1", "x"),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Thu, 99 Abc 99999"), "HTTP_IF_NONE_MATCH": ("*", '"' * 900),
    "HTTP_REFERER": ("x" * 9_000, MARK, "http://["),
    "HTTP_COOKIE": ("a=" + "b" * 60_000, "=", ";;;", "__proto__=1", "sessionid=\x00", "django_language=" + "x" * 900),
    "HTTP_USER_AGENT": ("", MARK, "x" * 9_000), "HTTP_ACCEPT": ("x/", "*/*;q=" + "9" * 500),
    "HTTP_AUTHORIZATION": ("Basic x", "Bearer"),
    "HTTP_TRANSFER_ENCODING": ("chunked",), "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",), "HTTP_EXPECT": ("100-continue",
    ),
    "REMOTE_ADDR": ("", "x", "::1%eth0"),
}  # fmt: skip
BOUNDARY = "gräns"


class Sending(NamedTuple):
    who: str | None
    method: str
    address: str
    body: bytes
    kind: str  # of content
    headers: dict[str, str]
    way: str
    marked: bool = False  # every text that a person types is MARK


def form_sending(forms: Sequence[Form], ids: Sequence[str], dice: random.Random) -> Sending:
    form = dice.choice(forms)
    pairs = filled(form, dice)
    way = dice.choice(FORM_WAYS)
    marked = dice.random() < 0.35
    if marked:
        typed = {field.name for field in form.fields if field.kind in TYPED}
        pairs = [(name, MARK if name in typed else value) for name, value in pairs]
    changed: Any = way(pairs, form, ids, dice)
    body, kind = changed if isinstance(changed, tuple) else (encoded(changed), "application/x-www-form-urlencoded")
    headers = odd_headers(dice) if dice.random() < 0.15 else {}
    address = form.address + (f"?{odd_query((), dice)}" if dice.random() < 0.1 and "?" not in form.address else "")
    shown = {field.name for field in form.fields if field.kind in TYPED - {"password"}}
    only_marked = marked and way is as_it_is and not headers and bool(shown & {name for name, _value in pairs})
    return Sending(form.who, "post", address, body, kind, headers, f"formulär: {NAMES[way]}", only_marked)


def query_sending(queries: Sequence[Query], ids: Sequence[str], dice: random.Random) -> Sending:
    query = dice.choice(queries)
    pairs = [pair for pair in query.pairs if dice.random() < 0.4]
    for name in query.names:
        if dice.random() < 0.6:
            pairs.append((name, dice.choice((*TEXTS, *VALUES, MARK, dice.choice(ids)))))
    text = encoded(pairs).decode() if dice.random() < 0.8 else odd_query(query.names, dice)
    if dice.random() < 0.3 and query.pairs:  # a real cursor, a little other
        name, value = dice.choice(query.pairs)
        at = dice.randrange(len(value) or 1)
        text = encoded([(name, value[:at] + dice.choice("aZ0.:-%") + value[at + 1 :])]).decode()
    headers = odd_headers(dice) if dice.random() < 0.3 else {}
    method = dice.choices(("get", "head", "options", "put", "patch", "delete", "trace"), (40, 2, 1, 1, 1, 1, 1))[0]
    bare = query.address.partition("?")[0]
    return Sending(
        query.who,
        method,
        f"{bare}?{text}",
        b"",
        "",
        headers,
        "fråga" if method == "get" else f"fråga: {method.upper()}",
    )


def odd_query(names: Sequence[str], dice: random.Random) -> str:
    known = [
        *names,
        "sida",
        "q",
        "next",
        "year",
        "organisation",
        "show",
        "kind",
        "__proto__",
        "csrfmiddlewaretoken",
        "",
        "a[]",
    ]
    return "&".join(f"{dice.choice(known)}={dice.choice((*RAW, quote(dice.choice(TEXTS)[:2000], errors='replace')))}"
                    for _n in range(dice.choice((1, 3, 40))))  # fmt: skip


def odd_headers(dice: random.Random) -> dict[str, str]:
    return {name: dice.choice(HEADERS[name]) for name in dice.sample([*HEADERS], dice.choice((1, 1, 3)))}


def encoded(pairs: Sequence[tuple[str, str]]) -> bytes:
    """As a browser would, also what no browser could: halves of signs as bytes."""
    return "&".join(
        f"{quote_plus(name.encode('utf-8', 'surrogatepass'))}={quote_plus(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in pairs
    ).encode()


# --- the ways: each is given the pairs that a person would have sent


def as_it_is(pairs, form, ids, dice):
    return pairs


def with_odd_texts(pairs, form, ids, dice):
    at = {dice.randrange(len(pairs)) for _n in range(dice.choice((1, 1, 2, 5)))} if pairs else set()
    return [(name, dice.choice((*TEXTS, *VALUES)) if n in at else value) for n, (name, value) in enumerate(pairs)]


def all_odd(pairs, form, ids, dice):
    own = ("version", "key")
    return [(name, value if name in own else dice.choice((*TEXTS, *VALUES))) for name, value in pairs]


def missing(pairs, form, ids, dice):
    return [pair for pair in pairs if dice.random() < 0.6]


def twice(pairs, form, ids, dice):
    return pairs + [(name, dice.choice((value, *TEXTS))) for name, value in pairs]


def others_ids(pairs, form, ids, dice):
    """Wherever an id stands, another's; and in selects and boxes too."""
    return [(name, dice.choice((*ids, str(uuid.UUID(int=dice.getrandbits(128))))) if name != "key" and (
        len(value) == 36 or name in {f.name for f in form.fields if f.options or f.kind in ("checkbox",
        "radio")}) else value)
        for name, value in pairs]  # fmt: skip


def wrong_version(pairs, form, ids, dice):
    wrong = (
        "",
        "-1",
        "0",
        "x",
        "2147483647",
        "2147483648",
        "9223372036854775808",
        "9" * 5_000,
        "1.5",
        "٣",
        " 1 ",
        MARK,
        "\0",
    )
    return [(name, dice.choice(wrong) if name == "version" else value) for name, value in pairs]


def wrong_key(pairs, form, ids, dice):
    wrong = ("", "x", "0" * 32, "{}", "00000000-0000-0000-0000-00000000000g", MARK, "\0", "9" * 5_000, dice.choice(ids))
    return [(name, dice.choice(wrong) if name in ("key", "shown", "visit", "seen") else value) for name, value in pairs]


def fields_of_others(pairs, form, ids, dice):
    """Names of fields that the form does not show, but a row has."""
    names = (
        "organisation",
        "is_active",
        "role",
        "published_at",
        "proposal",
        "id",
        "pk",
        "user",
        "is_superuser",
        "ended_at",
        "do",
        "rows",
    )
    return pairs + [(name, dice.choice((*TEXTS, dice.choice(ids)))) for name in dice.sample(names, 3)]


def long_lists(pairs, form, ids, dice):
    name = dice.choice([pair[0] for pair in pairs] or ["x"])
    return pairs + [
        (name, dice.choice((dice.choice(ids), "1", MARK))) for _n in range(dice.choice((500, 4_900, 5_100)))
    ]


def raw_escapes(pairs, form, ids, dice):
    text = "&".join(f"{quote_plus(name)}={dice.choice(RAW)}" for name, _value in pairs)
    return text.encode(), dice.choice(("application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
                                       "application/x-www-form-urlencoded; charset=x",
                                       "application/x-www-form-urlencoded;;"))  # fmt: skip


def json_body(pairs, form, ids, dice):
    body = dice.choice((dict(pairs), pairs, "x", None, 1, {"a": {"b": [1] * 999}}))
    text = json.dumps(body).encode() if dice.random() < 0.7 else b'{"a":' * 5_000
    return text, dice.choice(("application/json", "text/json", "application/x-www-form-urlencoded", "text/plain"))


def other_content(pairs, form, ids, dice):
    kinds = ("", "x", "text/xml", "multipart/mixed", "multipart/form-data", "application/octet-stream",
    "text/html; charset=none",
             "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300)  # fmt: skip
    return encoded(pairs), dice.choice(kinds)


def in_parts(pairs, form, ids, dice):
    """As forms with files are sent, whole or broken, with files where none is asked for."""
    lines = []
    for name, value in pairs:
        quoted = name.replace('"', "%22")
        more = dice.choice(
            ("", "", '; filename="x.xlsx"', "; filename*=utf-8''%ff", '; filename="../../x"', '; filename="\0"')
        )
        lines.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{quoted}"{more}\r\n\r\n{value}\r\n')
    body = "".join(lines).encode("utf-8", "surrogatepass") + f"--{BOUNDARY}--\r\n".encode()
    broken = dice.random()
    if broken < 0.3:
        body = body[: dice.randrange(len(body) or 1)]
    elif broken < 0.4:
        body = body.replace(b"\r\n", b"\n")
    elif broken < 0.5:
        body = body.replace(b"form-data", b"form-data; name*=utf-8''%00")
    charset = dice.choice(("", "", "; charset=utf-16", "; charset=nonsense"))
    return body, f"multipart/form-data; boundary={BOUNDARY.encode().decode('latin-1')}{charset}"


def empty(pairs, form, ids, dice):
    return []


NAMES = {
    as_it_is: "ifyllt", with_odd_texts: "udda text", all_odd: "bara udda text", missing: "något saknas",
    twice: "två gånger",
    others_ids: "andras id", wrong_version: "fel version", wrong_key: "fel nyckel",
    fields_of_others: "fält som inte finns",
    long_lists: "långa listor", raw_escapes: "fel kodat", json_body: "JSON", other_content: "fel slag av innehåll",
    in_parts: "i delar", empty: "tomt",
}  # fmt: skip
FORM_WAYS = [*NAMES, as_it_is, as_it_is, with_odd_texts, with_odd_texts, others_ids]
