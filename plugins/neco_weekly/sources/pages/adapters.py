"""Adapters: sites whose pages need more care than what all pages get, one row each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ...model.errors import FetchError
from ...model.extraction import Extraction, Found
from . import github
from .accounts import with_description
from .titles import same_words


def _as_it_is(extraction: Extraction, _place: str) -> Extraction:
    return extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """The adapter of a site. `refine` gets the extraction and the address of the page; it may raise FetchError.

    `names` are the site's own, the first of them for cards: titles of its pages repeat them. Without `has_page` its
    pages hold no text for programs, and oEmbed alone is asked where there is an endpoint.
    """

    name: str
    hosts: frozenset[str]
    names: tuple[str, ...]
    refine: Callable[[Extraction, str], Extraction] = _as_it_is
    has_page: bool = True


def adapter(url: str) -> Adapter | None:
    """Return the adapter for the site of an address, or None."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return next((it for it in ADAPTERS if host in it.hosts), None)


_ADVERTISEMENT = re.compile(
    r"Enjoy the videos and music you love|Share your videos with friends, family"
    r"|YouTube でお気に入りの動画や音楽を楽しみ"
)

_FORMAT = re.compile(r"\s*\|\s*(PPTX?|PDF|KEY|ODP|DOCX?|XLSX?|Free Download)$", re.IGNORECASE)

_OFFER = re.compile(r"\s*-\s*(Download as an? .*|View online for free|Download .* for free)$", re.IGNORECASE)

_POST = re.compile(
    r"(?P<author>.+?) on (?:X|Twitter)(?:: [\"“](?P<text>.*)[\"”])?|(?:X|Twitter)ユーザーの(?P<author_ja>.+?)さん"
    r"(?:[:：]? ?「(?P<text_ja>.*)」)?",
    re.DOTALL,
)


def _youtube(extraction: Extraction, place: str) -> Extraction:
    if same_words(extraction.title.value, "YouTube") and urlsplit(place).path not in ("", "/"):
        raise FetchError(f"{place} shows no video: it is private, gone, or hidden behind a question")
    description = extraction.description
    if description and _ADVERTISEMENT.match(description.value):
        return replace(extraction, description=None)
    return extraction


def _slideshare(extraction: Extraction, _place: str) -> Extraction:
    title = _FORMAT.sub("", extraction.title.value)
    if title != extraction.title.value:
        extraction = replace(extraction, title=Found(title, "slideshare"))
    if description := extraction.description:
        said = _OFFER.sub("", description.value)
        said = "" if same_words(said, title) else said
        if said != description.value:
            return with_description(extraction, said, "slideshare")
    return extraction


def _x(extraction: Extraction, place: str) -> Extraction:
    if same_words(extraction.title.value, "X") or same_words(extraction.title.value, "Twitter"):
        raise FetchError(f"{place} shows no post to programs")
    post = _POST.fullmatch(extraction.title.value)
    if post is None:
        return extraction
    extraction = replace(extraction, title=Found(post["author"] or post["author_ja"], "x"))
    said = extraction.description.value if extraction.description else post["text"] or post["text_ja"] or ""
    return with_description(extraction, said.strip("“”"), "x")


ADAPTERS = (
    Adapter(name="github", hosts=frozenset({"github.com"}), names=("GitHub",), refine=github.refine),
    Adapter(name="gist", hosts=frozenset({"gist.github.com"}), names=("Gist", "GitHub"), refine=github.refine),
    Adapter(
        name="youtube",
        hosts=frozenset({"youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be"}),
        names=("YouTube",),
        refine=_youtube,
    ),
    Adapter(name="speakerdeck", hosts=frozenset({"speakerdeck.com"}), names=("Speaker Deck",)),
    Adapter(
        name="slideshare",
        hosts=frozenset({"slideshare.net", "jp.slideshare.net", "de.slideshare.net"}),
        names=("SlideShare", "Slideshare"),
        refine=_slideshare,
    ),
    Adapter(name="docswell", hosts=frozenset({"docswell.com"}), names=("Docswell", "ドクセル")),
    Adapter(
        name="x",
        hosts=frozenset({"x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com"}),
        names=("X", "Twitter"),
        refine=_x,
        has_page=False,
    ),
)
