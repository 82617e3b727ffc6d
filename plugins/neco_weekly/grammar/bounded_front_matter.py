"""YAML and TOML of front matter, read within bounds: a few lines of text must not become gigabytes of values."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

LONGEST = 16_384
"""The number of characters that front matter may have: a hundred times what people write, read in milliseconds."""

_DEEPEST = 50

_LARGEST = 4 * LONGEST
"""The number of characters and values that front matter may stand for, each alias counted as what it repeats."""

_MANY_KEYS = re.compile(r"(?:[\w\"'-]+[ \t]*\.[ \t]*){50}")
"""A chain of dotted keys, for which Python's reader of TOML takes time with the square of its length."""

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # MkDocs' loader


class BoundsError(ValueError):
    """Front matter goes beyond the bounds; `line` counts from 1 in the text that was read."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def load_yaml(text: str) -> Any:
    """Return what YAML says.

    Raises:
        BoundsError: the text is too long, nested too deeply, or its aliases stand for too much.
        Exception: the text is no YAML; the parser has many ways to say so.
    """
    _check_length(text)
    _check_aliases(text)
    return yaml.load(text, _Loader)  # noqa: S506 (both are safe loaders)


def load_toml(text: str) -> dict[str, Any]:
    """Return what TOML says.

    Raises:
        BoundsError: the text is too long, or nested too deeply.
        ValueError: the text is no TOML.
        RecursionError: its arrays nest too deeply.
    """
    _check_length(text)
    if chain := _MANY_KEYS.search(text):
        raise BoundsError(f"it is nested more than {_DEEPEST} deep", text.count("\n", 0, chain.start()) + 1)
    return tomllib.loads(text)


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise BoundsError(f"it is longer than {LONGEST:,} characters")


def _check_aliases(text: str) -> None:
    """Look through the text's events, which takes no memory, before a value is made of any.

    Raises:
        BoundsError: the values nest too deeply, an alias repeats what it stands in, or the aliases stand for too much.
    """
    sizes: dict[str | None, int] = {}
    open_: list[tuple[str | None, int]] = []  # anchors of the containers around, and the size before each
    size = 0
    for event in yaml.parse(text, _Loader):
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
        if size > _LARGEST:
            raise BoundsError(f"its aliases stand for more than {_LARGEST:,} characters", line)
        if len(open_) > _DEEPEST:
            raise BoundsError(f"it is nested more than {_DEEPEST} deep", line)
