"""The verbs of the room: publish, change, end and resume a need, and confirm all of a unit's at once (R67)."""

from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.needs import access
from insteg.needs.models import PublishedNeed
from insteg.needs.queries import seal_of
from insteg.organisations.models import Unit

FACTS = ("occupation", "other_occupation", "form", "places", "people", "wanted_from", "note")


@action("needs.publish", access.PUBLISH)
def publish(unit: Unit, *, actor: Actor, **facts: Any) -> PublishedNeed:
    """A new need of the unit's. `facts` are named as in FACTS; an occupation, a form, places and people are needed."""
    need = PublishedNeed(unit=unit)
    set_facts(need, facts)
    return insert(need)


@action("needs.change", access.CHANGE)
def change(need: PublishedNeed, *, actor: Actor, **facts: Any) -> None:
    set_facts(need, facts)
    need.confirmed_at = clock.now()


@action("needs.end", access.CHANGE)
def end(need: PublishedNeed, *, actor: Actor) -> None:
    """Needed no more. It stays among the ended ones and can be resumed."""
    need.ended_at = clock.now()


@action("needs.resume", access.RESUME)
def resume(need: PublishedNeed, *, actor: Actor) -> None:
    need.ended_at, need.confirmed_at = None, clock.now()


def current_needs(unit: Unit) -> list[BaseModel]:
    """Locked, in the order of their keys, so that two who take them cannot wait for one another."""
    return [*PublishedNeed.objects.current().filter(unit=unit).order_by("pk").select_for_update(no_key=True)]


@action("needs.confirm", access.PUBLISH, also=current_needs)
def confirm(unit: Unit, *, actor: Actor, shown: str) -> None:
    """All current needs of the unit hold as they were shown. `shown` is their seal (queries.seal_of).

    Blocked when there are none, or when somebody changed one meanwhile.
    """
    confirm_as_shown(unit, shown)


def confirm_as_shown(unit: Unit, shown: str) -> list[PublishedNeed]:
    """For an action that has locked the unit's needs. Returns them."""
    needs = [*PublishedNeed.objects.current().filter(unit=unit).order_by("pk")]
    if seal_of(needs) != shown:
        raise Blocked(_("Någon har ändrat behoven sedan du öppnade sidan. Läs igenom dem, och skicka igen."))
    PublishedNeed.objects.filter(pk__in=[need.pk for need in needs]).update(confirmed_at=clock.now())
    return needs


def set_facts(need: PublishedNeed, facts: dict[str, Any]) -> None:
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise TypeError(f"no facts of a need: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(need, name, value)
