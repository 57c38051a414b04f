"""One search over all that the actor may see: what each room finds, and the chapters of the manual (R82)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.access.catalogues import MOST_HITS, SEARCH, Found, Hit
from insteg.home import manual

SHORTEST = 2  # signs: one letter finds everything
MOST_WORDS = 8


@dataclass(frozen=True)
class Group:
    """What one room found. `more`: there are more than are shown."""

    title: str
    hits: list[Hit]
    more: bool
    all_url: str


def words_of(typed: str) -> list[str]:
    """The words to look for; none when what was typed is too short to tell things apart by."""
    words = typed.split()[:MOST_WORDS]
    return words if len("".join(words)) >= SHORTEST else []


def search(actor: Actor, words: list[str]) -> list[Group]:
    """In the order of the rooms; those that found nothing are left out. A bounded number of queries: one a kind."""
    found = [find(actor, words) for find in SEARCH] + [chapters(words)]
    return [
        Group(each.title, each.hits[:MOST_HITS], len(each.hits) > MOST_HITS, each.all_url)
        for each in found
        if each.hits
    ]


def chapters(words: list[str]) -> Found:
    """The manual's, by their titles and headings."""
    hits = [
        Hit(chapter.title, reverse("home:chapter", args=[chapter.name]))
        for chapter in manual.contents()
        if has(" ".join([chapter.title, *(heading.text for heading in chapter.headings)]), words)
    ]
    return Found(_("Hjälp"), hits, reverse("home:manual"))


def has(text: str, words: list[str]) -> bool:
    return all(word.casefold() in text.casefold() for word in words)
