"""`neco kep`: what is known of a KEP, now or on a day, for a person at a terminal or as JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ...display.phrases import stage_and_release
from ...display.words import load_strings
from ...lock.keps_json import details_to_dict
from ...model.history import Change, Difference, changes, planned_releases, releases_without_change
from ...model.issues import Issue, Mention
from ...model.kep_fields import DETAILS
from ...model.keps import DetailValue, Enhancement, EnhancementState, Record, Source, Stage
from ...model.options import OPTIONS
from ...model.releases import Releases, load_releases
from .arguments import Target, TargetType
from .printing import PROBLEMS, print_json

_ENGLISH = load_strings("en")

_ALWAYS = (Stage.ALPHA, Stage.BETA, Stage.STABLE)

_GAPS = {
    "deleted": "it has no kep.yaml since {date}",
    "ambiguous": "it is ambiguous since {date}: several kep.yaml files have its number",
    "unreadable": "its kep.yaml is missing in this partial clone since {date}",
}

_SOURCES = {
    "git": "kep.yaml",
    "keps-json": "keps.json",
    "github-issue": "GitHub issue",
    "override": "overrides.yml",
}


@click.command()
@click.argument("target", type=TargetType(), metavar="KEP-N")
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As it was at the end of a day.")
@click.option("--source", metavar="PATH|URL", help="Ask this kubernetes/enhancements instead of the lock.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Where clones are kept.")
@click.pass_context
def kep(
    context: click.Context,
    target: Target,
    day: dt.datetime | None,
    source: str | None,
    as_json: bool,
    cache_dir: Path | None,
) -> None:
    """Print what is known of a KEP, now or on a day (until 23:59:59 Asia/Tokyo).

    The lock is asked, or with --source any KEP of a git URL, bare clone, work tree or bundle of
    kubernetes/enhancements.
    """
    if target.kep is None:
        raise click.UsageError(f"{target.url} is not a KEP; name one like KEP-127")
    known = _from_source(source, cache_dir or _cache_of_site(), target.kep) if source else _from_lock(target.kep)
    asked = day.date() if day else None
    if complaint := _complaint(known, target.kep, asked):
        click.echo(complaint, err=True)
        record = known.record(asked)
        if as_json and record and record.gap:
            print_json({"number": target.kep, "at": _iso(asked or known.as_of), "gap": record.gap})
        if not as_json and asked is None and known.enhancement:  # the history of a KEP that is gone is worth reading
            click.echo("\n".join(_page(known, asked)))
        context.exit(PROBLEMS)
    if as_json:
        print_json(_document(known, asked))
    else:
        click.echo("\n".join(_page(known, asked)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a KEP, as of which day, and the issues in which we wrote about the KEP."""

    enhancement: Enhancement | None
    as_of: dt.date | None
    where: str
    releases: Releases
    issues: tuple[tuple[Issue, tuple[Mention, ...]], ...] = ()

    def record(self, day: dt.date | None) -> Record | None:
        """Return the KEP's record as of a day, or the newest without one; None where there is none."""
        if self.enhancement is None or not self.enhancement.history:
            return None
        return self.enhancement.at(day) if day else self.enhancement.history[-1]


def _cache_of_site() -> Path:
    """Return the cache folder that `mkdocs.yml` names, or the usual one where no site is here.

    With `--source` the command works in any folder.
    """
    if not Path("mkdocs.yml").is_file():
        return Path(OPTIONS["cache_dir"].default)
    from .site import open_project

    return open_project().cache


def _from_source(source: str, cache_dir: Path, number: int) -> _Known:
    from ...sources.keps.repository import open_repository, without_credentials

    as_of, enhancement = open_repository(source, cache_dir=cache_dir).enhancement(number)
    return _Known(enhancement=enhancement, as_of=as_of, where=without_credentials(source), releases=load_releases())


def _from_lock(number: int) -> _Known:
    from ...lock.store import load_lock
    from .site import open_project

    project = open_project()
    lock = load_lock(project.metadata)
    # Reading takes 15 ms an issue: those that do not hold the number cannot mention the KEP.
    index = project.read_index(re.compile(rf"(?<!\d)0*{number}(?!\d)"))
    return _Known(
        enhancement=lock.enhancement(number),
        as_of=lock.as_of,
        where="the lock",
        releases=project.releases,
        issues=index.by_kep.get(number, ()),
    )


def _complaint(known: _Known, number: int, day: dt.date | None) -> str | None:
    """Return why nothing can be said of a KEP on a day, in one sentence; None if something can."""
    if known.enhancement is None:
        advice = f"run `neco refresh KEP-{number}`, or name a --source" if known.where == "the lock" else ""
        return "; ".join(filter(None, (f"KEP-{number} is not in {known.where}", advice)))
    record = known.record(day)
    if record is None:
        if day is None:
            return None
        first = next(iter(known.enhancement.history), None)
        since = f"the first record is of {first.date}" if first else "no history is recorded"
        return f"KEP-{number} is not known on {day}: {since}"
    if record.gap:
        last = known.enhancement.state
        gap = _GAPS[record.gap].format(date=record.date)
        known_state = f"{stage_and_release(last, _ENGLISH)}, {last.status or 'no status'}"
        return f"KEP-{number}: {gap}; the last known state is {known_state}"
    return None


# --- for machines -------------------------------------------------------------------------------------------------


def _document(known: _Known, day: dt.date | None) -> dict[str, Any]:
    enhancement, state, source = _answer(known, day)
    document = {
        "number": enhancement.number,
        "title": state.title,
        "sig": state.sig,
        "status": state.status,
        "stage": state.stage,
        "latest_milestone": state.latest_milestone,
        "milestones": _milestones(state),
        "feature_gates": list(state.feature_gates),
        "at": _iso(day or known.as_of),
        "source": _source_document(source),
        "raw": dict(state.raw),
    }
    if day is None:
        details = details_to_dict(enhancement.details)
        document |= {row.name: details.get(row.name, None if row.kind == "day" else []) for row in DETAILS}
        document["releases_without_change"] = releases_without_change(enhancement, known.releases, known.as_of)
        document["claims"] = [
            {"field": it.field, "value": it.value, "source": _source_document(it.source)} for it in enhancement.claims
        ]
        document["history"] = [_record_document(record) for record in enhancement.history]
        document["mentions"] = [
            {"issue": _iso(issue.date) or issue.path, "heading": mention.heading.text if mention.heading else None}
            for issue, mentions in known.issues
            for mention in mentions
        ]
    return document


def _answer(known: _Known, day: dt.date | None) -> tuple[Enhancement, EnhancementState, Source]:
    """Return the KEP with its state as of the day, and the source of that state."""
    assert known.enhancement is not None  # noqa: S101 (a complaint was made before)
    record = known.record(day) if day else None
    if record and record.state:
        return known.enhancement, record.state, record.source
    return known.enhancement, known.enhancement.state, known.enhancement.source


def _milestones(state: EnhancementState) -> dict[str, str | None]:
    return {stage: state.milestones.get(stage) for stage in Stage if stage in _ALWAYS or stage in state.milestones}


def _source_document(source: Source) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "commit": source.commit,
        "path": source.path,
        "date": _iso(source.date),
        "pull": source.pull,
    }


def _record_document(record: Record) -> dict[str, Any]:
    about = {"date": _iso(record.date), "pull": record.source.pull, "path": record.source.path}
    if record.state is None:
        return {**about, "gap": record.gap}
    state = record.state
    return {
        **about,
        "status": state.status,
        "stage": state.stage,
        "latest_milestone": state.latest_milestone,
        "milestones": _milestones(state),
        "title": state.title,
        "sig": state.sig,
        "feature_gates": list(state.feature_gates),
        "observed": record.observed,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# --- for people ---------------------------------------------------------------------------------------------------


def _page(known: _Known, day: dt.date | None) -> Iterator[str]:
    enhancement, state, source = _answer(known, day)
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
    return click.style(stage_and_release(state, _ENGLISH), fg=colours.get(state.stage) if state.stage else None)


def _now(known: _Known, enhancement: Enhancement, then: EnhancementState) -> str:
    now, newest = enhancement.state, known.record(None)
    if newest and newest.gap:
        return _GAPS[newest.gap].format(date=newest.date)
    if (stage_and_release(now, _ENGLISH), now.status) == (stage_and_release(then, _ENGLISH), then.status):
        return f"unchanged on {known.as_of}"
    return f"on {known.as_of}: {_coloured(now)}, {now.status or 'no status'}"


def _notes(known: _Known, enhancement: Enhancement) -> Iterator[str]:
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
        label = _ENGLISH(f"detail.{name}")
        yield _fact(label[0].lower() + label[1:], _detail(value))
    for name, written in state.raw.items():
        yield _fact("written", f"{name}: {written}")
    parts = (_SOURCES[source.kind], source.path, _iso(source.date), f"PR #{source.pull}" if source.pull else None)
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
        return _GAPS[record.gap or "deleted"].format(date=record.date)
    if change.first:
        seen = "first seen" if record.observed else "first recorded"
        return f"{seen}: {stage_and_release(record.state, _ENGLISH)}, {record.state.status or 'no status'}"
    return "; ".join(_difference(it) for it in change.differences) or "recorded again"


def _difference(difference: Difference) -> str:
    return f"{_words(difference.field)} {difference.before or 'none'} → {difference.after or 'none'}"


def _words(field: str) -> str:
    return field.removeprefix("milestones.").replace("_", " ")


def _issues(known: _Known, enhancement: Enhancement) -> Iterator[str]:
    if known.issues:
        yield ""
        yield click.style("Our issues", bold=True)
    for issue, mentions in known.issues:
        record = enhancement.at(issue.date) if issue.date else None
        then = f"  ({stage_and_release(record.state, _ENGLISH)} then)" if record and record.state else ""
        yield f"  {_iso(issue.date) or '':<10}  {issue.title}{then}"
        for heading in dict.fromkeys(mention.heading.text for mention in mentions if mention.heading):
            if heading != issue.title:
                yield f"              {heading}"
