"""YAML files that people write, read node by node, so that a mistake is reported with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.reader import ReaderError

from ..model.errors import NecoError
from ..model.text import CONTROL, shortened
from .bounded_files import TooLargeError, read_text_within
from .bounded_front_matter import BoundsError, Loader, check_yaml

LARGEST = 262_144
"""The number of bytes that a YAML file of ours may have: a hundred times what people write, read in no time."""

_LONGEST = 300
"""The most characters of what is wrong in a message, which may quote a value of any length."""

_NULL = "tag:yaml.org,2002:null"


class YamlMistakeError(NecoError):
    """A mistake in a YAML file that people write: in which line, what is wrong, and what to do (`hint`)."""

    def __init__(self, path: Path, line: int | None, what: str, hint: str) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {what}; {hint}")
        self.line, self.what, self.hint = line or 1, what, hint


def compose(path: Path) -> yaml.Node | None:
    """Return the root node of a YAML file; None where there is no file, or the file holds nothing.

    Raises:
        NecoError: the file cannot be read, or is not YAML; the message names file and line.
    """
    try:
        text = read_text_within(path, LARGEST)
    except FileNotFoundError:
        return None
    except TooLargeError as error:
        raise YamlMistakeError(path, None, str(error), "shorten it") from error
    except OSError as error:
        raise YamlMistakeError(
            path, None, f"cannot be read ({error.strerror})", "make it a file that can be read"
        ) from error
    except UnicodeDecodeError as error:
        raise YamlMistakeError(path, None, f"cannot be read ({error})", "save it as UTF-8") from error
    try:
        root = _composed(text)
    except BoundsError as error:
        raise YamlMistakeError(path, error.line, str(error), "write it more simply") from error
    except (yaml.YAMLError, RecursionError) as error:
        line, problem = yaml_problem(error, text)
        raise YamlMistakeError(path, line, f"is not YAML: {shortened(problem, _LONGEST)}", "correct it") from error
    return None if root is None or is_nothing(root) else root


def _composed(text: str) -> yaml.Node | None:
    """Return the root node of a text that is checked first: without bounds a few lines stand for gigabytes.

    Raises:
        BoundsError: the text goes beyond the bounds.
        yaml.YAMLError: the text is no YAML; the words are those of YAML's reader in Python, which says more.
        RecursionError: the text is no YAML, and nests too deeply.
    """
    try:
        check_yaml(text, LARGEST)
        root: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root


def is_nothing(node: yaml.Node) -> bool:
    """Whether a YAML node holds nothing, or `null`."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


def entries(path: Path, node: yaml.Node | None, wanted: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Yield the keys of a YAML object with their values; nothing of one that is empty.

    Raises:
        NecoError: the node is no object, which `wanted` says in words, or a key stands there twice.
    """
    if node is None or is_nothing(node):
        return
    if not isinstance(node, yaml.MappingNode):
        raise mistake(path, node, f"expected {wanted}", "see the writers' guide")
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise mistake(path, key, f"expected {wanted}", "see the writers' guide")
        if key.value in seen:
            raise second_time(path, key, f"`{key.value}`")
        seen.add(key.value)
        yield key, value


def text_at(path: Path, node: yaml.Node) -> str:
    """Return the text of a YAML node, white space folded; `path` is the file's name in messages.

    Raises:
        NecoError: the node is empty, no scalar, or holds a control character.
    """
    if not isinstance(node, yaml.ScalarNode) or is_nothing(node) or not node.value.strip():
        raise mistake(path, node, "expected text", "write it in quotes")
    text = " ".join(node.value.split())
    if CONTROL.search(text):
        raise mistake(path, node, "holds a control character", "remove it")
    return text


def mistake(path: Path, node: yaml.Node, what: str, hint: str) -> YamlMistakeError:
    """Return an error that says what is wrong at a YAML node, in which file and line, and what to do."""
    return YamlMistakeError(path, node.start_mark.line + 1, shortened(what, _LONGEST), hint)


def second_time(path: Path, node: yaml.Node, what: str) -> YamlMistakeError:
    """Return the error that a thing is said twice, in the line of the second time."""
    return mistake(path, node, f"{what} stands here for the second time", "keep one of the two")


def yaml_problem(error: Exception, text: str) -> tuple[int, str]:
    """Return the line (from 1) of a mistake in a YAML text, and the parser's own words about the mistake.

    A date like 2022-13-45 makes the parser raise a ValueError, which knows no line and counts as line 1.
    """
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return error.problem_mark.line + 1, str(error.problem)
    if isinstance(error, ReaderError):
        return text.count("\n", 0, error.position) + 1, error.reason
    return 1, str(error).partition("\n")[0]


def line_of(path: Path, *keys: str) -> int | None:
    """Return the line (from 1) of a key below others in a YAML file; None without that key, or without a readable file.

    An item of a list that is an object counts as that object, as in MkDocs' lists of plugins.
    """
    try:
        node: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    line = None
    for key in keys:
        found = next((entry for entry in _pairs(node) if entry[0].value == key), None)
        if found is None:
            return None
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                yield from _pairs(item)
