"""The page of addresses that lead nowhere, `404.html`: in both languages, with a search and ways into the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..display.words import LOCALES, Strings, load_strings
from ..model.paths import RELEASES_PAGE, TOPICS_PAGE
from .pages import Site
from .pages.templates import draw

THEMES = "<h1>404 - Not found</h1>"
"""What the theme says there; a page that says anything else is the site's own."""

AddressOf = Callable[[str], str | None]
"""A function from the path of a page to its address from the host's root, None where the site has no such page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link into the site."""

    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The page in one language."""

    words: Strings
    ways: tuple[Way, ...]


def with_lost_page(html: str, site: Site, address_of: AddressOf, root: str, *, searches: bool) -> str:
    """Return the theme's page of errors with ours in the place of its text; a site's own page stays.

    `root` is the address of the site from its host's root, and all addresses begin there, for nobody knows from where
    the page is shown. `searches` is whether an address with a query opens the search.
    """
    if html.count(THEMES) != 1:
        return html
    own = site.words
    others = [load_strings(it) for it in LOCALES if it != own.locale]
    parts = [Part(words=it, ways=tuple(_ways(site, it, address_of, root))) for it in (own, *others)]
    return html.replace(THEMES, draw("lost.html", "404.md", own, parts=parts, root=root, searches=searches))


def _ways(site: Site, words: Strings, address_of: AddressOf, root: str) -> Iterator[Way]:
    yield Way(title=words("lost.home"), address=root)
    for issue in site.index.issues[:1]:
        if address := address_of(issue.path):
            title = words("lost.latest", title=site.headlines.of(issue).title)
            yield Way(title=title, address=address)
    lists = {
        f"{site.issues_dir}/index.md": words("site.archive"),
        "keps/index.md": words("kep.index_title"),
        TOPICS_PAGE: words("topic.index_title"),
        "sigs/index.md": words("sig.index_title"),
        RELEASES_PAGE: words("release_page.index_title"),
    }
    for path, title in lists.items():
        if address := address_of(path):
            yield Way(title=title, address=address)
