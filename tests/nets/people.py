"""How the tables of the nets say what each person gets."""

from tests.town import PEOPLE

ROLES = {str(role) for role, _, _ in PEOPLE.values()}
# Those inside the city who read what is coming. Used as by(403, **CITY).
CITY = dict.fromkeys(("procurement_unit", "procuring", "coach", "unit_manager", "steering"), 200)


def by(rest, *, stranger=302, **said):
    """{person: answer}: `rest` for everyone but those who are named, by role or, which wins, by name.

    by(403, administrator=200, admin2=404). The stranger, who has not signed in, is sent to sign in.
    """
    unknown = said.keys() - ROLES - PEOPLE.keys()
    if unknown:
        raise TypeError(f"nobody in the town is called {sorted(unknown)}")
    answers = {name: said.get(name, said.get(str(role), rest)) for name, (role, _, _) in PEOPLE.items()}
    return {None: stranger, **answers}


def public(answer, **said):
    """The same for everyone, also without signing in."""
    return by(answer, stranger=answer, **said)


def reach(**said):
    """{person: labels of the rows reached}: nothing for everyone but those who are named."""
    found = by("", stranger="", **said)
    return {name: set(labels.split()) for name, labels in found.items() if name}
