"""What no answer may be, whatever was asked: a fault of ours, or what was sent handed back as markup."""

import html
import re

from tests import hostile

# In every text that is sent. It closes what it may stand in: an attribute in either kind of quotes, a tag, a script.
MARK = "mrk\"' onmrk=1 <mrk> &mrk; </script></textarea> {% widthratio 31337 1 31337 %}{{ request }}"
RAW = re.compile("<mrk>|(?<![0-9A-Za-z])mrk\"|mrk(&quot;|&#34;)'|=mrk[&\"']|982007569|WSGIRequest")
HARMLESS = {"<input value>"}  # where somebody has typed "javascript:" in a field: a value is no link


def faults_of(answer) -> list[str]:
    if answer.status_code >= 500:
        fault = answer.exc_info[1] if getattr(answer, "exc_info", None) else ""
        return [f"{answer.status_code} {type(fault).__name__}: {fault}"[:300]]
    return [fault for fault in hostile.faults_of(answer) if fault not in HARMLESS] + reflected(answer)


def reflected(answer) -> list[str]:
    kind = answer.headers.get("Content-Type", "")
    found = [f"in the header {name}" for name, value in answer.headers.items() if "<mrk>" in value or "\n" in value]
    if answer.streaming or not kind.startswith(("text/html", "image/svg", "application/xhtml", "text/xml")):
        return found
    said = RAW.search(answer.content.decode("utf-8", "replace"))
    return [*found, f"unescaped: {said[0][:80]}"] if said else found


def is_kept(answer, text: str) -> bool:
    return html.escape(text) in answer.content.decode("utf-8", "replace")
