"""docs/ordlista.md says what the interface says: one word for a thing."""

import re
from pathlib import Path

from django.apps import apps
from django.utils.translation import override

GLOSSARY = Path(__file__).parent.parent / "docs/ordlista.md"
ROW = re.compile(r"^\| ([^|]+) \| `?([^|`]+)`? \|", re.MULTILINE)


def words(title: str) -> dict[str, str]:
    """The table under a title: from the name in the code to the Swedish word."""
    section = GLOSSARY.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    return {code: word for word, code in ROW.findall(section) if code not in ("i koden", "---")}


def our_tables() -> dict[str, str]:
    rooms = [room for room in apps.get_app_configs() if room.name.startswith("insteg.")]
    with override("sv"):
        return {model.__name__: str(model._meta.verbose_name) for room in rooms for model in room.get_models()}


def test_every_table_stands_in_the_glossary_under_its_swedish_name():
    assert words("Det som finns som tabell") == our_tables()


def test_what_is_still_to_come_has_no_table_yet():
    assert not words("Ord för det som kommer").keys() & our_tables().keys()
