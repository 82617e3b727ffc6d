"""A KEP as the lines that `neco kep` prints on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from ...display.phrases import stage_and_release
from ...model.history import Change, Difference, changes, planned_releases, releases_without_change
from ...model.keps import DetailValue, Enhancement, EnhancementState, Source, Stage
from .known_kep import ENGLISH, GAPS, KnownKep, iso, state_and_source

_SOURCES = {
    "git": "kep.yaml",
    "keps-json": "keps.json",
    "github-issue": "GitHub issue",
    "override": "overrides.yml",
}


def kep_lines(known: KnownKep, day: dt.date | None) -> Iterator[str]:
    """Yield the lines that show a KEP as of a day, or as of today with its history and our issues."""
    enhancement, state, source = state_and_source(known, day)
    yield f"{click.style(enhancement.name, bold=True)}  {click.style(state.title, bold=True)}"
    yield "  ".join((_coloured(state), state.status or "no status", state.sig or "no SIG"))
    if day:
        yield f"as of {day}; {_now(known, enhancement, state)}"
    else:
        yield from _notes(known, enhancement)
    yield ""
    yield from _facts(enhancement, state, source, history=day is None)
    if day is None:
        yield from _history(enhancement)
        yield from _issues(known, enhancement)
    yield ""
    yield enhancement.issue_url


def _coloured(state: EnhancementState) -> str:
    colours = {Stage.ALPHA: "magenta", Stage.BETA: "yellow", Stage.STABLE: "green"}
    return click.style(stage_and_release(state, ENGLISH), fg=colours.get(state.stage) if state.stage else None)


def _now(known: KnownKep, enhancement: Enhancement, then: EnhancementState) -> str:
    now, newest = enhancement.state, known.record(None)
    if newest and newest.gap:
        return GAPS[newest.gap].format(date=newest.date)
    if (stage_and_release(now, ENGLISH), now.status) == (stage_and_release(then, ENGLISH), then.status):
        return f"unchanged on {known.as_of}"
    return f"on {known.as_of}: {_coloured(now)}, {now.status or 'no status'}"


def _notes(known: KnownKep, enhancement: Enhancement) -> Iterator[str]:
    if count := releases_without_change(enhancement, known.releases, known.as_of):
        yield click.style(f"Possibly stale: no change for {count} releases.", fg="red")
    for claim in enhancement.claims:
        source = f"{_SOURCES[claim.source.kind]}{f', {claim.source.date}' if claim.source.date else ''}"
        yield click.style(f"{_words(claim.field)}: {source} says {claim.value}", fg="red")
    if enhancement.note:
        yield enhancement.note


def _facts(enhancement: Enhancement, state: EnhancementState, source: Source, *, history: bool) -> Iterator[str]:
    for stage in Stage:
        planned = planned_releases(enhancement, stage) if history else ()
        if stage in state.milestones or planned:
            rewritten = f"  ({' → '.join(it or 'none' for it in planned)})" if len(planned) > 1 else ""
            yield _fact(stage, f"{state.milestones.get(stage) or '–'}{rewritten}")
    yield _fact("gates", ", ".join(state.feature_gates))
    for name, value in enhancement.details.values.items() if history else ():
        label = ENGLISH(f"detail.{name}")
        yield _fact(label[0].lower() + label[1:], _detail(value))
    for name, written in state.raw.items():
        yield _fact("written", f"{name}: {written}")
    parts = (_SOURCES[source.kind], source.path, iso(source.date), f"PR #{source.pull}" if source.pull else None)
    yield _fact("source", ", ".join(filter(None, parts)))


def _detail(value: DetailValue) -> str:
    """Return the value of a KEP's detail, texts, a day or references, in one line."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return ", ".join(it if isinstance(it, str) else f"KEP-{it.kep}" if it.kep else it.url or it.text for it in value)


def _fact(name: str, value: str) -> str:
    return f"  {click.style(f'{name:<20}', dim=True)}{value or '–'}"


def _history(enhancement: Enhancement) -> Iterator[str]:
    known_changes = list(changes(enhancement))
    if known_changes:
        yield ""
        yield click.style("History", bold=True)
    for change in reversed(known_changes):
        pull = f"#{change.record.source.pull}" if change.record.source.pull else ""
        yield f"  {change.record.date}  {click.style(f'{pull:<6}', dim=True)}  {_change(change)}"


def _change(change: Change) -> str:
    record = change.record
    if record.state is None:
        return GAPS[record.gap or "deleted"].format(date=record.date)
    if change.first:
        seen = "first seen" if record.observed else "first recorded"
        return f"{seen}: {stage_and_release(record.state, ENGLISH)}, {record.state.status or 'no status'}"
    return "; ".join(_difference(it) for it in change.differences) or "recorded again"


def _difference(difference: Difference) -> str:
    return f"{_words(difference.field)} {difference.before or 'none'} → {difference.after or 'none'}"


def _words(field: str) -> str:
    return field.removeprefix("milestones.").replace("_", " ")


def _issues(known: KnownKep, enhancement: Enhancement) -> Iterator[str]:
    if known.issues:
        yield ""
        yield click.style("Our issues", bold=True)
    for issue, mentions in known.issues:
        record = enhancement.at(issue.date) if issue.date else None
        then = f"  ({stage_and_release(record.state, ENGLISH)} then)" if record and record.state else ""
        yield f"  {iso(issue.date) or '':<10}  {issue.title}{then}"
        for heading in dict.fromkeys(mention.heading.text for mention in mentions if mention.heading):
            if heading != issue.title:
                yield f"              {heading}"
