import json
from pathlib import Path
from typing import Any

from tests.guards.guard import Guard
from tests.guards.touched import hash_of

SAID = {
    "survived": "proven som frågar efter den går ändå",
    "stuck": "proven blev inte klara",
    "untouched": "inget prov kommer till den",
}


class Results:
    """How it went for each guard, as long as the text of its file is the same."""

    def __init__(self, kept: Path, root: Path) -> None:
        self.kept, self.root = kept, root
        self.known: dict[str, dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        self.hashes: dict[str, str] = {}

    def hash_of(self, file: str) -> str:
        if file not in self.hashes:
            self.hashes[file] = hash_of(self.root / file)
        return self.hashes[file]

    def add(self, answer: Path) -> None:
        for line in answer.read_text(encoding="utf-8").splitlines() if answer.exists() else []:
            one = json.loads(line)
            self.known[one.pop("key")] = one | {"file": self.hash_of(one["file"])}
        self.keep()

    def untouched(self, guard: Guard) -> None:
        self.known[guard.key] = {"outcome": "untouched", "file": self.hash_of(guard.file)}

    def keep(self) -> None:
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        self.kept.write_text(json.dumps(self.known, indent=0), encoding="utf-8")

    def is_known(self, guard: Guard) -> bool:
        return self.known.get(guard.key, {}).get("file") == self.hash_of(guard.file)

    def is_killed(self, guard: Guard) -> bool:
        return self.is_known(guard) and self.known[guard.key]["outcome"] == "killed" and self.known[guard.key]["sound"]

    def said_of(self, guard: Guard) -> str:
        known = self.known[guard.key]
        if known["outcome"] == "killed":
            return f"{known['test']} går inte heller när vakten står kvar"
        return SAID[known["outcome"]]
