"""The rows that the nets ask about, by label. A rule or action on a table that is not here fails the nets."""

from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from insteg.audit.models import LogCheck
from insteg.codes.models import CpvOccupation
from insteg.home.models import Remark, Statement
from insteg.inventory.models import (
    AgreementUpload,
    InventoryRound,
    PlannedProcurement,
    PlanUpload,
    RoundAnswer,
    RoundRequest,
    RunningAgreement,
)
from insteg.mail.models import Hold, Message
from insteg.meetings.models import Attendance, Meeting
from insteg.needs.models import PublishedNeed
from insteg.organisations.models import Invitation, Membership, Organisation, Unit, User
from insteg.process.models import Item, ItemAnswer, Move, Phase, Process, RuleSet, Run, Step, Visit
from insteg.steering.models import Agenda, AgendaFile, AgendaItem, Feedback, FeedbackLine, Goal, Occasion, Seat, Target


def rows_of(house):
    """{model: {label: row}} for a furnished town."""
    return {
        PlannedProcurement: house.planned,
        PlanUpload: house.plans,
        InventoryRound: house.rounds,
        RoundRequest: house.requests,
        RoundAnswer: house.answers,
        RunningAgreement: house.agreements,
        AgreementUpload: house.registers,
        PublishedNeed: house.needs,
        CpvOccupation: house.occupations,
        RuleSet: {"one": house.rule_set, "draft": house.draft},
        Process: house.model,
        Phase: house.parts["phases"],
        Step: house.parts["steps"],
        Item: house.parts["items"],
        Move: house.parts["moves"],
        Run: house.cases,
        Visit: house.visits,
        ItemAnswer: house.item_answers,
        Goal: house.goals,
        Target: house.targets,
        Occasion: house.occasions,
        Seat: house.seats,
        Agenda: house.agendas,
        AgendaItem: house.items,
        AgendaFile: house.agenda_files,
        Feedback: house.feedback,
        FeedbackLine: house.feedback_lines,
        Meeting: house.meetings,
        Attendance: house.attendances,
        Organisation: house.org,
        Unit: house.units,
        User: house.people,
        Membership: house.memberships,
        Invitation: house.invitations,
        Message: house.letters,
        Hold: house.holds,
        LogCheck: house.checks,
        Statement: {"it": house.statement},
        Remark: house.remarks,
    }


def furniture(name: str) -> dict[str, ModuleType]:
    """{room: its module of this name}, for every room that has one: every access.py, every actions.py."""
    rooms = [c for c in apps.get_app_configs() if c.name.startswith("insteg.") and module_has_submodule(c.module, name)]
    return {room.name: import_module(f"{room.name}.{name}") for room in rooms}
