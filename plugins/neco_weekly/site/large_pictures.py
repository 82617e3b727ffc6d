"""Pictures of writers that open large: each is a link to its own file, which a script opens in a dialog instead."""

from __future__ import annotations

import re
from html import escape

from .page_places import with_script

_SMALLEST = 48
"""The width in pixels below which a picture is a sign in a line and nothing to look into."""

_PARTS = re.compile(
    r"<!--.*?-->|<(a|button|label|object|picture|pre|script|style|summary|svg|template|textarea|video)\b.*?</\1>"
    r"|(?P<picture><img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL | re.IGNORECASE,
)
"""A pattern for a picture, and for what a link cannot be put into."""

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

    def linked(match: re.Match[str]) -> str:
        picture = match["picture"]
        return _linked(picture, label) if picture else match[0]

    found = _PARTS.sub(linked, text)
    return html if found == text else with_script(f"{head}{begins}{found}{ends}{foot}", script)


def _linked(picture: str, label: str) -> str:
    attributes = dict(_ATTRIBUTE.findall(picture))
    width = attributes.get("width", "")
    is_written = "decoding" in attributes and "neco-" not in attributes.get("class", "")  # as our extension leaves it
    if not is_written or not attributes.get("src") or (width.isdecimal() and int(width) < _SMALLEST):
        return picture
    name = "" if attributes.get("alt", "").strip() else f' aria-label="{escape(label)}"'
    return f'<a class="neco-zoom" href="{attributes["src"]}" title="{escape(label)}"{name}>{picture}</a>'
