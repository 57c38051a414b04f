from typing import NamedTuple


class Mutation(NamedTuple):
    """In `file`, `before` becomes `after`; then at least one of `tests` fails."""

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    postgresql: bool = False  # only a database with row locks can tell
