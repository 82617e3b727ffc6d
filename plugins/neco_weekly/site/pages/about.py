"""What the head of a KEP's page says: what the KEP is, in a person's words or its README's, and since when it stands.

Nothing is invented: a KEP whose README has no summary, and of which no person said what it is, has no such words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import quote

from ...lock.kep_as_of import KepAsOf, closed
from ...model.keps import Enhancement
from ...model.text import whole_sentences

OPENING = 240
"""The most characters of a README's summary in the head: what we wrote of the KEP is to be in the first view, too."""

OWN_OPENING = 180
"""The most characters of a person's words there: Japanese ones are twice as wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a KEP or a topic is: the `opening` sentences of a person's words or of a README's summary, and the `rest`.

    `url` is the README's address, `day` that of its last change; both are empty for a person's words.
    """

    opening: str
    rest: str = ""
    url: str = ""
    day: dt.date | None = None


def about(enhancement: Enhancement) -> About | None:
    """Return what a KEP is; None where nobody says so."""
    if enhancement.about:
        return own_words(enhancement.about)
    summary = enhancement.summary
    if summary is None:
        return None
    opening, rest = _cut(summary.text, OPENING)
    if opening.endswith(":"):  # a list follows, which is not quoted
        opening = f"{opening[:-1]}…"
    url = f"https://github.com/kubernetes/enhancements/blob/master/{quote(summary.path)}"
    return About(opening=opening, rest=rest, url=url, day=summary.date)


def own_words(text: str) -> About:
    """Return a person's words on what a thing is."""
    opening, rest = _cut(text, OWN_OPENING)
    return About(opening=opening, rest=rest)


def _cut(text: str, limit: int) -> tuple[str, str]:
    """Return the first sentences of a text and the rest, which is the whole where the first sentence alone is cut."""
    opening = whole_sentences(text, limit)
    return opening, text.removeprefix(opening).strip() if text != opening else ""


def since(kep: KepAsOf) -> dt.date | None:
    """Return the day since which a KEP stands where it stands: that of its end, else of the release it shipped with."""
    if kep.today.ended is None:
        return kep.today.shipped.since if kep.today.shipped else None
    day = None
    for record in reversed(kep.enhancement.history):
        if record.state is None or closed(record.state) != kep.today.ended:
            break
        day = record.date
    return day
