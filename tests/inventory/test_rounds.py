"""R10, R14: UE drafts a round, opens it, gives more time, closes it and opens it again; letters tell."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insteg.access.actor import Role
from insteg.audit.gate import Blocked, Refused
from insteg.audit.models import EntrySubject
from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.models import InventoryRound, RoundAnswer, RoundRequest
from insteg.inventory.terms import Season, Term, answer_day, coming_terms, proposed, term_of, wanted_since
from insteg.mail.models import Message
from insteg.organisations.models import Membership, Organisation, Unit, User
from tests.town import address, member

DAY = dt.timedelta(days=1)


def facts(**more):
    today = clock.today()
    return proposed(Term(today.year, Season.AUTUMN), today) | more


def draft(town, **more):
    return actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts(**more))


def opened(town, **more):
    round = draft(town, **more)
    actions.open_round(actor=town.who["ue"], target=round, seen=None)
    return InventoryRound.objects.get(pk=round.pk)


def ue(town, verb, target, **data):
    return verb(actor=town.who["ue"], target=target, seen=None, **data)


def row(target):
    return type(target).objects.get(pk=target.pk)


def asked(round, organisation, unit=None):
    return round.requests.get(organisation=organisation, unit=unit)


def answer(request, town, name="park"):
    return RoundAnswer.objects.create(
        request=request, number=1, nothing_to_report=True, answered_by_id=town.who[name].id
    )


@pytest.fixture
def letters(db):
    """letters() is {who: [subjects]} of the letters written since it was last asked."""
    seen = set()

    def new():
        found = {}
        for letter in Message.objects.exclude(pk__in=seen).order_by("created_at", "pk"):
            seen.add(letter.pk)
            found.setdefault(letter.to.split("@")[0], []).append(letter)
        return found

    return new


# --- drafting


def test_a_draft_is_seen_by_nobody_but_the_procurement_unit(town, letters):
    round = draft(town)
    assert row(round).opened_at is None
    assert letters() == {}
    with pytest.raises(Refused):
        actions.draft_round(actor=town.who["park"], target=town.org["Park"], seen=None, **facts(year=2031))


def test_one_round_for_each_term(town):
    draft(town)
    with pytest.raises(ValidationError, match="Det finns redan en inventering den terminen"):
        draft(town)


@pytest.mark.parametrize(("first", "last", "fine"), [(1, 1, True), (1, 3, True), (1, 4, False), (2, 1, False)])
def test_a_round_looks_one_to_three_years_ahead(town, first, last, fine):
    year = clock.today().year
    if fine:
        assert draft(town, first_year=year + first, last_year=year + last)
    else:
        with pytest.raises(ValidationError, match="ett till tre år framåt"):
            draft(town, first_year=year + first, last_year=year + last)


def test_a_draft_may_be_changed_in_everything_and_thrown_away(town):
    round = draft(town)
    ue(town, actions.change_round, round, natures=["works"], first_year=facts()["first_year"] + 1, term="spring")
    assert (row(round).natures, row(round).term) == (["works"], "spring")
    ue(town, actions.discard_round, round)
    assert not InventoryRound.objects.exists()


@pytest.mark.parametrize(("days", "said"), [(-1, "Välj i dag eller en dag som kommer"), (400, "mer än ett år bort")])
def test_a_closing_day_lies_ahead_and_not_far_away(town, days, said):
    with pytest.raises(ValidationError, match=said):
        draft(town, closes_on=clock.today() + days * DAY)


def test_a_new_round_is_proposed_for_the_first_term_without_one():
    today = dt.date(2026, 11, 19)
    assert term_of(today) == (2026, "autumn")
    free = coming_terms(today, {(2026, "autumn"), (2027, "autumn")})
    assert free[:3] == [(2027, "spring"), (2028, "spring"), (2028, "autumn")]
    said = proposed(free[0], today)
    assert (said["first_year"], said["last_year"], said["natures"]) == (2028, 2030, ["services", "works"])
    assert said["closes_on"] == dt.date(2027, 1, 4)  # six weeks ahead is nyårsafton


def test_a_day_to_answer_is_a_working_day():
    assert answer_day(dt.date(2026, 4, 7)) == dt.date(2026, 5, 19)
    assert answer_day(dt.date(2026, 2, 20)) == dt.date(2026, 4, 7)  # långfredag, then påsk


@pytest.mark.parametrize(("day", "term"), [
    ("2026-02-28", None), ("2026-03-01", (2026, "spring")), ("2026-06-30", (2026, "spring")),
    ("2026-08-31", None), ("2026-09-01", (2026, "autumn")), ("2026-12-31", (2026, "autumn")),
])  # fmt: skip
def test_each_term_wants_its_round_from_march_and_september(day, term):
    wanted = wanted_since(dt.date.fromisoformat(day))
    assert (wanted and wanted[0]) == term


# --- opening


def test_opening_asks_every_department_and_company_and_every_unit_that_matches(town):
    round = opened(town)
    found = {(str(each.organisation), str(each.unit or "")) for each in round.requests.select_related("organisation")}
    places = {(name, "") for name in ("Stad", "Vård", "Park", "Skola", "Hus", "El")}
    assert found == places | {("Stad", "AME"), ("Vård", "SIA")}


def test_what_has_closed_is_not_asked(town):
    town.org["El"].closed_on = clock.today()
    town.org["El"].save()
    Unit.objects.filter(pk=town.units["sia"].pk).update(closed_on=clock.today())
    round = opened(town)
    assert not round.requests.filter(organisation=town.org["El"]).exists()
    assert not round.requests.filter(unit=town.units["sia"]).exists()


def test_letters_go_to_those_who_answer_and_nobody_else(town, letters):
    member("park2", Role.PROCURING, town.org["Park"])
    opened(town)
    assert set(letters()) == {"park", "park2", "hus", "chef", "chef2"}


def test_where_a_unit_has_no_manager_its_coach_is_written_to(town, letters):
    Membership.objects.filter(pk=town.who["chef"].membership_id).update(ended_at=clock.now())
    opened(town)
    assert set(letters()) == {"park", "hus", "ame", "chef2"}


def test_a_letter_is_in_the_readers_language_and_names_the_round_and_no_person(town, letters):
    User.objects.filter(email=address("hus")).update(language="en")
    round = opened(town, message="Tänk på Anna Andersson.")
    found = letters()
    [swedish], [english] = found["park"], found["hus"]
    assert "Inventeringen hösten" in swedish.subject
    assert "svara senast" in swedish.subject
    assert "svara senast" not in english.subject
    assert f"/inventering/svar/{asked(round, town.org['Park']).pk}/" in swedish.body
    for letter in (swedish, english):
        assert "Anna" not in letter.body
        assert "Park" not in letter.subject


def test_whoever_has_two_places_gets_a_letter_for_each(town, letters):
    member("park", Role.PROCURING, town.org["Skola"])
    member("park", Role.PROCURING, town.org["Park"])  # twice in one place is still one letter
    opened(town)
    assert len(letters()["park"]) == 2


def test_who_cannot_come_in_gets_no_letter(town, letters):
    User.objects.filter(email=address("hus")).update(is_active=False)
    opened(town)
    assert "hus" not in letters()


def test_when_one_letter_cannot_be_written_nothing_is_opened(town, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the letter")

    round = draft(town)
    monkeypatch.setattr("insteg.inventory.letters.notify", broken)
    with pytest.raises(RuntimeError, match="the letter"):
        ue(town, actions.open_round, round)
    assert row(round).opened_at is None
    assert not RoundRequest.objects.exists()


def test_a_round_is_opened_once(town, letters):
    round = opened(town)
    letters()
    with pytest.raises(Refused):
        ue(town, actions.open_round, round)
    assert letters() == {}


def test_a_round_whose_day_has_come_is_not_opened(town):
    round = draft(town)
    InventoryRound.objects.filter(pk=round.pk).update(closes_on=clock.today())
    with pytest.raises(Blocked, match="Svarsdagen är inte framåt i tiden"):
        ue(town, actions.open_round, round)


def test_a_round_is_not_opened_beside_another(town):
    opened(town)
    spring = draft(town, term="spring")
    with pytest.raises(Blocked, match=r"pågår\. Stäng den först"):
        ue(town, actions.open_round, spring)


def test_nobody_to_ask_is_said(town):
    Organisation.objects.buying().update(closed_on=clock.today())
    round = InventoryRound.objects.create(**facts())
    member("ue", Role.PROCUREMENT_UNIT, town.org["Stad"])
    with pytest.raises(Blocked, match="ingen förvaltning och inget bolag att fråga"):
        ue(town, actions.open_round, round)


# --- under way


def test_what_was_asked_for_stands_once_the_letters_have_gone(town):
    round = opened(town)
    with pytest.raises(TypeError, match="natures"):
        ue(town, actions.change_round, round, natures=["works"])
    for frozen in ({"natures": ["works"]}, {"first_year": round.first_year + 1}, {"opened_at": None}):
        with pytest.raises(IntegrityError, match="What a round asked for stands"), transaction.atomic():
            InventoryRound.objects.filter(pk=round.pk).update(**frozen)


def test_the_closing_day_can_be_moved_and_those_who_have_not_answered_are_told(town, letters):
    round = opened(town)
    answer(asked(round, town.org["Park"]), town)
    letters()
    ue(town, actions.change_round, round, closes_on=round.closes_on - 7 * DAY)
    assert set(letters()) == {"hus", "chef", "chef2"}
    ue(town, actions.change_round, row(round), message="Ring om något är oklart.", value_floor=500_000)
    assert letters() == {}
    with pytest.raises(ValidationError, match="Välj i dag eller en dag som kommer"):
        ue(town, actions.change_round, row(round), closes_on=clock.today() - DAY)


def test_moving_the_day_keeps_longer_time_and_takes_back_what_is_no_longer_longer(town, letters):
    round = opened(town)
    park, hus = asked(round, town.org["Park"]), asked(round, town.org["Hus"])
    ue(town, actions.extend, park, extended_to=round.closes_on + 5 * DAY, extended_because="Sjukdom")
    ue(town, actions.extend, hus, extended_to=round.closes_on + 30 * DAY, extended_because="Sjukdom")
    letters()
    ue(town, actions.change_round, row(round), closes_on=round.closes_on + 14 * DAY)
    assert (row(park).extended_to, row(park).extended_because) == (None, "")
    assert row(hus).extended_to == round.closes_on + 30 * DAY
    assert set(letters()) == {"park", "chef", "chef2"}


def test_more_time_is_told_by_letter_and_can_be_taken_back(town, letters):
    round = opened(town)
    letters()
    park = asked(round, town.org["Park"])
    ue(town, actions.extend, park, extended_to=round.closes_on + 9 * DAY, extended_because="Ny nämnd")
    assert row(park).due_on == round.closes_on + 9 * DAY
    [letter] = letters()["park"]
    assert "ny svarsdag" in letter.subject
    assert "Ny nämnd" not in letter.body  # what was typed is read on the page
    ue(town, actions.extend, park, extended_to=round.closes_on, extended_because="Behövs inte")
    assert (row(park).extended_to, row(park).extended_because) == (None, "")
    [letter] = letters()["park"]
    assert "Er längre tid gäller inte längre." in letter.body
    assert "för alla" not in letter.body  # nobody else's day is another
    ue(town, actions.extend, park, extended_to=round.closes_on, extended_because="Behövs inte")
    assert letters() == {}  # nothing was taken back


@pytest.mark.parametrize("days", [-1, -60, 400])
def test_more_time_is_more_time(town, days):
    round = opened(town)
    with pytest.raises(ValidationError):
        ue(town, actions.extend, asked(round, town.org["Park"]),
           extended_to=round.closes_on + days * DAY, extended_because="x")  # fmt: skip


def test_whoever_has_answered_needs_no_more_time(town):
    round = opened(town)
    park = asked(round, town.org["Park"])
    answer(park, town)
    with pytest.raises(Blocked, match="Svaret har redan kommit"):
        ue(town, actions.extend, park, extended_to=round.closes_on + DAY, extended_because="x")


def test_one_that_comes_after_the_opening_is_asked_later(town, letters):
    round = opened(town)
    letters()
    new = Organisation.objects.create(name="Kultur", kind="department")
    member("kultur", Role.PROCURING, new)
    made = ue(town, actions.ask, round, whom=str(new.pk))
    assert (made.organisation, made.unit) == (new, None)
    assert set(letters()) == {"kultur"}
    for whom in (str(new.pk), str(town.org["Bygg"].pk), ""):
        with pytest.raises(Blocked, match="har redan fått frågan"):
            ue(town, actions.ask, round, whom=whom)


# --- closing and opening again


def test_a_round_is_not_closed_unawares_while_some_have_not_answered(town, letters):
    round = opened(town)
    letters()
    with pytest.raises(Blocked, match="Alla har inte svarat"):
        ue(town, actions.close_round, round)
    answer(asked(round, town.org["Park"]), town)
    ue(town, actions.close_round, round, without_all=True)
    told = letters()
    assert set(told) == {"hus", "chef", "chef2"}
    assert "när som helst" in told["hus"][0].body  # R14
    assert "när som helst" not in told["chef"][0].body


def test_when_all_have_answered_nothing_is_asked_and_nobody_is_told(town, letters):
    round = opened(town)
    for request in round.requests.all():
        answer(request, town)
    letters()
    ue(town, actions.close_round, round)
    assert row(round).closed_at
    assert letters() == {}


def test_a_closed_round_says_what_it_said(town):
    round = opened(town)
    ue(town, actions.close_round, round, without_all=True)
    park = asked(round, town.org["Park"])
    later = round.closes_on + DAY
    for verb, target, data in (
        (actions.change_round, round, {"message": "Nytt"}),
        (actions.extend, park, {"extended_to": later, "extended_because": "x"}),
        (actions.ask, round, {"whom": "x"}),
        (actions.close_round, round, {}),
    ):
        with pytest.raises(Refused):
            ue(town, verb, target, **data)
    with pytest.raises(IntegrityError, match="What a round asked for stands"), transaction.atomic():
        InventoryRound.objects.filter(pk=round.pk).update(closes_on=later)


def test_a_round_can_be_opened_again_with_a_new_day(town, letters):
    round = opened(town)
    answer(asked(round, town.org["Park"]), town)
    ue(town, actions.close_round, round, without_all=True)
    letters()
    ue(town, actions.reopen_round, round, closes_on=clock.today() + 5 * DAY)
    assert (row(round).closed_at, row(round).closes_on) == (None, clock.today() + 5 * DAY)
    assert set(letters()) == {"hus", "chef", "chef2"}


def test_longer_time_than_the_first_day_is_not_late_when_the_round_is_opened_again(town):
    """It had five days more, and the new day is later than that: it is asked until then like everybody else."""
    round = opened(town)
    park = asked(round, town.org["Park"])
    ue(town, actions.extend, park, extended_to=round.closes_on + 5 * DAY, extended_because="Sjukdom")
    ue(town, actions.close_round, round, without_all=True)
    ue(town, actions.reopen_round, round, closes_on=round.closes_on + 30 * DAY)
    assert (row(park).extended_to, row(park).extended_because) == (None, "")
    assert row(park).due_on == round.closes_on + 30 * DAY
    assert EntrySubject.objects.filter(entry__action="inventory.reopen_round", row=park.pk).count() == 1


def test_a_round_is_not_opened_again_beside_another(town):
    first = opened(town)
    ue(town, actions.close_round, first, without_all=True)
    opened(town, term="spring")
    with pytest.raises(Blocked, match=r"pågår\. Stäng den först"):
        ue(town, actions.reopen_round, first, closes_on=clock.today() + DAY)
