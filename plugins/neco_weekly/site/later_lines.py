"""Lines of later issues put into a drawn page, each below the heading of its section."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..display.follow_up_lines import Line, follow_up_lines
from ..display.words import Strings
from ..issues.follow_ups import FollowUp
from .page_places import Places, put_in

Address = Callable[[FollowUp], str]
"""A function that returns the address of a later section, as seen from the page that shows it."""


def with_later_lines(html: str, later: Iterable[FollowUp], address: Address, words: Strings) -> str:
    """Return the HTML of an issue's page with a line for each later section, oldest first at each place.

    A line stands directly below the heading of the section that its anchor names or lies in. Without one, or where
    another plugin has drawn the page without that place, it stands below the page's first heading.
    """
    places = Places(html)
    lines: dict[int, dict[Line, None]] = {}
    for it in later:
        line = Line(address=address(it), day=it.day, said=it.heading.text, is_correction=it.is_correction)
        lines.setdefault(places.of(it.anchor), {})[line] = None
    return put_in(html, {place: follow_up_lines(found, words) for place, found in lines.items()})
