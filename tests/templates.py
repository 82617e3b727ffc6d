"""Templates of themes, compiled once in a process: half of a build of a small site with Material is their compiling."""

from __future__ import annotations

from collections.abc import Hashable
from types import CodeType

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

_Key = tuple[Hashable, ...]


class _Compiled(BytecodeCache):
    """What a template was compiled to, for all environments that read it alike."""

    def __init__(self) -> None:
        self._kept: dict[_Key, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._kept[_key(bucket)] = bucket.code


def _key(bucket: Bucket) -> _Key:
    """The template's name, file and text, and what its reading depends on."""
    read_with = (
        *bucket.environment.extensions,
        *bucket.environment.filters.values(),
        *bucket.environment.tests.values(),
    )
    return (bucket.key, bucket.checksum, *read_with)


def keep_compiled_templates() -> None:
    """Let all builds of this process that follow share what they compile of themes."""
    compiled, environment_of = _Compiled(), Theme.get_env

    def get_env(theme: Theme) -> Environment:
        environment = environment_of(theme)
        environment.bytecode_cache = compiled
        return environment

    pytest.MonkeyPatch().setattr(Theme, "get_env", get_env)
