"""Every attack that has a name, in one list."""

from tests.attacks.archives import archive_attacks
from tests.attacks.named import Attack
from tests.attacks.sheets import sheet_attacks
from tests.attacks.texts import text_attacks
from tests.inventory.plan_reader.broken import BROKEN


def named_attacks(secret: str, listener: int) -> list[Attack]:
    known = [Attack(f"known: {one.name}", one.filename, one.build) for one in BROKEN]
    return [*known, *archive_attacks(), *sheet_attacks(secret, listener), *text_attacks()]
