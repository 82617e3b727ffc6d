"""`mkdocs.yml` as the command line reads it: where the issues are and with which extensions they are read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from ..grammar.issue_files import is_draft, is_issue, read_issue_text, take_apart
from ..issues.index import Index, build_index, make_issue
from ..issues.scan import DEFAULT_EXTENSIONS, Scanner
from ..model.errors import NecoError
from ..model.issues import Issue
from ..model.releases import Releases, load_releases

OURS = "neco_weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A site's folders and settings. Paths are relative to the working folder where they can be."""

    docs: Path
    metadata: Path
    issues: str = "issues"
    locale: str = "ja"
    site_name: str = ""
    site_url: str = ""
    site_description: str = ""
    cache: Path = Path(".cache/neco-weekly")
    releases: Releases = field(default_factory=load_releases)
    extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def issue_paths(self) -> Iterator[str]:
        """Paths of all issues, relative to the docs folder, sorted."""
        folder = self.docs / self.issues
        for path in sorted(folder.rglob("*.md")):
            relative = path.relative_to(self.docs).as_posix()
            if is_issue(relative, self.issues):
                yield relative

    def read_index(self, holding: re.Pattern[str] | None = None) -> Index:
        """Read every issue that is no draft, or of these only the ones whose text holds something.

        Raises:
            NecoError: a file cannot be read as text, or a Markdown extension cannot be loaded.
        """
        try:
            scanner = Scanner(self.extensions, self.extension_configs)
        except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise NecoError(f"markdown_extensions: {error}; correct it in mkdocs.yml, or install it") from error
        issues = (self._read(path, scanner, holding) for path in self.issue_paths())
        return build_index(issue for issue in issues if issue is not None)

    def own_page(self, path: str) -> str | None:
        """Text of a page that a writer has written, or None."""
        file = self.docs / path
        return read_issue_text(file, file.as_posix()) if file.is_file() else None

    def _read(self, path: str, scanner: Scanner, holding: re.Pattern[str] | None) -> Issue | None:
        parts = take_apart(read_issue_text(self.docs / path, (self.docs / path).as_posix()))
        if is_draft(parts.meta) or (holding and not holding.search(parts.body)):
            return None
        return make_issue(path, parts, scanner.scan(parts.body))


def load_project(config_file: Path = Path("mkdocs.yml")) -> Project:
    """Read the site's configuration.

    Raises:
        NecoError: there is none here, or it is not YAML.
    """
    document = _document(config_file)
    root = config_file.parent
    names, configs = _extensions(document.get("markdown_extensions"))
    ours = configs.pop(OURS, {})
    plugin = _plugin_options(document.get("plugins"))
    theme = document.get("theme")
    language = str(theme.get("language", "ja")) if isinstance(theme, dict) else "ja"
    return Project(
        docs=root / str(document.get("docs_dir", "docs")),
        metadata=root / str(ours.get("metadata", "docs/_metadata")),
        issues=str(plugin.get("issues") or ours.get("issues") or "issues"),
        locale=str(plugin.get("locale") or ours.get("locale") or ("en" if language.startswith("en") else "ja")),
        site_name=str(document.get("site_name", "")),
        site_url=str(document.get("site_url") or ""),
        site_description=str(document.get("site_description") or ""),
        cache=root / str(plugin.get("cache_dir") or ".cache/neco-weekly"),
        releases=load_releases(ours.get("releases")),
        extensions=tuple(dict.fromkeys((*DEFAULT_EXTENSIONS, *(name for name in names if name != OURS)))),
        extension_configs=configs,
    )


class _Loader(yaml.UnsafeLoader):
    """MkDocs resolves Python names in its configuration, and so must we: a slugify function decides the anchors."""


_Loader.add_constructor("!ENV", construct_env_tag)

_Loader.add_multi_constructor("!relative", lambda loader, suffix, node: os.curdir)


def _document(config_file: Path, heirs: tuple[Path, ...] = ()) -> dict[str, Any]:
    try:
        document = yaml.load(config_file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (as MkDocs does)
    except FileNotFoundError as error:
        raise NecoError(f"{config_file}: not found; run neco in the folder of the site's mkdocs.yml") from error
    except (OSError, UnicodeDecodeError) as error:
        raise NecoError(f"{config_file}: cannot be read ({error})") from error
    except (yaml.YAMLError, ValueError) as error:  # a ValueError where a day like 2026-12-32 is none
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise NecoError(f"{config_file}{line}: is not YAML: {getattr(error, 'problem', error)}; correct it") from error
    if not isinstance(document, dict):
        raise NecoError(f"{config_file}: expected settings such as `site_name:`")
    parent = document.pop("INHERIT", None)
    if parent is None:
        return document
    heirs = (*heirs, config_file.resolve())
    inherited = config_file.parent / str(parent)
    if inherited.resolve() in heirs:
        raise NecoError(f"{inherited}: inherits itself; correct `INHERIT`")
    return _on_top(document, _document(inherited, heirs))


def _on_top(document: dict[str, Any], inherited: dict[str, Any]) -> dict[str, Any]:
    """Settings over those they inherit, as MkDocs joins them: objects key by key, anything else is replaced."""
    both = {
        key: _on_top(value, inherited[key])
        for key, value in document.items()
        if isinstance(value, dict) and isinstance(inherited.get(key), dict)
    }
    return {**inherited, **document, **both}


def _extensions(written: Any) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """Names in order, and options by name, from either form MkDocs takes (list or mapping)."""
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
    return configs.get("neco-weekly", {})
