"""Feature gates as the lines that `neco kep` prints on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from ...display.phrases import default_text, gate_stage_text, planned_release
from ...lock.kep_as_of import KepsAsOf
from ...model.gates import WITNESSES, FeatureGate, GateStage
from ...model.keps import release_order
from ...model.shipping import Shipped
from .known_kep import ENGLISH, THE_LOCK, KnownKep


def gates_of_kep(known: KnownKep) -> Iterator[str]:
    """Yield the lines on a KEP's gates: those that kep.yaml named on the day, or names today, then all others."""
    by_name = {gate.name: gate for gate in known.found.gates}
    listed = known.written.feature_gates
    others = (name for name, gate in by_name.items() if name not in listed and _seen(gate, known.keps, known.day))
    names = [*listed, *others]
    if not known.keps.lock.gates.sources:
        yield no_record(known.where)
    elif names:
        yield click.style("Feature gates", bold=True)
        for name in names:
            gate = by_name.get(name)
            yield f"  {name}"
            remarks = list(_remarks(known, gate, listed=name in listed))
            yield from (f"    {line}" for line in (*gate_lines(gate, known.keps, known.day), *remarks))
        yield from (f"  {line}" for line in sources(known.keps))


def no_record(where: str) -> str:
    """Return the sentence that no source of gates was ever asked."""
    advice = "; `neco refresh` fetches it" if where == THE_LOCK else ""
    return f"No record of feature gates: what shipped follows from the milestones of kep.yaml{advice}"


def gate_lines(gate: FeatureGate | None, keps: KepsAsOf, day: dt.date | None) -> Iterator[str]:
    """Yield the stages of a gate as of a day, or all of them, and where the witnesses disagree on what was out then."""
    if gate is None or not gate.records:
        yield ENGLISH("gate.unknown")
        return
    stages = list(_stages(gate, keps, day))
    width = max((len(_span(stage, keps)) for stage in stages), default=0)
    for stage in stages:
        default = default_text(stage.default, ENGLISH, locked=stage.locked)
        yield f"{ENGLISH(f'stage.{stage.stage}'):<10}  {_span(stage, keps):<{width}}  {default}"
    now = _until(keps, day)
    for it in gate.disagreements(name for name in keps.releases.names if keps.releases.is_out(name, now)):
        website, listed = (gate_stage_text(it.said[kind], ENGLISH) for kind in WITNESSES)
        releases = it.since if it.since == it.until else f"{it.since}–{it.until}"
        yield click.style(ENGLISH("gate.disagree", releases=releases, website=website, listed=listed), fg="red")
    if gate.removed and day is None:
        yield ENGLISH("gate.removed")


def sources(keps: KepsAsOf) -> Iterator[str]:
    """Yield a line for each source of gates, with the day and the release that it reaches."""
    for kind, source in keps.lock.gates.sources.items():
        key = f"gate.source_{kind.replace('-', '_')}"
        yield click.style(ENGLISH(key, day=source.date, release=source.through or "—"), dim=True)


def by_default(shipped: Shipped, gates: Sequence[FeatureGate], release: str) -> str | None:
    """Return what the gates of the stage that shipped are by default in a release; None where nobody says, or none is.

    The word is exact: a gate that nobody can set is locked, and not on by default.
    """
    if shipped.default is None:
        return None
    found = [it for gate in gates if (it := gate.at(release)) and it.stage is shipped.stage]
    locked = bool(found) and all(it.locked for it in found)
    text = default_text(shipped.default, ENGLISH, locked=locked)
    return text if locked else f"{text} by default"


def _remarks(known: KnownKep, gate: FeatureGate | None, *, listed: bool) -> Iterator[str]:
    if not listed and known.day is None:
        yield ENGLISH("gate.named_before")
    others = [f"KEP-{number}" for number in (gate.keps if gate else ()) if number != known.number]
    if others:
        yield f"{ENGLISH('gate.shared')} {ENGLISH('site.and').join(others)}"


def _until(keps: KepsAsOf, day: dt.date | None) -> dt.date:
    """Return the day up to which something is told: nothing is known of the days after the newest."""
    return min(day, keps.now) if day else keps.now


def _seen(gate: FeatureGate, keps: KepsAsOf, day: dt.date | None) -> bool:
    """Whether there was anything of a gate by the end of a day."""
    return day is None or any(_stages(gate, keps, day))


def _stages(gate: FeatureGate, keps: KepsAsOf, day: dt.date | None) -> Iterator[GateStage]:
    """Yield the stages of a gate: all of them, or those begun by a day. The end of one that went on is left out."""
    newest = keps.releases.newest(_until(keps, day))
    place = release_order(newest) if newest else (0, 0)
    for stage in gate.stages:
        if day and release_order(stage.since) > place:
            return
        end = release_order(stage.until) if stage.until else None
        goes_on = end is not None and (end >= place if day else end > place)
        yield replace(stage, until=None) if goes_on else stage


def _span(stage: GateStage, keps: KepsAsOf) -> str:
    """Return the releases of a stage: `v1.28–v1.29`, `since v1.36`, `v1.0 or earlier`; marked where only planned."""
    if not keps.releases.is_out(stage.since, keps.now):
        return planned_release(stage.since, ENGLISH)
    since = ENGLISH("release.earlier", release=stage.since) if stage.earlier else stage.since
    if stage.until is None:
        return f"since {since}"
    if stage.until == stage.since:
        return since
    return f"{since}{' – ' if stage.earlier else '–'}{stage.until}"
