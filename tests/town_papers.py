"""The test town's papers of the steering group: agendas that are begun, at work, handed over and done with, what was
decided under them, and what the organisations were told of it."""

import datetime as dt
from types import SimpleNamespace

from insteg.core import clock
from insteg.documents.files import keep
from insteg.mail.models import Message
from insteg.meetings.models import Attendance
from insteg.steering.models import (
    Agenda,
    AgendaFile,
    AgendaItem,
    Decision,
    Feedback,
    FeedbackLetter,
    FeedbackLine,
    Minutes,
)

Kind = AgendaItem.Kind
# label of the meeting and of the agenda: whether it is sent out and handed over, and its points
AGENDAS = {
    "called": (False, False, {"p": (Kind.DECISION, "p"), "own": (Kind.OWN, None)}),
    "begun": (True, False, {
        "gu": (Kind.DECISION, "gu"), "p": (Kind.DECISION, "p"), "out": (Kind.OUTLOOK, None), "own": (Kind.OWN, None),
    }),
    "handed": (True, True, {"h": (Kind.DECISION, "h")}),
    "held": (True, True, {"gu": (Kind.DECISION, "gu"), "p": (Kind.DECISION, "p"), "h": (Kind.DECISION, "h")}),
}  # fmt: skip
# label of the point: the choice and what goes with it
REQUIRED = {"choice": "require", "requirement": "internship", "places": 2, "consideration": "employment"}
DECISIONS = {
    "held-gu": REQUIRED | {"reason": "Många platser"},
    "held-p": {"choice": "later", "again_from": dt.date(2027, 1, 1), "reason": "Omfattningen är inte känd."},
    "held-h": {"choice": "do_not_require", "reason": "För kort."},
    "handed-h": REQUIRED | {"reason": "Den blev längre."},
}


def papers_of_the_group(town: SimpleNamespace) -> None:
    now = clock.now()
    town.agendas, town.items = {}, {}
    for label, (sent, handed, points) in AGENDAS.items():
        town.agendas[label] = agenda = Agenda.objects.create(
            meeting=town.meetings[label], shared_at=now if sent else None, handed_over_at=now if handed else None
        )
        for place, (name, (kind, planned)) in enumerate(points.items(), 1):
            town.items[f"{label}-{name}"] = AgendaItem.objects.create(
                agenda=agenda, kind=kind, order=place, planned=town.planned.get(planned),
                title="Studiebesök" if kind == Kind.OWN else "",
                asked_at=now if (label, name) in (("begun", "p"), ("begun", "gu")) else None,
            )  # fmt: skip
    files = {name: keep(b"Tid och plats.", f"{name}.txt") for name in ("called", "begun")}
    town.agenda_files = {
        name: AgendaFile.objects.create(item=town.items[f"{name}-own"], file=file) for name, file in files.items()
    }
    for label in ("begun", "handed", "held"):
        there = {"capacity": Attendance.Capacity.CHAIR, "present": True}
        Attendance.objects.filter(pk=town.attendances[f"{label}-styr"].pk).update(**there)
        town.attendances[f"{label}-styr"].refresh_from_db()
    decided(town)
    town.minutes = {"held": Minutes.objects.create(
        agenda=town.agendas["held"], file=keep(b"%PDF-", "protokoll.pdf"), approved_by_id=town.who["styr"].id
    )}  # fmt: skip
    told(town)


def decided(town: SimpleNamespace) -> None:
    town.decisions = {}
    for label, said in DECISIONS.items():
        item, name = town.items[label], label.split("-")[1]
        town.decisions[label] = Decision.objects.create(
            planned=item.planned, item=item, follows=town.decisions.get(f"held-{name}"),
            assessment=item.planned.assessments.latest("number"), decided_by_id=town.who["styr"].id,
            present=[str(town.attendances[f"{label.split('-')[0]}-styr"].pk)], **said,
        )  # fmt: skip
        item.decision = town.decisions[label]
        item.save(update_fields=["decision"])


def told(town: SimpleNamespace) -> None:
    """Skola and Park have been told of what was decided under the agenda that is done with; Hus not yet."""
    now, sent = clock.now(), {"sent_at": clock.now(), "sent_by_id": town.who["ue"].id}
    town.feedback = {
        label: Feedback.objects.create(agenda=town.agendas["held"], organisation=town.org[label], **state)
        for label, state in (("Skola", sent), ("Park", sent), ("Hus", {}))
    }
    steps = {"gu": ("Skola", "Starta upphandlingen."), "p": ("Park", "Ta reda på omfattningen."), "h": ("Hus", "")}
    town.feedback_lines = {
        name: FeedbackLine.objects.create(
            feedback=town.feedback[organisation], decision=town.decisions[f"held-{name}"], next_step=step,
            due_on=clock.today() + dt.timedelta(days=30) if step else None,
        )
        for name, (organisation, step) in steps.items()
    }  # fmt: skip
    letter = Message.objects.create(to="park@staden.example", subject="Återkoppling", sent_at=now)
    town.feedback_letters = {
        "Park": FeedbackLetter.objects.create(
            feedback=town.feedback["Park"], user_id=town.who["park"].id, message=letter
        )
    }
