"""`official:` of `overrides.yml`: what a person says an official list of a release has, in place of what was read.

```yaml
official:
  "1.36":
    stable: [127, 740]
```
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from ..grammar.kep_references import kep_number
from ..grammar.yaml_files import entries, mistake, second_time
from ..model.keps import Stage, parse_release
from ..model.official_lists import BY_HAND, OfficialList


def read_official_lists(path: Path, node: yaml.Node) -> Mapping[str, OfficialList]:
    """Return the lists of a person by release (`v1.36`).

    Raises:
        NecoError: a release, a stage or a number that is none; the message names file and line.
    """
    found: dict[str, OfficialList] = {}
    for name, stages in entries(path, node, "releases"):
        # YAML reads an unquoted 1.30 as a number, but a node keeps what was written.
        release = parse_release(name.value)
        if release is None:
            raise mistake(path, name, f"{name.value!r} is not a release", 'write one like "1.36"')
        if release in found:
            raise second_time(path, name, f"release {release}")
        found[release] = OfficialList(stages=_stages(path, stages), source=BY_HAND)
    return found


def _stages(path: Path, node: yaml.Node) -> Mapping[Stage, tuple[int, ...]]:
    found: dict[Stage, tuple[int, ...]] = {}
    for name, numbers in entries(path, node, "stages such as `stable: [127]`"):
        stage = Stage.parse(name.value)
        if stage is None:
            raise mistake(path, name, f"{name.value!r} is not a stage ({', '.join(Stage)})", "correct it")
        if stage in found:
            raise second_time(path, name, f"stage {stage}")
        if not isinstance(numbers, yaml.SequenceNode):
            raise mistake(path, numbers, "expected a list of KEP numbers", "write them like [127, 740]")
        found[stage] = tuple(sorted({_number(path, it) for it in numbers.value}))
    return found


def _number(path: Path, node: yaml.Node) -> int:
    written = node.value if isinstance(node, yaml.ScalarNode) else ""
    number = kep_number(written) if written.isascii() and written.isdecimal() else None
    if number is None:
        raise mistake(path, node, f"{written!r} is not a KEP number", "write one from 1 to 99999")
    return number
