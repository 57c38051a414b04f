"""The verbs of the room. Importing them fills audit.gate.ACTIONS."""

from insteg.organisations.actions.administrators import first_organisation
from insteg.organisations.actions.invitations import accept_invitation, invite, invite_again, withdraw_invitation
from insteg.organisations.actions.organisations import (
    add_organisation,
    add_unit,
    change_organisation,
    change_unit,
    close_organisation,
    close_unit,
    reopen_organisation,
    reopen_unit,
)
from insteg.organisations.actions.people import (
    change_membership,
    change_own,
    change_user,
    choose_language,
    close_user,
    end_membership,
    reopen_user,
    reset_second_factor,
)

__all__ = [
    "accept_invitation",
    "add_organisation",
    "add_unit",
    "change_membership",
    "change_organisation",
    "change_own",
    "change_unit",
    "change_user",
    "choose_language",
    "close_organisation",
    "close_unit",
    "close_user",
    "end_membership",
    "first_organisation",
    "invite",
    "invite_again",
    "reopen_organisation",
    "reopen_unit",
    "reopen_user",
    "reset_second_factor",
    "withdraw_invitation",
]
