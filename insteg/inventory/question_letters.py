"""The letter that asks an organisation for what is missing: names of procurements and facts, nothing about anyone."""

import datetime as dt
from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.inventory.asking import Wanted
from insteg.inventory.judgement import facts_in_words
from insteg.inventory.letters import Letter
from insteg.organisations.models import Organisation
from insteg.ui import figures

NAMED = 20  # procurements in a letter; the rest stand in the list that it leads to
LONGEST = 120  # letters of a name, so that twenty are a letter and not a book


def facts_wanted(organisation: Organisation, wanted: Sequence[Wanted], wanted_by: dt.date | None) -> Letter:
    """As it reads for everyone who procures in the organisation, in the language at hand."""
    count = {"count": figures.grouped(len(wanted)), "organisation": organisation}
    subject = ngettext(
        "Uppgifter saknas för %(count)s upphandling", "Uppgifter saknas för %(count)s upphandlingar", len(wanted)
    )
    asked = ngettext(
        "Upphandlingsenheten behöver veta mer om %(count)s upphandling hos %(organisation)s för att kunna bedöma den:",
        "Upphandlingsenheten behöver veta mer om %(count)s upphandlingar hos %(organisation)s för att kunna bedöma "
        "dem:",
        len(wanted),
    )
    lines = [asked % count, "", *(line_of(each) for each in wanted[:NAMED])]
    if len(wanted) > NAMED:
        lines.append(_("och %(count)s till") % {"count": figures.grouped(len(wanted) - NAMED)})
    lines.append("")
    easy = _("Fyll i det ni vet. Svara ”vet inte” på resten: det är också ett svar.")
    if wanted_by is None:
        return Letter(subject % count, "\n".join([*lines, easy]))
    day = {"day": figures.day_long(wanted_by, clock.today())}
    due, by_when = _("svara senast %(day)s") % day, _("Svara senast %(day)s.") % day
    return Letter(f"{subject % count}: {due}", "\n".join([*lines, f"{by_when} {easy}"]))


def line_of(wanted: Wanted) -> str:
    return f"– {Truncator(wanted.row.title).chars(LONGEST)}: {facts_in_words(wanted.fields)}"
