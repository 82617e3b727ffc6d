"""What changes for who upgrades, in words: as `compare/words.js` and `compare/texts.js` say the same in a browser."""

from __future__ import annotations

from urllib.parse import quote

from ...display.phrases import default_text
from ...display.words import Strings
from ...model.gate_ends import GateEnd
from ...model.gates import GateStage
from ...model.release_changes import NetChange, ReleaseChanges
from ...model.removed_apis import ApiReplacement, RemovedApi
from ...model.shipping import Shipped

GUIDE = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/"
"""The address of the guide to deprecated APIs."""

REMARKED = frozenset(
    {NetChange.ON_BY_DEFAULT, NetChange.OFF_BY_DEFAULT, NetChange.BETA, NetChange.REMOVED},
)
"""The kinds of changes whose names do not say all, so that a sentence does."""


def guide_url(removed: RemovedApi) -> str:
    """Return the address of what the guide says of an API."""
    return f"{GUIDE}#{quote(removed.anchor, safe='')}" if removed.anchor else GUIDE


def summary_text(changes: ReleaseChanges, words: Strings) -> str:
    """Return the sentences on a comparison: how many KEPs change, by kind, and how many did in between."""
    ends = {"old": changes.old, "new": changes.new}
    counts = [(kind, len(changes.of(kind))) for kind in NetChange]
    told = [
        words("upgrade.counted", kind=words(f"upgrade.kind_{kind}"), count=count) for kind, count in counts if count
    ]
    said = words("upgrade.said_nothing", **ends)
    if told:
        total = sum(count for _, count in counts)
        said = words("upgrade.said", count=total, kinds=words("site.and").join(told), **ends)
    passed = words("upgrade.said_passed", count=len(changes.passed)) if changes.passed else ""
    return " ".join(filter(None, (said, passed)))


def stage_text(shipped: Shipped | None, words: Strings) -> str:
    """Return the stage of what shipped, or that there was nothing."""
    return words(f"stage.{shipped.stage}") if shipped else words("upgrade.none")


def change_text(before: str, after: str, words: Strings) -> str:
    """Return what was before and what is after, once where both are the same."""
    return before if before == after else words("upgrade.change", before=before, after=after)


def gate_text(stage: GateStage | None, words: Strings) -> str:
    """Return the default of a gate in a release: `on`, `off and locked`, that nobody says, or that there is no gate."""
    if stage is None:
        return words("upgrade.no_gate")
    if stage.default is None:
        return words("upgrade.unknown")
    return default_text(stage.default, words, locked=stage.locked)


def passing_text(release: str, shipped: Shipped, words: Strings) -> str:
    """Return what a KEP was in a release in between."""
    default = words("upgrade.default_unknown") if shipped.default is None else default_text(shipped.default, words)
    return words("upgrade.passing", release=release, stage=words(f"stage.{shipped.stage}"), default=default)


def end_text(release: str, end: GateEnd, words: Strings) -> str:
    """Return that a gate goes, or is deprecated, with a release, and what it was before."""
    text = words(f"upgrade.end_{'gone' if end.is_gone else 'deprecated'}", release=release)
    if end.last is None:
        return text
    stage = words(f"stage.{end.last.stage}")
    return words("upgrade.end_last", end=text, stage=stage, default=gate_text(end.last, words))


def replacement_text(replacement: ApiReplacement, words: Strings) -> str:
    """Return what stands in for an API, with its first release where that is known."""
    if replacement.since is None:
        return replacement.name
    return words("upgrade.api_since", name=replacement.name, since=replacement.since)


def owner_text(number: int, sig: str | None, words: Strings) -> str:
    """Return the number of a KEP with its SIG, where it has one."""
    return words("upgrade.owner", number=number, sig=sig) if sig else words("upgrade.number", number=number)
