"""The table of occupations and what is said of one procurement, through their pages."""

from uuid import uuid4

import pytest

from insteg.codes.models import Cpv, CpvOccupation, Occupation
from insteg.inventory.actions import report
from insteg.inventory.models import PlannedProcurement

pytestmark = pytest.mark.one_database

TABLE = "/arbetsmodellen/yrken/"


@pytest.fixture
def codes(town):
    Cpv.objects.create(code="90910000", title_sv="Städning", title_en="Cleaning services")
    Cpv.objects.create(code="90000000", title_sv="Avlopp, avfall, städning och miljö")
    made = {"9111": "Städare", "9120": "Fönsterputsare", "9622": "Vaktmästare", "5151": "Städledare och husfruar"}
    Occupation.objects.bulk_create(Occupation(code=code, title_sv=title) for code, title in made.items())


@pytest.fixture
def pair(codes):
    return CpvOccupation.objects.create(cpv="9091", occupation_id="9111")


@pytest.fixture
def stairs(town, pair):
    return report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Trappstädning", cpv="90911200")


def send(client, address, row, **typed):
    """The form as it would be sent by someone who opened it now."""
    return client.post(address, {"version": row.version, "key": typed.pop("key", uuid4()), **typed})


def body(answer):
    return " ".join(answer.content.decode().split())


def own(town, name="Stad"):
    return town.org[name]


def test_the_table_says_what_it_proposes_for_how_many(as_, stairs):
    page = body(as_("ue").get(TABLE))
    assert "Tabellen föreslår yrken för 1 av 3 planerade upphandlingar. 2 har inget yrke än." in page
    assert "90 Avlopp, avfall, städning och miljö" in page
    assert "9091<small>Städning</small>" in page.replace(" <small>", "<small>")
    assert f"{TABLE}{stairs_pair().pk}/ta-bort/" in page


def stairs_pair():
    return CpvOccupation.objects.get(cpv="9091")


def test_a_department_counts_its_own_and_changes_nothing(as_, stairs):
    page = body(as_("hus").get(TABLE))
    assert "Tabellen föreslår yrken för 0 av 1 planerad upphandling." in page
    assert "ta-bort" not in page
    assert "nytt/" not in page


def test_the_administrator_counts_what_is_planned_without_seeing_it(as_, stairs):
    page = body(as_("admin").get(TABLE))
    assert "Tabellen föreslår yrken för 1 av 3 planerade upphandlingar." in page
    assert "Trappstädning" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("städ", True), ("9111", True), ("90911200", True), ("90", True), ("Städare 9091", True), ("9092", False),
     ("målare", False)],
)  # fmt: skip
def test_the_table_is_searched_by_words_and_codes(as_, pair, asked, found):
    page = body(as_("styr").get(TABLE, {"q": asked}))
    assert ("cpv-9091" in page) is found
    assert ("Inget i tabellen passar sökningen" in page) is not found


def test_an_empty_table_says_what_to_do(as_, town):
    assert "Tabellen är tom" in body(as_("ue").get(TABLE))
    assert "Upphandlingsenheten och administratören lägger till" in body(as_("ame").get(TABLE))


def test_what_is_planned_without_an_occupation_is_named_with_a_way_to_add_one(as_, town, pair):
    report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Park", cpv="77313000")
    report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Spadar", cpv="44500000")
    page = body(as_("ue").get(TABLE))
    assert "4 har inget yrke, varav 1 är varor." in page
    assert "44500000" not in page
    assert "77313000" in page
    assert f"{TABLE}nytt/?cpv=77313000" in page
    assert 'value="77313000"' in body(as_("ue").get(f"{TABLE}nytt/?cpv=77313000"))


@pytest.mark.parametrize(
    ("cpv", "kept"),
    [("9091", "9091"), ("90910000", "9091"), ("90910000-9", "9091"), ("90000000", "90"), ("Städning", "9091")],
)
def test_a_pair_is_added_by_digits_or_words(as_, town, codes, cpv, kept):
    answer = send(as_("ue"), f"{TABLE}nytt/", own(town), cpv=cpv, occupation="fönster")
    assert answer.headers["Location"] == f"{TABLE}#cpv-{kept}"
    made = CpvOccupation.objects.get()
    assert (made.cpv, made.occupation_id, made.removed_at) == (kept, "9120", None)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"cpv": "9", "occupation": "9120"}, "Ingen CPV-kod i listan heter så."),
        ({"cpv": "9991", "occupation": "9120"}, "Det finns ingen CPV-kod som börjar med 99."),
        ({"cpv": "stä", "occupation": "9120"}, "Flera CPV-koder passar."),
        ({"cpv": "9091", "occupation": "städ"}, "Flera yrken passar. Skriv koden för ett av dem: 9111 Städare, 5151"),
        ({"cpv": "9091", "occupation": "astronaut"}, "Inget yrke i listan heter så."),
        ({"cpv": "", "occupation": ""}, "Fyll i det här."),
    ],
)
def test_what_is_not_clear_is_said_and_what_was_typed_stays(as_, town, codes, typed, said):
    answer = send(as_("ue"), f"{TABLE}nytt/", own(town), **typed)
    assert answer.status_code == 422
    assert said in body(answer)
    assert f'value="{typed["occupation"]}"' in body(answer) or not typed["occupation"]
    assert not CpvOccupation.objects.exists()


def test_the_same_pair_twice_is_refused_and_two_clicks_are_one(as_, town, pair):
    client, key = as_("ue"), uuid4()
    answer = send(client, f"{TABLE}nytt/", own(town), cpv="9091", occupation="9111")
    assert (answer.status_code, CpvOccupation.objects.count()) == (422, 1)
    assert "Det yrket finns redan för den CPV-koden." in body(answer)
    for _ in range(2):
        assert send(client, f"{TABLE}nytt/", own(town), cpv="9091", occupation="9120", key=key).status_code == 302
    assert CpvOccupation.objects.count() == 2


def test_what_is_removed_can_be_put_back_or_added_again(as_, town, stairs, pair):
    client = as_("admin")
    assert "1 planerad upphandling får sina yrken därifrån nu." in body(client.get(f"{TABLE}{pair.pk}/ta-bort/"))
    assert send(client, f"{TABLE}{pair.pk}/ta-bort/", pair).status_code == 302
    pair.refresh_from_db()
    assert pair.removed_at
    page = body(client.get(TABLE))
    assert "Tabellen är tom" in page
    assert "Lägg tillbaka" in page
    assert "Lägg tillbaka" not in body(as_("styr").get(TABLE))
    assert send(as_("ue"), f"{TABLE}{pair.pk}/lagg-tillbaka/", pair).status_code == 302
    pair.refresh_from_db()
    assert pair.removed_at is None
    send(client, f"{TABLE}{pair.pk}/ta-bort/", pair)
    send(as_("ue"), f"{TABLE}nytt/", own(town), cpv="9091", occupation="9111")
    pair.refresh_from_db()
    assert (pair.removed_at, pair.version, CpvOccupation.objects.count()) == (None, 5, 1)


def test_a_pair_that_another_has_changed_meanwhile_is_not_touched(as_, pair):
    old = pair.version
    CpvOccupation.objects.filter(pk=pair.pk).update(version=old + 1)
    assert send(as_("ue"), f"{TABLE}{pair.pk}/ta-bort/", pair).status_code == 409


def page_of(row):
    return f"/planerade/{row.pk}/"


def test_the_page_says_what_is_proposed_and_why(as_, stairs):
    page = body(as_("park").get(page_of(stairs)))
    assert "Förslag ur CPV-koden 90911200. Ingen har bekräftat det än." in page
    assert "Bekräfta eller ändra" in page
    assert "Bekräfta eller ändra" not in body(as_("styr").get(page_of(stairs)))


def test_proposals_are_ticked_beforehand_and_more_are_written(as_, stairs):
    client = as_("park")
    form = body(client.get(f"{page_of(stairs)}yrken/"))
    assert "Städare (9111)" in form
    assert "checked" in form
    answer = send(client, f"{page_of(stairs)}yrken/", stairs, occupations=["9111"], first="vaktm", second="9120")
    assert answer.headers["Location"] == f"{page_of(stairs)}#occupations"
    assert set(stairs.occupations.values_list("occupation", flat=True)) == {"9111", "9120", "9622"}
    page = body(client.get(page_of(stairs)))
    assert "Bekräftat" in page
    assert "Yrken som väntas behövas bekräftade" in page


def test_that_no_particular_ones_are_needed_must_be_said(as_, stairs):
    client, address = as_("park"), f"{page_of(stairs)}yrken/"
    silent = send(client, address, stairs)
    assert silent.status_code == 422
    assert "Välj minst ett yrke, eller kryssa i att inga särskilda yrken behövs." in body(silent)
    both = send(client, address, stairs, occupations=["9111"], none_needed="on")
    assert both.status_code == 422
    assert "Ta bort det här krysset, eller yrkena." in body(both)
    assert send(client, address, stairs, none_needed="on").status_code == 302
    stairs.refresh_from_db()
    assert stairs.occupations_confirmed_at
    assert "Inga särskilda yrken behövs. Bekräftat" in body(client.get(page_of(stairs)))


def test_what_is_typed_stays_when_something_is_wrong(as_, stairs):
    answer = send(as_("park"), f"{page_of(stairs)}yrken/", stairs, occupations=["9120"], first="astronaut")
    assert answer.status_code == 422
    assert "Fönsterputsare (9120)" in body(answer)
    assert 'value="astronaut"' in body(answer)


def test_what_does_not_exist_is_refused_in_words(as_, stairs):
    answer = send(as_("park"), f"{page_of(stairs)}yrken/", stairs, occupations=["0000"])
    assert answer.status_code == 422
    assert not stairs.occupations.exists()


def test_a_code_without_occupations_asks_for_them_to_be_written(as_, town, codes):
    row = report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Utan kod")
    client = as_("park")
    assert "De föreslås när CPV-koden är angiven." in body(client.get(page_of(row)))
    assert 'type="checkbox" name="occupations"' not in body(client.get(f"{page_of(row)}yrken/"))
    assert send(client, f"{page_of(row)}yrken/", row).status_code == 422
    assert send(client, f"{page_of(row)}yrken/", row, first="9111").status_code == 302
    assert row.occupations.count() == 1


def test_what_is_said_can_be_taken_back(as_, stairs):
    client = as_("park")
    send(client, f"{page_of(stairs)}yrken/", stairs, none_needed="on")
    stairs.refresh_from_db()
    assert send(client, f"{page_of(stairs)}yrken/forslag/", stairs).status_code == 302
    stairs.refresh_from_db()
    assert stairs.occupations_confirmed_at is None
    assert client.get(f"{page_of(stairs)}yrken/forslag/").status_code == 403


def test_two_at_once_and_the_second_is_told(as_, stairs):
    send(as_("park"), f"{page_of(stairs)}yrken/", stairs, none_needed="on")
    late = send(as_("ue"), f"{page_of(stairs)}yrken/", stairs, occupations=["9111"])
    assert late.status_code == 409
    assert "Någon annan hann före" in body(late)
    assert not PlannedProcurement.objects.get(pk=stairs.pk).occupations.exists()
