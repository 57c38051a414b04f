"""Reminders as they go (R10): the job looks every quarter of an hour, through a whole round, with the clock moved."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from insteg.access.actor import SYSTEM, Role
from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.core.jobs import RECURRING, run
from insteg.inventory.actions import (
    close_round,
    draft_round,
    extend,
    hold_reminders,
    open_round,
    remind,
    reopen_round,
    take_up_answer,
)
from insteg.inventory.models import Reminder, RoundAnswer, RoundRequest
from insteg.inventory.queries import reminders as queries
from insteg.inventory.queries.recipients import recipients
from insteg.inventory.queries.round_tasks import tasks
from insteg.mail.models import Message
from insteg.organisations.models import Membership, User
from tests.inventory.answering import fields, page_of
from tests.town import address, member

SWEDEN = dt.timezone(dt.timedelta(hours=1))
OPENED, CLOSES = "2026-10-05T09:00:00+02:00", dt.date(2026, 11, 18)
QUARTER, HOUR = dt.timedelta(minutes=RECURRING["inventory.remind"]), dt.timedelta(hours=1)


@pytest.fixture
def autumn(db, time_machine, request):
    """A round that opens on 5 October and closes on 18 November 2026; every buyer and both units are asked."""
    time_machine.move_to(OPENED, tick=False)
    town = request.getfixturevalue("town")  # whose people begin that day
    facts = {
        "year": 2026, "term": "autumn", "first_year": 2027, "last_year": 2029, "natures": ["services"], "message": "",
        "value_floor": None, "closes_on": CLOSES,
    }  # fmt: skip
    town.round = draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    open_round(actor=town.who["ue"], target=town.round, seen=None)
    town.round.refresh_from_db()
    for name in ("Stad", "Vård", "Skola", "El"):  # the others have somebody already
        member(f"hos-{name.lower()}".replace("å", "a"), Role.PROCURING, town.org[name])
    Message.objects.all().delete()
    return town


def request_of(town, name):
    return RoundRequest.objects.get(round=town.round, organisation=town.org[name], unit=None)


def answer(town, name):
    """As if it had been sent in."""
    RoundAnswer.objects.create(
        request=request_of(town, name), number=1, nothing_to_report=True, answered_by_id=town.who["ue"].id
    )


def passes(time_machine, until, *, step=HOUR, down=lambda moment: False):
    """Time goes on to `until`, and the worker looks at every whole step unless it is down."""
    until = dt.datetime.fromisoformat(until).astimezone(dt.UTC)
    moment = clock.now()
    while moment < until:
        moment = min(moment + step, until)
        time_machine.move_to(moment, tick=False)
        if not down(moment):
            run("inventory.remind", {})


def gone(town):
    """{(moment's day, number): whom}, of what has gone."""
    found = {}
    for reminder in Reminder.objects.filter(request__round=town.round).select_related("request__organisation"):
        found.setdefault((f"{reminder.sent_on:%m-%d}", reminder.number), set()).add(str(reminder.request))
    return found


def moments():
    return {f"{localtime(at):%m-%d %H:%M}" for at in Message.objects.values_list("created_at", flat=True)}


EVERYONE = {"Stad", "Vård", "Park", "Skola", "Hus", "El", "AME", "SIA"}


@pytest.mark.one_database
def test_a_whole_round_quarter_by_quarter(autumn, time_machine):
    """Some answer at once, some after the first, some never; one gets more time in between."""
    answer(autumn, "Skola")
    passes(time_machine, "2026-11-03T00:00+01:00")
    passes(time_machine, "2026-11-04T07:45+01:00", step=QUARTER)
    assert gone(autumn) == {}
    passes(time_machine, "2026-11-04T20:00+01:00", step=QUARTER)
    assert gone(autumn) == {("11-04", 1): EVERYONE - {"Skola"}}
    answer(autumn, "El")
    passes(time_machine, "2026-11-16T12:00+01:00", step=QUARTER)
    extend(
        actor=autumn.who["ue"], target=request_of(autumn, "Vård"), seen=None, extended_to=dt.date(2026, 11, 27),
        extended_because="Ny chef",
    )  # fmt: skip
    passes(time_machine, "2026-11-19T00:00+01:00", step=QUARTER)
    answer(autumn, "Park")
    passes(time_machine, "2026-11-28T00:00+01:00", step=QUARTER)
    passes(time_machine, "2026-12-31T00:00+01:00")
    assert gone(autumn) == {
        ("11-04", 1): EVERYONE - {"Skola"},
        ("11-20", 2): EVERYONE - {"Skola", "El", "Park", "Vård"},
        ("11-25", 2): {"Vård"},
    }
    letters = Message.objects.filter(subject__startswith="Påminnelse")
    assert {f"{localtime(letter.created_at):%m-%d %H:%M}" for letter in letters} == {
        "11-04 08:00", "11-20 08:00", "11-25 08:00",
    }  # fmt: skip
    assert letters.count() == sum(Reminder.objects.values_list("letters", flat=True))


def test_where_the_worker_was_down_it_goes_on_the_next_working_day(autumn, time_machine):
    def down(moment):
        return dt.date(2026, 11, 3) <= localtime(moment).date() <= dt.date(2026, 11, 6)

    passes(time_machine, "2026-11-12T00:00+01:00", down=down)
    assert {when for when, _number in gone(autumn)} == {"11-09"}  # the 7th and 8th are a weekend
    assert moments() == {"11-09 08:00"}


def test_a_worker_that_comes_back_late_in_the_day_waits_for_the_morning(autumn, time_machine):
    passes(time_machine, "2026-11-05T12:00+01:00", down=lambda at: at < dt.datetime(2026, 11, 4, 16, 50, tzinfo=SWEDEN))
    assert moments() == {"11-05 08:00"}


def test_an_answer_that_is_taken_up_again_gives_peace_for_three_days(autumn, time_machine):
    answer(autumn, "Park")
    passes(time_machine, "2026-11-19T15:00+01:00")
    standing = RoundAnswer.objects.get(request=request_of(autumn, "Park"))
    take_up_answer(actor=autumn.who["park"], target=standing, seen=None)
    passes(time_machine, "2026-12-01T00:00+01:00")
    assert {when for when, whom in gone(autumn).items() if "Park" in whom} == {("11-24", 2)}


@pytest.mark.one_database
def test_a_closed_round_reminds_nobody_and_an_opened_one_gives_peace_first(autumn, time_machine):
    passes(time_machine, "2026-11-19T15:00+01:00")
    close_round(actor=autumn.who["ue"], target=autumn.round, seen=None, without_all=True)
    passes(time_machine, "2026-11-25T15:00+01:00")
    assert [number for _day, number in gone(autumn)] == [1]
    reopen_round(actor=autumn.who["ue"], target=autumn.round, seen=None, closes_on=dt.date(2026, 11, 26))
    passes(time_machine, "2026-12-10T15:00+01:00")
    assert {when for when in gone(autumn) if when[1] == 2} == {("11-30", 2)}


def test_whoever_is_held_back_gets_none_until_let_go(autumn, time_machine):
    park = request_of(autumn, "Park")
    hold_reminders(actor=autumn.who["ue"], target=park, seen=None, hold=True)
    passes(time_machine, "2026-11-10T12:00+01:00")
    assert "Park" not in gone(autumn)["11-04", 1]
    assert [[str(each) for each in batch.held] for batch in queries.coming(autumn.round)] == [["Park"], ["Park"]]
    hold_reminders(actor=autumn.who["ue"], target=park, seen=None, hold=False)
    passes(time_machine, "2026-11-11T12:00+01:00")
    assert gone(autumn)["11-10", 1] == {"Park"}


def test_an_empty_place_is_said_and_is_reminded_when_somebody_comes(autumn, time_machine):
    Membership.objects.filter(organisation=autumn.org["Park"]).update(ended_at=clock.now())
    passes(time_machine, "2026-11-04T12:00+01:00")
    assert "Park" not in gone(autumn)["11-04", 1]
    unreached = {(str(batch.day), batch.number): [str(each) for each in batch.unreached] for batch in
                 queries.coming(autumn.round)}  # fmt: skip
    assert unreached == {("2026-11-04", 1): ["Park"], ("2026-11-20", 2): ["Park"]}
    member("ny-i-parken", Role.PROCURING, autumn.org["Park"])
    passes(time_machine, "2026-11-05T12:00+01:00")
    assert "Park" in gone(autumn)["11-04", 1]
    assert Message.objects.filter(to=address("ny-i-parken")).exists()


@pytest.mark.one_database
def test_what_the_board_says_beforehand_is_what_happens(autumn, time_machine):
    passes(time_machine, "2026-11-02T12:00+01:00")
    said = {(f"{b.day:%m-%d}", b.number): {str(each) for each in b.requests} for b in queries.coming(autumn.round)}
    passes(time_machine, "2026-12-10T12:00+01:00")
    assert gone(autumn) == said
    assert [(batch.number, len(batch.requests)) for batch in queries.sent(autumn.round)] == [(2, 8), (1, 8)]
    assert queries.coming(autumn.round) == []


def test_the_letter_says_what_and_by_when_and_nothing_about_anyone(autumn, time_machine):
    passes(time_machine, "2026-11-04T09:00+01:00")
    letter = Message.objects.get(to=address("park"))
    assert letter.subject == "Påminnelse om inventeringen hösten 2026: svara senast onsdag 18 november"
    assert f"/inventering/svar/{request_of(autumn, 'Park').pk}/" in letter.body
    passes(time_machine, "2026-11-20T09:00+01:00")
    late = Message.objects.filter(to=address("park")).latest("created_at")
    assert late.subject == "Påminnelse om inventeringen hösten 2026: vi väntar på ert svar"
    assert "Svarsdagen var onsdag 18\xa0november" in late.body
    names = User.objects.exclude(email=address("park")).values_list("name", flat=True)
    assert not [name for name in names if f" {name}" in late.body]


def test_only_the_system_reminds_and_only_those_who_have_not_answered(autumn, time_machine):
    time_machine.move_to("2026-11-04T08:00+01:00", tick=False)
    park = request_of(autumn, "Park")
    with pytest.raises(Refused):
        remind(actor=autumn.who["ue"], target=park, seen=None)
    remind(actor=SYSTEM, target=park, seen=None)
    with pytest.raises(Blocked):
        remind(actor=SYSTEM, target=park, seen=None)
    answer(autumn, "Hus")
    with pytest.raises(Refused):
        remind(actor=SYSTEM, target=request_of(autumn, "Hus"), seen=None)


def test_who_has_answered_or_is_held_back_is_not_among_those_to_remind(autumn, time_machine):
    time_machine.move_to("2026-11-04T08:00+01:00", tick=False)

    def due():
        return {str(request) for request in queries.due(clock.today())}

    assert due() == EVERYONE
    answer(autumn, "Hus")
    assert due() == EVERYONE - {"Hus"}
    hold_reminders(actor=autumn.who["ue"], target=request_of(autumn, "Park"), seen=None, hold=True)
    assert due() == EVERYONE - {"Hus", "Park"}
    close_round(actor=autumn.who["ue"], target=autumn.round, seen=None, without_all=True)
    assert due() == set()


def test_the_database_allows_no_third_and_none_twice(autumn):
    park = request_of(autumn, "Park")
    Reminder.objects.create(request=park, number=1, sent_on=CLOSES, letters=1)
    for number in (1, 3):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reminder.objects.create(request=park, number=number, sent_on=CLOSES, letters=1)


def test_one_that_cannot_be_written_does_not_keep_the_others_from_theirs(autumn, time_machine, monkeypatch):
    from insteg.inventory import letters

    written = letters.reminder

    def broken(request):
        if request.organisation == autumn.org["Park"]:
            raise RuntimeError("the letter")
        return written(request)

    monkeypatch.setattr(letters, "reminder", broken)
    time_machine.move_to("2026-11-04T08:00+01:00", tick=False)
    with pytest.raises(ExceptionGroup):
        run("inventory.remind", {})
    assert gone(autumn) == {("11-04", 1): EVERYONE - {"Park"}}
    monkeypatch.undo()
    run("inventory.remind", {})
    assert gone(autumn) == {("11-04", 1): EVERYONE}


def test_it_costs_the_same_number_of_questions_for_one_and_for_many(autumn, django_assert_num_queries, time_machine):
    time_machine.move_to("2026-11-02T08:00+01:00", tick=False)
    with django_assert_num_queries(3):
        queries.coming(autumn.round)
    with django_assert_num_queries(2):
        queries.due(clock.today())
    with django_assert_num_queries(1):
        queries.sent(autumn.round)


def test_what_happens_to_the_request_while_they_answer_does_not_stand_in_their_way(as_, autumn, time_machine):
    """Their page is open since before a reminder, more time and reminders held back. The list is the same."""
    asked, client = request_of(autumn, "Park"), as_("park")
    typed = dict(fields(client.get(page_of(asked)).content.decode(), page_of(asked)))
    time_machine.move_to("2026-11-05T10:00:00+01:00", tick=False)
    client = as_("park")
    run("inventory.remind", {})
    assert request_of(autumn, "Park").reminders.count() == 1
    ue = {"actor": autumn.who["ue"], "target": asked, "seen": None}
    extend(**ue, extended_to=CLOSES + dt.timedelta(days=2), extended_because="Sjukdom")
    hold_reminders(**ue, hold=True)
    assert client.post(page_of(asked), typed).status_code == 302
    assert RoundAnswer.objects.filter(request=asked).count() == 1


def test_where_the_manager_s_account_is_closed_the_coach_is_both_written_to_and_asked(autumn):
    User.objects.filter(email=address("chef")).update(is_active=False)
    unit = RoundRequest.objects.get(round=autumn.round, unit=autumn.units["ame"])
    assert [user.email for user in recipients([unit])[unit.pk]] == [address("ame")]
    assert len([*tasks(autumn.who["ame"])]) == 1
