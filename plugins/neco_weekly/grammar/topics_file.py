"""`topics.yml`: what people say of topics: how they are called, what they are, where to read more.

The file only names, joins and explains, so that a mistake in it costs nothing else: what cannot be read is left out and
named, each thing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ..model.keps import Link
from ..model.topics import KINDS, Topic, TopicKind
from .github_repositories import read_repository, repository_name
from .name_table import LONGEST, SHORTEST, folded_name
from .topic_names import TopicNames
from .urls import is_web_url
from .yaml_files import YamlMistakeError, compose, is_nothing, mistake, second_time, text_at

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,79}", re.ASCII)

_VULNERABILITY = re.compile(r"cve-\d{4}-\d{4,}", re.ASCII)

_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMistake:
    """A mistake in `topics.yml`: its line (from 1), what is wrong, and what to do."""

    line: int
    what: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class TopicsFile:
    """All that `topics.yml` says: its topics in the order of the file, and the mistakes in it by their lines."""

    topics: tuple[Topic, ...] = ()
    mistakes: tuple[TopicMistake, ...] = ()

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The slugs of all topics."""
        return frozenset(topic.slug for topic in self.topics)

    @cached_property
    def names(self) -> TopicNames:
        """The names of all topics, by which a text is searched."""
        return TopicNames.of(self.topics)


def load_topics(path: Path) -> TopicsFile:
    """Return what `topics.yml` says; a file that does not exist says nothing. Raises nothing: mistakes are values."""
    reader = _Reader(path=path)
    topics = reader.read()
    mistakes = (TopicMistake(line=it.line, what=it.what, hint=it.hint) for it in reader.mistakes)
    return TopicsFile(topics=topics, mistakes=tuple(sorted(mistakes, key=lambda it: it.line)))


@dataclass(kw_only=True)
class _Reader:
    """A reader of one file. `mistakes` are those so far, `nodes` where each topic's names and others stand."""

    path: Path
    mistakes: list[YamlMistakeError] = field(default_factory=list)
    nodes: dict[tuple[str, str], yaml.Node] = field(default_factory=dict)

    def read(self) -> tuple[Topic, ...]:
        topics: dict[str, Topic] = {}
        for key, value in self._pairs(self._root(), "topics, such as `argo-cd: {name: Argo CD}`"):
            topic = self._tried(self._topic, key, value, topics)
            if topic is not None:
                topics[topic.slug] = topic
        return tuple(self._with_known_topics(topic, topics) for topic in self._without_doubles(topics))

    def _root(self) -> yaml.Node | None:
        return self._tried(compose, self.path)

    def _tried(self, read: Callable[..., T], *arguments: object) -> T | None:
        """Return what reads a value; None where that finds a mistake, which is noted."""
        try:
            return read(*arguments)
        except YamlMistakeError as error:
            self.mistakes.append(error)
            return None

    def _pairs(self, node: yaml.Node | None, wanted: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Yield the keys of an object with their values; what is no such pair is a mistake, and costs no other."""
        if node is None or is_nothing(node):
            return
        if not isinstance(node, yaml.MappingNode):
            self.mistakes.append(mistake(self.path, node, f"expected {wanted}", "see the writers' guide"))
            return
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.mistakes.append(mistake(self.path, key, f"expected {wanted}", "see the writers' guide"))
            elif key.value in seen:
                self.mistakes.append(second_time(self.path, key, f"`{key.value}`"))
            else:
                seen.add(key.value)
                yield key, value

    # --- a topic ------------------------------------------------------------------------------------------------------

    def _topic(self, key: yaml.ScalarNode, value: yaml.Node, known: dict[str, Topic]) -> Topic:
        slug = _slug(self.path, key)
        if not (isinstance(value, yaml.MappingNode) or is_nothing(value)):
            raise mistake(self.path, value, f"expected fields of the topic {slug}", "write such as `name: Argo CD`")
        said: dict[str, Any] = {}
        for name, node in self._pairs(value, "fields such as `name:`"):
            read = _READERS.get(name.value)
            if read is None:
                what, hint = f"unknown key {name.value!r} of the topic {slug}", f"known are {', '.join(_READERS)}"
                self.mistakes.append(mistake(self.path, name, what, hint))
            elif (found := self._tried(read, self, slug, node)) is not None:
                said[_FIELDS.get(str(name.value), str(name.value))] = found
        kind = said.pop("kind", None) or _kind(slug, said)
        called = said.pop("name", None) or _checked(self.path, key, slug)
        self.nodes[slug, "name"] = next((it for k, it in _scalars(value) if k == "name"), key)
        topic = Topic(slug=slug, name=called, kind=kind, is_written=True, line=_line(key), **said)
        every = topic.always == _EVERY
        return replace(topic, always=frozenset(topic.names)) if every else self._with_own_names(topic)

    def _with_own_names(self, topic: Topic) -> Topic:
        for name in topic.always - set(topic.names):
            what = f"{name!r} is no name of the topic {topic.slug}"
            node = self.nodes[topic.slug, f"always {name}"]
            self.mistakes.append(mistake(self.path, node, what, "write it under `aliases`, too"))
        return replace(topic, always=topic.always & set(topic.names))

    def texts(self, slug: str, what: str, node: yaml.Node, read: Callable[[Path, yaml.Node], str]) -> tuple[str, ...]:
        """Return the texts of a list, or one that stands by itself; those that cannot be read are mistakes."""
        found: dict[str, None] = {}
        for item in _items(node):
            text = self._tried(read, self.path, item)
            if text is not None:
                self.nodes[slug, f"{what} {text}"] = item
                found[text] = None
        return tuple(found)

    def sources(self, node: yaml.Node) -> tuple[Link, ...]:
        """Return links to read more, each an address or one with a title."""
        links = (self._tried(_source, self.path, item) for item in _items(node))
        return tuple(link for link in links if link is not None)

    # --- topics among each other --------------------------------------------------------------------------------------

    def _without_doubles(self, topics: dict[str, Topic]) -> Iterator[Topic]:
        """Yield the topics, each with the names and the repository that no other has before; names go before aliases.

        A topic whose own name is another's is left out.
        """
        taken: dict[str, str] = {}
        named = [it for it in topics.values() if self._is_first(it, it.name, taken, "name")]
        repos: dict[str, str] = {}
        for topic in named:
            kept = tuple(it for it in topic.aliases if self._is_first(topic, it, taken, f"alias {it}"))
            repo = topic.repo
            if repo and (owner := repos.setdefault(repo.lower(), topic.slug)) != topic.slug:
                self._complain(topic, "repo", f"{repo} is already the repository of the topic {owner}")
                repo = None
            yield replace(topic, aliases=kept, repo=repo, always=topic.always & {topic.name, *kept})

    def _is_first(self, topic: Topic, name: str, taken: dict[str, str], where: str) -> bool:
        owner = taken.setdefault(folded_name(name), topic.slug)
        if owner == topic.slug:
            return True
        self._complain(topic, where, f"{name!r} is already a name of the topic {owner}")
        return False

    def _complain(self, topic: Topic, where: str, what: str) -> None:
        self.mistakes.append(mistake(self.path, self.nodes[topic.slug, where], what, "keep one of the two"))

    def _with_known_topics(self, topic: Topic, topics: dict[str, Topic]) -> Topic:
        kept = []
        for other in topic.see_also:
            node = self.nodes[topic.slug, f"see_also {other}"]
            if other == topic.slug:
                self.mistakes.append(mistake(self.path, node, f"the topic {other} names itself", "remove it"))
            elif other not in topics:
                self.mistakes.append(mistake(self.path, node, f"there is no topic {other!r} here", "correct it"))
            else:
                kept.append(other)
        return replace(topic, see_also=tuple(kept))


# --- values ---------------------------------------------------------------------------------------------------------


_EVERY = frozenset({""})
"""What `always: true` is while a topic's names are not known yet."""


def _slug(path: Path, key: yaml.ScalarNode) -> str:
    slug = str(key.value)
    if slug == "index" or not _SLUG.fullmatch(slug):
        what = f"{slug!r} cannot be the address of a topic's page"
        raise mistake(path, key, what, "write small letters, digits and hyphens between them, such as `argo-cd`")
    return slug


def _kind(slug: str, said: dict[str, Any]) -> TopicKind:
    if _VULNERABILITY.fullmatch(slug):
        return "vulnerability"
    return "project" if said.get("repo") else "technique"


def _name(path: Path, node: yaml.Node) -> str:
    name = text_at(path, node)
    return _checked(path, node, name)


def _checked(path: Path, node: yaml.Node, name: str) -> str:
    letters = folded_name(name)
    if len(letters) < SHORTEST or letters.isdecimal():
        what = "has one letter" if len(letters) == 1 and letters.isalpha() else "has no letter"
        raise mistake(path, node, f"the name {name!r} {what}", f"write one of {SHORTEST} letters or more")
    if len(name) > LONGEST:
        raise mistake(path, node, f"a name of {len(name)} letters is too long", f"write one of {LONGEST} or fewer")
    return name


def _kind_at(path: Path, node: yaml.Node) -> str:
    kind = text_at(path, node)
    if kind not in KINDS:
        raise mistake(path, node, f"{kind!r} is no kind of topic", f"write one of {', '.join(KINDS)}")
    return kind


def _repo(path: Path, node: yaml.Node) -> str:
    written = text_at(path, node)
    link = read_repository(written)
    repo = (link and link.repo) or repository_name(written)
    if repo is None:
        raise mistake(path, node, f"{written!r} is no repository of GitHub", "write it as `owner/name`")
    return repo


def _address(path: Path, node: yaml.Node) -> str:
    url = text_at(path, node)
    if not is_web_url(url):
        raise mistake(path, node, f"{url!r} is not an http(s) URL", "correct it")
    return url


def _source(path: Path, node: yaml.Node) -> Link:
    if isinstance(node, yaml.ScalarNode):
        url = _address(path, node)
        return Link(title=url, url=url)
    said = dict(_scalars(node))
    if said.keys() != {"title", "url"}:
        raise mistake(path, node, "a source is a URL, or has `title` and `url`", "write exactly these two")
    return Link(title=text_at(path, said["title"]), url=_address(path, said["url"]))


def _always(reader: _Reader, slug: str, node: yaml.Node) -> frozenset[str]:
    written = node.value.lower() if isinstance(node, yaml.ScalarNode) and not node.style else ""
    if written in _YES:
        return _EVERY
    return frozenset() if written in _NO else frozenset(reader.texts(slug, "always", node, text_at))


def _repository(reader: _Reader, slug: str, node: yaml.Node) -> str:
    reader.nodes[slug, "repo"] = node
    return _repo(reader.path, node)


_READERS: dict[str, Callable[[_Reader, str, yaml.Node], Any]] = {
    "name": lambda reader, _, node: _name(reader.path, node),
    "aliases": lambda reader, slug, node: reader.texts(slug, "alias", node, _name),
    "kind": lambda reader, _, node: _kind_at(reader.path, node),
    "repo": _repository,
    "docs": lambda reader, slug, node: reader.texts(slug, "docs", node, _address),
    "about": lambda reader, _, node: text_at(reader.path, node),
    "sources": lambda reader, _, node: reader.sources(node),
    "see_also": lambda reader, slug, node: reader.texts(slug, "see_also", node, text_at),
    "always": _always,
}
"""How each field of a topic is read."""

_FIELDS = {"about": "summary"}
"""Fields that a Topic calls otherwise."""


def _items(node: yaml.Node) -> list[yaml.Node]:
    """Return the items of a list, or what stands by itself as one; nothing of a node that holds nothing."""
    if is_nothing(node):
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _scalars(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return [(key.value, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)]


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
