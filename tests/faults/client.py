"""Somebody with a browser: fetches a page, fills in its form as it stands, and sends it."""

import http.client
import uuid
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

PATIENCE = 60  # seconds for one answer: as long as gunicorn has


class Answer(NamedTuple):
    """`status` is 0 when nobody answered, or hung up; `lost` when that was after all had been sent."""

    status: int
    headers: dict[str, str]
    text: str
    content: bytes = b""
    lost: bool = False


class Form(NamedTuple):
    action: str
    method: str
    fields: dict[str, str | list[str]]


class Client:
    """One person's browser. `cookies` is what it keeps; several may share one session."""

    def __init__(self, port, cookies, origin):
        self.port, self.cookies, self.origin = port, dict(cookies), origin

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def post(self, path, fields, files=None, **headers):
        """`files`: name -> (filename, content). Header names are written with _ for -."""
        body, kind = _multipart(fields, files) if files else (urlencode(fields, doseq=True).encode(), FORM)
        return self.ask("POST", path, body, {"Content_Type": kind, "Origin": self.origin, **headers})

    def ask(self, method, path, body=None, headers=None):
        sent = {"Host": self.origin.partition("//")[2], "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent |= {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        connection, lost = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE), False
        try:
            connection.request(method, path, body, sent)
            lost = True
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return Answer(0, {}, "", lost=lost)
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        kept = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, kept, content.decode(errors="replace"), content)

    def form(self, path, having="key"):
        """The form of a page that has a field of this name, as it stands when nothing has been filled in; else None."""
        answer = self.get(path)
        return form_of(answer.text, path, having) if answer.status == 200 else None


FORM = "application/x-www-form-urlencoded"


def form_of(page, path, having="key"):
    reader = _Forms()
    reader.feed(page)
    for form in reader.forms:
        if form.method == "post" and having in form.fields:
            parts = urlsplit(urljoin(path, form.action))
            return form._replace(action=parts.path + (f"?{parts.query}" if parts.query else ""))
    return None


class _Forms(HTMLParser):
    """Every form of a page with what a browser would send of it."""

    def __init__(self):
        super().__init__()
        self.forms, self.outside, self.select, self.area = [], {}, None, None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.forms.append(Form(said.get("action") or "", (said.get("method") or "get").lower(), {}))
        elif tag == "input" and "name" in said and "disabled" not in said:
            kind = said.get("type", "text")
            if kind not in ("submit", "button", "file", "image") and (
                kind not in ("checkbox", "radio") or "checked" in said
            ):
                self.put(said["name"], said.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "select" and "name" in said:
            self.select, self.first = said["name"], True
        elif tag == "option" and self.select and (self.first or "selected" in said):
            if self.first or self.forms[-1].fields.get(self.select) is None or "selected" in said:
                self.forms[-1].fields[self.select] = said.get("value", "")
            self.first = False
        elif tag == "textarea" and "name" in said:
            self.area = said["name"]
            self.put(self.area, "")

    def handle_data(self, data):
        if self.area:
            # A browser drops the first line break of a text area and sends those that follow as CRLF.
            old = self.forms[-1].fields[self.area]
            self.forms[-1].fields[self.area] = old + (data.removeprefix("\n") if not old else data)

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def put(self, name, value):
        if not self.forms:
            return
        fields = self.forms[-1].fields
        if name in fields:
            old = fields[name]
            fields[name] = [*(old if isinstance(old, list) else [old]), value]
        else:
            fields[name] = value


def _multipart(fields, files):
    mark, lines = uuid.uuid4().hex, []
    pairs = [(name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])]
    for name, value in pairs:
        lines += [f"--{mark}", f'Content-Disposition: form-data; name="{name}"', "", value]
    body = "".join(f"{line}\r\n" for line in lines).encode()
    for name, (filename, content) in files.items():
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        body += f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n"
    return body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
