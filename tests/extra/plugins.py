"""Beside other people's plugins, each in both orders: everything of ours works, and so does theirs.

They are installed in an environment of their own, so `scripts/test-plugins` runs these.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from tests.sites import Built, links

from .beside import ORDERS, Beside, build, works

FEED_OF_RSS = "feed_rss_created.xml"


def rss(built: Built) -> None:
    feed = built.text(FEED_OF_RSS)
    found = {name for name in ("issues/2026-09-04/", "/about/", "/keps/", "/sigs/", "/links/") if name in feed}
    assert found == {"issues/2026-09-04/", "/about/"}


def dated(built: Built) -> None:
    for path in ("about/index.html", "issues/2026-09-04/index.html"):
        assert built.page(path).select(".git-revision-date-localized-plugin"), path


def redirected(built: Built) -> None:
    assert "keps/127/" in built.text("k127/index.html")
    assert "about/" in built.text("old/index.html")


def enlarged(built: Built) -> None:
    assert built.page("issues/2026-09-04/index.html").select("article a.glightbox img")


def referred(built: Built) -> None:
    assert links(built.page("issues/2026-09-18/index.html"), "article p a") == ["../2026-09-04/#話題"]


def minified(built: Built) -> None:
    assert "\n\n" not in built.text("keps/127/index.html")


def tagged(built: Built) -> None:
    found = {built.target("tags/index.html", href) for href in links(built.page("tags/index.html"), "article a")}
    assert {"about/index.html", "issues/2026-09-18/index.html"} <= found


def with_meta(built: Built) -> None:
    assert built.page("issues/2026-09-04/index.html").select_one("meta[name=description][content=毎週のノート]")


def from_a_disk(built: Built) -> None:
    assert "keps/127.html" in built.text("issues/2026-09-04.html")


THIRD = "docs/issues/2026-09-18.md"
"""A third issue, without a KEP in its own text, so that the others are what every site has."""

SIDES = {
    "rss with git": Beside(plugin={"rss": {}}, seen=rss),
    "rss without git": Beside(plugin={"rss": {"use_git": False}}, seen=rss),
    "git-revision-date-localized": Beside(
        plugin={"git-revision-date-localized": {"enable_creation_date": True}}, seen=dated
    ),
    "awesome-nav": Beside(
        plugin="awesome-nav", files={"docs/.nav.yml": "nav:\n  - about.md\n  - 号: issues\n  - keps/index.md\n"}
    ),
    "literate-nav": Beside(
        plugin={"literate-nav": {"nav_file": "SUMMARY.md"}},
        files={"docs/SUMMARY.md": "- [About](about.md)\n- [号](issues/index.md)\n- [KEP](keps/index.md)\n"},
        seen=lambda built: built.page("about/index.html").select_one(".md-nav a[href='../keps/']"),
    ),
    "section-index": Beside(
        plugin="section-index",
        files={"docs/guide/index.md": "# Guide\n", "docs/guide/more.md": "# More\n"},
        settings={"nav": ["about.md", {"Guide": ["guide/index.md", "guide/more.md"]}, {"号": "issues/index.md"}]},
    ),
    "redirects": Beside(
        plugin={"redirects": {"redirect_maps": {"old.md": "about.md", "k127.md": "keps/127.md"}}}, seen=redirected
    ),
    "glightbox": Beside(plugin="glightbox", seen=enlarged),
    "autorefs": Beside(plugin="autorefs", files={THIRD: "# 三号\n\n[話題][話題]\n"}, seen=referred),
    "minify": Beside(plugin={"minify": {"minify_html": True}}, seen=minified),
    "tags": Beside(
        plugin="tags",
        files={
            "docs/tags.md": "# タグ\n\n<!-- material/tags -->\n",
            THIRD: "---\ntags: [週報]\n---\n\n# 三号\n\nなし\n",
        },
        seen=tagged,
    ),
    "meta": Beside(plugin="meta", files={"docs/issues/.meta.yml": "description: 毎週のノート\n"}, seen=with_meta),
    "privacy": Beside(plugin={"privacy": {"assets_exclude": ["unpkg.com/mermaid@11/*"]}}),
    "mike": Beside(plugin="mike"),
    "a blog of its own": Beside(
        plugin="blog",
        files={
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/posts/a.md": "---\ndate: 2026-09-04\n---\n\n# 投稿\n\nKEP-127\n",
        },
    ),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", SIDES)
def test_beside(name: str, order: str, tmp_path: Path) -> None:
    side = SIDES[name]
    built = build(side.write(tmp_path, order))
    if THIRD in side.files:
        assert len(built.json("api/issues.json")["issues"]) == 3
    works(built)
    found = side.seen(built)
    assert found is None or found


@pytest.mark.parametrize("order", ORDERS)
def test_from_a_disk(order: str, tmp_path: Path) -> None:
    """Material's offline plugin has pages without folders, and the search of MkDocs."""
    from_a_disk(build(Beside(plugin="offline").write(tmp_path, order)))


# --- under policies -----------------------------------------------------------------------------------------------

I18N = Beside(
    plugin={
        "i18n": {
            "docs_structure": "suffix",
            "languages": [
                {"locale": "ja", "name": "日本語", "default": True, "build": True},
                {"locale": "en", "name": "English", "build": True},
            ],
        }
    },
    files={"docs/about.en.md": "# About\n"},
)
CHANGING = {"i18n": I18N, **{name: SIDES[name] for name in ("redirects", "glightbox", "minify", "privacy")}}
"""Plugins that change pages when these are drawn, or write some of their own."""
OWN = "<script>\n  own( 1 )\n</script>"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", CHANGING)
def test_scripts_of_other_plugins_run_under_policies_and_those_of_the_text_do_not(
    name: str, order: str, tmp_path: Path
) -> None:
    folder = CHANGING[name].write(tmp_path, order)
    folder.write("docs/own.md", f"# 題\n\n{OWN}\n")
    config = (folder.root / "mkdocs.yml").read_text(encoding="utf-8")
    folder.write("mkdocs.yml", config.replace("- neco-weekly:\n", "- neco-weekly:\n    csp: true\n"))
    built = folder.build()
    assert any("docs/own.md:3: " in it for it in built.warnings)
    for path in built.paths("**/*.html"):
        page = built.page(path)
        (policy,) = page.select("meta[http-equiv=Content-Security-Policy]")
        for script in page.select("script:not([src]):not([type='application/json'])"):
            digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
            assert (digest in str(policy["content"])) == ("own(" not in script.text), path
