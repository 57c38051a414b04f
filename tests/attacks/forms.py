"""The forms that pages really have, read from the pages, and filled in as a person might."""

import random
from typing import NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

from tests.attacks.ground import Visitor
from tests.nets.addresses import TABLE


class Field(NamedTuple):
    name: str
    kind: str  # the type of the input, "select" or "textarea"
    value: str
    options: tuple[str, ...] = ()


class Form(NamedTuple):
    who: str | None
    page: str
    address: str
    fields: tuple[Field, ...]
    has_files: bool = False


class Query(NamedTuple):
    who: str | None
    address: str
    names: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


TYPED = {"text", "textarea", "email", "search", "tel", "url", "number", "password", "date"}


def found(visitors: dict[str | None, Visitor], pages_each: int = 99, every: int = 1) -> tuple[list[Form], list[Query]]:
    """Every form that posts, and every address that takes a query, on each page that somebody gets: for so many of the
    persons who do, and on `every` so manyth page."""
    forms: dict[tuple[object, ...], Form] = {}
    queries: dict[tuple[str | None, str], Query] = {}
    for row in TABLE[::every]:
        people = [name for name, status in row.get.items() if status == 200 and name in visitors]
        for who in people[:pages_each]:
            visitor = visitors[who]
            address = row.address.format(t=visitor.town)
            with visitor.visit():
                answer = visitor.client.get(address)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                queries.setdefault((who, address), Query(who, address, (), ()))
                continue
            read_page(html.fromstring(answer.content), who, address, forms, queries)
    return [*forms.values()], [*queries.values()]


def read_page(tree, who, address, forms, queries) -> None:
    names, pairs = [], []
    for form in tree.iter("form"):
        fields = tuple(fields_of(form))
        action = urljoin(address, form.get("action") or "")
        if (form.get("method") or "get").lower() == "post":
            key = (who, urlsplit(action).path, tuple(field.name for field in fields))
            forms.setdefault(key, Form(who, address, action, fields, bool(form.get("enctype"))))
        elif urlsplit(action).path == urlsplit(address).path:
            names += [field.name for field in fields]
    for link in tree.iter("a"):
        to = urlsplit(urljoin(address, link.get("href") or ""))
        if to.path == urlsplit(address).path and to.query:
            pairs += parse_qsl(to.query)
    known = dict.fromkeys([*names, *(name for name, _value in pairs)])
    queries.setdefault((who, address), Query(who, address, tuple(known), tuple(dict.fromkeys(pairs))))


def fields_of(form) -> list[Field]:
    found = []
    for element in form.xpath(".//input[@name]|.//select[@name]|.//textarea[@name]|.//button[@name]"):
        name, kind = element.get("name"), element.get("type") or element.tag
        if kind in ("csrfmiddlewaretoken", "file") or name == "csrfmiddlewaretoken":
            continue
        options = tuple(option.get("value") or "" for option in element.iter("option"))
        value = element.get("value") or (element.text or "" if element.tag == "textarea" else "")
        found.append(Field(name, "text" if kind == "input" else kind, value, options))
    return found


def filled(form: Form, dice: random.Random) -> list[tuple[str, str]]:
    """As somebody might fill it in: what must be there is, and most of it can be read."""
    pairs, pressed = [], []
    for field in form.fields:
        if field.kind in ("submit", "button"):
            pressed.append((field.name, field.value))
        elif field.kind in ("checkbox", "radio"):
            if dice.random() < 0.5:
                pairs.append((field.name, field.value or "on"))
        elif field.kind == "select":
            pairs.append((field.name, dice.choice(field.options or ("",))))
        else:
            pairs.append((field.name, field.value or likely(field.name, dice)))
    return pairs + ([dice.choice(pressed)] if pressed and dice.random() < 0.8 else [])


def likely(name: str, dice: random.Random) -> str:
    if "email" in name:
        return "nagon@staden.example"
    if any(word in name for word in ("_on", "date", "start", "due", "until", "end")):
        return dice.choice(("2027-05-01", "1 mars 2028"))
    if any(
        word in name
        for word in ("value", "months", "count", "places", "people", "fte", "year", "order", "days", "number")
    ):
        return str(dice.choice((1, 2, 12, 2027)))
    return "Sak"
