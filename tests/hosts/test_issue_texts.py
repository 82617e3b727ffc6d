"""Each issue's Markdown beside its page: what its author wrote, without what no reader is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.hosts.test_held_back import HELD, PUBLIC, SECRET, TEXTS, mentions_of, site_with
from tests.lock_fixture import HOSTILE
from tests.sites import MATERIAL, Built, Folder, kep, new_folder

DAY = "2026-09-04"
PAGE = f"issues/2026/09/{DAY}"

WRITTEN = f"""\
---
title: 今週
tags: [猫, k8s]
description: 眠り
author: himitsu
draft: false
slug: hidden
---
<!-- 目に見えない -->
# 今週

KEP-127 <!-- 覚え書き -->は[次]({DAY}.md#今週)と![絵](cat.png)と[他](../../../about.md)。

```html
<!-- 見える -->
[これ](cat.png)
```

https://user:pass@example.com/a

[//]: # (これも見えない)
"""


def written(folder: Folder, **settings: object) -> Built:
    folder.configure(**settings)
    folder.lock(kep(127))
    folder.write(f"docs/{PAGE}.md", WRITTEN)
    folder.write("docs/issues/2026/09/cat.png", b"\x89PNG")
    folder.write("docs/about.md", "# About\n")
    return folder.build()


def taken_apart(text: str) -> tuple[dict[str, object], str]:
    _, front_matter, body = text.split("---\n", 2)
    return yaml.safe_load(front_matter), body


def test_it_is_what_was_written_without_what_nobody_sees(tmp_path: Path) -> None:
    built = written(new_folder(tmp_path))
    meta, body = taken_apart(built.text(f"{PAGE}/index.md"))
    assert {name: str(it) for name, it in meta.items()} == {
        "title": "今週",
        "date": DAY,
        "description": "眠り",
        "tags": "['猫', 'k8s']",
    }
    assert body == (
        "\n# 今週\n\nKEP-127 は[次](./#今週)と![絵](../cat.png)と[他](../../../../about/)。\n\n"
        "```html\n<!-- 見える -->\n[これ](cat.png)\n```\n\nhttps://example.com/a\n"
    )


def test_links_lead_to_where_those_of_the_page_do(tmp_path: Path) -> None:
    built = written(new_folder(tmp_path), use_directory_urls=False)
    text = built.text(f"{PAGE}.md")
    assert (f"[次]({DAY}.html#今週)" in text, "(cat.png)と" in text, "(../../../about.html)" in text) == (True,) * 3
    assert built.leads_somewhere(f"{PAGE}.html", "../../../about.html")


def test_it_is_no_page(tmp_path: Path) -> None:
    built = written(new_folder(tmp_path))
    assert built.paths("**/*.md") == {f"{PAGE}/index.md"}
    assert [path for path in built.paths() if "neco-text" in path] == []
    (issue,) = built.json("api/issues.json")["issues"]
    assert issue["markdown"] == f"{PAGE}/index.md"


def test_a_page_says_where_it_is(tmp_path: Path) -> None:
    built = written(new_folder(tmp_path), theme=MATERIAL)
    links = built.page(f"{PAGE}/index.html").select("link[type='text/markdown']")
    assert [it["href"] for it in links] == ["index.md"]
    assert built.page("keps/127/index.html").select("link[type='text/markdown']") == []


def test_nothing_of_what_is_held_back_is_there(tmp_path: Path) -> None:
    """The other ways to hold one back are those of tests/hosts/test_held_back.py, which looks at every file."""
    built = site_with(new_folder(tmp_path), TEXTS["draft"], use_directory_urls=False).build()
    (path,) = built.paths("**/*.md")
    assert path.endswith(f"/{PUBLIC}.md")
    assert "KEP-127、[前の話](#) と [その節](#)。" in built.text(path)
    assert mentions_of(built, SECRET, f"{HELD}.md") == []


@pytest.mark.parametrize("title", [HOSTILE, '"\\: # - [a]', "---", "{{ x }}", "🐈\N{LINE SEPARATOR}a"])
def test_a_hostile_title_ends_no_front_matter(tmp_path: Path, title: str) -> None:
    folder = new_folder(tmp_path)
    folder.lock(kep(127))
    folder.write(f"docs/{PAGE}.md", f"---\n{yaml.safe_dump({'title': title}, allow_unicode=True)}---\n\n本文\n")
    meta, body = taken_apart(folder.build().text(f"{PAGE}/index.md"))
    assert meta["title"] == " ".join(title.split())
    assert body == "\n本文\n"


def test_a_picture_that_comes_or_goes_is_told_by_the_next_build(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    picture = folder.docs / "cat.png"
    folder.write(f"docs/{PAGE}.md", "# 今週\n\n![絵](../../../cat.png)\n")
    found = []
    for change in (lambda: None, lambda: picture.write_bytes(b"\x89PNG"), picture.unlink):
        change()
        found.append(taken_apart(folder.build().text(f"{PAGE}/index.md"))[1].split("](")[1].strip())
    assert found == ["../../../cat.png)", "../../../../cat.png)", "../../../cat.png)"]
