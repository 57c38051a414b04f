"""R11: between reading a sheet and saving it, every row is held against what is known, and nothing is done unseen."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from insteg.audit.models import Entry
from insteg.inventory.actions import change, report, withdraw
from insteg.inventory.models import PlannedProcurement, PlanUpload
from tests.inventory.answering import rounds
from tests.inventory.test_upload import hidden, review, send, workbook
from tests.town import plan

HEADINGS = ["Benämning", "Diarienummer", "CPV-kod", "Värde (mkr)", "Avtalstid", "Option", "Avtalsstart", "Årsarbetare"]
CLEANING = {
    "title": "Lokalvård", "cpv": "90911200", "nature": "services", "value_min": 12_000_000, "value_max": 12_000_000,
    "months": 24, "option_months": 24, "start": date(2028, 3, 1), "fte": Decimal(4),
}  # fmt: skip
SAME = ["Lokalvård", "", "90911200", 12, "24 mån", "24 mån", "2028-03-01", 4]
BRIDGE = ["Bro", "", "45221113", "3,8-38", "12 mån", "", "2028-05-01", ""]  # one value or two?
ROOF = ["Tak", "", "45261210", 9, "6 mån", "", "31/2 2028", ""]  # no such day
WALL = ["Mur", "", "45262522", 7, "6 mån", "", "2028-06-01", ""]
SELECT = r'<select\s[^>]*name="([^"]+)"[^>]*>(.*?)</select>'


class Clerk:
    """Somebody who sends a sheet and goes through it, as a browser would."""

    def __init__(self, client, organisation):
        self.client, self.organisation = client, organisation

    def sends(self, *rows, headings=HEADINGS, name="plan.xlsx"):
        self.address = send(self.client, self.organisation, workbook(*rows, headings=headings), name).url
        return self.opens()

    def opens(self):
        self.html = review(self.client, type("Answer", (), {"url": self.address}))
        self.fields = inputs(self.html)
        return self

    def answers(self, do="save", **chosen):
        """`chosen` is by the end of the input's name: r2_value is s…r2-value."""
        typed = dict(self.fields)
        for ending, value in chosen.items():
            typed[self.name(ending.replace("_", "-"))] = value
        answer = self.client.post(self.address, {k: v for k, v in typed.items() if v is not None} | {"do": do})
        if answer.status_code != 302:
            self.html = answer.content.decode()
            self.fields = inputs(self.html)
        return answer

    def name(self, ending):
        whole = re.compile(rf"(s[0-9a-f]+|gone-|){re.escape(ending)}")
        [found] = {name for name in re.findall(r'name="([^"]+)"', self.html) if whole.fullmatch(name)}
        return found


def inputs(html):
    """What a browser would send of the page: hidden fields, texts, chosen options and ticked boxes."""
    fields = hidden(html)
    for tag in re.findall(r"<input\s[^>]*>", html):
        kind = re.search(r'type="(\w+)"', tag)[1]
        name = re.search(r'name="([^"]+)"', tag)
        if name and (kind == "text" or (kind in ("radio", "checkbox") and re.search(r"\schecked", tag))):
            value = re.search(r'value="([^"]*)"', tag)
            fields[name[1]] = value[1] if value else ""
    for name, options in re.findall(SELECT, html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*\sselected', options)
        fields[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    fields.pop("q", None)
    return fields


@pytest.fixture
def clerk(as_, town):
    return Clerk(as_("park"), town.org["Park"])


@pytest.fixture
def known(town):
    """Park's list holds one well-known procurement, and "Parkskötsel" since before."""
    park = {"actor": town.who["park"], "target": town.org["Park"], "seen": None}
    return report(**park, **CLEANING)


def row(planned):
    return PlannedProcurement.objects.get(pk=planned.pk)


def tags(html):
    """The words of the counts above the table."""
    return re.findall(r"</svg>(\d+ [^<]+)</span>", html)


def test_a_row_is_new_changed_or_the_same_and_what_the_sheet_lacks_is_said(clerk, known):
    clerk.sends(["Lokalvård", "", "90911200", 15, "24 mån", "24 mån", "2028-03-01", 4], ["Bro", "", "45221113", 9])
    assert tags(clerk.html) == ["1 ny", "1 ändrad", "1 finns inte i bladet"]
    assert re.search(r"<del>.*12,0\s*mnkr</del> <ins>.*15,0\s*mnkr</ins>", clerk.html)
    assert "Parkskötsel" in clerk.html
    assert clerk.answers().status_code == 302
    assert row(known).value_max == 15_000_000
    assert PlannedProcurement.objects.filter(title="Bro").count() == 1
    assert PlannedProcurement.objects.get(title="Parkskötsel").withdrawn_at is None  # kept unless somebody says so


def test_a_changed_row_keeps_its_history_and_gets_a_new_version(clerk, known):
    before = row(known)
    clerk.sends(["Lokalvård", "TN 2026/7", "90911200", 15, "24 mån", "24 mån", "2028-03-01", 4]).answers()
    after = row(known)
    assert (after.version, after.reference) == (before.version + 1, "TN 2026/7")
    assert after.confirmed_at > before.confirmed_at
    entry = Entry.objects.filter(action="inventory.change", subjects__row=known.pk).latest("pk")
    assert {"value_min", "value_max", "reference"} <= set(entry.changed)
    html = clerk.client.get(f"/planerade/{known.pk}/").content.decode()
    assert "Ändrad" in html
    assert "plan.xlsx" in html


def test_a_row_is_known_by_its_reference_though_its_name_is_another(clerk, town, known):
    change(actor=town.who["park"], target=known, seen=None, reference="TN 2026/7")
    clerk.sends(["Städning av skolor", "tn 2026/7", "90911200", 12, "24 mån", "24 mån", "2028-03-01", 4])
    assert tags(clerk.html) == ["1 ändrad", "1 finns inte i bladet"]
    clerk.answers()
    assert row(known).title == "Städning av skolor"


def test_another_code_is_another_procurement_until_somebody_says_otherwise(clerk, known):
    clerk.sends(["Lokalvård", "", "45221113", 12])
    assert clerk.answers().status_code == 422  # its name is near: that is asked
    assert clerk.answers(r2_same="no").status_code == 302
    assert PlannedProcurement.objects.filter(title="Lokalvård").count() == 2


def test_a_near_name_is_asked_about(clerk, known):
    clerk.sends(["Lokalvården", "", "90911200", 13, "24 mån"])
    assert "är det samma upphandling som ”Lokalvård”" in clerk.html
    assert clerk.answers().status_code == 422
    assert clerk.answers(r2_same="yes").status_code == 302
    assert (row(known).title, row(known).value_max) == ("Lokalvården", 13_000_000)


def test_what_the_sheet_is_silent_about_or_does_not_know_erases_nothing(clerk, known):
    clerk.sends(["Lokalvård", "", "", "okänt", "vet ej", "", "", ""], WALL)
    assert "Vi behåller det vi vet: 12,0\u00a0mnkr." in clerk.html
    assert "1 lika" in tags(clerk.html)
    clerk.answers()
    after = row(known)
    assert (after.value_max, after.months, after.start, after.unknown_fields) == (12_000_000, 24, date(2028, 3, 1), [])


def test_what_nobody_has_said_may_be_said_to_be_unknown(clerk, town):
    known = report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Broar")
    clerk.sends(["Broar", "", "", "okänt", "", "", "", ""], WALL).answers()
    assert row(known).unknown_fields == ["value_max", "value_min"]


def test_the_same_content_in_a_new_file_changes_nothing_and_can_confirm(clerk, known):
    version, confirmed = row(known).version, row(known).confirmed_at
    clerk.sends(SAME)
    assert tags(clerk.html) == ["1 lika", "1 finns inte i bladet"]
    assert "Inget ändras" in clerk.html
    assert "Bekräfta 1 upphandling" in clerk.html
    assert clerk.answers().status_code == 302
    assert row(known).version == version
    assert row(known).confirmed_at > confirmed
    assert PlannedProcurement.objects.filter(title="Lokalvård").count() == 1


def test_what_is_gone_can_be_withdrawn_with_its_reason(clerk, town, known):
    clerk.sends(SAME)
    answer = clerk.answers(**{str(town.planned["p"].pk).replace("-", "_"): "advertised"})
    gone = row(town.planned["p"])
    assert answer.status_code == 302
    assert (gone.withdrawn_as, bool(gone.withdrawn_at)) == ("advertised", True)
    assert gone.withdrawn_reason.startswith("Är redan annonserad")
    assert Entry.objects.filter(action="inventory.withdraw", subjects__row=gone.pk).count() == 1


def test_what_the_sheet_itself_calls_expired_is_proposed_as_gone(clerk, known):
    clerk.sends(
        ["Lokalvård", "Utgår", 12], ["Bro", "Ny", 9], headings=["Benämning", "Status", "Värde (mkr)"]
    )  # fmt: skip
    assert "Utgår enligt rad 2 i bladet." in clerk.html
    clerk.answers()
    assert row(known).withdrawn_as == "cancelled"


def test_doubles_in_the_file_are_asked_about(clerk):
    clerk.sends(["Snöröjning", "", "", 5], ["Snöröjning", "", "", 7])
    assert "står också på rad 2. Är det två upphandlingar?" in clerk.html
    assert clerk.answers().status_code == 422
    assert clerk.answers(r3_double="no").status_code == 302
    assert PlannedProcurement.objects.get(title="Snöröjning").value_max == 5_000_000


def test_doubles_that_were_kept_are_not_asked_about_again(clerk):
    clerk.sends(["Snöröjning", "", "", 5], ["Snöröjning", "", "", 7]).answers(r3_double="yes")
    clerk.sends(["Snöröjning", "", "", 5], ["Snöröjning", "", "", 8])
    assert "Är det två" not in clerk.html
    clerk.answers()
    values = PlannedProcurement.objects.filter(title="Snöröjning").values_list("value_max", flat=True)
    assert sorted(values) == [5_000_000, 8_000_000]


def test_two_rows_that_could_be_one_known_row_are_not_both_made_into_it(clerk, known):
    clerk.sends(SAME, ["Lokalvård", "", "90911200", 99])
    assert "står också på rad 2" in clerk.html
    clerk.answers(r3_double="yes")
    assert row(known).value_max == 12_000_000
    assert PlannedProcurement.objects.filter(title="Lokalvård").count() == 2


def test_a_row_can_be_left_out_with_its_faults_and_what_it_is_about_stands(clerk, known):
    clerk.sends(["Lokalvård", "", "90911200", 15, "24 mån", "", "31/2 2028"], WALL)
    assert clerk.answers().status_code == 422
    assert clerk.answers(r2_out="1").status_code == 302
    assert row(known).value_max == 12_000_000
    assert PlannedProcurement.objects.filter(title="Mur").exists()


def test_the_rows_with_faults_come_first(clerk, known):
    clerk.sends(SAME, WALL, ROOF)
    table = clerk.html[clerk.html.index('id="rows-h"') :]
    assert table.index("Tak") < table.index("Mur") < table.index("Lokalvård")
    assert clerk.html.index("Rad 4: ") < clerk.html.index('id="rows-h"')  # said above, with a link to its field
    assert f'href="#id_{clerk.name("r4-start")}"' in clerk.html


# Drafts


def test_leaving_and_coming_back_loses_nothing(clerk, town, known):
    clerk.sends(BRIDGE, ROOF, WALL)
    gone = str(town.planned["p"].pk).replace("-", "_")
    kept = {"r2_value": "unknown", "r3_start": "1/3 2028", "r4_out": "1", gone: "cancelled"}
    assert clerk.answers(do="keep", **kept).status_code == 302
    clerk.opens()
    for ending, value in kept.items():
        assert clerk.fields[clerk.name(ending.replace("_", "-"))] == value, ending
    assert not PlannedProcurement.objects.filter(title="Tak").exists()
    assert clerk.answers().status_code == 302
    assert set(PlannedProcurement.objects.filter(upload__isnull=False).values_list("title", flat=True)) == {
        "Bro",
        "Tak",
    }
    assert row(town.planned["p"]).withdrawn_as == "cancelled"


def test_a_fault_that_is_mended_is_not_named_any_more(clerk):
    clerk.sends(BRIDGE, ROOF)
    assert "Februari har 29 dagar" in clerk.html
    clerk.answers(do="keep", r3_start="1/3 2028")
    assert "Februari har 29 dagar" not in clerk.opens().html


def test_leaving_leads_back_to_the_answer_that_waits(clerk, town):
    asked = rounds(town).asked["Park-new"]
    page = f"/inventering/svar/{asked.pk}/"
    assert f'href="{page}"' in clerk.client.get(f"/planerade/las-in/{town.org['Park'].pk}/").content.decode()
    clerk.sends(SAME)
    crumbs = clerk.html.partition("<h1")[0]
    assert f'href="{page}"' in crumbs
    leave = f"{clerk.address}avbryt/"
    assert clerk.client.post(leave, hidden(clerk.client.get(leave).content.decode())).url == page


def test_what_was_sent_with_a_fault_is_kept_too(clerk):
    clerk.sends(BRIDGE, ROOF)
    assert clerk.answers(r3_start="våren, kanske").status_code == 422
    clerk.opens()
    assert clerk.fields[clerk.name("r3-start")] == "våren, kanske"


def test_sending_an_earlier_page_again_is_no_conflict_with_oneself(clerk):
    clerk.sends(BRIDGE)
    earlier = dict(clerk.fields)
    assert clerk.answers().status_code == 422
    answer = clerk.client.post(clerk.address, earlier | {clerk.name("r2-value"): "unknown", "do": "save"})
    assert answer.status_code == 302


def test_two_reviewers_do_not_write_over_one_another(clerk, as_, town):
    clerk.sends(BRIDGE, ROOF)
    other = Clerk(as_("ue"), town.org["Park"])
    other.address = clerk.address
    other.opens()
    clerk.client = as_("park")
    clerk.answers(do="keep", r3_start="1/3 2028")
    other.client = as_("ue")
    answer = other.answers(do="keep", r3_start="1/4 2028")
    assert answer.status_code == 409
    assert other.fields[other.name("r3-start")] == "1/4 2028"
    assert PlanUpload.objects.get().typed["fields"] == {other.name("r3-start"): "1/3 2028"}


def test_a_known_row_that_somebody_changed_meanwhile_stops_the_saving(clerk, town, known):
    clerk.sends(["Lokalvård", "", "90911200", 15], ["Bro", "", "", 9])
    change(actor=town.who["ue"], target=known, seen=None, months=36)
    answer = clerk.answers()
    assert answer.status_code == 409
    assert "Någon har ändrat ”Lokalvård”" in clerk.html
    assert not PlannedProcurement.objects.filter(title="Bro").exists()
    assert clerk.answers().status_code == 302  # shown anew, and sent again
    assert (row(known).months, row(known).value_max) == (36, 15_000_000)


def test_a_known_row_that_came_or_went_meanwhile_stops_the_saving(clerk, town, known):
    clerk.sends(["Bro", "", "", 9])
    report(actor=town.who["ue"], target=town.org["Park"], seen=None, title="Bro")
    assert clerk.answers().status_code == 409
    assert "1 ändrad" in tags(clerk.html)
    withdraw(actor=town.who["ue"], target=known, seen=None, withdrawn_reason="Utgår")
    assert clerk.answers().status_code == 409
    assert PlannedProcurement.objects.filter(title="Bro").count() == 1


def test_a_page_asks_about_so_many_rows_and_says_that_more_wait(clerk, monkeypatch):
    monkeypatch.setattr("insteg.inventory.review.contents.MOST_ASKED", 1)
    clerk.sends(BRIDGE, ROOF)
    assert clerk.answers(r2_value="unknown").status_code == 422
    assert "1 rad till behöver svar. Spara så länge, så visas den." in clerk.html
    assert not PlannedProcurement.objects.filter(title="Bro").exists()


# What a cell may hold


def test_text_is_kept_as_text(clerk):
    formula, script = "=HYPERLINK(1)", "<script>alert(1)</script>"
    rows = [["'" + formula, "x" * 90, "", 5], [script, "", "", 5], ["Väldigt " * 60, "", "", 6]]
    clerk.sends(*rows)
    assert script not in clerk.html
    assert clerk.answers().status_code == 302
    long = PlannedProcurement.objects.get(title__startswith="Väldigt")
    assert len(long.title) == 300
    assert long.description.startswith(long.title[:200])
    assert PlannedProcurement.objects.filter(title=script).exists()
    assert PlannedProcurement.objects.get(title__contains="HYPERLINK").description == "x" * 90


# Who


def test_another_organisation_sees_nothing_of_it(clerk, as_):
    clerk.sends(SAME)
    stranger = as_("hus")
    assert stranger.get(clerk.address).status_code == 404
    assert stranger.get(f"{clerk.address}lage/").status_code == 404
    assert stranger.post(clerk.address, {"do": "keep"}).status_code == 404
    assert as_("styr").get(clerk.address).status_code == 404


def test_the_same_name_elsewhere_is_no_match(clerk, town):
    theirs = report(actor=town.who["hus"], target=town.org["Hus"], seen=None, **CLEANING)
    clerk.sends(["Lokalvård", "", "90911200", 99])
    assert "1 ny" in tags(clerk.html)
    clerk.answers()
    assert row(theirs).value_max == 12_000_000


def test_a_department_s_plan_does_not_wait_for_the_procurement_unit(as_, town):
    plan(town, "park", "Park")
    assert "Granska och spara en inläst plan" not in as_("ue").get("/").content.decode()
    plan(town, "ue", "Hus")
    assert "Granska och spara en inläst plan" in as_("ue").get("/").content.decode()
    assert "Granska och spara en inläst plan" in as_("hus").get("/").content.decode()


@pytest.mark.parametrize("do", ["keep", "save", "reread"])
def test_what_no_database_can_hold_is_answered_and_not_kept(clerk, do):
    clerk.sends(SAME, ROOF)
    answer = clerk.answers(do=do, r3_start="2028-\x00")
    assert answer.status_code in (302, 422)
    assert "\\u0000" not in json.dumps(PlanUpload.objects.get().typed)


def test_no_more_is_kept_of_an_answer_than_anybody_writes(clerk):
    clerk.sends(SAME, ROOF).answers(do="keep", r3_start="x" * 500_000)
    assert len(json.dumps(PlanUpload.objects.get().typed)) < 3_000


def test_a_version_that_is_no_number_of_ours_is_answered(clerk):
    clerk.sends(SAME, ROOF)
    clerk.fields["version"] = "9" * 5_000
    assert clerk.answers(do="keep").status_code == 422
