"""Minutes and feedback: what is said of them in calls.py, as who, what row, which words and what must be so before."""

import datetime as dt

from insteg.meetings.models import Attendance
from insteg.process import flow
from insteg.steering.actions.feedback import Told
from insteg.steering.cards.minutes import seal_of
from insteg.steering.queries.minutes import read


def agenda(label):
    return lambda house: house.agendas[label]


def feedback(label):
    return lambda house: house.feedback[label]


def line(label):
    return lambda house: house.feedback_lines[label]


def everyone_is_noted(house):
    Attendance.objects.filter(meeting=house.meetings["begun"], present=None).update(present=False)


def as_read(house):
    return {"seen_words": seal_of(read(house.agendas["handed"]))}


def adjusted(house):
    said = Told("Ring upphandlingsenheten", dt.date(2027, 3, 1))
    return {"text": "Vi hörs om datum", "lines": {house.feedback_lines["h"].pk: said}}


def skola_knows_what_to_do(house):
    flow.answer(house.cases["gu"], ["next_step_told"], actor=house.who["ue"])


TOLD = {
    "steering.hand_over": ("ue", agenda("begun"), {}, everyone_is_noted),
    "steering.take_back": ("ue", agenda("handed")),
    "steering.approve": ("styr", agenda("handed"), as_read),
    "steering.adjust_feedback": ("ue", feedback("Hus"), adjusted),
    "steering.send_feedback": ("ue", feedback("Hus")),
    "steering.send_all_feedback": ("ue", agenda("held")),
    "steering.look_at_feedback": ("park", feedback("Park")),
    "steering.start_procurement": ("ue", line("gu"), {}, skola_knows_what_to_do),
    "steering.finish_next_step": ("park", line("p")),
}
