"""What the group has decided on a planned procurement, on the page of that one: every decision stays (R32)."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Panel
from insteg.core import clock
from insteg.inventory.models import PlannedProcurement
from insteg.meetings import words
from insteg.steering import access
from insteg.steering.decision_wording import decided
from insteg.steering.models import Decision, FeedbackLine
from insteg.steering.queries.deciding import chain_of, on_an_agenda
from insteg.ui import figures


def panel(planned: PlannedProcurement, actor: Actor) -> Panel | None:
    """Every decision, the newest first, and where the group takes it up; None where there is neither. The links are
    those that the reader may open. As many queries however many decisions."""
    made, waiting = chain_of(planned.pk), on_an_agenda(planned.pk, actor)
    if not made and waiting is None:
        return None
    title = _("Styrgruppens beslut") if made else _("Styrgruppen beslutar")
    said = [in_words(each) for each in made]
    links = [*told_in(made, actor)]
    if waiting is not None:
        when = words.when_of(waiting.agenda.meeting)
        said.insert(0, _("Tas upp på styrgruppens möte %(when)s.") % {"when": when})
        links.insert(0, (reverse("steering:item", args=[waiting.pk]), _("Öppna punkten")))
    return Panel(title, said, links)


def in_words(decision: Decision) -> str:
    """`3 dec: Ställ krav: praktik, två platser. Mot förslaget. Många söker. 4 närvarande.`"""
    count = len(decision.present)
    there = ngettext("%(count)s närvarande.", "%(count)s närvarande.", count) % {"count": count}
    told = [f"{figures.day(localdate(decision.created_at), clock.today())}: {decided(decision)}"]
    if decision.is_against_the_proposal:
        told.append(_("Mot förslaget."))
    if decision.reason:
        told.append(f"{decision.reason.rstrip('.')}.")
    told.append(there)
    if hasattr(decision, "followed_by"):
        told.append(_("Ersatt av ett senare beslut."))
    return " ".join(told)


def told_in(made: list[Decision], actor: Actor) -> list[tuple[str, str]]:
    """The feedback on the newest of them that the reader may read."""
    lines = access.SEE_LINE.filter(FeedbackLine.objects.filter(decision__in=made), actor)
    newest = lines.order_by("-decision__created_at", "pk").first() if made else None
    return [(reverse("steering:feedback", args=[newest.feedback_id]), _("Läs återkopplingen"))] if newest else []
