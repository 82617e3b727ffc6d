"""`releases/compare/changes.json`: what the chooser's script (`compare/*.js`) compares any two releases with.

It is compact rather than readable, and may change with every version; `api/` is what other programs read. Addresses are
relative to `root`, which is relative to the file. A life in releases is one text, `0n5a-9b+14s`: from the release with
that number on a KEP was a stage (`a`lpha, `b`eta, `s`table, `d`eprecated, disabled `x`, `r`emoved, `n`ot there), on `+`
or off `-` by default, locked `!`.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...display.words import Strings
from ...model.gate_ends import GateEnd
from ...model.gates import GateStage
from ...model.keps import Stage
from ...model.paths import COMPARE_PAGE, KEP_PAGE, RELEASE_PAGE
from ...model.release_rows import Life
from ...model.shipping import Shipped
from ...model.text import CONTROL
from ..files import GeneratedPage
from .upgrade import UpgradeViews
from .upgrade_pages import upgrade_path
from .upgrade_words import guide_url

CHANGES_FILE = "releases/compare/changes.json"
"""The path of the data, beside the page that loads it."""

AddressOf = Callable[[str], str]
"""A function from a page's path in the docs folder to its address from the site's root."""

_LETTERS: Mapping[Stage, str] = {
    Stage.ALPHA: "a",
    Stage.BETA: "b",
    Stage.STABLE: "s",
    Stage.DEPRECATED: "d",
    Stage.DISABLED: "x",
    Stage.REMOVED: "r",
}

_WORDS = ("stage.", "upgrade.", "gate.default_", "site.and")
"""How the names of the phrases begin that the script fills."""


def changes_data(views: UpgradeViews, address_of: AddressOf) -> Iterator[GeneratedPage]:
    """Yield the data of the chooser, where there is one."""
    if views.has_pages:
        yield changes_file(views, address_of)


def changes_file(views: UpgradeViews, address_of: AddressOf) -> GeneratedPage:
    """Return the data of the chooser."""
    document = _document(views, address_of)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return GeneratedPage(path=CHANGES_FILE, content=f"{text}\n")


def _document(views: UpgradeViews, address_of: AddressOf) -> dict[str, Any]:
    gates: dict[str, int] = {}
    issues: dict[str, int] = {}
    keps = [_kep(views, it, gates, issues) for it in views.releases.lives.values() if _changes(views, it)]
    ends = [[step, *_end(it, gates)] for name, step in views.steps.items() for it in views.ends_of(name)]
    known = views.releases.gates.by_name
    named = {kep for name in gates for kep in known[name].keps}  # gates that go name KEPs that do not change
    own = sorted(views.places.own & {*named, *(it[0] for it in keps)})
    return {
        "root": posixpath.relpath("/", posixpath.dirname(f"/{address_of(COMPARE_PAGE)}")),
        "steps": [*views.steps],
        "choices": [views.steps[it] for it in views.to_choose],
        "planned": [it for it in views.releases.names if it not in views.steps],
        "gates_until": views.steps[views.gates_until] if views.gates_until else None,
        "only_mentioned": views.only_mentioned,
        "keps": keps,
        "gates": [_gate(views, name) for name in gates],
        "ends": ends,
        "pages": {str(number): address_of(KEP_PAGE.format(number=number)) for number in own},
        "issues": [address_of(path) for path in issues],
        "guide": _guide(views),
        "upgrades": {f"{old} {new}": address_of(upgrade_path(old, new)) for old, new in views.pairs},
        "releases": [_release(it, views, address_of) for it in views.steps],
        "words": _words(views.words),
    }


def _release(name: str, views: UpgradeViews, address_of: AddressOf) -> str:
    """Return the address of a release's page; empty where the release has none."""
    return address_of(RELEASE_PAGE.format(release=name.removeprefix("v"))) if name in views.to_choose else ""


def _words(words: Strings) -> dict[str, str]:
    return {name: text for name, text in words.phrases.items() if name.startswith(_WORDS)}


def _kep(views: UpgradeViews, life: Life, gates: dict[str, int], issues: dict[str, int]) -> list[Any]:
    state, number = life.enhancement.state, life.enhancement.number
    places, more = views.places.of(number)
    return [
        number,
        _plain(state.title),
        state.sig or "",
        _life(_state_code(views.shipped(life, it)) for it in views.steps),
        [gates.setdefault(gate.name, len(gates)) for gate in life.gates],
        [[issues.setdefault(it.issue.path, len(issues)), it.anchor, _plain(it.label(views.words))] for it in places],
        more,
    ]


def _plain(text: str) -> str:
    """Return a text as it stands on a page: without characters that XML has no place for."""
    return CONTROL.sub(" ", text)


def _changes(views: UpgradeViews, life: Life) -> bool:
    """Whether a KEP is not one and the same in all releases."""
    return len({_state_code(views.shipped(life, it)) for it in views.steps}) > 1


def _state_code(shipped: Shipped | None) -> str:
    return _LETTERS[shipped.stage] + _DEFAULTS[shipped.default] if shipped else "n"


def _gate_code(stage: GateStage | None) -> str:
    return _LETTERS[stage.stage] + _DEFAULTS[stage.default] + ("!" if stage.locked else "") if stage else "n"


_DEFAULTS: Mapping[bool | None, str] = {True: "+", False: "-", None: ""}


def _life(codes: Iterable[str]) -> str:
    """Return what was in each release as one text that names only what is another than before."""
    return "".join(_turns(codes))


def _turns(codes: Iterable[str]) -> Iterator[str]:
    last = None
    for place, code in enumerate(codes):
        if code != last:
            yield f"{place}{code}"
        last = code


def _gate(views: UpgradeViews, name: str) -> list[Any]:
    gate = views.releases.gates.by_name[name]
    return [gate.name, views.told(gate.keps), _life(_gate_code(gate.at(it)) for it in views.steps)]


def _end(end: GateEnd, gates: dict[str, int]) -> list[Any]:
    return [gates.setdefault(end.name, len(gates)), int(end.is_gone), _gate_code(end.last)]


def _guide(views: UpgradeViews) -> dict[str, Any] | None:
    """Return what the guide to APIs says of those releases; None where it was never read."""
    guide, steps = views.releases.lock.known_releases.removed_apis, views.steps
    if guide is None:
        return None
    removed = [
        [steps[it.release], it.kinds, it.versions, [[one.name, one.since] for one in it.replacements], guide_url(it)]
        for it in sorted(guide.removals, key=lambda it: steps.get(it.release, -1))
        if it.release in steps
    ]
    return {
        "day": guide.date.isoformat(),
        "removed": removed,
        "late": [steps[it] for it in views.late],
        "unread": [[place, steps[release]] for place, release in views.unread if release in steps],
    }
