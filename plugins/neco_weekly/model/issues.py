"""An issue of the weekly note, and the scan result: mentions, cards, links, diagnostics and sections of one page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from .cards import CardText
from .versions import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading that a mention stands under: the heading's text and its anchor in the built page."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One reference to a KEP in an issue. `written` is the author's own text or URL, `line` counts from 1.

    `paragraph` holds the author's words around the reference; for a reference in a heading, those that follow the
    heading. A `candidate` mentions the KEP only if there is one with that number, which the lock decides: what is read
    from a text follows from the text alone.
    """

    kep: int
    written: str
    heading: Heading | None = None
    line: int = 1
    paragraph: str = ""
    candidate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PullMention:
    """One link to a pull request of kubernetes/enhancements. The KEP that the request is about is not in the text.

    `named` are the KEPs that the link's own text names, `before` is how many mentions of KEPs stand before the link on
    the page. `written` is the address; the other fields are those of a Mention.
    """

    pull: int
    written: str
    named: tuple[int, ...] = ()
    before: int = 0
    heading: Heading | None = None
    line: int = 1
    paragraph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardMention:
    """One card in an issue, with what the author says of the card's page.

    `link`: the card is drawn as a link in a sentence that shows the title of its page, `[URL:title]`.
    """

    url: str
    text: CardText
    heading: Heading | None = None
    line: int = 1
    link: bool = False


Evidence = Literal["repository", "docs", "name", "number"]
"""How a section names a topic: with a link to its repository, else to its own pages, by a name, by a CVE number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMention:
    """One place of an issue that names what is or may become a topic: one for each heading and topic.

    `topic` is the slug of a topic of `topics.yml`; for others a repository as `owner/name` in lower case, or a number
    as `CVE-2024-1234`: whether these are topics, all issues together decide. `written` is the author's own text or
    URL, `line` counts from 1, `paragraph` holds the author's words around, as for a mention of a KEP. `called` is what
    the section calls the topic beside its names: the words of a link that leads there, an abbreviation of a name.
    """

    topic: str
    by: Evidence
    written: str
    heading: Heading | None = None
    line: int = 1
    paragraph: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRelease:
    """A release of a project that an issue reports in a heading, or by a link to the release's page.

    `topic` is that of a TopicMention, `version` the version or the tag as written (`v2.5.0`, `helm-chart-1.2.3`).
    """

    topic: str
    version: str
    heading: Heading | None = None
    line: int = 1

    @property
    def order(self) -> tuple[bool, object, str]:
        """A key by which reported releases are the same, and in the order of their versions; unreadable ones first."""
        version = Version.parse(self.version)
        return (True, version.order, version.family) if version else (False, (), self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a line of a page comes from: `line` (from 1) of the page's own text, or of a snippet, the file `file`.

    `own` is the line of the page's own text, for a snippet that which puts the snippet in. A file's path is relative to
    the working folder.
    """

    line: int
    own: int
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A writing mistake found while reading an issue: a problem that has no file yet. `line` counts from 1.

    `file` is the path of a snippet that the line is of, relative to the working folder, and empty for the issue's own.
    """

    code: str
    written: str
    detail: str = ""
    line: int = 1
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLink:
    """A link of a page to its own site. `address` is as written, `heading` the one that the link stands under.

    `route` is where the link leads, with everything that names the site left out: relative to the page, or from the
    site's root behind a `/`. `correction` is the place, among the page's corrections, of the one that has the link.
    """

    address: str
    route: str
    line: int = 1
    heading: Heading | None = None
    correction: int | None = None

    @property
    def names_site(self) -> bool:
        """Whether the address is a whole one, with the site's host."""
        return bool(urlsplit(self.address).netloc)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of something that an earlier issue says: `said` is its first sentence, `anchor` its place.

    `is_box`: it is a box, and not a paragraph that begins with a word for it. Which place is corrected, its first link
    to an issue says.
    """

    said: str
    anchor: str
    line: int = 1
    heading: Heading | None = None
    is_box: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a page as search sees it: a heading and the author's words under the heading.

    The page's own section has no anchor. `level` is that of the heading, 0 without one. `keps` are the numbers
    mentioned there, in the order of the text, `pulls` those of pull requests that are linked there, and `cards` what
    each card says: lines with its title, its host, and its description. `topics` are the slugs of those named there,
    which only the index of all issues knows.
    """

    anchor: str
    title: str
    text: str
    level: int = 0
    keps: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()
    pulls: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """The scan result: all that reading one page's text found. Lines count from 1 in that text.

    `mentions` are of KEPs that the text itself names, `pulls` links to pull requests, whose KEPs only a lock knows.
    `images` are addresses as written, each with its line; `links` are the relative links to pages and files of the
    site, as written, each once; `site_links` are the writer's own that name no host or the site's, and `anchors` the
    places of the page that links may name. `topic_mentions` name topics, `releases` are those reported. `web_links` are
    the addresses of all links and cards to the web, with their lines; a build, which asks nobody, does not note them.
    """

    title: str = ""
    mentions: tuple[Mention, ...] = ()
    cards: tuple[CardMention, ...] = ()
    images: tuple[tuple[str, int], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[str, ...] = ()
    pulls: tuple[PullMention, ...] = ()
    site_links: tuple[SiteLink, ...] = ()
    anchors: tuple[str, ...] = ()
    topic_mentions: tuple[TopicMention, ...] = ()
    releases: tuple[ReportedRelease, ...] = ()
    corrections: tuple[Correction, ...] = ()
    web_links: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of the weekly note. `path` is relative to the docs folder, with slashes; lines are the file's.

    `mentions` are all of KEPs, those among them that are links to pull requests; `pulls` are all links to these.
    `site_links`, `anchors`, `topic_mentions`, `releases`, `corrections` and `web_links` are those of the scan result.
    `topics` are the headings that say what the issue is about, `description` what its front matter says of that.
    `headings` are all below its title, `news` those that carry its news, without references. `opening` are its first
    words, `minutes` the time that it takes to read. `tags`, `authors` and `also`, the addresses at which it was also
    published, are those of its front matter, as are `aliases`, its old addresses, each with its line. `ignored` are
    lines, each with the code of a problem that is not to be told there. `own_number` is the number that the issue gives
    itself, `number` one that it may have by its place among the others.
    """

    path: str
    title: str
    date: dt.date | None
    number: int | None
    mentions: tuple[Mention, ...] = ()
    cards: tuple[CardMention, ...] = ()
    images: tuple[tuple[str, int], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pulls: tuple[PullMention, ...] = ()
    site_links: tuple[SiteLink, ...] = ()
    anchors: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    topics: tuple[str, ...] = ()
    description: str = ""
    own_number: int | None = None
    headings: tuple[str, ...] = ()
    topic_mentions: tuple[TopicMention, ...] = ()
    releases: tuple[ReportedRelease, ...] = ()
    news: tuple[Heading, ...] = ()
    opening: str = ""
    minutes: int = 1
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    aliases: tuple[tuple[str, int], ...] = ()
    ignored: tuple[tuple[int, str], ...] = ()
    web_links: tuple[tuple[str, int], ...] = ()

    @property
    def summary(self) -> str:
        """What the issue is about, in a line: its author's description, or all of its topics."""
        return self.description or " / ".join(self.topics)

    @property
    def keps(self) -> tuple[int, ...]:
        """The numbers of the KEPs that the issue mentions, each once, in the order of the text."""
        return tuple(dict.fromkeys(mention.kep for mention in self.mentions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why an issue is not public: the code of a problem, what is written that says so, and the line of the file."""

    code: str
    detail: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An issue that is not public, and why. `path` is relative to the docs folder, with slashes.

    `is_readable`: the file is a text, of which a preview can make a page.
    """

    path: str
    title: str
    hold: Hold
    is_readable: bool = True
