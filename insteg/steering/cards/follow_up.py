"""How it has gone with what the group decided last (R31), in words: the first point of an agenda."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.steering.decision_wording import decided
from insteg.steering.models import Agenda, Decision, FeedbackLine
from insteg.steering.pack_sections import Line, Passage
from insteg.steering.queries.follow_up import decided_before
from insteg.ui import figures


def earlier_decisions(agenda: Agenda, actor: Actor) -> Passage | None:
    """None at the group's first meeting."""
    found = decided_before(agenda, actor)
    if found is None:
        return None
    day = figures.day_long(localdate(found.meeting.starts_at), clock.today())
    sentences = [in_all(found.last, day)]
    if found.older:
        said = ngettext(
            "Från tidigare möten väntar %(count)s beslut på att bli gjort.",
            "Från tidigare möten väntar %(count)s beslut på att bli gjorda.",
            len(found.older),
        )
        sentences.append(said % {"count": len(found.older)})
    lines = [line(each) for each in [*found.last, *found.older]]
    return Passage(_("Beslut %(day)s") % {"day": day}, sentences, lines)


def in_all(decisions: Sequence[Decision], day: str) -> str:
    waiting = sum(waits(each) for each in decisions)
    said = ngettext("Gruppen fattade %(count)s beslut %(day)s.", "Gruppen fattade %(count)s beslut %(day)s.",
                    len(decisions)) % {"count": len(decisions), "day": day}  # fmt: skip
    if not waiting:
        rest = _("Inget av det väntar på någon.")
    else:
        rest = ngettext(
            "%(count)s väntar på att organisationen gör sitt.", "%(count)s väntar på att organisationen gör sitt.",
            waiting,
        ) % {"count": waiting}  # fmt: skip
    return f"{said} {rest}"


def told(decision: Decision) -> FeedbackLine | None:
    """What the organisation has been told; none before the feedback is sent."""
    line: FeedbackLine | None = getattr(decision, "told", None)
    return line if line is not None and line.feedback.sent_at is not None else None


def followed(decision: Decision) -> Decision | None:
    return getattr(decision, "followed_by", None)


def waits(decision: Decision) -> bool:
    """Whether the organisation has something to do that it has not done."""
    line = told(decision)
    return line is not None and bool(line.next_step) and line.done_at is None and followed(decision) is None


def line(decision: Decision) -> Line:
    planned = decision.planned
    href = ""
    if decision.may_see_planned:  # type: ignore[attr-defined]
        href = reverse("inventory:detail", args=[planned.pk])
    return Line(
        _("%(title)s, %(organisation)s") % {"title": planned.title, "organisation": planned.organisation},
        f"{decided(decision)} {what_came(decision)}".strip(),
        href,
    )


def what_came(decision: Decision) -> str:
    """Empty where nothing was to be done and nothing has happened."""
    planned, line, after = decision.planned, told(decision), followed(decision)
    if after is not None:
        return _("Gruppen har beslutat igen sedan dess: %(decision)s") % {"decision": decided(after)}
    if planned.withdrawn_at is not None:
        return _("Upphandlingen drogs tillbaka %(day)s.") % {"day": day_of(planned.withdrawn_at)}
    if line is None:
        return _("Organisationen har inte fått återkoppling än.")
    if line.done_at is not None:
        return _("Klart %(day)s.") % {"day": day_of(line.done_at)}
    if not line.next_step:
        return ""
    said = {"organisation": planned.organisation, "step": line.next_step.strip().rstrip(".")}
    if line.due_on is None:
        return _("Väntar på %(organisation)s: %(step)s.") % said
    said["day"] = figures.day(line.due_on, clock.today())
    if line.due_on < clock.today():
        return _("Väntar på %(organisation)s: %(step)s. Det skulle ha varit klart %(day)s.") % said
    return _("Väntar på %(organisation)s: %(step)s, senast %(day)s.") % said


def day_of(moment: object) -> str:
    return figures.day(localdate(moment), clock.today())  # type: ignore[arg-type]
