"""A web page -> Card: what the page says about itself, in the order in which pages can be trusted to say it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from ..model import Card, FetchError
from .charset import decode
from .http import Get
from .target import Target
from .written import one_line, shortened

LONGEST_TITLE, LONGEST_DESCRIPTION = 300, 500

# For each field the names of `meta` that tell it, best first. What stands before the first colon names the origin.
_TITLES = ("og:title", "twitter:title")
_DESCRIPTIONS = ("og:description", "twitter:description", "description")
_SITES = ("og:site_name", "application-name")
_IMAGES = ("og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src")
_ICON_RELATIONS = ("icon", "apple-touch-icon")

_HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
# Titles of the pages that a guard shows instead of the one asked for.
_CHALLENGE = re.compile(
    r"just a moment(\.\.\.|…)?|attention required!.*|access denied|verifying you are human.*|are you a robot\?"
    r"|checking your browser.*|please wait(\.\.\.|…) \| cloudflare|ddos-guard",
    re.IGNORECASE,
)


def read_card(url: str, get: Get) -> Card:
    """Ask a page what it says about itself; the card keeps the URL that was asked for, wherever that led.

    Raises:
        FetchError: no answer, or one that is no page about something.
    """
    response = get(url, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    card = extract_card(response.body, url=response.url, content_type=response.headers.get("content-type", ""))
    return replace(card, url=url)


def extract_card(body: bytes, *, url: str, content_type: str = "") -> Card:
    """Read a card from the bytes of a page. `url` is where they came from: relative addresses start there.

    Raises:
        FetchError: it is no HTML, has no title, or asks to prove that one is human.
    """
    kind = one_line(content_type.partition(";")[0]).lower()
    if kind not in _HTML_TYPES:
        raise FetchError(f"{url} is no HTML page but {kind}")
    page = _Page.parse(decode(body, content_type), url=url)
    title = _first(page.metas(_TITLES, LONGEST_TITLE), page.titles(LONGEST_TITLE))
    if title is None:
        raise FetchError(f"{url} has no title")
    if _CHALLENGE.fullmatch(title.value):
        raise FetchError(f"{url} answers programs with {title.value!r} instead of the page")
    description = _first(it for it in page.metas(_DESCRIPTIONS, LONGEST_DESCRIPTION) if it.value != title.value)
    site = _first(page.metas(_SITES, LONGEST_TITLE), [_Found(urlsplit(url).hostname or url, "host")])
    image = _first(page.meta_addresses(_IMAGES), page.links("image_src"))
    icon = _first(*map(page.links, _ICON_RELATIONS))
    found = {"title": title, "description": description, "site": site, "image": image, "icon": icon}
    return Card(
        url=url,
        title=title.value,
        description=description and description.value,
        site=site and site.value,
        image=image and image.value,
        icon=icon and icon.value,
        origins={name: it.origin for name, it in found.items() if it},
    )


class _Found(NamedTuple):
    value: str
    origin: str


def _first(*groups: Iterable[_Found]) -> _Found | None:
    return next((found for group in groups for found in group), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The few elements a card is made of: contents of `meta` by lower-case name, `link` as relation and address."""

    base: str
    title_texts: Sequence[str]
    meta_contents: Mapping[str, Sequence[str]]
    link_addresses: Sequence[tuple[str, str]]

    @classmethod
    def parse(cls, text: str, *, url: str) -> _Page:
        # The parser gets text, never bytes: of bytes labelled Shift_JIS it drops all that Shift_JIS proper lacks. And
        # it gets an element in front, or bs4 warns of text that looks like a file name or like XML.
        wanted = SoupStrainer(["title", "meta", "link", "base", "svg"])
        soup = BeautifulSoup(f"<html>{text}", "lxml", parse_only=wanted)
        bases = [tag["href"] for tag in soup.find_all("base", href=True)]
        metas: dict[str, list[str]] = defaultdict(list)
        for tag in soup.find_all("meta"):
            content = _attribute(tag, "content") or _attribute(tag, "value")
            for name in {_attribute(tag, "property"), _attribute(tag, "name")}:
                metas[name.lower()].append(content)
        return cls(
            base=next(filter(None, (_absolute(url, str(base)) for base in bases)), url),
            title_texts=[tag.get_text() for tag in soup.find_all("title") if not tag.find_parent("svg")],
            meta_contents=metas,
            link_addresses=[
                (relation, _attribute(tag, "href"))
                for tag in soup.find_all("link")
                for relation in _attribute(tag, "rel").lower().split()
            ],
        )

    def titles(self, limit: int) -> Iterator[_Found]:
        return _texts(self.title_texts, "html", limit)

    def metas(self, names: Iterable[str], limit: int) -> Iterator[_Found]:
        for name in names:
            yield from _texts(self.meta_contents.get(name, ()), _origin(name), limit)

    def meta_addresses(self, names: Iterable[str]) -> Iterator[_Found]:
        for name in names:
            yield from self._addresses(self.meta_contents.get(name, ()), _origin(name))

    def links(self, relation: str) -> Iterator[_Found]:
        return self._addresses((href for rel, href in self.link_addresses if rel == relation), "html")

    def _addresses(self, written: Iterable[str], origin: str) -> Iterator[_Found]:
        absolutes = (_absolute(self.base, address) for address in written)
        return (_Found(address, origin) for address in absolutes if address)


def _texts(written: Iterable[str], origin: str, limit: int) -> Iterator[_Found]:
    """Texts that say something; one with U+FFFD was not read rightly."""
    lines = map(one_line, written)
    return (_Found(shortened(line, limit), origin) for line in lines if line and "\ufffd" not in line)


def _origin(name: str) -> str:
    prefix, colon, _ = name.partition(":")
    return prefix if colon else "html"


def _attribute(tag: Tag, name: str) -> str:
    """An attribute as one text, though bs4 splits some into lists."""
    value = tag.get(name) or ""
    return (value if isinstance(value, str) else " ".join(value)).strip()


def _absolute(base: str, written: str) -> str | None:
    """An http(s) address, percent-encoded and without a fragment; None for `data:` and the like."""
    try:
        return Target.parse(urljoin(base, written)).url if written else None
    except (FetchError, ValueError):
        return None
