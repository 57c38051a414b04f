"""The manual as pages. Its chapters are the files of docs/handbok, the same as are read beside the code."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

INDEX = "README"
PICTURES = "bilder"
CLASSES = {"ul": "ds-list", "ol": "ds-list", "a": "ds-link", "h2": "ds-heading", "h3": "ds-heading", "img": "app-shot"}
SIZES = {"h2": "sm", "h3": "xs"}


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """`html` is safe: raw HTML in a chapter is shown as text, and links that run code are no links."""

    name: str
    title: str
    html: SafeString
    headings: tuple[Heading, ...]
    leads_to: tuple[str, ...]  # names of the chapters that it links to, in order


def files() -> dict[str, Path]:
    """The chapters there are, by name. Nothing else can be asked for, whatever the address says."""
    return {path.stem: path for path in settings.MANUAL.glob("*.md")}


def chapter(name: str) -> Chapter | None:
    path = files().get(name)
    return read(path, path.stat().st_mtime_ns) if path else None


def contents() -> list[Chapter]:
    """Every chapter but the index, in the index's order; one that it forgets comes last."""
    index = chapter(INDEX)
    order = index.leads_to if index else ()
    found = [chapter(name) for name in [*order, *sorted(files().keys() - {INDEX, *order})]]
    return [each for each in found if each is not None and each.name != INDEX]


@lru_cache(maxsize=100)
def read(path: Path, changed: int) -> Chapter:
    """Drawn once for each change of the file."""
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer).enable("table")
    tokens = parser.parse(path.read_text(encoding="utf-8"))
    title = path.stem
    if tokens and tokens[0].tag == "h1":
        title, tokens = tokens[1].content, tokens[3:]
    headings = [heading_of(tokens, place) for place, token in enumerate(tokens) if token.type == "heading_open"]
    links = [link for token in tokens for child in token.children or [] if (link := lead(child))]
    html = parser.renderer.render(tokens, parser.options, {})
    second = tuple(heading for heading in headings if heading is not None)
    return Chapter(path.stem, title, SafeString(html), second, tuple(dict.fromkeys(links)))


def heading_of(tokens: list[Token], place: int) -> Heading | None:
    """Gives a heading its anchor; the ones of the second level are listed beside the text."""
    text = tokens[place + 1].content
    anchor = slugify(text)
    tokens[place].attrSet("id", anchor)
    return Heading(anchor, text) if tokens[place].tag == "h2" else None


def lead(token: Token) -> str:
    """Turns a link between two files into one between two pages. Returns the chapter's name, or nothing."""
    if token.type != "link_open":
        return ""
    parts = urlsplit(str(token.attrs["href"]))
    name = parts.path.removesuffix(".md")
    if parts.scheme or not parts.path.endswith(".md") or name not in files():
        return ""
    token.attrSet("href", address(name) + (f"#{parts.fragment}" if parts.fragment else ""))
    return name


def address(name: str) -> str:
    return reverse("home:manual") if name == INDEX else reverse("home:chapter", args=[name])


class Renderer(RendererHTML):
    """Markdown in the product's own look. Only classes are added: the content security policy allows no style."""

    def renderAttrs(self, token: Token) -> str:
        if token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        if token.tag in SIZES:
            token.attrSet("data-size", SIZES[token.tag])
        return super().renderAttrs(token)

    def image(self, tokens: list[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A picture from the manual's own folder; one that is not there leaves no hole."""
        name = str(tokens[idx].attrs["src"]).removeprefix(f"{PICTURES}/")
        if name not in pictures():
            return ""
        tokens[idx].attrSet("src", static(f"handbok/{name}"))
        tokens[idx].attrSet("loading", "lazy")
        return str(super().image(tokens, idx, options, env))

    def table_open(self, tokens: list[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A wide table scrolls in its own box, by keyboard too, and never makes the page wider."""
        label = _("Tabell")
        box = f'<div class="app-tablewrap" tabindex="0" role="region" aria-label="{label}">'
        return f'{box}<table class="ds-table" data-border>\n'

    def table_close(self, tokens: list[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"


def pictures() -> set[str]:
    return {path.name for path in (settings.MANUAL / PICTURES).glob("*.png")}
