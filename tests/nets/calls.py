"""One call of each action, by someone who may: what test_every_action.py makes of it."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps

from insteg.access.actor import SYSTEM, VISITOR, Actor, Role
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.inventory.agreement_reader import read_register
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import InventoryRound, PlannedProcurement, PlanUpload, RoundAnswer
from insteg.inventory.plan_reader import read
from insteg.inventory.snapshots import print_of
from insteg.inventory.terms import Term, proposed
from insteg.needs.queries import of_unit, seal_of
from insteg.organisations.models import Organisation
from insteg.process.models import Process, RuleSet
from insteg.process.queries.design import edition
from insteg.process.shipped import shipped, write
from tests.nets.meeting_calls import MEETING, MOVED, all_came, listed, meeting
from tests.nets.mode_calls import MODE
from tests.nets.pack_calls import PACK
from tests.nets.told_calls import TOLD as OF_MINUTES
from tests.town import ANSWERS, PLAN, REGISTER, REGISTER_ANSWERS, visit_of

FILE = PLAN.format(title="Lokalvård i skolor").encode()
REGISTER_FILE = REGISTER.format(title="Trappstädning").encode()
STATEMENT = {
    "compliance": "partly", "assessed_on": dt.date(2026, 1, 2), "method": "Egen granskning", "shortcomings": "Kartan",
    "exceptions": "", "email": "tillganglighet@exempel.se",
}  # fmt: skip
CRITERIA = {
    "natures": ["supplies"], "min_months": 6, "more_than_fte": Decimal(2), "framework_extent_known": True,
    "full_time_months_per_place": 80, "most_percent_of_staffing": 20, "services_value_per_place": 20_000_000,
    "works_value_per_place": 40_000_000, "planning_months": 3, "safe_planning_months": 6, "procurement_months": 3,
    "warn_below_months": 7, "note": "Längre avtal krävs",
}  # fmt: skip


PHASE = {"title": "Samråd med facken", "order": 40}
STEP = {"title": "Lyssna på facken", "text": "De har tio dagar.", "lane": "buyer", "lead_workdays": 15}
ITEM = {"text": "Facken har svarat", "lane": "buyer", "offset_workdays": 9, "required": False, "after": None}
MOVE = {
    "title": "De är eniga", "to": None, "after": None, "begins": "", "lane": "buyer", "guards": [],
    "reason_required": True, "skips_items": True,
}  # fmt: skip
NEED = {
    "occupation": None, "other_occupation": "Cykelreparatör", "form": "employment", "places": 4, "people": 9,
    "wanted_from": dt.date(2027, 4, 1), "note": "Gärna halvtid",
}  # fmt: skip


@dataclass(frozen=True)
class Call:
    """Somebody who may, the row, and words that can be said."""

    who: Any
    target: Callable[[Any], BaseModel]
    data: dict[str, Any] | Callable[[Any], dict[str, Any]] = field(default_factory=dict)
    first: Callable[[Any], object] | None = None  # what must be so before

    def by(self, house):
        return house.who[self.who] if isinstance(self.who, str) else self.who(house)

    def said(self, house):
        return self.data(house) if callable(self.data) else self.data


def organisation(name):
    return lambda house: house.org[name]


def unit(name):
    return lambda house: house.units[name]


def someone(name):
    return lambda house: house.people[name]


def membership(name):
    return lambda house: house.memberships[name]


def round_(label):
    return lambda house: house.rounds[label]


def asked(label):
    return lambda house: house.requests[label]


def nothing_under_way(house):
    InventoryRound.objects.under_way().update(closed_at=clock.now())


def its_day_has_passed(house):
    closed = clock.today() - dt.timedelta(days=10)
    InventoryRound.objects.filter(pk=house.rounds["now"].pk).update(closes_on=closed)


LATECOMER = uuid.UUID(int=7)


def someone_comes_late(house):
    Organisation.objects.create(pk=LATECOMER, name="Kulturförvaltningen", kind="department")


def need(label):
    return lambda house: house.needs[label]


def planned(label):
    return lambda house: house.planned[label]


def a_number_is_set(house):
    said = {"places_set": 3, "places_reason": "Tre områden"}
    PlannedProcurement.objects.filter(pk=house.planned["p"].pk).update(**said)
    house.planned["p"].refresh_from_db()


def report_to_join(house):
    return {"rows": [(house.planned["gu"].pk, house.planned["gu"].version)]}


def pair(label):
    return lambda house: house.occupations[label]


def plan(label):
    return lambda house: house.plans[label]


def agreement(label):
    return lambda house: house.agreements[label]


def register(label):
    return lambda house: house.registers[label]


def goal(label):
    return lambda house: house.goals[label]


def target(label):
    return lambda house: house.targets[label]


def occasion(label):
    return lambda house: house.occasions[label]


def seat(label):
    return lambda house: house.seats[label]


SITS = {"party": "sia", "capacity": "invited", "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2031, 12, 31)}
GROUP = {
    "steering.add_seat": Call("admin2", organisation("Vård"), lambda house: SITS | {"user": house.people["chef2"]}),
    "steering.change_seat": Call("ue", seat("later"), lambda house: SITS | {"user": house.people["chef2"]}),
    "steering.end_seat": Call("ue", seat("af"), lambda house: {"ends_on": clock.today()}),
}
WANTED = {"title": "Fler får plats", "text": "", "order": 2, "from_year": 2026, "to_year": None}
MEASURED = {"year": 2027, "measure": "Personer", "value": 20, "unit": ""}
TOLD = {"title": "Budget 2028", "due_on": dt.date(2027, 11, 20), "note": ""}
GOALS = {
    "steering.add_vision": Call("mal", organisation("Stad"), WANTED),
    "steering.add_goal": Call("mal", goal("goal"), WANTED | {"level": "assignment"}),
    "steering.change_goal": Call("mal", goal("krav"), WANTED),
    "steering.end_goal": Call("mal", goal("krav")),
    "steering.revive_goal": Call("mal", goal("old")),
    "steering.set_target": Call("mal", goal("krav"), MEASURED),
    "steering.change_target": Call("mal", target("krav"), MEASURED),
    "steering.remove_target": Call("mal", target("krav")),
    "steering.add_occasion": Call("mal", organisation("Stad"), TOLD),
    "steering.change_occasion": Call("mal", occasion("next"), TOLD),
    "steering.remove_occasion": Call("mal", occasion("next")),
    "steering.report_occasion": Call("mal", occasion("next")),
    "steering.reopen_occasion": Call("mal", occasion("past")),
}


def nothing_at_hus(house):
    """Its row is withdrawn and its plan left, so that there is nothing to report."""
    gone = {"withdrawn_at": clock.now(), "withdrawn_as": "mistake", "withdrawn_reason": "Dubbel"}
    PlannedProcurement.objects.filter(pk=house.planned["h"].pk).update(**gone)
    PlanUpload.objects.filter(pk=house.plans["hu"].pk).update(discarded_at=clock.now())


def sent_now(house):
    request, sender = house.requests["p-now"], house.who["park"].id
    return RoundAnswer.objects.create(request=request, number=1, answered_by_id=sender)


def answer_sent_now(house):
    return RoundAnswer.objects.get(request=house.requests["p-now"])


def draft(house):
    return house.draft


def in_force(house):
    return house.rule_set


def model(label):
    return lambda house: house.model[label]


def part(which, label="draft"):
    return lambda house: house.parts[which][label]


def case(label):
    return lambda house: house.cases[label]


def seen(label, **data):
    """What is said of a case, by someone who sees where it stands."""
    return lambda house: {"seen_visit": visit_of(house.cases[label]).pk, **data}


def a_newer_edition(house):
    process = Process.objects.create(kind="planned_procurement", edition=2)
    write(shipped("planned_procurement"), process, lambda name: apps.get_model("process", name))
    Process.objects.filter(pk=process.pk).update(published_at=clock.now())


def into_the_newer_edition(house):
    newest = Process.objects.in_force().get(kind="planned_procurement")
    return seen("gu", process=newest, step_key="feed_back")(house)


def no_draft(house):
    RuleSet.objects.filter(pk=house.draft.pk).delete()


CALLS = {
    "inventory.report": Call("park", organisation("Park"), {"title": "Kontorsstädning"}),
    "inventory.change": Call("park", planned("p"), {"title": "Parkskötsel norra", "months": 24}),
    "inventory.withdraw": Call("park", planned("p"), {"withdrawn_reason": "Slås ihop"}),
    "inventory.reinstate": Call("park", planned("pw")),
    "inventory.set_places": Call("ue", planned("p"), {"places_set": 3, "places_reason": "Tre områden"}),
    "inventory.follow_reckoning": Call("ue", planned("p"), first=a_number_is_set),
    "inventory.upload": Call("park", organisation("Park"), {
        "content": FILE, "filename": "Parkens plan.csv", "reading": read(FILE, "Parkens plan.csv")}),
    "inventory.save_plan": Call("park", plan("pu"), {"decisions": Decisions(ANSWERS)}),
    "inventory.discard_plan": Call("park", plan("pu")),
    "inventory.keep_plan": Call("park", plan("pu"), {"typed": {"fields": {"s1r3-months": "tolv veckor"}}}),
    "inventory.reread_plan": Call("park", plan("pu"), {
        "chosen_columns": {"Start": ""}, "typed": {}, "reading": None}),
    "inventory.plan_was_read": Call("park", plan("pr"), {"reading": read(FILE, "Parkens plan.csv")}),
    "inventory.begin_saving_plan": Call("park", plan("pu"), {"typed": {}}),
    "inventory.plan_was_not_done": Call(lambda house: SYSTEM, plan("pu"), {"said": "Filen är för lång"}),
    "inventory.add_agreement": Call(
        "park", organisation("Park"), {"title": "Klottersanering", "ends_on": dt.date(2029, 3, 31)}),
    "inventory.change_agreement": Call("park", agreement("pa"), {"title": "Plogning", "supplier": "Plogarna AB"}),
    "inventory.end_agreement": Call("park", agreement("pa"), {"ended_reason": "Vi plogar själva"}),
    "inventory.revive_agreement": Call("park", agreement("pe")),
    "inventory.plan_renewal": Call("park", agreement("pa"), {"title": "Plogning och sandning"}),
    "inventory.link_renewal": Call("park", agreement("pa"), lambda house: {"planned": house.planned["s2"]}),
    "inventory.unlink_renewal": Call("park", planned("p")),
    "inventory.upload_register": Call("park", organisation("Park"), {
        "content": REGISTER_FILE, "filename": "Parkens avtal.csv",
        "register": read_register(REGISTER_FILE, "Parkens avtal.csv")}),
    "inventory.save_register": Call("park", register("pr"), {"answers": REGISTER_ANSWERS}),
    "inventory.discard_register": Call("park", register("pr")),
    "inventory.look_at_request": Call("park", asked("p-now")),
    "inventory.confirm_rows": Call("park", asked("p-now"), {"rows": {}}),
    "inventory.send_answer": Call("hus", asked("h-now"), {
        "rows_seen": print_of([]), "nothing_to_report": True, "comment": "Allt är klart"}, first=nothing_at_hus),
    "inventory.take_up_answer": Call("park", answer_sent_now, first=sent_now),
    "inventory.judge_again": Call(lambda house: SYSTEM, in_force),
    "inventory.join": Call("ue", planned("gj"), report_to_join),
    "inventory.begin_joint": Call(
        "ue", organisation("Stad"), lambda house: {**report_to_join(house), "title": "Väktare och rondering"}),
    "inventory.separate": Call("ue", planned("gs")),
    "inventory.add_cpv_occupation": Call("ue", organisation("Stad"), lambda house: {
        "cpv": "77313", "occupation": house.occupations["oc"].occupation}),
    "inventory.remove_cpv_occupation": Call("ue", pair("oc")),
    "inventory.restore_cpv_occupation": Call("ue", pair("or")),
    "inventory.confirm_occupations": Call("park", planned("p"), lambda house: {
        "occupations": [house.occupations["oc"].occupation]}),
    "inventory.unconfirm_occupations": Call("park", planned("s3")),
    "inventory.send_needs": Call("ame", asked("a-now"), lambda house: {
        "shown": seal_of(of_unit(house.units["ame"])), "comment": "Allt är klart"}),
    "meetings.plan": Call("ue", organisation("Stad"), MEETING),
    "meetings.change": Call("ue", meeting("plan"), MEETING),
    "meetings.call": Call("ue", meeting("plan")),
    "meetings.move": Call("ue", meeting("called"), MOVED),
    "meetings.cancel": Call("ue", meeting("called"), {"why": "För få kan komma."}),
    "meetings.invite_more": Call("ue", meeting("called"), lambda house: {
        "user": house.people["ame"], "capacity": "invited", "represents": "AME"}),
    "meetings.take_off": Call("ue", listed("called-af")),
    "meetings.answer_call": Call("chef2", listed("called-chef2"), {"answer": "coming"}),
    "meetings.keep_attendance": Call("ue", meeting("begun"), all_came),
    "needs.publish": Call("ame", unit("ame"), NEED),
    "needs.change": Call("ame", need("na"), NEED),
    "needs.end": Call("ame", need("na")),
    "needs.resume": Call("ame", need("ne")),
    "needs.confirm": Call("ame", unit("ame"), lambda house: {"shown": seal_of(of_unit(house.units["ame"]))}),
    "inventory.ask_for_facts": Call("ue", organisation("Stad"), lambda house: {
        "rows": [house.planned["p"].pk], "facts": ["months"]}),
    "inventory.draft_round": Call("ue", organisation("Stad"), {
        **proposed(Term(2031, "spring"), clock.today()), "message": "Hör av er"}),
    "inventory.change_round": Call("ue", round_("now"), {"message": "Hör av er", "value_floor": 500_000}),
    "inventory.discard_round": Call("ue", round_("draft")),
    "inventory.open_round": Call("ue", round_("draft"), first=nothing_under_way),
    "inventory.ask": Call("ue", round_("now"), {"whom": str(LATECOMER)}, first=someone_comes_late),
    "inventory.extend": Call("ue", asked("p-now"), {
        "extended_to": clock.today() + dt.timedelta(days=40), "extended_because": "Ny nämnd"}),
    "inventory.remind": Call(lambda house: SYSTEM, asked("p-now"), first=its_day_has_passed),
    "inventory.hold_reminders": Call("ue", asked("p-now"), {"hold": True}),
    "mail.release": Call("admin", lambda house: house.holds["open"], {"waiting_letters": "newer"}),
    "mail.choose_pace": Call("park", someone("park"), {"pace": "daily"}),
    "inventory.close_round": Call("ue", round_("now"), {"without_all": True}),
    "inventory.reopen_round": Call(
        "ue", round_("over"), {"closes_on": clock.today() + dt.timedelta(days=9)}, first=nothing_under_way),
    **GOALS,
    **{name: Call(*said) for name, said in (OF_MINUTES | MODE | PACK).items()},
    **GROUP,
    "process.advance": Call("ue", case("p"), seen("p", move_key="as_it_is", why="De hinner inte svara")),
    "process.answer_item": Call(
        "ue", case("gu"), seen("gu", item_key="next_step_told", said="not_needed", note="De var med på mötet")),
    "process.take": Call("park", case("p"), seen("p")),
    "process.hand_back": Call("ue", case("gu"), seen("gu")),
    "process.move_due_date": Call("park", case("p"), seen("p", due_on=dt.date(2040, 1, 2))),
    "process.change_edition": Call("ue", case("gu"), into_the_newer_edition, first=a_newer_edition),
    "process.draft_rule_set": Call("admin", in_force, first=no_draft),
    "process.change_rule_set": Call("admin", draft, CRITERIA),
    "process.publish_rule_set": Call("admin", draft),
    "process.discard_rule_set": Call("admin", draft),
    "process.draft_process": Call("admin", model("procurement")),
    "process.note_process": Call("admin", model("draft"), {"note": "Facken får svara"}),
    "process.publish_process": Call("admin", model("draft"), lambda house: {
        "shown": edition(house.model["draft"]).seal}),
    "process.discard_process": Call("admin", model("draft")),
    "process.add_phase": Call("admin", model("draft"), PHASE),
    "process.change_phase": Call("admin", part("phases"), PHASE),
    "process.remove_phase": Call("admin", part("phases", "empty")),
    "process.add_step": Call("admin", model("draft"), lambda house: {
        **STEP, "phase": house.parts["phases"]["draft"], "after": house.parts["steps"]["draft"]}),
    "process.change_step": Call("admin", part("steps"), STEP | {"after": None}),
    "process.remove_step": Call("admin", part("steps")),
    "process.add_item": Call("admin", part("steps"), ITEM),
    "process.change_item": Call("admin", part("items"), ITEM),
    "process.remove_item": Call("admin", part("items")),
    "process.add_move": Call("admin", part("steps"), MOVE),
    "process.change_move": Call("admin", part("moves"), MOVE),
    "process.remove_move": Call("admin", part("moves")),
    "organisations.add_organisation": Call("admin", organisation("Stad"), {"name": "Kulturen", "kind": "department"}),
    "organisations.change_organisation": Call(
        "admin", organisation("Park"), {"name": "Parken och naturen", "kind": "department", "number": "212000-1355"}),
    "organisations.close_organisation": Call("admin", organisation("Mat")),
    "organisations.reopen_organisation": Call("admin", organisation("Gamla")),
    "organisations.add_unit": Call("admin", organisation("Park"), {
        "name": "Norra", "mandate": "Klipper gräset", "task": "referring"}),
    "organisations.change_unit": Call("admin", unit("ame"), {
        "name": "Arbete", "mandate": "Matchar", "task": "supported_employment"}),
    "organisations.close_unit": Call("admin", unit("ame")),
    "organisations.reopen_unit": Call("admin", unit("gamla")),
    "organisations.invite": Call("admin", organisation("Park"), {
        "name": "Elsa Exempel", "email": "elsa@staden.example", "role": "procuring"}),
    "organisations.invite_again": Call("admin", someone("ny")),
    "organisations.withdraw_invitation": Call("admin", lambda house: house.invitations["öppen"]),
    "organisations.accept_invitation": Call(
        lambda house: Actor("link", str(house.invitations["öppen"].pk), Role.INVITED),
        lambda house: house.invitations["öppen"], {"language": "en", "password": "gräset växer om våren"}),
    "organisations.change_user": Call(
        "admin", someone("park"), {"name": "Elsa Exempel", "email": "elsa@staden.example"}),
    "organisations.close_user": Call("admin", someone("park")),
    "organisations.reopen_user": Call("admin", someone("utesluten")),
    "organisations.reset_second_factor": Call("admin", someone("ame")),
    "organisations.change_membership": Call(
        "admin", membership("park"), {"starts_on": dt.date(2026, 1, 2), "ends_on": dt.date(2030, 1, 2)}),
    "organisations.end_membership": Call("admin", membership("park")),
    "organisations.change_own": Call("park", someone("park"), {"name": "Elsa Exempel", "language": "en"}),
    "organisations.choose_language": Call("park", someone("park"), {"language": "en"}),
    "home.say": Call(lambda house: VISITOR, lambda house: house.statement, {
        "text": "Knappen saknar namn", "page": "/planerade/", "email": "elsa@staden.example"}),
    "home.answer": Call("admin", lambda house: house.remarks["new"], {"answer": "Den har ett namn nu"}),
    "home.edit_statement": Call("admin", lambda house: house.statement, STATEMENT),
}  # fmt: skip
