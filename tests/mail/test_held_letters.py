"""A restored system sends nothing until somebody has looked: its letters may have left before."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse

from insteg.access.actor import Actor, Role
from insteg.audit.gate import ACTIONS
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.home.queries import waiting as waiting_for
from insteg.mail import holding, jobs, queries
from insteg.mail.actions import release
from insteg.mail.models import Hold, Message
from insteg.mail.outbox import post

ADMINISTRATOR = Actor("member", "a", Role.ADMINISTRATOR)


def letter(subject, **when):
    written = clock.now() - dt.timedelta(**when)
    return Message.objects.create(to="park@staden.example", subject=subject, body="text", created_at=written)


@pytest.fixture
def restored(db):
    """A system that was restored an hour ago, with a letter that waited then and one written since."""
    with clock.set_back(1 / 24):
        holding.hold(apps, backup_from=clock.now() - dt.timedelta(days=3), now=clock.now())
    letter("gammalt", days=4)
    letter("nytt", minutes=10)
    return Hold.objects.get()


def left():
    return [each.subject for each in mail.outbox]


def test_nothing_leaves_a_restored_system(restored):
    later = post(to="hus@staden.example", subject="lösenord", body="en länk")
    jobs.send(message=str(later.pk))
    jobs.send_again()
    for each in Message.objects.all():
        jobs.deliver(each)
    assert left() == []
    assert holding.waiting().count() == 3
    assert Message.objects.filter(tries=0).count() == 3


@pytest.mark.parametrize(
    ("choice", "sent", "dropped"),
    [("send", ["gammalt", "nytt"], 0), ("newer", ["nytt"], 1), ("drop", [], 2)],
)
def test_what_waits_is_sent_or_thrown_away_as_the_administrator_says(restored, choice, sent, dropped):
    release(actor=ADMINISTRATOR, target=restored, seen=restored.version, waiting_letters=choice)
    jobs.send_again()
    assert sorted(left()) == sent
    assert holding.waiting().count() == 0
    restored.refresh_from_db()
    assert (restored.dropped, holding.held()) == (dropped, None)
    assert Message.objects.filter(given_up_at__isnull=False, body="").count() == dropped
    new = post(to="park@staden.example", subject="nyare", body="text")
    jobs.send(message=str(new.pk))
    assert left()[-1] == "nyare"


def test_a_letter_that_was_held_for_days_is_not_given_up_at_the_first_failure(restored):
    release(actor=ADMINISTRATOR, target=restored, seen=None, waiting_letters="send")
    with patch("insteg.mail.jobs.EmailMultiAlternatives.send", side_effect=ConnectionRefusedError):
        jobs.send_again()
    assert holding.waiting().count() == 2


def test_the_log_tells_that_letters_were_held_and_released(restored):
    release(actor=ADMINISTRATOR, target=restored, seen=None, waiting_letters="drop")
    about = Entry.objects.filter(subjects__row=restored.pk).order_by("pk")
    assert [*about.values_list("action", "actor_kind")] == [("mail.hold", "system"), ("mail.release", "member")]


def test_restoring_once_more_begins_anew(restored):
    holding.hold(apps, backup_from=clock.now(), now=clock.now())
    assert Hold.objects.filter(released_at=None).count() == 1


def test_thrown_letters_are_no_trouble_afterwards(town, restored):
    release(actor=ADMINISTRATOR, target=restored, seen=None, waiting_letters="drop")
    admin = town.who["admin"]
    assert not [task for task in waiting_for(admin).mine if "brev" in task.title.lower()]


def test_nobody_but_the_administrator_is_told_that_letters_are_held(town, restored):
    assert {name for name in town.who if [*queries.tasks(town.who[name])]} == {"admin", "admin2"}


def test_the_administrator_sees_why_and_how_much_and_lets_them_go(town, as_, restored):
    client = as_("admin")
    page = client.get("/").content.decode()
    assert "Breven hålls inne sedan återläsningen" in page
    assert "2 brev väntar" in page
    address = reverse("mail:held", args=[restored.pk])
    form = client.get(address)
    assert "1 av dem är äldre än återläsningen" in " ".join(form.content.decode().split())
    key = form.context["form"]["key"].value()
    sent = {"key": key, "version": restored.version}
    assert client.post(address, sent).status_code == 422  # what becomes of them must be said
    sent["waiting_letters"] = "newer"
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302  # a second click
    assert holding.held() is None
    assert "Breven hålls inne" not in client.get("/").content.decode()


def test_whoever_waits_for_a_letter_or_sends_one_is_told(town, as_, restored):
    held = "Insteg håller inne alla brev just nu"
    assert held in as_(None).get(reverse("account_reset_password_done")).content.decode()
    invite = reverse("organisations:invite", args=[town.org["Park"].pk])
    assert held in as_("admin").get(invite).content.decode()
    restored.released_at = clock.now()
    restored.save()
    assert held not in as_("admin").get(invite).content.decode()
    assert held not in as_(None).get(reverse("account_reset_password_done")).content.decode()


def test_letters_that_were_let_go_are_not_let_go_again(town):
    """What has been written since is no part of what was held."""
    held = Hold.objects.create(backup_from=clock.now())
    release = ACTIONS["mail.release"]
    assert release.rule.permits(town.who["admin"], held.pk)
    Hold.objects.filter(pk=held.pk).update(released_at=clock.now())
    assert not release.rule.permits(town.who["admin"], held.pk)
