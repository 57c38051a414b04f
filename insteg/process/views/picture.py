from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request, listing
from insteg.documents.responses import attachment
from insteg.process import access
from insteg.process.cards.picture import Board, picture_of, picture_svg
from insteg.process.models import ProcessQuerySet
from insteg.process.queries.picture import Model, model, tallies


def address(kind: str, key: str) -> str:
    return reverse("process:step", args=[kind, key])


def board(found: Model) -> Board:
    return picture_of(found, tallies(), address)


@listing(access.SEE_PROCESS)
def picture(request: Request, processes: ProcessQuerySet) -> HttpResponse:
    found = model(processes.in_force())
    context = {
        "board": board(found),
        "changed": max((each.published_at for each in found.processes), default=None),
        "may_see_rules": request.actor.role in access.SEE.table,
    }
    return render(request, "process/picture.html", context)


@listing(access.SEE_PROCESS)
def picture_file(request: Request, processes: ProcessQuerySet) -> HttpResponse:
    svg = picture_svg(board(model(processes.in_force())), _("Arbetsmodellen: vem gör vad, och när"))
    return attachment(svg.encode(), "arbetsmodellen.svg", "image/svg+xml")
