import datetime as dt

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localtime

from insteg.core import clock
from insteg.core.jobs import every, job
from insteg.core.workdays import is_workday
from insteg.mail.holding import held, ready_since
from insteg.mail.models import Message, Notice
from insteg.mail.notices import gather
from insteg.mail.outbox import SEND
from insteg.mail.server import Unanswered, is_not_now, is_refusal
from insteg.organisations.models import User

MOST_TRIES = 5  # of a letter that the server says no to
MOST_COPIES = 2  # of a letter that the server was given whole, and never answered
BETWEEN_COPIES = dt.timedelta(hours=1)  # so that a server that drops every letter for a while has got over it
LONGEST_WAIT = dt.timedelta(days=2)  # for a server that does not answer: over a weekend somebody has seen to it
AWAY, REST_SECONDS = "mail.server_is_away", 120  # meanwhile the worker does other things than wait for it
SLOW = dt.timedelta(seconds=10)  # a letter that took so long: the server is rested from, as if it were away
A_WHILE = dt.timedelta(minutes=2)  # with the time that a last letter can take, under the job's own time limit
GATHERS, SHUTS = dt.time(7, 30), dt.time(16)  # the day's letter lies there when work begins, and never comes at night


class NotSent(Exception):
    """Told to the queue, which then tries again later. Says nothing of the letter: the queue keeps what it is told."""


class NotNow(Exception):
    """The server takes this letter later, as it says itself: the others may go."""


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
    begun = clock.now()
    try:
        deliver(letter)
    except NotNow:
        return
    except ServerAway:
        rest()
    else:
        if clock.now() - begun > SLOW:
            rest()  # other jobs wait behind the letters


def rest() -> None:
    cache.set(AWAY, True, REST_SECONDS)


@every("mail.send_again", minutes=5)
def send_again() -> None:
    """Sends what waits since the server was away. Those tried least go first, so that one that the server hangs on
    keeps none from going; at the first that does not get through we stop and come back."""
    if held():
        return
    begun = clock.now()
    waiting = Message.objects.filter(sent_at=None, given_up_at=None, created_at__lt=begun - dt.timedelta(minutes=5))
    for letter in waiting.order_by("tries", "created_at", "pk")[:500]:
        if clock.now() - begun > A_WHILE:
            return
        try:
            deliver(letter)
        except (NotSent, NotNow):
            continue  # about that letter alone
        except ServerAway:
            rest()
            return


def deliver(letter: Message) -> None:
    """One try. No transaction is open while the mail server is talked to, so a slow one holds no lock: instead the
    letter is marked as being in hand, and another worker leaves it alone for as long as a job may last. None leaves a
    restored system before it is let go."""
    if held():
        return
    letters = Message.objects.filter(pk=letter.pk, sent_at=None, given_up_at=None)
    now = clock.now()
    until = now + dt.timedelta(seconds=settings.Q_CLUSTER["timeout"])
    free = Q(not_before=None) | Q(not_before__lte=now)
    if not letters.filter(free).update(tries=F("tries") + 1, not_before=until):
        return  # another worker has sent it, or has it in hand
    letter.refresh_from_db()
    try:
        as_sent(letter).send()
    except Exception as error:  # whatever the server or the network comes up with
        not_sent(letters, letter, error)
    else:
        letters.update(sent_at=clock.now(), not_before=None, body="", calendar="", error="")


def as_sent(letter: Message) -> EmailMultiAlternatives:
    """The calendar file as another form of the text, with its method: so mail programs show it with buttons."""
    mail = EmailMultiAlternatives(letter.subject, letter.body, to=[letter.to])
    if letter.calendar:
        method = next(line for line in letter.calendar.splitlines() if line.startswith("METHOD:"))
        mail.attach_alternative(letter.calendar, f"text/calendar; method={method.removeprefix('METHOD:')}")
    return mail


def not_sent(letters: QuerySet[Message], letter: Message, error: Exception) -> None:
    """Notes what the server said, and gives up or raises what is to be done. A letter that was handed over whole
    without an answer may have arrived: it goes once more, and never a third time."""
    refused, copies = is_refusal(error), letter.unanswered + isinstance(error, Unanswered)
    over = (
        ready_since(letter) < clock.now() - LONGEST_WAIT
        or (refused and letter.tries >= MOST_TRIES)
        or copies >= MOST_COPIES
    )
    given_up = {"given_up_at": clock.now(), "body": "", "calendar": ""} if over else {}
    said = f"{type(error).__name__}: {error}"[:500]
    rests_until = clock.now() + BETWEEN_COPIES if copies > letter.unanswered else None
    letters.update(error=said, not_before=rests_until, unanswered=copies, **given_up)
    if refused and not over:
        raise NotSent(f"try {letter.tries}") from None
    if not refused:
        raise (NotNow() if is_not_now(error) else ServerAway()) from None


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
