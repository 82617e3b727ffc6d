"""The nouns of the newsletter: frozen values that everything else passes around."""

from __future__ import annotations

import bisect
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal


class NecoError(Exception):
    """Work cannot go on. The message is one sentence for the person at the terminal: what, where, what to do."""


class FetchError(NecoError):
    """The outside did not give what was asked for. `status` is the HTTP status where there was one.

    `code` says in one word what went wrong: the status, or `dns`, `timeout`, `certificate`, `private-address`, ...

    `gone` tells a definite no (404, 410) from trouble that may pass (time-out, 5xx, no network): only the first is
    knowledge about the thing asked for.
    """

    def __init__(self, message: str, *, status: int | None = None, code: str = "unreadable") -> None:
        super().__init__(message)
        self.status = status
        self.code = code if status is None else str(status)

    @property
    def gone(self) -> bool:
        """Whether the server said that there is no such thing."""
        return self.status in (404, 410)


class Stage(StrEnum):
    """Stage of an enhancement, in the order of its life.

    The values are those of `stage` in kep.yaml; each is also the CSS modifier `neco-kep--<value>`
    and the key `stage.<value>` in the table of words.
    """

    ALPHA = "alpha"
    BETA = "beta"
    STABLE = "stable"
    DEPRECATED = "deprecated"
    DISABLED = "disabled"
    REMOVED = "removed"

    @property
    def order(self) -> int:
        """Position in an enhancement's life, for sorting."""
        return list(Stage).index(self)

    @classmethod
    def parse(cls, written: object) -> Stage | None:
        """Normalise what a kep.yaml says; None for anything that names no single stage."""
        text = written.strip().lower() if isinstance(written, str) else ""
        return cls(text) if text in set(cls) else _STAGE_ALIASES.get(text)


_STAGE_ALIASES = {"ga": Stage.STABLE, "alpha (deprecated)": Stage.DEPRECATED}


class Status(StrEnum):
    """Status of the proposal itself, as kep.yaml's `status` names it."""

    PROVISIONAL = "provisional"
    IMPLEMENTABLE = "implementable"
    IMPLEMENTED = "implemented"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def is_closed(self) -> bool:
        """Whether the proposal goes no further, whatever stage it had reached."""
        return self in (Status.DEFERRED, Status.REJECTED, Status.WITHDRAWN, Status.REPLACED)

    @classmethod
    def parse(cls, written: object) -> Status | None:
        """Normalise what a kep.yaml says; None for anything that names no single status."""
        text = written.strip().lower() if isinstance(written, str) else ""
        return cls(text) if text in set(cls) else _STATUS_ALIASES.get(text)


_STATUS_ALIASES = {
    "implementeable": Status.IMPLEMENTABLE,
    "imlpemented": Status.IMPLEMENTED,
    "implemented (alpha)": Status.IMPLEMENTED,
    "superseded": Status.REPLACED,
    "removed": Status.WITHDRAWN,
}

_RELEASE = re.compile(r"v?(?P<major>1)\.(?P<minor>\d{1,2})", re.ASCII)


def parse_release(written: object) -> str | None:
    """Normalise a milestone: `1.25` and `v1.25` are `v1.25`; placeholders (`TBD`, `0.0`, `v1.yy`) are None.

    YAML reads an unquoted `1.25` as a float, so `1.30` must reach this as text: load without float resolution.
    """
    match = _RELEASE.fullmatch(str(written).strip()) if isinstance(written, str | float) else None
    return f"v{match['major']}.{int(match['minor'])}" if match else None


def release_order(release: str) -> tuple[int, int]:
    """Sort key of a normalised release: `v1.9` before `v1.10`."""
    match = _RELEASE.fullmatch(release)
    if match is None:
        raise ValueError(f"{release!r} is not a release like v1.25")
    return int(match["major"]), int(match["minor"])


SourceKind = Literal["git", "keps-json", "github-issue", "override"]
EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact about an enhancement was read, and from which day on it holds.

    `date` is the day (Asia/Tokyo) on which the source changed it, or where the source does not tell, the day on which
    it was read. `commit` is set only when the repository is kubernetes/enhancements on GitHub itself, because only then
    can a reader follow it.
    """

    kind: SourceKind
    date: dt.date | None = None
    path: str | None = None
    pull: int | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a person added by hand."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnhancementState:
    """What a kep.yaml said at one time, normalised; `raw` keeps the written form of what was not taken as it was."""

    title: str
    sig: str | None = None
    status: Status | None = None
    stage: Stage | None = None
    latest_milestone: str | None = None
    milestones: Mapping[Stage, str] = field(default_factory=dict)
    feature_gates: tuple[str, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)

    @property
    def milestone(self) -> str | None:
        """The release in which the stage was (or is to be) reached, else the latest milestone."""
        reached = self.milestones.get(self.stage) if self.stage else None
        return reached or self.latest_milestone


Gap = Literal["deleted", "ambiguous", "unreadable"]
"""Why a time of an enhancement's history has no state.

No file has its number, several have it, or the file is not in a partial clone.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a source said of an enhancement from `source.date` on, until the next record; a gap has no state.

    `observed`: the source tells only what it says on that day, not since when (an API, the end of a shallow clone).
    """

    source: Source
    state: EnhancementState | None = None
    gap: Gap | None = None
    observed: bool = False

    @property
    def date(self) -> dt.date:
        """The day from which it holds."""
        return self.source.date or dt.date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Something a kep.yaml refers to: another KEP, a page of the web, or words that lead nowhere."""

    text: str = ""
    kep: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a kep.yaml says today that is not followed over time."""

    authors: tuple[str, ...] = ()
    participating_sigs: tuple[str, ...] = ()
    created: dt.date | None = None
    see_also: tuple[Reference, ...] = ()
    replaces: tuple[Reference, ...] = ()
    superseded_by: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What another source says of one field today, where it contradicts the one that counts.

    `field` is a name of EnhancementState, or `milestones.<stage>`.
    """

    field: str
    value: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Enhancement:
    """A KEP by its number: its state today, where that is known from, and the states before it, oldest first."""

    number: int
    state: EnhancementState
    source: Source
    history: tuple[Record, ...] = ()
    details: Details = Details()
    claims: tuple[Claim, ...] = ()
    note: str | None = None
    links: tuple[Link, ...] = ()

    @property
    def name(self) -> str:
        """`KEP-127`, the way the field writes it."""
        return f"KEP-{self.number}"

    @property
    def issue_url(self) -> str:
        """The discussion on GitHub; also the canonical address where no site of ours exists."""
        return f"https://github.com/kubernetes/enhancements/issues/{self.number}"

    def at(self, day: dt.date) -> Record | None:
        """What was known at the end of a day (Asia/Tokyo); None before the first record."""
        place = bisect.bisect_right(self.history, day, key=lambda record: record.date)
        return self.history[place - 1] if place else None


Absence = Literal["not-found", "pull-request"]
"""Why a number is no KEP: nobody has it, or it is a pull request of kubernetes/enhancements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All enhancements that a source knows, each with its history as far as the source tells it.

    `date` is the day (Asia/Tokyo) it speaks for: that of the newest commit, or the day of the answer. `irregular` maps
    paths of kep.yaml files that could not be used to a sentence saying why. `since`: before that day the source knows
    nothing, so an earlier state that is already known stays (None: it tells all there ever was).
    """

    date: dt.date
    enhancements: Mapping[int, Enhancement]
    irregular: Mapping[str, str] = field(default_factory=dict)
    since: dt.date | None = None
    kind: Literal["git", "keps-json"] = "git"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPicture:
    """Our own small copy of a page's image or icon: `file` lies in `assets/cards`, sizes are its pixels.

    `url` is where the original was; nobody's browser ever loads it.
    """

    url: str
    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """How often in a row a page could not be fetched, the code of the last time (`404`, `timeout`) and its day.

    `gone` counts those times that say that there is no such page: 404, 410, no such host.
    """

    count: int
    gone: int = 0
    last: str
    date: dt.date


DEAD_AFTER = 3
"""A link is dead after so many answers in a row that there is no such page; trouble in between counts for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a web page says about itself, with our copies of its image and icon.

    `origins` names for each field that is set the place it was read from (`og`, `twitter`, `html`, `host`, ...).
    `fetched` is the day this content was first seen: an unchanged answer changes nothing. `lang` is BCP 47 and
    `published` ISO 8601. `archive` is a copy of a dead page.
    """

    url: str
    title: str | None = None
    description: str | None = None
    site: str | None = None
    image: CardPicture | None = None
    icon: CardPicture | None = None
    lang: str | None = None
    published: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    fetched: dt.date | None = None
    failures: Failures | None = None
    archive: str | None = None

    @property
    def is_dead(self) -> bool:
        """Whether the page is known to be gone."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What the author wrote about a link: attributes of `@[card](…){…}`, or the text Embedly left behind.

    `archive` is the http(s) address of a copy of the page.
    """

    title: str | None = None
    description: str | None = None
    image: bool = True
    archive: str | None = None
    origin: Literal["author", "embedly"] = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading a mention stands under: its text and its anchor in the built page."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One reference to a KEP in an issue. `written` is the author's own text or URL, `line` counts from 1.

    `paragraph` holds the author's words around it; for a reference in a heading, those that follow it.
    """

    kep: int
    written: str
    heading: Heading | None = None
    line: int = 1
    paragraph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardMention:
    """One card in an issue, with what the author says of it.

    `link`: it is drawn as a link in a sentence that shows the title of its page, `[URL:title]`.
    """

    url: str
    text: CardText
    heading: Heading | None = None
    line: int = 1
    link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A writing mistake found while reading an issue: a problem before it knows its file."""

    code: str
    written: str
    detail: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and the author's words under it, as search sees them. The page's own section has no anchor.

    `level` is that of the heading, 0 without one. `keps` are the numbers mentioned there, in the order of the text, and
    `cards` what is said by each card: lines with its title, its host, and what more it tells.
    """

    anchor: str
    title: str
    text: str
    level: int = 0
    keps: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that reading one page's text found. Lines count from 1 in that text; `images` are addresses as written.

    `links` are the relative ones to pages and files of the site, as written, each once.
    """

    title: str = ""
    mentions: tuple[Mention, ...] = ()
    cards: tuple[CardMention, ...] = ()
    images: tuple[tuple[str, int], ...] = ()
    slips: tuple[Slip, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[str, ...] = ()


Severity = Literal["warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something an author should know: what, where, and what to do. `code` is a stable kebab-case word."""

    path: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = "warning"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}; {self.hint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One number of the weekly note. `path` is relative to the docs folder, with slashes; lines are the file's."""

    path: str
    title: str
    date: dt.date | None
    number: int | None
    mentions: tuple[Mention, ...] = ()
    cards: tuple[CardMention, ...] = ()
    images: tuple[tuple[str, int], ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def keps(self) -> tuple[int, ...]:
        """Numbers of the KEPs mentioned, each once, in the order of the text."""
        return tuple(dict.fromkeys(mention.kep for mention in self.mentions))


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedPage:
    """A file the generator adds to the site: Markdown (`keps/127.md`) or data (`api/keps.json`).

    A Markdown page is a `title`, a `body` of XHTML with relative `.md` links, and `words` for search; `content` holds
    title and body as a host reads them from a file.
    """

    path: str
    content: str
    title: str = ""
    body: str = ""
    words: str = ""

    @classmethod
    def named_by_content(cls, path: str, content: str) -> GeneratedPage:
        """A file whose name changes with its content: a browser may keep it for ever."""
        stem, _, ending = path.rpartition(".")
        return cls(path=f"{stem}.{hashlib.sha256(content.encode()).hexdigest()[:8]}.{ending}", content=content)
