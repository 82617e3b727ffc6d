"""Pictures of writers that open large: each is a link to its own file, which a script opens in a dialog instead."""

from __future__ import annotations

import re
from html import escape

from .page_places import with_script

_SMALLEST = 48
"""The width in pixels below which a picture is a sign in a line and nothing to look into."""

_PARTS = re.compile(
    r"(?P<begins><!--|<(?P<name>a|button|label|object|picture|pre|script|style|summary|svg|template|textarea|video)\b)"
    r"|(?P<ends>-->|</(?P<end>\w+))"
    r"|(?P<picture><img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>)",
    re.IGNORECASE,
)
"""A pattern for a picture, and for where that begins and ends which a link cannot be put into."""

_ATTRIBUTE = re.compile(r'\s(alt|class|decoding|src|width)="([^"]*)"')


def with_large_pictures(html: str, label: str, script: str) -> str:
    """Return the HTML of a writer's page whose pictures open large.

    A picture that is a link of its writer's stays one, and so does a small one. `label` says what the link is for,
    `script` is the address, relative to the page, of the script that a page with such a picture loads.
    """
    head, begins, rest = html.partition("<article")
    text, ends, foot = rest.rpartition("</article>")
    if not begins or not ends or "<img" not in text:
        return html

    found = _Linking(label).text(text)
    return html if found == text else with_script(f"{head}{begins}{found}{ends}{foot}", script)


class _Linking:
    """The way through a text, in one pass whatever it holds; `inside` names what is open that no link may stand in."""

    def __init__(self, label: str) -> None:
        self._label, self._inside = label, ""

    def text(self, html: str) -> str:
        return _PARTS.sub(self._part, html)

    def _part(self, match: re.Match[str]) -> str:
        if self._inside:
            if match["ends"] and (match["end"] or "--").lower() == self._inside:
                self._inside = ""
        elif match["begins"]:
            self._inside = (match["name"] or "--").lower()
        elif match["picture"]:
            return _linked(match["picture"], self._label)
        return match[0]


def _linked(picture: str, label: str) -> str:
    attributes = dict(_ATTRIBUTE.findall(picture))
    width = attributes.get("width", "")
    is_written = "decoding" in attributes and "neco-" not in attributes.get("class", "")  # as our extension leaves it
    if not is_written or not attributes.get("src") or (width.isdecimal() and int(width) < _SMALLEST):
        return picture
    name = "" if attributes.get("alt", "").strip() else f' aria-label="{escape(label)}"'
    return f'<a class="neco-zoom" href="{attributes["src"]}" title="{escape(label)}"{name}>{picture}</a>'
