from django.core.mail import EmailMessage
from django.db.models import F

from insteg.core import clock
from insteg.core.jobs import job
from insteg.mail.models import Message
from insteg.mail.outbox import SEND

MOST_TRIES = 5


class NotSent(Exception):
    """Told to the queue, which then tries again later. Says nothing of the letter: the queue keeps what it is told."""


@job(SEND)
def send(message: str) -> None:
    """Sends one letter, at least once: a worker killed between server and database sends it again.

    No transaction is open while the mail server is talked to, so a slow one holds no lock. Raises NotSent until the
    last try; then the letter is given up, which administrators see among their tasks.
    """
    letters = Message.objects.filter(pk=message, sent_at=None, given_up_at=None)
    if not letters.update(tries=F("tries") + 1):
        return
    letter = letters.get()
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except Exception as error:  # whatever the server or the network comes up with
        said = f"{type(error).__name__}: {error}"[:500]
        if letter.tries >= MOST_TRIES:
            letters.update(error=said, given_up_at=clock.now(), body="")
            return
        letters.update(error=said)
        raise NotSent(f"try {letter.tries}") from None
    letters.update(sent_at=clock.now(), body="", error="")
