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
    known = [kep for _, kep in keps if kep]
    if sentence := summary(known, words):
        add(nav, "p", sentence, {"class": "neco-issue-keps__sum"})
    box = SubElement(nav, "details")
    add(box, "summary", words("kep.list_of_issue", count=len(keps)), {"class": "neco-issue-keps__title"})
    if remark := remarks_of_all(known, words):
        add(box, "p", remark, {"class": "neco-issue-keps__remarks"})
    entries = SubElement(box, "ul")
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
    """Return in one sentence what became of an issue's KEPs; empty if nothing came after, or undated.

    Counted is what shipped: what is only planned otherwise since, `remarks_of_all` tells.
    """
    if not _came_after(keps):
        return ""
    parts = list(_parts(keps))
    *before, last = parts
    told = [_told(it, "and", words) for it in before] + [_told(last, "end", words)]
    if not before:
        return words("issue.all_of_them", count=len(keps), told=_told(last, "all", words))
    return words("issue.of_them", total=len(keps), parts=words("issue.comma").join(told))


def remarks_of_all(keps: Sequence[KepAsOf], words: Strings) -> str:
    """Return what else a reader may want to know of all of them: plans that changed, and what may stand still."""
    told: list[str] = []
    if _came_after(keps) and (replanned := sum(it.replanned for it in keps)):
        told.append(words("issue.replanned", count=replanned))
    if stale := sum(it.stale is not None for it in keps):
        told.append(words("issue.stale", count=stale))
    return words("site.and").join(told)


def _came_after(keps: Sequence[KepAsOf]) -> bool:
    """Whether anything of the KEPs is newer than the issue.

    What counts are the days of the KEPs' newest change or release, not the lock's: an issue is drawn anew only when one
    of its KEPs changed.
    """
    day = next((kep.day for kep in keps if kep.day), None)
    newest = max((it for kep in keps for it in _days(kep)), default=None)
    return day is not None and newest is not None and newest > day


def _days(kep: KepAsOf) -> Iterator[dt.date]:
    """Yield the days since which what is shown of a KEP is so: of kep.yaml's last change, and of the release."""
    shipped = kep.today.shipped
    yield from filter(None, (kep.enhancement.source.date, shipped.since if shipped else None))


_Part = tuple[str, int, Stage | None]
"""A part of the sentence: what became of so many KEPs, of those that moved on with the stage that shipped."""


def _parts(keps: Sequence[KepAsOf]) -> Iterator[_Part]:
    movements = Counter(kep.movement for kep in keps)
    reached = Counter(kep.today.shipped.stage for kep in keps if kep.movement == "advanced" and kep.today.shipped)
    for movement in get_args(Movement):
        if movement == "advanced":
            yield from ((movement, reached[stage], stage) for stage in reversed(Stage) if reached[stage])
        elif movements[movement]:
            yield movement, movements[movement], None


def _told(part: _Part, form: str, words: Strings) -> str:
    movement, count, stage = part
    fields = {"stage": words(f"stage.{stage}")} if stage else {}
    return words(f"issue.{movement}_{form}", count=count, **fields)


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
