"""The walk for topics: through a page's tree before anything is drawn, for links to projects, names and numbers.

A name that is a common word counts only beside a link to its project, so the links of the whole page are read first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from ..display.elements import RawText, cut_out
from ..display.topic_links import topic_link
from ..grammar.bracketed_names import abbreviation_beside
from ..grammar.github_repositories import is_front_page, read_repository
from ..grammar.reported_versions import reported_versions
from ..grammar.topic_names import NameFound, TopicNames, lowered
from ..model.issues import Evidence, Heading, ReportedRelease, TopicMention
from .page_context import PageContext
from .paragraphs import Paragraphs
from .sections import CLOSED, HEADINGS, INLINE, NOT_WRITTEN, anchor_of, is_contents, plain_text
from .stash import holds_raw_link, without_placeholders
from .typography import join_wide

_OF_SENTENCES = frozenset({*HEADINGS, "p", "li", "td", "th", "dd", "dt"})

_OF_NOTES = frozenset({"sup", "li"})

_MAY_NAME = re.compile(r"github|CVE-", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsFound:
    """What a page says of topics: the places that name them, and the releases that it reports."""

    mentions: tuple[TopicMention, ...] = ()
    releases: tuple[ReportedRelease, ...] = ()


def find_topics(root: Element, page: PageContext) -> TopicsFound:
    """Return what an issue says of topics, and link the first mention of each where the site wants that.

    To be called before anything else of ours is drawn into the tree.
    """
    names, text = page.lock.topics.names, page.source if page.text is None else page.text
    if not names.digest and not _MAY_NAME.search(text):
        return TopicsFound()
    led_to = {url: topics for url in _addresses(root, page) if (topics := names.addresses.topics_at(url))}
    names = names.with_repositories(it for it in chain(*led_to.values()) if "/" in it)
    walk = TopicWalk(page=page, names=names, led_to=led_to, signs=names.signs_in(join_wide(text)))
    if led_to or walk.signs:
        walk.through(root)
    return TopicsFound(mentions=tuple(walk.paragraphs.around(walk.mentions)), releases=tuple(walk.releases))


def _addresses(root: Element, page: PageContext) -> Iterable[str]:
    links = (link.get("href") or "" for link in root.iter("a"))
    return dict.fromkeys(chain(links, (line.url for line in page.card_lines.values())))


@dataclass(kw_only=True)
class TopicWalk:
    """A walk through one page: `led_to` are the topics that it links to, by the addresses of these links.

    `signs` are those of which a text has one at least that holds a name; what else there is is passed over quickly.
    `seen` has for the topics that are named under each heading the place of that mention among all. `section` is the
    number of the heading above, `headings` how many there were, `notes` has the sections that refer to footnotes.
    `drawn` are the topics that have their link already, `draws` says whether the site wants any.
    """

    page: PageContext
    names: TopicNames
    led_to: Mapping[str, tuple[str, ...]]
    signs: tuple[str, ...]
    heading: Element | None = None
    section: int = 0
    headings: int = 0
    lines: tuple[int, int] | None = None
    seen: dict[tuple[int, str], int] = field(default_factory=dict)
    notes: dict[str, tuple[int, Element | None]] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    mentions: list[TopicMention] = field(default_factory=list)
    releases: list[ReportedRelease] = field(default_factory=list)
    known: dict[Element, Heading] = field(default_factory=dict)
    linked: frozenset[str] = field(init=False)
    paragraphs: Paragraphs = field(init=False)
    passed_over: frozenset[int] = field(init=False)
    draws: bool = field(init=False)

    def __post_init__(self) -> None:
        self.linked = frozenset(chain(*self.led_to.values()))
        self.paragraphs = Paragraphs(self._text)
        self.passed_over = frozenset(map(id, self.page.generated))
        self.draws = self.page.links_topics and not holds_raw_link(self.page.md)

    def through(self, element: Element, *, outside: bool = True) -> None:
        """Walk through an element and note what names a topic; `outside` of headings and links, mentions are drawn."""
        before, self.lines = self.lines, self.page.lines.get(element) or self.lines
        self._walk(element, outside=outside)
        self.lines = before

    def _walk(self, element: Element, *, outside: bool) -> None:
        if element.tag in HEADINGS:
            outside = False
            self._enter(element)
        if element.tag not in INLINE and element.tag != "a":
            self.paragraphs.enter(element)
            if len(element) and element.tag in _OF_SENTENCES and self._may_name("".join(element.itertext())):
                self._read_across(element)
        drawn = self.draws and outside
        children = list(element)
        if self._may_name(element.text):
            element.text, links = self._read(element.text, raw=isinstance(element.text, RawText), drawn=drawn)
            _insert(element, 0, links)
        for child in children:
            self._visit(child, outside=outside)
            if self._may_name(child.tail):
                child.tail, links = self._read(child.tail, raw=child in self.page.raw_tails, drawn=drawn)
                _insert(element, list(element).index(child) + 1, links)

    def _may_name(self, text: str | None) -> bool:
        """Whether a text may hold a name: quick, for most texts hold none."""
        if not text or text == "\n":
            return False
        return any(map(lowered(text).__contains__, self.signs))

    def _visit(self, child: Element, *, outside: bool) -> None:
        if id(child) in self.passed_over or child.tag in CLOSED or is_contents(child, self.page.md):
            return
        if line := self.page.card_lines.get(child):
            if self._leads(line.url):
                with self.page.locator.within(self.lines):
                    where = self.page.locator.find_card(line.written)
                self._link(line.url, where)
        elif child.tag != "a":
            if child.tag in _OF_NOTES:
                self._go_to_note(child)
            self.through(child, outside=outside)
        elif not NOT_WRITTEN.search(child.get("class") or ""):
            self._visit_link(child, child.get("href") or "")

    def _go_to_note(self, element: Element) -> None:
        """Go back to the section that refers to a footnote, whose text stands at the end of the page."""
        name = element.get("id") or ""
        if element.tag == "sup" and name.startswith("fnref"):
            self.notes.setdefault(name.removeprefix("fnref"), (self.section, self.heading))
        elif element.tag == "li" and name.startswith("fn"):
            self.section, self.heading = self.notes.get(name.removeprefix("fn"), (self.section, self.heading))

    def _visit_link(self, link: Element, url: str) -> None:
        shown = "://" not in (link.text or "") and link not in self.page.titles
        if not self._leads(url):
            if shown:
                self.through(link, outside=False)
            return
        with self.page.locator.one_thing():
            self._link(url, None, self._text(link))
            if shown:
                self.through(link, outside=False)

    def _leads(self, url: str) -> bool:
        """Whether an address leads to a topic, or has a number that may be one."""
        return url in self.led_to or ("cve" in url.lower() and url.startswith("http"))

    # --- what is found ------------------------------------------------------------------------------------------------

    def _enter(self, heading: Element) -> None:
        """Go on to the section below a heading, and note the releases that the heading reports."""
        self.heading, self.headings = heading, self.headings + 1
        self.section = self.headings
        if not self._may_name("".join(heading.itertext())):
            return
        text, lines = self._text(heading), self.page.lines.get(heading)
        for topic, version in reported_versions(text, [(it.end, it.name.topic) for it in self._named(text)]):
            self._report(topic, version, lines[0] if lines else self.page.locator.find(text))

    @property
    def _heading(self) -> Heading | None:
        """The heading above the place, as mentions have it."""
        return None if self.heading is None else self._as_heading(self.heading)

    def _as_heading(self, element: Element) -> Heading:
        if element not in self.known:
            self.known[element] = Heading(text=self._text(element), anchor=anchor_of(element))
        return self.known[element]

    def _link(self, url: str, line: int | None, shown: str = "") -> None:
        """Note what a link leads to; one that is no card is looked for by what it shows."""
        topics, repository = self.led_to.get(url, ()), read_repository(url)
        for number in self.names.numbers_in(url):
            self._note(number, "number", url, line, shown)
        if repository and repository.tag:
            self._report(topics[0], repository.tag, line or self._line_of(url, shown))
        for place, topic in enumerate(topics):
            by: Evidence = "repository" if repository and place == 0 else "docs"
            called = "" if repository and place == 0 and not is_front_page(url) else self._other_words(topic, shown)
            self._note(topic, by, url, line, shown, called)

    def _named(self, text: str) -> Iterator[NameFound]:
        """Yield the names in a text that count on this page."""
        return (it for it in self.names.find(text) if not it.name.beside_link or it.name.topic in self.linked)

    def _other_words(self, topic: str, shown: str) -> str:
        """Return the words of a link to a topic that hold none of its names."""
        has_name = any(it.name.topic == topic for it in self.names.find(shown))
        return "" if has_name or topic not in self.names.slugs else shown

    def _note(
        self, topic: str, by: Evidence, written: str, line: int | None = None, shown: str = "", called: str = ""
    ) -> None:
        """Note a mention, the first of its topic under the heading; a link to the repository is the best evidence."""
        place = self.seen.setdefault((self.section, topic), len(self.mentions))
        if place < len(self.mentions):
            known = self.mentions[place]
            by = by if by == "repository" else known.by
            if by != known.by or (called and not known.called):
                self.mentions[place] = replace(known, by=by, called=known.called or called)
            return
        if line is None:
            line = self._line_of(written, shown)
        written = " ".join(written.split())
        self.paragraphs.note(shown or written)
        heading = self._heading
        self.mentions.append(
            TopicMention(topic=topic, by=by, written=written, heading=heading, line=line, called=called)
        )

    def _line_of(self, written: str, shown: str) -> int:
        """Return the line of a name, or of a link that shows some words."""
        locator = self.page.locator
        with locator.within(self.lines):
            return locator.find_link(written, shown) if shown else locator.find_name(written.partition("\n")[0])

    def _report(self, topic: str, version: str, line: int) -> None:
        for place, known in enumerate(self.releases):
            is_here = known.topic == topic and known.heading == self._heading
            if is_here and _is_same(known.version, version):
                self.releases[place] = replace(known, version=max(known.version, version, key=_length))
                return
        self.releases.append(ReportedRelease(topic=topic, version=version, heading=self._heading, line=line))

    def _text(self, element: Element) -> str:
        return plain_text(element, self.page.md.htmlStash.rawHtmlBlocks)

    # --- texts --------------------------------------------------------------------------------------------------------

    def _read(self, text: str | None, *, raw: bool, drawn: bool) -> tuple[str | None, list[Element]]:
        """Note the names in a text; return the text before the first link that is `drawn` there, and these links."""
        if not text or (isinstance(text, AtomicString) and not raw):
            return text, []
        places: list[tuple[int, int, Element]] = []
        for found in self._named(without_placeholders(text)):
            written, topic = text[found.start : found.end], found.name.topic
            called = abbreviation_beside(text, found.start, found.end)
            self._note(topic, "number" if topic.startswith("CVE-") else "name", written, called=called)
            link = self._draw(topic, written) if drawn and topic not in self.drawn else None
            if link is not None:
                places.append((found.start, found.end, link))
        return cut_out(text, places)

    def _read_across(self, block: Element) -> None:
        """Note the names in a block that marks or links divide: `[BIP70](…) payment protocol`, `**Argo** CD`."""
        pieces = list(self._pieces(block))
        text = "".join(pieces)
        ends = set(accumulate(map(len, pieces)))
        for found in self._named(without_placeholders(text)):
            if any(found.start < end < found.end for end in ends):
                self._note(found.name.topic, "name", text[found.start : found.end])

    def _pieces(self, element: Element) -> Iterator[str]:
        """Yield the texts of a block, with a NUL for what is no prose."""
        yield "\0" if isinstance(element.text, AtomicString) else element.text or ""
        for child in element:
            is_prose = child.tag in INLINE or (child.tag == "a" and not NOT_WRITTEN.search(child.get("class") or ""))
            if is_prose and id(child) not in self.passed_over and child not in self.page.card_lines:
                yield from self._pieces(child)
            else:
                yield "\0"
            yield child.tail or ""

    def _draw(self, topic: str, written: str) -> Element | None:
        """Return the link of a topic's first mention; None for a topic without a page."""
        address = self.page.topic_address(topic)
        if address is None:
            return None
        self.drawn.add(topic)
        return topic_link(written, topic, address)


def _length(version: str) -> int:
    return len(version.lstrip("vV"))


def _is_same(one: str, other: str) -> bool:
    """Whether two versions of a section are one: a heading says `1.2` of what its link calls `v1.2.0`."""
    short, long = sorted((one.lstrip("vV"), other.lstrip("vV")), key=len)
    return long == short or long.removeprefix(short) == ".0"


def _insert(parent: Element, position: int, links: list[Element]) -> None:
    for offset, link in enumerate(links):
        parent.insert(position + offset, link)
