"""The text of one feature list: the gates of Kubernetes' programs at one release, printed from the programs themselves.

The list is written by a tool of kubernetes/kubernetes (`test/compatibility_lifecycle`). A stage lasts until the gate's
next one begins; the version 1.0 stands for "before anybody kept record".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from ...model.gates import GateStage
from ...model.keps import Stage
from ...model.text import one_line, shortened
from .stage_entries import Fields, UnusableError, gate_name, joined, read_stages, text_of

MAX_BYTES = 2_000_000
"""The size in bytes of the longest feature list that is read; those of 2026 have about 60 kB."""

_DEEPEST = 10

# libyaml where PyYAML was built with it, which is ten times as fast.
_Loader: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# In the programs, the stage without a name is GA: `GA = prerelease("")` in k8s.io/component-base/featuregate.
_FIELDS = Fields(
    stage="preRelease",
    default="default",
    locked="lockToDefault",
    since="version",
    unnamed=Stage.STABLE,
    recorded_from=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureList:
    """The stages of every gate of one list, by name.

    `irregular` says by name what is wrong with gates; those that cannot be used at all are not in `gates`.
    """

    gates: Mapping[str, tuple[GateStage, ...]]
    irregular: Mapping[str, str] = field(default_factory=dict)


def parse_feature_list(content: bytes, *, release: str) -> FeatureList:
    """Return the gates of the feature list of a release; no stage can begin after that release.

    Raises:
        UnusableError: the text is no list of gates; the message says why.
    """
    gates: dict[str, tuple[GateStage, ...]] = {}
    irregular: dict[str, str] = {}
    for entry in _entries(content):
        written = text_of(entry.get("name"))
        if written in gates or written in irregular:
            irregular[written] = "it stands twice in the list, of which the first counts"
            continue
        try:
            name = gate_name(entry.get("name"))
            found = read_stages(entry.get("versionedSpecs"), _FIELDS, through=release)
        except UnusableError as error:
            irregular[written] = str(error)
            continue
        gates[name] = found.stages
        if found.complaints:
            irregular[name] = joined(found.complaints)
    if not gates:
        raise UnusableError("it lists no feature gates")
    return FeatureList(gates=gates, irregular=irregular)


def _entries(content: bytes) -> Iterator[Mapping[str, object]]:
    if len(content) > MAX_BYTES:
        raise UnusableError(f"it has {len(content)} bytes, more than any feature list needs")
    text = content.decode(errors="replace")
    try:
        _check(text)
        document = yaml.load(text, _Loader)  # noqa: S506 (loads nothing but text)
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, UnusableError):
            raise
        reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
        raise UnusableError(f"it cannot be read as YAML: {shortened(one_line(str(reason)), 200)}") from error
    for entry in document if isinstance(document, list) else ():
        if isinstance(entry, dict):
            yield entry


def _check(text: str) -> None:
    """Refuse a text whose nesting would exhaust the stack, or whose aliases would make it long beyond measure.

    The parser itself does not nest; only what makes values of its events does.
    """
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.AliasEvent):
            raise UnusableError("it holds an alias, as no feature list does")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise UnusableError("it is nested too deeply")
