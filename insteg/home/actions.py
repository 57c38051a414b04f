import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import action, insert
from insteg.core import clock
from insteg.home import access
from insteg.home.models import Remark, Statement


@action("home.say", access.SAY)
def say(statement: Statement, *, actor: Actor, text: str, page: str = "", email: str = "") -> Remark:
    """Someone tells what does not work, or asks for content in another way (lag 2018:1937 13 and 15 §§)."""
    return insert(Remark(text=text, page=page, email=email))


@action("home.answer", access.ANSWER)
def answer(remark: Remark, *, actor: Actor, answer: str) -> None:
    """What was done about it. The first answer sets when; a later one mends the words."""
    remark.answer = answer
    remark.handled_at = remark.handled_at or clock.now()


@action("home.edit_statement", access.EDIT)
def edit_statement(
    statement: Statement,
    *,
    actor: Actor,
    compliance: str,
    assessed_on: dt.date | None,
    method: str,
    shortcomings: str,
    exceptions: str,
    email: str,
) -> None:
    """New words in the statement. ValidationError when it is said to be assessed on a day that has not come."""
    if assessed_on and assessed_on > clock.today():
        raise ValidationError({"assessed_on": _("Den dagen har inte varit än.")})
    statement.compliance = compliance
    statement.assessed_on = assessed_on
    statement.method = method
    statement.shortcomings = shortcomings
    statement.exceptions = exceptions
    statement.email = email
    statement.updated_on = clock.today()
