"""The pages of a built site, cut at their headings as readers see them.

Read from the HTML and from no search index: what an index has lost must count as not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

LISTS = frozenset(
    {"changes/", "following/", "issues/", "keps/", "links/", "releases/", "releases/setbacks/", "sigs/", "topics/"}
)
"""Pages that only list what stands elsewhere."""

GENERATED = ("keps/", "releases/", "sigs/", "topics/")
"""Where every page is generated; what it quotes stands in the issues too."""

_UNSEARCHED = ("releases/compare/", "odd-files/")
"""Where pages are that search leaves out."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset("a abbr b code del em i ins kbd mark q s small span strong sub u var".split())
_CLASSES = (
    *("headerlink", "neco-hidden", "neco-kep__", "neco-later", "neco-latest", "neco-issues", "neco-card-aside"),
    *("neco-related", "neco-releases-now", "neco-changes", "neco-feeds", "linenos", "footnote-backref"),
    *("neco-home", "neco-end", "neco-since"),
)
_NOT_WRITTEN = " | ".join(
    f".//*[{condition}]"
    for condition in (
        "self::nav or self::script or self::style or self::sup",
        '@data-search-exclude or @aria-hidden="true"',
        'parent::header[@class="neco-head"] and not(self::h1)',
        *(f'contains(@class, "{name}")' for name in _CLASSES),
    )
)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """Where an answer is: a page's address from the site's root and an anchor, which the page's own row has not."""

    page: str
    anchor: str = ""

    @classmethod
    def at(cls, address: str) -> Place:
        """`issues/2026/07/2026-07-10/#そのほか`."""
        page, _, anchor = address.partition("#")
        return cls(page=page, anchor=anchor)

    def __str__(self) -> str:
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSection:
    """A heading and the text down to the next one, white space folded."""

    place: Place
    heading: str
    text: str


def sections_of(site: Path) -> list[PageSection]:
    """Sections of every page of a site's folder, its error page left out, in the order of addresses."""
    files = sorted(file for file in site.glob("**/*.html") if file.name != "404.html")
    return [section for file in files for section in _sections(file, file.relative_to(site).as_posix())]


def written(sections: Iterable[PageSection]) -> Iterator[PageSection]:
    """What people wrote: no list of pages, and of a generated page only its title."""
    for section in sections:
        page = section.place.page
        if page.startswith(_UNSEARCHED):
            continue
        if not page.startswith(GENERATED):
            if page not in LISTS:
                yield section
        elif page not in LISTS and not section.place.anchor:
            yield replace(section, text="")


def _sections(file: Path, path: str) -> Iterator[PageSection]:
    document = document_fromstring(file.read_bytes(), parser=HTMLParser(encoding="utf-8", remove_comments=True))
    for article in document.iter("article"):
        _put_title_back(article)
        for element in article.xpath(_NOT_WRITTEN):
            element.drop_tree()
        for anchor, heading, text in _cut(article):
            place = Place(page=path.removesuffix("index.html"), anchor=anchor)
            yield PageSection(place=place, heading=_words(heading), text=_words(text))


def _put_title_back(article: HtmlElement) -> None:
    """Let a page have the title by which search knows it: its author's before its topics, a KEP's with its number."""
    lines = article.xpath('.//*[@class="neco-eyebrow"][not(ancestor::*[@class="neco-home"])]/*[1]')
    for before, heading in zip(lines, article.iter("h1"), strict=False):
        title = before.text_content()
        if before.tag != "b":
            if not title.startswith("KEP-"):
                continue
            title = f"{title}: {heading.text_content()}"
        heading.text = title
        for child in list(heading):
            heading.remove(child)


def _cut(article: HtmlElement) -> list[tuple[str, list[str], list[str]]]:
    """Anchor, pieces of the heading and pieces of the text of each section; the title's is the page's own.

    A heading that no link can reach is text of the section in which it stands.
    """
    found: list[tuple[str, list[str], list[str]]] = [("", [], [])]
    into = found[0][2]
    for event, element in etree.iterwalk(article, events=("start", "end")):
        begins, is_heading = (
            event == "start",
            element.tag == "h1" or (element.tag in _HEADINGS and "id" in element.attrib),
        )
        if is_heading and begins and (found[0][1] or element.tag != "h1"):
            found.append((element.get("id", ""), [], []))
        if is_heading:
            into = found[-1][1] if begins else found[-1][2]
        if element.tag not in _INLINE:
            into.append(" ")
        if element is not article or begins:
            into.append((element.text if begins else element.tail) or "")
    return found


def _words(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
