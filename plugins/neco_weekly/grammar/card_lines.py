"""The grammar of card lines: a line that is only a URL, `@[kind](…){…}` as at Zenn, `[URL:embed]` as at Hatena Blog.

Hatena's forms for a link in a sentence, `[URL:title]` and `[URL:title=text]`, are read here as well. Sources:
https://zenn.dev/zenn/articles/markdown-guide and https://help.hatenablog.com/entry/embed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..model.cards import CardText
from .card_attributes import read_attributes
from .urls import URL, URL_ALONE, is_web_url


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """A line that asks for a card. `written` is the address as it stands in the line: `@[youtube](…)` may hold an id.

    `bare` marks a line that is only a URL, which asks for no card in lists and quotes. `mistakes` are sentences on
    attributes that cannot be read; the card is drawn with all others.
    """

    url: str
    written: str
    text: CardText
    bare: bool
    mistakes: tuple[str, ...] = ()


class CardSyntaxError(ValueError):
    """A line that begins like a card and is none; the message says what is wrong with the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Id:
    """The id that a kind of card takes beside a URL: its pattern, and the address that the id stands for, with `{}`."""

    pattern: re.Pattern[str]
    address: str


def _id(pattern: str, address: str) -> Id:
    return Id(pattern=re.compile(pattern, re.ASCII), address=address)


KINDS: Mapping[str, Id | None] = {
    "card": None,
    "youtube": _id(r"[\w-]{11}", "https://www.youtube.com/watch?v={}"),
    "vimeo": _id(r"\d{1,12}", "https://vimeo.com/{}"),
    "speakerdeck": _id(r"[0-9a-f]{24,32}", "https://speakerdeck.com/player/{}"),
    "slideshare": _id(r"[\w-]{1,64}", "https://www.slideshare.net/slideshow/embed_code/key/{}"),
    "docswell": _id(r"[\w-]{1,64}", "https://www.docswell.com/slide/{}"),
    "tweet": None,
    "x": None,
    "bluesky": None,
    "github": None,
    "gist": None,
    "codepen": None,
    "codesandbox": None,
    "jsfiddle": None,
    "stackblitz": None,
    "figma": None,
    "blueprintue": None,
}
"""Every kind of card in `@[kind](…)`, drawn as the card of the kind's address; a kind with None takes only a URL."""

_URL_LINE = re.compile(rf"(?: |\u3000){{0,3}}(?:<({URL})>|({URL_ALONE}))[ \t\u3000]*")

_KIND_LINE = re.compile(r" {0,3}@\[(?P<kind>[A-Za-z][A-Za-z0-9_-]*+)\]\((?P<rest>.*)")

_BEGIN = re.compile(rf"@\[(?:{'|'.join(KINDS)})\]\(")

_ATTRIBUTES = re.compile(r"\)[ \t]*\{")


def read_card_line(line: str) -> CardLine | None:
    """Return the card that a line asks for, or None for any other line.

    Raises:
        CardSyntaxError: the line is an `@[kind](…)` with an unknown kind, a wrong address or without an end.
    """
    if match := _URL_LINE.fullmatch(line):
        url = match[1] or match[2]
        return CardLine(url=url, written=url, text=CardText(), bare=True) if is_web_url(url) else None
    if match := _HATENA_LINE.fullmatch(line):
        link = read_hatena(match["inside"])
        return CardLine(url=link.url, written=link.url, text=CardText(), bare=False) if link and link.embed else None
    if match := _KIND_LINE.fullmatch(line):
        return _kind_line(match["kind"], match["rest"].rstrip(" \t"))
    return None


def begins_card(line: str) -> bool:
    """Whether a line at the left margin is written as a card by more than its URL."""
    if line.startswith("@["):
        return _BEGIN.match(line) is not None
    return line.startswith("[") and read_card_line(line) is not None


# --- @[kind](…){…} ------------------------------------------------------------------------------------------------


def _kind_line(kind: str, rest: str) -> CardLine | None:
    destination, attributes = _parts(rest)
    if kind not in KINDS:
        if destination is None or not is_web_url(destination):
            return None
        raise CardSyntaxError(f"there is no kind {kind!r}; known are {', '.join(KINDS)}")
    if destination is None:
        raise CardSyntaxError("it does not end with `)` or with attributes in braces")
    url, (text, mistakes) = _address(kind, destination), read_attributes(attributes)
    return CardLine(url=url, written=destination, text=text, bare=False, mistakes=mistakes)


def _parts(rest: str) -> tuple[str | None, str]:
    """Return address and attributes of `URL)` or `URL){attributes}`; the address reaches to the last parenthesis."""
    if begin := _ATTRIBUTES.search(rest):
        destination, attributes, whole = rest[: begin.start()], rest[begin.end() : -1], rest.endswith("}")
    else:
        destination, attributes, whole = rest[:-1], "", rest.endswith(")")
    return destination.strip(" \t").removeprefix("<").removesuffix(">") if whole else None, attributes


def _address(kind: str, destination: str) -> str:
    """Return the URL of a card: what the parentheses hold, or what that stands for as an id of its kind."""
    if is_web_url(destination):
        return destination
    id_ = KINDS[kind]
    if id_ is None:
        raise CardSyntaxError(f"{destination!r} is not an http(s) URL")
    if not id_.pattern.fullmatch(destination):
        raise CardSyntaxError(f"{destination!r} is neither an http(s) URL nor an id as {kind} has them")
    return id_.address.format(destination)


# --- Hatena Blog --------------------------------------------------------------------------------------------------


IN_BRACKETS = r"(?P<inside>(?i:https?)://(?:[^\[\]]++|\[[^\[\]]*+\])*+)"
"""A pattern for text in brackets that begins with a URL; `read_hatena` decides whether that is one of Hatena's forms.
"""

_HATENA_LINE = re.compile(rf" {{0,3}}\[{IN_BRACKETS}\][ \t]*")

_WHOLE_URL = re.compile(URL)


@dataclass(frozen=True, slots=True, kw_only=True)
class HatenaLink:
    """A link in a form of Hatena Blog: `[URL:embed]`, `[URL:title]` or `[URL:title=text]`.

    Without `text` the last two show the page's own title.
    """

    url: str
    embed: bool
    text: str = ""


def read_hatena(inside: str) -> HatenaLink | None:
    """Return the link of Hatena Blog that a text in brackets writes, or None; options behind `:embed` are ignored."""
    url, form, text = inside.partition(":title=")
    if form:
        return _hatena(url, text=text.strip())
    for form in (":embed", ":title"):
        url, found, options = inside.rpartition(form)
        if found and options[:1] in ("", ":"):
            return _hatena(url, embed=form == ":embed")
    return None


def _hatena(url: str, *, embed: bool = False, text: str = "") -> HatenaLink | None:
    return HatenaLink(url=url, embed=embed, text=text) if _WHOLE_URL.fullmatch(url) and is_web_url(url) else None
