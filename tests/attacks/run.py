"""What is sent, how much of it, and what is printed of what became of it."""

import argparse
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.attacks.all_named import named_attacks
from tests.attacks.corpus import base
from tests.attacks.ground import ground
from tests.attacks.mutate import mutated
from tests.attacks.named import Attack
from tests.attacks.one_file import READERS, SLOW, STOPPED, Outcome, Task, read_all
from tests.attacks.pages import Pages
from tests.attacks.posts import Posts
from tests.attacks.sheets import SECRET
from tests.attacks.switched_off import all_switched_off

MOST_MEMORY = 8 * 1024**3
FILES, PAGES, POSTS, POSTS_ELSEWHERE = 10_000, 600, 14_000, 6_000
SHORT_POSTS, SHORT_PAGES = 120, 8
EVERYONE = (None, "ue", "park", "hus", "chef", "ame", "styr", "mal", "admin")
Tried = tuple[Attack, bool]  # and whether the limits stopped it
FEW = (None, "park", "admin")
TIME_TAKERS = ("text: all", "text: one cell", "text: cells", "text: 20,000", "huge: every", "huge: one text",
"huge: three",
               "huge: quotes", "huge: tags", "known: too", "known: bomb", "bomb:", "again:")  # fmt: skip


def main(words: Sequence[str], description: str) -> int:
    options = told(words, description)
    if options.switched_off:
        return all_switched_off()
    begun, broken = time.monotonic(), []
    with machine() as (secret, listener, calls):
        named = named_attacks(secret, listener)
        tried: dict[str, Tried] = {}
        if "files" in options.only:
            broken += files(options, named, tried)
        if calls():
            broken.append("something was asked of an address outside")
    if {"pages", "posts"} & {*options.only}:
        broken += on_pages(options, named, tried)
    for fault in broken[:200]:
        print(f"BRUTET: {fault}")
    took = f"{time.monotonic() - begun:.0f} s, {cpu():.0f} s processortid"
    print(f"{len(broken)} brutna löften ({took}, frö {options.seed})", flush=True)
    if not options.short and "posts" in options.only and not os.environ.get("DATABASE_URL"):
        elsewhere = [sys.executable, "-m", "tests.attacks", "--only", "pages,posts", "--seed", str(options.seed)]
        elsewhere += [
            "--part",
            "/".join(map(str, options.part)),
            "--posts",
            str(options.posts * 3 // 7),
            "--pages",
            "90",
        ]
        broken += [""] * subprocess.run([sys.executable, "-m", "tests.postgres", "--", *elsewhere]).returncode
    return 1 if broken else 0


def told(words: Sequence[str], description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=description)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--switched-off", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=lambda text: tuple(map(int, text.split("/"))), default=(1, 1))
    parser.add_argument("--only", type=lambda text: text.split(","), default=["files", "pages", "posts"])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--posts", type=int, default=POSTS)
    options = parser.parse_args(words)
    if options.short:
        options.pages, options.posts = SHORT_PAGES, SHORT_POSTS
    return options


def cpu() -> float:
    return sum(os.times()[:4])


class machine:
    """What an attack would like to reach: a file with a secret, and an address that notes who calls."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="insteg-attacks-")
        secret = Path(self.folder.name) / "secret"
        secret.write_text(SECRET)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        return str(secret), self.listener.getsockname()[1], self.calls

    def calls(self) -> int:
        try:
            self.listener.accept()
        except BlockingIOError:
            return 0
        return 1

    def __exit__(self, *_error: object) -> None:
        self.listener.close()
        self.folder.cleanup()


def share(tasks: Sequence[Task], options: argparse.Namespace) -> list[Task]:
    part, parts = options.part
    return [*tasks[part - 1 :: parts]]


def files(options: argparse.Namespace, named: list[Attack], tried: dict[str, Tried]) -> list[str]:
    """Each file by one reader; the long form has all named ones by both, and those by lot by either."""
    if options.short:
        light = [attack for attack in named if not attack.name.startswith(TIME_TAKERS)]
        tasks = [("avtal" if attack.filename.startswith("avtal") else "plan", attack) for attack in light]
    else:
        tasks = [(kind, attack) for attack in named for kind in ("plan", "avtal")]
        kinds, files = [*READERS], base()
        lots = max(0, options.files - len(tasks))
        tasks += [(kinds[number % 10 // 4], mutated(files, options.seed, number)) for number in range(lots)]
        tasks = share(tasks, options)
    families: dict[str, Counter[str]] = {}
    outcomes: list[tuple[Task, Outcome]] = []
    for task, outcome in read_all(tasks):
        families.setdefault(task[1].family, Counter())[outcome.kind] += 1
        before = tried.get(task[1].name)
        stopped = outcome.kind == STOPPED or outcome.seconds > SLOW or (before is not None and before[1])
        tried[task[1].name] = (task[1], stopped)
        outcomes.append((task, outcome))
    tell("Filer till läsarna", families)
    largest = max(outcomes, key=lambda pair: pair[1].megabytes)
    longest = max(outcomes, key=lambda pair: pair[1].seconds)
    print(f"  {len(outcomes)} filer; mest minne {largest[1].megabytes} MB ({largest[0][1].name}), ", end="")
    print(f"längst tid {longest[1].seconds:.1f} s ({longest[0][1].name})", flush=True)
    return [
        f"{kind}: {attack.name}: {outcome.kind} {outcome.said}"
        for (kind, attack), outcome in outcomes
        if outcome.broken
    ]


def tell(title: str, families: dict[str, Counter[str]]) -> None:
    print(f"{title}:")
    for family in sorted(families):
        print(f"  {family}: " + ", ".join(f"{kind} {number}" for kind, number in sorted(families[family].items())))


def on_pages(options: argparse.Namespace, named: list[Attack], tried: dict[str, Tried]) -> list[str]:
    broken = []
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))  # or a file read here could take the machine
    part, parts = options.part
    with ground() as town:
        if "pages" in options.only:
            pages = Pages(town)
            pages.sent(for_pages(options, named, tried), options.seed)
            broken += pages.broken
            tell("Filer till sidorna", grouped(pages.counts))
        if "posts" in options.only:
            posts = Posts(town, people(options), *((1, 3) if options.short else (99, 1)))
            each = options.posts // parts
            sent = posts.sent((part - 1) * each, part * each, options.seed)
            broken += sent.broken
            tell(
                f"Formulär och frågor ({each}; {len(posts.forms)} formulär, {len(posts.queries)} sidor)",
                grouped(sent.counts),
            )
    return broken


def people(options: argparse.Namespace) -> list[str | None]:
    """In parts, a third of everyone each time: to look through all their pages takes as long as hundreds of posts."""
    part, parts = options.part
    return [*FEW] if options.short else [*EVERYONE] if parts == 1 else [*EVERYONE[part % 3 :: 3]]


def for_pages(options: argparse.Namespace, named: list[Attack], tried: dict[str, Tried]) -> list[tuple[Attack, bool]]:
    """Named ones, and as many more by lot. What the limits stopped is read apart, and the first dozen of the others."""
    part, parts = options.part
    chosen = [attack for attack in named if not attack.name.startswith(TIME_TAKERS)]
    step = max(1, len(chosen) // options.pages) if options.short or os.environ.get("DATABASE_URL") else 1
    chosen = chosen[part - 1 :: step * parts]
    if not options.short:
        lots = [attack for attack, _stopped in tried.values() if attack.name.startswith("lot")]
        chosen += lots[: options.pages // parts]
    known = {"huge: a far cell in xl/blad/s.bin", "xls: a far cell", "xls: a chain in a ring"}
    return [(attack, unsafe(attack, tried) or attack.name in known) for attack in chosen]


def unsafe(attack: Attack, tried: dict[str, Tried]) -> bool:
    """Whether its reading could take the whole process along: it was stopped before, is of a kind that is, or is one by
    lot, which only one of the two readers has tried."""
    if attack.name.startswith("lot"):
        return True
    known = tried.get(attack.name)
    return known[1] if known else attack.name.startswith(("xls", "huge"))


def grouped(counts: Counter[str]) -> dict[str, Counter[str]]:
    families: dict[str, Counter[str]] = {}
    for name, number in counts.items():
        family, _bar, kind = name.partition("|")
        families.setdefault(family, Counter())[kind] += number
    return families
