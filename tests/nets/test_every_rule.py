"""The permission matrix, and that list, single object and column give the same answer."""

from itertools import product
from uuid import uuid4

from insteg.access.actor import SYSTEM, VISITOR, Actor, Role
from insteg.access.rules import Rule, granted
from insteg.audit import access as audit
from insteg.audit.gate import ACTIONS
from insteg.home import access as home
from insteg.inventory import access as inventory
from insteg.mail import access as mail
from insteg.meetings import access as meetings
from insteg.needs import access as needs
from insteg.organisations import access as organisations
from insteg.process import access as process
from insteg.steering import access as steering
from tests.nets.people import ROLES, reach
from tests.nets.rows import furniture, rows_of
from tests.town import PEOPLE

PARK, HUS = "p pw s2 s3", "h hw"
SHARED = "gj gs gu"  # Stad's joint one, and of Skola's one that is joined into it and one that is not
PLANNED = f"{PARK} {HUS} {SHARED}"
PARKS, HUSES = "pa pl pe rSopning", "ha"  # their agreements
NOW = "p s2 s3 h"
BUYING = "Stad Vård Park Skola Hus El Snart"
OPEN = f"{BUYING} Bygg Mat AF AF2"
STAFF = " ".join(PEOPLE)
EVERYBODY = f"{STAFF} ny nyss"
KINDS = "planned_procurement procurement contract internship employment"
INSIDE = ("procurement_unit", "procuring", "coach", "unit_manager", "steering", "referrer", "goal_coordinator",
          "administrator")  # fmt: skip
# For the city's meetings that stand.
LISTED = "plan-styr2 called-styr called-chef2 called-af begun-styr begun-af held-styr handed-styr"
CALLED = {
    "styr": "called-styr begun-styr held-styr handed-styr", "chef2": "called-chef2", "af": "called-af begun-af",
    "mal2": "vard-mal2",
}  # fmt: skip
HELD = "called begun held handed"  # meetings that people are called to
OF_CALLED, OF_BEGUN = "called-p called-own", "begun-gu begun-p begun-out begun-own"  # points of agendas
OF_OVER = "handed-h held-gu held-p held-h"
MATRIX = {  # the labels that each person reaches; see tests/nets/rows.py
    inventory.SEE: reach(
        procurement_unit=PLANNED, park=PARK, hus=HUS, coach=PLANNED, unit_manager=PLANNED, steering=PLANNED),
    inventory.CHANGE: reach(procurement_unit=f"{NOW} {SHARED}", park="p s2 s3", hus="h"),
    inventory.REINSTATE: reach(procurement_unit="pw hw", park="pw", hus="hw"),
    inventory.REPORT: reach(procurement_unit=BUYING, park="Park", hus="Hus"),
    inventory.REVIEW: reach(procurement_unit="pu pr hu", park="pu pr", hus="hu"),
    inventory.SEE_PLAN: reach(procurement_unit="pu pr ps pd hu", park="pu pr ps pd", hus="hu"),
    inventory.GIVE_UP_PLAN: reach(),
    inventory.JUDGE: reach(),
    inventory.SEE_AGREEMENT: reach(procurement_unit=f"{PARKS} {HUSES}", park=PARKS, hus=HUSES),
    inventory.CHANGE_AGREEMENT: reach(procurement_unit=f"pa pl rSopning {HUSES}", park="pa pl rSopning", hus=HUSES),
    inventory.REVIVE_AGREEMENT: reach(procurement_unit="pe", park="pe"),
    inventory.REVIEW_REGISTER: reach(procurement_unit="pr hr", park="pr", hus="hr"),
    inventory.SEE_REGISTER: reach(procurement_unit="pr prs prd hr", park="pr prs prd", hus="hr"),
    inventory.SET_PLACES: reach(procurement_unit=f"{NOW} gj gu"),
    inventory.JOIN: reach(procurement_unit="gj"),
    inventory.BEGIN_JOINT: reach(procurement_unit="Stad"),
    inventory.SEPARATE: reach(procurement_unit="gs"),
    inventory.TO_JOIN: reach(procurement_unit=f"{NOW} gj gu"),
    inventory.ASK_FOR_FACTS: reach(procurement_unit="Stad"),
    inventory.SEE_OCCUPATIONS: reach(
        procurement_unit="oc or", procuring="oc or", coach="oc or", unit_manager="oc or", steering="oc or",
        administrator="oc or"),
    inventory.ADD_OCCUPATION: reach(procurement_unit="Stad", admin="Stad", admin2="Vård"),
    inventory.REMOVE_OCCUPATION: reach(procurement_unit="oc", administrator="oc"),
    inventory.RESTORE_OCCUPATION: reach(procurement_unit="or", administrator="or"),
    inventory.LIST_BY_ORGANISATION: reach(
        **dict.fromkeys(("procurement_unit", "coach", "unit_manager", "steering"), f"{BUYING} Gamla")),
    inventory.COUNT_PLANNED: reach(
        procurement_unit=f"{NOW} gj gu", park="p s2 s3", hus="h", coach=f"{NOW} gj gu", unit_manager=f"{NOW} gj gu",
        steering=f"{NOW} gj gu", administrator=f"{NOW} gj gu"),
    inventory.UNCONFIRM_OCCUPATIONS: reach(procurement_unit="s3 h", park="s3", hus="h"),
    steering.SEE: reach(**dict.fromkeys(INSIDE, "vision goal krav old")),
    steering.KEEP: reach(mal="Stad", admin="Stad", mal2="Vård", admin2="Vård"),
    steering.CHANGE: reach(goal_coordinator="vision goal krav", administrator="vision goal krav"),
    steering.REVIVE: reach(goal_coordinator="old", administrator="old"),
    steering.SEE_TARGET: reach(**dict.fromkeys(INSIDE, "krav old")),
    steering.CHANGE_TARGET: reach(goal_coordinator="krav", administrator="krav"),
    steering.SEE_OCCASION: reach(**dict.fromkeys(INSIDE, "next past")),
    steering.CHANGE_OCCASION: reach(goal_coordinator="next", administrator="next"),
    steering.REOPEN_OCCASION: reach(goal_coordinator="past", administrator="past"),
    steering.SEE_SEAT: reach(
        **dict.fromkeys(("procurement_unit", "steering", "administrator"), "chair af later over")),
    steering.KEEP_GROUP: reach(procurement_unit="Stad", admin="Stad", admin2="Vård"),
    steering.CHANGE_SEAT: reach(procurement_unit="chair af later", administrator="chair af later"),
    steering.HAND_OVER: reach(procurement_unit="called begun"),
    steering.TAKE_BACK: reach(procurement_unit="handed"),
    steering.APPROVE: reach(styr="handed"),
    steering.TELL: reach(procurement_unit="held"),
    steering.SEE_FEEDBACK: reach(procurement_unit="Skola Park Hus", park="Park", steering="Skola Park"),
    steering.ADJUST_FEEDBACK: reach(procurement_unit="Hus"),
    steering.LOOK: reach(park="Park"),
    steering.SEE_LINE: reach(procurement_unit="gu p", park="p", steering="gu p"),
    steering.DO_NEXT: reach(procurement_unit="gu p", park="p"),
    steering.BUILD: reach(procurement_unit="plan"),
    steering.SEE_AGENDA: reach(procurement_unit="called begun handed held", steering="begun handed held", af="begun"),
    steering.KEEP_AGENDA: reach(procurement_unit="called begun"),
    steering.SEE_ITEM: reach(
        procurement_unit=f"{OF_CALLED} {OF_BEGUN} {OF_OVER}", steering=f"{OF_BEGUN} {OF_OVER}", af=OF_BEGUN),
    steering.KEEP_ITEM: reach(procurement_unit=f"{OF_CALLED} {OF_BEGUN}"),
    steering.SEE_FILE: reach(procurement_unit="called begun", steering="begun", af="begun"),
    steering.KEEP_FILE: reach(procurement_unit="called begun"),
    steering.TELL_VIEW: reach(park="begun-p"),
    steering.DECIDE: reach(procurement_unit=f"{OF_CALLED} {OF_BEGUN}", steering=f"{OF_CALLED} {OF_BEGUN}"),
    meetings.SEE: reach(
        procurement_unit=f"plan {HELD} off", steering=f"plan {HELD} off vard", chef2="called",
        af="called begun", af2="off", mal2="vard"),
    meetings.PLAN: reach(procurement_unit="Stad"),
    meetings.CHANGE: reach(procurement_unit="plan"),
    meetings.KEEP: reach(procurement_unit=f"plan {HELD}"),
    meetings.RUN: reach(procurement_unit=HELD),
    meetings.SEE_OWN: reach(procurement_unit=f"{LISTED} off-af2", **CALLED, af2="off-af2"),
    meetings.ANSWER: reach(**CALLED),
    meetings.TAKE_OFF: reach(procurement_unit=LISTED),
    inventory.ANSWER_NEEDS: reach(ame="a-over a-now", chef="a-over a-now", sia="s-over s-now", chef2="s-over s-now"),
    needs.SEE: reach(ame="na ne", chef="na ne", sia="ns", chef2="ns"),
    needs.PUBLISH: reach(ame="ame", chef="ame", sia="sia", chef2="sia"),
    needs.CHANGE: reach(ame="na", chef="na", sia="ns", chef2="ns"),
    needs.RESUME: reach(ame="ne", chef="ne"),
    needs.COUNT: reach(
        procurement_unit="na ns", procuring="na ns", coach="na ns", unit_manager="na ns", steering="na ns"),
    inventory.SEE_ROUND: reach(
        procurement_unit="over now draft", park="over now", hus="over now", ame="over now", sia="over now",
        unit_manager="over now", steering="over now"),
    inventory.SEE_BOARD: reach(procurement_unit="over now draft", steering="over now"),
    inventory.DRAFT_ROUND: reach(procurement_unit="Stad"),
    inventory.CHANGE_ROUND: reach(procurement_unit="now draft"),
    inventory.OPEN_ROUND: reach(procurement_unit="draft"),
    inventory.RUN_ROUND: reach(procurement_unit="now"),
    inventory.REOPEN_ROUND: reach(procurement_unit="over"),
    inventory.SEE_REQUEST: reach(
        procurement_unit="p-over h-over a-over s-over p-now h-now a-now s-now", park="p-over p-now",
        hus="h-over h-now", ame="a-over a-now", chef="a-over a-now", sia="s-over s-now", chef2="s-over s-now"),
    inventory.ANSWER: reach(
        procurement_unit="p-over h-over p-now h-now", park="p-over p-now", hus="h-over h-now"),
    inventory.LOOK: reach(
        park="p-over p-now", hus="h-over h-now", ame="a-over a-now", chef="a-over a-now", sia="s-over s-now",
        chef2="s-over s-now"),
    inventory.SEE_ANSWER: reach(
        procurement_unit="p-over h-over a-over s-over", park="p-over", hus="h-over", ame="a-over", chef="a-over",
        sia="s-over", chef2="s-over"),
    inventory.TAKE_UP: reach(
        procurement_unit="p-over h-over", park="p-over", hus="h-over", ame="a-over", chef="a-over",
        sia="s-over", chef2="s-over"),
    inventory.EXTEND: reach(procurement_unit="p-now h-now a-now s-now"),
    inventory.REMIND: reach(),
    inventory.HOLD_REMINDERS: reach(procurement_unit="p-now h-now a-now s-now"),
    process.SEE: reach(
        procurement_unit="one", procuring="one", coach="one", unit_manager="one", steering="one",
        goal_coordinator="one", administrator="one draft"),
    process.COPY: reach(administrator="one"),
    process.EDIT: reach(administrator="draft"),
    inventory.BUY: reach(procurement_unit="gj", park="p s2 s3", hus="h"),
    inventory.ADVISE: reach(procurement_unit=f"{NOW} gj gu"),
    inventory.DECIDE: reach(steering=f"{NOW} gj gu"),
    process.SEE_CASE: reach(
        procurement_unit=PLANNED, park=PARK, hus=HUS, coach=PLANNED, unit_manager=PLANNED, steering=PLANNED),
    process.MOVE_CASE: reach(
        procurement_unit=f"{NOW} gj gu", park="p s2 s3", hus="h", steering=f"{NOW} gj gu"),
    process.SEE_PROCESS: reach(
        **dict.fromkeys(ROLES - {"administrator"}, KINDS), administrator=f"{KINDS} draft"),
    process.COPY_PROCESS: reach(administrator=KINDS),
    process.EDIT_PROCESS: reach(administrator="draft"),
    process.EDIT_PHASE: reach(administrator="draft empty"),
    process.EDIT_STEP: reach(administrator="draft"),
    process.EDIT_ITEM: reach(administrator="draft"),
    process.EDIT_MOVE: reach(administrator="draft"),
    organisations.SEE: reach(administrator=f"{OPEN} Gamla"),
    organisations.ADD: reach(admin="Stad", admin2="Vård"),
    organisations.CHANGE: reach(administrator=OPEN),
    organisations.REOPEN: reach(administrator="Gamla"),
    organisations.CHANGE_UNIT: reach(administrator="ue ame sia bistand etablering"),
    organisations.REOPEN_UNIT: reach(administrator="gamla"),
    organisations.INVITE: reach(administrator=OPEN),
    organisations.SEE_USERS: reach(administrator=f"{EVERYBODY} utesluten"),
    organisations.CHANGE_USER: reach(administrator=EVERYBODY),
    organisations.REOPEN_USER: reach(administrator="utesluten"),
    organisations.INVITE_AGAIN: reach(administrator="ny nyss"),
    organisations.RESET_FACTOR: reach(administrator="ame"),
    organisations.SEE_MEMBERSHIPS: reach(administrator=f"{STAFF} ny slut"),
    organisations.CHANGE_MEMBERSHIP: reach(administrator=f"{STAFF} ny"),
    organisations.WITHDRAW: reach(administrator="öppen gammal"),
    organisations.ACCEPT: reach(),
    organisations.OWN: reach(**{name: name for name in PEOPLE}),
    audit.SEE: reach(administrator="faulty whole"),
    mail.SEE: reach(administrator="given_up late"),
    mail.SEE_HOLD: reach(administrator="open released"),
    mail.RELEASE: reach(administrator="open"),
    home.SAY: reach(**dict.fromkeys(PEOPLE, "it")),
    home.EDIT: reach(administrator="it"),
    home.SEE: reach(administrator="new answered"),
    home.ANSWER: reach(administrator="new answered"),
}  # fmt: skip
# Those who are no members: what a job, a visitor and the holder of an open invitation reach.
OTHERS = {
    "job": (
        SYSTEM,
        {
            inventory.JUDGE: "one",
            inventory.GIVE_UP_PLAN: "pu pr hu",
            inventory.REMIND: "p-now h-now a-now s-now",
            organisations.INVITE: BUYING,
        },
    ),
    "visitor": (VISITOR, {home.SAY: "it"}),
    "invited": (lambda house: invited(house, "öppen"), {organisations.ACCEPT: "öppen"}),
    "invited too late": (lambda house: invited(house, "gammal"), {}),
    "invited and in": (lambda house: invited(house, "använd"), {}),
    "api": (Actor("api", "x"), {}),
    "no role": (Actor("member", "1"), {}),
}


def invited(house, label):
    return Actor("link", str(house.invitations[label].pk), Role.INVITED)


def test_list_object_and_column_agree(house):
    rows, wrong = rows_of(house), {}
    for rule, written in MATRIX.items():
        for name, ask in product(PEOPLE, (by_list, by_object, by_column)):
            reached = ask(rule, rows[rule.model], house.who[name])
            if reached != written[name]:
                wrong[rule.name, name, ask.__name__] = f"{sorted(reached)}, not {sorted(written[name])}"
    assert not wrong


def test_who_is_no_member_reaches_only_what_is_written(house):
    rows, wrong = rows_of(house), {}
    for kind, (actor, said) in OTHERS.items():
        actor = actor if isinstance(actor, Actor) else actor(house)
        for rule, ask in product(MATRIX, (by_list, by_object, by_column)):
            reached = ask(rule, rows[rule.model], actor)
            if reached != set(said.get(rule, "").split()):
                wrong[rule.name, kind, ask.__name__] = sorted(reached)
    assert not wrong


def labels(rows, reached):
    return {label for label, row in rows.items() if row.pk in reached}


def by_list(rule, rows, actor):
    return labels(rows, {row.pk for row in rule.filter(rule.model._base_manager.all(), actor)})


def by_object(rule, rows, actor):
    """Each row alone; only the first two for a role that the rule does not name, since it is asked of no row then."""
    asked = rows.values() if actor.role in rule.table else [*rows.values()][:2]
    return labels(rows, {row.pk for row in asked if rule.permits(actor, row.pk)})


def by_column(rule, rows, actor):
    return labels(rows, {row.pk for row in granted(rule.model._base_manager.all(), actor, may=rule) if row.may})


def test_every_rule_of_every_room_is_in_the_matrix():
    named = {f"{room}.{name}": value for room, its in furniture("access").items() for name, value in vars(its).items()}
    missing = [name for name, value in named.items() if isinstance(value, Rule) and value not in MATRIX]
    assert not missing
    assert [name for name, action in ACTIONS.items() if action.rule not in named.values()] == []


def test_no_two_rules_have_one_name():
    assert len({(rule.model, rule.name) for rule in MATRIX}) == len(MATRIX)


def test_none_is_nobody(house):
    """A supplier's contact has no unit, and someone may have no organisation: no rule may take that for every row."""
    for role in Role:
        lost = Actor("member", str(uuid4()), role)
        for rule in MATRIX:
            if rule.table.get(role) and rule not in WITHOUT_PLACE:
                told = by_list(rule, rows_of(house)[rule.model], lost)
                anyone = [set.intersection(*(MATRIX[rule][name] for name in PEOPLE if PEOPLE[name][0] == role))]
                assert told <= anyone[0], (rule.name, role)


WITHOUT_PLACE = {  # not only members have these
    inventory.JUDGE,
    inventory.REMIND,
    inventory.GIVE_UP_PLAN,
    organisations.INVITE,
    organisations.ACCEPT,
    home.SAY,
}
