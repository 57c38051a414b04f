"""What waits for someone, in order of urgency (R82); and what people have said about accessibility."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import TASKS, Task, Whose
from insteg.core.workdays import workdays_until
from insteg.home import access
from insteg.home.models import Remark
from insteg.organisations.queries import waiting as waiting_for
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

RemarkRows = QuerySet[Remark]
PAGE = 50


@dataclass(frozen=True)
class Row:
    """A task with what its date means today. `note` is in words: "i morgon", "om 7 arbetsdagar"."""

    task: Task
    late: bool
    note: str

    @property
    def about(self) -> str:
        """What it concerns, and which colleague has taken it."""
        taken = _("%(who)s har tagit det") % {"who": self.task.who} if self.task.whose is Whose.COLLEAGUE else ""
        return " · ".join(filter(None, [self.task.about, taken]))


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Elsewhere:
    """How much waits in another of one's memberships. Only the number: what it is about is that membership's to see."""

    actor: Actor
    count: int


@dataclass(frozen=True)
class Waiting:
    """What waits, by whose turn it is; each in order of urgency. The unit's are mine and what colleagues have taken."""

    mine: list[Task]
    unit: list[Task]
    others: list[Task]


def waiting(actor: Actor) -> Waiting:
    """Every room's tasks for the actor, the most urgent first; among equals the one that has waited longest.

    Costs what the rooms ask, at most a few queries each, however many tasks they find.
    """
    found = sorted((task for find in TASKS for task in find(actor)), key=urgency)
    return Waiting(
        mine=[task for task in found if task.whose is Whose.MINE],
        unit=[task for task in found if task.whose is not Whose.OTHERS],
        others=[task for task in found if task.whose is Whose.OTHERS],
    )


def urgency(task: Task) -> tuple[dt.date, dt.date, str]:
    return task.due_on or dt.date.max, task.since or dt.date.max, task.title


def elsewhere(others: Iterable[Actor]) -> list[Elsewhere]:
    """Each other membership with its count, also nought, so that nobody has to change membership to find out."""
    return [Elsewhere(other, waiting_for(other)) for other in others]


def grouped(tasks: Iterable[Task], today: dt.date) -> list[Group]:
    """The groups that hold something, in order."""
    titles = {"now": _("Nu"), "week": week_title(today), "later": _("Senare"), "undated": _("Utan datum")}
    found: dict[str, list[Row]] = {key: [] for key in titles}
    for task in tasks:
        found[group_of(task, today)].append(row_of(task, today))
    return [Group(key, titles[key], rows) for key, rows in found.items() if rows]


def group_of(task: Task, today: dt.date) -> str:
    if task.due_on is None:
        return "undated"
    if task.due_on <= today:
        return "now"
    return "week" if task.due_on <= last_of_week(today) else "later"


def is_weekend(today: dt.date) -> bool:
    return today.weekday() >= 5


def last_of_week(today: dt.date) -> dt.date:
    """The Sunday that one plans for: on a Saturday or Sunday the next week has begun in people's minds."""
    return today + dt.timedelta(days=6 - today.weekday() + (7 if is_weekend(today) else 0))


def week_title(today: dt.date) -> str:
    return _("Den närmaste veckan") if is_weekend(today) else _("Den här veckan")


def row_of(task: Task, today: dt.date) -> Row:
    if task.due_on is None:
        return Row(task, late=False, note="")
    return Row(task, late=task.due_on < today, note=note_of(task.due_on, today))


def note_of(day: dt.date, today: dt.date) -> str:
    """How far away a coming day is. Working days, since nobody acts on the others."""
    if (day - today).days == 1:
        return figures.day_near(day, today)
    left = workdays_until(day, today)
    return ngettext("om %(count)s arbetsdag", "om %(count)s arbetsdagar", left) % {"count": left} if left else ""


def lead(tasks: Sequence[Task], today: dt.date) -> str:
    """What the list amounts to, in a sentence or two. `tasks` in order of urgency; empty when there are none."""
    groups = {group.key: [row.task for row in group.rows] for group in grouped(tasks, today)}
    if "now" in groups:
        return " ".join(filter(None, [needed_today(len(groups["now"])), overdue(groups["now"], today)]))
    if "week" in groups:
        return _("Inget behöver dig i dag.") + " " + needed_this_week(len(groups["week"]), today)
    if "later" in groups:
        first = urgency(groups["later"][0])[0]
        return _("Inget behöver dig i dag. Närmast i tiden är %(day)s.") % {"day": figures.day_long(first, today)}
    if tasks:
        said = ngettext(
            "En sak väntar på dig, utan slutdatum.", "%(count)s saker väntar på dig, utan slutdatum.", len(tasks)
        )
        return first_upper(said % {"count": in_words(len(tasks))})
    return ""


def unit_lead(tasks: Sequence[Task], today: dt.date) -> str:
    """What the list of the whole unit amounts to, and how much of it colleagues have taken."""
    taken = sum(task.whose is Whose.COLLEAGUE for task in tasks)
    late = sum(task.due_on is not None and task.due_on < today for task in tasks)
    said = ngettext("En sak väntar på enheten.", "%(count)s saker väntar på enheten.", len(tasks))
    by = ngettext("En av dem har en kollega tagit.", "%(count)s av dem har kollegor tagit.", taken)
    told = [said % {"count": in_words(len(tasks))}, by % {"count": in_words(taken)}]
    if late:
        should = ngettext("En skulle redan ha varit klar.", "%(count)s skulle redan ha varit klara.", late)
        told.append(should % {"count": in_words(late)})
    return " ".join(first_upper(sentence) for sentence in told)


def needed_today(count: int) -> str:
    said = ngettext("En sak behöver dig i dag.", "%(count)s saker behöver dig i dag.", count)
    return first_upper(said % {"count": in_words(count)})


def needed_this_week(count: int, today: dt.date) -> str:
    said = ngettext("En sak ska vara klar den här veckan.", "%(count)s saker ska vara klara den här veckan.", count)
    if is_weekend(today):
        said = ngettext(
            "En sak ska vara klar den närmaste veckan.", "%(count)s saker ska vara klara den närmaste veckan.", count
        )
    return first_upper(said % {"count": in_words(count)})


def overdue(tasks: Sequence[Task], today: dt.date) -> str:
    """About those of today's tasks that should be done already; empty when none should."""
    late = [task.due_on for task in tasks if task.due_on is not None and task.due_on < today]
    if not late:
        return ""
    when = {"day": figures.day_near(late[0], today)}
    if len(late) == 1:
        alone = len(tasks) == 1
        return (
            _("Den skulle ha varit klar %(day)s.") if alone else _("En av dem skulle ha varit klar %(day)s.")
        ) % when
    if len(late) == len(tasks):
        return _("Alla skulle redan ha varit klara.")
    return first_upper(_("%(count)s av dem skulle redan ha varit klara.") % {"count": in_words(len(late))})


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def date_line(today: dt.date) -> str:
    """`Torsdag 19 november, vecka 47`: what people in offices plan by."""
    said = _("%(day)s, vecka %(week)s") % {"day": figures.day_long(today, today), "week": today.isocalendar().week}
    return first_upper(said)


def remarks_to_answer(actor: Actor) -> list[Task]:
    """One line for all remarks that nobody has answered. There is no date, only "as soon as possible" (13 §)."""
    waiting_for = access.ANSWER.filter(Remark.objects.filter(handled_at=None), actor)
    found = waiting_for.aggregate(count=Count("pk"), since=Min("created_at"))
    if not found["count"]:
        return []
    said = ngettext(
        "Svara på en synpunkt om tillgänglighet", "Svara på %(count)s synpunkter om tillgänglighet", found["count"]
    ) % {"count": in_words(found["count"])}
    return [Task(said, reverse("home:remarks"), since=localdate(found["since"]))]


def remarks_lead(remarks: RemarkRows) -> str:
    """How many remarks there are, and how many of them wait."""
    found = remarks.aggregate(count=Count("pk"), waiting=Count("pk", filter=Q(handled_at=None)))
    if not found["count"]:
        return ""
    came = ngettext("En synpunkt har kommit in.", "%(count)s synpunkter har kommit in.", found["count"])
    waits = ngettext("En väntar på svar.", "%(count)s väntar på svar.", found["waiting"])
    told = [came % {"count": in_words(found["count"])}]
    told.append(waits % {"count": in_words(found["waiting"])} if found["waiting"] else _("Alla är besvarade."))
    return " ".join(first_upper(sentence) for sentence in told)
