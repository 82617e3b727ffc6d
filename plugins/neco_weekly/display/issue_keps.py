"""The list of an issue's KEPs under its title: each with its stage then and now, and what became of them in all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import get_args
from xml.etree.ElementTree import Element, SubElement

from ..lock.kep_as_of import Outlook, Outlooks, Turn
from ..model.keps import Stage
from .badges import Address
from .elements import NOT_SEARCHED, add, verbatim
from .phrases import claim_value, field_name, source_line, source_name, stage_text
from .words import Strings


def issue_keps(
    numbers: Iterable[int], outlooks: Outlooks, day: dt.date | None, address: Address, words: Strings
) -> Element:
    """The list, with a sentence that sums it up. Each entry carries in `data-more` the lines of its badges' details."""
    keps = [(number, outlooks.of(number, day)) for number in numbers]
    nav = Element("nav", {"class": "neco-issue-keps", "aria-label": words("kep.in_issue"), NOT_SEARCHED: "1"})
    nav.set("data-page-label", words("more.page"))
    add(nav, "p", words("kep.in_issue"), {"class": "neco-issue-keps__title"})
    if sentence := summary([outlook for _, outlook in keps if outlook], words):
        add(nav, "p", sentence, {"class": "neco-issue-keps__sum"})
    entries = SubElement(nav, "ul")
    for number, outlook in keps:
        entry = SubElement(entries, "li", {"data-kep": str(number)})
        if outlook is None:
            add(entry, "span", f"KEP-{number}")
            add(entry, "small", words("kep.missing"))
        else:
            _fill(entry, number, outlook, address, words)
            today = outlooks.once(("details", number, words.locale), partial(_lines, outlook, words))
            entry.set("data-more", verbatim("\n".join([*_then(outlook, words), *today])))
    return nav


def _fill(entry: Element, number: int, outlook: Outlook, address: Address, words: Strings) -> None:
    if outlook.state.stage:
        entry.set("data-stage", outlook.state.stage)
    if outlook.now and outlook.now.source.pull:
        entry.set("data-pull", str(outlook.now.source.pull))
    link = SubElement(entry, "a", {"href": address(number)})
    add(link, "b", f"#{number} ")
    add(link, "span", outlook.state.title)
    stages = SubElement(entry, "span", {"class": "neco-then-now"})
    if outlook.before:
        add(stages, "span", f"{stage_text(outlook.before, words)} → ", {"class": "neco-kep__then"})
    add(stages, "small", stage_text(outlook.state, words), {"class": "neco-stage"})
    for remark in _remarks(outlook, words):
        add(stages, "small", f" {remark}", {"class": "neco-remark"})


def _remarks(outlook: Outlook, words: Strings) -> Iterator[str]:
    """What a reader must see without asking: that nothing moves, and that sources disagree about the stage."""
    if outlook.stale:
        yield words("kep.stale", count=outlook.stale)
    for claim in outlook.enhancement.claims:
        if claim.field == "stage":
            yield words("kep.claim", source=source_name(claim.source, words), value=claim_value(claim, words))


# --- the sum ------------------------------------------------------------------------------------------------------


def summary(outlooks: Sequence[Outlook], words: Strings) -> str:
    """One sentence on what became of the KEPs since the issue; empty where it has no date, or nothing came after it.

    It names the day of their newest change, not the lock's: an issue is drawn anew only when one of its KEPs changed.
    """
    day = next((outlook.day for outlook in outlooks if outlook.day), None)
    newest = max((it.enhancement.source.date for it in outlooks if it.enhancement.source.date), default=None)
    if day is None or newest is None or newest <= day:
        return ""
    return words("issue.summary", day=day, newest=newest, parts=words("site.and").join(_parts(outlooks, words)))


def _parts(outlooks: Sequence[Outlook], words: Strings) -> Iterator[str]:
    turns = Counter(outlook.turn for outlook in outlooks)
    for turn in get_args(Turn):
        if turns[turn]:
            stages = _stages(outlooks, words) if turn == "advanced" else ""
            yield words(f"issue.turn_{turn}", count=turns[turn], stages=stages)
    if stale := sum(outlook.stale is not None for outlook in outlooks):
        yield words("issue.stale", count=stale)


def _stages(outlooks: Sequence[Outlook], words: Strings) -> str:
    """`stable 12、beta 3`: the stages that were reached."""
    reached = Counter(outlook.state.stage for outlook in outlooks if outlook.turn == "advanced")
    counts = ((words(f"stage.{stage}"), reached[stage]) for stage in reversed(Stage) if reached[stage])
    return words("site.and").join(f"{label} {count}" for label, count in counts)


# --- details ------------------------------------------------------------------------------------------------------


def _then(outlook: Outlook, words: Strings) -> Iterator[str]:
    """What was true on the issue's day."""
    if outlook.day:
        if outlook.then and outlook.then.state:
            yield words("more.then", day=outlook.day, stage=stage_text(outlook.then.state, words))
        else:
            yield words("more.not_recorded", day=outlook.day)


def _lines(outlook: Outlook, words: Strings) -> tuple[str, ...]:
    return tuple(_today(outlook, words))


def _today(outlook: Outlook, words: Strings) -> Iterator[str]:
    """What is true now: the stage and since when, the status, the source, any doubts."""
    state = outlook.state
    now = stage_text(state, words)
    yield words("more.now_since", stage=now, day=outlook.now.date) if outlook.now else words("more.now", stage=now)
    if state.status:
        yield words("more.status", status=words(f"status.{state.status}"))
    yield source_line(outlook.enhancement.source, words)
    last = outlook.enhancement.history[-1] if outlook.enhancement.history else None
    if last and last.gap:
        yield words(f"gap.{last.gap}", day=last.date)
    if outlook.stale:
        yield words("kep.stale", count=outlook.stale)
    for claim in outlook.enhancement.claims:
        yield words(
            "more.claim",
            field=field_name(claim.field, words),
            source=source_name(claim.source, words),
            value=claim_value(claim, words),
        )
