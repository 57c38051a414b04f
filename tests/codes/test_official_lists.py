import pytest
from django.core.management import CommandError, call_command

from insteg.codes.loading import load_short_lists
from insteg.codes.models import Cpv, Occupation
from insteg.codes.official_lists import MOST_FAULTS, OFFICIAL_LISTS, Unreadable, read

HEAD = "cpv,division,label_sv,label_en\n"
GOOD = (
    f'{HEAD}90910000,90,"Städning, lokalvård",Cleaning\n77310000-6,77,Grönytor,Green areas\n71540000,71,Byggledning,\n'
)


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "lista.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_an_official_list_is_read_over_our_own_words(db, file, capsys):
    load_short_lists()
    left = Cpv.objects.count() - 2
    call_command("import_codes", "cpv", file(GOOD))
    assert capsys.readouterr().out.endswith(f"1 nya, 2 ändrade, 0 lika, {left} utanför listan finns kvar\n")
    assert Cpv.objects.get(code="90910000").title_sv == "Städning, lokalvård"
    call_command("import_codes", "cpv", file(GOOD))
    assert "0 nya, 0 ändrade, 3 lika" in capsys.readouterr().out
    assert load_short_lists()["Cpv"].changed == 0
    assert set(Cpv.objects.filter(official=True).values_list("code", flat=True)) == {"90910000", "77310000", "71540000"}


def test_occupations_need_no_english(db, file):
    call_command("import_codes", "ssyk", file("﻿ssyk;label_sv;jobtech\r\n0110;Officerare;x\r\n9111;Städare;y\r\n"))
    assert [str(row) for row in Occupation.objects.all()] == ["0110 Officerare", "9111 Städare"]
    Occupation.objects.filter(code="9111").update(title_en="Cleaners", title_sv="Städ")
    call_command("import_codes", "ssyk", file("ssyk,label_sv\n9111,Städare\n"))
    row = Occupation.objects.get(code="9111")
    assert (row.title_sv, row.title_en) == ("Städare", "Cleaners")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "saknas rubriken cpv, label_sv"),
        (HEAD, "inga koder"),
        ("kod,namn\n90910000,x\n", "saknas rubriken cpv, label_sv"),
        ("cpv,label_en\n90910000,x\n", "saknas rubriken label_sv"),
        (f"{HEAD}9091000,90,x,\n", "Rad 2: ”9091000” är inte en kod med åtta siffror."),
        (f"{HEAD},90,x,\n", "Rad 2: ”” är inte en kod"),
        (f"{HEAD}９０９１００００,90,x,\n", "är inte en kod"),
        (f"{HEAD}90910000-8,90,x,\n", "Rad 2: ”90910000-8” har fel kontrollsiffra."),
        (f"{HEAD}99000000,99,x,\n", "huvudgrupp som inte finns"),
        (f"{HEAD}90910000,90,x,\n90910000-9,90,y,\n", "Rad 3: ”90910000” står två gånger."),
        (f"{HEAD}90910000,90,,\n", "Rad 2: svensk benämning: "),
        (f"{HEAD}90910000,90,{'x' * 301},\n", "Rad 2: svensk benämning: "),
        (f"{HEAD}90910000\n", "Rad 2: svensk benämning: "),
        (f'{HEAD}90910000,90,"x,\n', "går inte att läsa"),
        (f'{HEAD}90910000,90,"x"y,\n', "går inte att läsa efter rad 1."),
        ("cpv,label_sv\n90910000,Städning\n".encode("utf-16"), "inte text i UTF-8"),
        (f"{HEAD}90910000,90,Städning,\n".encode("latin-1"), "inte text i UTF-8"),
        (b"PK\x03\x04\x00\x00", "inte text"),
        (f"{HEAD}" + "x,90,y,\n" * (MOST_FAULTS + 5), "Och 5 fel till."),
    ],
)
def test_a_broken_list_is_said_plainly_and_saves_nothing(db, file, text, said):
    path = file(text)
    with pytest.raises(CommandError) as error:
        call_command("import_codes", "cpv", path)
    assert str(error.value).startswith(f"Inget sparades ur {path}.\n")
    assert said in str(error.value)
    assert not Cpv.objects.exists()


def test_one_bad_row_stops_the_good_ones(db, file):
    with pytest.raises(CommandError, match="Rad 5"):
        call_command("import_codes", "cpv", file(f"{GOOD}x,90,y,\n"))
    assert not Cpv.objects.exists()


def test_a_file_that_is_not_there(db, tmp_path):
    for path in (tmp_path / "saknas.csv", tmp_path):
        with pytest.raises(CommandError, match="går inte att läsa"):
            call_command("import_codes", "cpv", path)


def test_the_faults_of_reading_are_sentences():
    with pytest.raises(Unreadable) as error:
        read(OFFICIAL_LISTS["ssyk"], b"ssyk,label_sv\n911,x\n")
    assert error.value.args == ("Rad 2: ”911” är inte en kod med fyra siffror.",)
