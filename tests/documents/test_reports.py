"""Reports as Word and PDF, read back as those who get them read them."""

import datetime as dt
import io
import zipfile

import docx
import pypdf
import pytest
import typst
from django.utils import timezone
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from insteg.documents import pdf, word
from insteg.documents.report import (
    Head,
    Heading,
    NoAlternativeText,
    Picture,
    Points,
    Report,
    Section,
    Table,
    Words,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><circle cx="9" cy="9" r="8"/></svg>'
HOSTILE = [
    "#panic(1) #set text(red)", "$x^2$ *fet* _kursiv_ `kod` = rubrik", "<script>alert(1)</script> & &amp; ]]>",
    "{{ 7 * 7 }} {% raw %} ${x}", "@källa <etikett> [a](b) \\ / // kommentar", '"citat" och ’apostrof’', "Ö" * 300,
    "a\nb", "före\x00\x08\x1befter", "kant\ufffe\ud800kant",
]  # fmt: skip


def report(*parts, wide=False, title="Sammanställning", language="sv"):
    made = dt.datetime(2026, 11, 22, 12, 30, 15, 999, tzinfo=timezone.get_default_timezone())
    return Report(title, "Hela staden", [Section(parts, wide)], "Insteg", "Sida {page} av {pages}", made, language)


def table(rows, strong=()):
    return Table("Per kvartal", [Head("Kvartal", 3), Head("Antal", 1, figures=True)], rows, strong)


def opened(data):
    return docx.Document(io.BytesIO(data))


def words_of_word(data):
    document = opened(data)
    cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def words_of_pdf(data):
    """Spaces and line ends fall where the lines end, so they say nothing."""
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


def kept(text):
    return "".join(sign for sign in text if sign not in "\x00\x08\x1b\ufffe\ud800")


def bare(text):
    """Without spaces, and without the hyphens that a line may end with."""
    return "".join(kept(text).split()).replace("-", "")


# --- text stays text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_text_in_word(text):
    data = word.docx(report(Heading(text), Words(text), Points([text]), table([[text, "1"]]), title=text))
    assert words_of_word(data).count(kept(text)) == 5
    assert opened(data).core_properties.title == kept(text)[:255]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_text_in_pdf(text):
    data = pdf.pdf(report(Heading(text), Words(text), Points([text]), table([[text, "1"]]), title=text))
    assert words_of_pdf(data).replace("-", "").count(bare(text)) == 5


def test_signs_of_other_languages_come_back_in_word():
    signs = "😀 سلام שלום 中文 \u202eomvänt"
    assert signs in words_of_word(word.docx(report(Words(signs))))


def test_signs_that_the_typeface_lacks_are_squares_in_pdf_and_a_line_says_so():
    data = words_of_pdf(pdf.pdf(report(Words("Städning 😀 سلام"))))
    assert "Städning□□□□□" in data
    assert "Teckensomtypsnittetsaknarvisassom□." in data


def test_nothing_is_said_of_squares_when_all_can_be_drawn():
    assert "typsnittet" not in words_of_pdf(pdf.pdf(report(Words("Grönt, Škoda, Đorđe, πά − ½ €"))))


# --- pictures


@pytest.mark.parametrize("alt", ["", "  \n"])
@pytest.mark.parametrize("make", [word.docx, pdf.pdf])
def test_no_file_is_made_of_a_picture_without_words(make, alt):
    make(report(Picture(SVG, "Fem staplar")))
    with pytest.raises(NoAlternativeText):
        make(report(Picture(SVG, alt)))


def test_the_standard_itself_refuses_a_picture_without_words():
    """So that a mistake in our template is found where the file is made, and not by who cannot read it."""
    source = '#set document(title: "x")\n#image(bytes(sys.inputs.svg), format: "svg"{})'
    how = {"format": "pdf", "pdf_standards": pdf.STANDARDS}
    assert pdf.compiled(source.format(', alt: "Staplar"').encode(), {"svg": SVG}, **how)
    with pytest.raises(typst.TypstError, match="alt"):
        pdf.compiled(source.format("").encode(), {"svg": SVG}, **how)


def test_a_picture_in_word_has_its_words_and_fits_the_page():
    high = SVG.replace("0 0 40 20", "0 0 40 200")
    for svg in (SVG, high):
        document = opened(word.docx(report(Picture(svg, "Fem <staplar>"))))
        [shape] = document.inline_shapes
        assert shape._inline.docPr.get("descr") == "Fem <staplar>"
        pages = document.sections[0]
        assert shape.width <= pages.page_width - pages.left_margin - pages.right_margin + Pt(1)
        assert shape.height < pages.page_height - pages.top_margin - pages.bottom_margin


# --- made for everyone, and for the years


def test_the_pdf_says_its_language_and_title_and_has_tags():
    catalogue = pypdf.PdfReader(io.BytesIO(pdf.pdf(report(Words("Hej"))))).trailer["/Root"]
    assert catalogue["/Lang"] == "sv"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    about = catalogue["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1<" in about
    assert "<pdfaid:part>2<" in about
    assert "<pdfaid:conformance>A<" in about
    assert "Sammanställning" in about


def test_the_pdf_has_headings_and_a_table_with_heads_in_its_tags():
    reader = pypdf.PdfReader(io.BytesIO(pdf.pdf(report(Heading("Kvartal"), table([["kv 1", "3"]])))))
    kinds = []

    def walk(element):
        element = element.get_object()
        if isinstance(element, list):
            for each in element:
                walk(each)
        elif isinstance(element, dict):
            kinds.append(element.get("/S"))
            walk(element.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/Table", "/THead", "/TH", "/TD"} <= {str(kind) for kind in kinds}


def test_every_letter_is_of_our_own_typeface():
    reader = pypdf.PdfReader(io.BytesIO(pdf.pdf(report(Words("Hej"), table([["a", "1"]], strong={0})))))
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in fonts_of(page)}
    assert fonts
    assert all("+Inter-" in font for font in fonts)


def fonts_of(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_the_word_file_says_its_language_and_title_and_nothing_of_where_it_comes_from():
    data = word.docx(report(Words("Hej"), language="en"))
    document = opened(data)
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.author == document.core_properties.last_modified_by == "Insteg"
    assert not [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "thumbnail" in name]


def test_word_has_real_headings_and_heads_that_are_repeated():
    document = opened(word.docx(report(Heading("Kvartal"), table([["kv 1", "3"], ["Summa", "3"]], strong={1}))))
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == ["Sammanställning"]
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["Kvartal"]
    first, *rest = document.tables[0]._tbl.tr_lst
    assert first.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rest)
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in [first, *rest])
    assert [row.cells[0].paragraphs[0].style.name for row in document.tables[0].rows] == [
        "Cell heads", "Cells", "Cell heads",
    ]  # fmt: skip
    assert document.tables[0]._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Per kvartal"


def test_the_heads_of_a_long_table_stand_on_every_page_and_the_pages_are_counted():
    rows = [[f"rad {number}", str(number)] for number in range(200)]
    pages = pypdf.PdfReader(io.BytesIO(pdf.pdf(report(table(rows))))).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert "Kvartal" in text
        assert f"Sida {number} av {len(pages)}" in text


def test_word_counts_the_pages_itself():
    footer = opened(word.docx(report(Words("Hej")))).sections[0].footer
    assert [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert footer.paragraphs[0].text.startswith("Insteg\tSida ")


def test_a_wide_section_lies_in_both():
    two = report(Words("Hej"))
    two = Report(**{**vars(two), "sections": [Section([Words("a")]), Section([Words("b")], wide=True)]})
    pages = pypdf.PdfReader(io.BytesIO(pdf.pdf(two))).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True]
    turned = [section.orientation for section in opened(word.docx(two)).sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
