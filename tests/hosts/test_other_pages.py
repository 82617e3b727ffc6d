"""Pages that are no issues: nothing of them changes but references to KEPs, unless the site says `pages: true`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.sites import CONFIG, Folder, kep, new_folder

EVERYTHING = """\
# 案内

https://example.com/card

@[card](https://example.com/b)

[https://example.com/c:embed:cite]

[https://example.com/d:title] と <https://example.com/e> と https://example.com/f、
日本語の行が
続く。 ~~消す~~ :tada: $x^2$ 脚注^[中] pod名は <pod名>

<a class="embedly-card" href="https://example.com/g">題</a>

- https://example.com/h
- [ ] 未

![図](a.png =100x)

@[tweet](https://example.com/bad

```mermaid
graph LR
```

#127 と `KEP-127`
"""


def page_of(root: Path, body: str, *, ours: bool, **options: Any) -> BeautifulSoup:
    extensions: list[Any] = [*CONFIG["markdown_extensions"][:-1], "attr_list", "footnotes"]
    plugins: list[Any] = ["search"]
    if ours:
        plugins.append({"neco-weekly": {"cache": False, **options}})
    folder = new_folder(root, plugins=plugins, markdown_extensions=extensions)
    folder.lock(kep(127))
    folder.write("docs/index.md", body)
    folder.write("docs/a.png", b"")
    return folder.build().page("index.html")


def article(page: BeautifulSoup) -> str:
    assert page.article
    return page.article.decode_contents()


def test_a_page_without_a_kep_is_the_same_to_the_byte(tmp_path: Path) -> None:
    with_ours = page_of(tmp_path / "ours", EVERYTHING, ours=True)
    assert article(with_ours) == article(page_of(tmp_path / "plain", EVERYTHING, ours=False))
    assert not with_ours.select("script[src*=diagram]")


def test_references_to_keps_are_all_that_is_drawn(tmp_path: Path) -> None:
    body = f"{EVERYTHING}\nKEP-127 と [これ](https://kep.k8s.io/127)\n"
    page = page_of(tmp_path / "ours", body, ours=True)
    plain, badge = page.select("article a.neco-kep")
    for stage in plain.find_all(True):
        stage.decompose()
    plain.replace_with(plain.get_text().strip())
    badge.decompose()
    assert article(page) == article(page_of(tmp_path / "plain", body, ours=False))


PLACES = [
    pytest.param({"pages": True}, {}, id="of the plugin"),
    pytest.param({}, {"pages": True}, id="of the extension"),
]


@pytest.mark.parametrize(("plugin", "extension"), PLACES)
def test_with_pages_all_pages_have_cards(plugin: Any, extension: Any, folder: Folder) -> None:
    folder.configure(
        plugins=["search", {"neco-weekly": plugin}], markdown_extensions=["tables", {"neco_weekly": extension}]
    )
    folder.write("docs/index.md", EVERYTHING)
    folder.write("docs/a.png", b"")
    page = folder.build().page("index.html")
    drawn = [card["data-url"] for card in page.select(".neco-card")]
    assert drawn == [f"https://example.com/{name}" for name in ("card", "b", "c", "g")]
    assert page.select("article p a[href='https://example.com/f']")


def test_without_it_issues_alone_have_cards(folder: Folder) -> None:
    folder.configure(markdown_extensions=[{"neco_weekly": {"grammar_for": "all"}}])
    folder.write("docs/index.md", EVERYTHING)
    folder.write("docs/a.png", b"")
    folder.issue("2026-09-04", EVERYTHING)
    built = folder.build()
    assert not built.page("index.html").select(".neco-card")
    assert built.issue("2026-09-04").select(".neco-card")
    assert built.page("index.html").select("article del"), "its grammar is that of issues all the same"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path)
