from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.access.catalogues import Task
from insteg.audit import access
from insteg.audit.models import LogCheck
from insteg.audit.verifying import stopped_since

WHAT_TO_DO = "#nar-loggen-inte-stammer"


def tasks(actor: Actor) -> Iterator[Task]:
    """For whoever sees to the product: the log was tampered with, or is not sealed any longer."""
    if actor.role not in access.SEE.table:
        return
    chapter = reverse("home:chapter", args=["administrera"]) + WHAT_TO_DO
    check = access.SEE.filter(LogCheck.objects.all(), actor).order_by("-pk").first()
    if check and check.faults:
        yield Task(_("Loggen stämmer inte: be den som sköter driften att titta"), chapter, since=localdate(check.at))
    stopped = stopped_since()
    if stopped:
        yield Task(_("Loggen förseglas inte: be den som sköter driften att titta"), chapter, since=localdate(stopped))
