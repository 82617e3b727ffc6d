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


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a KEP is: a person's `own` words, or the `opening` sentences of its README's summary and the `rest`.

    `url` is the README's address, `day` that of its last change; both are empty, as is `opening`, beside own words.
    """

    own: str | None = None
    opening: str = ""
    rest: str = ""
    url: str = ""
    day: dt.date | None = None


def about(enhancement: Enhancement) -> About | None:
    """Return what a KEP is; None where nobody says so.

    Where the first sentence alone is too long for the head, its beginning stands there and the rest is the whole.
    """
    if enhancement.about:
        return About(own=enhancement.about)
    summary = enhancement.summary
    if summary is None:
        return None
    opening = whole_sentences(summary.text, OPENING)
    rest = summary.text.removeprefix(opening).strip() if summary.text != opening else ""
    if opening.endswith(":"):
        opening = f"{opening[:-1]}…"
    url = f"https://github.com/kubernetes/enhancements/blob/master/{quote(summary.path)}"
    return About(opening=opening, rest=rest, url=url, day=summary.date)


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
