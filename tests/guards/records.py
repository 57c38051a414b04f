"""That what was seen is what stands there, that everything is logged, and that one sending is done once."""

import ast

from tests.guards.guard import Kind
from tests.guards.place import (
    Found,
    Place,
    ask,
    called,
    expression,
    last_name,
    only_if_it_stands,
    or_gone,
    otherwise,
    stands,
)

LOGS = ("record", "record_each", "note", "tell")
NO_TEXT, NOBODY = expression("''"), expression("None")


def seen(node: ast.AST, place: Place) -> Found | None:
    """`seen=…` where the gate is called with what the actor looked at."""
    known = isinstance(node, ast.keyword) and node.arg == "seen" and not isinstance(node.value, ast.Constant)
    if not known or called(place.parent) == "Action":
        return None
    put = lambda made, key: ast.keyword("seen", ast.IfExp(stands(key), made.value, NOBODY()))  # noqa: E731
    return Found(Kind.VERSION, put, f"{ast.unparse(place.parent.func)}(seen={ast.unparse(node.value)})")


def same_version(node: ast.AST, place: Place) -> Found | None:
    """Rows that are left as they are when they have another version than the one that was read."""
    if not isinstance(node, ast.Compare) or not isinstance(place.parent, ast.comprehension):
        return None
    sides = [node.left, *node.comparators]
    if isinstance(node.ops[0], ast.Eq) and any(last_name(side) == "version" for side in sides):
        return Found(Kind.VERSION, or_gone)
    return None


def logged(node: ast.AST, place: Place) -> Found | None:
    """A statement that writes to the log, and each kind of row that the gate names in it."""
    if isinstance(node, ast.Expr) and called(node.value) in LOGS:
        return Found(Kind.LOG, only_if_it_stands)
    of_record = isinstance(place.parent, ast.List) and called(place.above[-2]) == "record"
    if of_record and isinstance(node, ast.Starred):
        put = lambda made, key: ast.Starred(  # noqa: E731
            ast.IfExp(stands(key), made.value, ast.List([], ast.Load())), ast.Load()
        )
        return Found(Kind.LOG, put, f"record(…, {ast.unparse(node)})")
    return None


def also(node: ast.AST, place: Place) -> Found | None:
    """What an action locks beside its own row, and names in the log with it."""
    if isinstance(node, ast.keyword) and node.arg == "also" and called(place.parent) == "action":
        put = lambda made, key: ast.keyword("also", ask("also_nothing", key, made.value))  # noqa: E731
        return Found(Kind.LOG, put, f"{ast.unparse(place.parent.args[0])}: also={ast.unparse(node.value)}")
    return None


def once(node: ast.AST, place: Place) -> Found | None:
    """The key of a form: asked at all, the same one's, and for the very same words."""
    if not place.file.endswith("audit/forms.py"):
        return None
    if called(node) == "once":
        act = next(each.value for each in node.keywords if each.arg == "act")
        return Found(Kind.FORM_KEY, otherwise(lambda: ast.Call(act, [], [])))
    if isinstance(node, ast.keyword) and node.arg == "actor_id":
        put = lambda made, key: ast.keyword(  # noqa: E731
            None, ast.IfExp(stands(key), ast.Dict([ast.Constant("actor_id")], [made.value]), ast.Dict([], []))
        )
        return Found(Kind.FORM_KEY, put, f"actor_id={ast.unparse(node.value)} i {place.name}")
    if place.name == "once" and isinstance(node, ast.Name) and isinstance(place.parent, ast.If):
        return Found(Kind.FORM_KEY, or_gone, "if new: i once") if node is place.parent.test else None
    if place.name == "fingerprint":
        return _of_fingerprint(node)
    return None


def _of_fingerprint(node: ast.AST) -> Found | None:
    if isinstance(node, ast.AugAssign):
        return Found(Kind.FORM_KEY, only_if_it_stands)
    if called(node) in ("urlencode", "digest") or (isinstance(node, ast.Attribute) and node.attr == "path"):
        return Found(Kind.FORM_KEY, otherwise(NO_TEXT))
    return None


FINDERS = [seen, same_version, logged, also, once]
