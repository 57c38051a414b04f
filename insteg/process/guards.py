"""The catalogues that code fills and administrators choose from: guards on arrows, and what cases are about."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext as _

from insteg.access.rules import Rule
from insteg.process.models import Kind, Lane


@dataclass(frozen=True)
class Guard:
    """A condition that the database evaluates on the saved row, never on what a caller holds in memory.

    `title` is what an administrator chooses ("Uppgifterna är lämnade"), `sentence` what the one who is stopped reads:
    what is missing and what to do.
    """

    key: str
    kind: Kind
    met: Callable[[], Q]
    title: Any
    sentence: Any


@dataclass(frozen=True)
class Subject:
    """What cases of a kind are about. The table has a one-to-one `run`.

    `see` is who sees a case, `lanes` who holds each lane for which rows. `count` says a number in words ("3
    upphandlingar"). `address` makes the page of a row from its key. `told` are the steps whose tasks the room lists
    by itself, so that Att göra does not say them twice. `automatic` are the keys of the arrows that a case takes by
    itself when somebody's change has met what they ask for: without them somebody has to move it. `decided_above` are
    the arrows, by key, that only a room above takes, inside an action of its own that says more than the arrow can;
    with the sentence that says where. Nobody takes one by hand, so that no case is decided on without it.
    """

    model: type[Model]
    see: Rule[Any]
    lanes: Mapping[Lane, Rule[Any]]
    count: Callable[[int], str]
    address: Callable[[UUID], str]
    automatic: frozenset[str] = frozenset()
    title: str = "title"
    organisation: str = "organisation__name"
    told: frozenset[str] = frozenset()
    decided_above: Mapping[str, Any] = field(default_factory=dict)


GUARDS: dict[str, Guard] = {}
SUBJECTS: dict[Kind, Subject] = {}


def guards_of(kind: str) -> list[Guard]:
    """Those that an administrator may hang on an arrow of this kind of case."""
    return [guard for guard in GUARDS.values() if guard.kind == kind]


def unmet(kind: str, runs: Collection[UUID], keys: Collection[str]) -> dict[UUID, dict[str, str]]:
    """{case: {key: sentence}} for the guards that say no: one query, however many cases and guards.

    A guard that is no longer in the code, or is about another kind, says no. A case that has lost what it is about is
    not in the answer.
    """
    known = [key for key in keys if key in GUARDS and GUARDS[key].kind == kind]
    lost = {key: _("Villkoret ”%(key)s” finns inte längre.") % {"key": key} for key in keys if key not in known}
    if kind not in SUBJECTS:
        return {}
    rows = SUBJECTS[Kind(kind)].model._base_manager
    asked = {f"guard_{n}": Exists(rows.filter(GUARDS[key].met(), pk=OuterRef("pk"))) for n, key in enumerate(known)}
    found = rows.filter(run__in=runs).annotate(**asked).values("run", *asked)
    return {
        row["run"]: lost | {key: str(GUARDS[key].sentence) for n, key in enumerate(known) if not row[f"guard_{n}"]}
        for row in found
    }
