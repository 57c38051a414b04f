"""Several press at the same moment. What one alone meets stands in tests/audit/test_forms.py."""

import re
import threading
import time
import uuid

import pytest
from django.db import transaction
from django.test import Client

from insteg.access.actor import SYSTEM
from insteg.audit.forms import once
from insteg.audit.gate import Refused, Stale
from insteg.audit.models import Entry, FormKey
from insteg.core import clock
from insteg.documents.files import keep
from insteg.inventory import actions
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.organisations.models import Organisation, User
from insteg.process.actions import change_rule_set, draft_rule_set, publish_rule_set
from insteg.process.models import RuleSet
from tests.audit.test_forms import HIDDEN, form_of
from tests.concurrency.together import AT_ONCE, press
from tests.town import address, plan

pytestmark = AT_ONCE
RADIO = re.compile(r'type="radio" name="([^"]+)"')
CRITERIA = {"min_months": 9, "more_than_fte": 2, "framework_extent_known": False, "note": ""}


def signed_in(name):
    client = Client()
    client.force_login(User.objects.get(email=address(name)))
    return client


def row(town):
    return PlannedProcurement.objects.get(pk=town.planned["p"].pk)


def test_of_eight_edits_of_one_version_one_wins(town):
    args = {"actor": town.who["park"], "target": town.planned["p"], "seen": 1}
    answers = press(*[lambda n=n: actions.change(**args, title=f"Titel {n}") for n in range(8)])
    assert answers == {None: 1, Stale: 7}
    assert row(town).version == 2
    assert Entry.objects.filter(action="inventory.change").count() == 1


def test_of_eight_clerks_with_one_page_open_one_is_let_through_and_seven_keep_their_words(town):
    url = f"/planerade/{town.planned['p'].pk}/andra/"
    sent = form_of(signed_in("park"), url)

    def send(client, n):
        answer = client.post(url, sent | {"key": str(uuid.uuid4()), "title": f"Titel {n}"})
        kept = f'value="Titel {n}"' in answer.content.decode()
        return answer.status_code, kept

    clients = [signed_in(name) for name in ("park", "ue", "ue2", "park", "ue", "ue2", "park", "ue")]
    answers = press(*[lambda c=client, n=n: send(c, n) for n, client in enumerate(clients)])
    assert answers == {(302, False): 1, (409, True): 7}
    assert row(town).version == 2


def test_a_form_pressed_eight_times_is_one_row_and_one_answer(town):
    url = f"/planerade/ny/{town.org['Park'].pk}/"
    sent = form_of(signed_in("park"), url) | {"title": "Lokalvård"}
    clients = [signed_in("park") for _ in range(8)]
    answers = press(*[lambda c=client: c.post(url, sent).headers["Location"] for client in clients])
    made = PlannedProcurement.objects.get(title="Lokalvård")
    assert answers == {f"/planerade/{made.pk}/": 8}
    assert Entry.objects.filter(subjects__row=made.pk).count() == 1


def test_an_edit_pressed_eight_times_is_one_edit_and_nobody_is_told_of_another(town):
    url = f"/planerade/{town.planned['p'].pk}/andra/"
    sent = form_of(signed_in("park"), url) | {"title": "Parken"}
    clients = [signed_in("park") for _ in range(8)]
    assert press(*[lambda c=client: c.post(url, sent).status_code for client in clients]) == {302: 8}
    assert row(town).version == 2


def test_one_key_is_one_act_and_one_answer(town):
    key, make = uuid.uuid4(), lambda: str(Organisation.objects.create(name="en", kind="supplier").pk)
    answers = press(*[lambda: once(key=key, actor=town.who["ue"], act=make)] * 8)
    assert answers == {str(Organisation.objects.get(name="en").pk): 8}


def test_when_the_first_sending_fails_the_second_is_done(town):
    key, begun = uuid.uuid4(), threading.Event()

    def fail():
        begun.set()
        time.sleep(0.3)
        raise RuntimeError

    def second():
        assert begun.wait(10)
        return once(key=key, actor=town.who["ue"], act=lambda: "gjort")

    assert press(lambda: once(key=key, actor=town.who["ue"], act=fail), second) == {RuntimeError: 1, "gjort": 1}
    assert FormKey.objects.get().answer == "gjort"


@pytest.mark.parametrize("loss", ["withdrawn", "moved", "gone"])
def test_a_right_that_is_lost_while_waiting_for_the_lock_is_lost(town, loss):
    """Asked in the same statement as FOR UPDATE, the right was answered from before the wait."""
    # Without an assessment, which would keep it from being deleted.
    row = PlannedProcurement.objects.create(
        organisation=town.org["Park"], title="Bänkar", proposal="needs_facts", rule_set=town.rule_set
    )
    held, planned = threading.Event(), PlannedProcurement.objects.filter(pk=row.pk)
    lose = {
        "withdrawn": lambda: planned.update(
            withdrawn_at=clock.now(), withdrawn_as="cancelled", withdrawn_reason="Utgår"
        ),
        "moved": lambda: planned.update(organisation=town.org["Hus"]),
        "gone": lambda: planned.delete()[0],
    }[loss]

    def take_away():
        with transaction.atomic():
            done = lose()
            held.set()
            time.sleep(0.4)
        return done

    def change_meanwhile():
        assert held.wait(10)
        actions.change(actor=town.who["park"], target=row, seen=None, title="För sent")

    assert press(take_away, change_meanwhile) == {1: 1, Refused: 1}
    assert not PlannedProcurement.objects.filter(title="För sent").exists()


def test_the_same_file_sent_at_once_is_one_draft(town):
    made = press(*[lambda: str(plan(town, "park", "Park").pk)] * 4)
    assert list(made.values()) == [4]
    assert PlanUpload.objects.count() == 1


def test_two_drafts_of_the_same_file_that_are_saved_at_once_are_saved_once(town):
    one = plan(town, "park", "Park")
    twin = PlanUpload.objects.get(pk=one.pk)
    twin.pk, twin.file = uuid.uuid4(), keep(b"", "plan.csv")  # as when the file was read in before they led to one
    twin.save(force_insert=True)
    plans = [one, twin]
    before = PlannedProcurement.objects.count()
    clients = [signed_in("park") for _ in plans]

    def save(client, made):
        url = f"/planerade/plan/{made.pk}/"
        html = client.get(url).content.decode()
        question = dict.fromkeys(set(RADIO.findall(html)), "0")
        answer = client.post(url, dict(HIDDEN.findall(html)) | question)
        return answer.status_code, "redan sparad" in answer.content.decode()

    answers = press(*[lambda c=c, p=p: save(c, p) for c, p in zip(clients, plans, strict=True)])
    assert answers == {(302, False): 1, (422, True): 1}
    assert PlannedProcurement.objects.count() == before + 2
    assert PlanUpload.objects.exclude(saved_at=None).count() == 1


def test_a_plan_is_saved_or_left_not_both(town):
    made, park = plan(town, "park", "Park"), town.who["park"]
    before = PlannedProcurement.objects.count()
    answers = press(
        lambda: len(actions.save_plan(actor=park, target=made, seen=None, decisions=Decisions())),
        lambda: actions.discard_plan(actor=park, target=made, seen=None),
    )
    saved = PlannedProcurement.objects.count() - before
    assert answers == ({2: 1, Refused: 1} if saved else {None: 1, Refused: 1})
    assert saved in (0, 2)


def test_a_rule_set_is_published_as_it_was_changed_or_not_changed_at_all(town):
    admin, admin2 = town.who["admin"], town.who["admin2"]
    draft = draft_rule_set(actor=admin, target=town.rule_set, seen=None)
    answers = press(
        lambda: change_rule_set(actor=admin, target=draft, seen=None, natures=["works"], **CRITERIA),
        lambda: publish_rule_set(actor=admin2, target=draft, seen=None),
    )
    published = RuleSet.objects.in_force()
    changed = published.natures == ["works"]
    assert published.pk == draft.pk
    assert answers == ({None: 2} if changed else {None: 1, Refused: 1})


def test_two_who_begin_a_draft_begin_one(town):
    acts = [
        lambda actor=town.who[name]: draft_rule_set(actor=actor, target=town.rule_set, seen=None) and "draft"
        for name in ("admin", "admin2")
    ]
    answers = press(*acts)
    assert answers["draft"] == 1
    assert RuleSet.objects.count() == 2


def test_judging_again_and_editing_do_not_wait_for_one_another_for_ever(town):
    """Both point at the rule set: a lock that also guards its key would make each wait for what the other holds."""
    draft = draft_rule_set(actor=town.who["admin"], target=town.rule_set, seen=None)
    publish_rule_set(actor=town.who["admin"], target=draft, seen=None)
    held = threading.Event()

    def edit():
        with transaction.atomic():
            actions.change(actor=town.who["park"], target=town.planned["p"], seen=None, months=24)
            held.set()
            time.sleep(0.4)

    def judge_meanwhile():
        assert held.wait(10)
        actions.judge_again(actor=SYSTEM, target=draft, seen=None)

    assert press(edit, judge_meanwhile) == {None: 2}
    assert {p.rule_set for p in PlannedProcurement.objects.all()} == {draft}
