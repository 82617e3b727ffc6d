"""The page cache: rendered pages kept between builds, so that what did not change is not rendered again.

An entry is valid for one text of one page under one configuration, for the destinations of its links, for the files of
its pictures, and for those entries of the lock that the page draws. A page whose rendering warned is never kept: it
must warn again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ...display.release_states import release_states
from ...grammar.urls import normal_url
from ...lock.kep_as_of import KepsAsOf
from ...lock.whole_files import sweep, write_whole
from ...model.cards import CardText
from ...model.issues import (
    CardMention,
    Correction,
    Diagnostic,
    Heading,
    Mention,
    PullMention,
    ReportedRelease,
    ScanResult,
    Section,
    SiteLink,
    TopicMention,
)
from ...model.pull_requests import with_pulls
from .kept_entries import KeptEntries, checked, with_check
from .remembered import Remembered
from .template_inputs import described


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPage:
    """A rendered page: what MkDocs knows of a page once its Markdown is rendered.

    `toc` is a list of `(title, id, level, children)`; `links_to_anchors` maps paths of pages to the anchors linked
    there and the link as written.
    """

    content: str
    toc: list[Any]
    title: str | None
    anchors: list[str]
    links_to_anchors: dict[str, dict[str, str]]
    scan_result: ScanResult


Resolve = Callable[[str, str], str | None]
"""A function from a page's path and a relative link on that page to the address of the link's destination, or None."""


Look = Callable[[str, str], object]
"""A function from a page's path and a picture's address there to what shows of the picture's file, by its `repr`."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that pages without pictures depend on beside their own texts, taken together, which is quick to compare.

    `digest` returns that of the lock and of where all files are; None where it is not known. `kept` has the key of each
    page, under what it follows from.
    """

    kept: KeptEntries
    digest: Callable[[], bytes | None]


class PageCache:
    """The page cache: a folder with one file a page; without a folder nothing is kept. A damaged entry is no entry.

    `keys` are those of the pages that are kept, by path: what was read on two pages of one key is the same. `count` is
    the number of pages that were put there since the beginning.
    """

    def __init__(
        self,
        folder: Path | None,
        configuration: bytes,
        keps_as_of: KepsAsOf,
        resolve: Resolve = lambda path, link: None,
        look: Look = lambda path, address: None,
        surroundings: Surroundings | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        # Which releases were out on an issue's day decides what was only planned then, whatever is so today.
        # They are described, for a set of words is printed in another order by each process.
        self._configuration = configuration + digest([described(keps_as_of.releases)])
        self._folder, self._keps_as_of = folder, keps_as_of
        self._resolve, self._look, self._surroundings = resolve, look, surroundings
        self._remembered = remembered or Remembered(is_on=False)
        self._enhancements: dict[int, bytes] = {}
        self.keys: dict[str, str] = {}
        self.count = 0
        if folder is not None:
            sweep(folder)

    @property
    def keeps(self) -> bool:
        """Whether there is a folder, so that another process finds what this one has put there."""
        return self._folder is not None

    def get(self, path: str, text: str, about: str = "") -> RenderedPage | None:
        """Return a page as rendered before, or None if anything that the page depends on is different now.

        `about` is what the page's front matter says that shows in the page: its day follows from that.
        """
        self.keys.pop(path, None)
        if self._folder is None:
            return None
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            key, length, page, content = checked(self._file(self._folder, path).read_bytes()).split(b"\n", 3)
            known = self._remembered(("rendered", path), key, partial(_page_of, page))
            if int(length) == len(content) and key.decode() == self._key_of(path, text + about, known.scan_result):
                self.keys[path] = key.decode()
                return replace(known, content=content.decode())
        return None

    def put(self, path: str, text: str, page: RenderedPage, about: str = "") -> None:
        """Keep a rendered page in the cache. A full disk only costs speed."""
        if self._folder is None:
            return
        self.count += 1
        key = self.keys[path] = self._key_of(path, text + about, page.scan_result)
        document = json.dumps(_page_to_dict(page), ensure_ascii=False, separators=(",", ":"))
        with suppress(OSError, UnicodeEncodeError):
            content = page.content.encode()  # apart, for all else may be remembered
            about_it = f"{key}\n{len(content)}\n{document}\n".encode()
            write_whole(self._file(self._folder, path), with_check(about_it + content))

    @staticmethod
    def _file(folder: Path, path: str) -> Path:
        return folder / f"{hashlib.sha256(path.encode()).hexdigest()[:32]}.json"

    def _key_of(self, path: str, text: str, scan_result: ScanResult) -> str:
        """Return the key of a page: the one of before, where nothing at all is another since then."""
        around = self._surroundings
        known = around.digest() if around and not scan_result.images else None  # what a look at a picture does, counts
        if around is None or known is None:
            return self._key(path, text, scan_result)
        name, whole = f"rendered {path}", digest([self._configuration, known, text, scan_result.links])
        if found := around.kept.get(name, whole):
            return found[0]
        key = self._key(path, text, scan_result)
        around.kept.put(name, whole, [key])
        return key

    def _key(self, path: str, text: str, scan_result: ScanResult) -> str:
        meant = with_pulls(scan_result.mentions, scan_result.pulls, self._keps_as_of.lock.pulls)
        numbers = sorted({mention.kep for mention in meant})
        cards = sorted({normal_url(card.url) for card in scan_result.cards})
        pictures = dict.fromkeys(address for address, _ in scan_result.images)
        drawn = repr(
            (
                path,
                text,
                [(number, self._keps_as_of.lock.canonical(number), self._enhancement(number)) for number in numbers],
                [(link.pull, self._keps_as_of.lock.pulls.get(link.pull)) for link in scan_result.pulls],
                [(url, self._keps_as_of.lock.cards.get(url), self._keps_as_of.lock.card_rule(url)) for url in cards],
                [(it, self._look(path, it), self._keps_as_of.lock.picture(it)) for it in pictures],
                self._keps_as_of.lock.topics.names.digest,
                # Behind the pictures: a look takes one into the site that lies beside the docs folder.
                [(link, self._resolve(path, link)) for link in scan_result.links],
            )
        )
        return hashlib.sha256(self._configuration + drawn.encode()).hexdigest()

    def _enhancement(self, number: int) -> bytes:
        """Return the digest of all that is known of a KEP, kept: a history is long, and many pages mention the KEP."""
        if number not in self._enhancements:
            kep = self._keps_as_of.of(number)
            states = kep and release_states(kep, self._keps_as_of)
            self._enhancements[number] = digest([kep and (kep.enhancement, kep.stale, kep.today, kep.shipping, states)])
        return self._enhancements[number]


def digest(parts: Iterable[object]) -> bytes:
    """Return one SHA-256 digest (32 bytes) of texts, and of things whose `repr` says all about them."""
    collected = hashlib.sha256()
    for part in parts:
        # A text goes in as it is, behind its length: `repr` of a long one takes longer than all else.
        said = part.encode("utf-8", "surrogatepass") if type(part) is str else repr(part).encode()
        collected.update(b"%d " % len(said) if type(part) is str else b"=")
        collected.update(said)
        collected.update(b"\0")
    return collected.digest()


def _page_to_dict(page: RenderedPage) -> dict[str, Any]:
    """Return all of a page but its content as JSON, at a third of the cost of `dataclasses.asdict`, which copies."""
    fields = {name: getattr(page, name) for name in page.__slots__ if name != "content"}
    found = page.scan_result
    fields["scan_result"] = {
        "title": found.title,
        "mentions": [_plain(mention) for mention in found.mentions],
        "cards": [{**_plain(card), "text": _plain(card.text)} for card in found.cards],
        "images": found.images,
        "diagnostics": [_plain(diagnostic) for diagnostic in found.diagnostics],
        "sections": [_plain(section) for section in found.sections],
        "links": found.links,
        "pulls": [_plain(link) for link in found.pulls],
        "site_links": [_plain(link) for link in found.site_links],
        "anchors": found.anchors,
        "topic_mentions": [_plain(mention) for mention in found.topic_mentions],
        "releases": [_plain(release) for release in found.releases],
        "corrections": [_plain(it) for it in found.corrections],
    }
    return fields


def _page_of(document: bytes) -> RenderedPage:
    """Return a page without its content."""
    page = json.loads(document)
    return RenderedPage(**{**page, "content": "", "scan_result": _scan_result(page["scan_result"])})


Kept = (
    Mention
    | PullMention
    | CardMention
    | CardText
    | Diagnostic
    | Section
    | SiteLink
    | Correction
    | TopicMention
    | ReportedRelease
)
"""What is kept of a scan result field by field."""


def _plain(value: Kept) -> dict[str, Any]:
    fields = {name: getattr(value, name) for name in value.__slots__}
    heading = fields.get("heading")
    if heading is not None:
        fields["heading"] = {"text": heading.text, "anchor": heading.anchor}
    return fields


def _scan_result(document: Mapping[str, Any]) -> ScanResult:
    return ScanResult(
        title=document["title"],
        mentions=tuple(Mention(**{**item, "heading": _heading(item["heading"])}) for item in document["mentions"]),
        cards=tuple(
            CardMention(**{**item, "text": _card_text(item["text"]), "heading": _heading(item["heading"])})
            for item in document["cards"]
        ),
        images=tuple((source, line) for source, line in document["images"]),
        diagnostics=tuple(Diagnostic(**item) for item in document["diagnostics"]),
        sections=tuple(
            Section(**item | {name: tuple(item[name]) for name in ("keps", "cards", "pulls", "topics")})
            for item in document["sections"]
        ),
        links=tuple(document["links"]),
        pulls=tuple(
            PullMention(**{**item, "named": tuple(item["named"]), "heading": _heading(item["heading"])})
            for item in document["pulls"]
        ),
        site_links=tuple(SiteLink(**{**item, "heading": _heading(item["heading"])}) for item in document["site_links"]),
        anchors=tuple(document["anchors"]),
        topic_mentions=tuple(
            TopicMention(**{**item, "heading": _heading(item["heading"])}) for item in document["topic_mentions"]
        ),
        releases=tuple(
            ReportedRelease(**{**item, "heading": _heading(item["heading"])}) for item in document["releases"]
        ),
        corrections=tuple(
            Correction(**{**item, "heading": _heading(item["heading"])}) for item in document["corrections"]
        ),
    )


def _card_text(document: Mapping[str, Any]) -> CardText:
    return CardText(**{**document, "hidden": tuple(document["hidden"])})


def _heading(document: Mapping[str, str] | None) -> Heading | None:
    return Heading(**document) if document else None
