from decimal import Decimal

import pytest
from django.urls import reverse

from insteg.process import actions
from insteg.process.forms.rule_sets import RuleSetForm
from insteg.process.models import TERMS, RuleSet
from insteg.process.queries.rule_sets import standings
from insteg.process.wording import differences, in_words

pytestmark = pytest.mark.one_database

LIST = "/arbetsmodellen/regelverk/"
TYPED = {
    "natures": ["services", "supplies"], "min_months": "1 år", "more_than_fte": "1,5", "framework_extent_known": "on",
    "full_time_months_per_place": "1 200", "most_percent_of_staffing": "20", "services_value_per_place": "22,5 mkr",
    "works_value_per_place": "40 mkr", "planning_months": "5", "safe_planning_months": "1 år",
    "procurement_months": "3 mån", "warn_below_months": "9", "note": "Fler längre uppdrag",
}  # fmt: skip

ANOTHER = {
    "natures": ["works"], "min_months": 5, "more_than_fte": Decimal("1.5"), "framework_extent_known": True,
    "full_time_months_per_place": 101, "most_percent_of_staffing": 11, "services_value_per_place": 25_000_001,
    "works_value_per_place": 50_000_001, "planning_months": 5, "safe_planning_months": 9, "procurement_months": 5,
    "warn_below_months": 9,
}  # fmt: skip


def to(name, rule_set):
    return reverse(f"process:{name}", args=[rule_set.pk])


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def send(client, address, **typed):
    """Fetches the form and sends it with its own version and key, as a browser does."""
    form = client.get(address).context["form"]
    return client.post(address, {"version": form.initial["version"], "key": form.initial["key"], **typed})


@pytest.fixture
def draft(town):
    return actions.draft_rule_set(actor=town.who["admin"], target=town.rule_set, seen=None)


def test_everyone_in_the_city_reads_what_holds(as_, town):
    for name in ("ue", "park", "ame", "chef", "styr", "mal", "admin"):
        page = text(as_(name).get(LIST))
        assert "Tjänst eller entreprenad." in page
        assert "Minst 4 månader, utan förlängning." in page
        assert "Mer än 1 årsarbetare i genomsnitt" in page
        assert "En plats per 100 heltidsmånader, minst en, högst en tiondel av bemanningen samtidigt." in page
        assert "Senast 8 månader före avtalsstart. 12 månader före är tryggt." in page
        assert ("Gör ett utkast" in page) == (name == "admin")
    for name in ("af", "bistand", "bygg"):
        assert as_(name).get(LIST).status_code == 403


def test_an_administrator_drafts_changes_and_publishes(as_, town):
    client = as_("admin")
    made = send(client, to("draft", town.rule_set))
    draft = RuleSet.objects.get(edition=2)
    assert made.url == to("change", draft)
    assert send(client, to("change", draft), **TYPED).url == to("rule_set", draft)
    page = text(client.get(to("rule_set", draft)))
    assert "Utkastet gäller inte än" in page
    assert page.index("Det här skiljer den från version 1") < page.index("När lämpar sig en upphandling?")
    for words in (
        "Tjänst eller entreprenad.", "Tjänst eller vara.", "Minst 12 månader", "Mer än 1,5 årsarbetare",
        "En plats per 1\N{NO-BREAK SPACE}200 heltidsmånader, minst en, högst en femtedel", "Minst 5 månader.",
    ):  # fmt: skip
        assert " ".join(words.split()) in page
    draft.refresh_from_db()
    assert (draft.services_value_per_place, draft.works_value_per_place) == (22_500_000, 40_000_000)
    assert (draft.planning_months, draft.safe_planning_months, draft.procurement_months) == (5, 12, 3)
    page = text(client.get(to("publish", draft)))
    assert "bedöms på nytt" in page
    assert "Mer än 1,5 årsarbetare" in page
    assert "version 1" in page
    assert send(client, to("publish", draft)).url == to("rule_set", draft)
    assert RuleSet.objects.in_force() == draft
    assert "Version 2 gäller nu." in text(client.get(to("rule_set", draft)))
    assert "Ersatt av en nyare version" in text(client.get(to("rule_set", town.rule_set)))
    page = text(client.get(LIST))
    assert page.count("Ersatt") == 1
    assert "Fler längre uppdrag" in page


def test_an_unchanged_draft_says_that_it_changes_nothing(as_, town, draft):
    assert "Reglerna är desamma som i version 1." in text(as_("admin").get(to("publish", draft)))
    assert "Inget. Reglerna är desamma." in text(as_("admin").get(to("rule_set", draft)))


def test_a_draft_is_for_administrators_alone(as_, town, draft):
    page = text(as_("admin2").get(LIST))
    assert "Öppna utkastet" in page
    assert "Gör ett utkast" not in page
    assert "Utkast" not in text(as_("ue").get(LIST))
    for name in ("rule_set", "change", "publish", "discard"):
        assert as_("ue").get(to(name, draft)).status_code == 404


def test_what_is_published_is_seen_but_not_changed(as_, town):
    assert "Ändra" not in text(as_("admin").get(to("rule_set", town.rule_set)))
    for name in ("change", "publish", "discard"):
        assert as_("admin").get(to(name, town.rule_set)).status_code == 403
    assert as_("ue").get(to("draft", town.rule_set)).status_code == 403


def test_a_draft_can_begin_from_any_edition(as_, town, draft):
    client = as_("admin")
    words = "Gör ett nytt utkast av den här"
    assert words not in text(client.get(to("rule_set", town.rule_set)))  # there is one
    actions.change_rule_set(
        actor=town.who["admin"], target=draft, seen=None, natures=["works"], min_months=9, more_than_fte=Decimal(1),
        framework_extent_known=False, note="",
    )  # fmt: skip
    actions.publish_rule_set(actor=town.who["admin"], target=draft, seen=None)
    assert words in text(client.get(to("rule_set", town.rule_set)))
    assert words not in text(as_("ue").get(to("rule_set", town.rule_set)))
    send(as_("admin"), to("draft", town.rule_set))
    assert RuleSet.objects.get(edition=3).min_months == 4


def test_a_second_draft_is_refused_in_words(as_, town, draft):
    page = text(send(as_("admin"), to("draft", town.rule_set)), 422)
    assert "Det finns redan ett utkast." in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"natures": []}, "Välj minst ett slag."),
        ({"min_months": "länge"}, "är ingen längd"),
        ({"min_months": "0"}, "1"),
        ({"more_than_fte": "några"}, "är inget tal"),
        ({"note": "x" * 1001}, "1000"),
        ({"full_time_months_per_place": "0"}, "Minst 1."),
        ({"full_time_months_per_place": "hundra"}, "är inget helt tal"),
        ({"most_percent_of_staffing": "101"}, "Högst 100."),
        ({"services_value_per_place": "25"}, "Menar du 25 kr eller 25 mkr?"),
        ({"works_value_per_place": "0 kr"}, "Minst 1."),
        ({"planning_months": "0"}, "Minst 1."),
        ({"safe_planning_months": "4"}, "kan inte vara kortare än den kortaste, 5 mån"),
        ({"procurement_months": "ett tag"}, "är ingen längd"),
        ({"warn_below_months": "11 år"}, "Högst 120."),
    ],
)
def test_a_fault_stands_at_its_field_and_what_was_typed_stays(as_, town, draft, wrong, said):
    answer = send(as_("admin"), to("change", draft), **TYPED | wrong)
    page = text(answer, 422)
    assert said in " ".join(answer.context["form"].errors[next(iter(wrong))])
    assert 'value="1,5"' in page or "more_than_fte" in wrong
    assert RuleSet.objects.get(edition=2).min_months == 4


def test_two_administrators_at_once(as_, town, draft):
    client = as_("admin")
    form = client.get(to("change", draft)).context["form"]
    other = {"natures": ["works"], "min_months": 4, "more_than_fte": Decimal(1), "framework_extent_known": False}
    actions.change_rule_set(actor=town.who["admin2"], target=draft, seen=None, note="", **other)
    sent = {"version": form.initial["version"], "key": form.initial["key"], **TYPED}
    page = text(client.post(to("change", draft), sent), 409)
    assert "Någon annan har ändrat under tiden" in page
    assert "Ändrat under tiden till: Entreprenad" in page
    assert "Fler längre uppdrag" in page


def test_a_draft_is_taken_away(as_, town, draft):
    client = as_("admin")
    assert send(client, to("discard", draft)).url == LIST
    assert "Utkastet är borttaget." in text(client.get(LIST))
    assert not RuleSet.objects.filter(published_at=None).exists()


def test_pages_cost_the_same_for_many_editions(as_, town, django_assert_max_num_queries):
    admin = town.who["admin"]
    for _edition in range(10):
        draft = actions.draft_rule_set(actor=admin, target=RuleSet.objects.in_force(), seen=None)
        actions.publish_rule_set(actor=admin, target=draft, seen=None)
    client = as_("admin")
    for address in (LIST, to("rule_set", town.rule_set)):
        client.get(address)
        with django_assert_max_num_queries(8):
            client.get(address)


def test_editions_stand_in_order_with_their_time():
    one, two, three = (RuleSet(edition=number, published_at=when) for number, when in ((1, "a"), (2, "b"), (3, None)))
    found = standings([two, three, one])
    assert [(each.rule_set, each.state, each.until, each.earlier) for each in found] == [
        (three, "draft", None, two),
        (two, "in_force", None, one),
        (one, "replaced", "b", None),
    ]
    assert standings([]) == []


def said(rules, key):
    return [term.value for section in in_words(rules) if section.key == key for term in section.terms]


def test_the_words_follow_the_values():
    rules = RuleSet(natures=["services", "works", "supplies"], min_months=1, more_than_fte=Decimal("0.5"))
    assert said(rules, "criteria") == [
        "Tjänst, entreprenad eller vara.",
        "Omfattningen är känd. I ett ramavtal är den känd först när någon har angett den.",
        "Minst 1 månad, utan förlängning.",
        "Mer än 0,5 årsarbetare i genomsnitt under avtalstiden, utan förlängning.",
    ]
    other = RuleSet(natures=[], min_months=1, more_than_fte=Decimal("0.5"), framework_extent_known=True)
    assert [change.term for change in differences(rules, other)] == ["Slag", "Omfattning"]
    assert said(other, "criteria")[0] == "Inget slag."
    assert said(RuleSet(natures=["works"]), "criteria")[0] == "Entreprenad."


def test_how_the_places_are_reckoned_in_words():
    assert said(RuleSet(), "places") == [
        "En plats per 100 heltidsmånader, minst en, högst en tiondel av bemanningen samtidigt.",
        "En plats per 25,0\N{NO-BREAK SPACE}mnkr, till jämförelse.",
        "En plats per 50,0\N{NO-BREAK SPACE}mnkr, till jämförelse.",
    ]
    other = RuleSet(full_time_months_per_place=1, most_percent_of_staffing=15, services_value_per_place=25_010_000)
    assert said(other, "places")[:2] == [
        "En plats per heltidsmånad, minst en, högst 15 procent av bemanningen samtidigt.",
        "En plats per 25\N{NO-BREAK SPACE}010\N{NO-BREAK SPACE}000 kr, till jämförelse.",
    ]


def test_how_long_it_takes_in_words():
    assert said(RuleSet(), "lead-times") == [
        "Minst 4 månader. 8 månader är tryggt.",
        "4 månader, från klara dokument till avtalsstart.",
        "Senast 8 månader före avtalsstart. 12 månader före är tryggt.",
        "När det är kortare än 8 månader till avtalsstart. Då är det redan för sent för första dialogen.",
    ]
    other = RuleSet(planning_months=1, safe_planning_months=1, procurement_months=2, warn_below_months=4)
    assert said(other, "lead-times") == [
        "Minst 1 månad.",
        "2 månader, från klara dokument till avtalsstart.",
        "Senast 3 månader före avtalsstart.",
        "När det är kortare än 4 månader till avtalsstart.",
    ]


def test_the_form_asks_under_the_headings_that_are_read(as_, town, draft):
    page = text(as_("admin").get(to("change", draft)))
    headings = [section.title for section in in_words(draft)]
    fields = ["natures", "full_time_months_per_place", "planning_months"]
    told = [
        part for heading, field in zip(headings, fields, strict=True) for part in (f">{heading}<", f'name="{field}"')
    ]
    assert [page.index(part) for part in told] == sorted(page.index(part) for part in told)


@pytest.mark.parametrize("name", TERMS)
def test_every_term_is_told_when_it_differs(name):
    """What an edition decides is copied to a draft, asked for in its form, and said where it differs."""
    other = RuleSet(**{name: ANOTHER[name]})
    assert differences(RuleSet(), other)
    assert name in {field for fields in RuleSetForm.SECTIONS.values() for field in fields}
