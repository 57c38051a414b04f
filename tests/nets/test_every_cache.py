"""Nothing that is remembered between two requests says who may do what, or who anybody is.

Every place where something is remembered stands here, with why it may be. A new one fails until somebody has thought.
"""

import ast
from functools import cache
from pathlib import Path

ROOMS = Path(__file__).parents[2] / "insteg"
# What a process remembers for as long as it runs: answers that follow from plain arguments alone.
FROM_ARGUMENTS = {
    "core/backups/values.py": {"short_json"},
    "core/secrets.py": {"keyring"},
    "core/sqlite/base.py": {"sort_key", "pattern_of"},
    "documents/pdf.py": {"signs"},
    "home/manual.py": {"read"},
    "inventory/agreement_reader/headings.py": {"roles"},
    "inventory/comparison.py": {"alike"},
    "inventory/likeness.py": {"words_of"},
    "inventory/templatetags/insteg_inventory.py": {"_row_tag"},
    "process/picture/drawing.py": {"draw"},
    "ui/templatetags/insteg_ui.py": {"icon", "mark", "_verdict", "_month", "option"},
}
READER = "inventory/plan_reader/"  # knows no database at all: pyproject's import contract says so
# What an object remembers, where the object is made anew for every request.
FOR_ONE_REQUEST = {
    "inventory/review/contents.py": {"faults", "comparison", "expired"},
    "inventory/review/page.py": {"counts"},
    "process/cards/picture.py": {"screen", "paper"},
}
# What lies in the cache that all processes share: how far a job has come, and that the mail server is away.
SHARED = {"inventory/queries/plans.py", "mail/jobs.py"}
ASKS = {"objects", "filter", "request", "actor", "user", "membership", "permits"}


@cache
def trees():
    files = sorted(ROOMS.rglob("*.py"))
    return [(path.relative_to(ROOMS).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in files]


def name_of(node):
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def remembering(kinds):
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and kinds & {*map(name_of, node.decorator_list)}:
                yield path, node


def by_file(found):
    table = {}
    for path, node in found:
        table.setdefault(path, set()).add(node.name)
    return table


def test_what_a_process_remembers_is_written_here():
    found = by_file(remembering({"lru_cache", "cache"}))
    assert {path: names for path, names in found.items() if not path.startswith(READER)} == FROM_ARGUMENTS


def test_what_a_process_remembers_follows_from_plain_arguments():
    for path, node in remembering({"lru_cache", "cache"}):
        names = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
        names |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | {a.arg for a in node.args.args}
        assert not names & ASKS, f"{path}: {node.name}"


def test_what_an_object_remembers_is_written_here():
    assert by_file(remembering({"cached_property"})) == FOR_ONE_REQUEST


def test_the_shared_cache_is_used_in_two_places():
    found = {
        path for path, tree in trees() for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.core.cache")
    }  # fmt: skip
    assert found == SHARED


def test_no_page_is_kept_by_the_server():
    """cache_page and its like wrap the view, and would give one person's page to another."""
    for path, tree in trees():
        used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        assert not used & {"cache_page", "cache_control", "vary_on_cookie"}, path
