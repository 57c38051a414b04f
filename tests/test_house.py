"""The habits of the house that no linter knows: who asks the time, who queues work, and how large things may grow."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "insteg"
CLOCK, JOBS = HOUSE / "core/clock.py", HOUSE / "core/jobs.py"
ROOMS = sorted(folder for folder in HOUSE.iterdir() if (folder / "__init__.py").exists() and folder.name != "config")
MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_README = 400, 45, 15

FURNITURE_WITHOUT_PAGES = {"models", "actions", "access", "queries", "guards"}
PAGES_OF_DJANGO = ("django.http", "django.shortcuts", "django.template", "django.forms", "django.views")

# What asks the machine for the time, by the last two parts of its name. With an argument localdate only converts.
ASKS_TIME = {(place, name) for place in ("datetime", "date", "dt") for name in ("now", "utcnow", "today")}
ASKS_TIME |= {("timezone", "now"), ("time", "time"), ("time", "localtime"), ("time", "gmtime")}
ASKS_TIME_ALONE = {("timezone", "localdate"), ("timezone", "localtime")}


def our_code(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts and "node_modules" not in path.parts)


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[ast.Call, tuple[str, str]]]:
    """Each call with the last two parts of its name: ("timezone", "now"); the first is empty for a bare name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield node, ("", called.id)
            elif isinstance(called, ast.Attribute):
                owner = called.value
                yield node, (getattr(owner, "id", getattr(owner, "attr", "")), called.attr)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module or ''}.{name.name}") for name in node.names)


def at(path: Path, line: int, what: str = "") -> str:
    return f"{path.relative_to(ROOT)}:{line} {what}".rstrip()


def asks_time(call: ast.Call, name: tuple[str, str]) -> bool:
    stamped_by_django = any(word.arg in ("auto_now", "auto_now_add") for word in call.keywords)
    alone = name in ASKS_TIME_ALONE and not call.args and not call.keywords
    return name in ASKS_TIME or alone or stamped_by_django or name == ("", "Now")


def test_only_the_clock_asks_the_time():
    found = [
        at(path, call.lineno, ".".join(name))
        for path in our_code("insteg")
        if path != CLOCK
        for call, name in calls(path)
        if asks_time(call, name)
    ]
    # A default such as `default=timezone.now` is no call, so the name itself is looked for too.
    found += [
        at(path, node.lineno, "timezone.now")
        for path in our_code("insteg")
        if path != CLOCK
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "now" and getattr(node.value, "id", "") == "timezone"
    ]
    assert not found, "ask insteg.core.clock instead:\n" + "\n".join(sorted(set(found)))


def test_only_jobs_queues_work():
    found = [
        at(path, line, name)
        for path in our_code("insteg")
        if path != JOBS
        for line, name in imports(path)
        if name.partition(".")[0] == "django_q"
    ]
    assert not found, "queue through insteg.core.jobs instead:\n" + "\n".join(found)


def test_what_changes_things_knows_nothing_of_requests():
    """The linter of floors sees our own modules only; these are Django's."""
    found = [
        at(path, line, name)
        for room in ROOMS
        for path in our_code(f"insteg/{room.name}")
        if path.relative_to(room).parts[0].removesuffix(".py") in FURNITURE_WITHOUT_PAGES
        for line, name in imports(path)
        if name.startswith(PAGES_OF_DJANGO)
    ]
    assert not found, "\n".join(found)


def test_nothing_happens_behind_the_reader():
    """No signals and no work in save(): what a change does stands in its action."""
    signals = [
        at(path, line, name)
        for path in our_code("insteg")
        for line, name in imports(path)
        if name in ("django.dispatch.receiver", "django.dispatch.Signal") or name.startswith("django.db.models.signals")
    ]
    connected = [
        at(path, call.lineno, f"{name[0]}.connect")
        for path in our_code("insteg")
        for call, name in calls(path)
        if name[1] == "connect" and name[0] not in ("sqlite3", "psycopg")
    ]
    saves = [
        at(path, node.lineno, f"{owner.name}.save")
        for path in our_code("insteg")
        if "models" in path.relative_to(HOUSE).as_posix()
        for owner in ast.walk(tree(path))
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.FunctionDef) and node.name == "save"
    ]
    assert not signals + connected + saves, "\n".join(signals + connected + saves)


def test_no_drawer_for_odds_and_ends():
    drawers = [str(path.relative_to(ROOT)) for path in our_code("insteg") if path.stem in ("utils", "helpers", "misc")]
    assert not drawers, "name the file after its subject: " + ", ".join(drawers)


def test_no_file_holds_two_subjects():
    templates = list(HOUSE.rglob("templates/**/*.html"))
    sizes = {
        path: path.read_text(encoding="utf-8").count("\n")
        for path in our_code("insteg", "tests", "scripts") + templates
    }
    large = [f"{path.relative_to(ROOT)}: {lines} lines" for path, lines in sizes.items() if lines > MOST_LINES]
    assert not large, "make it a folder with files named after their subjects:\n" + "\n".join(large)


def test_no_function_is_longer_than_a_screen():
    long = [
        at(path, node.lineno, f"{node.name}: {node.end_lineno - node.lineno + 1} lines")
        for path in our_code("insteg", "tests", "scripts")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, "give its parts names:\n" + "\n".join(long)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_is_for(room: Path):
    readme = room / "README.md"
    assert readme.exists(), f"{room.name} has no README.md"
    lines = readme.read_text(encoding="utf-8").rstrip().count("\n") + 1
    assert lines <= MOST_LINES_OF_A_README, f"{lines} lines; what is longer belongs in docs/"
