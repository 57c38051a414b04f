"""Who sits in the steering group, and that it meets once each term (R30)."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insteg.audit.gate import Refused
from insteg.core import clock
from insteg.inventory.terms import Term
from insteg.meetings import actions as meetings
from insteg.meetings.models import Meeting
from insteg.organisations.models import Membership, User
from insteg.steering import actions
from insteg.steering.demo import group as demo
from insteg.steering.models import Seat
from insteg.steering.queries import group as queries
from insteg.steering.term_meetings import asked_from, bounds, call_by
from tests.town import build

CHAIR, MEMBER, INVITED = Seat.Capacity.CHAIR, Seat.Capacity.MEMBER, Seat.Capacity.INVITED
YEAR = dt.timedelta(days=365)
HOUR = dt.timedelta(hours=1)
SPRING, AUTUMN = Term(2027, "spring"), Term(2027, "autumn")
MORNING = dt.datetime(2027, 1, 11, 8, 0, tzinfo=dt.UTC)
LAID = {"town": time_machine.travel(MORNING, tick=False)(lambda _ground: build())}


@pytest.fixture(autouse=True)
def that_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def by(town, name="ue"):
    return {"actor": town.who[name], "seen": None}


def sits(town, who, party, capacity=MEMBER, *, starts=None, ends=None, name="ue"):
    """`starts` and `ends` are days from today."""
    day = clock.today()
    user = Membership.objects.get(pk=town.who[who].membership_id).user
    return actions.add_seat(
        target=town.org["Stad"], user=user, party=party, capacity=capacity, starts_on=day + dt.timedelta(starts or 0),
        ends_on=None if ends is None else day + dt.timedelta(ends), **by(town, name),
    )  # fmt: skip


@pytest.fixture
def group(town):
    """Everyone whom the model asks for."""
    town.seats = {
        "ue": sits(town, "ue", "ue", CHAIR), "chef": sits(town, "chef", "ame"), "sia": sits(town, "styr2", "sia"),
        "af": sits(town, "af", "af", INVITED),
    }  # fmt: skip
    return town


def text_of(client, path="/styrgruppen/"):
    return " ".join(client.get(path).content.decode().split())


def a_meeting(town, starts_at, *, called=True):
    meeting = meetings.plan(
        target=town.org["Stad"], title="Styrgruppens möte", starts_at=starts_at, ends_at=starts_at + 2 * HOUR,
        place="Rum 3", invited=queries.invited_on(starts_at.date()), **by(town),
    )  # fmt: skip
    if called:
        meetings.call(target=meeting, **by(town))
    return meeting


def moment(text):
    return dt.datetime.fromisoformat(f"{text}T12:00+00:00")


# --- who sits there


def test_the_page_says_who_sits_there_and_what_is_missing(group, as_):
    page = text_of(as_("styr"))
    assert "Tre personer sitter i gruppen och en är adjungerad." in page
    assert "Saknas" not in page
    assert page.index("Ue") < page.index("Chef") < page.index("Styr2") < page.index("Af")
    Seat.objects.filter(pk__in=[group.seats[who].pk for who in ("ue", "af")]).delete()
    page = text_of(as_("styr"))
    for lacking in ("Ingen är ordförande.", "Ingen företräder UE.", "Ingen från Arbetsförmedlingen är adjungerad."):
        assert lacking in page
    assert "Ingen företräder AME." not in page


def test_an_empty_group_says_what_to_do(town, as_):
    assert "Lägg till dem som företräder UE, AME och SIA" in text_of(as_("ue"))
    page = text_of(as_("styr"))
    assert "Upphandlingsenheten för in vilka som sitter i gruppen." in page
    assert "Lägg till" not in page


def test_a_seat_has_its_first_and_its_last_day(town):
    seat, day = sits(town, "chef", "ame", starts=0, ends=10), clock.today()
    in_force = [Seat.objects.in_force(day + dt.timedelta(days)).filter(pk=seat.pk).exists() for days in (-1, 0, 10, 11)]
    assert in_force == [False, True, True, False]


def test_there_is_one_chair_at_a_time(group):
    with pytest.raises(ValidationError, match="redan en ordförande"):
        sits(group, "styr", "ame", CHAIR, starts=30)
    actions.end_seat(target=group.seats["ue"], ends_on=clock.today() + dt.timedelta(29), **by(group))
    assert sits(group, "styr", "ame", CHAIR, starts=30).capacity == CHAIR


def test_nobody_sits_there_twice_at_once(group):
    with pytest.raises(ValidationError, match="sitter redan i styrgruppen"):
        sits(group, "chef", "sia", starts=400)
    actions.end_seat(target=group.seats["chef"], ends_on=clock.today(), **by(group))
    assert sits(group, "chef", "sia", starts=1)
    with pytest.raises(ValidationError, match="sitter redan i styrgruppen"):
        actions.change_seat(
            target=group.seats["chef"], user=group.seats["chef"].user, party="ame", capacity=MEMBER,
            starts_on=clock.today(), ends_on=clock.today() + dt.timedelta(1), **by(group),
        )  # fmt: skip


@pytest.mark.parametrize("capacity", [CHAIR, MEMBER])
def test_the_employment_service_is_there_without_deciding(town, capacity):
    with pytest.raises(ValidationError, match="adjungerad"):
        sits(town, "af", "af", capacity)
    assert sits(town, "af", "af", INVITED).pk


@pytest.mark.parametrize(("who", "party"), [("af", "ame"), ("chef", "af"), ("bygg", "ue"), ("bistand", "ame")])
def test_who_works_elsewhere_cannot_sit_for_a_party(town, who, party):
    with pytest.raises(ValidationError, match="Personen har inget uppdrag"):
        sits(town, who, party, INVITED)


def test_who_has_left_the_city_can_still_be_given_a_last_day(group):
    seat, day = group.seats["chef"], clock.today()
    Membership.objects.filter(user=seat.user).update(ended_at=clock.now())
    said = {"user": seat.user, "capacity": MEMBER, "starts_on": day - dt.timedelta(9), "ends_on": day}
    with pytest.raises(ValidationError, match="inget uppdrag"):
        actions.change_seat(target=seat, party="sia", **said, **by(group))
    actions.change_seat(target=seat, party="ame", **said, **by(group))
    seat.refresh_from_db()
    assert seat.ends_on == day


def test_what_is_over_stays_and_nobody_changes_it(group, as_):
    seat, day = group.seats["chef"], clock.today()
    Seat.objects.filter(pk=seat.pk).update(starts_on=day - YEAR)
    actions.end_seat(target=seat, ends_on=day - dt.timedelta(1), **by(group))
    page = text_of(as_("ue"))
    assert "Har suttit i gruppen" in page
    assert page.index("Har suttit i gruppen") < page.index(">Chef<")
    with pytest.raises(Refused):
        actions.end_seat(target=seat, ends_on=day, **by(group))
    assert as_("ue").get(f"/styrgruppen/mandat/{seat.pk}/andra/").status_code == 403


def test_a_last_day_later_than_the_one_there_is_is_no_end(group):
    seat = sits(group, "styr", "ame", ends=5)
    with pytest.raises(ValidationError, match="slutar redan före"):
        actions.end_seat(target=seat, ends_on=clock.today() + dt.timedelta(6), **by(group))


def test_the_steering_group_reads_and_changes_nothing(group):
    for who in ("styr", "chef", "mal", "af"):
        with pytest.raises(Refused):
            sits(group, "mal", "ame", name=who)
        with pytest.raises(Refused):
            actions.end_seat(target=group.seats["chef"], ends_on=clock.today(), **by(group, who))
    assert Seat.objects.count() == 4


def test_the_database_has_the_last_word(group):
    chef, styr = group.seats["chef"].user_id, group.who["styr"].id
    for wrong in (
        {"user_id": chef, "party": "ame", "capacity": MEMBER},  # twice without an end
        {"user_id": styr, "party": "ame", "capacity": CHAIR},  # two chairs without an end
        {"user_id": styr, "party": "af", "capacity": MEMBER},
        {"user_id": styr, "party": "ame", "capacity": MEMBER, "ends_on": clock.today() - YEAR},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.bulk_create([Seat(**wrong)])


def test_it_is_brought_in_and_ended_on_the_pages(town, as_):
    ue, day = as_("ue"), clock.today()
    user = town.who["chef"].id
    sent = {"version": 1, "key": "0" * 32, "user": user, "party": "ame", "capacity": "member", "starts_on": str(day)}
    assert ue.post("/styrgruppen/mandat/nytt/", sent).status_code == 302
    assert ue.post("/styrgruppen/mandat/nytt/", sent).status_code == 302  # a double click
    seat = Seat.objects.get()
    assert "Chef · AME" in text_of(ue, "/styrgruppen/mandat/nytt/")
    refused = ue.post("/styrgruppen/mandat/nytt/", sent | {"key": "1" * 32})
    assert refused.status_code == 422
    assert "Personen sitter redan i styrgruppen de dagarna." in refused.content.decode()
    address = f"/styrgruppen/mandat/{seat.pk}/avsluta/"
    assert ue.post(address, {"version": 1, "key": "2" * 32, "ends_on": str(day)}).status_code == 302
    stale = ue.post(address, {"version": 1, "key": "3" * 32, "ends_on": str(day)})
    assert stale.status_code == 409


# --- a meeting each term


def test_a_term_has_its_days():
    assert bounds(SPRING) == (dt.date(2027, 1, 1), dt.date(2027, 6, 30))
    assert bounds(AUTUMN) == (dt.date(2027, 7, 1), dt.date(2027, 12, 31))
    assert (asked_from(SPRING), asked_from(AUTUMN)) == (dt.date(2027, 2, 1), dt.date(2027, 9, 1))
    # Midsummer's eve is closed, and so are Christmas and New Year's Eve.
    assert (call_by(SPRING), call_by(AUTUMN)) == (dt.date(2027, 6, 1), dt.date(2027, 12, 1))


@pytest.mark.parametrize(("day", "told"), [
    ("2027-01-31", None), ("2027-02-01", False), ("2027-06-01", False), ("2027-06-02", True), ("2027-06-30", True),
    ("2027-07-01", None), ("2027-08-31", None), ("2027-09-01", False), ("2027-12-01", False), ("2027-12-02", True),
])  # fmt: skip
def test_ue_is_told_in_good_time_that_a_term_has_no_meeting(town, day, told):
    with time_machine.travel(f"{day} 09:00:00+01:00", tick=False):
        found = [*queries.to_call(town.who["ue"])]
        late = [task.due_on < clock.today() for task in found]
    assert late == ([] if told is None else [told])


def test_others_are_not_told(town):
    with time_machine.travel("2027-03-01 09:00:00+01:00", tick=False):
        for name in ("styr", "chef", "admin", "park", "af"):
            assert [*queries.to_call(town.who[name])] == []


def test_a_meeting_of_the_term_must_be_called_and_stand(group):
    with time_machine.travel("2027-03-01 09:00:00+01:00", tick=False):
        assert tasks_of(group) == [""]
        a_meeting(group, moment("2027-09-15"))  # another term's
        assert tasks_of(group) == [""]
        meeting = a_meeting(group, moment("2027-04-15"), called=False)
        assert tasks_of(group) == ["Mötet är planerat, men kallelsen har inte gått ut"]
        meetings.call(target=meeting, **by(group))
        assert tasks_of(group) == []
        meetings.cancel(target=meeting, why="För få kunde.", **by(group))
        assert tasks_of(group) == [""]


def tasks_of(town):
    """What stands beside each, apart from the term's own name."""
    return [task.about.replace("våren 2027", "") for task in queries.to_call(town.who["ue"])]


@pytest.mark.parametrize(("day", "said"), [
    ("2027-01-15", "Kalla senast tisdag 1 juni."), ("2027-06-02", "Kalla nu: 19 arbetsdagar återstår av terminen."),
])  # fmt: skip
def test_the_page_says_the_same_and_whose_move_it_is(group, as_, day, said):
    with time_machine.travel(f"{day} 09:00:00+01:00", tick=False):
        page = text_of(as_("ue")).replace("\xa0", " ")
        assert "Våren har inget möte" in page
        assert said in page
        assert "/styrgruppen/kalla/" in page
        others = text_of(as_("styr")).replace("\xa0", " ")
        assert f"Upphandlingsenhetens tur. {said}" in others
        assert "/styrgruppen/kalla/" not in others


def test_the_administrator_keeps_the_group_and_sees_no_meeting(group, as_):
    a_meeting(group, clock.now() + dt.timedelta(days=3))
    assert "Nästa möte är" in text_of(as_("ue"))
    page = text_of(as_("admin"))
    assert "Tre personer sitter i gruppen" in page
    assert "/moten/" not in page
    assert "Nästa möte är" not in page


def test_those_who_sit_there_that_day_come_on_the_list(group, as_):
    actions.end_seat(target=group.seats["chef"], ends_on=clock.today() + dt.timedelta(20), **by(group))
    sits(group, "styr", "ame", starts=21)
    day = clock.today() + dt.timedelta(30)
    sent = {
        "version": 1, "key": "0" * 32, "title": "Styrgruppens möte", "day": str(day), "starts_at": "13.00",
        "ends_at": "15.00", "place": "Rum 3", "text": "",
    }  # fmt: skip
    answer = as_("ue").post("/styrgruppen/kalla/", sent)
    meeting = Meeting.objects.get()
    assert answer.url == f"/moten/{meeting.pk}/"
    assert (meeting.kind, meeting.called_at) == (Meeting.Kind.STEERING, None)
    listed = meeting.attendances.order_by("user__name").values_list("user__name", "capacity", "represents")
    assert [*listed] == [
        ("Af", "invited", "Arbetsförmedlingen"), ("Styr", "member", "AME"), ("Styr2", "member", "SIA"),
        ("Ue", "chair", "UE"),
    ]  # fmt: skip


def test_the_page_tells_of_answers_and_of_those_who_came(group, as_):
    meeting = a_meeting(group, clock.now() + dt.timedelta(days=3))
    assert "0 av 4 har svarat, 0 kommer." in text_of(as_("styr"))
    for who, answer in (("styr2", "coming"), ("af", "declined")):
        own = meeting.attendances.get(user_id=group.who[who].id)
        meetings.answer_call(actor=group.who[who], target=own, seen=None, answer=answer)
    assert "2 av 4 har svarat, 1 kommer." in text_of(as_("styr"))
    with time_machine.travel(meeting.starts_at + HOUR, tick=False):
        assert "Närvaron är inte antecknad." in text_of(as_("styr"))
        came = {each.pk: meetings.Came(each.user_id != group.seats["af"].user_id) for each in meeting.attendances.all()}
        meetings.keep_attendance(target=meeting, came=came, **by(group))
        assert "3 av 4 var med." in text_of(as_("styr"))


def test_the_example_city_gets_its_group_and_two_meetings_once(town):
    names = ("Eva Ström", "Lena Rask", "Maja Holm", "Omar Vik", "Sara Nyman", "Henrik Sand")
    for who, name in zip(("ue", "chef", "ame", "chef2", "af", "sia"), names, strict=True):
        User.objects.filter(pk=town.who[who].id).update(name=name)
    with time_machine.travel("2027-05-10 09:00:00+02:00", tick=False):
        demo.fill()
        demo.fill()
        looks_as_it_should(town)


def looks_as_it_should(town):
    day = clock.today()
    assert (Seat.objects.count(), len(queries.invited_on(day))) == (6, 5)
    assert Seat.objects.filter(ends_on__lt=day).get().user.name == "Henrik Sand"
    held, called = Meeting.objects.called().order_by("starts_at")
    assert (held.has_begun, called.has_begun) == (True, False)
    assert held.attendances.filter(present=True).count() == 4
    assert called.attendances.filter(answer="coming").count() == 2


def test_a_town_without_those_people_gets_none(town):
    demo.fill()
    assert not Seat.objects.exists()
    assert not Meeting.objects.exists()
