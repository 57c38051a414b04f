"""The manual inside the product: what docs/handbok says, for anyone, and nothing else from the disk."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from insteg.home import manual

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted(path.stem for path in (ROOT / "docs/handbok").glob("*.md"))


@pytest.fixture
def shelf(tmp_path, settings):
    """A manual of one's own: shelf(name, text) puts a chapter in it."""
    settings.MANUAL = tmp_path
    (tmp_path / "bilder").mkdir()
    return lambda name, text: (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_chapter_can_be_read_without_an_account(client, db, name):
    answer = client.get(manual.address(name))
    assert answer.status_code == 200
    html = answer.content.decode()
    title = (settings.MANUAL / f"{name}.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert f">{title}</h1>" in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_a_title_and_leads_only_to_what_is_there(name):
    text = (settings.MANUAL / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text):
        assert target.startswith(("https://", "#")) or target.partition("#")[0].removesuffix(".md") in CHAPTERS, target


def test_every_picture_is_there_and_shown_in_some_chapter():
    texts = [(settings.MANUAL / f"{name}.md").read_text(encoding="utf-8") for name in CHAPTERS]
    shown = {target for text in texts for target in re.findall(r"!\[[^\]]+\]\(bilder/([^)]+)\)", text)}
    assert shown == {path.name for path in (settings.MANUAL / "bilder").glob("*.png")}


def test_the_index_names_every_chapter():
    index = manual.chapter(manual.INDEX)
    assert sorted(index.leads_to) == [name for name in CHAPTERS if name != manual.INDEX]


@pytest.mark.parametrize(
    "path", ["finns-inte", "README", "..", "../README", "%2e%2e%2fREADME", "att-gora.md", "bilder"]
)
def test_nothing_but_chapters_can_be_asked_for(client, db, path):
    assert client.get(f"/hjalp/{path}/").status_code == 404


def test_a_file_outside_the_shelf_is_no_chapter(shelf, tmp_path, client, db):
    shelf("kapitel", "# Kapitel")
    (tmp_path.parent / "hemligt.md").write_text("# Hemligt")
    assert set(manual.files()) == {"kapitel"}
    assert client.get("/hjalp/../hemligt/").status_code == 404


def test_raw_html_is_text_and_code_is_no_link(shelf):
    shelf("farligt", "# Farligt\n\n<script>alert(1)</script>\n\n[klicka](javascript:alert(1)) <b onclick=x>fet</b>")
    html = manual.chapter("farligt").html
    assert "<script" not in html
    assert "<b" not in html
    assert "href" not in html


def test_links_between_chapters_lead_inside_the_product(shelf):
    shelf("README", "# Handbok\n\n[Ett](ett.md) och [del två](ett.md#del-tva), [ute](https://www.digg.se/)")
    shelf("ett", "# Ett\n\n## Del två\n\nTillbaka till [början](README.md).")
    html = manual.chapter("README").html
    assert re.findall(r'href="([^"]+)"', html) == ["/hjalp/ett/", "/hjalp/ett/#del-tva", "https://www.digg.se/"]
    assert 'href="/hjalp/"' in manual.chapter("ett").html
    assert manual.chapter("ett").headings == (manual.Heading("del-tva", "Del två"),)
    assert 'id="del-tva"' in manual.chapter("ett").html


def test_pictures_come_from_the_manual_s_own_folder(shelf, tmp_path):
    (tmp_path / "bilder/finns.png").write_bytes(b"")
    shelf(
        "ett", "# Ett\n\n![Att göra](bilder/finns.png) ![Ej tagen](bilder/saknas.png) ![x](https://annan.example/x.png)"
    )
    html = manual.chapter("ett").html
    assert re.findall(r'<img src="([^"]+)" alt="([^"]+)"', html) == [("/static/handbok/finns.png", "Att göra")]


def test_a_table_scrolls_in_a_box_of_its_own(shelf):
    shelf("ett", "# Ett\n\n| a | b |\n| --- | --- |\n| 1 | 2 |")
    assert '<div class="app-tablewrap" tabindex="0" role="region"' in manual.chapter("ett").html


def test_a_changed_chapter_is_shown_at_once(shelf, tmp_path):
    shelf("ett", "# Ett\n\nFörst")
    assert "Först" in manual.chapter("ett").html
    shelf("ett", "# Ett\n\nSedan mer")
    assert "Sedan" in manual.chapter("ett").html


def test_the_contents_follow_the_index_and_forget_nothing(shelf):
    shelf("README", "# Handbok\n\n[B](b.md) [A](a.md)")
    for name in "abc":
        shelf(name, f"# {name.upper()}")
    assert [chapter.title for chapter in manual.contents()] == ["B", "A", "C"]
