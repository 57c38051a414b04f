"""Two administrators at once, on a database where two can be at work."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from insteg.access.actor import Role
from insteg.audit.forms import sentence_of
from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.organisations import actions
from insteg.organisations.models import Membership, Organisation, Unit, User
from tests.organisations.conftest import PASSWORD

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]


def together(*attempts):
    """Runs them at the same moment. Gives for each its result or the exception."""
    start = Barrier(len(attempts))

    def run(attempt):
        try:
            start.wait(5)
            return attempt()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


@pytest.fixture
def two():
    organisation = Organisation.objects.create(name="Kansliet", kind="department")
    for name in ("ada", "bo"):
        user = User(name=name, email=f"{name}@kommunen.example")
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(user=user, role=Role.ADMINISTRATOR, organisation=organisation)
    return list(Membership.objects.order_by("user__name"))


@pytest.mark.parametrize("time", range(3))
def test_two_administrators_cannot_remove_one_another(two, time):
    ada, bo = two
    answers = together(
        lambda: actions.end_membership(actor=ada.actor(), target=bo, seen=None),
        lambda: actions.close_user(actor=bo.actor(), target=ada.user, seen=None),
    )
    assert Membership.objects.current().filter(user__is_active=True).count() == 1
    assert sorted(type(answer) for answer in answers if answer) in ([Blocked], [Refused])


def test_one_person_invited_from_two_organisations_at_once_is_one_account(two):
    other = Organisation.objects.create(name="Parken", kind="department")
    words = {"name": "Nils", "email": "nils@kommunen.example", "role": Role.PROCURING, "seen": None}
    answers = together(
        lambda: actions.invite(actor=two[0].actor(), target=two[0].organisation, **words),
        lambda: actions.invite(actor=two[1].actor(), target=other, **words),
    )
    assert User.objects.filter(email="nils@kommunen.example").count() == 1
    for answer in answers:
        if isinstance(answer, IntegrityError):
            assert "redan" in sentence_of(answer)
        else:
            assert isinstance(answer, list | ValidationError)


def test_closing_a_unit_and_the_account_that_is_left_at_once(two):
    ada, bo = two
    unit = Unit.objects.create(organisation=ada.organisation, name="Stab")
    Membership.objects.filter(pk=bo.pk).update(unit=unit, ended_at=None)
    together(
        lambda: actions.close_unit(actor=ada.actor(), target=unit, seen=None),
        lambda: actions.close_user(actor=bo.actor(), target=ada.user, seen=None),
    )
    left = Membership.objects.current().filter(user__is_active=True, starts_on__lte=clock.today())
    assert left.exists()
