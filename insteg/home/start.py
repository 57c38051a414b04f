"""Where to begin when nothing waits: said for each role, since an empty page should not leave anyone standing."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import NAVIGATION, Entry

HOME = "home:tasks"

# What a role can do next with the pages that it has; for those whose work is still to be built, what will come.
HINTS: dict[Role, Any] = {
    Role.PROCUREMENT_UNIT: _("Se vad förvaltningar och bolag har anmält, eller läs in en plan åt någon av dem."),
    Role.PROCURING: _("Ska ni köpa något de närmaste åren? Anmäl det, eller läs in den plan ni redan har."),
    Role.COACH: _("Se vad ni har svarat i inventeringarna, och vilka upphandlingar som är på väg."),
    Role.UNIT_MANAGER: _("Se vad ni har svarat i inventeringarna, och vilka upphandlingar som är på väg."),
    Role.STEERING: _("Se vilka upphandlingar som är på väg, och vad modellen föreslår om dem."),
    Role.ADMINISTRATOR: _("Håll organisationer, enheter och uppdrag aktuella. Bjud in dem som ska arbeta här."),
    Role.EMPLOYMENT_SERVICE: _(
        "Se hur arbetet går till. Här ska du kunna läsa styrgruppens underlag och ge råd om matchning. Det byggs ännu."
    ),
    Role.REFERRER: _(
        "Se hur arbetet går till. Här ska du kunna remittera personer till AME och SIA och se vad det gav. Det byggs"
        " ännu."
    ),
    Role.SUPPLIER: _(
        "Se hur arbetet går till. Här ska du kunna se vad era avtal kräver, beskriva platser och svara på frågor. Det"
        " byggs ännu."
    ),
    Role.GOAL_COORDINATOR: _(
        "Håll målen och deras årsmål aktuella. Här ska du kunna hämta siffrorna till årsredovisningen. Det byggs ännu."
    ),
}


def pages_of(actor: Actor) -> list[Entry]:
    """The menu's entries for the actor beyond this first page, in the menu's order."""
    entries = [entry for entry in NAVIGATION if actor.role in entry.roles and entry.url_name != HOME]
    return sorted(entries, key=lambda entry: entry.order)


def hint(actor: Actor) -> str:
    """Where the actor can begin; empty for a role that no person has."""
    return str(HINTS.get(actor.role, "")) if actor.role else ""
