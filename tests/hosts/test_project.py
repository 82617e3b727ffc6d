"""`mkdocs.yml` as the command line reads it: the same folders and the same Markdown as the site's."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from mkdocs.config import load_config
from neco_weekly.hosts.project import Project, load_project
from neco_weekly.issues.scan import DEFAULT_EXTENSIONS
from neco_weekly.model.errors import NecoError

from tests.sites import PROJECT, new_folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def project(here: Path, text: str, **others: str) -> Project:
    for name, content in {"mkdocs.yml": text, **others}.items():
        (here / name).write_text(content, encoding="utf-8")
    return load_project()


def test_everything_has_a_default(here: Path) -> None:
    assert project(here, "site_name: Neco\n") == Project(
        docs=Path("docs"),
        metadata=Path("docs/_metadata"),
        issues="issues",
        locale="ja",
        site_name="Neco",
        site_description="",
        cache=Path(".cache/neco-weekly"),
        extensions=DEFAULT_EXTENSIONS,
        extension_configs={},
    )


LISTS = """\
site_name: Neco
site_description: 週報
docs_dir: text
markdown_extensions:
  - admonition
  - toc:
      permalink: true
  - neco_weekly:
      metadata: text/data
plugins:
  - search
  - neco-weekly:
      issues: notes
      locale: en
      cache_dir: kept
"""
MAPPINGS = """\
site_name: Neco
site_description: 週報
docs_dir: text
markdown_extensions:
  admonition: {}
  toc:
    permalink: true
  neco_weekly:
    metadata: text/data
plugins:
  search: {}
  neco-weekly:
    issues: notes
    locale: en
    cache_dir: kept
"""


@pytest.mark.parametrize("text", [pytest.param(LISTS, id="lists"), pytest.param(MAPPINGS, id="mappings")])
def test_every_setting_in_both_forms_of_mkdocs(text: str, here: Path) -> None:
    assert project(here, text) == Project(
        docs=Path("text"),
        metadata=Path("text/data"),
        issues="notes",
        locale="en",
        site_name="Neco",
        site_description="週報",
        cache=Path("kept"),
        extensions=(*DEFAULT_EXTENSIONS, "admonition"),
        extension_configs={"toc": {"permalink": True}},
    )


@pytest.mark.parametrize(
    "text",
    [
        "theme: {name: material, language: en}",
        "theme: {name: material, language: en-GB}",
        "plugins: [neco-weekly: {locale: en}]",
        "markdown_extensions: [neco_weekly: {locale: en}]",
        "{theme: {name: material, language: ja}, plugins: [neco-weekly: {locale: en}]}",
    ],
)
def test_the_language_is_english(text: str, here: Path) -> None:
    assert project(here, text).locale == "en"


@pytest.mark.parametrize(
    "text", ["theme: {name: material, language: ja}", "theme: {name: material, language: de}", "theme: {name: null}"]
)
def test_the_language_is_japanese(text: str, here: Path) -> None:
    assert project(here, text).locale == "ja"


def test_the_folder_of_issues_may_be_named_by_the_extension_alone(here: Path) -> None:
    assert project(here, "markdown_extensions: [neco_weekly: {issues: notes}]").issues == "notes"


def test_values_of_the_environment(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "site_name: !ENV [NAME, Neco]\nsite_description: !ENV NOTHING\ndocs_dir: !ENV DOCS\n"
    monkeypatch.setenv("DOCS", "text")
    assert (project(here, text).site_name, project(here, text).docs) == ("Neco", Path("text"))
    assert project(here, text).site_description == ""
    monkeypatch.setenv("NAME", "猫")
    assert project(here, text).site_name == "猫"


@pytest.mark.parametrize(
    "slugify",
    [
        "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}",
        "!!python/name:markdown.extensions.toc.slugify_unicode",
    ],
)
def test_functions_named_in_the_settings_make_the_anchors_of_the_site(slugify: str, here: Path) -> None:
    folder = new_folder(here)
    folder.configure()
    settings = (here / "mkdocs.yml").read_text(encoding="utf-8").split("slugify: ", 1)
    folder.write("mkdocs.yml", f"{settings[0]}slugify: {slugify}\n{settings[1].split(chr(10), 1)[1]}")
    folder.issue("2026-01-09", "## 日本語の 見出し\n\nKEP-127\n\n## 日本語の 見出し\n\nKEP-127")
    (issue,) = load_project().read_index().issues
    anchors = [mention.heading.anchor for mention in issue.mentions if mention.heading]
    headings = folder.build().issue("2026-01-09").select("article h2")
    assert anchors == [heading["id"] for heading in headings]
    assert anchors == ["日本語の-見出し", "日本語の-見出し_1"]


def test_settings_may_be_inherited(here: Path) -> None:
    """As MkDocs does it: what both have is joined key by key, and a list is replaced."""
    parent = "site_name: Parent\ntheme: {name: material, language: en}\nmarkdown_extensions: [admonition]\n"
    (here / "docs").mkdir()
    child = "INHERIT: base.yml\nsite_name: Child\ntheme: {font: false}\nmarkdown_extensions: [attr_list]\n"
    found = project(here, child, **{"base.yml": parent})
    config = load_config("mkdocs.yml")
    assert (found.site_name, found.locale) == (config.site_name, config.theme["language"]) == ("Child", "en")
    assert found.extensions == (*DEFAULT_EXTENSIONS, "attr_list")
    assert set(found.extensions) == set(config.markdown_extensions)


def test_inherited_settings_may_lie_elsewhere_and_inherit_themselves(here: Path) -> None:
    (here / "base").mkdir()
    (here / "base/oldest.yml").write_text("site_name: Oldest\ndocs_dir: text\n", encoding="utf-8")
    (here / "base/older.yml").write_text("INHERIT: oldest.yml\nsite_name: Older\n", encoding="utf-8")
    found = project(here, "INHERIT: base/older.yml\n")
    assert (found.site_name, found.docs) == ("Older", Path("text"))


def test_settings_of_another_folder(here: Path) -> None:
    (here / "site").mkdir()
    (here / "site/mkdocs.yml").write_text("site_name: Neco\n", encoding="utf-8")
    found = load_project(Path("site/mkdocs.yml"))
    assert (found.docs, found.metadata) == (Path("site/docs"), Path("site/docs/_metadata"))
    assert found.cache == Path("site/.cache/neco-weekly")


def test_the_projects_own_settings_are_those_of_mkdocs() -> None:
    with contextlib.chdir(PROJECT):
        found, config = load_project(), load_config("mkdocs.yml")
    assert (PROJECT / found.docs).samefile(config.docs_dir)
    ours = {"neco_weekly"}
    assert set(found.extensions) == set(config.markdown_extensions) - ours
    configs = {name: options for name, options in config.mdx_configs.items() if name not in ours}
    assert repr(found.extension_configs).split(" at 0x")[0] == repr(configs).split(" at 0x")[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(None, "mkdocs.yml: not found; run neco in the folder of the site's mkdocs.yml", id="none"),
        pytest.param("", "mkdocs.yml: expected settings such as `site_name:`", id="empty"),
        pytest.param("- a\n- b\n", "mkdocs.yml: expected settings such as `site_name:`", id="a list"),
        pytest.param("site_name: a\nnav:\n  - [\n", "mkdocs.yml:4: is not YAML: ", id="broken"),
        pytest.param("site_name: a\nnav: a: b\n", "mkdocs.yml:2: is not YAML: ", id="a colon too many"),
        pytest.param("a: !!python/name:no_such.thing\n", "mkdocs.yml:1: is not YAML: ", id="a name that is not there"),
        pytest.param("INHERIT: base.yml\n", "base.yml: not found; ", id="inherits what is not there"),
        pytest.param("INHERIT: mkdocs.yml\n", "mkdocs.yml: inherits itself", id="inherits itself"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_sentence(text: str | None, sentence: str, here: Path) -> None:
    if text is not None:
        (here / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(NecoError) as caught:
        load_project()
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_settings_that_are_not_utf_8(here: Path) -> None:
    (here / "mkdocs.yml").write_bytes("site_name: 猫\n".encode("cp932"))
    with pytest.raises(NecoError, match=r"^mkdocs\.yml: cannot be read .*utf-8"):
        load_project()


@pytest.mark.parametrize(
    ("extensions", "about"),
    [
        pytest.param("[no_such_extension]", "no_such_extension", id="an unknown extension"),
        pytest.param("[toc: {no_such_option: 1}]", "no_such_option", id="an unknown option"),
    ],
)
def test_extensions_that_cannot_be_loaded_are_named_in_one_sentence(extensions: str, about: str, here: Path) -> None:
    with pytest.raises(NecoError, match=rf"^markdown_extensions: .*{about}") as caught:
        project(here, f"markdown_extensions: {extensions}\n").read_index()
    assert "\n" not in str(caught.value)
