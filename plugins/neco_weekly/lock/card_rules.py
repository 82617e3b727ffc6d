"""Rules for the cards of a host, `cards:` of `overrides.yml`: no picture, a large one, what is not to be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

import yaml

from ..grammar.urls import ascii_host, host_of
from ..grammar.yaml_files import entries, mistake, second_time, text_at
from ..model.cards import HIDEABLE, CardRule, CardSize

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*")

NO_RULE = CardRule()
"""The rule of a host of which nobody has said anything."""


def read_card_rules(path: Path, node: yaml.Node) -> Mapping[str, CardRule]:
    """Return rules by host, from the YAML node below `cards:`; a rule is for the host and all hosts below it.

    Raises:
        NecoError: no host, one that stands there twice, an unknown key, or a value out of its vocabulary; the message
            names file and line.
    """
    rules: dict[str, CardRule] = {}
    for key, value in entries(path, node, "hosts such as `example.com:`"):
        if not _HOST.fullmatch(key.value):
            raise mistake(path, key, f"{key.value!r} is not a host", "write its name alone, such as example.com")
        host = ascii_host(key.value.lower().removeprefix("www."))
        if host in rules:
            raise second_time(path, key, host)
        rules[host] = _rule(path, key.value, value)
    return rules


def rule_of(url: str, rules: Mapping[str, CardRule]) -> CardRule:
    """Return the rule for the card of an address: that of its host, else of the nearest host above that one has."""
    if not rules:
        return NO_RULE
    labels = ascii_host(host_of(url)).split(".")
    names = (".".join(labels[begin:]) for begin in range(len(labels)))
    return next((rules[name] for name in names if name in rules), NO_RULE)


def _rule(path: Path, host: str, node: yaml.Node) -> CardRule:
    rule = NO_RULE
    for key, value in entries(path, node, "fields such as `image: none`"):
        if key.value not in _READERS:
            raise mistake(path, key, f"unknown key {key.value!r} of {host}", f"known are {', '.join(_READERS)}")
        rule = _READERS[key.value](path, value, rule)
    return rule


def _image(path: Path, node: yaml.Node, rule: CardRule) -> CardRule:
    written = text_at(path, node)
    if written != "none":
        raise mistake(path, node, f"`image: {written}` is not known", "write `image: none`, or `size: large`")
    return _hiding(rule, "image")


def _hide(path: Path, node: yaml.Node, rule: CardRule) -> CardRule:
    return _hiding(rule, *_names(path, node))


def _names(path: Path, node: yaml.Node) -> Iterator[str]:
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        written = text_at(path, item)
        if written not in HIDEABLE:
            raise mistake(path, item, f"{written!r} cannot be hidden", f"known are {', '.join(HIDEABLE)}")
        yield written


def _hiding(rule: CardRule, *names: str) -> CardRule:
    return replace(rule, hidden=tuple(it for it in HIDEABLE if it in {*rule.hidden, *names}))


def _size(path: Path, node: yaml.Node, rule: CardRule) -> CardRule:
    written = text_at(path, node)
    if written not in get_args(CardSize):
        raise mistake(path, node, f"{written!r} is no size", "write large or normal")
    return replace(rule, size=written)  # type: ignore[arg-type]


_READERS: Mapping[str, Callable[[Path, yaml.Node, CardRule], CardRule]] = {
    "image": _image,
    "hide": _hide,
    "size": _size,
}
