"""What the found guards are wrapped in. Every guard stands, but the one that is removed; who is asked is remembered.

`stands` is asked at the last moment, when the guard is about to refuse: a test that never asks could not tell whether
the guard was there.
"""

from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import replace
from functools import update_wrapper, wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

ASKED: set[str] = set()
REMOVED: list[str] = []  # one at most


def stands(key: str) -> bool:
    ASKED.add(key)
    return key not in REMOVED


def everything(key: str, rows: Callable[[Any], Q]) -> Callable[[Any], Q]:
    """A role's entry in the table of a rule; every row when it is removed."""
    return lambda actor: rows(actor) if stands(key) else Q()


def all_rows(key: str, rule_filter: Any, rows: Any, actor: Any) -> Any:
    return rule_filter(rows, actor) if stands(key) else rows


def always(key: str, column: Any, actor: Any) -> Any:
    """The right as a column: true for every row when it is removed."""
    if stands(key):
        return column(actor)
    return Exists(column.__self__.model._base_manager.filter(pk=OuterRef("pk")))


def also_nothing(key: str, also: Callable[..., Any]) -> Callable[..., Any]:
    """What an action locks and names in the log beside its own row."""
    return lambda row: also(row) if stands(key) else []


def met(key: str, guard: Any) -> Any:
    """A condition on an arrow, met by every row when it is removed."""
    return replace(guard, met=lambda: guard.met() if stands(key) else Q())


def validator(key: str, check: Any) -> Any:
    def checked(value: Any) -> None:
        try:
            check(value)
        except ValidationError:
            if stands(key):
                raise

    if not hasattr(check, "deconstruct"):
        return wraps(check)(checked)
    switched = copy(check)  # of its own kind still: fields ask for the limits of what they are given
    switched.__class__ = type(type(check).__name__, (type(check),), {"__call__": lambda self, value: checked(value)})
    return switched


class View:
    """A view with its check or without. `access` is what the middleware reads of it."""

    def __init__(self, key: str, checked: Any, bare: Any, bare_access: Any = None) -> None:
        self.key, self.checked, self.bare, self.bare_access = key, checked, bare, bare_access
        update_wrapper(self, checked)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return (self.checked if stands(self.key) else self.bare)(*args, **kwargs)

    @property
    def access(self) -> Any:
        return self.checked.access if self.bare_access is None or stands(self.key) else self.bare_access

    @access.setter
    def access(self, value: Any) -> None:
        """Copied with the view's other attributes, and known already."""


def page(key: str, decorate: Any, rule: Any) -> Any:
    def decorated(view: Any) -> View:
        def bare(request: Any, pk: Any, **kwargs: Any) -> Any:
            row = rule.model._default_manager.filter(pk=pk).first()
            if row is None:
                raise Http404
            row.may_do = True
            return view(request, row, **kwargs)

        return View(key, decorate(view), bare)

    return decorated


def listing(key: str, decorate: Any, rule: Any) -> Any:
    return lambda view: View(
        key, decorate(view), lambda request, **kwargs: view(request, rule.model._default_manager.all(), **kwargs)
    )


def for_roles(key: str, decorate: Any, rule: Any) -> Any:
    return lambda view: View(key, decorate(view), view)


def open_to(key: str, decorate: Any) -> Any:
    """For everyone when it is removed."""
    from insteg.access.rules import PUBLIC

    return lambda view: View(key, checked := decorate(view), checked, PUBLIC)


def pattern(key: str, made: Any) -> Any:
    """An address that says by itself who may open it."""
    from insteg.access.rules import PUBLIC

    made.callback = View(key, made.callback, made.callback, PUBLIC)
    return made


NAMES = {
    f"guard_{each.__name__}": each
    for each in (
        stands, everything, all_rows, always, also_nothing, met, validator, page, listing, for_roles, open_to, pattern,
        suppress,
    )
}  # fmt: skip
