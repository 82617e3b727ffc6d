"""Beside plugins that make the issues' pages, move them, or write into them: `scripts/test-plugins` runs these."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.searched import search_index
from tests.sites import Folder, attribute, kep, links, run

from .beside import ISSUES, ORDERS, PLACES, QUIET, Beside, build, works

both_orders = pytest.mark.parametrize("order", ORDERS)


# --- Material's blog ----------------------------------------------------------------------------------------------

POSTS = {
    "docs/blog/posts/a.md": "---\ndate: 2026-09-04\ncategories: [週報]\n---\n\n# 一号\n\n## 話題\n\nKEP-127\n",
    "docs/blog/posts/b.md": "---\ndate: 2026-09-11\n---\n\n# 二号\n\nKEP-2579\n\n<!-- more -->\n\nと KEP-127\n\n@[card](https://e.example/)\n",
}
MOVED = ("blog/2026/09/04/一号/", "blog/2026/09/11/二号/")
BLOG = Beside(
    plugin={"blog": {"post_slugify": "SLUGIFY"}},
    issues={
        "docs/index.md": "# Home\n\n<!-- neco:home -->\n",
        "docs/about.md": "# About\n",
        "docs/blog/index.md": "# Blog\n",
    },
    files=POSTS,
    folder="blog/posts",
)


def write_blog(root: Path, order: str, **more: str) -> Folder:
    folder = BLOG.write(root, order)
    settings = folder.root / "mkdocs.yml"
    slugify = "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("post_slugify: SLUGIFY", f"post_slugify: {slugify}")
    )
    for path, text in more.items():
        folder.write(f"docs/blog/posts/{path}.md", text)
    return folder


def quoted(address: str) -> str:
    return address.replace("一号", "%E4%B8%80%E5%8F%B7").replace("二号", "%E4%BA%8C%E5%8F%B7")


@both_orders
def test_posts_are_issues(order: str, tmp_path: Path) -> None:
    built = build(write_blog(tmp_path, order))
    for address, names in zip(MOVED, (["127"], ["2579", "127"]), strict=True):
        drawn = built.page(f"{address}index.html").select("article a.neco-kep")
        assert [attribute(it, "data-kep") for it in drawn] == names
        assert all(built.leads_somewhere(f"{address}index.html", attribute(it, "href")) for it in drawn)
    assert built.page(f"{MOVED[1]}index.html").select(".neco-card")
    assert built.paths("**/*.md") == {f"{it}index.md" for it in MOVED}
    assert "more" not in built.text(f"{MOVED[1]}index.md")
    for listing in ("keps/127/index.html", "index.html", "blog/posts/index.html"):
        found = {built.target(listing, href) for href in links(built.page(listing), "article a")}
        assert {f"{it}index.html" for it in MOVED} <= found, listing
    data = built.json("api/issues.json")["issues"]
    assert [(it["url"], it["keps"]) for it in data] == [(quoted(MOVED[1]), [2579, 127]), (quoted(MOVED[0]), [127])]
    feed = built.text("feed.xml")
    assert all(quoted(it) in feed for it in MOVED)
    assert {quoted(it) for it in MOVED} <= {page["u"] for page in search_index(built).pages if page.get("k") != "page"}


@both_orders
def test_the_blog_still_lists_its_posts(order: str, tmp_path: Path) -> None:
    built = build(write_blog(tmp_path, order))
    listed = {built.target("blog/index.html", href) for href in links(built.page("blog/index.html"), "article h2 a")}
    assert listed == {f"{it}index.html" for it in MOVED}
    assert built.page(f"{MOVED[0]}index.html").select(".md-post, .md-content--post")


@both_orders
@pytest.mark.parametrize("mark", ["draft: true", "published: false", "published_at: 2999-01-01"])
def test_a_post_that_is_held_back_is_nowhere(mark: str, order: str, tmp_path: Path) -> None:
    held = f"---\ndate: 2026-09-18\n{mark}\n---\n\n# 秘密の号\n\nKEP-127 の秘密\n"
    built = build(write_blog(tmp_path, order, c=held))
    assert [path for path in built.paths("**/*.html") if "秘密" in built.text(path)] == []
    assert "秘密" not in built.text("api/issues.json") + built.text("feed.xml")


@both_orders
def test_a_post_that_the_blog_holds_back_is_no_issue(order: str, tmp_path: Path) -> None:
    folder = write_blog(tmp_path, order, c="---\ndate: 2999-09-18\n---\n\n# あすの号\n\nKEP-127 のあす\n")
    settings = folder.root / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("- blog:", "- blog:\n    draft_if_future_date: true")
    )
    built = build(folder)
    assert [path for path in built.paths("**/*.html") if "あす" in built.text(path)] == []
    assert len(built.json("api/issues.json")["issues"]) == 2


# --- languages ----------------------------------------------------------------------------------------------------


def i18n(structure: str) -> dict[str, Any]:
    languages = [
        {"locale": "ja", "default": True, "name": "日本語"},
        {"locale": "en", "name": "English"},
    ]
    return {"i18n": {"docs_structure": structure, "languages": languages}}


@both_orders
def test_languages_by_suffix(order: str, tmp_path: Path) -> None:
    files = {
        "docs/issues/2026-09-04.en.md": "# Issue one (2026-09-04)\n\nKEP-127 is beta.\n",
        "docs/about.en.md": "# About\n\nKEP-127\n",
    }
    built = build(Beside(plugin=i18n("suffix"), files=files).write(tmp_path, order))
    works(built)
    works(built, issues=[f"en/{it}" for it in PLACES], prefix="en/")
    assert "is beta" in built.text("en/issues/2026-09-04/index.html")
    assert "is beta" in built.text("en/issues/2026-09-04/index.md")
    assert "is beta" not in built.text("issues/2026-09-04/index.md")
    assert "/en/issues/2026-09-04/index.md)" in built.text("en/llms.txt")
    assert "/en/" not in built.text("llms.txt")
    assert "en/badge/127.svg" in built.text("en/keps/127/index.html")
    assert "予定" not in built.text("en/badge/127.svg")
    assert "is beta" not in built.text("keps/127/index.html")
    assert "is beta" in built.text("en/keps/127/index.html")
    assert attribute(built.page("en/keps/127/index.html").html, "lang") == "en"
    assert attribute(built.page("keps/127/index.html").html, "lang") == "ja"


@both_orders
def test_languages_by_folder(order: str, tmp_path: Path) -> None:
    in_folder = {path.replace("docs/", "docs/ja/"): text for path, text in ISSUES.items()}
    files = {
        "docs/en/index.md": "# Home\n\n<!-- neco:home -->\n",
        "docs/ja/index.md": "# ホーム\n\n<!-- neco:home -->\n",
        "docs/en/about.md": "# About\n\nKEP-127\n",
        "docs/ja/about.md": "# 案内\n\n[号](issues/2026-09-04.md) [KEP](keps/127.md)\n",
    }
    side = Beside(plugin=i18n("folder"), issues=in_folder, files=files, folder="ja/issues")
    folder = side.write(tmp_path, order)
    (folder.docs / "about.md").unlink()
    built = build(folder)
    works(built)
    works(built, issues=[f"en/{it}" for it in PLACES], prefix="en/")
    found = {built.target("about/index.html", href) for href in links(built.page("about/index.html"), "article a")}
    assert {"issues/2026-09-04/index.html", "keps/127/index.html"} <= found
    assert built.paths("**/*.md") == {f"{prefix}{it}index.md" for it in PLACES for prefix in ("", "en/")}


# --- text of other plugins ----------------------------------------------------------------------------------------

WRITERS: dict[str, Beside] = {
    "macros": Beside(
        plugin="macros",
        files={"docs/issues/2026-09-18.md": "# 三号\n\n## 計算\n\nKEP-{{ 100+27 }} と KEP-{{ 8 * 100 }}\n"},
    ),
    "include-markdown": Beside(
        plugin="include-markdown",
        files={
            "docs/issues/2026-09-18.md": '# 三号\n\n## 計算\n\n{% include "../part.inc" %}\n',
            "docs/part.inc": "KEP-127 と KEP-800\n",
        },
    ),
}


@both_orders
@pytest.mark.parametrize("name", WRITERS)
def test_what_another_plugin_writes_is_indexed_as_it_is_drawn(name: str, order: str, tmp_path: Path) -> None:
    folder = WRITERS[name].write(tmp_path, order)
    folder.write("docs/index.md", "# 自分のホーム\n\n<!-- neco:home -->\n")
    folder.lock(kep(127), kep(2579), kep(800))
    built = build(folder)
    works(built)
    page = "issues/2026-09-18/index.html"
    drawn = built.page(page).select("article a.neco-kep")
    assert [built.target(page, attribute(it, "href")) for it in drawn] == ["keps/127/index.html", "keps/800/index.html"]
    assert built.json("api/issues.json")["issues"][0]["keps"] == [127, 800]
    assert [it["url"] for it in built.json("api/keps/800.json")["mentions"]] == ["issues/2026-09-18/#計算"]
    for listing in ("keps/127/index.html", "keps/800/index.html"):
        found = [built.target(listing, href) for href in links(built.page(listing), "article a")]
        assert page in found, listing
    assert "keps/800/index.html" in {built.target("keps/index.html", it) for it in links(built.page("keps/index.html"))}
    assert "#800" in built.page("index.html").select_one("article").get_text()  # type: ignore[union-attr]
    assert "keps/800/" in {it["u"] for it in search_index(built).pages}
    assert any("KEP-800" in it for it in search_index(built).texts("issues/2026-09-18/"))


@both_orders
def test_a_kep_of_another_plugin_that_nobody_has_fetched_is_told(order: str, tmp_path: Path) -> None:
    folder = WRITERS["macros"].write(tmp_path, order)
    done = run("mkdocs", "build", cwd=folder.root, environment=QUIET)
    assert "docs/issues/2026-09-18.md:1: " in done.stderr
    assert "KEP-800" in done.stderr
    assert "KEP-127" not in done.stderr


@both_orders
def test_a_kep_that_another_plugin_takes_away_has_no_page(order: str, tmp_path: Path) -> None:
    files = {"docs/issues/2026-09-18.md": "# 三号\n\n{% if false %}KEP-800{% endif %}なし\n"}
    folder = Beside(plugin="macros", files=files).write(tmp_path, order)
    folder.lock(kep(127), kep(2579), kep(800))
    built = build(folder)
    works(built)
    assert "keps/800/index.html" not in built.paths()
    assert "api/keps/800.json" not in built.paths()
