"""Which rows the log names for each action: its own, what it depends on, what it made and what followed from it.

The history of a row is read by these names; see `also` and `then` in audit.gate.
"""

from collections import Counter

import pytest
from django.db import transaction

from insteg.audit.gate import ACTIONS
from insteg.audit.models import Entry
from tests.nets.calls import CALLS
from tests.nets.rows import furniture

furniture("actions")  # reading them fills ACTIONS
pytestmark = pytest.mark.one_database  # test_every_action.py does it all on both
# One line for each entry; what is not here has one, of the action's own row alone.
NAMED = {
    "home.say": ["home.Remark home.Statement"],
    "inventory.add_agreement": ["inventory.RunningAgreement organisations.Organisation"],
    "inventory.add_cpv_occupation": ["codes.CpvOccupation organisations.Organisation"],
    "inventory.ask": ["inventory.InventoryRound inventory.RoundRequest"],
    "inventory.ask_for_facts": ["inventory.FactQuestion inventory.PlannedProcurement organisations.Organisation"],
    "inventory.begin_joint": ["process.Run", "inventory.PlannedProcurement 2 organisations.Organisation"],
    "inventory.close_round": ["inventory.InventoryRound inventory.RoundRequest 4"],
    "inventory.draft_round": ["inventory.InventoryRound organisations.Organisation"],
    "inventory.join": ["process.Run", "inventory.PlannedProcurement 2"],
    "inventory.link_renewal": ["inventory.PlannedProcurement inventory.RunningAgreement"],
    "inventory.open_round": ["inventory.InventoryRound inventory.RoundRequest 9"],
    "inventory.plan_renewal": ["inventory.PlannedProcurement inventory.RunningAgreement"],
    "inventory.reinstate": ["process.Run", "inventory.PlannedProcurement"],
    "inventory.remind": ["inventory.Reminder inventory.RoundRequest"],
    "inventory.report": ["inventory.PlannedProcurement organisations.Organisation"],
    "inventory.save_plan": [
        "inventory.PlannedProcurement",
        "inventory.PlanUpload inventory.PlannedProcurement organisations.Organisation",
    ],
    "inventory.save_register": ["inventory.AgreementUpload inventory.RunningAgreement organisations.Organisation"],
    "inventory.send_answer": ["inventory.RoundAnswer inventory.RoundRequest organisations.Organisation"],
    "inventory.send_needs": ["inventory.RoundAnswer inventory.RoundRequest needs.PublishedNeed organisations.Unit"],
    "inventory.separate": ["process.Run", "inventory.PlannedProcurement 2"],
    "inventory.take_up_answer": ["inventory.RoundAnswer inventory.RoundRequest"],
    "inventory.upload": ["inventory.PlanUpload organisations.Organisation"],
    "inventory.upload_register": ["inventory.AgreementUpload organisations.Organisation"],
    "inventory.withdraw": ["process.Run", "inventory.PlannedProcurement"],
    "mail.choose_pace": ["mail.Preference organisations.User"],
    "meetings.call": ["meetings.Attendance meetings.Meeting"],
    "meetings.cancel": ["meetings.Attendance 3 meetings.Meeting"],
    "meetings.invite_more": ["meetings.Attendance meetings.Meeting"],
    "meetings.keep_attendance": ["meetings.Attendance 2 meetings.Meeting"],
    "meetings.move": ["meetings.Attendance 3 meetings.Meeting"],
    "meetings.plan": ["meetings.Meeting organisations.Organisation"],
    "meetings.take_off": ["meetings.Attendance meetings.Meeting"],
    "needs.confirm": ["needs.PublishedNeed organisations.Unit"],
    "needs.publish": ["needs.PublishedNeed organisations.Unit"],
    "organisations.accept_invitation": ["organisations.Invitation organisations.User"],
    "organisations.add_organisation": ["organisations.Organisation 2"],
    "organisations.add_unit": ["organisations.Organisation organisations.Unit"],
    "organisations.invite": [
        "organisations.Invitation organisations.Membership organisations.Organisation organisations.User"
    ],
    "organisations.invite_again": ["organisations.Invitation organisations.User"],
    "process.add_item": ["process.Item process.Process process.Step"],
    "process.add_move": ["process.Move process.Process process.Step"],
    "process.add_phase": ["process.Phase process.Process"],
    "process.add_step": ["process.Process process.Step"],
    "process.advance": ["inventory.PlannedProcurement process.Run process.Visit"],
    "process.answer_item": ["inventory.PlannedProcurement process.ItemAnswer process.Run"],
    "process.change_edition": ["inventory.PlannedProcurement process.ItemAnswer process.Run process.Visit"],
    "process.change_item": ["process.Item process.Process"],
    "process.change_move": ["process.Move process.Process"],
    "process.change_phase": ["process.Phase process.Process"],
    "process.change_step": ["process.Process process.Step"],
    "process.draft_process": ["process.Process 2"],
    "process.draft_rule_set": ["process.RuleSet 2"],
    "process.hand_back": ["inventory.PlannedProcurement process.Run process.Visit"],
    "process.move_due_date": ["inventory.PlannedProcurement process.Run process.Visit"],
    "process.remove_item": ["process.Item process.Process"],
    "process.remove_move": ["process.Move process.Process"],
    "process.remove_phase": ["process.Phase process.Process"],
    "process.remove_step": ["process.Process process.Step"],
    "process.take": ["inventory.PlannedProcurement process.Run process.Visit"],
    "steering.add_file": ["steering.AgendaFile steering.AgendaItem"],
    "steering.add_goal": ["steering.Goal 2"],
    "steering.add_item": ["steering.Agenda steering.AgendaItem"],
    "steering.ask_views": ["steering.Agenda steering.AgendaItem"],
    "steering.build_agenda": ["meetings.Meeting steering.Agenda"],
    "steering.put_forward": ["process.Run", "inventory.PlannedProcurement steering.Agenda steering.AgendaItem"],
    "steering.tell_view": ["inventory.PlannedProcurement steering.AgendaItem"],
    "steering.update_agenda": ["steering.Agenda steering.AgendaItem 3"],
    "steering.add_occasion": ["organisations.Organisation steering.Occasion"],
    "steering.add_vision": ["organisations.Organisation steering.Goal"],
    "steering.add_seat": ["organisations.Organisation steering.Seat"],
    "steering.decide": [
        "process.Run",
        "process.Run",
        "inventory.PlannedProcurement steering.AgendaItem steering.Decision",
    ],
    "steering.adjust_feedback": ["steering.Feedback steering.FeedbackLine"],
    "steering.approve": ["meetings.Meeting steering.Agenda steering.Feedback steering.Minutes"],
    "steering.finish_next_step": ["inventory.PlannedProcurement steering.FeedbackLine"],
    "steering.hand_over": ["meetings.Meeting steering.Agenda"],
    "steering.send_all_feedback": [
        "inventory.PlannedProcurement steering.Feedback steering.FeedbackLetter",
        "steering.Agenda steering.Feedback steering.FeedbackLetter",
    ],
    "steering.send_feedback": ["inventory.PlannedProcurement steering.Feedback steering.FeedbackLetter"],
    "steering.start_procurement": ["process.Run", "inventory.PlannedProcurement steering.FeedbackLine"],
    "steering.revive_goal": ["steering.Goal 2"],
    "steering.set_target": ["steering.Goal steering.Target"],
}


def entries_of(name, call, house):
    """What is written when it is done, and undone again."""
    with transaction.atomic():
        if call.first:
            call.first(house)
        target = call.target(house)
        target.refresh_from_db()
        last = Entry.objects.latest("pk").pk
        ACTIONS[name](actor=call.by(house), target=target, seen=None, **call.said(house))
        written = [in_words(entry) for entry in Entry.objects.filter(pk__gt=last).order_by("pk")]
        transaction.set_rollback(True)
    return written


def in_words(entry):
    """`process.Run 2 steering.Goal`: what the entry names, with how many where there are several."""
    models = Counter(entry.subjects.order_by("model").values_list("model", flat=True))
    return " ".join(model if count == 1 else f"{model} {count}" for model, count in models.items())


def test_the_log_names_what_an_action_depended_on_and_made(house):
    found = {name: entries_of(name, call, house) for name, call in CALLS.items()}
    alone = {name: [action.rule.model._meta.label] for name, action in ACTIONS.items()}
    assert {name: said for name, said in found.items() if said != alone[name]} == NAMED
