"""Books of HonKit, articles of Zenn and posts of Jekyll as issues: what is written, what is counted, what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.issues.exchange.importing import carried_files
from neco_weekly.issues.exchange.importing.honkit_book import import_honkit
from neco_weekly.issues.exchange.importing.jekyll_posts import import_jekyll
from neco_weekly.issues.exchange.importing.material import LONGEST, Destination, Import, Material
from neco_weekly.issues.exchange.importing.zenn_articles import import_zenn
from neco_weekly.issues.scan import Scanner
from neco_weekly.model.issues import ScanResult
from pymdownx.slugs import slugify

SLUGIFY = slugify(case="lower")  # type: ignore[no-untyped-call]

PNG = b"\x89PNG"


def scanned(path: str, text: str) -> ScanResult:
    return Scanner(configs={"toc": {"slugify": SLUGIFY}}).scan(take_apart(text).body)


TO = Destination(folder="issues", scan=scanned)


def material(files: Mapping[str, str | bytes], passed_over: Mapping[str, str] | None = None) -> Material:
    held = {path: it if isinstance(it, bytes) else it.encode() for path, it in files.items()}
    return Material(
        name="there",
        files={path: len(it) for path, it in held.items()},
        read=held.__getitem__,
        passed_over=passed_over or {},
    )


def texts(found: Import) -> dict[str, str]:
    return {it.target: it.text for it in found.pages}


def told(found: Import) -> list[str]:
    return [f"{it.target or it.source}:{it.line}: {it.what}" for it in found.remarks]


# --- HonKit -------------------------------------------------------------------------------------------------------

BOOK: dict[str, str | bytes] = {
    "README.md": "# 週刊\n\n[最新号](2022/09/2022-09-01.md) ![](logo.png)\n",
    "SUMMARY.md": "# Summary\n\n* [はじめに](README.md)\n* 2022年\n  * [九月の号](2022/09/2022-09-01.md)\n"
    "  * [八月の号](2022/08/2022-08-26.md)\n",
    "2022/08/2022-08-26.md": "# 2022-08-26号\n\n## ユーザー名前空間\n\n![図](./図.png)\n",
    "2022/08/図.png": PNG,
    "2022/09/2022-09-01.md": "[先週号](../08/2022-08-26.md) [同じ](/2022/08/2022-08-26.html) "
    "[はじめに](../../README.md)\n\n"
    '[見出し](../08/2022-08-26.md#ユーザー名前空間) <img src="../08/%E5%9B%B3.png">\n',
    "logo.png": PNG,
    "book.json": '{"title": "週刊"}',
}


def test_a_book_keeps_its_paths_and_its_old_addresses() -> None:
    found = import_honkit(material(BOOK), TO)
    assert told(found) == []
    assert set(texts(found)) == {"about.md", "issues/2022/08/2022-08-26.md", "issues/2022/09/2022-09-01.md"}
    assert found.files == {"issues/2022/08/図.png": "2022/08/図.png", "issues/logo.png": "logo.png"}
    assert texts(found)["about.md"] == ("# 週刊\n\n[最新号](issues/2022/09/2022-09-01.md) ![](issues/logo.png)\n")
    august = texts(found)["issues/2022/08/2022-08-26.md"]
    assert august == f"---\naliases:\n  - 2022/08/2022-08-26.html\n---\n\n{BOOK['2022/08/2022-08-26.md']!s}"
    assert texts(found)["issues/2022/09/2022-09-01.md"] == (
        "---\ntitle: 九月の号\naliases:\n  - 2022/09/2022-09-01.html\n---\n\n"
        "[先週号](../08/2022-08-26.md) [同じ](../08/2022-08-26.md) [はじめに](../../../about.md)\n\n"
        '[見出し](../08/2022-08-26.md#ユーザー名前空間) <img src="../08/%E5%9B%B3.png">\n'
    )
    assert found.left == ("book.json",)
    assert found.counts == {
        "titles taken from the list of contents": 1,
        "old addresses kept as aliases": 2,
        "links between pages rewritten": 3,
        "addresses of pictures and files rewritten": 1,
    }


def test_what_a_book_cannot_bring_is_told_by_line() -> None:
    hostile = {
        "SUMMARY.md": "* [a](2022-08-26.md)\n* [b](missing.md)\n* [c](../../etc/passwd)\n"
        "* [d](https://example.org/)\n* [e](linked.md)\n* [f](x.html)\n",
        "2022-08-26.md": "# T\n\n[p](../../../etc/passwd) ![q](none.png)\n\n"
        "`[code](none.md)` [r](draft.md) [s](x.html) ![t](l.png)\n"
        "{% include 'a.md' %}\n\n{% raw %}\n{{ kept }}\n{% endraw %}\n\n```\n{{ shown }}\n```\n",
        "draft.md": "not listed",
        "x.html": "<script>alert(1)</script>",
    }
    found = import_honkit(material(hostile, {"linked.md": "a link", "l.png": "a link"}), TO)
    page = "issues/2022-08-26.md"
    assert told(found) == [
        "SUMMARY.md:2: lists missing.md, which is not there",
        "SUMMARY.md:3: lists ../../etc/passwd, which is no page of the book",
        "SUMMARY.md:4: lists https://example.org/, which is no page of the book",
        "SUMMARY.md:5: lists linked.md, which is a link and not followed",
        "SUMMARY.md:6: lists x.html, which is no Markdown, and is not imported",
        "draft.md:1: is not in SUMMARY.md, so that the book did not show it, and is not imported",
        f"{page}:8: the link ../../../etc/passwd leads out of the source, where nothing is read",
        f"{page}:8: the picture none.png leads to nothing in the source",
        f"{page}:10: the link draft.md leads to a page that is not imported",
        f"{page}:10: the link x.html leads to a file of a kind that is not taken into a site",
        f"{page}:10: the picture l.png leads to a link, which is not followed",
        f"{page}:11: `{{% include 'a.md' %}}` was filled in by the book and stays as it is",
    ]
    lines = texts(found)[page].split("\n")
    assert all(it.split("`")[1].split()[0] in lines[10] for it in told(found)[-1:])
    assert "{{ kept }}" in lines
    assert "raw" not in texts(found)[page]
    assert found.files == {}


def test_nothing_hidden_and_nothing_huge_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried_files, "LARGEST", 100)
    page = "![](.git/a.png) ![](a/.b/c.png) ![](big.png) ![](ok.png)\n"
    files: dict[str, str | bytes] = {"2022-08-26.md": page, ".git/a.png": PNG, "a/.b/c.png": PNG}
    found = import_honkit(material({**files, "big.png": b"x" * 101, "ok.png": b"x" * 100}), TO)
    assert list(found.files) == ["issues/ok.png"]
    assert [it.partition(" leads to ")[2] for it in told(found)[1:]] == [
        "a file of a kind that is not taken into a site",
        "a file of a kind that is not taken into a site",
        "a file of 101 bytes, more than the 100 that are taken",
    ]


def test_a_folder_without_a_list_is_a_book_too() -> None:
    for summary in ({}, {"SUMMARY.md": "# Nothing here\n\nJust words.\n"}):
        found = import_honkit(
            material({**summary, "2022-08-26.md": "# A\n", "notes/b.md": "b\n", "LICENSE.md": "x"}), TO
        )
        assert set(texts(found)) == {"issues/2022-08-26.md", "issues/notes/b.md"}
        assert told(found)[0].startswith("SUMMARY.md:1: is not there" if not summary else "SUMMARY.md:1: lists no page")
        assert told(found)[1].startswith("issues/notes/b.md:1: has no day")


def test_the_root_of_a_book_is_that_of_its_settings() -> None:
    book = {f"docs/{path}": text for path, text in BOOK.items()}
    for settings in ({"book.js": 'module.exports = { root: "./docs" }'}, {}):
        found = import_honkit(
            material({**book, **settings, "docs/2022/08/2022-08-26.md": "![](../../../a.png)", "a.png": PNG}), TO
        )
        assert "issues/2022/08/2022-08-26.md" in texts(found)
        assert found.files["issues/beside/a.png"] == "a.png"
        assert texts(found)["issues/2022/08/2022-08-26.md"].endswith("![](../../beside/a.png)\n")


def test_a_day_may_be_that_of_the_first_commit() -> None:
    days = {"a.md": dt.date(2022, 8, 26), "b.md": dt.date(2022, 8, 27)}
    files: dict[str, str | bytes] = {"a.md": "# A\n", "b.md": "---\ndate: 2020-01-01\n---\n# B\n", "c.md": "# C\n"}
    found = import_honkit(material(files), Destination(folder="issues", days=days.get))
    dates = {it.source: take_apart(it.text).meta.get("date") for it in found.pages}
    assert dates == {"a.md": days["a.md"], "b.md": dt.date(2020, 1, 1), "c.md": None}
    assert found.counts["days taken from the first commit"] == 1
    assert [it.source for it in found.remarks if "has no day" in it.what] == ["c.md"]


def test_what_front_matter_has_already_stays() -> None:
    files = {
        "2022-08-26.md": "---\naliases: old/a.html\ntitle: T\n---\na\n",
        "2022-09-01.md": "---\n: [\n---\n[a](none.md)\n",
    }
    found = import_honkit(material(files), TO)
    first, second = texts(found)["issues/2022-08-26.md"], texts(found)["issues/2022-09-01.md"]
    assert take_apart(first).meta == {"title": "T", "aliases": ["old/a.html", "2022-08-26.html"]}
    assert second == files["2022-09-01.md"]
    assert "issues/2022-09-01.md:1: has front matter that cannot be read; nothing was put there" in told(found)
    assert "issues/2022-09-01.md:4: the link none.md leads to nothing in the source" in told(found)
    assert found.counts["old addresses kept as aliases"] == 1


def test_pages_that_cannot_be_brought_keep_their_links_as_they_are() -> None:
    big = "a" * (LONGEST + 1)
    files: dict[str, str | bytes] = {
        "2022-08-26.md": "[a](b.md) [b](c.md)",
        "b.md": big,
        "c.md": "Grüße".encode("latin-1"),
    }
    found = import_honkit(material(files), TO)
    assert list(texts(found)) == ["issues/2022-08-26.md"]
    assert texts(found)["issues/2022-08-26.md"].endswith("[a](b.md) [b](c.md)\n")
    assert [it for it in told(found) if "issues/" not in it][1:] == [
        "b.md:1: has 1,000,001 bytes, more than the 1,000,000 of a page, and is not imported",
        "c.md:1: is not UTF-8, and which encoding it is in is not certain; it is not imported",
    ]


def test_names_that_are_one_on_some_disks_are_told() -> None:
    found = import_honkit(
        material({"2022-08-26.md": "a", "2022-08-26.MD": "c", "A/2022-08-27.md": "a", "a/2022-08-27.md": "b"}), TO
    )
    assert len(found.pages) == 2
    assert any(
        it.startswith("a/2022-08-27.md:1: would be issues/a/2022-08-27.md, as A/2022-08-27.md is") for it in told(found)
    )
    assert found.left == ("2022-08-26.MD",)


# --- Zenn ---------------------------------------------------------------------------------------------------------

ARTICLES: dict[str, str | bytes] = {
    "articles/weekly-20220826.md": '---\ntitle: "今週の\\"話題\\" 🐈"\n'
    'emoji: "🐈"\ntype: "tech"\ntopics: ["kubernetes"]\npublished: true\n---\n\n'
    "![図](/images/weekly/a.png =250x)\n[前回](https://zenn.dev/neco/articles/weekly-20220819#%E6%A6%82%E8%A6%81%E3%80%8Ca%E3%80%8D)\n\n"
    "https://zenn.dev/neco/articles/weekly-20220819\n\n[下書き](https://zenn.dev/neco/articles/weekly-20220902)\n",
    "articles/weekly-20220819.md": "---\ntitle: A\npublished: true\n---\n\n## 概要「A」\n",
    "articles/weekly-20220902.md": "---\ntitle: B\npublished: false\n---\n\n## 概要 A\n",
    "books/neco/config.yaml": "title: x",
    "images/weekly/a.png": PNG,
    "images/weekly/b.png": PNG,
}


def test_articles_of_zenn_with_their_pictures_and_links() -> None:
    found = import_zenn(material(ARTICLES), TO)
    assert told(found) == ["books/neco:1: is a book, and no book is imported"]
    text = texts(found)["issues/weekly-20220826.md"]
    before = str(ARTICLES["articles/weekly-20220826.md"])
    made = before.replace("/images/weekly", "images/weekly")
    assert text == made.replace(
        "[前回](https://zenn.dev/neco/articles/weekly-20220819#%E6%A6%82%E8%A6%81%E3%80%8Ca%E3%80%8D)",
        "[前回](weekly-20220819.md#概要a)",
    )
    assert found.files == {"issues/images/weekly/a.png": "images/weekly/a.png"}
    assert found.left == ("books/neco/config.yaml", "images/weekly/b.png")
    assert found.counts["articles that are not public, here as there"] == 1
    assert found.counts["`emoji` of front matter kept, which no page shows"] == 1
    assert found.counts["links to headings rewritten"] == 1


def test_a_search_in_a_page_is_no_heading() -> None:
    files: dict[str, str | bytes] = {"2022-08-26.md": "[a](#:~:text=a) [b](#概要「A」:~:text=b)\n\n## 概要「A」\n"}
    found = import_honkit(material(files), TO)
    assert len(found.remarks) == 1
    assert "[a](#:~:text=a) [b](#概要a:~:text=b)" in texts(found)["issues/2022-08-26.md"]


def test_a_folder_that_is_none_of_zenn_is_told() -> None:
    assert told(import_zenn(material({"a.md": "a"}), TO)) == ["articles/:1: has no Markdown"]


# --- Jekyll -------------------------------------------------------------------------------------------------------

BLOG: dict[str, str | bytes] = {
    "_config.yml": "baseurl: /weekly\nurl: https://example.org\n",
    "_posts/2022-08-26-pods.md": "---\nlayout: post\ntitle: Pods\ntags: k8s note\ncategories: [News]\n---\n"
    "{% raw %}{{ a }}{% endraw %}\n"
    "{% highlight yaml %}\na: {{ site.baseurl }}\n{% endhighlight %}\n{% include note.html %}\n{: .center}\n",
    "_posts/2022-09-01-nodes.markdown": "---\npermalink: /nodes/\nredirect_from: /old/nodes.html\n---\n# Nodes\n\n"
    "[a]({% post_url 2022-08-26-pods %}) [b]({{ site.baseurl }}/news/2022/08/26/pods.html#x) "
    "![c]({{ '/assets/c.png' | relative_url }}) [d](https://example.org/weekly/about/) [e](../assets/c.png) [f](https://example.com/)\n",
    "_posts/2022-09-08-page.html": "<p>",
    "_drafts/next.md": "draft",
    "assets/c.png": PNG,
    "about.md": "---\n---\nAbout",
}


def test_posts_of_jekyll_with_tags_and_old_addresses() -> None:
    found = import_jekyll(material(BLOG), TO)
    pods, nodes = "issues/2022/08/2022-08-26-pods.md", "issues/2022/09/2022-09-01-nodes.md"
    assert set(texts(found)) == {pods, nodes}
    assert texts(found)[pods] == (
        "---\nlayout: post\ntitle: Pods\ncategories: [News]\ntags:\n  - k8s\n  - note\n"
        "aliases:\n  - news/2022/08/26/pods.html\n---\n"
        "{{ a }}\n```yaml\na: \n```\n{% include note.html %}\n{: .center}\n"
    )
    assert texts(found)[nodes] == (
        "---\npermalink: /nodes/\nredirect_from: /old/nodes.html\n"
        "aliases:\n  - nodes/\n  - old/nodes.html\n---\n# Nodes\n\n"
        "[a](../08/2022-08-26-pods.md) [b](../08/2022-08-26-pods.md#x) ![c](../../assets/c.png) "
        "[d](https://example.org/weekly/about/) [e](../../assets/c.png) [f](https://example.com/)\n"
    )
    assert told(found) == [
        "_drafts/next.md:1: is a draft, and is not imported",
        "_posts/2022-09-08-page.html:1: is no Markdown with a day in its name, and is not imported",
        f"{pods}:15: `{{% include note.html %}}` was filled in by Jekyll and stays as it is",
        f"{pods}:16: `{{: .center}}` is of kramdown alone",
        f"{nodes}:10: the link /news/2022/08/26/pods.html#x leads to no heading of {pods}",
        f"{nodes}:10: the link https://example.org/weekly/about/ leads to a page that is not imported",
    ]
    assert found.files == {"issues/assets/c.png": "assets/c.png"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", "2022/08/26/pods.html"),
        ("pretty", "2022/08/26/pods/"),
        ("/:year/:year:month:day", "2022/20220826.html"),
        ("/:short_year/:i_month/:i_day/:slug/", "22/8/26/pods/"),
        ("/a/:hour/", None),
        ("/../:title.html", None),
    ],
)
def test_the_old_address_follows_the_pattern_of_the_blog(pattern: str, expected: str | None) -> None:
    files = {"_config.yml": f"permalink: {pattern}\n", "_posts/2022-08-26-pods.md": "---\ntitle: A\n---\na\n"}
    [page] = import_jekyll(material(files), TO).pages
    assert take_apart(page.text).meta.get("aliases") == ([expected] if expected else None)


def test_a_tag_over_several_lines_is_told() -> None:
    files = {
        "_posts/2022-08-26-a.md": "---\ntitle: A\n---\n{% include a.html\n  b=1 %}\n{% raw %}\n{% c\n{% endraw %}\n"
    }
    assert [it.partition(": ")[0] for it in told(import_jekyll(material(files), TO))] == [
        "issues/2022/08/2022-08-26-a.md:6"
    ]


def test_posts_of_one_name_lie_in_folders_of_their_own() -> None:
    files = {
        f"_posts/{language}/2022-08-26-a.md": f"---\npermalink: /{language}/a/\n---\na\n" for language in ("en", "ja")
    }
    found = import_jekyll(material(files), TO)
    assert set(texts(found)) == {"issues/2022/08/2022-08-26-a.md", "issues/ja/2022/08/2022-08-26-a.md"}
    assert told(found) == []


def test_the_day_of_a_post_is_that_of_the_blog() -> None:
    files = {"_posts/2022-08-26-a.md": "---\ndate: 2022-08-26 22:00:00 +0000\n---\na\n"}
    [page] = import_jekyll(material(files), TO).pages
    assert take_apart(page.text).meta["date"].isoformat() == "2022-08-26"
