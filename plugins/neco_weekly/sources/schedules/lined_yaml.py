"""YAML of others with the line of each value. Scalars are text, without YAML's guesses: `release: 1.30` stays 1.30."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ...grammar.bounded_front_matter import BoundsError, check_yaml
from ...model.text import one_line, shortened

_LONGEST = 200

_SHORT = 10_000


class NoYamlError(ValueError):
    """A text that is no YAML, or goes beyond the bounds; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Lined:
    """A value of YAML with its line (from 1): a scalar's `text`, or the values of a mapping or a list."""

    line: int
    text: str | None = None
    fields: tuple[tuple[str, Lined], ...] = ()
    items: tuple[Lined, ...] = ()

    def get(self, *names: str) -> Lined | None:
        """Return the value of the first field that has one of the names, which are in `plain_name`'s form."""
        return next((value for name, value in self.fields if plain_name(name) in names), None)

    def said(self, *names: str) -> str:
        """Return the text of a field as one line; empty where there is none, or no text."""
        value = self.get(*names)
        return one_line(value.text) if value and value.text else ""

    def line_of(self, *names: str) -> int:
        """Return the line of a field, that of the value itself where there is no such field."""
        value = self.get(*names)
        return value.line if value else self.line


def plain_name(name: str) -> str:
    """Return a field's name in lower case without what joins its words: `date_requested` -> `daterequested`."""
    return "".join(filter(str.isalnum, name.casefold()))


def read_yaml(text: str, first_line: int = 1) -> Lined:
    """Return the value that a text of YAML holds; an empty one holds an empty value.

    Raises:
        NoYamlError: the text is no YAML, or stands for too much.
    """
    try:
        check_yaml(text, max(len(text), _SHORT))
        root = yaml.compose(text, Loader=yaml.BaseLoader)
        return _lined(root, first_line) if root else Lined(first_line)
    except BoundsError as error:
        raise NoYamlError(str(error), error.line + first_line - 1) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise NoYamlError(f"is not YAML: {shortened(one_line(what), _LONGEST)}", line + first_line - 1) from error
    except RecursionError as error:
        raise NoYamlError("is nested too deeply", first_line) from error


def _lined(node: yaml.Node, first_line: int) -> Lined:
    line = node.start_mark.line + first_line
    match node:
        case yaml.MappingNode():
            return Lined(line, fields=tuple(_fields(node, first_line)))
        case yaml.SequenceNode():
            return Lined(line, items=tuple(_lined(item, first_line) for item in node.value))
    return Lined(line, text=str(node.value))


def _fields(node: yaml.MappingNode, first_line: int) -> Iterator[tuple[str, Lined]]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield str(key.value), _lined(value, first_line)
