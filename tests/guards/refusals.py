"""Whatever says no: in actions, views, forms and validators, when files are read and when a model is published."""

import ast

from tests.guards.guard import Kind
from tests.guards.place import Found, Place, and_stands, ask, called, last_name, only_if_it_stands, stands

SAYS_NO = {
    "Blocked": Kind.REFUSAL,
    "Refused": Kind.REFUSAL,
    "PermissionDenied": Kind.REFUSAL,
    "SwitchOffered": Kind.REFUSAL,
    "Http404": Kind.REFUSAL,
    "ImproperlyConfigured": Kind.REFUSAL,
    "Stale": Kind.VERSION,
    "ValidationError": Kind.CHECK,
    "Unreadable": Kind.FILE,
    "NoAgreement": Kind.FILE,
    "Damaged": Kind.FILE,
}
PUBLISHING = "process/queries/design.py"
OF_FAULTS = ("faults_of", "faults_of_ways", "faults_of_moves", "fault_of_guard", "without_part", "unmanned")
SHOWS_FAULTS = "audit/forms.py"  # which others have found
CHECKS = ("full_clean", "clean_fields", "validate_constraints", "run_validators")


def said_by(node: ast.AST) -> Kind | None:
    """Which kind of no the statement is."""
    if isinstance(node, ast.Raise) and node.exc is not None:
        names = [last_name(each) for each in ast.walk(node.exc)]
        return next((SAYS_NO[name] for name in names if name in SAYS_NO), None)
    if isinstance(node, ast.Expr) and called(node.value) == "add_error":
        return Kind.CHECK
    if isinstance(node, ast.Return) and called(node.value) in ("respond_user_inactive", "hidden", "render_to_response"):
        refused = "status=4" in ast.unparse(node) or called(node.value) == "respond_user_inactive"
        return Kind.REFUSAL if refused else None
    return None


def of_body(body: list[ast.stmt]) -> Kind | None:
    return next((kind for statement in body if (kind := said_by(statement))), None)


def with_condition(node: ast.AST, place: Place) -> Found | None:
    """`if …: raise Blocked(…)` and its like, never met when it is removed."""
    kind = of_body(node.body) if isinstance(node, ast.If) else None
    if kind is None or (kind == Kind.CHECK and place.file.endswith(SHOWS_FAULTS)):
        return None
    if "ratelimit" in ast.unparse(node.test):
        kind = Kind.THROTTLE
    return Found(kind, _never, f"if {ast.unparse(node.test)}: {ast.unparse(node.body[-1])}")


def _never(node: ast.If, key: ast.Constant) -> ast.If:
    return ast.If(and_stands(node.test, key), node.body, node.orelse)


def by_itself(node: ast.AST, place: Place) -> Found | None:
    """`raise Refused` with its condition elsewhere: in an else, after an except."""
    kind = said_by(node)
    parent = place.parent
    if kind is None or isinstance(node, ast.Return) or (kind == Kind.CHECK and place.file.endswith(SHOWS_FAULTS)):
        return None
    if isinstance(parent, ast.If) and node in parent.body:
        return None
    return Found(kind, only_if_it_stands)


def sentence(node: ast.AST, place: Place) -> Found | None:
    """What is wrong with a draft, when it is to be published."""
    if not place.file.endswith(PUBLISHING) or not isinstance(node, ast.If) or not place.within(*OF_FAULTS):
        return None
    told = [each for each in node.body if isinstance(each, ast.Expr) and isinstance(each.value, ast.Yield)]
    listed = [each for each in node.body if isinstance(each, ast.Return) and isinstance(each.value, ast.List)]
    if not told and not listed:
        return None
    return Found(Kind.FAULT, _never, f"if {ast.unparse(node.test)}: {ast.unparse(node.body[-1])}")


def asked_of_the_row(node: ast.AST, place: Place) -> Found | None:
    """The fields' own checks and the constraints, where the code asks for them."""
    if isinstance(node, ast.Expr) and called(node.value) in CHECKS:
        return Found(Kind.CHECK, only_if_it_stands)
    return None


def validator(node: ast.AST, place: Place) -> Found | None:
    parent = place.parent
    if not isinstance(parent, ast.List) or node not in parent.elts:
        return None
    holder = place.above[-2]
    named = isinstance(holder, ast.keyword) and holder.arg == "validators"
    if not named and not called(node).endswith("Validator"):
        return None
    field = next((ast.unparse(each.targets[0]) for each in place.above if isinstance(each, ast.Assign)), "")
    return Found(Kind.CHECK, lambda made, key: ask("validator", key, made), f"{field}: {ast.unparse(node)}")


def of_arrow(node: ast.AST, place: Place) -> Found | None:
    """A condition that an administrator hangs on an arrow: `guard("key", met, …)` in a room's list of them."""
    named = called(node).lower() == "guard" and node.args and isinstance(node.args[0], ast.Constant)
    if not named:
        return None
    text = f"{node.args[0].value}: {ast.unparse(node.args[1])}"
    return Found(Kind.ARROW, lambda made, key: ask("met", key, made), text)


def in_the_way(node: ast.AST, place: Place) -> Found | None:
    """What stands in the way of an arrow: items left to answer, conditions not met."""
    if place.name == "obstacles" and isinstance(node, ast.ListComp):
        empty = lambda made, key: ast.IfExp(stands(key), made, ast.List([], ast.Load()))  # noqa: E731
        return Found(Kind.ARROW, empty)
    return None


FINDERS = [with_condition, by_itself, sentence, asked_of_the_row, validator, of_arrow, in_the_way]
