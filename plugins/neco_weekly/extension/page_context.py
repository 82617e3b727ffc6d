"""The page context: the page being converted, its day and lines, its cards and KEPs, and its diagnostics."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension

from ..display import card_words, cards
from ..display.why_card import why_card
from ..display.words import Strings
from ..grammar.card_lines import CardLine, CardSyntaxError, read_card_line
from ..grammar.front_matter_values import written_title
from ..grammar.issue_dates import issue_date
from ..grammar.issue_files import IssueFile, is_issue
from ..grammar.kep_references import UrlMeaning, kep_of, read_url
from ..grammar.line_ends import keeps_line_ends
from ..grammar.urls import normal_url
from ..lock.kep_as_of import KepAsOf, KepsAsOf
from ..lock.store import Lock
from ..model.cards import CardPicture, CardText
from ..model.extraction import PassedOver
from ..model.issues import Diagnostic, Heading, Place
from ..model.keps import issue_url
from ..model.options import Grammar
from ..model.paths import FOLDER, KEP_PAGE, TOPIC_PAGE
from .card_pictures import own_picture
from .host import Beside, KepPage, TopicPage, has_file, has_page, page_meta, page_path
from .locator import Locator
from .titled_links import TitledLinks

Candidates = Mapping[str, tuple[PassedOver, ...]]
"""What was passed over for cards, by the normal URL of the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """An element of ours in a page's heading, and its words while they are taken out of the heading."""

    element: Element
    text: str | None
    children: list[Element]


@dataclass(kw_only=True)
class PageContext:
    """The page context: what is known of one page while it is converted, and what is found there.

    `pages`: all pages of the site may have cards. `source` is the page's text before anything was stashed away, `text`
    that with snippets and without code; `scanned` the issue whose body that is, where no host names a page.
    `card_lines` are the cards that are drawn, each with its line; `pictures` the addresses of their pictures; `bodies`
    and `generated` the bodies of generated pages as text and as elements; `parked` what is taken out of the heading
    until hosts have read the page's title there. `lines` are the first and the last line of elements, as far as the
    grammar of blocks knows them; `raw_html` are the elements that a writer wrote as HTML, `raw_tails` those behind
    which text of such HTML stands, `raw_links` such links inside a line; `notes` the elements of footnotes until these
    are drawn. `origins` is where each line of the text comes from, empty where all are the page's own. `addresses` are
    what the writer wrote as the addresses of each picture, `beside` finds those beside the docs folder, `kep_page` and
    `topic_page` our pages, `site_url` is the site's own address. `candidates` are there in previews only,
    `web_links` with their lines only where somebody checks an issue.
    `links_topics`: a topic's first mention in an issue is a link.
    """

    md: Markdown
    load: Callable[[], KepsAsOf]
    words: Strings
    issues_dir: str
    scanned: Callable[[], IssueFile | None] = lambda: None
    grammar_of_issues: Grammar = "github"
    grammar_of_others: Grammar = "python-markdown"
    pages: bool = False
    beside: Beside | None = None
    kep_page: KepPage | None = None
    topic_page: TopicPage | None = None
    candidates: Candidates | None = None
    links_topics: bool = False
    site_url: str = ""
    source: str = ""
    text: str | None = None
    card_lines: dict[Element, CardLine] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    addresses: dict[Element, tuple[str, ...]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    generated: list[Element] = field(default_factory=list)
    raw_links: set[Element] = field(default_factory=set)
    parked: list[Parked] = field(default_factory=list)
    lines: dict[Element, tuple[int, int]] = field(default_factory=dict)
    raw_html: set[Element] = field(default_factory=set)
    notes: dict[str, Element] = field(default_factory=dict)
    raw_tails: set[Element] = field(default_factory=set)
    origins: list[Place] = field(default_factory=list)
    web_links: list[tuple[str, int]] = field(default_factory=list)
    titles: TitledLinks = field(init=False)

    def __post_init__(self) -> None:
        self.titles = TitledLinks(self.title_of)

    @cached_property
    def locator(self) -> Locator:
        """The locator of the page, which finds the lines of what is found in the tree."""
        return Locator(self.written)

    @property
    def written(self) -> str:
        """What is written on the page, with snippets and without code where the grammar has told these apart."""
        return self.source if self.text is None else self.text

    @cached_property
    def grammar(self) -> Grammar:
        """The grammar of the page's blocks: that of issues, also for a text whose page no host names."""
        path = page_path(self.md)
        of_issue = path is None or is_issue(path, self.issues_dir)
        return self.grammar_of_issues if of_issue else self.grammar_of_others

    @cached_property
    def breaks(self) -> bool:
        """Whether the page keeps the ends of its lines as breaks."""
        return keeps_line_ends(page_meta(self.md))

    @cached_property
    def issue_file(self) -> IssueFile | None:
        """The path and the front matter of the issue that is read; None for a page that is none.

        In plain Markdown, where no host names the page, every text may be an issue, and its path is empty.
        """
        if (scanned := self.scanned()) is not None:
            return scanned
        path = page_path(self.md)
        if path is not None and not is_issue(path, self.issues_dir):
            return None
        return IssueFile(path=path or "", meta=page_meta(self.md))

    @cached_property
    def day(self) -> dt.date | None:
        """The issue's own day, or None for one without a day and for a page that is no issue."""
        file = self.issue_file
        if file is None:
            return None
        heading = _FIRST_HEADING.search(self.source)
        title = written_title(file.meta) or str((heading and (heading[1] or heading[2])) or "")
        return issue_date(file.meta, file.path, title)

    @cached_property
    def keps_as_of(self) -> KepsAsOf:
        """The KEPs of the lock, loaded when something is to be drawn and not before.

        MkDocs loads extensions only to try them, and shows errors as traces.
        """
        return self.load()

    @property
    def lock(self) -> Lock:
        """The lock that the page is drawn from."""
        return self.keps_as_of.lock

    def kep(self, number: int) -> KepAsOf | None:
        """Return a KEP as of the page's day; None if nothing is known of the number."""
        return self.keps_as_of.of(number, self.day)

    def canonical(self, number: int) -> int:
        """Return the number of the KEP that a written number stands for."""
        return self.lock.canonical(number)

    def kep_of(self, url: str) -> int | None:
        """Return the number of the KEP that a URL leads to, or None; an alias leads to the KEP it stands for."""
        number = kep_of(url)
        return number and self.canonical(number)

    def kep_of_pull(self, url: str) -> int | None:
        """Return the KEP of the pull request at an address; None for other addresses, and where no one KEP is known."""
        address = read_url(url)
        is_pull = address.meaning is UrlMeaning.PULL_REQUEST and address.number is not None
        return self.lock.kep_of_pull(address.number or 0) if is_pull else None

    def draw_card(self, line: CardLine) -> Element:
        """Return the element of the card that a line asks for; its heading is found later, when the tree is whole."""
        number = self.kep_of(line.url)
        if number is not None:
            own = None if "image" in line.text.hidden else line.text.image
            element = cards.kep_card(line.url, line.text, number, self.kep(number), self.words, self._own_picture(own))
        else:
            shown = self.shown(line)
            picture = self._own_picture(shown.own_image)
            element = cards.card(shown, self.words, self.picture_address, picture, self.day)
            if about := self.kep_of_pull(line.url):
                cards.refer(element, about, self.kep(about), self.words)
        self.card_lines[element] = line
        return element

    def _own_picture(self, written: str | None) -> cards.OwnPicture | None:
        return own_picture(self.md, written, self.beside) if written else None

    def shown(self, line: CardLine) -> card_words.Shown:
        """Return what the card of a web page that is no KEP's says."""
        return card_words.Shown.of(line.url, line.text, self.lock.card(line.url), self.lock.card_rule(line.url))

    def why(self, line: CardLine) -> Element | None:
        """Return the box of a preview that says why a card is as it is; None in a site, and for the card of a KEP."""
        if self.candidates is None or self.kep_of(line.url) is not None:
            return None
        return why_card(self.shown(line), line.text, self.candidates.get(normal_url(line.url), ()), self.words)

    def card_title(self, line: CardLine) -> str | None:
        """Return the title of the card of a line; None if the title is not known."""
        if number := self.kep_of(line.url):
            return card_words.kep_title(line.text, number, self.kep(number))
        return self.shown(line).title

    def said(self, line: CardLine) -> str:
        """Return the text by which search finds the card of a line."""
        if kep_of(line.url):
            return card_words.said(line.url, self.card_title(line), card_words.by_author(line.text).description)
        shown = self.shown(line)
        return card_words.said(line.url, shown.title, shown.description, shown.site)

    def repeats(self, line: CardLine, heading: Heading) -> bool:
        """Whether a card says in its title what the heading above the card has just said."""
        number, title = kep_of(line.url), self.card_title(line)
        same = {number, self.canonical(number)} if number else ()
        names = [f"{sign}{it}" for it in same for sign in ("KEP-", "#")] or self.shown(line).names
        return title is not None and card_words.say_the_same(title, heading.text, names)

    def picture_address(self, picture: CardPicture) -> str | None:
        """Return the relative path to a card's picture, which every host resolves; None without the file or a page."""
        path, file = page_path(self.md), f"{FOLDER}/{picture.file}"
        if path is None:
            return None
        address = "../" * path.count("/") + file
        self.pictures.append(address)
        return address if has_file(self.md, file) else None

    def title_of(self, url: str) -> str | None:
        """Return what a link shows that asks for the title of its page; None if the title is not known."""
        if number := self.kep_of(url):
            kep = self.kep(number)
            return card_words.kep_title(CardText(), number, kep) if kep else None
        return card_words.Shown.of(url, CardText(), self.lock.card(url)).title

    def complain(self, code: str, written: str, detail: str = "", line: int | None = None) -> None:
        """Add a diagnostic to the page; without a `line`, the line is that of the next place where `written` stands."""
        where = line or self.locator.find(written)
        self.diagnostics.append(Diagnostic(code=code, written=written, detail=detail, line=where))

    def complain_once(self, code: str, written: str, detail: str = "", line: int | None = None) -> None:
        """Add a diagnostic to the page, unless the page has one of this code already."""
        if all(it.code != code for it in self.diagnostics):
            self.complain(code, written, detail, line)

    def check_cards(self, text: str, first_line: int | None = None) -> None:
        """Report the lines of a text that begin like a card and cannot be read, by the line where the text begins."""
        for number, line in enumerate(text.split("\n") if "@[" in text else ()):
            try:
                read_card_line(line)
            except CardSyntaxError as error:
                self.complain("bad-card", line.strip(), str(error), first_line and first_line + number)

    def address(self, number: int) -> str:
        """Return the relative `.md` link to a KEP's page, which every host resolves; without a page, GitHub's issue."""
        path, page = page_path(self.md), self._kep_page_path(number)
        return issue_url(number) if path is None or page is None else "../" * path.count("/") + page

    def topic_address(self, slug: str) -> str | None:
        """Return the relative `.md` link to the page of a topic of `topics.yml`; None where the site has none."""
        path = page_path(self.md)
        if path is None or slug not in self.lock.topics.slugs:
            return None
        page: str | None = TOPIC_PAGE.format(slug=slug)
        if self.topic_page is not None:
            page = self.topic_page(slug)
        elif not has_page(self.md, page or ""):
            page = None
        return page and "../" * path.count("/") + page

    def _kep_page_path(self, number: int) -> str | None:
        if self.kep_page is not None:
            return self.kep_page(number, for_issue=self.is_issue)
        page = KEP_PAGE.format(number=number)
        return page if has_page(self.md, page) else None

    @cached_property
    def may_be_issue(self) -> bool:
        """Whether the page is an issue by its path, or a text whose page no host names; known from the beginning."""
        return page_path(self.md) is None or self.is_issue

    @cached_property
    def takes_cards(self) -> bool:
        """Whether lines of the page are cards: of an issue, and where the site wants that of all its pages."""
        return self.pages or self.may_be_issue

    @property
    def is_of_others(self) -> bool:
        """Whether the page is none of ours to read: nothing of it changes but references to KEPs."""
        return self.grammar != "github" and not self.takes_cards

    @property
    def is_issue(self) -> bool:
        """Whether a host names the page and the page is an issue."""
        path = page_path(self.md)
        return path is not None and is_issue(path, self.issues_dir)


class CurrentPage(Extension):
    """The page context of the page that is being converted: `page` is another one for each text.

    Python-Markdown keeps an instance's processors from page to page, so they hold this object and ask for the page.
    """

    def __init__(self, md: Markdown, load: Callable[[], KepsAsOf], words: Strings, **options: Any) -> None:
        super().__init__()
        self._new = partial(PageContext, md=md, load=load, words=words, **options)
        self.page = self._new()

    def begin(self, source: str) -> None:
        """Begin the page with this text, in a new page context."""
        self.page = self._new(source=source)

    def reset(self) -> None:
        """Forget the page; Python-Markdown calls this before each conversion of the same instance."""
        self.page = self._new()


_FIRST_HEADING = re.compile(r"^(?: {0,3}#[ \t]++(.*[^ \t\n])|(.+)\n=+[ \t]*$)", re.MULTILINE)
