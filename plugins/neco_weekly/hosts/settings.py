"""The settings that `mkdocs.yml` has for us, read once and in one way, whichever host asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..display.words import load_strings
from ..grammar.yaml_files import line_of
from ..issues.problem_kinds import make_problem
from ..issues.problems import Problem
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

    `fetch` says whether a build fetches what the lock lacks.

    `disagreements` are options that say one thing under `plugins` and another under `markdown_extensions`.
    """

    metadata: str
    issues: str
    locale: str
    releases: Releases
    grammar: str
    grammar_for: str
    cache: bool
    cache_dir: str
    fetch: bool
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def for_extension(self) -> dict[str, str]:
        """The options that a page is read and drawn with, as the Markdown extension takes them."""
        return {
            "issues": self.issues,
            "locale": self.locale,
            "grammar": self.grammar,
            "grammar_for": self.grammar_for,
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

    def problems(self, config_file: Path) -> list[Problem]:
        """Return the disagreements of settings as problems of `mkdocs.yml`, for its author."""
        return [
            make_problem(
                "settings-differ",
                config_file.as_posix(),
                line_of(config_file, "plugins", PLUGIN, it.option) or 1,
                written=it.option,
                detail=f"{it.plugin!r} under plugins and {it.extension!r} under markdown_extensions",
            )
            for it in self.disagreements
        ]


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


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise NecoError(f"{name}: expected true or false in mkdocs.yml, found {value!r}")
    return value


def _choice(name: str, value: object) -> str:
    if value not in CHOICES[name]:
        raise NecoError(f"{name}: expected {' or '.join(CHOICES[name])} in mkdocs.yml, found {value!r}")
    return str(value)


def _fetch(name: str, value: object) -> bool:
    """Return whether a build fetches; YAML reads `off` and `no` as false, which means never, too."""
    return value is not False and _choice(name, value) == "missing"


_READERS: Mapping[str, Callable[[str, object], Any]] = {
    "metadata": _text,
    "issues": _text,
    "releases": lambda _, value: load_releases(value),
    "grammar": _choice,
    "grammar_for": _choice,
    "cache": _flag,
    "cache_dir": _text,
    "fetch": _fetch,
}
