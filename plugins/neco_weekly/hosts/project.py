"""The project: `mkdocs.yml` as the command line reads it, where issues are and with which extensions to read them."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from ..grammar.front_matter import take_apart
from ..grammar.front_matter_values import written_title
from ..grammar.issue_files import IssueFile, UnreadableTextError, is_issue, read_issue_text
from ..grammar.topics_file import TopicsFile, load_topics
from ..issues.index import Index, build_index, held_back, make_issue, unreadable
from ..issues.problems import Problem
from ..issues.scan import DEFAULT_EXTENSIONS, Scanner
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import TOPICS_FILE
from ..model.days import day_of_build
from ..model.errors import NecoError
from ..model.issues import HeldBack, Issue
from ..model.releases import Releases, load_releases
from ..site.own_paths import names_at_one_address
from .issues_folder import folder_problems
from .settings import EXTENSION, PLUGIN, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A site's folders and settings. Paths are relative to the working folder where they can be.

    `root` is the folder of `mkdocs.yml`; `without_endings`: addresses of pages are those of folders. `ignored`
    are codes of problems that are not told.
    """

    docs: Path
    metadata: Path
    root: Path = Path()
    issues: str = "issues"
    locale: str = "ja"
    site_name: str = ""
    site_url: str = ""
    site_description: str = ""
    cache: Path = Path(".cache/neco-weekly")
    grammar: str = "github"
    grammar_of_others: str = "python-markdown"
    releases: Releases = field(default_factory=load_releases)
    extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    without_endings: bool = True
    ignored: tuple[str, ...] = ()
    config_file: Path = Path("mkdocs.yml")

    def issue_paths(self) -> Iterator[str]:
        """Yield the paths of all issues, relative to the docs folder, sorted."""
        folder = self.docs / self.issues
        for path in sorted(folder.rglob("*.md")):
            relative = path.relative_to(self.docs).as_posix()
            if is_issue(relative, self.issues):
                yield relative

    def file_paths(self) -> Iterator[str]:
        """Yield the paths of all files of the docs folder, relative to it; hidden ones are no matter of a site."""
        for folder, folders, names in os.walk(self.docs):
            folders[:] = [it for it in folders if not it.startswith(".")]
            for name in names:
                yield Path(folder, name).relative_to(self.docs).as_posix()

    def folder_problems(self) -> list[Problem]:
        """Return what is wrong with the folder of the issues where it holds none."""
        return folder_problems(self.config_file, self.docs, self.issues)

    def read_index(self, holding: re.Pattern[str] | None = None, topics: TopicsFile | None = None) -> Index:
        """Return the index of all issues that are public, or with `holding` of those whose text that pattern finds.

        Mentions are as written: which KEPs they mean, `Index.decided` says by what the lock knows. A file that cannot
        be read is an issue that is held back. With `topics` it is read as if `topics.yml` said these.

        Raises:
            NecoError: a Markdown extension cannot be loaded, or SOURCE_DATE_EPOCH is no time.
        """
        scanner, today = self.scanner(self.grammar, topics), day_of_build(os.environ)
        read = [self._read(path, scanner, holding, today) for path in self.issue_paths()]
        held = (it for it in read if isinstance(it, HeldBack))
        return build_index((it for it in read if isinstance(it, Issue)), held)

    def scanner(self, grammar: str, topics: TopicsFile | None = None, keps_as_of: KepsAsOf | None = None) -> Scanner:
        """Return a scanner of texts in this grammar, with the extensions of the site; its own topics unless given.

        With `keps_as_of` it draws the pages as the site does.

        Raises:
            NecoError: a Markdown extension cannot be loaded.
        """
        if topics is None:
            topics = load_topics(self.metadata / TOPICS_FILE)
        try:
            return Scanner(
                self.extensions,
                self.extension_configs,
                grammar=grammar,
                locale=self.locale,
                topics=topics,
                site_url=self.site_url,
                keps_as_of=keps_as_of,
            )
        except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise NecoError(f"markdown_extensions: {error}; correct it in mkdocs.yml, or install it") from error

    def own_page(self, path: str) -> str | None:
        """Return the text of a page that a writer has written, or None if there is none."""
        file = self.docs / path
        return read_issue_text(file, file.as_posix()) if file.is_file() else None

    def own_page_at(self, path: str) -> tuple[str, str] | None:
        """Return the path and the text of the writer's page where a page of ours would be; None without one."""
        for name in names_at_one_address(path, without_endings=self.without_endings):
            text = self.own_page(name)
            if text is not None:
                return name, text
        return None

    def is_written(self, path: str) -> bool:
        """Whether a writer's page lies where the generated page of a path would."""
        return self.own_page_at(path) is not None

    def _read(
        self, path: str, scanner: Scanner, holding: re.Pattern[str] | None, today: dt.date
    ) -> Issue | HeldBack | None:
        try:
            parts = take_apart(read_issue_text(self.docs / path, (self.docs / path).as_posix()))
        except UnreadableTextError as error:
            return unreadable(path, error)
        if held := held_back(path, parts, today):
            return held
        if holding and not holding.search(f"{written_title(parts.meta)}\n{parts.body}"):
            return None
        return make_issue(path, parts, scanner.scan(parts.body, IssueFile(path=path, meta=parts.meta)))


def load_project(config_file: Path = Path("mkdocs.yml")) -> Project:
    """Return the project of a `mkdocs.yml`.

    Raises:
        NecoError: there is no such file, it is not YAML, or an option of ours is of the wrong kind.
    """
    document = read_config(config_file)
    root = config_file.parent
    names, configs = _extensions(document.get("markdown_extensions"))
    ours = configs.pop(EXTENSION, {})
    settings = Settings.of(_plugin_options(document.get("plugins")), ours, _theme_language(document.get("theme")))
    site_url = str(document.get("site_url") or "")
    return Project(
        docs=root / str(document.get("docs_dir", "docs")),
        metadata=root / settings.metadata,
        root=root,
        issues=settings.issues,
        locale=settings.locale,
        without_endings=document.get("use_directory_urls", True) is not False,
        site_name=str(document.get("site_name", "")),
        site_url=site_url,
        site_description=str(document.get("site_description") or ""),
        cache=root / settings.cache_dir,
        grammar=settings.grammar,
        grammar_of_others=settings.grammar if settings.grammar_for == "all" else "python-markdown",
        releases=settings.releases,
        extensions=tuple(dict.fromkeys((*DEFAULT_EXTENSIONS, *(name for name in names if name != EXTENSION)))),
        extension_configs=configs,
        problems=tuple(settings.problems(config_file, site_url)),
        config_file=config_file,
        ignored=settings.ignore,
    )


class _Loader(yaml.UnsafeLoader):
    """A YAML loader that resolves Python names as MkDocs does: a slugify function decides the anchors of headings."""


_Loader.add_constructor("!ENV", construct_env_tag)

_Loader.add_multi_constructor("!relative", lambda loader, suffix, node: os.curdir)


def read_config(config_file: Path, heirs: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Return what a `mkdocs.yml` says, with what it inherits; `heirs` are the files that inherit it.

    Raises:
        NecoError: there is no such file, it is not YAML, or it inherits itself.
    """
    try:
        document = yaml.load(config_file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (as MkDocs does)
    except FileNotFoundError as error:
        raise NecoError(f"{config_file}: not found; run neco in the folder of the site's mkdocs.yml") from error
    except OSError as error:
        raise NecoError(f"{config_file}: cannot be read ({error.strerror}); make it a file that can be read") from error
    except UnicodeDecodeError as error:
        raise NecoError(f"{config_file}: cannot be read ({error}); save it as UTF-8") from error
    except (yaml.YAMLError, ValueError) as error:  # a ValueError where a day like 2026-12-32 is none
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise NecoError(f"{config_file}{line}: is not YAML: {getattr(error, 'problem', error)}; correct it") from error
    if not isinstance(document, dict):
        raise NecoError(f"{config_file}: expected settings such as `site_name:`")
    parent = document.pop("INHERIT", None)
    if parent is None:
        return document
    heirs = (*heirs, _real(config_file))
    inherited = config_file.parent / str(parent)
    if _real(inherited) in heirs:
        raise NecoError(f"{inherited}: inherits itself; correct `INHERIT`")
    return _on_top(document, read_config(inherited, heirs))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike `Path.resolve`, this takes a link that leads to itself as it is


def _on_top(document: dict[str, Any], inherited: dict[str, Any]) -> dict[str, Any]:
    """Return settings over those they inherit, as MkDocs joins them: objects key by key, anything else is replaced."""
    both = {
        key: _on_top(value, inherited[key])
        for key, value in document.items()
        if isinstance(value, dict) and isinstance(inherited.get(key), dict)
    }
    return {**inherited, **document, **both}


def _extensions(written: Any) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """Return names of Markdown extensions in order, and options by name, from MkDocs' list or mapping of them."""
    items = [{name: options} for name, options in written.items()] if isinstance(written, dict) else written or []
    names: list[str] = []
    configs: dict[str, Mapping[str, Any]] = {}
    for item in items:
        for name, options in item.items() if isinstance(item, dict) else [(item, None)]:
            names.append(str(name))
            if options:
                configs[str(name)] = options
    return names, configs


def _plugin_options(written: Any) -> Mapping[str, Any]:
    _, configs = _extensions(written)
    return configs.get(PLUGIN, {})


def _theme_language(written: Any) -> str | None:
    """Return the language of the theme: what the site says, else what the theme says of itself, as in MkDocs."""
    options = written if isinstance(written, dict) else {"name": written}
    if options.get("language"):
        return str(options["language"])
    name: object = options.get("name")
    while isinstance(name, str) and (about := _about_theme(name)):
        if about.get("language"):
            return str(about["language"])
        name = about.get("extends")
    return None


def _about_theme(name: str) -> Mapping[str, Any]:
    """Return what `mkdocs_theme.yml` of an installed theme says; nothing where there is no such theme."""
    found = next(iter(entry_points(group="mkdocs.themes", name=name)), None)
    package, *below = found.module.split(".") if found else [""]
    spec = find_spec(package) if package else None  # of the package alone: looking below a package imports the package
    for folder in (spec and spec.submodule_search_locations) or ():
        with suppress(OSError, UnicodeDecodeError, yaml.YAMLError):
            about = yaml.safe_load(Path(folder, *below, "mkdocs_theme.yml").read_text(encoding="utf-8"))
            return about if isinstance(about, dict) else {}
    return {}
