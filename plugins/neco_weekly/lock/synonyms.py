"""`synonyms.yml`: words that mean the same to a reader who searches, written by people, a list for each meaning."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import yaml

from ..grammar.yaml_files import compose, mistake, text_at

Synonyms = tuple[tuple[str, ...], ...]
"""Groups of words with one meaning, as written and in the order of `synonyms.yml`."""


def load_synonyms(path: Path) -> Synonyms:
    """Return the groups of words in `synonyms.yml`; a file that does not exist has none.

    Raises:
        NecoError: not YAML, no list of lists of words, or a word in two places; the message names file and line.
    """
    root = compose(path)
    seen: set[str] = set()
    return tuple(_group(path, node, seen) for node in _items(path, root, _FORM)) if root else ()


_FORM = "a list of words that mean the same"


def _items(path: Path, node: yaml.Node, wanted: str) -> Sequence[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise mistake(path, node, f"expected {wanted}", "write each as `- [名前空間, namespace]`")
    items: Sequence[yaml.Node] = node.value
    return items


def _group(path: Path, node: yaml.Node, seen: set[str]) -> tuple[str, ...]:
    words = [(item, text_at(path, item)) for item in _items(path, node, _FORM)]
    if len(words) < 2:
        raise mistake(path, node, "one word alone has no synonym", "write at least two, or remove the line")
    for item, word in words:
        _expect_new(path, item, word, seen)
    return tuple(word for _, word in words)


def _expect_new(path: Path, node: yaml.Node, word: str, seen: set[str]) -> None:
    """Refuse a word that another group of synonyms has: a search for the word would find the words of both groups."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    if not any(letter.isalnum() for letter in folded):
        raise mistake(path, node, f"{word!r} has no letter that one could search for", "remove it")
    if folded in seen:
        raise mistake(path, node, f"{word!r} stands here for the second time", "keep each word in one group, once")
    seen.add(folded)
