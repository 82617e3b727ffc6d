"""Official lists and removed APIs as JSON: what `releases.json` holds of a release post, and of the guide to APIs."""

from __future__ import annotations

from typing import Any

from ..model.keps import Stage, parse_release, release_order
from ..model.official_lists import OfficialList
from ..model.removed_apis import ApiReplacement, DeprecationGuide, RemovedApi
from . import json_values as read

_LIST = frozenset({"stages", "claimed", "source", "date"})

_GUIDE = frozenset({"date", "removals", "irregular"})

_REMOVAL = frozenset({"kinds", "versions", "replacements", "anchor"})

_LARGEST_NUMBER = 99_999


def read_official(value: Any) -> OfficialList:
    """Return the official list of a JSON object; raises WrongError for another one."""
    document = read.fields(value, _LIST)
    stages = read.table(document, "stages", lambda name, it: (_stage(name), _numbers(it)))
    claimed = read.table(document, "claimed", lambda name, it: (_stage(name), read.positive(it)))
    return OfficialList(
        stages=stages,
        claimed=claimed,
        source=read.required(document, "source", read.text),
        date=read.optional(document, "date", read.date),
    )


def official_to_dict(official: OfficialList) -> dict[str, Any]:
    """Return an official list as a JSON object, its stages in their order."""
    return read.without_empty(
        {
            "date": official.date and official.date.isoformat(),
            "source": official.source,
            "claimed": {stage: official.claimed[stage] for stage in Stage if stage in official.claimed},
            "stages": {stage: sorted(official.stages[stage]) for stage in Stage if stage in official.stages},
        }
    )


def _stage(name: str) -> Stage:
    return Stage(read.choice(name, tuple(Stage)))


def _numbers(value: Any) -> tuple[int, ...]:
    numbers = read.numbers(value)
    if wrong := next((it for it in numbers if it > _LARGEST_NUMBER), None):
        raise read.WrongError(f"expected numbers of KEPs, found {wrong}")
    return tuple(sorted(set(numbers)))


# --- removed APIs -------------------------------------------------------------------------------------------------


def read_removals(value: Any) -> DeprecationGuide:
    """Return what a JSON object says of removed APIs; raises WrongError for another one."""
    document = read.fields(value, _GUIDE)
    by_release = read.table(document, "removals", _removals)
    newest = sorted(by_release, key=release_order, reverse=True)
    return DeprecationGuide(
        date=read.required(document, "date", read.date),
        removals=tuple(it for release in newest for it in by_release[release]),
        irregular=tuple(read.table(document, "irregular", lambda place, why: (place, read.text(why))).items()),
    )


def removals_to_dict(guide: DeprecationGuide) -> dict[str, Any]:
    """Return removed APIs as a JSON object, by release (without its `v`) in the order of the guide."""
    by_release: dict[str, list[dict[str, Any]]] = {}
    for it in guide.removals:
        by_release.setdefault(it.release.removeprefix("v"), []).append(_removal_to_dict(it))
    irregular = {"irregular": dict(guide.irregular)} if guide.irregular else {}
    return {"date": guide.date.isoformat(), "removals": by_release, **irregular}


def _removals(name: str, value: Any) -> tuple[str, list[RemovedApi]]:
    release = parse_release(name)
    if release is None:
        raise read.WrongError("expected a release like 1.36")
    if not isinstance(value, list):
        raise read.WrongError(f"expected a list, found {read.shown(value)}")
    return release, [_removal(release, it) for it in value]


def _removal(release: str, value: Any) -> RemovedApi:
    document = read.fields(value, _REMOVAL)
    return RemovedApi(
        release=release,
        kinds=read.required(document, "kinds", read.texts),
        versions=read.required(document, "versions", read.texts),
        replacements=read.items(document, "replacements", _replacement),
        anchor=read.optional(document, "anchor", read.text),
    )


def _replacement(value: Any) -> ApiReplacement:
    document = read.fields(value, frozenset({"name", "since"}))
    return ApiReplacement(
        name=read.required(document, "name", read.text), since=read.optional(document, "since", read.release)
    )


def _removal_to_dict(removal: RemovedApi) -> dict[str, Any]:
    return read.without_empty(
        {
            "kinds": list(removal.kinds),
            "versions": list(removal.versions),
            "replacements": [read.without_empty({"name": it.name, "since": it.since}) for it in removal.replacements],
            "anchor": removal.anchor,
        }
    )
