"""Embedly's HTML as `@[card](…)`, with no more of Embedly's words than the card needs to say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from ...display.card_words import Shown
from ...extension.embedly import embedly, pieces
from ...grammar.card_lines import CardLine, CardSyntaxError, read_card_line
from ...lock.store import Lock
from ...model.cards import CardText

_NEEDS_QUOTES = re.compile(r'(["\\])')


def embedly_cards(text: str, lock: Lock) -> Iterator[tuple[int, int, str, str]]:
    """Yield where Embedly's HTML begins and ends in a text, the address, and what is written instead.

    That is a card, alone on its lines; nothing stands for Embedly's script, which goes with the end of its line.
    """
    found = list(pieces(text))
    ends = accumulate(len(before) + len(pasted) for before, pasted in found)
    for (_, pasted), end in zip(found, ends, strict=True):
        start = end - len(pasted)
        card = embedly(pasted)
        if card is not None and _is_alone(text, start, end) and (line := _line(card, lock)):
            yield start, end, card.url, line
        elif pasted.lower().startswith("<script") and _is_alone(text, start, end):
            yield start, min(end + 1, len(text)), "//cdn.embedly.com", ""


def _is_alone(text: str, start: int, end: int) -> bool:
    behind = text.find("\n", end)
    after = text[end : behind if behind >= 0 else len(text)]
    return (start == 0 or text[start - 1] == "\n") and not after.strip()


def _line(card: CardLine, lock: Lock) -> str | None:
    """Return the shortest line that asks for the same card; None where no line does."""
    title, description = card.text.title, card.text.description
    fetched, rule = lock.card(card.url), lock.card_rule(card.url)
    wanted = Shown.of(card.url, card.text, fetched, rule)
    for with_title, with_description in ((None, None), (None, description), (title, None), (title, description)):
        if Shown.of(card.url, CardText(title=with_title, description=with_description), fetched, rule) != wanted:
            continue
        line = f"@[card]({card.url}){_attributes(title=with_title, desc=with_description)}"
        return line if _reads_as(line, card.url, with_title, with_description) else None
    return None


def _attributes(**values: str | None) -> str:
    written = [f'{name}="{_quoted(value)}"' for name, value in values.items() if value]
    return f"{{{' '.join(written)}}}" if written else ""


def _quoted(value: str) -> str:
    return _NEEDS_QUOTES.sub(r"\\\1", value)


def _reads_as(line: str, url: str, title: str | None, description: str | None) -> bool:
    try:
        read = read_card_line(line)
    except CardSyntaxError:
        return False
    said = read and (read.url, read.text.title or None, read.text.description or None, read.mistakes)
    return said == (url, title or None, description or None, ())
