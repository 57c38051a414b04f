"""The verbs of this room."""

from insteg.steering.actions.agenda import (
    add_item,
    build_agenda,
    change_item,
    order_agenda,
    put_forward,
    remove_item,
    share_agenda,
    update_agenda,
)
from insteg.steering.actions.agenda_files import add_file, remove_file
from insteg.steering.actions.deciding import decide, note_item
from insteg.steering.actions.feedback import (
    adjust_feedback,
    finish_next_step,
    look_at_feedback,
    send_all_feedback,
    send_feedback,
    start_procurement,
)
from insteg.steering.actions.goals import (
    add_goal,
    add_occasion,
    add_vision,
    change_goal,
    change_occasion,
    change_target,
    end_goal,
    remove_occasion,
    remove_target,
    reopen_occasion,
    report_occasion,
    revive_goal,
    set_target,
)
from insteg.steering.actions.group import add_seat, change_seat, end_seat
from insteg.steering.actions.minutes import approve, hand_over, take_back
from insteg.steering.actions.own_views import ask_views, tell_view

__all__ = [
    "add_file",
    "add_goal",
    "add_item",
    "add_occasion",
    "add_seat",
    "add_vision",
    "adjust_feedback",
    "approve",
    "ask_views",
    "build_agenda",
    "change_goal",
    "change_item",
    "change_occasion",
    "change_seat",
    "change_target",
    "decide",
    "end_goal",
    "end_seat",
    "finish_next_step",
    "hand_over",
    "look_at_feedback",
    "note_item",
    "order_agenda",
    "put_forward",
    "remove_file",
    "remove_item",
    "remove_occasion",
    "remove_target",
    "reopen_occasion",
    "report_occasion",
    "revive_goal",
    "send_all_feedback",
    "send_feedback",
    "set_target",
    "share_agenda",
    "start_procurement",
    "take_back",
    "tell_view",
    "update_agenda",
]
