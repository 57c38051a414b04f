"""What the server's answers mean: of the letter, of the server itself, and when a letter may have gone."""

import datetime as dt
from collections import Counter

import pytest
from django.conf import settings
from django.core.cache import cache

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.jobs import run
from insteg.mail import queries
from insteg.mail.jobs import AWAY, MOST_TRIES, deliver
from insteg.mail.models import Message
from tests.jobs import run_queued
from tests.mail.smtp import serving
from tests.mail.test_server_in_bad_mood import by, later, letter  # noqa: F401  `by` is a fixture

ADMINISTRATOR = Actor("member", "x", Role.ADMINISTRATOR)


def try_again(**waited):
    later(**waited or {"minutes": 10})
    run("mail.send_again", {})


def copies(server):
    return Counter(to for to, _text in server.taken)


@pytest.mark.parametrize("mood", ["swallows", "silent", "babbles"])
def test_a_letter_that_was_handed_over_without_an_answer_goes_once_more_and_never_a_third_time(by, mood, as_, town):  # noqa: F811
    with serving(mood) as server:
        by(server.port)
        one = letter()
        run_queued()
        one.refresh_from_db()
        assert (one.unanswered, one.given_up_at) == (1, None)
        try_again()
        assert copies(server) == {"a@b.example": 1}
        for _each in range(3):
            try_again(hours=2)
    assert copies(server) == {"a@b.example": 2}
    one.refresh_from_db()
    assert (one.unanswered, one.given_up_at is not None, one.body) == (2, True, "")
    assert [task.title for task in queries.tasks(ADMINISTRATOR)] == ["1 brev har inte gått fram"]
    assert "Det kan ha gått fram" in as_("admin").get("/brev/").content.decode()


@pytest.mark.parametrize("mood", ["swallows", "drops"])
def test_a_letter_that_the_line_dropped_once_goes_when_the_server_is_well(by, mood):  # noqa: F811
    """Nobody but the server can tell a line that drops in the midst of a letter from one that drops just after."""
    with serving(mood) as server:
        by(server.port)
        one = letter()
        run_queued()
        for _each in range(3):
            try_again()
        one.refresh_from_db()
        assert (one.unanswered, one.given_up_at, one.tries) == (1, None, 1)
    with serving() as well:
        by(well.port)
        try_again(hours=2)
        try_again(hours=2)
    assert copies(well) == {"a@b.example": 1}
    assert [*Message.objects.values_list("given_up_at", "body")] == [(None, "")]


def test_a_rude_farewell_does_not_send_the_letter_again(by):  # noqa: F811
    with serving("rude") as server:
        by(server.port)
        letter()
        run_queued()
        try_again()
    assert copies(server) == {"a@b.example": 1}
    assert Message.objects.exclude(sent_at=None).count() == 1


def test_a_mailbox_that_is_full_keeps_no_other_letter_waiting(by):  # noqa: F811
    with serving("busy for full@b.example") as server:
        by(server.port)
        for name in ("full", "a", "b"):
            letter(name)
        run_queued()
        assert not cache.get(AWAY)
        assert copies(server) == {"a@b.example": 1, "b@b.example": 1}
        server.mood = "kind"
        try_again()
        assert copies(server)["full@b.example"] == 1


def test_a_server_that_says_no_to_everybody_is_away_and_no_letter_is_given_up_for_it(by):  # noqa: F811
    with serving("closed") as server:
        by(server.port)
        one = letter()
        for _each in range(MOST_TRIES + 1):
            try_again()
        one.refresh_from_db()
        assert (one.given_up_at, one.body) == (None, "Text")
        server.mood = "kind"
        try_again()
        assert copies(server) == {"a@b.example": 1}


def test_a_letter_that_a_dead_worker_had_in_hand_is_taken_up_when_its_time_is_over(by):  # noqa: F811
    with serving() as server:
        by(server.port)
        one = letter()
        until = clock.now() + dt.timedelta(seconds=settings.Q_CLUSTER["timeout"])
        Message.objects.update(not_before=until)
        deliver(one)
        assert copies(server) == {}
        Message.objects.update(not_before=clock.now())
        deliver(one)
        assert copies(server) == {"a@b.example": 1}


def test_what_is_in_hand_is_free_before_the_queue_gives_it_out_again():
    assert settings.Q_CLUSTER["timeout"] < settings.Q_CLUSTER["retry"]
