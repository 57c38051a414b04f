"""Where someone is signed in. allauth keeps a row for each session; ending it removes the session itself."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from insteg.organisations.models import User

# The first word that is found names it; most browsers also call themselves those further down.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS": "Mac", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A browser in which someone is signed in, as it is shown to them."""

    pk: int
    device: str
    ip: str
    begun_at: datetime
    seen_at: datetime
    here: bool


def device(user_agent: str) -> str:
    """`Firefox, Windows` of what a browser says of itself. A guess for recognition, never for decisions."""
    named = [next((name for word, name in words.items() if word in user_agent), "") for words in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named)) or _("Okänd webbläsare")


def places(user: User, key: str | None) -> list[Place]:
    """Where the person is signed in, the one with session key `key` first and then the latest used."""
    found = [place(row, key) for row in UserSession.objects.purge_and_list(user)]
    return sorted(found, key=lambda p: (not p.here, -p.seen_at.timestamp()))


def place(row: UserSession, key: str | None) -> Place:
    stored: Any = import_module(settings.SESSION_ENGINE).SessionStore(row.session_key)
    seen = stored.get("seen")
    return Place(
        pk=row.pk,
        device=device(row.user_agent),
        ip=row.ip,
        begun_at=row.created_at,
        seen_at=datetime.fromtimestamp(seen, UTC) if seen else row.created_at,
        here=row.session_key == key,
    )


def move(session: SessionBase) -> None:
    """The session goes on under a new key, and keeps its place in the list of where one is signed in."""
    before = session.session_key
    session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=session.session_key)


def end(user: User, *, only: int | None = None, spare: str | None = None) -> int:
    """Ends the person's sessions, all or the one with id `only`, never the one with key `spare`. Says how many."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=spare or "")
    ended = [row for row in rows if only in (None, row.pk)]
    for row in ended:
        row.end()
    return len(ended)
