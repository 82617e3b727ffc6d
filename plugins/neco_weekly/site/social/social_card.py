"""The words of a picture for sharing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCard:
    """The words of a picture: the site's name above, in the middle a title, each of its parts on lines of its own.

    `about` is a sentence below the title, `foot` the last line: the number and the day of an issue, an address.
    """

    site: str
    title: tuple[str, ...]
    about: str = ""
    foot: str = ""
