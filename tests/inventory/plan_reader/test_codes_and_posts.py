"""CPV codes, natures and posts: written in every style that offices use, and read back the same (R12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.codes.nature import NATURE_OF_DIVISION
from insteg.inventory.plan_reader.cpv import read_cpvs
from insteg.inventory.plan_reader.nature import read_nature
from insteg.inventory.plan_reader.staffing import read_staffing

codes = st.builds(
    lambda division, rest: f"{division}{rest:06}", st.sampled_from(sorted(NATURE_OF_DIVISION)), st.integers(0, 999_999)
)


@given(several=st.lists(codes, min_size=1, max_size=4, unique=True), data=st.data())
def test_codes_are_the_same_however_they_are_written(several: list[str], data: st.DataObject):
    between = data.draw(st.sampled_from([", ", ";", "\n", " / ", " och "]))
    dress = data.draw(st.sampled_from(["{}", "{}-3", "CPV {}-1", "{} Skötsel av grönytor", "{} - 7"]))
    assert read_cpvs(between.join(dress.format(code) for code in several)).value == tuple(several)


@given(code=codes)
def test_a_code_kept_as_a_number_has_its_zero_again(code: str):
    assert read_cpvs(float(code)).value == (code,)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("45", "45000000"),
        ("4523", "45230000"),
        ("3100000", "03100000"),
        ("45 23 00 00", "45230000"),
        ("45.23.00.00-1", "45230000"),
    ],
)
def test_a_shortened_or_spaced_code_is_filled_up(typed: str, code: str):
    assert read_cpvs(typed).value == (code,)


def test_the_code_for_not_given_is_not_known():
    assert read_cpvs("00000000").unknown
    assert read_cpvs("12345678").fault


@pytest.mark.parametrize(
    ("nature", "wordings"),
    [
        (
            "works",
            [
                "Entreprenad",
                "Byggentreprenader",
                "Entr.",
                "E",
                "bygg",
                "Totalentreprenad",
                "Bygg- och anläggningsentreprenad",
                "Markarbeten",
            ],
        ),
        (
            "services",
            [
                "Tjänst",
                "TJÄNSTER",
                "tj",
                "T",
                "Konsulttjänst",
                "Köp av tjänst",
                "Sociala och andra särskilda tjänster",
                "Byggkonsult",
            ],
        ),
        ("supplies", ["Vara", "Varor", "V", "Inköp vara", "Varuinköp", "Material", "Utrustning", "Byggvaror"]),
    ],
)
def test_any_wording_of_nature(nature: str, wordings: list[str]):
    assert {wording: read_nature(wording).value for wording in wordings} == dict.fromkeys(wordings, nature)


@pytest.mark.parametrize("typed", ["Varor och tjänster", "Vara/tjänst", "Driftentreprenad", "IT", "Ramavtal"])
def test_a_mixed_or_strange_nature_is_asked(typed: str):
    read = read_nature(typed)
    assert read.value is None
    assert read.question


@given(tenths=st.integers(0, 900), data=st.data())
def test_posts_are_the_same_however_they_are_written(tenths: int, data: st.DataObject):
    number = tenths / 10
    text = f"{number:g}".replace(".", data.draw(st.sampled_from(",.")))
    dress = data.draw(
        st.sampled_from(
            ["{}", "{} heltid", "{} heltider", "ca {} åa", "{} årsarbetare", "{} FTE", "{} heltidstjänster", "~{}"]
        )
    )
    assert read_staffing(dress.format(text)).value == pytest.approx(number)


@pytest.mark.parametrize(
    ("typed", "posts"),
    [
        ("2 heltider och 1 halvtid", 2.5),
        ("75 %", 0.75),
        ("2 x 75%", 1.5),
        ("två heltider", 2.0),
        ("halvtid", 0.5),
        ("1 ½", 1.5),
        ("3,5 ½", 4.0),
        ("4 helårspersoner", 4.0),
        ("ingen", 0.0),
    ],
)
def test_posts_by_hand(typed: str, posts: float):
    assert read_staffing(typed).value == posts


@pytest.mark.parametrize("typed", ["2-3", "<1", "minst 2", "5+"])
def test_posts_between_are_asked(typed: str):
    assert read_staffing(typed).question
