"""Reads what somebody has sent in a process of its own: what is sent may be made to break its reader (core/apart.py).

`python -m insteg.inventory.reading_apart` is that process. It is told what to read and answers in JSON, never in
pickles: an answer can then do nothing but be wrong.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from insteg.core.apart import Stopped, be_bounded, run_apart
from insteg.inventory.agreement_reader import Register, read_register, register_from_json, register_to_json
from insteg.inventory.plan_reader import Reading, Unreadable, from_json, read, to_json
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.reading import say
from insteg.inventory.plan_reader.stored import said_from_json, said_to_json

PLAN, REGISTER = "plan", "register"
LARGEST_ANSWER = 100_000_000  # bytes: more is no list of procurements


def read_plan_apart(content: bytes, filename: str, mapping: Mapping[str, str | None] | None = None) -> Reading:
    """As plan_reader.read. Raises Unreadable, also for a file that takes too much memory or time to read."""
    if not settings.READ_APART:
        return read(content, filename, mapping)
    return from_json(asked(PLAN, content, filename, mapping))


def read_register_apart(content: bytes, filename: str) -> Register:
    """As agreement_reader.read_register. Raises Unreadable, as read_plan_apart does."""
    if not settings.READ_APART:
        return read_register(content, filename)
    return register_from_json(asked(REGISTER, content, filename))


def asked(kind: str, content: bytes, filename: str, mapping: Mapping[str, str | None] | None = None) -> dict[str, Any]:
    task = json.dumps({"kind": kind, "filename": filename, "mapping": dict(mapping or {})})
    too_much = say(
        _("Filen tar för mycket minne eller tid att läsa. Spara bara bladet med listan i en ny fil och välj den filen.")
    )
    try:
        answer = run_apart("insteg.inventory.reading_apart", task.encode() + b"\n" + content)
    except Stopped as error:
        raise Unreadable(too_much) from error
    told: dict[str, Any] = json.loads(answer)
    if "unreadable" in told:
        raise Unreadable(said_from_json(told["unreadable"]))
    return told


def answer_to(task: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    try:
        if task["kind"] == PLAN:
            return to_json(read(content, task["filename"], task["mapping"]))
        return register_to_json(read_register(content, task["filename"]))
    except Unreadable as error:
        return {"unreadable": said_to_json(error.said)}


def main() -> int:
    be_bounded()
    task, content = sys.stdin.buffer.readline(), sys.stdin.buffer.read()
    answer = json.dumps(answer_to(json.loads(task), content))
    if len(answer) > LARGEST_ANSWER:
        return 1
    sys.stdout.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
