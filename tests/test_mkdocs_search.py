"""What search looks through: the words that people wrote, under the headings where they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model import Card, Stage

from tests.sites import CONFIG, EVERY_FORM, MATERIAL, Built, Folder, copied, issue_page, kep, new_folder

DATE = "2026-01-09"
PAGE = f"issues/2026/01/{DATE}/"
BODY = """\
今日は [#127](https://github.com/kubernetes/enhancements/issues/127) と KEP-2254 の話です。

## ネットワークの KEP-127

- 箇条書き **強調** `code_block()`
- `a < b & c`

| 見出し | セル |
| --- | --- |
| KEP-2254 | 表の中 |

### 細かい話

```yaml
replicas: 6
```

https://example.org/a

<div>生の HTML</div>

## 空の節
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = new_folder(tmp_path_factory.mktemp("search"), theme=MATERIAL)
    gates = ("UserNamespacesSupport",)
    folder.lock(
        kep(127, "Support <b>User</b> Namespaces", gates=gates),
        kep(2254, stage=Stage.ALPHA, milestone="v1.25"),
        cards=[Card(url="https://example.org/a", title="取得した題", description="取得した説明")],
    )
    folder.issue(DATE, BODY)
    folder.write("docs/issues/2026/01/2026-01-16.md", "---\nsearch:\n  exclude: true\n---\n# 秘密の号\n\nKEP-127\n")
    folder.write("docs/about.md", "# このサイト\n\n私たちのこと、KEP-127\n\n## 連絡先\n\n猫へ\n")
    return folder.build()


def entries(site: Built) -> dict[str, tuple[str, str]]:
    """Title and text by location."""
    found: list[dict[str, Any]] = site.json("search/search_index.json")["docs"]
    by_location = {entry["location"]: (entry["title"], entry["text"]) for entry in found}
    assert len(by_location) == len(found), "a place is in the index twice"
    return by_location


def test_an_issue_is_found_by_its_own_words_under_each_heading(site: Built) -> None:
    assert {place: words for place, words in entries(site).items() if place.startswith(PAGE)} == {
        PAGE: (f"Neco Weekly ({DATE}号)", "今日は #127 と KEP-2254 の話です。"),
        f"{PAGE}#ネットワークの-kep-127": (
            "ネットワークの KEP-127",
            "箇条書き 強調 code_block() a &lt; b &amp; c 見出し セル KEP-2254 表の中",
        ),
        f"{PAGE}#細かい話": ("細かい話", "replicas: 6 取得した題 取得した説明 example.org 生の HTML"),
        f"{PAGE}#空の節": ("空の節", ""),
    }


def test_nothing_that_we_add_to_a_text_is_found(tmp_path: Path) -> None:
    built = copied(EVERY_FORM, tmp_path / "site").build()
    texts = [word for place, words in entries(built).items() if place.startswith("issues/") for word in words]
    assert len(texts) > 6
    for ours in (
        "現在の段階",
        "stable v1.36",
        "beta v1.25",
        "廃止",
        "段階未定",
        "情報なし",
        "この号で取り上げた",
        "sig-node",
        "リンク切れ",
        "保存されたコピー",
        "2026-07-19",
    ):
        assert [text for text in texts if ours in text] == []


def test_a_kep_page_is_found_by_what_is_known_of_the_kep(site: Built) -> None:
    title, text = entries(site)["keps/127/"]
    assert title == "KEP-127: Support &lt;b&gt;User&lt;/b&gt; Namespaces"
    assert text == "stable v1.36 implemented sig-node UserNamespacesSupport"


def test_every_place_in_the_index_is_there(site: Built) -> None:
    assert [place for place in entries(site) if place and not site.leads_somewhere("index.html", place)] == []


def test_pages_that_are_not_ours_are_still_found(site: Built) -> None:
    found = entries(site)
    assert found["about/"][0] == "このサイト"
    assert "私たちのこと" in found["about/"][1]
    assert "猫へ" in found["about/#連絡先"][1]


def test_an_issue_may_keep_itself_out_of_search(site: Built) -> None:
    assert "秘密の号" in site.text(issue_page("2026-01-16"))
    assert "秘密の号" not in site.text("search/search_index.json")


def test_lists_of_what_stands_elsewhere_are_not_in_the_index(site: Built) -> None:
    assert not [place for place in entries(site) if place in ("issues/", "keps/") or place.startswith("issues/#")]


def test_the_index_is_plain_utf_8_and_keeps_its_settings(site: Built) -> None:
    text = site.text("search/search_index.json")
    assert "\\u" not in text
    assert site.json("search/search_index.json")["config"]["lang"] == ["ja"]


def test_another_theme_does_not_have_everything_twice(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.lock(kep(127))
    folder.issue(DATE, "KEP-127 の話")
    found = entries(folder.build())
    assert found[PAGE] == (f"Neco Weekly ({DATE}号)", "KEP-127 の話")
    assert "keps/127/" in found


def test_a_site_without_search(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, plugins=[plugin for plugin in CONFIG["plugins"] if plugin != "search"])
    folder.issue(DATE)
    assert not folder.build(strict=True).paths("search/*")


def test_words_of_one_build_are_not_in_the_next(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    for words in ("前の話", "後の話"):
        folder.issue(DATE, words)
        assert entries(folder.build())[PAGE][1] == words


def test_the_title_of_an_issue_in_its_front_matter_is_found(tmp_path: Path) -> None:
    folder: Folder = new_folder(tmp_path)
    folder.write(f"docs/issues/{DATE}.md", "---\ntitle: 題は & ここ\n---\n\n本文だけ\n\n## 節\n\n続き\n")
    found = entries(folder.build())
    assert found[f"issues/{DATE}/"] == ("題は &amp; ここ", "本文だけ")
    assert found[f"issues/{DATE}/#節"] == ("節", "続き")
