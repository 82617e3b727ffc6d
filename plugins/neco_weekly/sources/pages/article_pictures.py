"""The first large pictures of a page's text, for a page that names no picture of its own.

Not every picture in a text is one of it: faces, signs, badges, buttons, advertisements and counters are told by the
words in their classes and addresses, and by the sizes that the page gives. What the page does not tell is seen when the
picture is fetched: `refresh` takes a picture of a text only where it is large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from .accounts import absolute
from .elements import Element, is_beside, text_places

MOST_CANDIDATES = 3

_MOST_LOOKED_AT, _MOST_ANCESTORS, _MOST_ARTICLES = 60, 100, 30

_LEAST_WIDTH, _LEAST_HEIGHT, _LEAST_OF_ONE, _WIDEST, _HIGHEST = 200, 120, 150, 4.0, 2.5
"""Pixels of sides, of a side alone, and how many times as wide as high, or as high as wide, a picture may be."""

# Where the address of a picture stands that a script shows when the reader comes near.
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-orig-file", "data-echo", "data-url")

_SETS = ("data-srcset", "data-lazy-srcset", "srcset")

_IN_SET = re.compile(r"([^\s,]\S*)\s+(\d{1,5}(?:\.\d+)?)([wx])(?=\s*(?:,|$))", re.ASCII)

_ENOUGH_WIDTH = 1_600

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Za-z][a-z]*|\d+", re.ASCII)

# Words in classes and ids of pictures, and of what stands around them, that are no part of the text.
_NO_TEXT = frozenset(
    "ad ads adsense advert advertisement affiliate author avatar avatars badge badges banner bio breadcrumb btn button "
    "captcha comment comments donate donation emoji follow footer gravatar icon icons logo logos menu meta nav navbar "
    "navigation pager pagination pay popular profile promo qr qrcode recommend recommended related reward rss share "
    "sharing sidebar smiley smilies social sponsor sponsors spinner sprite tags toc tracking userpic widget".split()
)

# Words in names of files and folders of such pictures.
_NO_NAME = frozenset(
    "ad ads alipay avatar avatars badge badges banner beacon blank btn button buttons captcha counter donate emoji "
    "emojis emoticons favicon gravatar icon icons lazy loader loading logo logos paypal pixel placeholder profile "
    "qr qrcode reward rss smile smiley smileys smilies spacer spinner sprite sprites tracking transparent wechat "
    "wechatpay weixin wxpay thumbsup latex".split()
)

_NO_HOSTS = re.compile(
    r"(?:.*\.)?(?:gravatar\.com|shields\.io|badge\.fury\.io|badgen\.net|travis-ci\.(?:org|com)|codecov\.io|coveralls\.io|"
    r"circleci\.com|codeclimate\.com|doubleclick\.net|google-analytics\.com|googlesyndication\.com|feedburner\.com|"
    r"images-amazon\.com|ssl-images-amazon\.com|media-amazon\.com|amazon-adsystem\.com|assoc-amazon\.\w+|a8\.net|"
    r"valuecommerce\.com|moshimo\.com|linksynergy\.com|accesstrade\.net|avatars\d*\.githubusercontent\.com|"
    r"b\.hatena\.ne\.jp|b\.st-hatena\.com|codecogs\.com|paypal(?:objects)?\.com|buymeacoffee\.com|ko-fi\.com)",
    re.ASCII | re.IGNORECASE,
)

_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", re.ASCII)

_STYLE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.ASCII | re.IGNORECASE)


def article_pictures(root: Element, base: str) -> list[str]:
    """Return the absolute addresses of large pictures in a page's text, in order; none of a page that is a list."""
    found: dict[str, None] = {}
    for place in _texts(root):
        for tag in islice(place.iter("img", "amp-img"), _MOST_LOOKED_AT):
            address = absolute(base, _address(tag) or "")
            if address and _is_large(tag) and _is_of_the_text(tag, place) and _names_a_picture(address):
                found.setdefault(address)
            if len(found) == MOST_CANDIDATES:
                return list(found)
    return list(found)


def _texts(root: Element) -> Iterator[Element]:
    """Yield the places of a page's one text; of several articles the one with the page's heading."""
    articles = [
        it for it in islice(root.iter("article"), _MOST_ARTICLES) if next(it.iterancestors("article"), None) is None
    ]
    if len(articles) > 1:
        headed = [it for it in articles if it.find(".//h1") is not None]
        if len(headed) == 1:
            yield headed[0]
        return
    yield from articles or text_places(root)


def _address(tag: Element) -> str | None:
    """Return where a picture lies: where a script would find it, else the best of a set, else as browsers do."""
    for name in _LAZY:
        if (written := (tag.get(name) or "").strip()) and not written.startswith(("data:", "{", "[")):
            return written
    for name in _SETS:
        if best := _best_of_set(tag.get(name) or ""):
            return best
    source = (tag.get("src") or "").strip()
    return source if source and not source.startswith("data:") else None


def _best_of_set(written: str) -> str | None:
    """Return the largest picture of a `srcset` that is not larger than anybody needs, else the smallest above."""
    sizes = [(float(it[2]) * (1 if it[3] == "w" else 800), it[1]) for it in _IN_SET.finditer(written[:5_000])]
    fitting = [it for it in sizes if it[0] <= _ENOUGH_WIDTH]
    best = max(fitting, default=None) or min(sizes, default=None)
    return best[1] if best and not best[1].startswith("data:") else None


def _is_large(tag: Element) -> bool:
    """Whether a picture may be large, as far as its element tells."""
    styled = {name.lower(): int(size) for name, size in _STYLE.findall(tag.get("style") or "")}
    width, height = (styled.get(name) or _pixels(tag.get(name)) for name in ("width", "height"))
    if width and height:
        is_shaped = width <= _WIDEST * height and height <= _HIGHEST * width
        return width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and is_shaped
    known = width or height
    return known is None or known >= _LEAST_OF_ONE


def _pixels(written: str | None) -> int | None:
    match = _PIXELS.fullmatch(written or "")
    return int(match[1]) if match else None


def _is_of_the_text(tag: Element, place: Element) -> bool:
    """Whether neither a picture nor anything around it in its place is named as something beside the text."""
    for element in (tag, *islice(tag.iterancestors(), _MOST_ANCESTORS)):
        if element is place:
            return True
        if is_beside(element) or not _NO_TEXT.isdisjoint(_words(f"{element.get('class')} {element.get('id')}")):
            return False
    return False


def _names_a_picture(address: str) -> bool:
    parts = urlsplit(address)
    if _NO_HOSTS.fullmatch(parts.hostname or ""):
        return False
    return _NO_NAME.isdisjoint(_words(unquote(parts.path)[-200:]))


def _words(written: str) -> set[str]:
    return {it.lower() for it in _WORD.findall(written[:1_000])}
