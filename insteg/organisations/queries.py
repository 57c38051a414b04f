"""Reads that fill the pages."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import COUNTS, MOST_HITS, TASKS, Found, Hit, Task, Whose
from insteg.core import clock, keyset
from insteg.organisations import access
from insteg.organisations.models import Invitation, Membership, Organisation, Unit, User, UserQuerySet

SOON = dt.timedelta(days=3)


def waiting(actor: Actor) -> int:
    """How many things wait for someone in one membership: their own, not colleagues' nor other parties'."""
    return sum(COUNTS[find](actor) if find in COUNTS else own(find(actor)) for find in TASKS)


def own(tasks: Iterable[Task]) -> int:
    return sum(task.whose is Whose.MINE for task in tasks)


def tasks(actor: Actor) -> Iterator[Task]:
    """Invitations that nobody has used: soon too late, or too late already."""
    if actor.role not in access.INVITE_AGAIN.table:
        return
    late = Invitation.objects.filter(expires_at__lt=clock.now() + SOON, user__in=User.objects.invited())
    for invitation in late.filter(access.WITHDRAW.rows(actor)).select_related("user").order_by("expires_at"):
        expired = invitation.expires_at <= clock.now()
        yield Task(
            _("Inbjudan har gått ut oanvänd") if expired else _("Inbjudan går snart ut"),
            reverse("organisations:user", args=[invitation.user_id]),
            about=str(invitation.user),
            since=localdate(invitation.created_at),
            due_on=localdate(invitation.expires_at),
        )


def found_organisations(actor: Actor, words: list[str]) -> Found:
    """For the search: organisations by name and number, closed ones too, for those who keep them."""
    rows = organisations(access.SEE.filter(Organisation.objects.all(), actor), {"q": " ".join(words), "show": "all"})
    return Found(
        _("Organisationer"),
        [
            Hit(row.name, reverse("organisations:detail", args=[row.pk]), str(row.get_kind_display()))
            for row in rows.order_by("name", "pk")[: MOST_HITS + 1]
        ],
        f"{reverse('organisations:list')}?{urlencode({'q': ' '.join(words), 'show': 'all'})}",
    )


def organisations(rows: QuerySet[Organisation], chosen: Mapping[str, Any]) -> QuerySet[Organisation]:
    """`chosen` is an OrganisationFilter's cleaned data. Open ones when nothing else is asked for."""
    if chosen.get("show") != "all":
        rows = rows.filter(access.still_open() if chosen.get("show") != "closed" else ~access.still_open())
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    for word in (chosen.get("q") or "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(number__icontains=word))
    people = Count("memberships__user", filter=Q(memberships__in=Membership.objects.current()), distinct=True)
    return rows.annotate(people=people)


def users(rows: QuerySet[User], chosen: Mapping[str, Any]) -> QuerySet[User]:
    """`chosen` is a UserFilter's cleaned data: by words, organisation, role and whether they can come in."""
    for word in (chosen.get("q") or "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    states = {
        "invited": UserQuerySet.INVITED & Q(is_active=True),
        "active": ~UserQuerySet.INVITED & Q(is_active=True),
        "closed": Q(is_active=False),
    }
    rows = rows.filter(states.get(chosen.get("state") or "", Q()))
    held = Membership.objects.current().filter(user=OuterRef("pk"))
    if chosen.get("organisation"):
        held = held.filter(organisation=chosen["organisation"])
    if chosen.get("role"):
        held = held.filter(role=chosen["role"])
    if chosen.get("organisation") or chosen.get("role"):
        rows = rows.filter(Exists(held))
    return rows.prefetch_related(current_memberships()).order_by("name", "pk")


def users_in_words(users: QuerySet[User]) -> str:
    """How many they are, and how many of them have not come in yet."""
    people, invited = keyset.counted(users), users.invited().count()
    said = ngettext("%(count)s användare.", "%(count)s användare.", people.number) % {"count": people}
    if not invited:
        return capfirst(said)
    waiting = ngettext(
        "%(count)s är inbjuden men har inte kommit in än.", "%(count)s är inbjudna men har inte kommit in än.", invited
    )
    return f"{capfirst(said)} {waiting % {'count': invited}}"


def current_memberships() -> Prefetch:
    return Prefetch(
        "memberships",
        queryset=Membership.objects.current().select_related("organisation", "unit"),
        to_attr="current_memberships",
    )


def units(organisation: Organisation) -> QuerySet[Unit]:
    """Its units with how many work there, and whether one is asked what it needs while nobody there gets the letter."""
    people = Count("memberships__user", filter=Q(memberships__in=Membership.objects.current()), distinct=True)
    return organisation.units.annotate(people=people, unreached=unreached()).order_by("name", "pk")


def unreached() -> Q:
    """Open units that match people to places and have neither manager nor coach."""
    answering = Membership.objects.current().filter(unit=OuterRef("pk"), role__in=(Role.UNIT_MANAGER, Role.COACH))
    return Q(task__in=Unit.MATCHING) & access.still_open() & ~Q(Exists(answering))


def what_its_task_means(unit: Unit) -> str:
    """What follows from a unit's task, said when it is saved; empty where nothing does."""
    if unit.task not in Unit.MATCHING:
        return ""
    if Unit.objects.filter(unreached(), pk=unit.pk).exists():
        return _(
            "Enheten ska svara på vilka platser som behövs, men där finns varken enhetschef eller coach som kan få "
            "brevet. Bjud in någon."
        )
    return _("Enheten får frågan om vilka platser som behövs när nästa inventering öppnas.")


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who works there today, by name."""
    return (
        organisation.memberships.current().select_related("user", "unit", "organisation").order_by("user__name", "pk")
    )
