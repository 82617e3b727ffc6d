"""A page's answer that looks as if another page had answered: proposed beside the card, and not taken.

A page that was known by its own title and says something else today may have been renamed, or a log-in, an error or the
front page of its site has answered in its place. Which of the two is not always certain from the page alone
(`Extraction.doubts`); the card of before tells more: what was there and is gone. Where in doubt, a person decides, and
the decision is a word in the lock.
"""

from __future__ import annotations

import datetime as dt
import shlex
import unicodedata
from urllib.parse import urlsplit

from ..grammar.urls import day_in_address, host_of
from ..model.cards import Card, Proposal
from ..model.extraction import CALLS_ITSELF_FRONT, Extraction

ARTICLE = "article"
"""The origin of pictures that stand in a page's text, where the page names none of its own."""


EACH_TIME = "says something else each time"
"""The reason of a proposal that has taken the place of another one."""


def suspicion(old: Card, read: Extraction) -> str | None:
    """Return why a page's answer is not to be taken for a card that is known, as a clause without a subject.

    None where it can be taken: the card has no title, or the page still has that title, or nothing is odd.
    """
    if old.title is None or _letters(old.title) == _letters(read.title.value):
        return None
    is_named, was_named = (_is_name(title, old, read) for title in (read.title.value, old.title))
    if urlsplit(old.url).path.strip("/") and is_named and not was_named:
        return "says no more than the name of its site"
    # A card that is called as its site loses nothing where its page has found a title, whatever the page calls itself.
    doubts = [it for it in read.doubts if not (was_named and not is_named and it == CALLS_ITSELF_FRONT)]
    return doubts[0] if doubts else _lost(old, read)


def proposal(read: Extraction, reason: str, standing: Proposal | None, today: dt.date) -> Proposal:
    """Return what a page says as a proposal: the one that stands already, with its decision, if that says so.

    A page that said something else before is one that says something else each time, and the next that it says changes
    nothing: a stand-in with a word of chance in its title would be news of every refresh, and ask again in spite of a
    decision.
    """
    if standing and (standing.reason == EACH_TIME or says(standing, read)):
        return standing
    return Proposal(
        title=read.title.value,
        description=read.description.value if read.description else None,
        site=read.site.value if read.site else None,
        published=read.published,
        reason=EACH_TIME if standing else reason,
        date=today,
    )


def says(standing: Proposal, read: Extraction) -> bool:
    """Whether a page says what a proposal holds. Titles decide, without digits: a stand-in may count its visitors."""
    return _letters(standing.title, digits=False) == _letters(read.title.value, digits=False)


def open_proposal(url: str, card: Card | None) -> str | None:
    """Return a line about a card's proposal for who decides it; None without one, or with one that is decided."""
    if card is None or card.proposed is None or card.proposed.decision == "reject":
        return None
    new = card.proposed
    return (
        f"{url}: the page {new.reason}: {new.title!r} instead of {card.title!r}, which stays; "
        f"`neco refresh {shlex.quote(url)} --accept` takes it, as does accept for its decision in cards.json, "
        "and reject is the end of the question"
    )


def still_has_picture(old: Card, read: Extraction) -> bool:
    """Whether a page has pictures of the kind that a card has: one in its text does not stand for one that it named."""
    if old.origins.get("image") == ARTICLE:
        return bool(read.images)
    return any(it.origin != ARTICLE for it in read.images)


def _lost(old: Card, read: Extraction) -> str | None:
    """Return that all is gone that a card had beside its title.

    Of 2,021 changes in the histories of 110 sites' pages that was so in four; a stand-in in any language has no more.
    """
    address = day_in_address(old.url)  # any page there has this day, a stand-in as well
    day, day_today = (it if it != address else None for it in (old.published, read.published))
    had = {"description": old.description, "picture": old.image, "date": day}
    has = {"description": read.description, "picture": still_has_picture(old, read), "date": day_today}
    known = [name for name, value in had.items() if value]
    if known and not any(has[name] for name in known):
        return f"has another title, and no {' or '.join(known)} any more"
    return None


def _is_name(title: str, old: Card, read: Extraction) -> bool:
    """Whether a title is the name of the site or of the host, and nothing else."""
    labels = host_of(old.url).removeprefix("www.").split(".")
    hosts = [".".join(labels[at:]) for at in range(len(labels) - 1)]  # with those that it is a part of
    names = [
        old.site or "",
        read.site.value if read.site else "",
        *hosts,
        labels[0],
        f"www.{hosts[-1]}" if hosts else "",
    ]
    return _letters(title) in {_letters(it) for it in names if it}


def _letters(text: str, *, digits: bool = True) -> str:
    """Return the letters and digits of a text, to compare two texts; the text itself where it has none of them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(it for it in folded if (it.isalnum() if digits else it.isalpha())) or folded
