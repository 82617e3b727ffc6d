"""What is drawn of a site is kept with all that it follows from: a build draws what changed, and is a full build."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import pytest
from mkdocs.structure.files import File
from neco_weekly.hosts.mkdocs import while_reading
from neco_weekly.hosts.mkdocs.site_files import digest_of_places
from neco_weekly.site.feeds.atom_feed import AtomWriter

from tests.hosts.test_topic_pages import FIRST, ISSUES, SECOND, THIRD, TOPICS, write
from tests.sites import CONFIG, MATERIAL, Folder, issue_path, kep, new_folder

NEXT = "2026-06-26"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return write(new_folder(tmp_path))


@contextlib.contextmanager
def noting() -> Iterator[set[str]]:
    """What is drawn of a site meanwhile: our templates, each with the page's KEP or topic, feeds, and previews."""
    drawn: set[str] = set()
    draw, write_feed = jinja2.Template.render, AtomWriter.write

    def render(self: jinja2.Template, *args: Any, **kwargs: Any) -> str:
        if "site" in kwargs:
            view = kwargs.get("view")
            of = getattr(kwargs.get("kep"), "number", getattr(getattr(view, "topic", None), "slug", ""))
            drawn.add(f"{self.name} {of}".strip())
        return draw(self, *args, **kwargs)

    def written(self: AtomWriter, feed: Any) -> str:
        drawn.add(feed.url.removeprefix("https://neco.test/"))
        return write_feed(self, feed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Template, "render", render)
        patch.setattr(AtomWriter, "write", written)
        for name in ("issue_preview", "page_preview"):
            patch.setattr(while_reading, name, partial(previewed_by, drawn, getattr(while_reading, name)))
        yield drawn


def previewed_by(drawn: set[str], draw: Callable[..., str], *about: Any) -> str:
    drawn.add(draw.__name__)
    return draw(*about)


def drawn_by(folder: Folder) -> tuple[dict[str, bytes], set[str]]:
    """The files of a build, and what it drew."""
    with noting() as drawn:
        built = folder.build()
    return built.contents(), set(drawn)


def said(date: str, words: str, instead: str) -> Callable[[Folder], object]:
    """Write something else into an issue."""

    def change(folder: Folder) -> None:
        assert words in ISSUES[date]
        folder.issue(date, ISSUES[date].replace(words, instead))

    return change


def settings(**options: Any) -> Callable[[Folder], object]:
    plugins = ["search", {"neco-weekly": {"issues": "issues", **options}}]
    return lambda it: it.configure(plugins=plugins)


FEW: dict[str, tuple[Callable[[Folder], object], set[str]]] = {
    "nothing": (lambda it: None, set()),
    "a picture": (lambda it: it.write("docs/a.png", b"x"), set()),
    "what only the theme draws": (lambda it: it.write("theme/main.html", "{{ page.content }}"), set()),
    "words that are about nothing": (said(FIRST, "Argo CD にも。", "Argo CD にも。\n\nちがう話。"), set()),
    "lines without words": (lambda it: it.issue(THIRD, f"\n\n\n{ISSUES[THIRD]}"), set()),
    "words around a KEP": (said(FIRST, "KEP-127 と Argo", "KEP-127 に Argo"), {"kep.html 127", "topic.html argo-cd"}),
}
"""Changes, and the pages that are drawn for each; with each page comes its feed."""


def test_what_concerns_few_pages_draws_no_other(folder: Folder) -> None:
    drawn_by(folder)
    wrong = []
    for name, (change, pages) in FEW.items():
        change(folder)
        found, drawn = drawn_by(folder)
        feeds = {re.sub(r"(kep|topic)\.html (.*)", r"\1s/\2/feed.xml", it) for it in pages}
        others = {it for it in drawn if not it.startswith(("issue_", "feed.xml"))}  # the issue's own page, and its feed
        if others != pages | feeds:
            wrong.append((name, others))
    assert wrong == []
    assert found == full(folder)


METADATA = {"metadata": "docs/_metadata"}
EVERYTHING: dict[str, Callable[[Folder], object]] = {
    "the site's name": lambda it: it.configure(site_name="Cat"),
    "what is said of the site": lambda it: it.configure(site_name="Cat", site_description="話"),
    "an option of the extension": lambda it: it.configure(
        site_name="Cat",
        site_description="話",
        markdown_extensions=[*CONFIG["markdown_extensions"][:-1], {"neco_weekly": {**METADATA, "now": False}}],
    ),
    "a heading": said(SECOND, "の続き", "のその後"),
    "a new issue": lambda it: it.issue(NEXT, "KEP-127"),
    "an issue that is gone": lambda it: (it.root / issue_path(THIRD)).unlink(),
    "a number that all issues behind have": lambda it: it.write(
        issue_path(FIRST), f"---\nissue: 40\n---\n# 号\n\n{ISSUES[FIRST]}"
    ),
    "what is known of a KEP": lambda it: it.lock(kep(127, "別の題"), kep(5)),
    "a word of a person": lambda it: it.write("docs/_metadata/overrides.yml", "keps: {127: {note: 話}}\n"),
    "a topic": lambda it: it.write("docs/_metadata/topics.yml", TOPICS.replace("name: CEL", "name: CELs")),
    "what came out of a project": lambda it: it.write(
        "docs/_metadata/topics.json", json.dumps({"schema": 1, "watched": {}})
    ),
    "the site's address": lambda it: it.configure(site_url="https://cat.test/"),
    "addresses of pages": lambda it: it.configure(use_directory_urls=False),
    "the language": settings(locale="en"),
    "a release": settings(releases={"v1.99": "2026-07-01"}),
    "a page of a writer in the place of ours": lambda it: it.write("docs/keps/127.md", "# 私の\n"),
    "a page elsewhere": lambda it: it.write("docs/keps/5/index.md", "# 私の\n"),
}


def test_what_any_page_may_read_draws_all(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    _, before = drawn_by(folder)
    ours = {it for it in before if it.startswith(("home", "archive", "kep_table", "topic.html argo-cd"))}
    assert len(ours) == 4
    kept = []
    for name, change in EVERYTHING.items():
        change(folder)
        found, drawn = drawn_by(folder)
        if not ours <= drawn:
            kept.append((name, ours - drawn))
    assert kept == []
    assert found == full(folder)
    monkeypatch.setattr("neco_weekly.hosts.mkdocs.site_key.programs_digest", lambda: b"another")
    assert drawn_by(folder)[1] >= ours
    assert drawn_by(folder)[1] == set()


def test_a_rendered_page_follows_the_lock_and_the_places_of_files(folder: Folder) -> None:
    folder.issue(NEXT, f"KEP-127 と[前の号]({FIRST}.md)")
    folder.build()
    for change in (
        lambda: folder.lock(kep(127, "別の題"), kep(5)),
        lambda: folder.write(issue_path(FIRST), "---\ndraft: true\n---\n# 下\n"),
    ):
        change()
        assert folder.build().contents() == full(folder)


def test_a_preview_shows_drafts_as_they_are_now(folder: Folder) -> None:
    changes: list[Callable[[], object]] = [
        lambda: folder.write(issue_path(NEXT), "---\ndraft: true\n---\n# 下\n\nKEP-127"),
        lambda: folder.write(issue_path(NEXT), "---\ndraft: true\n---\n# 下\n\nKEP-5"),
        lambda: folder.write(issue_path(NEXT), "---\npublished: false\n---\n# 下\n\nKEP-5"),
        lambda: folder.configure(site_url="https://cat.test/"),
    ]
    for change in changes:
        change()
        found = previewed(folder)
        (folder.root / ".cache").rename(folder.root / "aside")
        assert found == previewed(folder)
        shutil.rmtree(folder.root / ".cache")
        (folder.root / "aside").rename(folder.root / ".cache")


def previewed(folder: Folder) -> dict[str, bytes]:
    """The files of a preview, in which MkDocs has put an address of its own in place of the site's."""
    return folder.build(command="serve", site_url="http://127.0.0.1:8000/").contents()


def test_a_site_and_its_preview_keep_their_own(folder: Folder) -> None:
    drawn_by(folder)
    folder.build(command="serve")
    assert drawn_by(folder)[1] == set()


def test_the_key_of_a_site_is_not_made_for_each_issue(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    def noted(files: Iterable[File]) -> bytes:
        made.append(digest_of_places(files))
        return made[-1]

    monkeypatch.setattr("neco_weekly.hosts.mkdocs.site_key.digest_of_places", noted)
    counts = []
    for dates in ([], ["2026-07-03", "2026-07-10", "2026-07-17"]):
        for date in dates:
            folder.issue(date, "KEP-127")
        made.clear()
        folder.build()
        counts.append(len(made))
    assert counts[0] == counts[1] > 0


def test_a_lock_that_changes_while_it_is_read_is_no_key(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter(range(99))
    with monkeypatch.context() as patch:
        patch.setattr("neco_weekly.lock.store.digest_of_files", lambda *_: str(next(digests)))
        _, everything = drawn_by(folder)
        folder.write("docs/_metadata/overrides.yml", "keps: {127: {note: 話}}\n")
        assert drawn_by(folder)[1] == everything
    assert not (folder.root / ".cache/neco-weekly/drawn").exists() or drawn_by(folder)[1] >= everything


def test_where_an_option_of_a_plugin_is_no_text_all_is_drawn(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_config(plugin: Any, config: Any) -> Any:
        plugin.config["separator"] = object()
        return config

    monkeypatch.setattr("mkdocs.contrib.search.SearchPlugin.on_config", on_config)
    monkeypatch.setattr("mkdocs.contrib.search.SearchPlugin.on_post_build", lambda *_, **__: None)
    _, everything = drawn_by(folder)
    assert drawn_by(folder)[1] == everything


def test_a_partial_function_among_options_is_a_text(folder: Folder) -> None:
    folder.configure(theme=MATERIAL, plugins=["search", {"neco-weekly": {"issues": "issues"}}, "material/tags"])
    drawn_by(folder)
    assert drawn_by(folder)[1] == set()


def test_another_plugin_that_puts_text_into_pages_is_heard(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.lock(kep(127), kep(5), kep(3022))
    for in_issue, in_list in (("KEP-5 も。", "甲"), ("KEP-5 も。", "KEP-3022"), ("CEL も。", "[無](no.md)"), ("", "")):
        texts = {f"issues/2026/06/{FIRST}/": in_issue, "keps/": in_list}
        put = lambda _, text, *, page, _texts=texts, **__: f"{text}\n\n{_texts.get(page.url, '')}"  # noqa: E731
        monkeypatch.setattr("mkdocs.contrib.search.SearchPlugin.on_page_markdown", put, raising=False)
        built, again = folder.build(), folder.build()
        assert again.contents() == full(folder)
        assert again.warnings == built.warnings


def test_the_index_of_search_has_what_pages_say_now(folder: Folder) -> None:
    folder.configure(theme=MATERIAL)
    own = "# 頁\n\n{words}\n"
    for path, text, word in (
        ("docs/about.md", own.format(words="話"), "話"),
        ("docs/about.md", own.format(words="別の話"), "別の話"),
        ("docs/about.md", f"---\nsearch: {{boost: 2}}\ntags: [猫]\n---\n{own.format(words='別の話')}", "猫"),
        (issue_path(FIRST), f"# Neco Weekly ({FIRST}号)\n\n{ISSUES[FIRST]}\n\nちがう話。\n", "ちがう話"),
    ):
        folder.write(path, text)
        found = folder.build().contents()
        assert word in "".join(text.decode() for path, text in found.items() if path.startswith("search/neco/"))
    assert found == full(folder)


def test_a_build_that_fails_leaves_nothing_half_done(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, _ = drawn_by(folder)
    folder.issue(NEXT, "KEP-127")
    with monkeypatch.context() as patch:
        patch.setattr("neco_weekly.hosts.mkdocs.plugin.finish_reading", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            folder.build()
    assert [it.suffix for it in (folder.root / ".cache/neco-weekly/drawn").iterdir()] == [""]
    (folder.root / issue_path(NEXT)).unlink()
    assert drawn_by(folder) == (expected, set())


def test_what_is_damaged_is_drawn_again(folder: Folder) -> None:
    expected, _ = drawn_by(folder)
    (kept,) = (folder.root / ".cache/neco-weekly/drawn").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"KEP", b"XXX"))
    assert drawn_by(folder)[0] == expected


def full(folder: Folder) -> dict[str, bytes]:
    """The files of a build of the site as it is that knows of none before."""
    cache, aside = folder.root / ".cache", folder.root / "aside"
    cache.rename(aside)
    found = folder.build(to="fresh").contents()
    shutil.rmtree(cache)
    aside.rename(cache)
    return found
