"""What an issue is about, in its own headings: the ones that carry its news, and a title made of the first of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from ..model.issues import Heading, Section
from ..model.text import one_line
from .issue_titles import RUBRICS, is_topic, plain_form

MOST_IN_TITLE = 3
"""The number of topics that a title of topics has at most."""

WIDEST_TITLE = 58
"""The width of a title of topics at most, in full-width characters: three lines of a phone, with room for their ends.

Sixty would be the most that three lines of twenty hold.
"""

_NARROW = 0.55
"""The width of a letter that is not full-width, as bold type has it on average (0.53 to 0.57 in fonts of systems)."""

_REFERENCE = re.compile(
    r"[(（\[［【]\s*(?:KEP[-\s]?#?|#)0*\d{1,5}\s*[)）\]］】]\s*[:：]?\s*"
    r"|(?<![\w&/])(?:KEP[-\s]?#?|#)0*\d{1,5}(?!\w)\s*[:：]?\s*",
    re.IGNORECASE | re.ASCII,
)
"""A reference to a KEP as headings have it, with what joins it to the words: `#127 `, `KEP-2091: `, ` (KEP-5)`."""

_PARTICLE = re.compile("[のはがをにともでへ]|から|まで|より")
"""What joins words to the reference before them: `KEP-127 の話` is no `の話`."""

_BACK = re.compile(
    r"^(?:前(?:の)?(?:号|回|週)|先週(?:号)?|前の\d+回)(?:に|の|から|まで|で)|からの訂正|^(?:付録|そのほか|その他)(?:\b|[:：\s]|$)"
    r"|^.{1,20}チームとは$|^(?:about|appendix|corrections?|previously|last week)\b",
    re.IGNORECASE,
)
"""Headings of other issues, of an appendix, of who writes: a section that carries no news."""


def news_of(sections: Iterable[Section]) -> tuple[Heading, ...]:
    """Return the headings of an issue that carry its news, references taken out, in the order of the text.

    Of headings of the second and third level, one that has others below it names what they have in common: `✨ New
    Features`. So the news are those without any below. Where the third level has enough for a title, these come first:
    beside rubrics, a section of the second level tells of the team, or of other issues.
    """
    found = [it for it in sections if it.level in (2, 3) and it.anchor]
    below = {one.anchor for one, other in pairwise(found) if other.level > one.level}
    leaves = [it for it in found if it.anchor not in below and _is_news(it.title)]
    thirds = [it for it in leaves if it.level == 3]
    if len(thirds) >= MOST_IN_TITLE:
        leaves = [*thirds, *(it for it in leaves if it.level != 3)]
    if not leaves:  # all that there is are rubrics, or sections without news
        leaves = [it for it in found if is_topic(it.title)]
    texts = {without_references(it.title): it.anchor for it in reversed(leaves)}
    return tuple(Heading(text=text, anchor=texts[text]) for text in reversed(texts))


def without_references(heading: str) -> str:
    """Return the words of a heading without references to KEPs; the heading itself where the words need them.

    `#5 PodSecurityPolicy + #2579 PodSecurity admission` is `PodSecurityPolicy + PodSecurity admission`.
    """
    words = one_line(_REFERENCE.sub("", heading)).strip(" +:：、,")
    return words if plain_form(words) and not _PARTICLE.match(words) else one_line(heading)


def title_of_topics(topics: Sequence[str], join: str) -> str:
    """Return the first topics of an issue as a title, at most three, and no wider than 58 full-width characters.

    One that would make it wider is passed over; only where the first alone is wider, that is cut. Empty without topics.
    """
    chosen: list[str] = []
    for topic in topics:
        if len(chosen) < MOST_IN_TITLE and width_of(join.join([*chosen, topic])) <= WIDEST_TITLE:
            chosen.append(topic)
        elif not chosen:
            return _cut(topic)
    return join.join(chosen)


def width_of(text: str) -> float:
    """Return the width of a text in full-width characters (UAX #11), as bold type has it."""
    return sum(map(_width, text))


@lru_cache(maxsize=1 << 14)
def _width(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else _NARROW


def count_within(text: str, widest: float) -> int:
    """Return how many characters of a text are together no wider than so many full-width characters."""
    width = 0.0
    for place, sign in enumerate(text):
        width += _width(sign)
        if width > widest:
            return place
    return len(text)


def _cut(topic: str) -> str:
    text = topic
    while width_of(text) > WIDEST_TITLE - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _is_news(title: str) -> bool:
    words = one_line(title)
    return is_topic(words) and plain_form(words) not in RUBRICS and not _BACK.search(words)


# --- titles that say nothing ---------------------------------------------------------------------------------------

_WHEN = re.compile(
    r"\d+|[第号回週巻年月日]"
    r"|\b(?:vol(?:ume)?|no|nr|issue|number|edition|week|st|nd|rd|th)\b"
    r"|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
"""Parts of a day and of a number, and the words around them."""

_KINDS = re.compile(r"\b(?:daily|weekly|monthly|newsletter|digest)\b|ウィークリー|週報|月報")
"""Words for what comes out again and again, which the name of a site may lack."""


def rest_of_title(title: str, site: str) -> str:
    """Return what a title says beside the site's name, a number and a day, in a form by which titles are compared.

    Empty for one that says nothing else: `Neco Weekly (2022-08-26号)` on a site that is called Neco Weekly.
    """
    text, name = (" ".join(unicodedata.normalize("NFKC", it).casefold().split()) for it in (title, site))
    if name:
        text = text.replace(name, " ")
    return plain_form(_KINDS.sub(" ", _WHEN.sub(" ", text)))
