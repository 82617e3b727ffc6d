"""The theme's templates as Jinja has compiled them, in the memory of a preview: each build has a new environment."""

from __future__ import annotations

from types import CodeType

import jinja2
from jinja2.bccache import Bucket


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates of a theme, each for one text of it; outside of a preview none are kept.

    Jinja works out what is constant while it compiles. So they count for environments of the same filters and tests.
    """

    def __init__(self, *, is_on: bool) -> None:
        self._is_on = is_on
        self._codes: dict[str, tuple[str, CodeType]] = {}
        self._environment: object = None

    def take_over(self, env: jinja2.Environment) -> None:
        """Let an environment ask here for what was compiled before."""
        if not self._is_on or env.bytecode_cache is not None:
            return
        kind = (dict(env.filters), dict(env.tests), sorted(env.extensions), env.autoescape)
        if kind != self._environment:
            self._environment, self._codes = kind, {}
        env.bytecode_cache = self

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code, where that was compiled from the same text."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code
