"""The list of an issue's KEPs under its title: each with its stage then and now, and what became of all of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import get_args
from xml.etree.ElementTree import Element, SubElement

from ..lock.kep_as_of import KepAsOf, KepsAsOf, Movement
from ..model.keps import Stage
from .badges import Address
from .elements import NOT_SEARCHED, add, verbatim
from .phrases import claim_value, field_name, source_line, source_name, stage_text
from .words import Strings


def issue_keps(
    numbers: Iterable[int], keps_as_of: KepsAsOf, day: dt.date | None, address: Address, words: Strings
) -> Element:
    """Return the list of an issue's KEPs, with a sentence that sums them up.

    Each entry carries in `data-more` the lines of the details that the KEP's badges show.
    """
    keps = [(number, keps_as_of.of(number, day)) for number in numbers]
    nav = Element("nav", {"class": "neco-issue-keps", "aria-label": words("kep.in_issue"), NOT_SEARCHED: "1"})
    nav.set("data-page-label", words("more.page"))
    add(nav, "p", words("kep.in_issue"), {"class": "neco-issue-keps__title"})
    if sentence := summary([kep for _, kep in keps if kep], words):
        add(nav, "p", sentence, {"class": "neco-issue-keps__sum"})
    entries = SubElement(nav, "ul")
    for number, kep in keps:
        entry = SubElement(entries, "li", {"data-kep": str(number)})
        if kep is None:
            add(entry, "span", f"KEP-{number}")
            add(entry, "small", words("kep.missing"))
        else:
            _fill(entry, number, kep, address, words)
            today = keps_as_of.once(("details", number, words.locale), partial(_lines, kep, words))
            entry.set("data-more", verbatim("\n".join([*_then(kep, words), *today])))
    return nav


def _fill(entry: Element, number: int, kep: KepAsOf, address: Address, words: Strings) -> None:
    if kep.state.stage:
        entry.set("data-stage", kep.state.stage)
    if kep.now and kep.now.source.pull:
        entry.set("data-pull", str(kep.now.source.pull))
    link = SubElement(entry, "a", {"href": address(number)})
    add(link, "b", f"#{number} ")
    add(link, "span", kep.state.title)
    stages = SubElement(entry, "span", {"class": "neco-then-now"})
    if kep.before:
        add(stages, "span", f"{stage_text(kep.before, words)} → ", {"class": "neco-kep__then"})
    add(stages, "small", stage_text(kep.state, words), {"class": "neco-stage"})
    for remark in _remarks(kep, words):
        add(stages, "small", f" {remark}", {"class": "neco-remark"})


def _remarks(kep: KepAsOf, words: Strings) -> Iterator[str]:
    """Yield what a reader must see of a KEP unasked: that nothing moves, that sources disagree about the stage."""
    if kep.stale:
        yield words("kep.stale", count=kep.stale)
    for claim in kep.enhancement.claims:
        if claim.field == "stage":
            yield words("kep.claim", source=source_name(claim.source, words), value=claim_value(claim, words))


# --- the sum ------------------------------------------------------------------------------------------------------


def summary(keps: Sequence[KepAsOf], words: Strings) -> str:
    """Return one sentence on what became of the KEPs since the issue; empty without a date, or if nothing came after.

    The sentence names the day of the KEPs' newest change, not the lock's: an issue is drawn anew only when one of its
    KEPs changed.
    """
    day = next((kep.day for kep in keps if kep.day), None)
    newest = max((it.enhancement.source.date for it in keps if it.enhancement.source.date), default=None)
    if day is None or newest is None or newest <= day:
        return ""
    return words("issue.summary", day=day, newest=newest, parts=words("site.and").join(_parts(keps, words)))


def _parts(keps: Sequence[KepAsOf], words: Strings) -> Iterator[str]:
    movements = Counter(kep.movement for kep in keps)
    for movement in get_args(Movement):
        if movements[movement]:
            stages = _stages(keps, words) if movement == "advanced" else ""
            yield words(f"issue.movement_{movement}", count=movements[movement], stages=stages)
    if stale := sum(kep.stale is not None for kep in keps):
        yield words("issue.stale", count=stale)


def _stages(keps: Sequence[KepAsOf], words: Strings) -> str:
    """Return the stages that KEPs reached, with counts: `stable 12、beta 3`."""
    reached = Counter(kep.state.stage for kep in keps if kep.movement == "advanced")
    counts = ((words(f"stage.{stage}"), reached[stage]) for stage in reversed(Stage) if reached[stage])
    return words("site.and").join(f"{label} {count}" for label, count in counts)


# --- details ------------------------------------------------------------------------------------------------------


def _then(kep: KepAsOf, words: Strings) -> Iterator[str]:
    """Yield the line on what was true of a KEP on the issue's day."""
    if kep.day:
        if kep.then and kep.then.state:
            yield words("more.then", day=kep.day, stage=stage_text(kep.then.state, words))
        else:
            yield words("more.not_recorded", day=kep.day)


def _lines(kep: KepAsOf, words: Strings) -> tuple[str, ...]:
    return tuple(_today(kep, words))


def _today(kep: KepAsOf, words: Strings) -> Iterator[str]:
    """Yield the lines on what is true of a KEP now: the stage and since when, the status, the source, any doubts."""
    state = kep.state
    now = stage_text(state, words)
    yield words("more.now_since", stage=now, day=kep.now.date) if kep.now else words("more.now", stage=now)
    if state.status:
        yield words("more.status", status=words(f"status.{state.status}"))
    yield source_line(kep.enhancement.source, words)
    last = kep.enhancement.history[-1] if kep.enhancement.history else None
    if last and last.gap:
        yield words(f"gap.{last.gap}", day=last.date)
    if kep.stale:
        yield words("kep.stale", count=kep.stale)
    for claim in kep.enhancement.claims:
        yield words(
            "more.claim",
            field=field_name(claim.field, words),
            source=source_name(claim.source, words),
            value=claim_value(claim, words),
        )
