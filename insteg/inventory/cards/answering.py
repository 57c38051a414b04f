"""What an organisation reads while it answers what it was asked for, one row after another (R13)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.inventory.cards.planned import Banner
from insteg.inventory.cards.ways import way_to
from insteg.inventory.judgement import facts_in_words
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.answering import WAITING_LIST, Walk
from insteg.ui import figures


def list_of_asked() -> str:
    return reverse("inventory:list") + WAITING_LIST


def banner(walk: Walk) -> Banner:
    """Of a walk that something waits in."""
    count = len(walk.facts)
    title = ngettext("Din tur: svara om en upphandling", "Din tur: svara om %(count)s upphandlingar", count)
    easy = _("Vet ni inte, kryssa i ”vet inte”: det är också ett svar.")
    text = f"{by_when(walk)} {easy}".strip()
    first = walk.first()
    href, button = (way_to(first), _("Svara")) if first else ("", "")
    return Banner("accent", "circle-question-mark", title % {"count": figures.grouped(count)}, text, href, button)


def by_when(walk: Walk) -> str:
    if walk.wanted_by is None:
        return ""
    day = figures.due(walk.wanted_by, clock.today())
    return _("Upphandlingsenheten vill ha svar senast %(day)s.") % {"day": day}


def title(walk: Walk, planned: PlannedProcurement) -> str:
    """`Svara: 2 av 7`; without a number for what nobody waits for any more."""
    number = walk.number(planned)
    if not number:
        return _("Svara på frågan")
    return _("Svara: %(number)s av %(count)s") % {"number": number, "count": figures.grouped(len(walk.rows))}


def lead(walk: Walk, planned: PlannedProcurement) -> str:
    facts = walk.facts.get(planned.pk)
    if not facts:
        return _("Frågan är besvarad. Här går det att rätta svaret.")
    said = _("Upphandlingsenheten frågar efter %(facts)s. Vet ni inte, kryssa i ”vet inte”: det är också ett svar.")
    return said % {"facts": facts_in_words(facts)}


def saved_in_words(planned: PlannedProcurement, now: Walk) -> str:
    """What became of one that was saved, and whether more waits."""
    facts = now.facts.get(planned.pk)
    if facts:
        said = _("”%(title)s” är sparad men väntar fortfarande på svar om %(facts)s.")
        return said % {"title": planned.title, "facts": facts_in_words(facts)}
    if now.facts:
        return _("”%(title)s” är besvarad.") % {"title": planned.title}
    return _("”%(title)s” är besvarad. Nu är alla frågor besvarade.") % {"title": planned.title}
