"""`neco kep`: what is known of a KEP, now or on a day, for a person at a terminal or as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ...display.phrases import shipped_text
from ...model.gates import FeatureGate
from .kep_arguments import KepOrGateType, When, WhenType, day_of
from .kep_json import gap_document, gate_document, kep_document
from .kep_knowledge import Knowledge, knowledge_of_lock, knowledge_of_source
from .kep_text import gate_page, kep_lines, said_text
from .known_kep import ENGLISH, GAPS, THE_LOCK, KnownKep
from .printing import PROBLEMS, print_json


@click.command()
@click.argument("asked", type=KepOrGateType(), metavar="KEP-N|GATE")
@click.option("--at", "when", type=WhenType(), help="As it was at the end of a day, or of the day of a release: 1.33.")
@click.option("--source", metavar="PATH|URL", help="Ask this kubernetes/enhancements instead of the lock.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Where clones are kept.")
@click.pass_context
def kep(
    context: click.Context,
    asked: int | str,
    when: When | None,
    source: str | None,
    as_json: bool,
    cache_dir: Path | None,
) -> None:
    """Print what is known of a KEP, now or on a day (until 23:59:59 Asia/Tokyo): what shipped, and what was planned.

    A KEP is named by its number, or by one of its feature gates: KEP-127, 127, UserNamespacesSupport. A gate that
    several KEPs named is shown with where each of them stands.

    The lock is asked, or with --source any KEP of a git URL, bare clone, work tree or bundle of
    kubernetes/enhancements.
    """
    knowledge = knowledge_of_source(source, cache_dir, asked) if source else knowledge_of_lock()
    day = day_of(when, knowledge.keps, knowledge.where)
    if isinstance(asked, int):
        number = knowledge.keps.lock.canonical(asked)
        if number != asked:
            click.echo(ENGLISH("kep.alias", alias=asked, number=number), err=as_json)
        (known,) = knowledge.ask([number], day)
        context.exit(_print_kep(known, as_json=as_json))
    gate = knowledge.gate(asked)
    if gate is None:
        click.echo(_no_gate(asked, knowledge), err=True)
        context.exit(PROBLEMS)
    found = list(knowledge.ask(gate.keps, day))
    if len(found) == 1:
        context.exit(_print_kep(found[0], as_json=as_json))
    _print_gate(gate, found, as_json=as_json)


def _print_kep(known: KnownKep, *, as_json: bool) -> int:
    """Print a KEP, or why nothing can be said of it, and return the exit status."""
    if complaint := _complaint(known):
        click.echo(complaint, err=True)
        if as_json and (gap := gap_document(known)):
            print_json(gap)
        if not as_json and known.day is None and known.kep:  # the history of a KEP that is gone is worth reading
            click.echo("\n".join(kep_lines(known)))
        return PROBLEMS
    if as_json:
        print_json(kep_document(known))
    else:
        click.echo("\n".join(kep_lines(known)))
    return 0


def _print_gate(gate: FeatureGate, found: Sequence[KnownKep], *, as_json: bool) -> None:
    """Print a gate of several KEPs; of which of them nothing can be said is told, and no error."""
    without = {known.number: complaint for known in found if (complaint := _complaint(known))}
    if not as_json:
        click.echo("\n".join(gate_page(gate, found, without)))
        return
    for complaint in without.values():
        click.echo(complaint, err=True)
    documents = (gap_document(it) if it.number in without else kep_document(it) for it in found)
    print_json(gate_document(gate, filter(None, documents)))


def _no_gate(name: str, knowledge: Knowledge) -> str:
    """Return why nothing can be said of a gate, in one sentence."""
    nearest = knowledge.nearest_gate(name)
    advice = "run `neco refresh`, or name a KEP by its number"
    if nearest:
        advice = f"did you mean {nearest}?"
    elif knowledge.where != THE_LOCK:
        advice = "name a KEP by its number"
    return f"{name} is no feature gate of a KEP in {knowledge.where}; {advice}"


def _complaint(known: KnownKep) -> str | None:
    """Return why nothing can be said of a KEP on a day, in one sentence; None if something can."""
    name, record = f"KEP-{known.number}", known.record
    if known.kep is None:
        advice = [f"run `neco refresh {name}`, or name a --source"] if known.where == THE_LOCK else []
        return "; ".join((f"{name} is not in {known.where}", *advice))
    if record is None and known.day:
        first = next(iter(known.enhancement.history), None)
        since = f"the first record is of {first.date}" if first else "no history is recorded"
        return "; ".join((f"{name} is not known on {known.day}: {since}", *_had_shipped(known)))
    if record and record.gap:
        gap = GAPS[record.gap].format(date=record.date)
        return "; ".join((f"{name}: {gap}", *_last_said(known), *_had_shipped(known)))
    return None


def _last_said(known: KnownKep) -> Iterator[str]:
    """Yield what kep.yaml said before a gap in the record of a KEP."""
    day = known.day or dt.date.max
    states = (it.state for it in reversed(known.enhancement.history) if it.state and it.date <= day)
    if state := next(states, None):
        yield f"kep.yaml last said: {said_text(state)}"


def _had_shipped(known: KnownKep) -> Iterator[str]:
    """Yield what of a KEP had shipped on a day of which kep.yaml says nothing."""
    if shipped := known.standing.shipped:
        yield f"shipped by then: {shipped_text(shipped, ENGLISH)}"
