"""`overrides.yml`: what people say of KEPs, on top of what was fetched, of official lists, of the cards of hosts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ..grammar.kep_references import kep_number
from ..grammar.urls import is_web_url
from ..grammar.yaml_files import compose, entries, mistake, second_time, text_at
from ..model.cards import CardRule
from ..model.history import claims, still_claimed
from ..model.keps import Enhancement, EnhancementState, Link, Source, Stage, Status, parse_release
from ..model.official_lists import OfficialList
from ..model.sig_names import sig_name
from .card_rules import read_card_rules
from .official_overrides import read_official_lists

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A person's word on one KEP, from `overrides.yml`. A field that is None says nothing.

    `summary` says what the KEP is, in the language of the site.
    """

    number: int
    title: str | None = None
    sig: str | None = None
    status: Status | None = None
    stage: Stage | None = None
    latest_milestone: str | None = None
    note: str | None = None
    summary: str | None = None
    links: tuple[Link, ...] = ()

    def on_top_of(self, fetched: Enhancement | None) -> Enhancement:
        """Return the enhancement with this person's words in place of the fetched ones, which stay as claims."""
        below = fetched or Enhancement(
            number=self.number, state=EnhancementState(title=f"KEP-{self.number}"), source=Source(kind="override")
        )
        said = {
            name: value
            for name in ("title", "sig", "status", "stage", "latest_milestone")
            if (value := getattr(self, name)) is not None
        }
        state = replace(below.state, **said)
        if self.latest_milestone and state.stage:  # the person's release is that of the stage, whatever kep.yaml plans
            state = replace(state, milestones={**state.milestones, state.stage: self.latest_milestone})
        contradicted = claims(state, fetched.state, fetched.source) if fetched else ()
        said_by_all = (*contradicted, *still_claimed(state, below.claims))
        own = replace(below, note=self.note, about=self.summary, links=self.links)
        return replace(own, state=state, claims=said_by_all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """All that `overrides.yml` says.

    That is overrides by KEP number, aliases, each with its KEP's number, rules by host, official lists by release.
    """

    keps: Mapping[int, Override] = field(default_factory=dict)
    aliases: Mapping[int, int] = field(default_factory=dict)
    cards: Mapping[str, CardRule] = field(default_factory=dict)
    official: Mapping[str, OfficialList] = field(default_factory=dict)


def load_overrides(path: Path) -> Overrides:
    """Return what `overrides.yml` says; a file that does not exist says nothing.

    Raises:
        NecoError: not YAML, an unknown key, or a value out of its vocabulary; the message names file and line.
    """
    said = Overrides()
    for key, value in entries(path, compose(path), "an object with `keps:` or `cards:`"):
        if key.value == "keps":
            keps, aliases = _keps(path, value)
            said = replace(said, keps=keps, aliases=aliases)
        elif key.value == "cards":
            said = replace(said, cards=read_card_rules(path, value))
        elif key.value == "official":
            said = replace(said, official=read_official_lists(path, value))
        else:
            raise mistake(path, key, f"unknown key {key.value!r}", "known are `keps`, `cards` and `official`")
    return said


def _keps(path: Path, node: yaml.Node) -> tuple[Mapping[int, Override], Mapping[int, int]]:
    keps: dict[int, Override] = {}
    aliases: dict[int, tuple[int, yaml.Node]] = {}
    for number_node, fields in entries(path, node, "a list of KEP numbers"):
        number = _number(path, number_node)
        if number in keps or number in aliases:
            raise second_time(path, number_node, f"KEP {number}")
        if same_as := _same_as(path, number, fields):
            aliases[number] = same_as
        else:
            keps[number] = _override(path, number, fields)
    return keps, _followed(path, aliases)


def _number(path: Path, node: yaml.Node) -> int:
    written = node.value if isinstance(node, yaml.ScalarNode) else ""
    number = kep_number(written) if written.isascii() and written.isdecimal() else None
    if number is None:
        raise mistake(path, node, f"{written!r} is not a KEP number", "write one from 1 to 99999")
    return number


# --- aliases ------------------------------------------------------------------------------------------------------


def _same_as(path: Path, number: int, fields: yaml.Node) -> tuple[int, yaml.Node] | None:
    """Return the KEP that a number is an alias of, with the node that says so; None for a number that is no alias."""
    written = list(entries(path, fields, "fields such as `title:`"))
    found = next((entry for entry in written if entry[0].value == "same_as"), None)
    if found is None:
        return None
    name, node = found
    if len(written) > 1:
        raise mistake(path, name, f"KEP {number} is an alias and has fields", "write `same_as` alone")
    return _number(path, node), node


def _followed(path: Path, aliases: Mapping[int, tuple[int, yaml.Node]]) -> Mapping[int, int]:
    """Return aliases by number, each of a KEP: an alias of an alias is read in one way only, and so not at all."""
    for number, (target, node) in aliases.items():
        if target == number:
            raise mistake(path, node, f"KEP {number} is an alias of itself", "name the KEP whose file describes it")
        if target in aliases:
            raise mistake(path, node, *_alias_of_alias(number, target, aliases))
    return {number: target for number, (target, _) in aliases.items()}


def _alias_of_alias(number: int, target: int, aliases: Mapping[int, tuple[int, yaml.Node]]) -> tuple[str, str]:
    """Return what is wrong with an alias of an alias, and what to do: in a circle no number is that of a KEP."""
    passed, last = {number}, target
    while last in aliases and last not in passed:
        passed.add(last)
        last = aliases[last][0]
    if last in aliases:
        return f"KEP {number} is an alias of {target}, and the aliases go in a circle", "name a KEP that has a file"
    return f"KEP {number} is an alias of {target}, which is one of {aliases[target][0]}", f"write `same_as: {last}`"


# --- fields -------------------------------------------------------------------------------------------------------


def _override(path: Path, number: int, value: yaml.Node) -> Override:
    said: dict[str, Any] = {}
    for name, node in entries(path, value, "fields such as `title:`"):
        if name.value not in _READERS:
            known = ", ".join((*_READERS, "same_as"))
            raise mistake(path, name, f"unknown key {name.value!r} of KEP {number}", f"known are {known}")
        said[name.value] = _READERS[name.value](path, node)
    return Override(number=number, **said)


def _parsed(parse: Callable[[object], T | None], wanted: str) -> Callable[[Path, yaml.Node], T]:
    def read(path: Path, node: yaml.Node) -> T:
        written = text_at(path, node)
        value = parse(written)
        if value is None:
            raise mistake(path, node, f"{written!r} is not {wanted}", "correct it")
        return value

    return read


def _links(path: Path, node: yaml.Node) -> tuple[Link, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise mistake(path, node, "expected a list of links", "write `- title: …` and `url: …` for each")
    return tuple(_link(path, item) for item in node.value)


def _link(path: Path, node: yaml.Node) -> Link:
    fields = {name.value: (name, text_at(path, value)) for name, value in entries(path, node, "`title:` and `url:`")}
    if fields.keys() != {"title", "url"}:
        raise mistake(path, node, "a link has `title` and `url`", "write exactly these two")
    url = fields["url"][1]
    if not is_web_url(url):
        raise mistake(path, fields["url"][0], f"{url!r} is not an http(s) URL", "correct it")
    return Link(title=fields["title"][1], url=url)


_READERS: dict[str, Callable[[Path, yaml.Node], object]] = {
    "title": text_at,
    "sig": _parsed(lambda written: sig_name(str(written)), "a SIG such as sig-node"),
    "status": _parsed(Status.parse, "a status such as implemented or withdrawn"),
    "stage": _parsed(Stage.parse, f"a stage ({', '.join(Stage)})"),
    "latest_milestone": _parsed(parse_release, "a release like v1.25"),
    "note": text_at,
    "summary": text_at,
    "links": _links,
}
