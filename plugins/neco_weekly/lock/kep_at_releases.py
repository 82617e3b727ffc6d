"""What a KEP is in each release that readers may run: its stage and default there, or what is only planned for it.

Stage and default are those of `shipping`; a gate's own are the witnesses'. Where no witness speaks of a release the
default is not known, which is not the same as off; and a release that is not out has a plan, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ..model.gates import FeatureGate
from ..model.keps import Stage, release_order
from ..model.releases import Releases
from ..model.shipping import BY_HAND, Shipped, Shipping
from .kep_as_of import KepAsOf, KepsAsOf

SUPPORTED = 3
"""How many minor releases Kubernetes supports at once: https://kubernetes.io/releases/version-skew-policy/."""

BEFORE = 3
"""How many releases are shown beside the supported ones: whoever upgrades late still runs one of these."""

Kind = Literal["shipped", "absent", "gone", "unknown", "planned"]
"""What is told of a release: a stage; that nothing had come, or had gone again; nothing; what is planned for it."""

Default = Literal["on", "off", "on-locked", "off-locked", "mixed", "unknown"]
"""What a stage's gates are unless somebody says otherwise; `mixed` where several gates differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRelease:
    """A KEP, or a gate, in one release.

    `stage` is what shipped, or what is planned (None: nothing is). `default` is None where none can be told from a
    gate because there is no gate any more: the feature is just there.
    """

    kind: Kind
    stage: Stage | None = None
    default: Default | None = None


def supported(releases: Releases, now: dt.date) -> tuple[str, ...]:
    """Return the releases that are out and whose support has not ended by the end of a day, oldest first.

    Of a release whose end nobody names, the rule counts that the newest three are supported.
    """
    out = [it for it in releases.names if releases.is_out(it, now)]
    recent, ends = out[-SUPPORTED:], releases.ends
    return tuple(it for it in out if (now <= ends[it] if it in ends else it in recent))


def shown_releases(releases: Releases, now: dt.date) -> tuple[str, ...]:
    """Return the releases that a reader may choose: supported ones, three before, and the next; oldest first.

    Where support of all has ended, the newest count: the day of a lock may be old, or missing.
    """
    out = [it for it in releases.names if releases.is_out(it, now)]
    if not out:
        return ()
    first = out.index((*supported(releases, now), *out[-SUPPORTED:])[0])
    return (*out[max(first - BEFORE, 0) :], _after(out[-1]))


def _after(release: str) -> str:
    major, minor = release_order(release)
    return f"v{major}.{minor + 1}"


def kep_at(kep: KepAsOf, release: str, keps: KepsAsOf) -> AtRelease:
    """Return what a KEP is in a release (`v1.33`) as known on the lock's day."""
    day = keps.releases.day(release)
    if day is None or not keps.releases.is_out(release, keps.now):
        return _planned(kep, release)
    is_newest = release == keps.releases.newest(keps.now)
    shipped = kep.today.shipped if is_newest else told_shipping(kep, keps.now).on(day)
    if not is_newest and _is_undated(kep, shipped):
        return AtRelease(kind="unknown")
    if shipped is None:
        return AtRelease(kind="absent")
    if _has_gone(kep, release):
        return AtRelease(kind="gone")
    through = keps.lock.gates.through
    return AtRelease(kind="shipped", stage=shipped.stage, default=_default(kep, shipped.stage, release, through))


def gate_at(gate: FeatureGate, kep: KepAsOf, release: str, keps: KepsAsOf) -> AtRelease:
    """Return what a gate of a KEP is in a release; of one that is not out, what is planned for the KEP."""
    if not keps.releases.is_out(release, keps.now):
        return _planned(kep, release)
    if not gate.is_told(release):
        return AtRelease(kind="unknown")
    if stage := gate.at(release):
        return AtRelease(kind="shipped", stage=stage.stage, default=_named(stage.default, locked=stage.locked))
    return AtRelease(kind="gone" if _is_gone(gate, release) else "absent")


def told_shipping(kep: KepAsOf, now: dt.date) -> Shipping:
    """Return what shipped of a KEP by the end of a day, with a person's word of today as the last.

    The person says with which release a stage came, or names one that is not out: then the stage slipped.
    """
    told, entries = kep.today.shipped, kep.shipping.entries
    if told == kep.shipping.on(now):
        return kep.shipping
    if told is None:
        return Shipping()
    if told.source is not BY_HAND:
        return Shipping(entries[: 1 + max(place for place, (_, it) in enumerate(entries) if it == told)])
    if told.since is None:
        return kep.shipping
    before = tuple((day, it) for day, it in entries if day < told.since)
    return Shipping((*before, (told.since, told)))


def _is_undated(kep: KepAsOf, shipped: Shipped | None) -> bool:
    """Whether a stage of today may be older than the first day that somebody names: nobody says which release it had.

    That is a person's word without a release, and what came before an implemented kep.yaml without milestones.
    """
    now = kep.today.shipped
    if now is None or now.release is not None:
        return False
    return now.source is BY_HAND or shipped is None


def _planned(kep: KepAsOf, release: str) -> AtRelease:
    planned = kep.today.planned
    return AtRelease(kind="planned", stage=planned.stage if planned and planned.release == release else None)


def _default(kep: KepAsOf, stage: Stage, release: str, through: str | None) -> Default | None:
    """Return what the gates that are of a stage in a release are by default.

    None where there is nothing to turn on or off: all gates are gone by then, or the stage is one without the feature.
    """
    covered = through is None or release_order(release) <= release_order(through)
    if kep.gates and all(_is_gone(gate, release) for gate in kep.gates):
        return None
    if stage in (Stage.DISABLED, Stage.REMOVED):
        return None
    if not covered:
        return "unknown"
    there = [it for gate in kep.gates if (it := gate.at(release)) and it.stage is stage]
    if len({it.default for it in there}) > 1:
        return "mixed"
    return _named(there[0].default, locked=all(it.locked for it in there)) if there else "unknown"


def _named(default: bool | None, *, locked: bool) -> Default:
    if default is None:
        return "unknown"
    if default:
        return "on-locked" if locked else "on"
    return "off-locked" if locked else "off"


def _is_gone(gate: FeatureGate, release: str) -> bool:
    return gate.gone is not None and release_order(gate.gone) <= release_order(release)


def _has_gone(kep: KepAsOf, release: str) -> bool:
    """Whether none of a KEP's gates is left, of which none ever was stable: the feature went with them."""
    if not kep.gates or any(gate.first(Stage.STABLE) for gate in kep.gates):
        return False
    return all(_is_gone(gate, release) for gate in kep.gates)
