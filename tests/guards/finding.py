"""Finds the guards in the code by walking its syntax tree, and puts a switch around each.

What is a guard is said by the finders of rights.py, refusals.py and records.py, each of which is shown every node.
triggers.py asks the migrations for the database's own. No guard here are locks (they stand against two at once:
tests/concurrency), constraints, settings, what a field takes by its kind (type, length, choices, required), a
developer's mistakes (TypeError, ValueError), and what an operator types at the server.
"""

import ast
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.guards import records, refusals, rights
from tests.guards.guard import Guard
from tests.guards.place import Found, Place

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "insteg"
# The example city, what was done once, and what is typed by whoever runs the server.
OUTSIDE = {"demo", "demo.py", "migrations", "management", "config", "gallery.py"}
FINDERS = [*rights.FINDERS, *refusals.FINDERS, *records.FINDERS]
PLAIN = (ast.Constant, ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop, ast.arguments, ast.alias)


class Walk(ast.NodeTransformer):
    def __init__(self, file: str) -> None:
        self.place = Place(file)
        self.guards: dict[str, Guard] = {}

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, PLAIN):
            return node
        found = next((each for find in FINDERS if (each := find(node, self.place))), None)
        key = self.named(node, found) if found else ""
        with self.place.inside(node):
            self.generic_visit(node)
        if not found:
            return node
        return ast.fix_missing_locations(ast.copy_location(found.put(node, ast.Constant(key)), node))

    def named(self, node: ast.AST, found: Found) -> str:
        text = " ".join((found.text or ast.unparse(node)).split())
        key = stem = f"{self.place.file}::{self.place.name}::{found.kind.value}::{text}"
        number = 1
        while key in self.guards:
            number += 1
            key = f"{stem}#{number}"
        self.guards[key] = Guard(key, found.kind, self.place.file, getattr(node, "lineno", 0), text)
        return key


def with_switches(code: str, file: str) -> tuple[ast.AST, dict[str, Guard]]:
    """The code's syntax tree with a switch around each guard, and the guards by their keys."""
    walk = Walk(file)
    return walk.visit(ast.parse(code)), walk.guards


def switched(path: Path) -> tuple[ast.AST, dict[str, Guard]]:
    return with_switches(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


def files() -> Iterator[Path]:
    for path in sorted(PRODUCT.rglob("*.py")):
        if not OUTSIDE & set(path.relative_to(PRODUCT).parts):
            yield path


@cache
def in_the_code() -> list[Guard]:
    return [guard for path in files() for guard in switched(path)[1].values()]


class Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        tree, _guards = switched(Path(self.path))
        return compile(tree, self.path, "exec", dont_inherit=True)

    def exec_module(self, module):
        from tests.guards.switch import NAMES

        module.__dict__.update(NAMES)
        super().exec_module(module)


class Finder(importlib.abc.MetaPathFinder):
    """Gives the product's modules with their switches to whoever imports them. No file is written."""

    def __init__(self) -> None:
        self.wanted = {str(path) for path in files()}

    def find_spec(self, fullname, path=None, target=None):
        if not fullname.startswith("insteg."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin in self.wanted:
            spec.loader = Loader(fullname, spec.origin)
        return spec


def put_switches() -> None:
    """Call before anything of the product is imported."""
    assert not any(name.startswith("insteg.") for name in sys.modules)
    sys.meta_path.insert(0, Finder())
