"""What waits before a meeting of the group (R31, R82): for the unit its pack, for the organisations to say a view."""

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Task, Whose
from insteg.access.rules import same
from insteg.core import clock
from insteg.meetings import words
from insteg.meetings.models import Meeting
from insteg.steering import access
from insteg.steering.models import Agenda, AgendaItem
from insteg.steering.queries.agenda import planned_of
from insteg.steering.stages import asked_by, prepared_from, sent_by
from insteg.ui.templatetags.insteg_ui import in_words

MOST_MEETINGS, MOST_ITEMS = 5, 200


def before_the_meeting(actor: Actor) -> Iterator[Task]:
    """For the procurement unit, one thing for each meeting that it has called the group to: make the pack, ask the
    organisations what they think, send the pack. Two queries."""
    if actor.role not in access.BUILD.table:
        return
    ours = same("organisation", actor.organisation_id) & Q(kind=Meeting.Kind.STEERING)
    coming = Meeting.objects.filter(ours).called().to_come().order_by("starts_at", "pk")
    meetings = list(coming[:MOST_MEETINGS])
    silent = Q(items__kind=AgendaItem.Kind.DECISION, items__decision=None, items__viewed_at=None)
    silent &= Q(items__planned__withdrawn_at=None, items__planned__merged_into=None)
    counted = Agenda.objects.annotate(
        silent=Count("items", filter=silent), asked=Count("items", filter=silent & Q(items__asked_at__isnull=False))
    )
    agendas = {each.meeting_id: each for each in counted.filter(meeting__in=meetings)}
    for meeting in meetings:
        if task := of_a_meeting(meeting, agendas.get(meeting.pk)):
            yield task


def of_a_meeting(meeting: Meeting, agenda: Agenda | None) -> Task | None:
    """None before it is time, and when the pack has been sent. `agenda` carries `silent` and `asked`."""
    when, today = words.when_of(meeting), clock.today()
    if agenda is None:
        if today < prepared_from(meeting):
            return None
        href = reverse("steering:build_agenda", args=[meeting.pk])
        return Task(_("Förbered underlaget till styrgruppens möte"), href, about=when, since=prepared_from(meeting),
                    due_on=asked_by(meeting))  # fmt: skip
    if agenda.shared_at is not None:
        return None
    since, silent = localdate(agenda.created_at), agenda.silent  # type: ignore[attr-defined]
    if silent and not agenda.asked and today <= sent_by(meeting):  # type: ignore[attr-defined]
        href = reverse("steering:ask_views", args=[agenda.pk])
        return Task(_("Fråga organisationerna vad de tycker inför styrgruppens möte"), href, about=when, since=since,
                    due_on=asked_by(meeting))  # fmt: skip
    if silent and agenda.views_by is not None and today <= agenda.views_by and today < sent_by(meeting):
        said = ngettext("En upphandling väntar på svar", "%(count)s upphandlingar väntar på svar", silent)
        return Task(
            _("Organisationernas syn inför styrgruppens möte"), reverse("steering:agenda", args=[agenda.pk]),
            about=said % {"count": in_words(silent).capitalize()}, since=since, due_on=agenda.views_by,
            whose=Whose.OTHERS, who=_("organisationerna"),
        )  # fmt: skip
    href = reverse("steering:agenda", args=[agenda.pk])
    return Task(_("Skicka underlaget till styrgruppens möte"), href, about=when, since=since, due_on=sent_by(meeting))


def to_tell_view(actor: Actor) -> Iterator[Task]:
    """For those who are asked what they think: one line for each meeting, until it is over. One query."""
    if actor.role not in access.TELL_VIEW.table:
        return
    waits = Q(decision=None, viewed_at=None, planned__withdrawn_at=None, planned__merged_into=None)
    goes_on = Q(agenda__handed_over_at=None, agenda__meeting__cancelled_at=None, agenda__minutes=None)
    rows = access.TELL_VIEW.filter(AgendaItem.objects.filter(waits, goes_on), actor)
    rows = rows.filter(agenda__meeting__ends_at__gt=clock.now()).select_related("agenda__meeting", "planned")
    found = rows.order_by("agenda__meeting__starts_at", "agenda", "order", "pk")[:MOST_ITEMS]
    for agenda, of_one in groupby(found, key=lambda item: item.agenda):
        items = list(of_one)
        said = ngettext(
            "Säg vad ni tycker om ”%(title)s”", "Säg vad ni tycker om %(count)s upphandlingar", len(items)
        ) % {"title": planned_of(items[0]).title, "count": in_words(len(items))}
        yield Task(
            said, reverse("steering:tell_view", args=[items[0].pk]),
            about=_("Styrgruppen beslutar %(when)s") % {"when": words.when_of(agenda.meeting)},
            since=min(localdate(item.asked_at) for item in items), due_on=agenda.views_by,
        )  # fmt: skip
