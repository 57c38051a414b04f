"""What upper rooms offer and a room above them all shows.

A catalogue lives in the lowest room that all who fill it may import; they do so in AppConfig.ready().
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from insteg.access.actor import Actor, Role


class Whose(Enum):
    """Whose turn it is: mine, also when nobody in my role has taken it; a colleague's who has; another party's."""

    MINE = "mine"
    COLLEAGUE = "colleague"
    OTHERS = "others"


@dataclass(frozen=True)
class Task:
    """Something that waits for the actor, or for others in what the actor follows.

    `since` is when it began to wait, `due_on` when it should be done. `who` names the colleague or the other party.
    """

    title: str
    url: str
    about: str = ""
    since: dt.date | None = None
    due_on: dt.date | None = None
    whose: Whose = Whose.MINE
    who: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the main menu, for the roles that have something to do there."""

    order: int
    title: Any  # lazy text: the language is the reader's
    icon: str
    url_name: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Hit:
    """Something that a search found, that the actor may open. `about` is what tells it from its like."""

    title: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class Found:
    """What one room found, the nearest first. `all_url` is its own list of the same, where there are more."""

    title: str
    hits: list[Hit]
    all_url: str = ""


@dataclass(frozen=True)
class Panel:
    """What an upper room knows of a row of a lower one, shown on that row's page: sentences, and (address, text)."""

    title: str
    sentences: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()


MOST_HITS = 10  # of each kind that a search shows

TASKS: list[Callable[[Actor], Iterable[Task]]] = []
# For those of them that can count what is the actor's own with less than it takes to tell it.
COUNTS: dict[Callable[[Actor], Iterable[Task]], Callable[[Actor], int]] = {}
NAVIGATION: list[Entry] = []
PROFILE: list[Entry] = []  # pages about oneself, linked from one's own profile
DEMO: list[tuple[int, Callable[[], None]]] = []  # (order, what fills the example city)

# What each room finds for the actor with all of the words in it, by the same rules as its lists.
SEARCH: list[Callable[[Actor, list[str]], Found]] = []
# What each room tells on the page of a row of another, by the label of its table.
PANELS: dict[str, list[Callable[[Any, Actor], Panel | None]]] = {}


def panels(row: Any, actor: Actor) -> list[Panel]:
    """Of the row's page, in the order in which the rooms came."""
    found = (panel(row, actor) for panel in PANELS.get(row._meta.label, []))
    return [panel for panel in found if panel is not None]
