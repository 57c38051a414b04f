import datetime as dt
import smtplib

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.timezone import localtime

from insteg.core import clock
from insteg.core.jobs import every, job
from insteg.core.workdays import is_workday
from insteg.mail.models import Message, Notice
from insteg.mail.notices import gather
from insteg.mail.outbox import SEND
from insteg.organisations.models import User

MOST_TRIES = 5  # of a letter that the server says no to
LONGEST_WAIT = dt.timedelta(days=2)  # for a server that does not answer: over a weekend somebody has seen to it
AWAY, REST_SECONDS = "mail.server_is_away", 120  # meanwhile the worker does other things than wait for it
A_WHILE = dt.timedelta(minutes=4)  # under the job's own time limit
GATHERS, SHUTS = dt.time(7, 30), dt.time(16)  # the day's letter lies there when work begins, and never comes at night


class NotSent(Exception):
    """Told to the queue, which then tries again later. Says nothing of the letter: the queue keeps what it is told."""


class ServerAway(Exception):
    """It hung, dropped the line or could not be reached: nothing is wrong with the letter, and no other would go."""


@job(SEND)
def send(message: str) -> None:
    """Sends one letter, at least once: a worker killed between server and database sends it again.

    Raises NotSent when the server says no to it, until the last try; then the letter is given up, which administrators
    see among their tasks. What cannot be sent because the server is away is left to `send_again`.
    """
    letter = Message.objects.filter(pk=message, sent_at=None, given_up_at=None).first()
    if letter is None or cache.get(AWAY):
        return
    try:
        deliver(letter)
    except ServerAway:
        cache.set(AWAY, True, REST_SECONDS)


@every("mail.send_again", minutes=5)
def send_again() -> None:
    """Sends what waits since the server was away. Those tried least go first, so that one that the server hangs on
    keeps none from going; at the first that does not get through we stop and come back."""
    begun = clock.now()
    waiting = Message.objects.filter(sent_at=None, given_up_at=None, created_at__lt=begun - dt.timedelta(minutes=5))
    for letter in waiting.order_by("tries", "created_at", "pk")[:500]:
        if clock.now() - begun > A_WHILE:
            return
        try:
            deliver(letter)
        except NotSent:
            continue  # about that letter alone
        except ServerAway:
            cache.set(AWAY, True, REST_SECONDS)
            return


def deliver(letter: Message) -> None:
    """One try. No transaction is open while the mail server is talked to, so a slow one holds no lock."""
    letters = Message.objects.filter(pk=letter.pk, sent_at=None, given_up_at=None)
    if not letters.update(tries=F("tries") + 1):
        return  # another worker sent it meanwhile
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except Exception as error:  # whatever the server or the network comes up with
        said, refused = f"{type(error).__name__}: {error}"[:500], is_refusal(error)
        if letter.created_at < clock.now() - LONGEST_WAIT or (refused and letter.tries + 1 >= MOST_TRIES):
            letters.update(error=said, given_up_at=clock.now(), body="")
            return
        letters.update(error=said)
        raise (NotSent(f"try {letter.tries + 1}") if refused else ServerAway()) from None
    letters.update(sent_at=clock.now(), body="", error="")


def is_refusal(error: Exception) -> bool:
    """Whether it is about the letter: the server said no for good, or the letter could not be written at all."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)


@every("mail.gather", minutes=15)
def gather_the_day() -> None:
    """Writes the day's letter to whoever has chosen one: what came before half past seven. Bears being run again.

    One that cannot be written does not keep the others from theirs; its fault is raised when all have been tried.
    """
    here = localtime(clock.now())
    if not is_workday(here.date()) or not GATHERS <= here.time() < SHUTS:
        return
    until = dt.datetime.combine(here.date(), GATHERS, here.tzinfo)
    faults = []
    for user in User.objects.filter(pk__in=Notice.objects.filter(created_at__lt=until).values("user")).order_by("pk"):
        try:
            gather(user, until=until)
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("letters of the day that could not be written", faults)
