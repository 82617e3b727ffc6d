"""What a theme's template reads, as text that is equal where the template would draw the same.

A template may read all of the configuration, the navigation, the page with its neighbours, and what plugins put into
the context. Functions and filters are known by their names and by the packages that are installed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import hashlib
import marshal
import os
import re
import types
import uuid
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, TypeGuard

import jinja2
import jinja2.meta
from markupsafe import Markup
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.theme import Theme


class NotTextError(Exception):
    """A value whose text would not tell all about it: an object of which nobody knows what a template reads there."""


def described(value: object) -> str:
    """Return a value as text: equal for two values exactly where a template would draw the same of both.

    Raises:
        NotTextError: the value, or one inside of it, is an object of which nobody knows what a template reads there.
    """
    if isinstance(value, str):
        return f"{type(value).__name__}{_text(value)}" if isinstance(value, Markup) else _text(value)
    if value is None or isinstance(value, _PLAIN):
        return f"{type(value).__name__}:{value!r}"
    if isinstance(value, Mapping):
        return "{" + "".join(f"{described(key)}:{described(item)}," for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + "".join(f"{described(item)}," for item in value) + "]"
    if isinstance(value, set | frozenset):
        return "<" + ",".join(sorted(map(described, value))) + ">"
    return _object(value)


def _text(value: str) -> str:
    """Return a text between signs that end it, or the digest of a long one: what a page says is put together often."""
    if len(value) < _LONG:
        return str.__repr__(value)
    return f"#{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"


_LONG = 1_000
"""The number of characters from which on a text is told by its digest."""

_PLAIN = (bool, int, float, complex, bytes, dt.date, dt.time, dt.timedelta, dt.timezone, PurePath, uuid.UUID, enum.Enum)


def _object(value: object) -> str:
    name = f"{type(value).__module__}.{type(value).__qualname__}"
    if isinstance(value, Config):  # of options too: what a plugin's configuration holds
        return name + described(dict(value.items()))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return name + described({it.name: getattr(value, it.name) for it in dataclasses.fields(value)})
    if isinstance(value, functools.partial):
        return name + described([value.func, value.args, value.keywords])
    if isinstance(value, TableOfContents):
        return described(list(map(_entry, value.items)))
    if isinstance(value, _NAMED):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', getattr(value, '__name__', ''))}"
    raise NotTextError(name)


_NAMED = (type, types.FunctionType, types.BuiltinFunctionType, types.ModuleType)


def _entry(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, getattr(link, "active", False), list(map(_entry, link.children))]


def _is_plain(link: AnchorLink) -> bool:
    """Whether an entry holds what MkDocs puts there, whose `repr` says all: most of what there is of a page to tell."""
    own = (type(link.title), type(link.id), type(link.level), type(getattr(link, "active", False)))
    return own == (str, str, int, bool) and all(map(_is_plain, link.children))


# --- the configuration --------------------------------------------------------------------------------------------


def described_configuration(config: Config) -> str:
    """Return all options of a site. Plugins count by their names and options, Markdown extensions by their names.

    Hooks count by their texts.
    """
    named = {**dict(config.items()), "config_file_path": _whole_path(config)}
    said = "".join(f"{name}={_setting(value)}\n" for name, value in named.items() if name not in _NOWHERE)
    return said + described(described_hooks(config))


def _whole_path(config: Config) -> str | None:
    """Return where the configuration lies: with `--config-file` a preview has that as it was given, then as a whole."""
    return config.config_file_path and str(Path(config.config_file_path).absolute())


_NOWHERE = frozenset({"site_dir"})
"""Options that no page shows: a preview is built into a folder of another name each time."""


def described_hooks(config: Config) -> list[list[str]]:
    """Return the texts of a site's hooks, and of the programs beside them, which they may import."""
    files = (Path(found) for it in (config.get("hooks") or {}).values() if (found := getattr(it, "__file__", None)))
    folders = dict.fromkeys(it.parent for it in files)
    return [[it.name, _program(it)] for folder in folders for it in sorted(folder.glob("*.py"))]


def _program(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a folder, or what nobody may read: no hook has it, either
        return ""


def _setting(value: object) -> str:
    if isinstance(value, Theme):
        return described([value.name, value.dirs, sorted(value.static_templates)]) + _setting(dict(value))
    if isinstance(value, PluginCollection):
        return "".join(f"{name}:{_plugin(plugin)}," for name, plugin in value.items())
    if isinstance(value, Mapping) and not isinstance(value, Config):
        return "".join(f"{name!r}:{_setting(it)}," for name, it in value.items())
    if isinstance(value, list | tuple):
        return "".join(f"{_setting(it)}," for it in value)
    try:
        return described(value)
    except NotTextError as unknown:  # a language, which is written as its code, or what no theme shows
        return f"{unknown}:{'' if type(value).__str__ is object.__str__ else value}"


def _plugin(plugin: object) -> str:
    return described(dict(plugin.config.items())) if isinstance(plugin, BasePlugin) else type(plugin).__qualname__


# --- pages --------------------------------------------------------------------------------------------------------


def told_page(page: Page, unread: Container[str] = ()) -> Iterator[bytes]:
    """Yield all that a template may read of the page that is drawn; `unread` are attributes that none reads.

    Raises:
        NotTextError: a plugin has given the page an object that nobody can read.
    """
    said = {name: value for name, value in vars(page).items() if not name.startswith("_") and name not in _ELSEWHERE}
    neighbours = [_title_and_place(it) for it in (page.previous_page, page.next_page, *page.ancestors)]
    yield told([type(page).__qualname__, page.title, _file(page.file)])
    yield told(neighbours)
    yield told(page.content)  # in a preview it lies on the disk, and is no attribute of its own
    for name, value in said.items():
        if name not in unread:
            yield told([name, list(map(_entry, value.items)) if _is_contents(value) else value])


def told(value: object) -> bytes:
    """Return a value as bytes that tell as much as `described` does, and sooner of what Python itself can write.

    An array counts by its bytes.

    Raises:
        NotTextError: as of `described`.
    """
    try:
        return b"m" + marshal.dumps(value, _BY_VALUE)  # type: ignore[arg-type]  # what else there is raises
    except ValueError:  # an object, a day, or a text with a class of its own
        return b"d" + described(value).encode("utf-8", "surrogatepass")


_BY_VALUE = 0
"""The version of the format in which equal values are equal bytes: later ones tell which objects are the same."""


def _is_contents(value: object) -> TypeGuard[TableOfContents]:
    return isinstance(value, TableOfContents) and all(map(_is_plain, value.items))


_ELSEWHERE = frozenset(
    {
        *("content", "file", "parent", "children", "previous_page", "next_page", "active", "title"),
        *("markdown", "links_to_anchors", "present_anchor_ids", "sections", "scan_result", "leads_to"),
    }
)
"""What a page has that is described otherwise, or that no template is meant for: text and links before it is drawn."""


def _file(file: File) -> list[object]:
    return [file.src_uri, file.dest_uri, file.url, file.name, file.edit_uri, file.inclusion.name]


def described_navigation(nav: Navigation) -> str:
    """Return the navigation: titles, addresses, and what pages say of themselves in their front matter."""
    return described([list(map(_title_and_place, nav.items)), _title_and_place(nav.homepage)])


def _title_and_place(item: StructureItem | None) -> list[object]:
    if item is None:
        return []
    below = [_title_and_place(it) for it in getattr(item, "children", None) or ()]
    if isinstance(item, Page):
        return [item.title, item.url, item.canonical_url, item.meta, item.is_homepage, below]
    return [type(item).__qualname__, item.title, getattr(item, "url", None), below]


# --- templates ----------------------------------------------------------------------------------------------------


def described_templates(env: jinja2.Environment, templates: Iterable[tuple[str, Path]]) -> str:
    """Return the templates of a theme, each with its place, with all that they can call.

    Raises:
        NotTextError: a plugin gives templates an object that nobody can read.
    """
    callable_by_name = {
        name: described(value) if not callable(value) else _called(value)
        for table in (env.globals, env.filters, env.tests)
        for name, value in table.items()
    }
    return described([callable_by_name, sorted(env.extensions), *map(_template, templates)])


def _called(function: object) -> str:
    # A function of a plugin, or one with some of its arguments given: by its name, as its package is known.
    inner = getattr(function, "func", function)
    return f"{getattr(inner, '__module__', '')}.{getattr(inner, '__qualname__', type(inner).__qualname__)}"


def templates_in(folders: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the templates of a theme's folders, each with the place in its folder.

    A theme that is installed has thousands of icons, which its package's version tells apart; a site's own do count.
    """
    for folder in folders:
        for above, below, names in os.walk(folder):
            below[:] = sorted(it for it in below if it not in ("assets", "node_modules", "__pycache__"))
            if ".icons" in below and _is_packed(folder):
                below.remove(".icons")
            for name in sorted(names):
                if name.endswith((".html", ".xml", ".txt", ".svg", ".jinja", ".j2")):
                    yield Path(above, name).relative_to(folder).as_posix(), Path(above, name)


def _is_packed(folder: str) -> bool:
    return not {"site-packages", "dist-packages"}.isdisjoint(Path(folder).parts)


def _template(found: tuple[str, Path]) -> list[str]:
    return [found[0], found[1].read_text(encoding="utf-8", errors="replace")]


def is_named(name: str, templates: Iterable[tuple[str, Path]]) -> bool:
    """Whether any template has a name in it, of an attribute that it may read."""
    return any(name in path.read_text(encoding="utf-8", errors="replace") for _, path in templates)


def is_read(name: str, env: jinja2.Environment, templates: Iterable[tuple[str, Path]]) -> bool:
    """Whether any template reads a variable of the context, by its name."""
    word = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
    for _, path in templates:
        text = path.read_text(encoding="utf-8", errors="replace")
        if word.search(text) and _reads(env, text, name):
            return True
    return False


def _reads(env: jinja2.Environment, text: str, name: str) -> bool:
    try:
        return name in jinja2.meta.find_undeclared_variables(env.parse(text))
    except jinja2.TemplateError:
        return True
