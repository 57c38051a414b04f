"""How the table of addresses says what each person gets."""

from typing import NamedTuple

from tests.nets.people import by, public


class Row(NamedTuple):
    route: str
    address: str
    get: dict
    post: dict


SIGNED_IN = by(200)
NEVER = by(405)  # no such method: said to everyone who has signed in, before anything is looked up
NO_ONE = public(405)


def form(route, address, **said):
    """A form: an empty sending is refused in words (422) for whoever may see the form."""
    rest = said.pop("rest", 404)
    return Row(route, address, by(rest, **said), by(rest, **{who: 422 if n == 200 else n for who, n in said.items()}))


def admins(route, address, rest=404):
    """A form of the administrator's."""
    return form(route, address, rest=rest, administrator=200)
