"""The walk through the finished tree of a page: KEP references are found, drawn, and noted under their headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from ..display import badges, cards
from ..display.elements import RawText, cut_out
from ..grammar.card_lines import CardLine
from ..grammar.kep_lookalikes import Lookalike, read_text
from ..grammar.kep_references import TextReference, UrlMeaning, kep_of, may_hold_reference, named_numbers, read_url
from ..grammar.urls import is_site_link
from ..model.cards import CardText
from ..model.issues import CardMention, Heading, Mention, PullMention
from .heading_badges import SectionKeps, put_badge_behind
from .page_context import PageContext, Parked
from .paragraphs import Paragraphs
from .sections import CLOSED, HEADINGS, INLINE, anchor_of, is_contents, plain_text
from .stash import holds_placeholder, open_raw_link, unescape, with_hashes


@dataclass(kw_only=True)
class PageWalk:
    """A walk through one page: the place it has reached, and what was found so far.

    `heading` is the one above the place, `seen` are the KEPs mentioned under that heading, `in_raw_link` whether the
    place is inside a link that is written as HTML, `in_heading` whether in a heading. `title` is the page's first `h1`
    with its text; `images` are addresses with their lines, `sections` the headings with the KEPs below each.
    """

    md: Markdown
    page: PageContext
    heading: Heading | None = None
    title: tuple[Element, str] | None = None
    seen: set[int] = field(default_factory=set)
    in_raw_link: bool = False
    in_heading: bool = False
    mentions: list[Mention | PullMention] = field(default_factory=list)
    cards: list[CardMention] = field(default_factory=list)
    images: list[tuple[str, int]] = field(default_factory=list)
    sections: list[SectionKeps] = field(default_factory=list)
    paragraphs: Paragraphs = field(init=False)
    generated: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.paragraphs = Paragraphs(self._text)
        self.generated = frozenset(map(id, self.page.generated))

    def through(self, root: Element) -> None:
        """Walk through a page's tree, draw the KEPs that the page refers to, and note all mentions."""
        self._walk(root, inside_heading=None)

    @property
    def drawn(self) -> list[Mention | PullMention]:
        """The mentions that are drawn: candidates only where something is known of the KEP."""
        return [it for it in self.mentions if isinstance(it, PullMention) or self._is_known(it)]

    # --- walking --------------------------------------------------------------------------------------------------

    def _walk(self, element: Element, inside_heading: Element | None) -> None:
        with self.page.locator.within(self.page.lines.get(element)):
            self._walk_in(element, inside_heading)

    def _walk_in(self, element: Element, inside_heading: Element | None) -> None:
        if element.tag in HEADINGS:
            inside_heading = element
            self._enter(element)
        if element.tag not in INLINE:
            self.in_raw_link = False
            self.paragraphs.enter(element)
        children = list(element)  # the author's; what is drawn below is no child to walk through
        self._read_text(element, inside_heading)
        for child in children:
            last = self._visit(element, child, inside_heading)
            self._read_tail(element, last, inside_heading, raw=child in self.page.raw_tails)
        if element is inside_heading:
            put_badge_behind(element)
            self.in_heading = False

    def _enter(self, heading: Element) -> None:
        text = self._text(heading)
        self.heading = Heading(text=text, anchor=anchor_of(heading))
        self.seen.clear()
        self.sections.append(SectionKeps(heading=heading))
        self.in_heading = True
        if heading.tag == "h1" and self.title is None:
            self.title = (heading, text)

    def _text(self, element: Element, without: frozenset[str] = frozenset()) -> str:
        return plain_text(element, self.md.htmlStash.rawHtmlBlocks, without)

    def _visit(self, parent: Element, child: Element, inside_heading: Element | None) -> Element:
        """Read a child element, and return the element that stands now before the child's tail."""
        if id(child) in self.generated:
            return child
        if line := self.page.card_lines.get(child):
            if parent.tag == "li" and len(parent) == 1 and not (parent.text or "").strip():
                parent.set("class", "neco-card-item")  # styles cannot distinguish this from an item with text
            return self._card(parent, child, line)
        if child in self.page.raw_links:
            for image in child.iter("img"):
                self._image(image)
            return child
        if child.tag == "a":
            return self._link(parent, child, inside_heading)
        if child.tag in ("img", "source"):
            self._image(child)
        elif child.tag not in CLOSED and not is_contents(child, self.md):
            self._walk(child, inside_heading)
        return child

    def _image(self, image: Element) -> None:
        """Note a picture by what the writer wrote; in Python-Markdown's grammar only those of the site are ours."""
        if self.page.grammar == "github":
            written = self.page.addresses.get(image, ())
        else:
            written = tuple(filter(is_site_link, [image.get("src") or ""]))
        for address in written:
            self.images.append((address, self.page.locator.find_image(address)))

    def _card(self, parent: Element, box: Element, line: CardLine) -> Element:
        """Note a card, and return its last element: the line that leads to a copy of the page, or the card itself."""
        number, address = kep_of(line.url), read_url(line.url)
        where = self.page.locator.find_card(line.written)
        for mistake in line.mistakes:
            self.page.complain("bad-card", line.written, mistake, where)
        if line.text.image and "image" not in line.text.hidden:
            self.images.append((line.text.image, where))
        if address.meaning is UrlMeaning.PULL_REQUEST and address.number:
            self._count_pull(PullMention(pull=address.number, written=line.url, line=where), on_its_own=True)
        if number is not None:
            self._count(self._mention(number, line.url, where), on_its_own=True)
        elif address.meaning is UrlMeaning.IMPOSSIBLE:
            self.page.complain("bad-kep-number", line.url, line=where)
        else:
            self.cards.append(CardMention(url=line.url, text=line.text, heading=self.heading, line=where))
        if self.heading and self.page.repeats(line, self.heading):
            box.set("class", f"{box.get('class')} neco-card--echo")
        title, page = self.page.card_title(line), self.page
        aside = cards.archive_line(page.shown(line), line.text, title, page.words, page.day)
        last = box
        for behind in [it for it in (aside, self.page.why(line)) if it is not None]:
            behind.tail, last.tail = last.tail, "\n"
            parent.insert(list(parent).index(last) + 1, behind)
            last = behind
        return last

    # --- an author's link -----------------------------------------------------------------------------------------

    def _link(self, parent: Element, link: Element, inside_heading: Element | None) -> Element:
        """Put a badge behind an author's link for each KEP the link names, and return the last of these elements."""
        with self.page.locator.one_thing():
            for image in (*link.iter("img"), *link.iter("source")):
                self._image(image)
            named = [] if self.in_raw_link else list(self._named(link, link.get("href") or ""))
            pull = None if self.in_raw_link else self._pull(link, link.get("href") or "", [it.kep for it in named])
            if link in self.page.titles:
                self._titled(link, link.get("href") or "")
        if self.in_raw_link:  # links do not nest
            if isinstance(link.text, AtomicString):
                link.tag, link.attrib = "span", {}
            return link
        drawn = self._count_pull(pull) if pull else []
        counted = [(self.page.canonical(it.kep), self._count(it), self._is_known(it)) for it in named]
        drawn += [(kep, quiet) for kep, quiet, known in counted if known]
        position = list(parent).index(link) + 1 if drawn else 0
        for kep, quiet in drawn:
            badge = badges.badge(kep, self.page.kep(kep), self.page.address, self.page.words, quiet=quiet)
            badge.tail, link.tail = link.tail, None
            parent.insert(position, badge)
            self._park(badge, inside_heading)
            link, position = badge, position + 1
        return link

    def _named(self, link: Element, url: str) -> Iterator[Mention]:
        """Yield the KEPs that a link names, by address or text, each with the words that name it and their line."""
        shown, address = self._text(link), read_url(url)
        text = "" if shown == url or link in self.page.titles else self._text(link, without=CLOSED)
        in_text = read_text(text)
        if address.meaning is UrlMeaning.KEP and address.number:
            line = self.page.locator.find_link(url, shown)
            yield self._mention(address.number, url, line)
            named = named_numbers(text)
            if named and address.number not in named:
                self.page.complain("kep-number-mismatch", text, f"KEP-{address.number}", line)
                return
        elif address.meaning is UrlMeaning.IMPOSSIBLE:
            self.page.complain("bad-kep-number", url, line=self.page.locator.find_link(url, shown))
        elif address.meaning is UrlMeaning.FOREIGN:
            return
        yield from self._named_in_text(text, in_text, url)

    def _named_in_text(self, text: str, in_text: list[TextReference | Lookalike], url: str) -> Iterator[Mention]:
        """Yield the KEPs that a link names in its text, but for the one that its address names."""
        address = read_url(url)
        for found in in_text:
            written = text[found.start : found.end]
            line = self.page.locator.find(written)
            if isinstance(found, Lookalike):
                if address.meaning is not UrlMeaning.KEP:
                    self.page.complain("looks-like-kep", written, line=line)
            elif found.number is None:
                self.page.complain("bad-kep-number", written, line=line)
            elif found.number != address.number:
                yield self._mention(found.number, written, line, candidate=found.candidate)
            elif address.meaning is UrlMeaning.PULL_REQUEST and not found.by_repository:
                self.page.complain("pull-request-as-kep", url, written, line)

    def _pull(self, link: Element, url: str, named: list[int]) -> PullMention | None:
        """Return the mention of the pull request that a link leads to, None for another link."""
        address = read_url(url)
        if address.meaning is not UrlMeaning.PULL_REQUEST or address.number is None:
            return None
        line = self.page.locator.find_link(url, self._text(link))
        return PullMention(pull=address.number, written=url, named=tuple(named), line=line)

    def _titled(self, link: Element, url: str) -> None:
        """Note a link that shows the title of its page, unless that is a KEP's."""
        if read_url(url).meaning not in (UrlMeaning.KEP, UrlMeaning.IMPOSSIBLE):
            where = self.page.locator.find_title(url)
            self.cards.append(CardMention(url=url, text=CardText(), heading=self.heading, line=where, link=True))

    # --- a plain mention ------------------------------------------------------------------------------------------

    def _read_text(self, element: Element, inside_heading: Element | None) -> None:
        text, links = self._split(element.text, raw=isinstance(element.text, RawText))
        if links:
            element.text = text
            self._insert(element, 0, links, inside_heading)

    def _read_tail(self, parent: Element, child: Element, inside_heading: Element | None, *, raw: bool) -> None:
        text, links = self._split(child.tail, raw=raw)
        if links:
            child.tail = text
            self._insert(parent, list(parent).index(child) + 1, links, inside_heading)

    def _split(self, text: str | None, *, raw: bool) -> tuple[str, list[Element]]:
        """Return the text before the first KEP reference, and a link for each with the text behind it as its tail.

        Text of `raw` HTML has references, too, though no Markdown is read there.
        """
        if not text or (isinstance(text, AtomicString) and not raw):
            return text or "", []
        if not holds_placeholder(text) and not may_hold_reference(text):
            return text, []  # most texts hold no raw HTML and no reference
        places: list[tuple[int, int, Element]] = []
        for found in self._outside_raw_links(text):
            link = self._draw(found, unescape(text[found.start : found.end]))
            if link is not None:
                places.append((found.start, found.end, link))
        return cut_out(text, places)

    def _outside_raw_links(self, text: str) -> Iterator[TextReference | Lookalike]:
        """Yield what names or seems to name a KEP, but for that inside a link written as HTML: links do not nest."""
        place = 0
        for found in read_text(with_hashes(text)) if may_hold_reference(text) else ():
            self.in_raw_link = open_raw_link(self.md, text[place : found.start], open_before=self.in_raw_link)
            place = found.start
            if not self.in_raw_link:
                yield found
        self.in_raw_link = open_raw_link(self.md, text[place:], open_before=self.in_raw_link)

    def _draw(self, found: TextReference | Lookalike, written: str) -> Element | None:
        """Note what stands in a text, and return the link that is drawn for it; None for what stays text."""
        if isinstance(found, Lookalike) or found.number is None:
            code = "looks-like-kep" if isinstance(found, Lookalike) else "bad-kep-number"
            self.page.complain(code, written)
            return None
        line = self.page.locator.find(written)
        mention = self._mention(found.number, written, line, candidate=found.candidate)
        quiet = self._count(mention)
        if not self._is_known(mention):
            return None
        kep = self.page.canonical(mention.kep)
        return badges.mention(written, kep, self.page.kep(kep), self.page.address, self.page.words, quiet=quiet)

    def _insert(self, parent: Element, position: int, links: list[Element], inside_heading: Element | None) -> None:
        for offset, link in enumerate(links):
            parent.insert(position + offset, link)
            for stage in list(link):
                self._park(stage, inside_heading)

    # --- common ---------------------------------------------------------------------------------------------------

    def _mention(self, number: int, written: str, line: int, *, candidate: bool = False) -> Mention:
        """Return a mention with its number as written: what reading finds follows from the text, not from the lock."""
        return Mention(kep=number, written=written, heading=self.heading, line=line, candidate=candidate)

    def _count(self, mention: Mention, *, on_its_own: bool = False) -> bool:
        """Note a mention of a KEP; return True if the same heading has mentioned the KEP before."""
        kep = self.page.canonical(mention.kep)
        quiet = kep in self.seen
        if self._is_known(mention):
            self.seen.add(kep)
            if self.sections:
                self.sections[-1].note(kep, in_heading=self.in_heading)
        self.paragraphs.note(mention.written, on_its_own=on_its_own)
        self.mentions.append(mention)
        return quiet

    def _is_known(self, mention: Mention) -> bool:
        return not mention.candidate or self.page.kep(mention.kep) is not None

    def _count_pull(self, link: PullMention, *, on_its_own: bool = False) -> list[tuple[int, bool]]:
        """Note a link to a pull request; return the KEP that the link is about and does not name, as `_count` does."""
        self.paragraphs.note(link.written, on_its_own=on_its_own)
        self.mentions.append(replace(link, heading=self.heading))
        number = self.page.lock.kep_of_pull(link.pull)
        if number is None or number in map(self.page.canonical, link.named):
            return []
        quiet = number in self.seen
        self.seen.add(number)
        return [(number, quiet)]

    def _park(self, added: Element, inside_heading: Element | None) -> None:
        """Take the words of what we add out of a page's heading until the host has read the page's title there."""
        if inside_heading is not None and inside_heading.tag == "h1":
            children = list(added)
            self.page.parked.append(Parked(element=added, text=added.text, children=children))
            added.text = None
            for child in children:
                added.remove(child)
