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
from .badges import PLANNED, Address, add_then, set_stages
from .elements import NOT_SEARCHED, add, verbatim
from .phrases import (
    claim_value,
    default_text,
    field_name,
    planned_text,
    reached_text,
    shipped_source,
    source_line,
    source_name,
    standing_text,
)
from .release_states import release_states
from .words import Strings


def issue_keps(
    numbers: Iterable[int], keps_as_of: KepsAsOf, day: dt.date | None, address: Address, words: Strings
) -> Element:
    """Return the list of an issue's KEPs, with a sentence that sums them up.

    Each entry carries in `data-more` the lines of the details that the KEP's badges show, and in `data-neco-at` what
    the KEP is in each release that readers may run.
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
            today = lines_of_today(number, kep, keps_as_of, words)
            entry.set("data-more", verbatim("\n".join([*_then(kep, words), *today])))
            entry.set("data-neco-at", release_states(kep, keps_as_of))
    return nav


def _fill(entry: Element, number: int, kep: KepAsOf, address: Address, words: Strings) -> None:
    set_stages(entry, kep)
    if kep.now and kep.now.source.pull:
        entry.set("data-pull", str(kep.now.source.pull))
    link = SubElement(entry, "a", {"href": address(number)})
    add(link, "b", f"#{number} ")
    add(link, "span", kep.state.title)
    stages = SubElement(entry, "span", {"class": "neco-then-now"})
    if kep.before:
        add_then(stages, kep.before, words)
    reached, planned = reached_text(kep.today, words), kep.today.planned
    now = SubElement(stages, "span", {"class": "neco-now"})
    if reached or not planned:
        add(now, "small", reached or words("stage.none"), {"class": "neco-stage"})
    if planned:
        add(now, "i", (" " if reached else "") + planned_text(planned, words), {"class": f"neco-plan {PLANNED}"})
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
    """Return in one or two sentences what became of the KEPs since the issue; empty if nothing came after, or undated.

    Counted is what shipped; a second sentence tells what is only planned otherwise since. The day is that of the KEPs'
    newest change or release, not the lock's: an issue is drawn anew only when one of its KEPs changed.
    """
    day = next((kep.day for kep in keps if kep.day), None)
    newest = max((it for kep in keps for it in _days(kep)), default=None)
    if day is None or newest is None or newest <= day:
        return ""
    told = words("issue.summary", day=day, newest=newest, parts=words("site.and").join(_parts(keps, words)))
    replanned = sum(kep.replanned for kep in keps)
    return told + (words("issue.replanned", count=replanned) if replanned else "")


def _days(kep: KepAsOf) -> Iterator[dt.date]:
    """Yield the days since which what is shown of a KEP is so: of kep.yaml's last change, and of the release."""
    shipped = kep.today.shipped
    yield from filter(None, (kep.enhancement.source.date, shipped.since if shipped else None))


def _parts(keps: Sequence[KepAsOf], words: Strings) -> Iterator[str]:
    movements = Counter(kep.movement for kep in keps)
    for movement in get_args(Movement):
        if movements[movement]:
            stages = _stages(keps, words) if movement == "advanced" else ""
            yield words(f"issue.movement_{movement}", count=movements[movement], stages=stages)
    if stale := sum(kep.stale is not None for kep in keps):
        yield words("issue.stale", count=stale)


def _stages(keps: Sequence[KepAsOf], words: Strings) -> str:
    """Return the stages that shipped since, with counts: `stable 12、beta 3`."""
    reached = Counter(kep.today.shipped.stage for kep in keps if kep.movement == "advanced" and kep.today.shipped)
    counts = ((words(f"stage.{stage}"), reached[stage]) for stage in reversed(Stage) if reached[stage])
    return words("site.and").join(f"{label} {count}" for label, count in counts)


# --- details ------------------------------------------------------------------------------------------------------


def _then(kep: KepAsOf, words: Strings) -> Iterator[str]:
    """Yield the line on the issue's day: what had shipped, and what was only planned."""
    if kep.day and kep.then is None:
        yield words("more.not_recorded", day=kep.day)
    elif kep.day and kep.then:
        yield words("more.then", day=kep.day, stage=standing_text(kep.then, words))


def lines_of_today(number: int, kep: KepAsOf, keps_as_of: KepsAsOf, words: Strings) -> tuple[str, ...]:
    """Return what the details of a badge say of a KEP today; worked out once for all of its badges."""
    return keps_as_of.once(("details", number, words.locale), partial(_lines, kep, words))


def _lines(kep: KepAsOf, words: Strings) -> tuple[str, ...]:
    return tuple(_today(kep, words))


def _today(kep: KepAsOf, words: Strings) -> Iterator[str]:
    """Yield the lines on today: what shipped and since when, the plan, the status, the sources, any doubts.

    A proposal that ended says no day: that of the release would read as the day of the end.
    """
    state, shipped = kep.state, kep.today.shipped
    dated = shipped.since if shipped and not kep.today.ended else None
    reached, planned = reached_text(kep.today, words) or "", kep.today.planned
    since = words("more.since", stage=reached, day=dated) if dated else reached
    plan = planned_text(planned, words) if planned else ""
    now = words("site.and").join(filter(None, (since, plan))) or words("stage.none")
    yield words("more.now", stage=now)
    if shipped and shipped.default is not None:
        yield words("more.default", default=default_text(shipped.default, words))
    if state.status:
        yield words("more.status", status=words(f"status.{state.status}"))
    yield source_line(kep.enhancement.source, words)
    if shipped:
        yield words("more.shipped_source", source=shipped_source(shipped.source, words))
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
