"""Each protection taken away for a moment, and whether the harness then says so. In a process of its own each time."""

import contextlib
import os
from collections.abc import Callable, Iterator
from itertools import islice
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest import mock

from django import forms
from django.db import connection
from django.template import base as templates

from insteg.audit import forms as audit_forms
from insteg.audit.gate import Blocked
from insteg.core import apart
from insteg.documents import tables
from insteg.inventory.actions import report
from insteg.inventory.plan_reader import files, packed
from tests.attacks.exports import faults_of_exports
from tests.attacks.ground import ground
from tests.attacks.named import Attack
from tests.attacks.odd import NAMES, Sending, as_it_is, encoded
from tests.attacks.one_file import REFUSED, alone
from tests.attacks.pages import Pages
from tests.attacks.posts import Posts
from tests.attacks.sheets import FORMULAS, sheet_attacks
from tests.inventory.plan_reader.broken import bomb_in_many_parts, far_cell


class House(NamedTuple):
    """What the probes ask: built once, since each of them looks at it in a process of its own."""

    town: SimpleNamespace
    pages: Pages
    posts: Posts


class Protection(NamedTuple):
    name: str
    off: Callable[[], contextlib.AbstractContextManager[object]]
    probe: Callable[[House], list[str]]
    postgresql: bool = False


def refused(attack: Attack) -> Callable[[House], list[str]]:
    def probe(_house: House) -> list[str]:
        outcome = alone("plan", attack)
        return [] if outcome.kind == REFUSED else [f"{outcome.kind} {outcome.said}, {outcome.megabytes} MB"]

    return probe


def sheet_called(name: str) -> Attack:
    return next(attack for attack in sheet_attacks("/dev/null", 9) if attack.name == name)


def page_reads_here(house: House) -> list[str]:
    house.pages.sent([(FAR, False)], 1)
    return house.pages.broken


def posts_of(way: Callable[..., object], most: int) -> Callable[[House], list[str]]:
    """The first sendings of that way; until something is broken."""

    def probe(house: House) -> list[str]:
        sendings = (house.posts.sending(number, 1) for number in range(20 * most))
        wanted = (one for one in sendings if one.way == f"formulär: {NAMES[way]}")
        marked = (one for one in wanted if way is not as_it_is or one.marked)
        found = (house.posts.asked(one)[1] for one in islice(marked, most))
        return next(filter(None, found), [])

    return probe


def null_sign_reported(house: House) -> list[str]:
    """Lengths are asked again of the saved row; a null sign only PostgreSQL minds, and it says so with a fault."""
    form = next(form for form in house.posts.forms if form.address.startswith("/planerade/ny/"))
    pairs = [*((field.name, field.value) for field in form.fields if field.kind == "hidden"), ("title", "a\0b")]
    body = encoded(pairs), "application/x-www-form-urlencoded"
    return house.posts.asked(Sending(form.who, "post", form.address, *body, {}, "nolltecken"))[1]


def exports_of_formulas(house: House) -> list[str]:
    for text in FORMULAS[:4]:
        report(actor=house.town.who["park"], target=house.town.org["Park"], seen=None, title=text)
    return faults_of_exports(house.pages.visitor.client)


def acts_and_refuses(*, key: object, actor: object, act: Callable[[], str]) -> str:
    act()
    raise Blocked("nej")


@contextlib.contextmanager
def several(*patches: contextlib.AbstractContextManager[object]) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def instead(place: object, name: str, other: object) -> contextlib.AbstractContextManager[object]:
    return mock.patch.object(place, name, other)


def nothing(*_any: object) -> None:
    """In the place of a check."""


def overlapping(areas: Any, _height: int, _width: int) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in areas)


FAR = Attack("x", "plan.xlsx", far_cell)
BOMB = Attack("x", "plan.xlsx", bomb_in_many_parts)
PROTECTIONS = [
    Protection(
        "gränserna för minne och tid", lambda: instead(apart, "be_bounded", nothing), refused(FAR),
    ),
    Protection(
        "gränsen för utpackad storlek",
        lambda: several(instead(packed, "LARGEST_EXPANDED", 10**12), instead(packed, "LARGEST_RATIO", 10**9)),
        refused(BOMB),
    ),
    Protection(
        "kontrollen av celler långt ut", lambda: instead(files, "check_parts", nothing), refused(FAR),
    ),
    Protection(
        "kontrollen av sammanslagna celler",
        lambda: instead(files, "_merged", overlapping), refused(sheet_called("huge: merged downwards")),
    ),
    Protection(
        "läsningen i en egen process",
        lambda: instead(files, "check_parts", nothing), page_reads_here,
    ),
    Protection(
        "mallarnas skydd mot uppmärkning",
        lambda: instead(templates, "render_value_in_context", lambda value, context: str(value)),
        posts_of(as_it_is, 40),
    ),
    Protection(
        "text som tvingas vara text i Excel",
        lambda: instead(tables, "excel_cell", lambda sheet, value, column, to_read=False: value), exports_of_formulas,
    ),
    Protection("apostrofen i csv", lambda: instead(tables, "harmless", str), exports_of_formulas),
    Protection(
        "det skrivna som står kvar",
        lambda: instead(forms.BoundField, "value", lambda field: ""), posts_of(as_it_is, 40),
    ),
    Protection(
        "nej som inte ändrar något",
        lambda: instead(audit_forms, "once", acts_and_refuses), posts_of(as_it_is, 200),
    ),
    Protection(
        "formulärens längder och nolltecken",
        lambda: instead(forms.CharField, "run_validators", nothing), null_sign_reported, True,
    ),
]  # fmt: skip


def all_switched_off() -> int:
    """1 when something was switched off and the harness saw nothing."""
    missed = 0
    with ground() as town:
        house = House(town, Pages(town), Posts(town, ["park", "admin"], pages_each=1))
        for protection in PROTECTIONS:
            if protection.postgresql == (connection.vendor == "postgresql"):
                words = " ".join(seen_without(protection, house).split())[:160]
                missed += not words
                print(f"avslaget: {protection.name}: {words or 'INGET MÄRKTES'}", flush=True)
    return 1 if missed else 0


def seen_without(protection: Protection, house: House) -> str:
    """What the harness said; a process that died says so by dying. SQLite is in memory, so each has a copy of it."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        try:
            with protection.off():
                said = protection.probe(house)[:1]
        except BaseException as error:
            said = [f"{type(error).__name__} {error}"]
        with os.fdopen(theirs, "w", errors="replace") as pipe:
            pipe.write(str(said[0]) if said else "")
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, errors="replace") as pipe:
        told = pipe.read()
    status = os.waitpid(child, 0)[1]
    return f"hela processen dog av signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else told
