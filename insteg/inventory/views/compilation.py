from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from insteg.access.actor import Role
from insteg.access.views import Request, listing
from insteg.codes.queries import division_choices
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.cards import compilation as cards
from insteg.inventory.cards import compilation_tables as table_cards
from insteg.inventory.cards.board import capital
from insteg.inventory.cards.gaps import gaps_of
from insteg.inventory.cards.timeline import timeline_of
from insteg.inventory.forms.compilation import CompilationForm
from insteg.inventory.models import InventoryRound
from insteg.inventory.queries import compilation_reading as queries
from insteg.inventory.queries.compilation import Horizon
from insteg.inventory.queries.compilation_reading import Reading
from insteg.inventory.queries.narrowing import divisions_of
from insteg.inventory.queries.occupations import by_occupation
from insteg.inventory.queries.planned import Planned, organisation_choices
from insteg.inventory.timeline import MOST_ROWS
from insteg.ui.pages import address_of


@listing(access.SEE)
def compilation(request: Request, planned: Planned) -> HttpResponse:
    """What is coming, as one picture: for those who see the whole city the whole, for a buyer its own (R13)."""
    form, reading = reading_of(request, planned)
    if reading.figures.whole.total:
        context = page_of(request, form, reading)
    else:
        context = {"empty": cards.empty(reading, narrowed=form.narrowed())}
    context |= {
        "form": form,
        "left_out": form.left_out(),
        "title": cards.title(reading),
        "crumb": _("Sammanställning"),
        "meta": cards.meta(reading),
        "round": reading.round,
        "round_name": capital(str(reading.round)),
        "clear": cards.address({"runda": reading.chosen.get("runda")}) if form.narrowed() else "",
        "may_see_board": request.actor.role in access.SEE_BOARD.table,
    }
    return render(request, "inventory/compilation/page.html", context)


def reading_of(request: Request, planned: Planned) -> tuple[CompilationForm, Reading]:
    """What the address asks for, for the page and for the files."""
    rounds = queries.rounds_to_choose(request.actor)
    asked = chosen_round(request, rounds)
    own = request.actor.organisation_id if request.actor.role == Role.PROCURING else None
    named = dict(division_choices())
    form = CompilationForm(
        request.GET,
        organisations=organisation_choices(own),
        divisions=divisions_of(planned, named, request.GET.get("cpv", "")),
        named=named,
        occupations=queries.occupation_choices(planned),
        rounds=rounds,
        horizon=Horizon.of(asked, clock.today()),
    )
    return form, queries.read(planned, request.actor, form.chosen(), rounds, asked)


def chosen_round(request: Request, rounds: list[InventoryRound]) -> InventoryRound | None:
    """The one that the address names, or the newest."""
    named = request.GET.get("runda")
    return next((each for each in rounds if str(each.pk) == named), rounds[0] if rounds else None)


def page_of(request: Request, form: CompilationForm, reading: Reading) -> dict[str, Any]:
    found, href = reading.figures, address_of("inventory:detail")
    rows, divisions = queries.rows(reading.planned), form.divisions()
    timeline = timeline_of(found, rows, href)
    occupations = by_occupation(reading.planned, found.first_start_in_time)
    organisations = queries.names_of(found.organisations)
    one_organisation = len(organisations) == 1
    folded = not timeline.whole and not one_organisation
    return {
        "lead": cards.lead(found.whole),
        "findings": cards.findings(reading, queries.changed_since(reading)),
        "timeline": timeline,
        "picture_title": cards.picture_title(found.horizon),
        "most_rows": MOST_ROWS,
        "one_organisation": one_organisation,
        "part": form.in_words(),
        "legend": cards.legend(found.whole),
        "limit": cards.limit_in_words(reading),
        "gaps": gaps_of(found, reading.planned, request.actor, request.GET),
        "tables": table_cards.tables(reading, organisations, divisions, occupations, folded=folded),
        "heading": cards.heading(found.whole),
        "groups": table_cards.groups(reading, rows, divisions, href),
        "cut": cards.cut_in_words(found.whole, len(rows)),
        "list_url": cards.list_address(reading.chosen),
        "files": cards.files(reading),
    }
