"""What a KEP or a gate is in one release: in words, and as the tokens by which a script says the same words."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any, get_args

from ..lock.kep_as_of import KepAsOf, KepsAsOf
from ..lock.kep_at_releases import AtRelease, Default, kep_at, shown_releases
from ..model.keps import Stage
from .words import Strings


def state_text(at: AtRelease, words: Strings) -> str:
    """Return what something is in a release: `beta, off by default`, `not there`, `planned: stable`."""
    if at.kind == "planned":
        return words("mine.planned", stage=words(f"stage.{at.stage}")) if at.stage else words("mine.unplanned")
    if at.stage is None:
        return words(f"mine.{at.kind}")
    stage = words(f"stage.{at.stage}")
    return words("mine.state", stage=stage, default=default_words(at.default, words)) if at.default else stage


def default_words(default: Default, words: Strings) -> str:
    """Return what a stage is by default in words that can stand in a sentence: `off by default`."""
    return words(f"mine.default_{default}")


def release_states(kep: KepAsOf, keps: KepsAsOf) -> str:
    """Return what a KEP is in each release that is shown: `1.33:beta:off 1.36:stable:on 1.37:planned`.

    A release that is as the one before is left out. This is the value of `data-neco-at`, which the script reads.
    """
    make = partial(_release_states, kep, keps)
    return keps.once(("release-states", kep.enhancement.number), make)


def _release_states(kep: KepAsOf, keps: KepsAsOf) -> str:
    told = ((_token(kep_at(kep, it, keps)), it) for it in shown_releases(keps.releases, keps.now))
    first = ((token, next(group)[1]) for token, group in groupby(told, key=lambda it: it[0]))
    return " ".join(f"{release.removeprefix('v')}:{token}" for token, release in first)


def _token(at: AtRelease) -> str:
    parts = ("planned", at.stage) if at.kind == "planned" else (at.stage or at.kind, at.default)
    return ":".join(filter(None, parts))


def words_of_script(keps: KepsAsOf, words: Strings) -> dict[str, Any]:
    """Return all that the script is told beside the pages: its words, and the releases that a reader may choose.

    Releases are written `1.33`, oldest first; `next` are those that are not out.
    """
    shown = shown_releases(keps.releases, keps.now)
    to_come = [it for it in shown if not keps.releases.is_out(it, keps.now)]
    kinds = ("absent", "gone", "unknown", "unplanned")
    return {
        "releases": [it.removeprefix("v") for it in shown],
        "next": [it.removeprefix("v") for it in to_come],
        "label": words("mine.label"),
        "any": words("mine.any"),
        "to_come": words("release.planned", release="{release}"),
        "at": words("mine.at", release="{release}", state="{state}"),
        "refused": words("mine.refused", release="{release}"),
        "state": words("mine.state", stage="{stage}", default="{default}"),
        "planned": words("mine.planned", stage="{stage}"),
        "kinds": {kind: words(f"mine.{kind}") for kind in kinds},
        "stages": {stage: words(f"stage.{stage}") for stage in Stage},
        "defaults": {default: default_words(default, words) for default in get_args(Default)},
    }
