"""An attack has a name, and makes its file when it is wanted: some are large."""

from collections.abc import Callable
from typing import NamedTuple

from tests.attacks.corpus import File


class Attack(NamedTuple):
    name: str
    filename: str
    content: Callable[[], bytes]

    def file(self) -> File:
        return File(self.filename, self.content())

    @property
    def family(self) -> str:
        return self.name.partition(":")[0]
