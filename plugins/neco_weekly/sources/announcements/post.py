"""A release post of kubernetes.io -> the KEPs that it lists as having reached a stage.

Posts have one list that claims to be whole: what graduated to stable. It is a list of links (v1.26 to v1.36), or a
section with a heading for each feature that says of which KEP it is part (v1.37). What is new in beta and alpha is only
a selection, and is read as a list only where a heading calls it a graduation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from ...grammar.kep_references import find_text_references, hash_numbers, kep_of
from ...model.errors import NecoError
from ...model.keps import Stage
from ...model.official_lists import OfficialList, ReleasePost
from ...model.text import shortened
from .headed_lists import Block, blocks_of

MAX_BYTES = 2_000_000
"""The size in bytes of the largest post that is read; the largest real page has a quarter of that."""

_GRADUATED = re.compile(
    r"\bgraduat\w{1,5} (?:\w{1,10} )?to (?:\W{0,3})(alpha|beta|stable|ga|general availability)\b", re.I
)

_RELEASE = re.compile(r"(?:(?<![\d./-])v?|kubernetes-v?)1[.-](\d{1,2})(?!\d|\.\d)", re.IGNORECASE | re.ASCII)

_CLAIM = re.compile(r"\btotal of (\d{1,3}) enhancements?\b", re.IGNORECASE | re.ASCII)

_PART_OF = re.compile(r"\bas part of\b(.{0,600})", re.IGNORECASE)

_FRONT = re.compile(r"^(title|date|slug):[ \t]*(.{1,300})$", re.MULTILINE)

_DAY_IN_PATH = re.compile(r"/blog/(\d{4})/(\d{2})/(\d{2})/", re.ASCII)

_SLUG = re.compile(r"[a-z0-9][a-z0-9.-]{0,150}", re.ASCII)


def read_post(text: str, *, source: str, today: dt.date, place: str | None = None) -> ReleasePost:
    """Return what a release post lists, Markdown or HTML; `source` is its address, or the name of its file.

    Where the Markdown of a post says what its address is, that is the source instead of the name of a file. `place` is
    what errors call the post, its source unless another is given.

    Raises:
        NecoError: the post names no release, or has no list of KEPs that graduated.
    """
    place = place or source
    if len(text) > MAX_BYTES:
        raise NecoError(f"{place}: it has more than {MAX_BYTES:,} characters; name the page of a release post")
    front = dict(_FRONT.findall(text[:5000])) if text.startswith("---") else {}
    address = source if _is_address(source) else _address_of(front)
    found = list(blocks_of(text))
    release = _release_of(text, front, found, address or source)
    if release is None:
        raise NecoError(f"{place}: it names no release; the title of a release post has one, as in Kubernetes v1.36")
    stages, claimed = _lists(found)
    if not any(stages.values()):
        raise NecoError(f"{place}: it has no list of KEPs below a heading such as Graduations to stable")
    date = _day_of(address or "", front) or today
    official = OfficialList(stages=stages, claimed=claimed, source=address or source, date=date)
    return ReleasePost(release=release, official=official)


# --- what the post is ---------------------------------------------------------------------------------------------


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _address_of(front: Mapping[str, str]) -> str | None:
    """Return the address of a post by the front matter of its Markdown, where that says day and slug."""
    day, slug = _front_day(front), front.get("slug", "").strip().strip("\"'")
    return f"https://kubernetes.io/blog/{day:%Y/%m/%d}/{slug}/" if day and _SLUG.fullmatch(slug) else None


def _front_day(front: Mapping[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(front.get("date", "").strip().strip("\"'")[:10])
    except ValueError:
        return None


def _day_of(address: str, front: Mapping[str, str]) -> dt.date | None:
    """Return the day that a post gives itself; that of its address counts where there is no other."""
    match = _DAY_IN_PATH.search(address)
    try:
        in_path = dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        in_path = None
    return _front_day(front) or in_path


def _release_of(text: str, front: Mapping[str, str], found: Sequence[Block], source: str) -> str | None:
    """Return the release that a post is about: by its title, else its first headings, else its address."""
    headings = [it.text for it in found if it.level]
    list_headings = [it for it in headings if "graduat" in it.lower()]
    title = re.search(r"<title>([^<]{1,300})", text[:50_000], re.IGNORECASE)
    said = (front.get("title", ""), title[1] if title else "", *headings[:1], *list_headings, urlsplit(source).path)
    minors = (match[1] for it in said if (match := _RELEASE.search(it)))
    return next((f"v1.{int(minor)}" for minor in minors), None)


# --- what the post lists ------------------------------------------------------------------------------------------


def _lists(found: Sequence[Block]) -> tuple[dict[Stage, tuple[int, ...]], dict[Stage, int]]:
    """Return the numbers of KEPs by stage, and how many of each the text claims there are."""
    stages: dict[Stage, tuple[int, ...]] = {}
    claimed: dict[Stage, int] = {}
    for place, heading in enumerate(found):
        stage = _stage_of(heading)
        if stage is None or stage in stages:
            continue
        section = list(_section(found, place))
        numbers = tuple(sorted(set(_numbers(section))))
        if numbers:
            stages[stage] = numbers
            if claim := next((it for block in section if (it := _CLAIM.search(block.text))), None):
                claimed[stage] = int(claim[1])
    return stages, claimed


def _stage_of(heading: Block) -> Stage | None:
    match = _GRADUATED.search(heading.text) if heading.level else None
    if match is None:
        return None
    return Stage.parse(match[1]) or Stage.STABLE


def _section(found: Sequence[Block], place: int) -> Iterator[Block]:
    """Yield the blocks below a heading, as far as the next one of its level or above."""
    for block in found[place + 1 :]:
        if 0 < block.level <= found[place].level:
            return
        yield block


def _numbers(section: Sequence[Block]) -> Iterator[int]:
    """Yield the KEPs of a section: one for each item, or those that its features say they are part of."""
    if any(it.level for it in section):
        for block in section:
            yield from _of_feature(block)
        return
    for block in section:
        if block.is_item and (number := _of_item(block)):
            yield number


def _of_item(block: Block) -> int | None:
    """Return the KEP of an item: of its first link to one, else the first that its text names."""
    linked = next((number for it in block.urls if (number := kep_of(it))), None)
    return linked or next(_named(block.text), None)


def _of_feature(block: Block) -> Iterator[int]:
    """Yield the KEPs that a feature's heading names, or that its text says it is part of."""
    if block.level:
        yield from filter(None, map(kep_of, block.urls))
        yield from _named(block.text)
    elif part := _PART_OF.search(block.text):
        linked = [number for it in block.urls if it in part[1] and (number := kep_of(it))]
        yield from linked or _named(part[1])  # where text and address name different numbers, the address counts


def _named(text: str) -> Iterator[int]:
    short = shortened(text, 2000)
    yield from (it.number for it in find_text_references(short) if it.number and not it.candidate)
    if "enhancements" in short.lower() and "KEP" in short:
        yield from sorted(hash_numbers(short))
