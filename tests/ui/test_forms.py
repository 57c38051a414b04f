import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from insteg.ui.gallery import GalleryForm, faulty_form
from tests.hostile import faults_of_page


@pytest.fixture
def wrong():
    return str(faulty_form())


def ids(html):
    return re.findall(r'\bid="([^"]+)"', html)


def test_the_summary_counts_the_faults_and_each_link_leads_to_a_field(wrong):
    assert "Rätta fem fel för att gå vidare" in wrong
    links = re.findall(r'<a class="ds-link" href="#([^"]+)">', wrong)
    assert links == ["wrong_name", "wrong_value_0", "wrong_start", "wrong_people_0", "wrong_nature_0"]
    assert set(links) <= set(ids(wrong))


def test_what_describes_an_input_is_on_the_page(wrong):
    described = " ".join(re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', wrong)).split()
    assert described
    assert set(described) <= set(ids(wrong))


def test_a_faulty_input_says_so_and_keeps_what_was_typed(wrong):
    start = re.search(r'<input[^>]*name="start"[^>]*>', wrong)[0]
    assert 'aria-invalid="true"' in start
    assert 'aria-describedby="wrong_start_helptext wrong_start_error"' in start
    assert 'value="31/2 2028"' in start


def test_a_form_as_it_comes_is_a_sound_page(wrong):
    assert not faults_of_page(wrong)
    assert not faults_of_page(str(GalleryForm()))


class Asks(forms.Form):
    name = forms.CharField(max_length=3)
    sure = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    file = forms.FileField()
    own = forms.CharField(error_messages={"required": "Skriv varför."})


@pytest.mark.parametrize(("field", "sent", "said"), [
    ("name", "", "Fyll i det här."),
    ("name", "Väg 1", "Skriv högst 3 tecken. Nu är det 5."),
    ("sure", "", "Kryssa i rutan om du vill gå vidare."),
    ("kind", "", "Välj något här."),
    ("kind", "b", "Det du valde går inte att välja här. Välj något annat."),
    ("file", None, "Välj en fil."),
    ("file", SimpleUploadedFile("tom.xlsx", b""), "Filen är tom. Välj en annan fil."),
    ("own", "", "Skriv varför."),
])  # fmt: skip
def test_a_fault_that_is_django_s_own_is_said_by_what_there_is_to_do(field, sent, said):
    form = Asks({field: sent}, {field: sent} if sent and field == "file" else {})
    assert form.errors[field] == [said]


def test_every_label_belongs_to_an_input():
    html = str(GalleryForm())
    assert set(re.findall(r'<label[^>]* for="([^"]*)"', html)) <= set(ids(html))


def labels_of(form):
    found = re.findall(r'<(label|legend)[^>]*id="id_(\w+)_label"[^>]*>(.*?)</\1>', str(form), re.DOTALL)
    return {name: " ".join(text.split()) for _, name, text in found}


def test_the_fewer_are_marked_whether_they_are_the_optional_or_the_required():
    labels = labels_of(GalleryForm())
    assert "(valfritt)" in labels["length"]
    assert "(" not in labels["start"]

    class MostlyOptional(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)
        name = forms.CharField(label="Namn")
        first = forms.CharField(label="Ett", required=False)
        second = forms.CharField(label="Två", required=False)

    labels = labels_of(MostlyOptional())
    assert "(måste fyllas i)" in labels["name"]
    assert labels["first"] == "Ett"


def test_a_field_keeps_its_own_class_beside_the_design_system_s():
    class Own(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))

    assert 'class="wide ds-input"' in str(Own())


def test_faults_that_belong_to_no_field_come_first_and_hidden_ones_are_not_lost():
    class Two(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)
        name = forms.CharField(label="Namn")

        def clean(self):
            raise forms.ValidationError("Någon annan har ändrat under tiden.")

    html = str(Two({"version": "x"}))
    lines = re.findall(r"<li>\s*(.*?)\s*</li>", html, re.DOTALL)
    assert lines[0] == "Någon annan har ändrat under tiden."
    assert len(lines) == 3
    assert "Rätta tre fel" in html
    assert html.count('type="hidden"') == 1


def test_typed_text_is_never_markup():
    class Plain(forms.Form):
        name = forms.CharField(label="<b>Namn</b>", help_text="<i>hjälp</i>", max_length=3)

    html = str(Plain({"name": "<script>alert(1)</script>"}))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert escape("<b>Namn</b>") in html


def test_two_forms_on_a_page_have_summaries_of_their_own():
    class Name(forms.Form):
        name = forms.CharField(label="Namn")

    assert not faults_of_page(str(Name({}, prefix="one")) + str(Name({}, prefix="two")))


def test_a_whole_form_can_be_sent_and_read():
    sent = {
        "name": "Lokalvård", "value": "48 mkr", "start": "1 mars 2027", "length": "2 år", "people_unknown": "on",
        "nature": "s", "organisation": "a", "shared": "on", "jobs": ["1", "2"], "count": "4",
    }  # fmt: skip
    form = GalleryForm(sent, {"plan": SimpleUploadedFile("plan.csv", b"x")})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == 48_000_000
    assert form.cleaned_data["length"] == 24
