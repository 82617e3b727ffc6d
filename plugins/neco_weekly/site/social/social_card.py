"""The words of a picture for sharing: of an issue, and of all other pages together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...display.words import Strings
from ...model.issues import Issue
from ..headlines import Headline

WIDTH, HEIGHT = 1200, 630
"""The size of a picture, in pixels: most services show one of this size whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCard:
    """The words of a picture: the site's name above, in the middle a title, each of its parts on lines of its own.

    `about` is a sentence below the title, `foot` the last line: the number and the day of an issue, an address. All but
    the title may be empty.
    """

    site: str
    title: tuple[str, ...]
    about: str = ""
    foot: str = ""


def issue_card(issue: Issue, headline: Headline, site: str, words: Strings) -> SocialCard:
    """Return the words of an issue's picture: each of its topics, or its title, with number and day.

    Where its KEPs stand is not told: services keep a picture for weeks, and by then it would not be so.
    """
    number = words("site.issue_number", number=issue.number) if issue.number is not None else ""
    day = str(issue.date) if issue.date else ""
    foot = "\u3000".join(filter(None, (number, day)))
    return SocialCard(site=site, title=tuple(_parts(issue, headline, words)), foot=foot)


def site_card(name: str, about: str, address: str) -> SocialCard:
    """Return the words of the picture of all other pages: the site's name, what it says of itself, and its host."""
    return SocialCard(site="", title=(name,), about=about, foot=urlsplit(address).netloc.rpartition("@")[2])


def _parts(issue: Issue, headline: Headline, words: Strings) -> Iterator[str]:
    """Yield the topics that a headline joins, or the title that is none of topics."""
    rest, join = headline.title, words("site.and")
    for topic in issue.news if headline.above else ():
        if rest == topic.text or rest.startswith(f"{topic.text}{join}"):
            yield topic.text
            rest = rest.removeprefix(topic.text).removeprefix(join)
    if rest:
        yield rest
