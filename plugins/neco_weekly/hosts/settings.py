"""The settings that `mkdocs.yml` has for us, read once and in one way, whichever host asks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..display.words import load_strings
from ..grammar.yaml_files import line_of
from ..issues.problem_kinds import KINDS, make_problem
from ..issues.problems import Problem
from ..issues.silenced import unknown_code
from ..model.errors import NecoError
from ..model.options import CHOICES, OPTIONS
from ..model.releases import Releases, load_releases

PLUGIN, EXTENSION = "neco-weekly", "neco_weekly"
"""Our names under `plugins` and under `markdown_extensions` of `mkdocs.yml`."""

Options = Mapping[str, Any]
"""Options as `mkdocs.yml` has them under a plugin's or an extension's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An option that is set under `plugins` and under `markdown_extensions`, and what each of them says."""

    option: str
    plugin: object
    extension: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings that hold. Folders are as written: `issues` below the docs folder, the others beside `mkdocs.yml`.

    `fetch` says whether a build fetches what the lock lacks, `ignore` are codes of problems that are not told.

    `disagreements` are options that say one thing under `plugins` and another under `markdown_extensions`.
    """

    metadata: str
    issues: str
    locale: str
    releases: Releases
    grammar: str
    grammar_for: str
    pages: bool
    link: str
    now: bool
    csp: bool
    design: bool
    cache: bool
    cache_dir: str
    fetch: bool
    ignore: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def all_pages(self) -> bool:
        """Whether pages that are no issues are ours to read, too."""
        return self.pages or (self.grammar == "github" and self.grammar_for == "all")

    @property
    def for_extension(self) -> dict[str, str | bool]:
        """The options that a page is read and drawn with, as the Markdown extension takes them."""
        return {
            "issues": self.issues,
            "locale": self.locale,
            "grammar": self.grammar,
            "grammar_for": self.grammar_for,
            "pages": self.pages,
            "link": self.link,
        }

    @classmethod
    def of(cls, plugin: Options, extension: Options, theme_language: str | None = None) -> Settings:
        """Return the settings from the options of plugin and extension; where both set an option, the plugin's holds.

        An option that is absent, `null` or empty is not set. The language of the site's theme decides where no `locale`
        is set.

        Raises:
            NecoError: an option is of the wrong kind, or has a value that none may have.
        """
        read = {name: _READERS[name](name, _said(name, plugin, extension)) for name in OPTIONS if name != "locale"}
        locale = _said("locale", plugin, extension, default=_locale_of(theme_language))
        return cls(
            **read,
            locale=load_strings(_text("locale", locale)).locale,
            disagreements=tuple(_disagreements(plugin, extension)),
        )

    def problems(self, config_file: Path, site_url: str) -> list[Problem]:
        """Return what an author may want to correct in `mkdocs.yml`: settings that disagree, an address of no site."""
        differing = [
            make_problem(
                "settings-differ",
                config_file.as_posix(),
                line_of(config_file, "plugins", PLUGIN, it.option) or 1,
                written=it.option,
                detail=f"{it.plugin!r} under plugins and {it.extension!r} under markdown_extensions",
            )
            for it in self.disagreements
        ]
        line = line_of(config_file, "plugins", PLUGIN, "ignore") or line_of(
            config_file, "markdown_extensions", EXTENSION, "ignore"
        )
        unknown = [unknown_code(it, config_file.as_posix(), line or 1) for it in self.ignore if it not in KINDS]
        return [*differing, *unknown, *_problems_of_address(config_file, site_url)]


def _problems_of_address(config_file: Path, site_url: str) -> Iterator[Problem]:
    if is_example(site_url):
        line = line_of(config_file, "site_url") or 1
        yield make_problem("example-site-url", config_file.as_posix(), line, written=site_url)


def root_of(site_url: str) -> str:
    """Return the address of a site's root, with the slash that makes it a folder; empty where there is none."""
    return f"{site_url.strip().rstrip('/')}/" if site_url.strip() else ""


def is_example(url: str) -> bool:
    """Whether a URL is one of those that are kept free for examples (https://www.rfc-editor.org/rfc/rfc2606)."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # no URL at all: MkDocs says so
        return False
    return bool(_FOR_EXAMPLES.search(host))


_FOR_EXAMPLES = re.compile(r"(?:^|\.)(?:example|example\.(?:com|net|org))\.?$")


def _said(name: str, plugin: Options, extension: Options, default: object = None) -> object:
    found = [value for value in (plugin.get(name), extension.get(name)) if not _is_unsaid(value)]
    return found[0] if found else OPTIONS[name].default if default is None else default


def _is_unsaid(value: object) -> bool:
    return value is None or value in ("", {})


def _locale_of(theme_language: str | None) -> str | None:
    """Return the site's language for a theme's, such as `en-GB`: English, or Japanese for all other languages."""
    if not theme_language:
        return None
    return "en" if theme_language.startswith("en") else "ja"


def _disagreements(plugin: Options, extension: Options) -> Iterator[Disagreement]:
    for name in OPTIONS:
        ours, theirs = plugin.get(name), extension.get(name)
        if not (_is_unsaid(ours) or _is_unsaid(theirs) or ours == theirs):
            yield Disagreement(option=name, plugin=ours, extension=theirs)


# --- values -------------------------------------------------------------------------------------------------------


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise NecoError(f"{name}: expected text in mkdocs.yml, found {value!r}; write it in quotes")
    return value


def _issues_folder(name: str, value: object) -> str:
    """Return the folder of the issues below the docs folder, without `./` before or `/` behind.

    The docs folder itself is none: each page of the site, those that are generated among them, would be an issue.
    """
    text = _text(name, value)
    folder = posixpath.normpath(text.strip().strip("/") or ".")
    if folder == "." or folder.startswith(".."):
        raise NecoError(f"{name}: `{text}` is no folder below the docs folder; name one there, such as `issues`")
    return folder


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise NecoError(f"{name}: expected true or false in mkdocs.yml, found {value!r}")
    return value


def _choice(name: str, value: object) -> str:
    if value not in CHOICES[name]:
        raise NecoError(f"{name}: expected {' or '.join(CHOICES[name])} in mkdocs.yml, found {value!r}")
    return str(value)


def _codes(name: str, value: object) -> tuple[str, ...]:
    """Return a list of codes; one code alone may stand without a list."""
    codes = [value] if isinstance(value, str) else value
    if not isinstance(codes, list | tuple) or not all(isinstance(it, str) for it in codes):
        raise NecoError(f"{name}: expected a list of codes such as [bare-number] in mkdocs.yml, found {value!r}")
    return tuple(dict.fromkeys(it.strip() for it in codes))


def _fetch(name: str, value: object) -> bool:
    """Return whether a build fetches; YAML reads `off` and `no` as false, which means never, too."""
    return value is not False and _choice(name, value) == "missing"


_READERS: Mapping[str, Callable[[str, object], Any]] = {
    "metadata": _text,
    "issues": _issues_folder,
    "releases": lambda _, value: load_releases(value),
    "grammar": _choice,
    "grammar_for": _choice,
    "pages": _flag,
    "link": lambda name, value: _choice(name, "never" if value is False else value),
    "now": _flag,
    "csp": _flag,
    "design": _flag,
    "cache": _flag,
    "cache_dir": _text,
    "ignore": _codes,
    "fetch": _fetch,
}
