"""A mail server that refuses, hangs or drops stops no page, and the letters get through when it is well again."""

import datetime as dt
import socket
import time

import pytest
from django.core.cache import cache

from insteg.core import clock
from insteg.core.jobs import run
from insteg.mail.jobs import LONGEST_WAIT, MOST_TRIES, NotSent, deliver
from insteg.mail.models import Message
from insteg.mail.outbox import SEND, post
from tests.jobs import run_queued
from tests.mail.smtp import serving

TIMEOUT = 0.3


@pytest.fixture
def by(settings, db):
    """by(server): letters go there, and an answer is waited for a third of a second."""
    cache.clear()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "insteg.mail.server.Backend", "127.0.0.1"
    settings.EMAIL_TIMEOUT = TIMEOUT

    def server(port):
        settings.EMAIL_PORT = port

    return server


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def later(**time):
    """The server's rest is over, and the letters have waited for so long."""
    cache.clear()
    waited = dt.timedelta(**time)
    Message.objects.update(created_at=clock.now() - waited)
    for message in Message.objects.exclude(not_before=None):
        Message.objects.filter(pk=message.pk).update(not_before=message.not_before - waited)


def letter(name="a"):
    return post(to=f"{name}@b.example", subject=f"Hej {name}", body="Text")


@pytest.mark.parametrize("mood", ["refuses", "hangs", "drops", "gone"])
def test_a_page_is_answered_at_once_and_the_letter_goes_when_the_server_is_well(by, mood, as_, town):
    from insteg.organisations import letters

    with serving(mood) as server:
        by(free_port() if mood == "gone" else server.port)
        letters.factor_reset(town_person(town))
        begun = time.monotonic()
        assert as_("park").get("/planerade/").status_code == 200
        assert as_(None).post("/glomt-losenord/", {"email": "park@staden.example"}).status_code == 302
        assert time.monotonic() - begun < 5
        begun = time.monotonic()
        for message in Message.objects.all():
            if mood == "refuses":
                with pytest.raises(NotSent):
                    run(SEND, {"message": str(message.pk)})
            else:
                run(SEND, {"message": str(message.pk)})
        assert time.monotonic() - begun < 5  # the server hangs for a minute
        assert not Message.objects.exclude(sent_at=None).exists()
        assert all(error for error in Message.objects.values_list("error", flat=True))
    with serving() as well:
        by(well.port)
        later(hours=2)
        run("mail.send_again", {})
        assert [to for to, _text in well.taken] == ["park@staden.example"]
    assert [*Message.objects.values_list("error", "body")] == [("", "")]


def town_person(town):
    from insteg.organisations.models import User

    return User.objects.get(pk=town.who["park"].id)


def test_while_the_server_hangs_the_worker_does_other_things(by):
    """One letter waits for it; the other ninety-nine do not."""
    with serving("hangs") as server:
        by(server.port)
        for number in range(100):
            letter(f"nr{number}")
        begun = time.monotonic()
        assert run_queued() == [SEND] * 100
        assert time.monotonic() - begun < 100 * TIMEOUT / 4
    with serving() as well:
        by(well.port)
        later(minutes=10)
        run("mail.send_again", {})
        assert len({to for to, _text in well.taken}) == len(well.taken) == 100


def test_one_that_the_server_hangs_on_keeps_no_other_from_going(by):
    with serving("hangs on poison@b.example") as server:
        by(server.port)
        for name in ("poison", "a", "b"):
            letter(name)
        run_queued()
        for _each in range(3):
            later(minutes=10)
            run("mail.send_again", {})
        assert sorted(to for to, _text in server.taken) == ["a@b.example", "b@b.example"]


def test_an_outage_is_outlived_and_a_letter_is_given_up_after_two_days(by):
    by(free_port())
    one = letter()
    for _each in range(MOST_TRIES + 3):
        later(hours=1)
        run("mail.send_again", {})
    one.refresh_from_db()
    assert (one.given_up_at, one.body, one.tries) == (None, "Text", MOST_TRIES + 3)
    Message.objects.update(created_at=clock.now() - LONGEST_WAIT - dt.timedelta(hours=1))
    cache.clear()
    run("mail.send_again", {})
    one.refresh_from_db()
    assert one.given_up_at
    assert one.body == ""


def test_each_letter_has_one_recipient(by):
    with serving() as server:
        by(server.port)
        letter("a")
        letter("b")
        run_queued()
        assert sorted(to for to, _text in server.taken) == ["a@b.example", "b@b.example"]
        assert all(text.count("@b.example") == 1 for _to, text in server.taken)


def test_a_letter_sent_by_another_worker_meanwhile_is_not_sent_again(by):
    with serving() as server:
        by(server.port)
        one = letter()
        Message.objects.update(sent_at=clock.now(), body="")
        deliver(one)
        assert server.taken == []


def test_the_worker_waits_for_no_answer_longer_than_its_job_may_take():
    from django.conf import settings

    assert 0 < settings.EMAIL_TIMEOUT * 8 < settings.Q_CLUSTER["timeout"]  # a letter is about eight answers
