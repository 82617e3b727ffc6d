"""All mends of a text: what is better written otherwise, so that readers see the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ...grammar.comments import code_places
from ...grammar.ignore_marks import ignored_in
from ...grammar.kep_references import find_text_references, may_hold_reference, narrowed
from ...grammar.tracking import without_tracking
from ...grammar.urls import URL_IN_TEXT, is_web_url, normal_url, trim_url
from ...lock.store import Lock
from .embedly_cards import embedly_cards
from .open_text import HIDDEN, open_text, prose_of, without_tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A mend of a text: `new` stands for `text[start:end]`, which is told under `code` as `written`."""

    start: int
    end: int
    new: str
    code: str
    written: str


def mends_of(text: str, lock: Lock, ignored: Collection[str] = ()) -> list[Mend]:
    """Return the mends of an issue's body in the order of the text, none of which overlap.

    Where a mark silences the code of a mend, and where a site ignores it, nothing is mended. What a mend does not see
    is whether the page shows the same: see `proof`.
    """
    opened = open_text(text)
    wanted = [
        *_embedly_cards(text, lock),
        *_tracked(opened, lock),
        *_wide_ends(opened),
        *_open_ends(opened),
        *_kep_spellings(text, opened, lock),
    ]
    silent = {(line, code) for line, code in ignored_in(text)}
    found: list[Mend] = []
    ends = [place for place, sign in enumerate(text) if sign == "\n"]
    for mend in sorted(wanted, key=lambda it: (it.start, -it.end)):
        line = bisect_left(ends, mend.start) + 1
        free = not found or mend.start >= found[-1].end
        if free and mend.code not in ignored and (line, mend.code) not in silent:
            found.append(mend)
    return found


def mended(text: str, mends: Collection[Mend]) -> str:
    """Return a text with mends, which are in order and do not overlap."""
    pieces, end = [], 0
    for it in mends:
        pieces += [text[end : it.start], it.new]
        end = it.end
    return "".join((*pieces, text[end:]))


_SPELT = re.compile(r"kep[\W_]*(?:no\.\W*)?\d+", re.IGNORECASE)


def _kep_spellings(text: str, opened: str, lock: Lock) -> Iterator[Mend]:
    """Yield KEPs that are written in another way than `KEP-127`, in the writer's own sentences."""
    for found in find_text_references(prose_of(opened)) if may_hold_reference(opened) else ():
        written, form = text[found.start : found.end], f"KEP-{found.number}"
        named = _SPELT.fullmatch(narrowed(written))
        known = not found.candidate or (found.number is not None and lock.enhancement(found.number) is not None)
        if named and found.number and known and written != form:
            yield Mend(start=found.start, end=found.end, new=form, code="kep-spelling", written=written)


def _embedly_cards(text: str, lock: Lock) -> Iterator[Mend]:
    """Yield Embedly's HTML that is written as a card, once its address is without tracking parameters."""
    if "embedly" not in text.lower():
        return
    hidden = list(code_places(text))
    for start, end, url, line in embedly_cards(text, lock):
        if not any(start < stop and begin < end for begin, stop in hidden):
            yield Mend(start=start, end=end, new=line, code="embedly-html" if line else "embedly-script", written=url)


_ADDRESS = re.compile(r"(?i:https?)://[^\s<>\"'\ufffc]+")


def _tracked(opened: str, lock: Lock) -> Iterator[Mend]:
    """Yield addresses with tracking parameters, but for cards of which nothing is known without these."""
    for match in _ADDRESS.finditer(without_tags(opened)) if "?" in opened else ():
        url = _end_of_address(match[0])
        clean = without_tracking(url)
        if clean == url or not is_web_url(url) or not is_web_url(clean):
            continue
        if normal_url(url) in lock.cards and normal_url(clean) not in lock.cards:
            continue
        yield Mend(
            start=match.start(), end=match.start() + len(url), new=clean, code="tracking-parameters", written=url
        )


def _end_of_address(written: str) -> str:
    match = re.match(URL_IN_TEXT, written)
    return trim_url(match[1]) if match else written


_BEFORE_ADDRESS = re.compile(r"(?:[\[(<\"'=\\`]|\]:[ \t]*|[A-Za-z0-9])\Z")


_WIDE_END = re.compile(r"(?<!!)\[[^\[\]\n<>]+\]\(((?i:https?)://[^\s()<>（）]+)(?P<end>）)(?![^\n]*\))")
"""A pattern for a link that ends with a full-width bracket, behind which none of ASCII could end it."""


def _wide_ends(opened: str) -> Iterator[Mend]:
    """Yield the full-width brackets with which links were meant to end, so that they are text until now."""
    for match in _WIDE_END.finditer(opened):
        if is_web_url(match[1]) and trim_url(match[1]) == match[1]:
            yield Mend(
                start=match.start("end"), end=match.end(), new=")", code="url-end", written=f"{match[1]}{match['end']}"
            )


def _open_ends(opened: str) -> Iterator[Mend]:
    """Yield bare addresses that end before a full-width sign, which other readers of Markdown take for a part."""
    prose = without_tags(opened)
    for match in re.finditer(URL_IN_TEXT, prose):
        url = trim_url(match[1])
        start, end = match.start(1), match.start(1) + len(url)
        behind = prose[end : end + 1]
        if behind in ("", HIDDEN) or behind.isascii() or behind.isspace() or start != match.start():
            continue
        if is_web_url(url) and not _BEFORE_ADDRESS.search(prose[max(0, start - 4) : start]):
            yield Mend(start=start, end=end, new=f"<{url}>", code="url-end", written=url)
