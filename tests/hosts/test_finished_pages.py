"""What a theme made of a page is kept with all that it read: a build draws what changed, and is a full build."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.config.config_options import Hooks
from mkdocs.structure.pages import Page
from neco_weekly.hosts.mkdocs.page_styles import PageStyles
from neco_weekly.hosts.mkdocs.template_inputs import (
    NotTextError,
    described,
    described_configuration,
    is_read,
    told,
)
from neco_weekly.site.files import GeneratedPage

from tests.sites import CONFIG, MATERIAL, TODAY, Folder, kep, new_folder

FIRST, SECOND, THIRD = "2026-01-02", "2026-01-09", "2026-01-16"
PLUGINS: list[Any] = CONFIG["plugins"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    folder.lock(kep(127), kep(2254))
    folder.issue(FIRST, "KEP-127")
    folder.issue(SECOND, "## 節\n\nKEP-2254")
    folder.issue(THIRD, "話")
    folder.write("docs/about.md", "# このサイト\n\n本文\n")
    return folder


@contextlib.contextmanager
def noting() -> Iterator[set[str]]:
    """The addresses of the pages that a template draws meanwhile, among them that of errors."""
    drawn: set[str] = set()
    draw = jinja2.Template.render

    def render(self: jinja2.Template, *args: Any, **kwargs: Any) -> str:
        page = dict(*args, **kwargs).get("page")
        drawn.update([page.url] if isinstance(page, Page) else {str(self.name)} & {"404.html"})
        return draw(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Template, "render", render)
        yield drawn


def drawn_by(folder: Folder, **settings: Any) -> tuple[dict[str, bytes], set[str]]:
    """The files of a build, and the addresses of the pages that it drew."""
    with noting() as drawn:
        built = folder.build(**settings)
    return built.contents(), set(drawn)


def fresh(folder: Folder) -> dict[str, bytes]:
    """The files of a build that knows of none before."""
    options = {**PLUGINS[1]["neco-weekly"], "cache": False}
    return folder.build(to="fresh", plugins=["search", {"neco-weekly": options}]).contents()


ISSUES = {f"issues/2026/01/{date}/" for date in (FIRST, SECOND, THIRD)}
EVERYTHING = ISSUES | {"", "about/", "issues/", "keps/", "keps/127/", "keps/2254/", "sigs/", "sigs/sig-node/"}
EVERYTHING |= {"changes/", "following/", "topics/", "links/", "releases/", "releases/1.36/", "releases/setbacks/"}


def theme(change: Callable[[str], str]) -> Callable[[Folder], object]:
    """Change the template of the theme."""
    return lambda it: it.write("theme/main.html", change((it.root / "theme/main.html").read_text(encoding="utf-8")))


CHANGES: dict[str, tuple[Callable[[Folder], object], set[str]]] = {
    "nothing": (lambda it: None, set()),
    "the text of a page": (lambda it: it.write("docs/about.md", "# このサイト\n\n別の本文\n"), {"about/"}),
    "front matter of a page of the navigation, of which each page may tell": (
        lambda it: it.write("docs/about.md", "---\nstatus: new\n---\n# このサイト\n\n本文\n"),
        EVERYTHING,
    ),
    "the template": (theme(lambda text: text + "<footer>終</footer>"), EVERYTHING),
    "the name of the site": (lambda it: it.configure(site_name="Cat"), EVERYTHING),
    "what only the theme reads": (lambda it: it.configure(extra={"motto": "猫"}), EVERYTHING),
    "the navigation": (
        lambda it: it.configure(nav=[{"家": "index.md"}, {"頁": "about.md"}]),
        EVERYTHING,
    ),
    "a file that no template reads": (lambda it: it.write("docs/new.css", "p {}"), set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_change_concerns_is_drawn_again_and_nothing_else(name: str, folder: Folder) -> None:
    change, concerned = CHANGES[name]
    _, drawn = drawn_by(folder)
    assert drawn == EVERYTHING
    change(folder)
    found, drawn = drawn_by(folder)
    assert drawn == concerned
    assert found == fresh(folder)


def test_a_configuration_is_the_same_by_its_name_and_by_its_whole_path(folder: Folder) -> None:
    """With `--config-file` the first build of a preview has the one, all others have the other."""
    with contextlib.chdir(folder.root):
        named, whole = load_config("mkdocs.yml"), load_config("mkdocs.yml")
        named.config_file_path, whole.config_file_path = "mkdocs.yml", str(Path("mkdocs.yml").absolute())
        assert described_configuration(named) == described_configuration(whole)


def test_neighbours_of_a_new_issue_are_drawn_again(folder: Folder) -> None:
    folder.configure(nav=["index.md"])
    drawn_by(folder)
    folder.issue("2026-01-23", "別の話")
    found, drawn = drawn_by(folder)
    assert drawn >= {f"issues/2026/01/{date}/" for date in (THIRD, "2026-01-23")}
    assert f"issues/2026/01/{SECOND}/" not in drawn
    assert found == fresh(folder)


def test_material_s_pages_are_kept_too(folder: Folder) -> None:
    folder.configure(theme=MATERIAL)
    first, drawn = drawn_by(folder)
    assert drawn == EVERYTHING | {"404.html"}
    second, drawn = drawn_by(folder)
    assert (drawn, second) == (set(), first)
    folder.configure(theme={**MATERIAL, "palette": {"scheme": "slate"}})
    found, drawn = drawn_by(folder)
    assert drawn == EVERYTHING | {"404.html"}
    assert found == fresh(folder)


def test_a_page_of_errors_that_tells_the_moment_is_never_an_old_one(folder: Folder) -> None:
    folder.configure(theme={**MATERIAL, "custom_dir": "errors"})
    folder.write("errors/404.html", "<title>ない</title>{{ build_date_utc }}")
    drawn_by(folder)
    assert drawn_by(folder)[1] == {"404.html"}


def test_what_a_page_loads_is_written_where_the_page_is_kept(folder: Folder) -> None:
    """Style sheets, scripts and diagrams of single pages are no files of the docs folder: with each page they come."""
    folder.configure(theme=MATERIAL)
    folder.issue(FIRST, "KEP-127\n\n```mermaid\ngraph TD; A-->B\n```\n\n![図](cat.png)")
    first, _ = drawn_by(folder)
    page = next(text for path, text in first.items() if path.endswith(f"{FIRST}/index.html")).decode()
    assert re.findall(r"assets/(neco-page|diagram|my-release)\.", page) != []
    second, drawn = drawn_by(folder)
    assert (drawn, second) == (set(), first)


def test_a_page_that_loads_a_script_of_another_name_is_drawn_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.configure(theme=MATERIAL)
    drawn_by(folder)
    monkeypatch.setattr(PageStyles, "file_of", lambda self, sheets: GeneratedPage(path="assets/other.css", content="a"))
    found, drawn = drawn_by(folder)
    assert drawn >= ISSUES
    assert found == fresh(folder)


Context = dict[str, Any]


class Thing:
    """An object of which nobody knows what a template reads there."""


def hook(put: Callable[[Context, Page], object]) -> Callable[..., Context]:
    def on_page_context(_: object, context: Context, *, page: Page, **__: object) -> Context:
        put(context, page)
        return context

    return on_page_context


def built_with(folder: Folder, put: Callable[[Context, Page], object]) -> tuple[set[str], list[str]]:
    """The addresses of the pages that are drawn where another plugin puts something into the context; what is told."""
    with noting() as drawn, pytest.MonkeyPatch.context() as patch:
        patch.setattr("mkdocs.contrib.search.SearchPlugin.on_page_context", hook(put))
        built = folder.build()
    return set(drawn), [it for it in built.infos if "描き直す" in it]


def test_what_other_plugins_put_into_the_context_counts(folder: Folder) -> None:
    assert built_with(folder, lambda context, page: context.update(mark="a"))[0] == EVERYTHING
    assert built_with(folder, lambda context, page: context.update(mark="a"))[0] == set()
    only_about = lambda context, page: context.update(mark="b" if page.url == "about/" else "a")  # noqa: E731
    assert built_with(folder, only_about) == ({"about/"}, [])


def test_what_cannot_be_compared_is_drawn_and_one_line_says_so(folder: Folder) -> None:
    def put(context: Context, page: Page) -> None:
        if page.url.startswith("issues/2026"):
            context.update(thing=Thing())

    assert built_with(folder, put)[0] == EVERYTHING
    drawn, told = built_with(folder, put)
    assert drawn == ISSUES
    assert told == [
        "neco-weekly: 毎回のビルドで描き直すページが 3 件あります。比べられないものがテンプレートに渡されています: "
        f"{Thing.__module__}.Thing"
    ]


def test_what_holds_itself_is_drawn(folder: Folder) -> None:
    endless: list[Any] = []
    endless.append(endless)
    for _ in range(2):
        assert built_with(folder, lambda context, page: context.update(endless=endless))[0] == EVERYTHING


HOOK = """\
import beside
def on_env(env, config, files):
    env.globals["shout"] = lambda: beside.WORD + "{}"
    return env
"""


def test_what_a_hook_or_a_file_beside_it_says_counts(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # else two texts of one length and one second are one
    theme(lambda text: text + "{{ shout() }}")(folder)
    folder.configure(hooks=["hooks/hook.py"])
    for word, name in (("犬", "甲"), ("犬", "甲"), ("鯨", "甲"), ("鯨", "乙")):
        folder.write("hooks/beside.py", f"WORD = '{word}'\n")
        folder.write("hooks/hook.py", HOOK.format(name))
        sys.modules.pop("beside", None)
        Hooks._load_hook.cache_clear()  # MkDocs reads a hook once in a process
        found, _ = drawn_by(folder)
        assert found["about/index.html"].decode().endswith(word + name)
        assert found == fresh(folder)
    sys.modules.pop("beside", None)


def test_a_moment_that_the_theme_prints_is_never_an_old_one(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    theme(lambda text: text + "{{ build_date_utc }}")(folder)
    for moment in ("1790000000", "1790000001"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        found, drawn = drawn_by(folder)
        assert drawn == EVERYTHING
    assert found == fresh(folder)


def test_the_day_of_the_lock_counts_for_a_page_where_its_theme_tells_days(folder: Folder) -> None:
    drawn_by(folder)
    folder.lock(kep(127), kep(2254), as_of=TODAY + dt.timedelta(days=7))
    found, drawn = drawn_by(folder)
    assert not drawn & ISSUES
    assert found == fresh(folder)
    theme(lambda text: text + "{{ page.update_date }}")(folder)
    for week in (2, 3):
        folder.lock(kep(127), kep(2254), as_of=TODAY + dt.timedelta(weeks=week))
        found, drawn = drawn_by(folder)
        assert drawn >= ISSUES
    assert found == fresh(folder)


def test_a_damaged_page_is_drawn_again(folder: Folder) -> None:
    expected, _ = drawn_by(folder)
    for file in (folder.root / ".cache/neco-weekly/finished").iterdir():
        file.write_bytes(file.read_bytes()[:40] + b"\xff")
    assert drawn_by(folder)[0] == expected


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("{{ pages | length }}", True),
        ("{% for page in pages %}{% endfor %}", True),
        ("{{ nav_item.pages }}", False),
        ("{% set pages = [] %}{{ pages }}", False),
        ("pages", False),
        ("{{ pages", True),
    ],
)
def test_a_template_reads_a_variable(text: str, reads: bool, tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text(text)
    assert is_read("pages", jinja2.Environment(), [("main.html", tmp_path / "main.html")]) is reads


@pytest.mark.parametrize("value", [Thing(), [Thing()], {"a": (Thing(),)}, iter([])])
def test_an_object_is_no_text(value: object) -> None:
    with pytest.raises(NotTextError):
        described(value)


def test_values_that_a_template_draws_otherwise_differ() -> None:
    values = ["1", 1, 1.0, True, None, "", [], {}, (1,), ["1"], {"a": 1, "b": 2}, {"b": 2, "a": 1}, [1, [2]], [[1], 2]]
    values += [Markup("1"), "a" * 2_000, Markup("a" * 2_000), "a" * 2_001, dt.date(2026, 1, 2), "\ud800", b"1"]
    texts, pieces = list(map(described, values)), list(map(told, values))
    assert [values[place] for place, text in enumerate(texts) if texts.index(text) != place] == []
    assert [values[place] for place, piece in enumerate(pieces) if pieces.index(piece) != place] == []


def test_equal_values_are_told_alike_whatever_objects_they_are() -> None:
    """What Python writes for itself may tell which objects are the same, or which texts it has interned."""
    text = "".join(["neco", "-", "weekly"])
    assert told(["neco-weekly", {"a": text}]) == told([text, {"a": "neco-weekly"}])
    assert told([text, text]) == told(["neco-weekly", "".join(["neco-", "weekly"])])
    assert told({"a", "b", "c", "d"}) == told({"d", "c", "b", "a"})
