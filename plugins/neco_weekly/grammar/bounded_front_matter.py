"""YAML and TOML read within bounds, those of front matter first: a few lines must not become gigabytes of values."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

LONGEST = 16_384
"""The number of characters that front matter may have: a hundred times what people write, read in milliseconds."""

_DEEPEST = 50

_STANDS_FOR = 4
"""How much more than it may have characters a text may stand for; an alias counts as what it repeats."""

_MANY_KEYS = re.compile(r"(?:[\w\"'-]+[ \t]*\.[ \t]*){50}")
"""A chain of dotted keys, for which Python's reader of TOML takes time with the square of its length."""

Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # MkDocs' loader
"""The loader of YAML: the quick one, where it is there."""


class BoundsError(ValueError):
    """A text goes beyond the bounds; `line` counts from 1 in the text that was read."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def load_yaml(text: str) -> Any:
    """Return what YAML says.

    Raises:
        BoundsError: the text is too long, nested too deeply, or its aliases stand for too much.
        Exception: the text is no YAML; the parser has many ways to say so.
    """
    _check_length(text, LONGEST)
    check_yaml(text, LONGEST)
    return yaml.load(text, Loader)  # noqa: S506 (both are safe loaders)


def load_toml(text: str) -> dict[str, Any]:
    """Return what TOML says.

    Raises:
        BoundsError: the text is too long, or nested too deeply.
        ValueError: the text is no TOML.
        RecursionError: its arrays nest too deeply.
    """
    _check_length(text, LONGEST)
    if chain := _MANY_KEYS.search(text):
        raise BoundsError(f"it is nested more than {_DEEPEST} deep", text.count("\n", 0, chain.start()) + 1)
    return tomllib.loads(text)


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise BoundsError(f"it is longer than {longest:,} characters")


def check_yaml(text: str, longest: int) -> None:
    """Look through the events of YAML of so many characters, which takes no memory, before a value is made of any.

    Raises:
        yaml.YAMLError: the text is no YAML.
        BoundsError: the values nest too deeply, an alias repeats what it stands in, or the aliases stand for too much.
    """
    sizes: dict[str | None, int] = {}
    open_: list[tuple[str | None, int]] = []  # anchors of the containers around, and the size before each
    size = 0
    for event in yaml.parse(text, Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in (anchor for anchor, _ in open_):
                raise BoundsError(f"the alias *{event.anchor} repeats what it stands in", line)
            size += sizes.get(event.anchor, 1)
        elif isinstance(event, yaml.ScalarEvent):
            size += 1 + len(event.value)
            sizes[event.anchor] = 1 + len(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append((event.anchor, size))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            size += 1
            if anchor:
                sizes[anchor] = size - before
        if size > _STANDS_FOR * longest:
            raise BoundsError(f"its aliases stand for more than {_STANDS_FOR * longest:,} characters", line)
        if len(open_) > _DEEPEST:
            raise BoundsError(f"it is nested more than {_DEEPEST} deep", line)
