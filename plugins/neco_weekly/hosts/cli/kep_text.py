"""A KEP as the lines that `neco kep` prints on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import click

from ...display.phrases import (
    planned_release,
    planned_text,
    reached_text,
    shipped_source,
    shipped_text,
    stage_and_release,
)
from ...display.release_words import exception_text
from ...display.row_words import row_reason, row_standing
from ...lock.kep_as_of import Standing
from ...model.gates import FeatureGate
from ...model.history import Change, Difference, changes, planned_releases
from ...model.keps import DetailValue, Enhancement, EnhancementState, Stage
from ...model.release_rows import Outcome
from ...model.shipping import Shipped
from .gate_text import by_default, gate_lines, gates_of_kep, no_record, sources
from .known_kep import ENGLISH, GAPS, KnownKep, iso

_SOURCES = {
    "git": "kep.yaml",
    "keps-json": "keps.json",
    "github-issue": "GitHub issue",
    "override": "overrides.yml",
}


def kep_lines(known: KnownKep) -> Iterator[str]:
    """Yield the lines that show a KEP as of a day, or as of today with its history and our issues."""
    enhancement, (state, _) = known.enhancement, known.said
    yield f"{click.style(enhancement.name, bold=True)}  {click.style(state.title, bold=True)}"
    yield standing_line(known)
    if known.day:
        yield f"as of {known.day}; {_now(known)}"
    else:
        yield from _notes(known, enhancement)
    yield ""
    yield from _facts(known)
    yield from _section("", gates_of_kep(known))
    if known.day is None:
        yield from _section("Exceptions from freezes", _exceptions(known))
        yield from _section("Planned at a freeze, and did not come", _failed(known))
        yield from _section("History of kep.yaml", _history(enhancement))
        yield from _section("Our issues", _issues(known))
    yield ""
    yield enhancement.issue_url


def _exceptions(known: KnownKep) -> Iterator[str]:
    """Yield a line for each exception asked for for a KEP."""
    for release, request in known.exceptions:
        yield f"  {exception_text(release, request, ENGLISH)}{f' {request.thread}' if request.thread else ''}"


def _failed(known: KnownKep) -> Iterator[str]:
    """Yield a line for each plan of a freeze that did not ship: what became of it, and why."""
    for release, row, request in known.failed:
        why = row_reason(row, release, request, known.enhancement.state.status, ENGLISH)
        yield f"  {release}  {row_standing(row, ENGLISH)}{'' if row.outcome is Outcome.UNKNOWN else f'; {why}'}"


def gate_page(gate: FeatureGate, keps: Sequence[KnownKep], without: Mapping[int, str]) -> Iterator[str]:
    """Yield the lines that show a gate of several KEPs: its stages, then where each KEP stands.

    `without` are the sentences that say why of a KEP nothing can be said, by the KEP's number.
    """
    first = keps[0]
    yield click.style(gate.name, bold=True)
    if first.day:
        yield f"as of {first.day}"
    yield ""
    yield from (f"  {line}" for line in gate_lines(gate, first.keps, first.day))
    yield from (f"  {line}" for line in sources(first.keps))
    if not first.keps.lock.gates.sources:
        yield f"  {no_record(first.where)}"
    yield ""
    yield click.style("Named by", bold=True)
    for known in keps:
        if known.number in without:
            yield f"  {without[known.number]}"
            continue
        yield f"  {known.enhancement.name}  {known.said[0].title}"
        yield f"    {standing_line(known)}"


def standing_line(known: KnownKep) -> str:
    """Return what shipped, what is planned and whose it is: `beta v1.30 (off by default)  planned: stable v1.38`."""
    state, _ = known.said
    return "  ".join((*_stands(known, known.standing, known.day), state.sig or "no SIG"))


def _stands(known: KnownKep, standing: Standing, day: dt.date | None) -> Iterator[str]:
    """Yield how a proposal ended and what shipped of it with what its gates are by default, then what is planned."""
    colours = {Stage.ALPHA: "magenta", Stage.BETA: "yellow", Stage.STABLE: "green"}
    shipped, newest = standing.shipped, known.keps.releases.newest(known.until(day))
    text = reached_text(standing, ENGLISH) or ENGLISH("stage.none")
    coloured = click.style(text, fg=colours.get(shipped.stage) if shipped and not standing.ended else None)
    default = by_default(shipped, known.found.gates, newest) if shipped and newest else None
    yield f"{coloured} ({default})" if default else coloured
    if standing.planned:
        yield planned_text(standing.planned, ENGLISH)


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield lines after an empty one and their title; nothing where there are none."""
    for place, line in enumerate(lines):
        if place == 0:
            yield ""
            yield from [click.style(title, bold=True)] if title else []
        yield line


def _now(known: KnownKep) -> str:
    """Return what became of a KEP since a day."""
    then, now, newest = known.standing, known.found.today, next(reversed(known.enhancement.history), None)
    if newest and newest.gap:
        return GAPS[newest.gap].format(date=newest.date)
    defaults = {it.shipped.default for it in (then, now) if it.shipped} - {None}
    if (then.seen, then.plan) == (now.seen, now.plan) and len(defaults) < 2:
        return f"unchanged on {known.as_of}"
    return f"on {known.as_of}: {', '.join(_stands(known, now, None))}"


def _notes(known: KnownKep, enhancement: Enhancement) -> Iterator[str]:
    if count := known.found.stale:
        yield click.style(f"Possibly stale: no change for {count} releases.", fg="red")
    for claim in enhancement.claims:
        source = f"{_SOURCES[claim.source.kind]}{f', {claim.source.date}' if claim.source.date else ''}"
        yield click.style(f"{_words(claim.field)}: {source} says {claim.value}", fg="red")
    if enhancement.note:
        yield enhancement.note


def _facts(known: KnownKep) -> Iterator[str]:
    enhancement, (state, source), today = known.enhancement, known.said, known.day is None
    yield from _shipped(known.standing.shipped)
    yield _fact(f"{_SOURCES[source.kind]} says", said_text(known.written))
    for stage in Stage:
        planned = planned_releases(enhancement, stage) if today else ()
        if stage in state.milestones or planned:
            rewritten = f"  ({' → '.join(it or 'none' for it in planned)})" if len(planned) > 1 else ""
            yield _fact(stage, f"{_milestone(known, state.milestones.get(stage))}{rewritten}")
    yield _fact("gates", ", ".join(state.feature_gates))
    for name, value in enhancement.details.values.items() if today else ():
        label = ENGLISH(f"detail.{name}")
        yield _fact(label[0].lower() + label[1:], _detail(value))
    if today and (about := enhancement.summary):
        yield _fact("summary", f"{about.text} ({', '.join(filter(None, ('README.md', iso(about.date))))})")
    for name, written in state.raw.items():
        yield _fact("written", f"{name}: {written}")
    parts = (_SOURCES[source.kind], source.path, iso(source.date), f"PR #{source.pull}" if source.pull else None)
    yield _fact("source", ", ".join(filter(None, parts)))


def said_text(state: EnhancementState) -> str:
    """Return what a kep.yaml says of itself, in its own words: `stable, implemented, latest v1.36`."""
    latest = f"latest {state.latest_milestone}" if state.latest_milestone else None
    return ", ".join(filter(None, (state.stage or "no stage", state.status or "no status", latest)))


def _shipped(shipped: Shipped | None) -> Iterator[str]:
    """Yield since when the stage that shipped is out, and who says so."""
    if shipped:
        since = f" on {shipped.since}" if shipped.since else ""
        source = ENGLISH("kep.shipped_by", source=shipped_source(shipped.source, ENGLISH))
        yield _fact("shipped", f"{shipped_text(shipped, ENGLISH)}{since}, {source}")


def _milestone(known: KnownKep, release: str | None) -> str:
    """Return a release that kep.yaml names, marked where it was not out on the day."""
    if release is None or known.keps.releases.is_out(release, known.until(known.day)):
        return release or "–"
    return planned_release(release, ENGLISH)


def _detail(value: DetailValue) -> str:
    """Return the value of a KEP's detail, texts, a day or references, in one line."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return ", ".join(it if isinstance(it, str) else f"KEP-{it.kep}" if it.kep else it.url or it.text for it in value)


def _fact(name: str, value: str) -> str:
    return f"  {click.style(f'{name:<20}', dim=True)}{value or '–'}"


def _history(enhancement: Enhancement) -> Iterator[str]:
    for change in reversed(list(changes(enhancement))):
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


def _issues(known: KnownKep) -> Iterator[str]:
    for issue, mentions in known.issues:
        kep = known.keps.of(known.number, issue.date) if issue.date else None
        then = f"  ({_stood(kep.then)} then)" if kep and kep.then else ""
        yield f"  {iso(issue.date) or '':<10}  {issue.title}{then}"
        for heading in dict.fromkeys(mention.heading.text for mention in mentions if mention.heading):
            if heading != issue.title:
                yield f"              {heading}"


def _stood(standing: Standing) -> str:
    """Return where a KEP stood in a word or two: what had shipped, else what was planned, which says so itself."""
    planned = planned_text(standing.planned, ENGLISH) if standing.planned else ENGLISH("stage.none")
    return reached_text(standing, ENGLISH) or planned
