"""The options of `mkdocs.yml`: whichever place says them, both hosts read the same, and a disagreement is told once."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from neco_weekly.hosts.mkdocs import NecoWeeklyPlugin
from neco_weekly.hosts.project import Project, load_project
from neco_weekly.hosts.settings import Settings, is_example
from neco_weekly.model.errors import NecoError
from neco_weekly.model.options import OPTIONS
from neco_weekly.model.releases import load_releases

from tests.hosts.test_cli import neco
from tests.sites import ENGLISH, Folder, new_folder
from tests.sources.repositories import GitFolder, kep


@dataclass(frozen=True)
class Case:
    """Two values of an option beside its default, as they are written, and what `Settings` has of each."""

    one: Any
    other: Any
    default: Any

    @staticmethod
    def read(name: str, value: Any) -> Any:
        if name == "fetch":
            return value == "missing"
        return load_releases(value) if name == "releases" else value


CASES = {
    "metadata": Case("data", "facts", "docs/_metadata"),
    "issues": Case("notes", "weekly", "issues"),
    "locale": Case("en", "ja", "ja"),
    "releases": Case({"1.99": dt.date(2030, 1, 2)}, {"1.99": dt.date(2031, 1, 2)}, {}),
    "grammar": Case("python-markdown", "github", "github"),
    "grammar_for": Case("all", "issues", "issues"),
    "pages": Case(True, False, False),
    "link": Case("first", "never", "never"),
    "now": Case(False, True, True),
    "csp": Case(True, False, False),
    "design": Case(True, False, False),
    "cache": Case(False, True, True),
    "cache_dir": Case("kept", "elsewhere", ".cache/neco-weekly"),
    "ignore": Case(("bare-number",), ("no-issues-yet", "held-back"), ()),
    "fetch": Case("missing", False, "never"),
}


def test_every_option_has_a_case() -> None:
    assert CASES.keys() == OPTIONS.keys()
    assert {name: case.default for name, case in CASES.items() if name != "locale"} == {
        name: option.default for name, option in OPTIONS.items() if name != "locale"
    }


PLACES: Mapping[str, Callable[[Case], tuple[Any, Any]]] = {
    "the plugin alone": lambda case: (case.one, None),
    "the extension alone": lambda case: (None, case.one),
    "both alike": lambda case: (case.one, case.one),
    "both differently": lambda case: (case.one, case.other),
    "neither": lambda case: (None, None),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", CASES)
def test_both_hosts_read_the_same(name: str, place: str, tmp_path: Path) -> None:
    case = CASES[name]
    plugin, extension = PLACES[place](case)
    folder = written(tmp_path, plugin=_option(name, plugin), extension=_option(name, extension))
    expected = case.default if plugin is None and extension is None else case.one
    with contextlib.chdir(folder.root):
        project, (settings, metadata) = load_project(), of_mkdocs()
        told_by_the_build = tuple(settings.problems(Path("mkdocs.yml"), project.site_url))
    assert getattr(settings, name) == Case.read(name, expected)
    assert project.problems == told_by_the_build
    assert len(project.problems) == (place == "both differently")
    assert of_project(project) == {
        "metadata": metadata,
        "issues": settings.issues,
        "locale": settings.locale,
        "releases": settings.releases,
        "grammar": settings.grammar,  # `grammar_for` says nothing to the command line, which reads issues alone
        "cache": Path(settings.cache_dir),
    }


def of_project(project: Project) -> dict[str, object]:
    names = ("metadata", "issues", "locale", "releases", "grammar", "cache")
    return {name: getattr(project, name) for name in names}


def of_mkdocs() -> tuple[Settings, Path]:
    """What the plugin has read in the working folder."""
    config = load_config("mkdocs.yml")
    config.plugins.run_event("config", config)
    plugin = config.plugins["neco-weekly"]
    assert isinstance(plugin, NecoWeeklyPlugin)
    assert plugin.setup is not None
    return plugin.setup.settings, plugin.setup.metadata


def _option(name: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {name: value}


def written(root: Path, *, plugin: dict[str, Any], extension: dict[str, Any], **settings: Any) -> Folder:
    """A site whose options are said in these places."""
    folder = new_folder(root)
    options = {"site_name": "N", "theme": {"name": None, "custom_dir": "theme"}, **settings}
    options |= {"markdown_extensions": [{"neco_weekly": extension}], "plugins": ["search", {"neco-weekly": plugin}]}
    folder.write("mkdocs.yml", yaml.safe_dump(options, allow_unicode=True))
    return folder


# --- a disagreement -----------------------------------------------------------------------------------------------


@pytest.fixture
def two_minds(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    folder.write(
        "mkdocs.yml",
        "site_name: N\ntheme: {name: null, custom_dir: theme}\n"
        "markdown_extensions:\n  - neco_weekly:\n      issues: weekly\n"
        "plugins:\n  - search\n  - neco-weekly:\n      locale: en\n      issues: issues\n",
    )
    folder.issue("2026-07-10", "本文")
    return folder


SENTENCE = (
    "mkdocs.yml:10: `issues` is 'issues' under plugins and 'weekly' under markdown_extensions; "
    "keep one of the two; the first counts"
)


def test_it_is_one_warning_of_the_build(two_minds: Folder) -> None:
    built = two_minds.build()
    assert [it for it in built.warnings if "mkdocs.yml" in it] == [f"neco-weekly: {SENTENCE}"]
    assert "issues/2026/07/2026-07-10/index.html" in built.paths()


def test_it_is_a_problem_of_the_check(two_minds: Folder) -> None:
    done = neco(two_minds, "check")
    assert (done.status, done.out.splitlines()) == (1, [SENTENCE])
    assert done.error == "1 problem, 0 to know.\n"


def test_it_is_told_by_the_other_commands(two_minds: Folder) -> None:
    assert neco(two_minds, "kep", "127").error.splitlines()[0] == f"Warning: {SENTENCE}"


# --- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("issues", 7, "issues: expected text in mkdocs.yml, found 7; write it in quotes"),
        ("metadata", ["a"], "metadata: expected text in mkdocs.yml, found ['a']; write it in quotes"),
        ("cache", "no", "cache: expected true or false in mkdocs.yml, found 'no'"),
        ("cache_dir", True, "cache_dir: expected text in mkdocs.yml, found True; write it in quotes"),
        ("fetch", True, "fetch: expected never or missing in mkdocs.yml, found True"),
        ("fetch", "all", "fetch: expected never or missing in mkdocs.yml, found 'all'"),
        ("grammar", "gfm", "grammar: expected github or python-markdown in mkdocs.yml, found 'gfm'"),
        ("grammar", ["github"], "grammar: expected github or python-markdown in mkdocs.yml, found ['github']"),
        ("grammar_for", "pages", "grammar_for: expected issues or all in mkdocs.yml, found 'pages'"),
        ("grammar_for", True, "grammar_for: expected issues or all in mkdocs.yml, found True"),
        ("link", "all", "link: expected never or first in mkdocs.yml, found 'all'"),
        ("locale", "fr", "locale: 'fr' is not a language of this site; use one of ja, en"),
        ("releases", ["1.38"], "releases: expected entries like \"1.38\": 2026-12-16 in mkdocs.yml, found ['1.38']"),
    ],
)
def test_a_wrong_value_is_one_sentence_in_both_hosts(name: str, value: object, sentence: str, tmp_path: Path) -> None:
    folder = written(tmp_path, plugin={name: value}, extension={})
    with contextlib.chdir(folder.root):
        with pytest.raises(NecoError) as of_neco:
            load_project()
        with pytest.raises(PluginError) as of_build:
            of_mkdocs()
    assert str(of_neco.value) == str(of_build.value) == sentence


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_what_is_empty_is_not_said(nothing: object) -> None:
    said = Settings.of({"issues": nothing, "releases": nothing}, {"issues": "notes"})
    assert (said.issues, said.disagreements) == ("notes", ())


# --- the address of the site --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        ("https://weekly.example/", True),
        ("https://WEEKLY.EXAMPLE:8443/a/", True),
        ("https://www.example.com/", True),
        ("https://example.github.io/weekly/", False),
        ("https://notexample.com/", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_an_address_for_examples_is_told_by_both_hosts_and_stops_nobody(
    url: str, is_told: bool, tmp_path: Path
) -> None:
    folder = new_folder(tmp_path, **{**ENGLISH, "site_url": url if url != "http://[" else "https://a.test/"})
    folder.issue("2026-09-04", "KEP")
    assert is_example(url) is is_told
    said = f"mkdocs.yml:2: `site_url` is {url}, an address for examples" if is_told else ""
    found = [it for it in folder.build(strict=True).infos if "site_url" in it and "no feeds" not in it]
    assert [it.startswith(f"neco-weekly: {said}") for it in found] == [True] * is_told
    done = neco(folder, "check")
    assert (done.status, said in done.out, "site_url" in done.out) == (0, True, is_told)
    assert neco(folder, "kep", "127").error.count("site_url") == 0


# --- the language of the theme ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "locale"),
    [
        pytest.param({"name": "material", "language": "ja"}, "ja", id="Japanese"),
        pytest.param({"name": "material", "language": "en"}, "en", id="English"),
        pytest.param({"name": "material", "language": "de"}, "ja", id="another"),
        pytest.param("material", "en", id="that of the theme itself"),
        pytest.param({"name": None, "custom_dir": "theme"}, "ja", id="none"),
        pytest.param("mkdocs", "ja", id="a theme that has none"),
    ],
)
def test_it_is_the_language_of_the_site_for_both_hosts(theme: object, locale: str, tmp_path: Path) -> None:
    folder = written(tmp_path, plugin={}, extension={}, theme=theme)
    with contextlib.chdir(folder.root):
        settings, _ = of_mkdocs()
        assert (load_project().locale, settings.locale) == (locale, locale)


def test_a_source_is_kept_where_the_site_keeps_its_cache(two_minds: Folder, tmp_path: Path) -> None:
    text = (two_minds.root / "mkdocs.yml").read_text(encoding="utf-8").replace("locale: en", "cache_dir: kept")
    two_minds.write("mkdocs.yml", text)
    upstream = GitFolder(tmp_path / "enhancements")
    upstream.commit({"keps/sig-node/127-x/kep.yaml": kep(127)})
    done = neco(two_minds, "kep", "127", "--source", f"file://{upstream.path}")
    assert done.status == 0, done.error
    assert any((two_minds.root / "kept").iterdir())
    assert not (two_minds.root / ".cache").exists()
