"""The package as one installs it: what is in it, what it says of itself, and three commands from nothing to a site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from neco_weekly import __version__

from scripts import package_metadata, release_notes, sbom
from tests.once import made_once
from tests.previews import free_port
from tests.sites import PATIENCE, PROJECT, QUIET, Built

CHANGES = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def build(folder: Path) -> None:
    told = {"GITHUB_SERVER_URL": "https://github.test", "GITHUB_REPOSITORY": "team/neco"}
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def dist() -> Path:
    """A wheel and a source distribution, as a workflow of team/neco builds them."""
    return made_once(f"dist {os.getpid()}", build)


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    [path] = dist.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    [name] = [it for it in zipfile.ZipFile(wheel).namelist() if it.endswith(".dist-info/METADATA")]
    return Parser().parsestr(zipfile.ZipFile(wheel).read(name).decode())


# --- what is in it ------------------------------------------------------------------------------------------------


def test_the_wheel_has_what_pages_load_and_not_what_that_is_made_of(names: list[str]) -> None:
    assets = [it.removeprefix("neco_weekly/site/assets/") for it in names if it.startswith("neco_weekly/site/assets/")]
    assert {"search.js", "search-engine.js", "search-worker.js", "filter.js", "popover.js", "diagram.js"} <= {*assets}
    assert [it for it in assets if "/" in it] == []


def test_the_wheel_has_every_other_file_of_the_package(names: list[str]) -> None:
    listed = subprocess.run(
        [
            "git",
            "-C",
            str(PROJECT / "plugins"),
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "neco_weekly",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    wanted = {
        it for it in listed if it.rpartition("/")[0].count("site/assets/") == 0 and (PROJECT / "plugins" / it).exists()
    }
    assert wanted - {*names} == set()
    assert {it.partition("/")[0] for it in names} == {"neco_weekly", f"neco_weekly-{__version__}.dist-info"}


def test_it_says_what_it_is_and_where_it_comes_from(metadata: Message) -> None:
    assert metadata["Version"] == __version__
    assert metadata["Description-Content-Type"] == "text/markdown"
    addresses = dict(it.split(", ") for it in metadata.get_all("Project-URL") or [])
    assert addresses.keys() == {"Repository", "Documentation", "Changelog", "Issues"}
    assert all(it.startswith("https://github.test/team/neco") for it in addresses.values())
    assert {"Framework :: MkDocs", "Typing :: Typed"} <= {*(metadata.get_all("Classifier") or [])}


def test_its_description_is_the_readme_with_links_that_lead_somewhere_from_elsewhere(metadata: Message) -> None:
    text = str(metadata.get_payload())
    assert text.startswith("# Neco Weekly\n")
    assert "](https://github.test/team/neco/raw/HEAD/tests/shots/home-desktop-light.png)" in text
    assert "](https://github.test/team/neco/blob/HEAD/docs/guide/en.md)" in text


def test_links_elsewhere_and_on_the_page_stay() -> None:
    text = "[a](https://a.test/b) [b](#c) ![d](e.png) [f](g.md#h)"
    assert package_metadata.described(text, "") == text
    assert package_metadata.described(text, "https://r") == (
        "[a](https://a.test/b) [b](#c) ![d](https://r/raw/HEAD/e.png) [f](https://r/blob/HEAD/g.md#h)"
    )
    assert package_metadata.addresses(package_metadata.repository_of({})) == {}


# --- a release ----------------------------------------------------------------------------------------------------


def test_the_change_log_has_a_section_for_the_version() -> None:
    assert f"\n## {__version__} – " in CHANGES


def test_a_tag_of_a_day_that_is_written_is_a_release() -> None:
    changes = "# Changes\n\n## 1.2.0 – 2026-12-01\n\n- New.\n\n## 1.1.0 – 2026-11-01\n\n- Old.\n"
    assert release_notes.notes("v1.2.0", "1.2.0", changes) == "- New.\n"
    assert release_notes.notes("v1.1.0", "1.1.0", changes) == "- Old.\n"


@pytest.mark.parametrize(
    ("tag", "changes", "sentence"),
    [
        ("v1.2.1", "## 1.2.0 – 2026-12-01\n", "the tag v1.2.1 is not v1.2.0"),
        ("v1.2.0", "## 1.2.0 – to come\n", "no heading `## 1.2.0 – YYYY-MM-DD`"),
        ("v1.2.0", "## 1.20 – 2026-12-01\n", "no heading"),
    ],
)
def test_any_other_tag_is_none(tag: str, changes: str, sentence: str) -> None:
    with pytest.raises(release_notes.NoReleaseError, match=sentence):
        release_notes.notes(tag, "1.2.0", changes)


def test_the_bill_of_materials_has_every_pin_and_every_bundle() -> None:
    document = sbom.document(PROJECT)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert document["metadata"]["component"]["version"] == __version__
    components: dict[str, Any] = {it["purl"]: it for it in document["components"]}
    assert len(components) == len(document["components"])
    text = (PROJECT / "requirements/build.txt").read_text(encoding="utf-8")
    pins = {line.split()[0] for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))}
    python = {it["name"] + "==" + it["version"] for purl, it in components.items() if purl.startswith("pkg:pypi/")}
    assert python == pins
    assert sum(len(it.get("externalReferences", [])) for it in components.values()) == text.count("--hash=sha256:")
    bundles = json.loads((PROJECT / "plugins/neco_weekly/vendor/manifest.json").read_text(encoding="utf-8"))
    assert {it.split("/")[-1].split("@")[0] for it in components if it.startswith("pkg:npm/")} == bundles.keys()


def steps(path: Path, *job: str) -> Iterator[tuple[str, str]]:
    """The commands of a workflow's job or of an action, in their order, with their names."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = document["jobs"][job[0]]["steps"] if job else document["runs"]["steps"]
    yield from ((step["name"], step["run"]) for step in found if "run" in step)


def in_shell(command: str, at: Path, **variables: str) -> str:
    """What a step says, run as the runner starts `shell: bash`, without an index of packages."""
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
    quiet = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PYTHONWARNINGS": ""}  # what pip itself does is not ours
    told = {**newcomer(), **quiet, **variables}
    done = subprocess.run(shell, cwd=at, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_steps_that_build_a_release_leave_all_that_is_published(tmp_path: Path) -> None:
    commit = tmp_path / "commit"
    for name in ("plugins", "scripts", "requirements"):
        shutil.copytree(PROJECT / name, commit / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(PROJECT / name, commit)
    (commit / "CHANGELOG.md").write_text(re.sub(r"(## [\d.]+ – ).*", r"\g<1>2026-12-01", CHANGES, count=1), "utf-8")
    (commit / ".venv/bin").mkdir(parents=True)
    (commit / ".venv/bin/python").symlink_to(sys.executable)
    made, *others = steps(PROJECT / ".github/workflows/release.yml", "build")
    assert made == ("Make the environment", "source scripts/environment.sh build")  # asks an index
    told = {"GITHUB_REF_NAME": f"v{__version__}", "PYTHONPATH": sysconfig.get_path("purelib")}
    for _, command in others:
        in_shell(command, commit, **told)
    release = commit / "release"
    assert {it.suffix for it in (release / "dist").iterdir()} == {".whl", ".gz"}
    assert (release / "notes.md").read_text(encoding="utf-8").startswith("### ")
    assert json.loads((release / "neco-weekly.cdx.json").read_text(encoding="utf-8"))["components"]


def test_the_action_of_a_new_site_puts_the_wheel_on_the_path(tmp_path: Path, dist: Path, started: Path) -> None:
    [(_, command)] = steps(started / ".github/actions/neco/action.yml")
    files = {"RUNNER_TEMP": str(tmp_path), "GITHUB_PATH": str(tmp_path / "path")}
    in_shell(command, started, **files, PIP_FIND_LINKS=str(dist))
    folder = (tmp_path / "path").read_text().strip()
    said = in_shell(
        "neco --version", tmp_path, PATH=f"{folder}:/usr/bin:/bin", PYTHONPATH=sysconfig.get_path("purelib")
    )
    assert said.split()[-1] == __version__


def test_the_action_of_this_repository_puts_its_environment_on_the_path(tmp_path: Path) -> None:
    [(_, command)] = steps(PROJECT / ".github/actions/neco/action.yml")
    in_shell(command, PROJECT, GITHUB_PATH=str(tmp_path / "path"))
    assert Path((tmp_path / "path").read_text().strip(), "neco").exists()


# --- as a newcomer installs it ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The programs of a new environment with the wheel, which borrows what it needs: an index may be out of reach."""
    place = tmp_path_factory.mktemp("newcomer") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install", "--quiet"]
    # First command: pip install.
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True)
    [packages] = (place / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")  # paths in it are not followed
    return place / "bin"


def run(programs: Path, name: str, *arguments: str, at: Path) -> str:
    done = subprocess.run(
        [programs / name, *arguments], cwd=at, env=newcomer(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def newcomer() -> dict[str, str]:
    """The variables of a shell that knows nothing of this project."""
    kept = {name: value for name, value in os.environ.items() if name in ("HOME", "LANG", "PATH", "TMPDIR")}
    return {**kept, **QUIET}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, programs: Path) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    run(programs, "neco", "init", "--github", at=folder)  # the second command
    return folder


def test_the_programs_are_those_of_the_wheel(programs: Path, tmp_path: Path) -> None:
    code = "import neco_weekly, importlib.metadata as m; print(neco_weekly.__file__, m.version('neco-weekly'))"
    file, version = run(programs, "python", "-c", code, at=tmp_path).split()
    assert Path(file).is_relative_to(programs.parent)
    assert version == __version__


def test_a_site_from_the_wheel_alone_is_built_strictly_and_without_problems(programs: Path, started: Path) -> None:
    run(programs, "python", "-m", "mkdocs", "build", "--strict", at=started)
    run(programs, "neco", "check", at=started)
    site = Built(started / "site")
    assert {"index.html", "404.html", "keps/index.html", "links/index.html", "api/issues.json"} <= site.paths()
    assert len(site.json("api/issues.json")["issues"]) == 1
    loaded = [str(it["src"]) for it in site.page("index.html").select("script[src]")]
    assert all(site.target("index.html", it) for it in loaded)


@pytest.fixture
def served(programs: Path, started: Path) -> Iterator[str]:
    """The third command: neco serve."""
    address = f"127.0.0.1:{free_port()}"
    command = [str(programs / "neco"), "serve", "--dev-addr", address]
    with subprocess.Popen(
        command, cwd=started, env={**newcomer(), "PYTHONUNBUFFERED": "1"}, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if "Serving on" in line:
                break
        yield line.split()[-1]
        process.terminate()


def test_the_third_command_serves_the_first_issue(served: str) -> None:
    base = served.rstrip("/")
    with urlopen(f"{base}/api/issues.json", timeout=PATIENCE) as answer:
        [issue] = json.load(answer)["issues"]
    with urlopen(f"{base}/{issue['url']}", timeout=PATIENCE) as answer:
        assert issue["title"] in answer.read().decode()
