"""Where in the code a node stands, and what a finder says of it."""

import ast
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.guards.guard import Kind


class Found(NamedTuple):
    """`put` makes of the node, whose own parts have been given their switches, one that asks whether the guard stands.

    `text` is what is removed, when the node alone does not say it.
    """

    kind: Kind
    put: Callable[[ast.AST, ast.Constant], ast.AST]
    text: str = ""


NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass
class Place:
    """`name` is of the class and the functions around it: `Backend.user_can_authenticate`."""

    file: str
    above: list[ast.AST] = field(default_factory=list)
    name: str = ""
    imported: set[str] = field(default_factory=set)  # from the room of rules

    @contextlib.contextmanager
    def inside(self, node: ast.AST) -> Iterator[None]:
        before = self.name
        if isinstance(node, NAMED):
            self.name = f"{before}.{node.name}".strip(".")
        self.above.append(node)
        yield
        self.above.pop()
        self.name = before

    @property
    def parent(self) -> ast.AST | None:
        return self.above[-1] if self.above else None

    def within(self, *names: str) -> bool:
        """Whether a function or class of one of these names is around."""
        return any(name in names for name in self.name.split("."))


def called(node: ast.AST | None) -> str:
    """`filter` of `SEE.filter(…)`, `page` of `page(…)`; empty for what is no call."""
    if not isinstance(node, ast.Call):
        return ""
    return last_name(node.func)


def last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def ask(name: str, key: ast.Constant, *more: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(f"guard_{name}", ast.Load()), [key, *more], [])


def stands(key: ast.Constant) -> ast.Call:
    return ask("stands", key)


def gone(key: ast.Constant) -> ast.UnaryOp:
    return ast.UnaryOp(ast.Not(), stands(key))


def only_if_it_stands(node: ast.AST, key: ast.Constant) -> ast.If:
    """For a statement."""
    return ast.If(stands(key), [node], [])


def otherwise(instead: Callable[[], ast.expr]) -> Callable[[ast.AST, ast.Constant], ast.AST]:
    """For an expression: `instead` when the guard is removed."""
    return lambda node, key: ast.IfExp(stands(key), node, instead())


def expression(text: str) -> Callable[[], ast.expr]:
    return lambda: ast.parse(text, mode="eval").body


def or_gone(node: ast.AST, key: ast.Constant) -> ast.AST:
    return ast.BoolOp(ast.Or(), [node, gone(key)])


def and_stands(node: ast.AST, key: ast.Constant) -> ast.AST:
    return ast.BoolOp(ast.And(), [node, stands(key)])
