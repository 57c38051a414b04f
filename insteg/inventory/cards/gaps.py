"""What is missing in the compilation, in words: which facts, whose, what has been asked and what came (R13)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.asking import lacked
from insteg.inventory.cards.board import capital
from insteg.inventory.judgement import LABELS
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.compilation import Compilation, Gap
from insteg.inventory.queries.planned import Planned
from insteg.inventory.queries.questions import AskedFor, Lack, lacking, lacks_of, what_came
from insteg.organisations.models import Organisation
from insteg.ui import figures

FACT = "uppgift"  # in the address: a fact to ask for

# Whole sentences, since a fact is called one thing in a list and another after a verb.
LACKS: dict[str, Callable[[int], str]] = {
    "nature": lambda n: ngettext("%(count)s saknar slag", "%(count)s saknar slag", n),
    "extent_known": lambda n: ngettext("%(count)s saknar omfattning", "%(count)s saknar omfattning", n),
    "months": lambda n: ngettext("%(count)s saknar avtalstid", "%(count)s saknar avtalstid", n),
    "option_months": lambda n: ngettext(
        "%(count)s saknar möjlig förlängning", "%(count)s saknar möjlig förlängning", n
    ),
    "fte": lambda n: ngettext("%(count)s saknar antal årsarbetare", "%(count)s saknar antal årsarbetare", n),
    "start": lambda n: ngettext("%(count)s saknar avtalsstart", "%(count)s saknar avtalsstart", n),
}


class Row(NamedTuple):
    """A fact that judgements lack. `href` and `title` name the only procurement that lacks it; empty when several do.

    `button` is empty for those who cannot do anything about it, and `first` for the one button that is filled.
    """

    what: str
    where: str
    title: str
    href: str
    notes: list[str]
    button: str
    button_href: str
    first: bool


def gaps_of(compilation: Compilation, planned: Planned, actor: Actor, query: QueryDict) -> list[Row]:
    """The widest first. `planned` is what `compilation` counts, `query` the page's filter. At most four queries."""
    if not compilation.gaps:
        return []
    lacks, came = lacks_of(planned), what_came(planned)
    whose = Organisation.objects.in_bulk([key for gap in compilation.gaps for key in gap.by_organisation])
    alone = single_rows(compilation.gaps, planned)
    rows: list[Row] = []
    for gap in compilation.gaps:
        unknown = sum(lack.count for lack in lacks if gap.field in lack.unknown.intersection(lack.facts))
        asked = came.get(gap.field)
        to_ask = gap.total > unknown + (asked.waits if asked else 0)
        widest = compilation.gaps[0] if to_ask and actor.role in access.ASK_FOR_FACTS.table else gap
        facts = together(gap, widest, lacks)
        rows.append(
            row_of(
                gap, where(gap, facts, whose), alone.get(gap.field), notes(asked, unknown, gap.total), actor, query,
                facts, first=to_ask and not any(each.first for each in rows),
            )
        )  # fmt: skip
    return rows


def row_of(
    gap: Gap, told: str, alone: PlannedProcurement | None, notes: list[str], actor: Actor, query: QueryDict,
    facts: Sequence[str], *, first: bool,
) -> Row:  # fmt: skip
    button, address = button_of(gap, actor, query, facts)
    return Row(
        LACKS[gap.field](gap.total) % {"count": figures.grouped(gap.total)},
        str(alone.organisation) if alone else told,
        alone.title if alone else "",
        reverse("inventory:detail", args=[alone.pk]) if alone else "",
        notes, button, address, first,
    )  # fmt: skip


def single_rows(gaps: Sequence[Gap], planned: Planned) -> dict[str, PlannedProcurement]:
    """{fact: the procurement} for facts that only one lacks."""
    names = [gap.field for gap in gaps if gap.total == 1]
    if not names:
        return {}
    found = lacking(planned, names).select_related("organisation").order_by("pk")
    return {name: row for row in found for name in names if name in lacked(row)}


def together(gap: Gap, widest: Gap, lacks: Sequence[Lack]) -> list[str]:
    """The facts to ask for in one question: this one, with the widest where all that lack this lack that too.

    `widest` is the gap itself where nothing is to be asked: then it concerns nobody that one question would do.
    """
    all_lack_both = all(widest.field in lack.facts for lack in lacks if gap.field in lack.facts)
    return [widest.field, gap.field] if gap is not widest and all_lack_both else [gap.field]


def where(gap: Gap, facts: Sequence[str], whose: Mapping[UUID, Organisation]) -> str:
    """How many at each organisation, most first; or that asking for the widest is to ask for this as well."""
    if len(facts) > 1:
        said = _("Alla saknar också %(fact)s, så det räcker med en fråga.")
        return said % {"fact": LABELS[facts[0]]()}
    by_name = Counter({str(whose[key]): count for key, count in gap.by_organisation.items()})
    ordered = sorted(by_name.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name}{figures.NBSP}{figures.grouped(count)}" for name, count in ordered)


def notes(asked: AskedFor | None, unknown: int, total: int) -> list[str]:
    """What has been asked and come, and what the organisations have said that they do not know."""
    told = [asked_in_words(asked)] if asked else []
    if unknown:
        count = {"count": figures.grouped(unknown)}
        if unknown == total:
            told.append(_("Organisationerna har sagt att de inte vet än."))
        else:
            told.append(
                ngettext(
                    "För %(count)s upphandling har organisationen sagt att den inte vet än.",
                    "För %(count)s upphandlingar har organisationen sagt att den inte vet än.",
                    unknown,
                ) % count
            )  # fmt: skip
    return told


def asked_in_words(asked: AskedFor) -> str:
    """`Frågades 19 nov om 15 upphandlingar: 3 är klara, 12 har inte svarat än.` Of several days it says both ends."""
    if asked.first_on == asked.asked_on:
        about = ngettext(
            "Frågades %(day)s om %(count)s upphandling:", "Frågades %(day)s om %(count)s upphandlingar:", asked.total
        )
    else:
        about = _("Frågades om %(count)s upphandlingar, först %(first)s och senast %(day)s:")
    today = clock.today()
    about %= {
        "day": figures.day_near(asked.asked_on, today), "first": figures.day_near(asked.first_on, today),
        "count": figures.grouped(asked.total),
    }  # fmt: skip
    parts = [
        (asked.settled, _("uppgiften har kommit för %(count)s")),
        (asked.unknown, _("”vet inte” för %(count)s")),
        (asked.waits, _("inget svar än för %(count)s")),
    ]
    return f"{about} {', '.join(said % {'count': figures.grouped(count)} for count, said in parts if count)}."


def button_of(gap: Gap, actor: Actor, query: QueryDict, facts: Sequence[str]) -> tuple[str, str]:
    """(its words, where it leads): for UE to ask, for those who report to fill in."""
    if actor.role == Role.PROCURING:
        return _(
            "Fyll i"
        ), f"{reverse('inventory:list')}?{'year=none' if gap.field == 'start' else 'proposal=needs_facts'}"
    if actor.role not in access.ASK_FOR_FACTS.table:
        return "", ""
    asked = query.copy()
    asked.setlist(FACT, list(facts))
    words = _("Ta med i frågan") if len(facts) > 1 else _("Be om %(fact)s") % {"fact": LABELS[gap.field]()}
    return words, f"{reverse('inventory:ask_for_facts')}?{asked.urlencode()}"


def asked_before(came: Mapping[str, AskedFor]) -> list[tuple[str, str]]:
    """(fact, what has become of it) for the page where one asks."""
    return [(capital(LABELS[name]()), asked_in_words(asked)) for name, asked in came.items()]
