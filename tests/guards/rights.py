"""Who may what: rules, their conditions, the filters and columns of rows, what a view says, and the middleware."""

import ast
from copy import deepcopy

from tests.guards.guard import Kind
from tests.guards.place import (
    Found,
    Place,
    and_stands,
    ask,
    called,
    expression,
    last_name,
    only_if_it_stands,
    or_gone,
    otherwise,
)

EVERY_ROW = expression("__import__('django.db.models', fromlist=['Q']).Q()")
NO_KEYWORDS = expression("{}")


def entry(node: ast.AST, place: Place) -> Found | None:
    """A role's rows in `Rule(name, model, {…})` or `Rule(name, model, dict.fromkeys(…))`, unless they are all."""
    table = place.parent
    if len(place.above) < 2 or called(place.above[-2]) != "Rule" or last_name(node) == "every":
        return None
    if isinstance(table, ast.Dict):
        at = next((number for number, value in enumerate(table.values) if value is node), None)
        who = None if at is None else table.keys[at]
    elif isinstance(table, ast.DictComp):
        who = table.key if table.value is node else None
    else:
        who = table.args[0] if called(table) == "fromkeys" and table.args[1] is node else None
    if who is None:
        return None
    rule = place.above[-2].args[0].value
    text = f"”{rule}”: {ast.unparse(who)}: {ast.unparse(node)}"
    return Found(Kind.RULE, lambda made, key: ask("everything", key, made), text)


def nothing(node: ast.AST, place: Place) -> Found | None:
    """Nobody's right to anything, where a rule has no answer."""
    if isinstance(node, ast.ImportFrom) and node.module == "insteg.access.rules":
        place.imported |= {each.name for each in node.names}
    ours = "NOTHING" in place.imported or place.file.endswith("access/rules.py")  # other rooms have another word so
    if ours and isinstance(node, ast.Name) and node.id == "NOTHING" and isinstance(node.ctx, ast.Load):
        return Found(Kind.RULE, otherwise(EVERY_ROW), f"NOTHING i {place.name}")
    return None


def condition(node: ast.AST, place: Place) -> Found | None:
    """One of several that a row must meet: each side of `&`, each of the words of a `Q(…)` with several."""
    if not place.file.endswith("/access.py"):
        return None
    parent = place.parent
    if isinstance(node, ast.keyword) and called(parent) == "Q" and len(parent.keywords) > 1:
        put = lambda made, key: ast.keyword(  # noqa: E731
            None, ast.IfExp(ask("stands", key), ast.Dict([ast.Constant(made.arg)], [made.value]), NO_KEYWORDS())
        )
        return Found(Kind.CONDITION, put, f"{node.arg}={ast.unparse(node.value)}")
    in_row = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.BitAnd)
    if in_row and isinstance(node, ast.Call) and len(node.keywords) < 2:
        return Found(Kind.CONDITION, otherwise(EVERY_ROW))
    return None


def own_rows(node: ast.AST, place: Place) -> Found | None:
    """`SEE.filter(rows, actor)`, `SEE.column(actor)`, `SEE.rows(actor)`, `SEE.permits(actor, pk)`; the four themselves
    in Rule; the memberships that are current."""
    name = called(node)
    if place.within("Rule"):
        return None if not isinstance(node, ast.Return) else _of_rule(place)
    if not name or not isinstance(node.func, ast.Attribute):
        return None
    if name == "filter" and len(node.args) == 2 and not node.keywords:
        return Found(Kind.ROWS, lambda made, key: ask("all_rows", key, made.func, *made.args))
    if name == "column" and len(node.args) == 1:
        return Found(Kind.OFFER, lambda made, key: ask("always", key, made.func, *made.args))
    if name == "rows" and len(node.args) == 1 and last_name(node.args[0]).lower() in ("actor", "system"):
        return Found(Kind.ROWS, otherwise(EVERY_ROW))
    if name == "permits" and not _in_a_test(node, place):
        return Found(Kind.OFFER, or_gone)
    if name == "current" and last_name(node.func.value) == "memberships":
        return Found(Kind.ROWS, lambda made, key: ast.IfExp(
            ask("stands", key), made, ast.Call(ast.Attribute(deepcopy(made.func.value), "all", ast.Load()), [], [])
        ))  # fmt: skip
    return None


def _of_rule(place: Place) -> Found | None:
    def put(instead: str):
        return lambda made, key: ast.Return(ast.IfExp(ask("stands", key), made.value, expression(instead)()))

    if place.within("permits"):
        return Found(Kind.RULE, put("True"))
    if place.within("filter"):
        return Found(Kind.ROWS, put("queryset"))
    return None


def _in_a_test(node: ast.AST, place: Place) -> bool:
    """Found as the refusal that it leads to."""
    tests = [each.test for each in place.above if isinstance(each, ast.If)]
    return any(node in ast.walk(test) for test in tests)


def named_role(node: ast.AST, place: Place) -> Found | None:
    """`actor.role in SEE.table`: what is shown or offered to those whom a rule names."""
    if not isinstance(node, ast.Compare) or last_name(node.comparators[0]) != "table":
        return None
    if isinstance(node.ops[0], ast.In):
        return Found(Kind.OFFER, or_gone)
    return Found(Kind.OFFER, and_stands)


def view(node: ast.AST, place: Place) -> Found | None:
    """@page(rule), @listing(rule), @for_roles(rule), @open_to(SIGNED_IN), and an address that says SIGNED_IN itself."""
    name = called(node)
    signed_in = name and any(last_name(each) == "SIGNED_IN" for each in node.args)
    if name == "open_to" and signed_in:
        return Found(Kind.VIEW, lambda made, key: ask("open_to", key, made), _of_view(node, place))
    if name == "page" and signed_in:
        return Found(Kind.VIEW, lambda made, key: ask("pattern", key, made))
    if name in ("page", "listing", "for_roles") and isinstance(place.parent, ast.FunctionDef):
        put = lambda made, key: ask(name, key, made, deepcopy(made.args[0]))  # noqa: E731
        return Found(Kind.VIEW, put, _of_view(node, place))
    return None


def _of_view(node: ast.AST, place: Place) -> str:
    return f"@{ast.unparse(node)} {getattr(place.parent, 'name', '')}"


def door(node: ast.AST, place: Place) -> Found | None:
    """In the middleware: sent elsewhere first, and signed out."""
    if not place.file.endswith("/middleware.py"):
        return None
    if called(node) == "lead":
        return Found(Kind.DOOR, otherwise(expression("None")))
    if isinstance(node, ast.Expr) and called(node.value) == "logout":
        return Found(Kind.DOOR, only_if_it_stands)
    if isinstance(node, ast.Compare) and "settings.SESSION_" in ast.unparse(node):
        return Found(Kind.DOOR, and_stands)
    return None


def account(node: ast.AST, place: Place) -> Found | None:
    """What an account must be to sign in, each by itself."""
    one_of_two = isinstance(node, ast.expr) and isinstance(place.parent, ast.BoolOp) and len(place.above) > 1
    if place.name.endswith("Backend.user_can_authenticate") and one_of_two and isinstance(place.above[-2], ast.Return):
        return Found(Kind.DOOR, or_gone)
    if place.name.endswith(("can_delete_authenticator", "is_open_for_signup")) and isinstance(node, ast.Return):
        return Found(
            Kind.DOOR, lambda made, key: ast.Return(ast.IfExp(ask("stands", key), made.value, ast.Constant(True)))
        )
    if place.name.endswith("missing_step") and isinstance(node, ast.Return) and "mfa_" in ast.unparse(node):
        return Found(
            Kind.DOOR, lambda made, key: ast.Return(ast.IfExp(ask("stands", key), made.value, ast.Constant("")))
        )
    return None


FINDERS = [entry, nothing, view, condition, own_rows, named_role, door, account]
