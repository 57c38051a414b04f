"""Where the CPV code has changed since people said which occupations are needed: somebody is to look again (R13)."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.access.catalogues import Task
from insteg.audit.models import EntrySubject
from insteg.inventory import access
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.planned import Planned

MOST_TASKS = 5  # the oldest; the others come when those are done


def changes_of_the_codes(planned: OuterRef | object, since: OuterRef | object) -> QuerySet[EntrySubject]:
    """Where the log says that a CPV code was changed after that moment, of the row with that key."""
    about = EntrySubject.objects.filter(row=planned, entry__action="inventory.change", entry__at__gt=since)
    told = about.alias(changed=Cast("entry__changed", TextField()))
    return told.filter(Q(changed__contains='"cpv"') | Q(changed__contains='"more_cpvs"'))


def to_look_at_again(planned: Planned) -> Planned:
    """Those whose occupations were confirmed for another code than they have now, or for fewer or more."""
    changed = changes_of_the_codes(OuterRef("pk"), OuterRef("occupations_confirmed_at"))
    return planned.current().filter(Exists(changed), occupations_confirmed_at__isnull=False)


def look_again(planned: PlannedProcurement) -> bool:
    """Whether this one is such. At most one query."""
    confirmed_at = planned.occupations_confirmed_at
    return confirmed_at is not None and changes_of_the_codes(planned.pk, confirmed_at).exists()


def tasks(actor: Actor) -> Iterator[Task]:
    """For those who report for the organisation: what they said of occupations was of another code."""
    if actor.role not in access.CHANGE.table:
        return
    ours = access.CHANGE.filter(PlannedProcurement.objects.filter(organisation=actor.organisation_id), actor)
    first = changes_of_the_codes(OuterRef("pk"), OuterRef("occupations_confirmed_at")).order_by("entry__at")
    rows = to_look_at_again(ours).annotate(
        organisation_name=F("organisation__name"), changed_at=Subquery(first.values("entry__at")[:1])
    )
    for row in rows.order_by("changed_at", "pk")[:MOST_TASKS]:
        yield Task(
            _("Se över yrkena för ”%(title)s”") % {"title": row.title},
            f"{reverse('inventory:detail', args=[row.pk])}#occupations",
            about=_("%(organisation)s · CPV-koden är en annan än när yrkena bekräftades")
            % {"organisation": row.organisation_name},
            since=localdate(row.changed_at),
        )
