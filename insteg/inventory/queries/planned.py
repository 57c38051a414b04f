"""Reads that fill the pages. The same filters serve the list, the counts and the exports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, OrderBy, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.access.actor import Actor
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.judgement import LABELS, facts_in_words
from insteg.inventory.models import FAR_AWAY, PlannedProcurement
from insteg.organisations.models import Organisation, User

Planned = QuerySet[PlannedProcurement]
PAGE = 50
COUNTED = 1000  # counts are exact up to here; beyond, "fler än 1 000" costs no more
# What a search looks in, as one text: the same expression as that of the index planned_by_words (migrations/0002).
SEARCHED = Func(
    "title", Value(" "), "reference", Value(" "), "description",
    template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField(),
)  # fmt: skip


def order() -> list[OrderBy]:
    """By wanted start, those without one last; indexes planned_by_start and planned_by_organisation follow it."""
    return [OrderBy(Coalesce("start", FAR_AWAY)), OrderBy(F("pk"))]


def for_the_list(planned: Planned) -> Planned:
    """With what a line of the list shows and no more: long texts and lists of codes take time to fetch."""
    named = planned.annotate(organisation_name=F("organisation__name"), joint_title=F("merged_into__title"))
    return named.prefetch_related("rule_set").only(
        "title", "nature", "nature_inferred", "cpv", "extent_known", "framework", "value_min",
        "value_max", "months", "option_months", "fte", "start", "unknown_fields", "proposal", "rule_set",
        "merged_into", "places", "places_set",
    )  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What a filtered list amounts to, in words. `more` when there are more than could be counted cheaply.

    `joined` are bought through another: those that suit and those that do not are counted without them.
    """

    total: int
    more: bool
    suitable: int
    needs_facts: int
    not_suitable: int
    joined: int = 0

    @classmethod
    def of(cls, planned: Planned) -> "Finding":
        proposals = PlannedProcurement.Proposal.values
        each = {name: Count("pk", filter=Q(proposal=name, merged_into=None)) for name in proposals}
        joined = Count("pk", filter=Q(merged_into__isnull=False))
        counts = planned.order_by()[: COUNTED + 1].aggregate(**each, joined=joined)
        total = sum(counts.values())
        return cls(min(total, COUNTED), total > COUNTED, *(counts[name] for name in proposals), counts["joined"])


@dataclass(frozen=True)
class Event:
    """A line of a row's history: when, who, what."""

    at: Any
    who: str
    what: str
    fields: list[str]


def history(planned: PlannedProcurement) -> list[Event]:
    """What has happened to it, newest first (R14). Two queries however long it is."""
    entries = list(
        Entry.objects.filter(subjects__row=planned.pk, subjects__model=planned._meta.label, action__in=[*WORDS])
        .exclude(action="inventory.change", changed=[])  # saved without a change
        .order_by("-pk")[:50]
    )
    people = {str(user.pk): user.name for user in User.objects.filter(pk__in=member_ids(entries))}
    last = next((entry.pk for entry in entries if of_the_unknown(entry)), None)
    found = []
    for entry in entries:
        unknown = said_not_to_know(planned) if entry.pk == last else ""
        fields = changed(entry)
        if fields and unknown:
            fields.append(_("”vet inte” om %(facts)s") % {"facts": unknown})
        found.append(Event(entry.at, people.get(entry.actor_id, _("Systemet")), told(entry, unknown), fields))
    return found


def of_the_unknown(entry: Entry) -> bool:
    """Whether somebody said that something is not known, or no longer said so."""
    return entry.action == "inventory.change" and "unknown_fields" in entry.changed


def said_not_to_know(planned: PlannedProcurement) -> str:
    return facts_in_words(name for name in LABELS if name in planned.unknown_fields)


def member_ids(entries: list[Entry]) -> set[str]:
    return {entry.actor_id for entry in entries if entry.actor_kind == "member"}


# Every action that tells of a planned procurement in the log: what its history says of it. No other is shown. Rooms
# above add their own as they begin.
WORDS = {
    "inventory.report": gettext_lazy("Anmäld"),
    "inventory.plan_renewal": gettext_lazy("Anmäld, följer på ett avtal som löper ut"),
    "inventory.link_renewal": gettext_lazy("Sägs följa på ett avtal som löper ut"),
    "inventory.unlink_renewal": gettext_lazy("Sägs inte längre följa på ett avtal"),
    "inventory.save_plan": gettext_lazy("Anmäld, läst ur ett kalkylblad"),
    "inventory.change": gettext_lazy("Ändrad"),
    "inventory.withdraw": gettext_lazy("Dragen tillbaka"),
    "inventory.reinstate": gettext_lazy("Återtagen"),
    "inventory.confirm_rows": gettext_lazy("Bekräftad"),
    "inventory.join": gettext_lazy("Slogs ihop med andra till en gemensam upphandling"),
    "inventory.begin_joint": gettext_lazy("Slogs ihop med andra till en ny gemensam upphandling"),
    "inventory.separate": gettext_lazy("Skildes ur den gemensamma upphandlingen"),
    "inventory.set_places": gettext_lazy("Antal platser bestämt"),
    "inventory.follow_reckoning": gettext_lazy("Antal platser följer räkningen igen"),
    "inventory.ask_for_facts": gettext_lazy("Upphandlingsenheten frågade efter uppgifter som saknas"),
    "inventory.confirm_occupations": gettext_lazy("Yrken som väntas behövas bekräftade"),
    "inventory.unconfirm_occupations": gettext_lazy("Yrken följer CPV-koden igen"),
    "inventory.judge_again": gettext_lazy("Bedömd på nytt enligt ett nytt regelverk"),
}


def told(entry: Entry, unknown: str = "") -> str:
    """`unknown` is what was said not to be known, where that is known of the entry: the log keeps no values, so it is
    of the last that changed it."""
    if of_the_unknown(entry) and not changed(entry):
        return _("Svarade ”vet inte” om %(facts)s") % {"facts": unknown} if unknown else _("Ändrade vad som är okänt")
    if entry.action == "inventory.change" and not changed(entry):
        return str(WORDS["inventory.confirm_rows"])
    said = str(WORDS[entry.action])
    return f"{said}: {entry.reason}" if entry.action == "inventory.separate" and entry.reason else said


QUIET = {
    "proposal", "rule_set", "missing", "places", "unknown_fields", "nature_inferred", "confirmed_at", "upload",
    "upload_row",
}  # fmt: skip


def changed(entry: Entry) -> list[str]:
    """The changed fields as people call them; those that follow from others are left out.

    Only a change is asked: other entries may name fields of the row acted on, such as those of the plan that was saved.
    """
    if entry.action != "inventory.change":
        return []
    return fields_in_words(entry.changed)


def fields_in_words(names: Iterable[str]) -> list[str]:
    """As people call them, without those that follow from others."""
    return [str(PlannedProcurement._meta.get_field(name).verbose_name) for name in names if name not in QUIET]


def start_years() -> list[int]:
    """The years that a start can be filtered by: the horizon of the inventory (R10), with a year to spare each way."""
    this_year = clock.today().year
    return list(range(this_year - 1, this_year + 6))


def organisation_choices(only: object = None) -> list[tuple[str, str]]:
    """(id, name) of those that buy, for a filter; or of one of them."""
    buying = Organisation.objects.buying()
    rows = buying.filter(pk=only) if only else buying
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def reporting_for(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that the actor can report for."""
    return access.REPORT.filter(Organisation.objects.all(), actor).order_by("name", "pk")
