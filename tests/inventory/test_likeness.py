"""Which reports seem to be about one need, and why (R12)."""

from dataclasses import dataclass

import pytest

from insteg.inventory.likeness import Group, grouped, likeness, most_alike


@dataclass
class Row:
    title: str
    cpv: str = ""


@pytest.mark.parametrize(("one", "other"), [
    (Row("Bevakning"), Row("Bevakning och rondering")),
    (Row("Bevakning", "79710000"), Row("Bevakningstjänster i förskolor")),
    (Row("Väktare", "79713000"), Row("Rondering", "79714000")),
    (Row("IT-konsulter, ramavtal"), Row("Konsulter inom it")),
])  # fmt: skip
def test_alike_by_name_or_by_code(one, other):
    assert likeness(one, other)
    assert likeness(other, one)


@pytest.mark.parametrize(("one", "other"), [
    (Row("Bevakning", "79710000"), Row("Bevakning av larm, elektronik", "31625000")),  # the codes speak against
    (Row("Ramavtal möbler"), Row("Ramavtal livsmedel")),  # how it is bought, not what
    (Row("Drift och underhåll av hissar"), Row("Drift och underhåll av elnät")),
    (Row("Städning", "90000000"), Row("Snöröjning", "90000000")),  # a division is no group
    (Row("Bil"), Row("Bil")),  # too short to tell
])  # fmt: skip
def test_not_alike(one, other):
    assert not likeness(one, other)


def test_a_reason_is_in_words_that_people_wrote():
    reason = likeness(Row("Bevakningstjänster", "79710000"), Row("Bevakning och rondering", "79713000"))
    assert reason.words == {"bevakning"}
    assert reason.cpv == "7971"


def test_groups_join_by_way_of_others_and_those_alone_come_last():
    rows = [Row("Hisservice"), Row("Bevakning"), Row("Väktare", "79713000"), Row("Bevakning", "79710000")]
    together, alone = grouped(rows)
    assert [row.title for row in together.rows] == ["Bevakning", "Väktare", "Bevakning"]
    assert (together.words, together.cpvs) == ({"bevakning"}, {"7971"})
    assert (alone.rows, alone.words) == ([rows[0]], set())


def test_the_joint_one_that_has_most_in_common_is_proposed():
    group = Group([Row("Bevakning", "79710000")])
    joints = [Row("Bevakning av data"), Row("Skrivare"), Row("Bevakning och rondering", "79710000")]
    assert most_alike(group, joints) is joints[2]
    assert most_alike(group, [Row("Skrivare")]) is None
    assert most_alike(group, []) is None
