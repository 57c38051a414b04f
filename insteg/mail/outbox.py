"""Where letters wait. A page only puts them here: no mail server can stop it, and what is rolled back is not sent."""

from django.db import transaction

from insteg.audit.gate import insert
from insteg.core.jobs import queue
from insteg.mail.models import Message

SEND = "mail.send"


def post(*, to: str, subject: str, body: str, calendar: str = "") -> Message:
    """Writes a letter and queues its sending, in the transaction at hand. `body` is plain text, `calendar` a calendar
    file that says its own METHOD.

    Raises ValidationError for an address that is none. Line breaks in the subject become spaces.
    """
    with transaction.atomic():
        message = insert(Message(to=to, subject=" ".join(subject.split())[:200], body=body, calendar=calendar))
        queue(SEND, message=str(message.pk))
        return message
