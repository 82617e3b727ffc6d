"""`neco init`: a site from nothing, one beside a site that is there, and nothing changed that was there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from neco_weekly import __version__
from neco_weekly.hosts.cli import commands
from neco_weekly.hosts.project import load_project

from tests.sites import Folder

DAY, EPOCH = "2026-11-30", "1796000000"
FIRST = "docs/issues/2026/11/2026-11-30.md"
ALWAYS = ["docs/_metadata/overrides.yml", "docs/_templates/issue.md", FIRST, ".gitignore", "mkdocs.yml"]
FOR_GITHUB = [
    "docs/_metadata/.gitattributes",
    ".github/actions/neco/action.yml",
    ".github/dependabot.yml",
    ".github/workflows/pull-request.yml",
    ".github/workflows/refresh.yml",
    ".github/workflows/site.yml",
    "requirements.txt",
]


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["init", *map(str, arguments)], env={"SOURCE_DATE_EPOCH": EPOCH})


def init(*arguments: str | Path) -> Any:
    """What a run that ends well says of itself."""
    result = invoke(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def files(folder: Path) -> dict[str, bytes]:
    return {it.relative_to(folder).as_posix(): it.read_bytes() for it in sorted(folder.rglob("*")) if it.is_file()}


# --- from nothing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--github",)], ids=["alone", "github"])
def test_an_empty_folder_becomes_a_site(tmp_path: Path, options: tuple[str, ...]) -> None:
    said = init(tmp_path / "new", *options)
    assert sorted(said["written"]) == sorted(ALWAYS + (FOR_GITHUB if options else []))
    assert (said["left"], said["add"]) == ([], {})
    assert sorted(files(tmp_path / "new")) == sorted(said["written"])


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_its_site_is_built_without_a_warning_and_has_what_readers_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    init(tmp_path, "--locale", locale, "--name", 'A: "note" #1 ノート')
    built = Folder(tmp_path).build(strict=True)
    assert built.warnings == []
    pages = built.paths("**/index.html")
    assert {"index.html", "issues/index.html", "keps/index.html", "sigs/index.html", "links/index.html"} <= pages
    assert {"topics/index.html", "releases/index.html"} <= pages
    assert "issues/2026/11/2026-11-30/index.html" in pages
    assert not [path for path in built.paths() if path.startswith(("_metadata", "_templates"))]
    title = built.page("index.html").select_one("title")
    assert title
    assert 'A: "note" #1 ノート' in title.text
    html = built.page("index.html").select_one("html")
    assert html
    assert html.get("lang") == locale


def test_neco_check_finds_nothing_wrong_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    result = CliRunner().invoke(commands, ["check"])
    assert result.exit_code == 0, result.output


def test_the_name_of_the_folder_is_the_name_of_the_site(tmp_path: Path) -> None:
    init(tmp_path / "ねこ便り")
    assert 'site_name: "ねこ便り"\n' in (tmp_path / "ねこ便り/mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a\x7f\n b\u202e\udce9", "a b"), (" \t", "Weekly"), ("猫😀 {{ x }} @PATH@", "猫😀 {{ x }} @PATH@")],
    ids=["what cannot be written", "nothing", "what looks like a sign"],
)
def test_any_name_makes_settings_that_can_be_read(tmp_path: Path, name: str, expected: str) -> None:
    init(tmp_path, "--name", name)
    assert load_project(tmp_path / "mkdocs.yml").site_name == expected


def test_people_are_told_what_was_done_and_what_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = invoke(tmp_path / "new")
    assert result.stdout.splitlines() == [f"wrote {path}" for path in ALWAYS]
    assert result.stderr.strip() == f"Next: cd {tmp_path / 'new'} && neco serve"
    monkeypatch.chdir(tmp_path)
    assert invoke().stderr.strip() == "Next: neco serve"


@pytest.mark.parametrize("is_from_a_file", [True, False])
def test_who_has_only_a_file_is_told_what_the_workflows_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_from_a_file: bool
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            return "{}" if is_from_a_file and name == "direct_url.json" else None

    monkeypatch.setattr("neco_weekly.hosts.cli.init.distribution", lambda _: Installed())
    assert ("note  requirements.txt names" in invoke(tmp_path, "--github").stdout) is is_from_a_file
    assert "note" not in invoke(tmp_path, "--github").stdout


# --- nothing that is there is changed -----------------------------------------------------------------------------


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    init(tmp_path, "--github")
    before = files(tmp_path)
    said = init(tmp_path, "--github", "--name", "Other", "--locale", "en")
    assert files(tmp_path) == before
    assert (said["written"], said["add"]) == ([], {})
    assert set(said["left"]) == {*ALWAYS, *FOR_GITHUB, "docs/issues"} - {FIRST}


@pytest.mark.parametrize("path", [*ALWAYS[:1], *ALWAYS[2:4], *FOR_GITHUB])
def test_what_somebody_wrote_stays(tmp_path: Path, path: str) -> None:
    own = Folder(tmp_path).write(path, "# mine\n")
    said = init(tmp_path, "--github")
    assert own.read_text() == "# mine\n"
    assert said["left"] == ["docs/issues" if path == FIRST else path]


def test_a_link_to_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.gitignore").symlink_to(tmp_path / "elsewhere")
    assert init(tmp_path / "site")["left"] == [".gitignore"]
    assert not (tmp_path / "elsewhere").exists()


def test_a_run_that_was_cut_off_is_completed_by_the_next(tmp_path: Path) -> None:
    init(tmp_path)
    whole = files(tmp_path)
    for missing in ALWAYS:
        (tmp_path / missing).unlink()
        init(tmp_path, "--name", tmp_path.name)
        assert files(tmp_path) == whole


# --- a site that is there -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "lines"),
    [
        (
            "site_name: A\n",
            "markdown_extensions:\n  - neco_weekly:\n      metadata: docs/_metadata\n"
            "plugins:\n  - search\n  - neco-weekly:\n      issues: issues\n",
        ),
        (
            "site_name: A\nplugins: [search, tags]\nmarkdown_extensions: [toc]\n",
            "markdown_extensions:\n  - neco_weekly:\n      metadata: docs/_metadata\n"
            "plugins:\n  - neco-weekly:\n      issues: issues\n",
        ),
        (
            "site_name: A\ndocs_dir: text\nplugins: {search: {}}\nmarkdown_extensions: {toc: {}}\n",
            "markdown_extensions:\n  neco_weekly:\n    metadata: text/_metadata\n"
            "plugins:\n  neco-weekly:\n    issues: issues\n",
        ),
        (
            "site_name: A\nplugins: [search, neco-weekly: {issues: blog}]\n",
            "markdown_extensions:\n  - neco_weekly:\n      metadata: docs/_metadata\n",
        ),
        ("site_name: A\nplugins: [search, neco-weekly]\nmarkdown_extensions: [neco_weekly]\n", None),
    ],
    ids=["bare", "lists", "mappings", "half", "ours"],
)
def test_a_site_is_told_the_lines_it_lacks(tmp_path: Path, config: str, lines: str | None) -> None:
    Folder(tmp_path).write("mkdocs.yml", config)
    said = init(tmp_path)
    assert (tmp_path / "mkdocs.yml").read_text() == config
    assert said["left"] == ["mkdocs.yml"]
    assert said["add"].get("mkdocs.yml") == lines
    docs, issues = ("text" if "text" in config else "docs"), ("blog" if "blog" in config else "issues")
    assert f"{docs}/{issues}/2026/11/2026-11-30.md" in said["written"]
    assert f"{docs}/_templates/issue.md" in said["written"]


def test_a_lock_far_away_stays_there(tmp_path: Path) -> None:
    lock = tmp_path / "elsewhere/lock"
    config = f"site_name: A\nplugins: [neco-weekly]\nmarkdown_extensions: [neco_weekly: {{metadata: {lock}}}]\n"
    Folder(tmp_path / "site").write("mkdocs.yml", config)
    assert "../elsewhere/lock/overrides.yml" in init(tmp_path / "site")["written"]
    assert (lock / "overrides.yml").exists()


def test_with_these_lines_the_site_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    folder = Folder(tmp_path)
    folder.write("docs/index.md", "# Mine\n")
    folder.write("mkdocs.yml", "site_name: A\ntheme: {name: material, font: false}\n")
    lines = init(tmp_path)["add"]["mkdocs.yml"]
    folder.write("mkdocs.yml", (tmp_path / "mkdocs.yml").read_text() + lines)
    assert init(tmp_path)["add"] == {}
    built = folder.build(strict=True)
    assert "Mine" in built.text("index.html")
    assert built.page("issues/2026/11/2026-11-30/index.html").select(".neco-kep")


@pytest.mark.parametrize(
    ("options", "config", "expected"),
    [
        (("--github",), "site_name: A\n", True),
        ((), "site_name: A\n", False),
        (("--github",), "site_name: A\nsite_url: https://a.test/\n", False),
    ],
    ids=["none", "without workflows", "its own"],
)
def test_a_site_without_an_address_is_told_how_the_workflows_give_it_one(
    tmp_path: Path, options: tuple[str, ...], config: str, expected: bool
) -> None:
    Folder(tmp_path).write("mkdocs.yml", config)
    lines = init(tmp_path, *options)["add"]["mkdocs.yml"]
    assert lines.startswith("site_url: !ENV [NECO_SITE_URL, null]\n") is expected
    if expected:
        Folder(tmp_path).write("mkdocs.yml", config + lines)
        assert init(tmp_path, *options)["add"] == {}


def test_the_lines_that_gitignore_lacks_are_named(tmp_path: Path) -> None:
    Folder(tmp_path).write(".gitignore", "site\n*.pyc\n")
    result = invoke(tmp_path)
    assert "left  .gitignore, which was there\n\nAdd to .gitignore:\n\n/.cache/\n/.venv/\n" in result.stdout
    assert "Next: put these lines in, then " in result.stderr


@pytest.mark.parametrize(
    ("text", "names_us"),
    [
        ("mkdocs-material==9\n# neco-weekly\n", False),
        ("neco-weekly-theme\n", False),
        ("neco-weekly>=0.1\n", True),
        ("Neco_Weekly[x]==0.1.0 --hash=sha256:a\n", True),
        ("./wheels/neco_weekly-0.1.0-py3-none-any.whl\n", True),
    ],
)
def test_the_package_is_named_where_requirements_lack_it(tmp_path: Path, text: str, names_us: bool) -> None:
    Folder(tmp_path).write("requirements.txt", text)
    lines = init(tmp_path, "--github")["add"].get("requirements.txt")
    assert lines == (None if names_us else f"neco-weekly=={__version__}\n")


def test_workflows_watch_the_folder_of_the_texts(tmp_path: Path) -> None:
    Folder(tmp_path).write("mkdocs.yml", "site_name: A\ndocs_dir: text\n")
    init(tmp_path, "--github")
    for name in ("site", "refresh", "pull-request"):
        workflow = (tmp_path / f".github/workflows/{name}.yml").read_text()
        assert "docs/**" not in workflow
        assert yaml.safe_load(workflow)


# --- what cannot be ----------------------------------------------------------------------------------------------


def test_what_mkdocs_would_read_instead_is_named(tmp_path: Path) -> None:
    Folder(tmp_path).write("mkdocs.yaml", "site_name: A\n")
    result = invoke(tmp_path)
    assert isinstance(result.exception, Exception)
    assert "rename the file" in str(result.exception)
    assert list(files(tmp_path)) == ["mkdocs.yaml"]


def test_settings_that_nobody_can_read_are_left_with_a_sentence(tmp_path: Path) -> None:
    Folder(tmp_path).write("mkdocs.yml", "site_name: [\n")
    result = invoke(tmp_path)
    assert "mkdocs.yml:2: is not YAML" in str(result.exception)
    assert list(files(tmp_path)) == ["mkdocs.yml"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    assert "is a file; name a folder" in str(invoke(Folder(tmp_path).write("a", "")).exception)


def test_where_a_folder_cannot_be_made_the_file_is_named(tmp_path: Path) -> None:
    Folder(tmp_path).write("docs", "a file\n")
    assert "overrides.yml: cannot be written (" in str(invoke(tmp_path).exception)
