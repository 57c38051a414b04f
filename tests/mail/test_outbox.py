"""Letters: none is lost unseen, none stops a page, and no secret stays behind."""

import datetime as dt
import smtplib

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django_q.models import OrmQ

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.jobs import run
from insteg.mail import access, queries
from insteg.mail.jobs import MOST_TRIES, NotSent
from insteg.mail.models import Message
from insteg.mail.outbox import SEND, post

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor("member", "x", Role.ADMINISTRATOR)


class Refusing:
    """A mail server that is there and says no."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such mailbox")})


@pytest.fixture
def refused(settings):
    settings.EMAIL_BACKEND = "tests.mail.test_outbox.Refusing"


def letter(**words):
    return post(**{"to": "a@b.example", "subject": "Hej", "body": "https://secret/"} | words)


def send(message):
    run(SEND, {"message": str(message.pk)})
    message.refresh_from_db()


def test_a_letter_goes_out_and_its_text_is_blanked():
    message = letter()
    assert not mail.outbox
    send(message)
    assert [(m.to, m.subject, m.body) for m in mail.outbox] == [(["a@b.example"], "Hej", "https://secret/")]
    assert (message.body, message.tries, message.sent_at is not None) == ("", 1, True)


def test_what_is_rolled_back_is_neither_written_nor_queued():
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not OrmQ.objects.exists()


def test_a_job_that_is_run_again_sends_nothing_again():
    message = letter()
    send(message)
    send(message)
    assert len(mail.outbox) == 1
    assert message.tries == 1


def test_a_refusing_server_leaves_the_letter_for_another_try(refused, settings):
    message = letter()
    with pytest.raises(NotSent) as told:
        send(message)
    assert "b.example" not in str(told.value)  # the queue keeps what it is told
    message.refresh_from_db()
    assert (message.tries, message.sent_at, message.body) == (1, None, "https://secret/")
    assert "550" in message.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send(message)
    assert (message.tries, message.error) == (2, "")
    assert len(mail.outbox) == 1


def test_after_the_last_try_it_is_given_up_and_the_administrator_is_told(refused):
    message = letter()
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(NotSent):
            send(message)
    send(message)
    assert (message.tries, message.body, message.sent_at) == (MOST_TRIES, "", None)
    assert message.given_up_at
    assert [task.title for task in queries.tasks(ADMINISTRATOR)] == ["1 brev har inte gått fram"]
    assert not list(queries.tasks(Actor("member", "x", Role.PROCUREMENT_UNIT)))
    send(message)
    assert message.tries == MOST_TRIES


def test_letters_that_nobody_sends_are_seen_after_an_hour():
    letter()
    assert not list(queries.tasks(ADMINISTRATOR))
    with time_machine.travel(clock.now() + dt.timedelta(hours=2)):
        assert len(list(queries.tasks(ADMINISTRATOR))) == 1


def test_what_was_sent_is_no_trouble_however_long_ago():
    gone, waits = letter(subject="Framme"), letter(subject="Väntar")
    send(gone)
    with time_machine.travel(clock.now() + dt.timedelta(hours=2)):
        assert access.SEE.permits(ADMINISTRATOR, waits.pk)
        assert not access.SEE.permits(ADMINISTRATOR, gone.pk)


def test_a_subject_cannot_smuggle_in_more_headers():
    message = letter(subject="Hej\nBcc: alla@b.example\r\n")
    send(message)
    assert mail.outbox[0].message()["Subject"] == "Hej Bcc: alla@b.example"
    assert mail.outbox[0].message()["Bcc"] is None


@pytest.mark.parametrize("address", ["", "inte en adress", "a@b.example\nBcc: c@d.example"])
def test_an_address_that_is_none_is_refused_at_once(address):
    with pytest.raises(ValidationError):
        letter(to=address)


def test_the_database_keeps_no_text_of_a_letter_that_is_over():
    message = letter()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(sent_at=clock.now())


def test_the_administrator_sees_what_did_not_arrive_and_nobody_else_does(as_, town, refused):
    message = letter(subject="Du är inbjuden")
    Message.objects.filter(pk=message.pk).update(given_up_at=clock.now(), body="", error="550")
    page = as_("admin").get("/brev/").content.decode()
    assert "a@b.example" in page
    assert "Du är inbjuden" in page
    for other in ("ue", "ame", "bygg"):
        assert as_(other).get("/brev/").status_code == 403
