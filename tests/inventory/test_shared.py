"""What several share is bought once: reports are joined, counted and judged once, and can be parted (R10, R12)."""

import re
from decimal import Decimal

import pytest
from django.core import mail

from insteg.access.actor import SYSTEM, Role
from insteg.audit.gate import Blocked, Refused, Stale
from insteg.inventory.actions import begin_joint, change, join, judge_again, report, separate, withdraw
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.planned import history
from insteg.mail.models import Message
from insteg.process.actions import draft_rule_set, publish_rule_set
from tests.inventory.test_import_preview import SAME, Clerk
from tests.jobs import run_queued
from tests.shared_town import COMMON
from tests.town import member

LIST, SHARED = "/planerade/", "/planerade/gemensamma/"
FACTS = {"nature": "services", "cpv": "79710000", "months": 36, "extent_known": True}


def lay_guard(town):
    """ "Bevakning": the procurement unit's joint one, and what Park and Hus have reported as shared."""

    def of(who, organisation, title, value, **more):
        facts = FACTS | {"value_min": value, "value_max": value, "shared": True} | more
        return report(actor=town.who[who], target=town.org[organisation], seen=None, title=title, **facts)

    town.guard = {
        "joint": of("ue", "Stad", "Bevakning", 30_000_000, fte=Decimal(12)),
        "park": of("park", "Park", "Bevakning av parker", 4_000_000, fte=Decimal(3)),
        "hus": of("hus", "Hus", "Väktare i trapphus", 6_000_000, fte=Decimal(2)),
    }  # fmt: skip
    return town


LAID = {"town": COMMON["town"], "guard": lay_guard}


@pytest.fixture
def guard(town):
    return town.guard


def joined(town, guard, *names, who="ue"):
    rows = [(guard[name].pk, guard[name].version) for name in names]
    made = join(actor=town.who[who], target=guard["joint"], seen=None, rows=rows)
    for row in guard.values():
        row.refresh_from_db()
    return made


def titles(response):
    return re.findall(r'rowheader">\s*<a class="ds-link" href="/planerade/[^"]+">([^<]+)<', response.content.decode())


def main_of(response):
    html = response.content.decode()
    return html[html.index("<main") :]


def hidden_of(html):
    form = next(form for form in re.findall(r"<form\b.*?</form>", html, re.DOTALL) if 'name="version"' in form)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', form))


# --- joining and parting


def test_joined_reports_are_carried_by_the_joint_one(town, guard):
    made = joined(town, guard, "park", "hus")
    assert {row.merged_into for row in made} == {guard["joint"]}
    assert [guard[name].version for name in ("park", "hus", "joint")] == [2, 2, 1]
    assert set(PlannedProcurement.objects.current()) & set(guard.values()) == {guard["joint"]}


@pytest.mark.parametrize("who", ["park", "hus", "styr", "ame", "admin", "af"])
def test_only_the_procurement_unit_joins_and_parts(town, guard, who):
    with pytest.raises(Refused):
        joined(town, guard, "park", who=who)
    joined(town, guard, "park")
    with pytest.raises(Refused):
        separate(actor=town.who[who], target=guard["park"], seen=None)


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda t, g: withdraw(actor=t.who["park"], target=g["park"], seen=None, withdrawn_reason="Utgår"), "tillbaka"),
    (lambda t, g: change(actor=t.who["park"], target=g["park"], seen=None, title="Annat"), "har ändrats sedan"),
    (lambda t, g: joined(t, g, "park"), "är redan med"),
    (lambda t, g: g.update(park=g["joint"]), "med sig själv"),
    (lambda t, g: PlannedProcurement.objects.filter(pk=g["park"].pk).update(shared=False), "inte anmäld som gemensam"),
    (lambda t, g: g.update(park=PlannedProcurement()), "finns kvar"),
])  # fmt: skip
def test_what_cannot_be_joined_is_said_and_nothing_is(town, guard, spoil, said):
    park, hus = (guard["park"].pk, guard["park"].version), (guard["hus"].pk, guard["hus"].version)
    spoil(town, guard)
    if guard["park"].pk != park[0]:
        park = (guard["park"].pk, 1)
    with pytest.raises(Blocked, match=said):
        join(actor=town.who["ue"], target=guard["joint"], seen=None, rows=[park, hus])
    guard["hus"].refresh_from_db()
    assert guard["hus"].merged_into is None


def test_nothing_chosen_is_nothing_to_join(town, guard):
    with pytest.raises(Blocked, match="Välj minst en anmälan"):
        joined(town, guard)


def test_what_nobody_said_is_shared_is_joined_when_one_says_so(town, guard):
    alone = report(actor=town.who["hus"], target=town.org["Hus"], seen=None, title="Larm")
    rows = [(alone.pk, 1)]
    join(actor=town.who["ue"], target=guard["joint"], seen=None, rows=rows, also_not_shared=True)
    alone.refresh_from_db()
    assert alone.merged_into == guard["joint"]


def test_there_are_no_chains(town, guard):
    """Neither into one that is joined, nor one that carries others, from either side."""
    ue = town.who["ue"]
    other = report(actor=ue, target=town.org["Stad"], seen=None, title="Säkerhet", shared=True)
    joined(town, guard, "park")
    with pytest.raises(Blocked, match="själv gemensam för flera"):
        join(actor=ue, target=other, seen=None, rows=[(guard["joint"].pk, 1)])
    join(actor=ue, target=guard["joint"], seen=None, rows=[(other.pk, 1)])
    with pytest.raises(Refused):
        join(actor=ue, target=other, seen=None, rows=[(guard["hus"].pk, 1)])


def test_only_what_the_unit_s_own_organisation_shares_carries_others(town, guard):
    rows = [(guard["park"].pk, 1)]
    with pytest.raises(Refused):
        join(actor=town.who["ue"], target=guard["hus"], seen=None, rows=rows)
    alone = report(actor=town.who["ue"], target=town.org["Stad"], seen=None, title="Eget")
    with pytest.raises(Refused):
        join(actor=town.who["ue"], target=alone, seen=None, rows=rows)


def test_an_old_page_of_the_joint_one_does_not_join(town, guard):
    change(actor=town.who["ue2"], target=guard["joint"], seen=None, title="Bevakning och larm")
    with pytest.raises(Stale):
        join(actor=town.who["ue"], target=guard["joint"], seen=1, rows=[(guard["park"].pk, 1)])


def test_parting_makes_it_stand_by_itself_and_judges_it_anew(town, guard):
    joined(town, guard, "park")
    separate(actor=town.who["ue2"], target=guard["park"], seen=2, reason="De vill ha egna väktare")
    guard["park"].refresh_from_db()
    assert (guard["park"].merged_into, guard["park"].version) == (None, 3)
    assert guard["park"] in PlannedProcurement.objects.current()


def test_a_new_joint_one_is_made_of_its_reports(town, guard):
    rows = [(guard[name].pk, 1) for name in ("park", "hus")]
    made = begin_joint(actor=town.who["ue"], target=town.org["Stad"], seen=None, rows=rows, title="Väktare")
    joint = PlannedProcurement.objects.get(pk=made.pk)
    assert (joint.organisation, joint.shared, joint.merged.count()) == (town.org["Stad"], True, 2)


def test_when_a_report_cannot_be_joined_no_new_joint_one_is_made(town, guard):
    with pytest.raises(Blocked):
        begin_joint(
            actor=town.who["ue"], target=town.org["Stad"], seen=None, rows=[(guard["park"].pk, 9)], title="Väktare"
        )
    assert not PlannedProcurement.objects.filter(title="Väktare").exists()


# --- what becomes of them


def test_a_new_rule_set_does_not_judge_what_is_joined(town, guard):
    joined(town, guard, "park")
    draft = draft_rule_set(actor=town.who["admin"], target=town.rule_set, seen=None)
    publish_rule_set(actor=town.who["admin"], target=draft, seen=None)
    judge_again(actor=SYSTEM, target=draft, seen=None)
    for name in ("park", "hus"):
        guard[name].refresh_from_db()
    assert guard["park"].rule_set == town.rule_set
    assert guard["hus"].rule_set == draft
    separate(actor=town.who["ue"], target=guard["park"], seen=None)
    guard["park"].refresh_from_db()
    assert guard["park"].rule_set == draft


def test_when_the_joint_one_is_withdrawn_the_reports_stand_and_their_senders_are_told(town, guard):
    joined(town, guard, "park", "hus")
    withdraw(actor=town.who["ue"], target=guard["joint"], seen=None, withdrawn_reason="Skjuts upp")
    run_queued()
    for name in ("park", "hus"):
        guard[name].refresh_from_db()
        assert guard[name].merged_into is None
        assert guard[name].version == 3
    assert sorted(letter.to[0].split("@")[0] for letter in mail.outbox) == ["hus", "park"]
    assert "”Bevakning av parker” står för sig själv igen" in next(m.body for m in mail.outbox if "park@" in m.to[0])
    assert not [letter for letter in mail.outbox if "Skjuts upp" in letter.body]


def test_of_a_report_it_is_told_that_it_was_parted_and_not_that_it_was_withdrawn(town, guard):
    joined(town, guard, "park")
    withdraw(actor=town.who["ue"], target=guard["joint"], seen=None, withdrawn_reason="Skjuts upp")
    told = [event.what for event in history(guard["park"])]
    assert told[0] == "Skildes ur den gemensamma upphandlingen"
    assert "Dragen tillbaka" not in told
    assert history(guard["joint"])[0].what == "Dragen tillbaka"


def test_a_joint_one_that_a_plan_no_longer_has_leaves_its_reports_standing(as_, town, guard):
    """The unit reads in its own plan, where the joint one is gone: the same comes of it as of withdrawing it."""
    joined(town, guard, "park", "hus")
    clerk = Clerk(as_("ue"), town.org["Stad"]).sends(SAME)
    answer = clerk.answers(**{f"gone-{guard['joint'].pk}": "cancelled"})
    assert answer.status_code == 302
    for row in guard.values():
        row.refresh_from_db()
    assert guard["joint"].withdrawn_at
    assert guard["park"].merged_into is guard["hus"].merged_into is None
    assert [guard[name].version for name in ("park", "hus")] == [3, 3]
    assert Message.objects.filter(subject__contains="upphandlas inte längre gemensamt").count() == 2


def test_what_carries_others_stays_shared(town, guard):
    joined(town, guard, "park")
    with pytest.raises(Blocked, match="Skilj dem från den först"):
        change(actor=town.who["ue"], target=guard["joint"], seen=None, shared=False)
    separate(actor=town.who["ue"], target=guard["park"], seen=None)
    change(actor=town.who["ue"], target=guard["joint"], seen=None, shared=False)


def test_whoever_withdraws_is_told_what_becomes_of_the_reports(as_, town, guard):
    joined(town, guard, "park", "hus")
    html = main_of(as_("ue").get(f"{LIST}{guard['joint'].pk}/dra-tillbaka/"))
    assert "2 anmälningar som ingår i den står då för sig själva igen" in html


def test_nothing_is_joined_with_a_joint_one_that_is_withdrawn(town, guard):
    withdraw(actor=town.who["ue"], target=guard["joint"], seen=None, withdrawn_reason="Köps inte")
    with pytest.raises(Refused):
        joined(town, guard, "park")


def test_a_sender_withdraws_a_report_that_is_joined(town, guard):
    joined(town, guard, "park", "hus")
    withdraw(actor=town.who["park"], target=guard["park"], seen=None, withdrawn_reason="Behövs inte")
    guard["park"].refresh_from_db()
    assert guard["park"].merged_into is None
    assert guard["park"].withdrawn_at
    assert [*guard["joint"].merged.all()] == [guard["hus"]]
    assert not Message.objects.exists()


# --- the pages


def test_joined_ones_are_counted_once_for_the_city_and_still_stand_in_one_s_own_list(as_, town, guard):
    joined(town, guard, "park", "hus")
    client = as_("ue")
    assert set(titles(client.get(LIST))) == {"Bevakning", "Fasadrenovering", "Parkskötsel"}
    assert set(titles(client.get(LIST, {"show": "joined"}))) == {"Bevakning av parker", "Väktare i trapphus"}
    assert "Väktare" not in client.get(f"{LIST}hamta.csv").content.decode()
    own = as_("park").get(LIST)
    assert set(titles(own)) == {"Bevakning av parker", "Parkskötsel"}
    assert "1 upphandlas gemensamt med andra." in main_of(own)
    assert "upphandlas i ”Bevakning”" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(own)))
    assert "Bevakning av parker" in as_("park").get(f"{LIST}hamta.csv").content.decode()


def test_a_sender_sees_where_the_report_is_and_can_still_change_it(as_, town, guard):
    joined(town, guard, "park")
    client = as_("park")
    html = main_of(client.get(f"{LIST}{guard['park'].pk}/"))
    assert "Upphandlas gemensamt i ”Bevakning” av upphandlingsenheten, start okänd." in html
    assert f"{LIST}{guard['joint'].pk}/" not in html
    assert client.get(f"{LIST}{guard['joint'].pk}/").status_code == 404
    change(actor=town.who["park"], target=guard["park"], seen=None, fte=Decimal(5))
    html = main_of(as_("ue").get(f"{LIST}{guard['joint'].pk}/"))
    assert "Anmälningar som ingår" in html
    assert "årsarbetare" in html[html.index("carried-h") :]


def test_the_unit_opens_the_joint_one_and_parts_from_the_page(as_, town, guard):
    joined(town, guard, "park")
    client, url = as_("ue"), f"{LIST}{guard['park'].pk}/"
    html = main_of(client.get(url))
    assert f'href="{LIST}{guard["joint"].pk}/"' in html
    hidden = hidden_of(client.get(f"{url}skilj/").content.decode())
    assert client.post(f"{url}skilj/", hidden).status_code == 422  # a reason is wanted
    assert client.post(f"{url}skilj/", hidden | {"reason": "Egna väktare"}).headers["Location"] == url
    assert "Skildes ur den gemensamma upphandlingen: Egna väktare" in main_of(client.get(url))


def test_a_buyer_in_the_unit_s_own_organisation_does_not_see_what_others_reported(as_, town, guard):
    joined(town, guard, "park")
    member("inköp", Role.PROCURING, town.org["Stad"])
    html = as_("inköp").get(f"{LIST}{guard['joint'].pk}/").content.decode()
    assert "Bevakning" in html
    assert "Bevakning av parker" not in html
    assert "Bevakning av parker" in as_("styr").get(f"{LIST}{guard['joint'].pk}/").content.decode()


def test_what_waits_is_grouped_with_reasons_and_is_a_task(as_, town, guard):
    client = as_("ue")
    assert "2 anmälda behov delas med andra: slå ihop dem?" in client.get("/").content.decode()
    html = main_of(client.get(SHARED))
    assert "samma CPV-grupp: 7971" in html
    assert html.count("<h2") == 1
    assert re.search(rf'value="{guard["joint"].pk}"\s+selected', html)
    joined(town, guard, "park", "hus")
    assert "Inget väntar på att slås ihop" in main_of(client.get(SHARED))
    assert "slå ihop dem?" not in client.get("/").content.decode()


def test_chosen_reports_are_looked_through_and_joined(as_, town, guard):
    client = as_("ue")
    chosen = f"rad={guard['park'].pk}&rad={guard['hus'].pk}"
    step = client.get(f"{SHARED}?{chosen}&i={guard['joint'].pk}").headers["Location"]
    html = client.get(step).content.decode()
    assert "10,0 mnkr" in html.replace("\xa0", " ")
    rows = re.findall(r'name="rows" value="([^"]+)"', html)
    assert len(rows) == 2
    done = client.post(step, hidden_of(html) | {"rows": rows})
    assert done.headers["Location"] == f"{LIST}{guard['joint'].pk}/"
    assert guard["joint"].merged.count() == 2


def test_a_new_joint_one_is_proposed_from_the_reports(as_, town, guard):
    client = as_("ue")
    step = client.get(f"{SHARED}?rad={guard['park'].pk}&rad={guard['hus'].pk}&i=ny").headers["Location"]
    html = client.get(step).content.decode()
    for value in ("Väktare i trapphus", "10\xa0000\xa0000", "79710000", "36"):
        assert f'value="{value}"' in html, value
    rows = re.findall(r'name="rows" value="([^"]+)"', html)
    done = client.post(step, hidden_of(html) | {"rows": rows, "title": "Väktare"})
    joint = PlannedProcurement.objects.get(title="Väktare")
    assert done.headers["Location"] == f"{LIST}{joint.pk}/"
    assert joint.shared
    assert joint.merged.count() == 2


def test_a_report_that_was_changed_meanwhile_is_named_and_offered_again(as_, town, guard):
    client, url = as_("ue"), f"{LIST}{guard['joint'].pk}/sla-ihop/?rad={guard['park'].pk}"
    html = client.get(url).content.decode()
    old = hidden_of(html) | {"rows": re.findall(r'name="rows" value="([^"]+)"', html)}
    change(actor=town.who["park"], target=guard["park"], seen=None, months=12)
    answer = client.post(url, old)
    assert answer.status_code == 422
    assert "”Bevakning av parker” har ändrats sedan du öppnade sidan." in answer.content.decode()
    assert f'value="{guard["park"].pk}:2"' in answer.content.decode()


def test_others_are_found_by_words_and_asked_about_when_they_are_not_shared(as_, town, guard):
    client = as_("ue")
    url = f"{LIST}{guard['joint'].pk}/sla-ihop/?q=fasad"
    html = client.get(url).content.decode()
    [row] = re.findall(r'name="rows" value="([^"]+)"', html)
    answer = client.post(url, hidden_of(html) | {"rows": [row]})
    assert answer.status_code == 422
    assert "”Fasadrenovering” är inte anmäld som gemensam." in answer.content.decode()
    assert client.post(url, hidden_of(html) | {"rows": [row], "also_not_shared": "on"}).status_code == 302


def test_nothing_chosen_is_said(as_, guard):
    assert "Kryssa i minst en anmälan" in main_of(as_("ue").get(f"{SHARED}?i=ny"))


def test_only_the_unit_has_the_page(as_, guard):
    for name in ("park", "styr", "ame", "admin"):
        assert as_(name).get(SHARED).status_code == 403, name


def test_a_key_that_is_none_is_answered(as_, town, guard):
    client, address = as_("ue"), f"{LIST}{guard['joint'].pk}/sla-ihop/?rad={guard['park'].pk}"
    sent = hidden_of(client.get(address).content.decode()) | {"rows": "-" * 36 + ":1"}
    assert client.post(address, sent).status_code == 422


@pytest.mark.parametrize("q", ["%00", "v%00akt", "qx+" * 3_000], ids=["no", "part", "many"])
def test_words_that_nobody_types_find_nothing(as_, guard, q):
    html = as_("ue").get(f"{LIST}{guard['joint'].pk}/sla-ihop/?q={q}").content.decode()
    assert "Bevakning av parker" not in html
