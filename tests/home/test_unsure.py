"""The connection is lost as it commits, or after: it is unsure whether it was saved, and sent again it is there once.

On SQLite the file lies beside the process, and no commit is lost on the way.
"""

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from insteg.audit.models import Entry
from insteg.inventory.models import PlannedProcurement
from tests.committed import laid
from tests.home.losing import TYPED, hidden, is_503, lost, report_page, told, typed, words
from tests.town import build

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="no commit is lost between a process and its file"),
]


@pytest.fixture
def town(transactional_db):
    return laid(build)


@pytest.mark.parametrize("arrived", [True, False], ids=["the commit arrived", "the commit did not arrive"])
def test_it_is_unsure_whether_it_was_saved_and_sent_again_it_is_there_once(person, town, monkeypatch, arrived):
    commit, client, sent = BaseDatabaseWrapper._commit, person("park"), typed()

    def commit_and_hear_nothing(self):
        if Entry.objects.count() > before:
            if arrived:
                commit(self)
            raise lost()
        commit(self)

    before = Entry.objects.count()
    with monkeypatch.context() as wire:
        wire.setattr(BaseDatabaseWrapper, "_commit", commit_and_hear_nothing)
        answer = client.post(report_page(town), sent)
    assert is_503(answer)
    assert "osäkert om det sparades" in words(answer)
    assert hidden(answer) == sent
    reported = PlannedProcurement.objects.filter(title=TYPED["title"])
    assert reported.count() == arrived
    for _twice in range(2):
        assert client.post(report_page(town), hidden(answer)).status_code == 302
    assert reported.count() == 1


def test_what_is_refused_by_the_database_itself_is_surely_not_saved(person, town, monkeypatch):
    """A full disk: the server has answered, so there is nothing to be unsure of."""

    def no_room(self):
        raise told("53100")

    client = person("park")
    with monkeypatch.context() as full:
        full.setattr(BaseDatabaseWrapper, "_commit", no_room)
        answer = client.post(report_page(town), typed())
    assert is_503(answer)
    assert "Inget sparades" in words(answer)
    assert not PlannedProcurement.objects.filter(title=TYPED["title"]).exists()


def test_it_is_unsure_too_when_all_was_saved_and_only_the_session_was_not(person, town, away):
    """Django takes a session that cannot be kept for one that was ended, which is 400."""
    client = person("park")
    away(on='UPDATE "django_session"')
    answer = client.post(report_page(town), typed())
    assert is_503(answer)
    assert "osäkert om det sparades" in words(answer)
    away(False)
    assert client.post(report_page(town), hidden(answer)).status_code == 302
    assert PlannedProcurement.objects.filter(title=TYPED["title"]).count() == 1


def test_a_fault_of_ours_after_the_commit_says_to_look_first(person, town, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    client = person("park")
    with monkeypatch.context() as fault:
        fault.setattr("django.contrib.messages.success", broken)
        answer = client.post(report_page(town), typed())
    assert answer.status_code == 500
    assert "osäkert om det du höll på med sparades" in words(answer)
