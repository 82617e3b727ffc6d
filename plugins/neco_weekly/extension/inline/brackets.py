"""Links and pictures in a text: which brackets belong together, and where each leads.

The rules are CommonMark's (https://spec.commonmark.org/0.31.2/, *Links* and *Images*, with the appendix *A parsing
strategy*): one way through the text, with a stack of the brackets that are open. Pictures have a size besides, as at
Zenn: `![](a.png =250x)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from markdown.inlinepatterns import AUTOLINK_RE, HTML_RE

from ...grammar.html_names import is_element

Definition = tuple[str, str | None]
"""Address and title of a link, as `[label]: address "title"` defines them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads or a picture is, in a text up to `end`; `size` is `250x300`, of which one may be missing."""

    address: str
    title: str | None
    end: int
    size: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracketed:
    """A link or picture in a text, from `start` to the end of its target, with the text between its brackets.

    In the `plain` text there are no links and pictures any more, as in a picture's `alt`.
    """

    start: int
    is_image: bool
    text: str
    plain: str
    target: Target


@dataclass(slots=True, kw_only=True)
class _Opening:
    """A bracket that is open: the place of its sign, the place behind, and whether another one was opened since."""

    start: int
    inside: int
    is_image: bool
    holds_bracket: bool = False


_SIGN = re.compile(r"!?\[|\]|<")

_TAG = re.compile(rf"{AUTOLINK_RE}|(?=</?(?P<name>[A-Za-z][A-Za-z0-9-]*+)[\s/>]|<[!?]){HTML_RE}", re.DOTALL)

_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")


class Brackets:
    """The links and pictures of one text; `defined` knows what the page defines for a label."""

    def __init__(self, text: str, defined: Callable[[str], Definition | None]) -> None:
        self.text, self.defined = text, defined
        self._open: list[_Opening] = []
        self._closed_links = 0
        self._found: list[Bracketed] = []

    def read(self) -> list[Bracketed]:
        """Return the links and pictures in order, without those inside of others; links are never inside of links."""
        place = 0
        while sign := _SIGN.search(self.text, place):
            place = sign.end()
            if sign[0] == "<":
                place = _behind_tag(self.text, sign.start()) or place
            elif sign[0] == "]":
                place = self._close(sign.start()) if self._open else place
            else:
                if self._open:
                    self._open[-1].holds_bracket = True
                self._open.append(_Opening(start=sign.start(), inside=place, is_image=sign[0] == "!["))
        return self._found

    def _close(self, place: int) -> int:
        """Read a closing bracket, and return where to read on."""
        opening = self._open.pop()
        is_dead = not opening.is_image and len(self._open) < self._closed_links
        self._closed_links = min(self._closed_links, len(self._open))
        target = None if is_dead else inline_target(self.text, place + 1, sized=opening.is_image)
        if target is None and not is_dead:
            target = self._reference(opening, place)
        if target is None:
            return place + 1
        text = self.text[opening.inside : place]
        plain = self._without_inner(opening.inside, place)
        self._found.append(
            Bracketed(start=opening.start, is_image=opening.is_image, text=text, plain=plain, target=target)
        )
        if not opening.is_image:
            self._closed_links = len(self._open)
        return target.end

    def _reference(self, opening: _Opening, place: int) -> Target | None:
        """Return what `[text][label]`, `[label][]` or `[label]` stands for, whose text ends at a place."""
        label = _LABEL.match(self.text, place + 1)
        end = label.end() if label else place + 1
        if label and label[1].strip():
            definition = self.defined(label[1])
        elif opening.holds_bracket or place - opening.inside > 999:
            return None
        else:
            definition = self.defined(self.text[opening.inside : place])
            end = end if label and not label[1] else place + 1
        return Target(address=definition[0], title=definition[1], end=end) if definition else None

    def _without_inner(self, start: int, end: int) -> str:
        """Return the text between two places with the plain texts of the links and pictures there, and drop these."""
        pieces: list[str] = []
        while self._found and self._found[-1].start >= start:
            inner = self._found.pop()
            pieces += [self.text[inner.target.end : end], inner.plain]
            end = inner.start
        return "".join([self.text[start:end], *reversed(pieces)])


def _behind_tag(text: str, place: int) -> int | None:
    """Return where a tag, a comment or an address in angle brackets ends that begins at a place; None without one."""
    tag = _TAG.match(text, place)
    return tag.end() if tag and (tag["name"] is None or is_element(tag["name"])) else None


# --- (address "title") --------------------------------------------------------------------------------------------

_SPACE = r"[ \t\n]*+"
_TITLE = r"(?:[ \t\n]++(?P<title>\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+"
_BEGIN = re.compile(rf"\({_SPACE}(?:<(?P<pointed>[^<>\n]*+)>)?+")
_PIECE = re.compile(r"[^ \t\n()\x00\x01\x04-\x1f\x7f]++|[()]")
_END = re.compile(rf"{_TITLE}{_SPACE}\)")
_SIZE = r"(?:[ \t\n]++=(?=x?[0-9])(?P<{}>[0-9]{{0,5}}x[0-9]{{0,5}}))?+"
_SIZED_END = re.compile(rf"{_SIZE.format('size')}{_TITLE}{_SIZE.format('behind')}{_SPACE}\)")

_NESTED = 32
"""How deep parentheses may be in an address; CommonMark wants three at least."""


def inline_target(text: str, place: int, *, sized: bool) -> Target | None:
    """Return the target `(address "title")` at a place of a text, None where there is none; `sized` may have a size."""
    begin = _BEGIN.match(text, place)
    if begin is None:
        return None
    address, behind = begin["pointed"], begin.end()
    if address is None:
        behind = _end_of_address(text, behind)
        address = text[begin.end() : behind]
    rest = (_SIZED_END if sized else _END).match(text, behind)
    if rest is None or address.startswith("<"):
        return None
    title = rest["title"][1:-1] if rest["title"] is not None else None
    size = (rest["size"] or rest["behind"]) if sized else None
    return Target(address=address, title=title, end=rest.end(), size=size)


def _end_of_address(text: str, place: int) -> int:
    """Return where an address ends that begins at a place: at white space, or at a parenthesis that nothing opens."""
    depth = 0
    while piece := _PIECE.match(text, place):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if depth < 0 or depth > _NESTED:
            break
        place = piece.end()
    return place
