"""What a card of GitHub has more than others: its state on the issue's day and today, and lines of code.

Everything fetched is drawn as it is. Search leaves these lines out: what became of a thing is not what people wrote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from ..model.github import Code, GitHubFacts, Standing
from .elements import NOT_SEARCHED, add, verbatim
from .words import Strings

_SHOWN_LABELS = 5


def standing_text(standing: Standing, words: Strings) -> str:
    """Return where a thing stands in words: `merged (2026-03-02)`, `open, v1.26`; `""` where nothing tells."""
    is_open = standing.state is None or standing.state.is_open
    state = words(f"github.{standing.state}") if standing.state else None
    if state and standing.since:
        state = words("github.since", state=state, day=standing.since)
    milestone = standing.milestone if is_open else None
    release = standing.release if standing.state != "archived" else None
    return ", ".join(filter(None, (state, release, milestone)))


def standing_line(facts: GitHubFacts, day: dt.date | None, words: Strings) -> Element | None:
    """Return the line with the state of a thing on an issue's day, where different, and today; None without any.

    `data-github` and `data-github-then` are the states; labels are those of the day.
    """
    today, before = facts.today, facts.before(day)
    now, then = standing_text(today, words), before and standing_text(before, words)
    if not now:
        return None
    line = Element("p", {"class": "neco-card__facts neco-card__github", NOT_SEARCHED: "1"})
    if today.state:
        line.set("data-github", today.state)
    if then:
        if before and before.state:
            line.set("data-github-then", before.state)
        add(line, "span", f"{words('github.then', state=then)} → ", {"class": "neco-card__then"})
        now = words("github.now", state=now)
    _add_dated(line, now, today.since)
    then_labels = (facts.on(day) or Standing()).labels if day else ()
    if then_labels:
        text = words("github.labels", labels=", ".join(_some(then_labels, words)))
        add(line, "small", f" {text}", {"class": "neco-card__labels"})
    return line


def _add_dated(line: Element, text: str, day: dt.date | None) -> None:
    """Add a text to a line in which a day stands that must not break at its hyphens."""
    written = day.isoformat() if day else ""
    before, day_in_it, behind = text.partition(written) if written else (text, "", "")
    state = add(line, "b", before)
    if day_in_it:
        add(state, "time", written, {"datetime": written}).tail = verbatim(behind)


def _some(labels: tuple[str, ...], words: Strings) -> Iterator[str]:
    yield from labels[:_SHOWN_LABELS]
    if len(labels) > _SHOWN_LABELS:
        yield words("github.more_labels", count=len(labels) - _SHOWN_LABELS)


def code_block(code: Code, words: Strings) -> Element:
    """Return the lines of a permalink as code; of more lines than are shown it says how many there are."""
    block = Element("pre", {"class": "neco-card__code", "dir": "ltr", NOT_SEARCHED: "1"})
    language = {"class": f"language-{code.language.lower().replace(' ', '-')}"} if code.language else {}
    # Not a child of `pre` itself: Material would put a button to copy into it, and a card has one thing to press.
    text = SubElement(SubElement(block, "span"), "code", language)
    text.text = verbatim("\n".join(_without_indent(code.lines)))
    left = code.last - code.first + 1 - len(code.lines)
    if left > 0:
        add(block, "small", words("github.more_lines", count=left))
    return block


def _without_indent(lines: tuple[str, ...]) -> list[str]:
    """Return lines without the white space with which all of them begin, which a narrow card has no room for."""
    filled = [line for line in lines if line.strip()]
    first = min(filled, default="")
    shared = len(first) - len(first.lstrip())
    while any(line[:shared] != first[:shared] for line in filled):
        shared -= 1
    return [line[shared:] for line in lines]
