"""Writes docs/process.md from the working model as it is shipped: `python scripts/process_doc.py --write | --check`.

What a city has changed in its own model is seen in the product, not here.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "process.md"
HEAD = """# Arbetsmodellen så som den följer med

Det här är processerna i Insteg innan en stad har ändrat dem. Stadens egen version, med bilden och hur många ärenden som
står i varje steg, finns i produkten under *Arbetsmodellen*. Dagar är arbetsdagar. Texten skrivs av
`scripts/process_doc.py` ur `insteg/process/shipped/`; ändra där, inte här.
"""


def document() -> str:
    from insteg.process.models import Kind
    from insteg.process.shipped import shipped

    kinds = [(str(kind.label), shipped(kind.value)) for kind in Kind]
    labels = {kind.value: str(kind.label) for kind in Kind}
    parts = [HEAD, *(section for label, model in kinds for section in sections(label, model, labels))]
    return "\n".join(parts)


def sections(label: str, model: dict[str, Any], labels: dict[str, str]) -> Iterator[str]:
    yield f"## {label}\n\n{model['note']}\n"
    titles = {step["key"]: step["title"] for step in model["step"]}
    for phase in sorted(model["phase"], key=lambda each: each["order"]):
        yield f"### {label}: {phase['title']}\n"
        for step in model["step"]:
            if step["phase"] == phase["key"]:
                yield step_in_words(step, titles, labels)


def step_in_words(step: dict[str, Any], titles: dict[str, str], labels: dict[str, str]) -> str:
    lines = [f"#### {step['title']}", "", f"{party(step['lane'])}, inom {days(step['lead_workdays'])}."]
    if step.get("text"):
        lines += ["", step["text"]]
    if step.get("item"):
        lines += ["", "Att göra:", ""]
        lines += [f"- {item['text']} ({item_facts(item)})" for item in step["item"]]
    lines += ["", "Vägar vidare:", ""]
    lines += [f"- **{move['title']}**: {move_in_words(move, titles, labels)}" for move in step.get("move", [])]
    return "\n".join([*lines, ""])


def item_facts(item: dict[str, Any]) -> str:
    said = f"{party(item['lane'])}, inom {days(item['offset'])}"
    return said if item.get("required", True) else f"{said}, frivillig"


def move_in_words(move: dict[str, Any], titles: dict[str, str], labels: dict[str, str]) -> str:
    said = [f"till ”{titles[move['to']]}”" if "to" in move else "ärendet slutar"]
    if move.get("begins"):
        said.append(f"då börjar {labels[move['begins']].lower()}")
    if move.get("lane"):
        said.append(f"tas av {party(move['lane'])}")
    if move.get("reason_required"):
        said.append("kräver ett skäl")
    if move.get("skips_items"):
        said.append("får tas fast punkter är kvar")
    if move.get("guards"):
        said.append(f"villkor: {', '.join(conditions(move['guards']))}")
    return ", ".join(said)


def conditions(keys: list[str]) -> list[str]:
    """As the rooms name them; by the key where no room has it yet."""
    from insteg.process.guards import GUARDS

    return [str(GUARDS[key].title).lower() if key in GUARDS else f"`{key}`" for key in keys]


def party(lane: str) -> str:
    from insteg.process.models import Lane

    return str(Lane(lane).label)


def days(count: int) -> str:
    return f"{count} dag" if count == 1 else f"{count} dagar"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true")
    what.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insteg.config.settings.dev")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("sv"):
        text = document()
    if asked.write:
        DOCUMENT.write_text(text, encoding="utf-8")
    elif not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != text:
        print(
            f"{DOCUMENT.relative_to(ROOT)}: stämmer inte med modellen, kör scripts/process_doc.py --write",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
