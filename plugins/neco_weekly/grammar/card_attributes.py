"""The attributes of `@[card](…){…}`: what an author says of a link's card, and what of it cannot be read.

What can be read is kept: a mistake costs the attribute that has it and no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

from ..model.cards import HIDEABLE, CardSize, CardText
from ..model.text import shortened
from .urls import PICTURE_NAMES, is_web_url, picture_path

_PIECE = re.compile(r"""(?:[^\s"]++|"(?:[^"\\]|\\.?)*+(?:"|\Z))++""", re.DOTALL)
"""A pattern for what stands up to the next space outside of quotes; a quote that nothing closes reaches to the end."""

_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s="]++)(?:=(?:"(?P<quoted>(?:[^"\\]|\\.)*+)"|(?P<bare>[^\s"]++)))?+""", re.DOTALL
)
"""A pattern for one attribute, `name="value"`, `name=value` or a word alone."""

_MOST_MISTAKES = 5

KNOWN = "title, desc, archive, image, hide and size"
"""The names of attributes, for sentences."""

Read = tuple[CardText, str | None]


def read_attributes(written: str) -> tuple[CardText, tuple[str, ...]]:
    """Return what the text between the braces says, and a sentence on each attribute that cannot be read."""
    text, mistakes, seen = CardText(), list[str](), set[str]()
    for piece in _PIECE.finditer(written):
        match = _ATTRIBUTE.fullmatch(piece[0])
        reader = _READERS.get(match["name"]) if match else None
        value = _value(match) if match else None
        if match and match[0] in get_args(CardSize):
            text, _ = _size(text, match[0])
        elif match is None or reader is None or value is None:
            mistakes.append(f"cannot read {shortened(piece[0], 100)!r}; known are {KNOWN}")
        elif match["name"] in seen:
            mistakes.append(f"{match['name']} stands there for the second time; the first counts")
        else:
            seen.add(match["name"])
            text, mistake = reader(text, value)
            mistakes += [mistake] if mistake else []
    return text, tuple(mistakes[:_MOST_MISTAKES])


def _value(match: re.Match[str]) -> str | None:
    if match["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", match["quoted"])
    return match["bare"]


def _title(text: CardText, value: str) -> Read:
    return replace(text, title=value or None), None


def _description(text: CardText, value: str) -> Read:
    return replace(text, description=value or None), None


def _archive(text: CardText, value: str) -> Read:
    if value and not is_web_url(value):
        return text, f"archive={value} is not an http(s) URL"
    return replace(text, archive=value or None), None


def _image(text: CardText, value: str) -> Read:
    """Read `none`, or the path of a picture of the site; a picture of another host would be a request to that."""
    if value == "none":
        return _hiding(text, "image"), None
    if value and (picture_path("", value) is None or not value.lower().endswith(PICTURE_NAMES)):
        return text, f"image={value} is neither none nor the path of a picture in the site, such as images/a.png"
    return replace(text, image=value or None), None


def _hide(text: CardText, value: str) -> Read:
    named = re.split(r"[\s,、]+", value.strip()) if value.strip() else []
    unknown = [it for it in named if it not in HIDEABLE]
    text = _hiding(text, *(it for it in named if it in HIDEABLE))
    known = ", ".join(HIDEABLE)
    return text, f"hide={','.join(unknown)} is not known; a card can hide {known}" if unknown else None


def _hiding(text: CardText, *names: str) -> CardText:
    return replace(text, hidden=tuple(it for it in HIDEABLE if it in {*text.hidden, *names}))


def _size(text: CardText, value: str) -> Read:
    if value not in get_args(CardSize):
        return text, f"size={value} is neither large nor normal"
    return replace(text, size=value), None  # type: ignore[arg-type]


_READERS: Mapping[str, Callable[[CardText, str], Read]] = {
    "title": _title,
    "desc": _description,
    "archive": _archive,
    "image": _image,
    "hide": _hide,
    "size": _size,
}
