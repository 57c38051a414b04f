from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What the guard stands against; the figures are told kind by kind, in this order."""

    RULE = "regel"  # a role's entry in the table of a rule, and nobody's right to anything
    CONDITION = "villkor i regel"  # one of several conditions of such an entry
    ROWS = "radfilter"  # the rows that an actor reaches, filtered from all
    VIEW = "rätt på sida"  # what a view says of who may open it
    OFFER = "rätt i sidan"  # what a page shows and offers by the actor's right
    DOOR = "dörr"  # the middleware: signed in, second factor, membership, time of a session
    VERSION = "version"  # what was seen is what stands there
    LOG = "logg"
    FORM_KEY = "formulärnyckel"
    THROTTLE = "spärr mot upprepning"
    REFUSAL = "vägran"  # an action or a view that says no
    FAULT = "hinder för publicering"
    ARROW = "villkor på pil"  # what a case must have met
    CHECK = "kontroll av värde"
    FILE = "vägran av fil"
    DATABASE = "databasens vakt"  # a trigger


class Guard(NamedTuple):
    """`key` names it as long as its own text stays the same, wherever in the file it moves."""

    key: str
    kind: Kind
    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.text}"
