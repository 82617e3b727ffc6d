"""Titles without the name of the site that they repeat."""

from __future__ import annotations

import pytest

from .webpages import URL, linked, page


@pytest.mark.parametrize(
    ("title", "site", "url", "read"),
    [
        ("Pods | Kubernetes", "", "https://kubernetes.io/", "Pods"),
        ("Pods ｜ 猫の部屋", "猫の部屋", URL, "Pods"),
        ("Pods｜猫の部屋", "猫の部屋", URL, "Pods"),
        ("Pods - Cat Room", "CatRoom", URL, "Pods"),
        ("Pods – Example", "", URL, "Pods"),
        ("Pods — example.jp", "example.jp", URL, "Pods"),
        ("Pods · blog.example.jp", "", URL, "Pods"),
        ("Pods: Cat Room", "Cat Room", URL, "Pods"),
        ("Cat Room: Pods", "Cat Room", URL, "Pods"),
        ("Cat Room | Pods | Cat Room", "Cat Room", URL, "Pods"),
        ("Pods | A - B", "A - B", URL, "Pods"),
        ("Pods | ＣＡＴ ＲＯＯＭ", "Cat Room", URL, "Pods"),
        ("Pods - Speaker Deck", "", "https://speakerdeck.com/a/b", "Pods"),
        ("Pods | ドクセル", "", "https://www.docswell.com/s/a/b", "Pods"),
        ("Pods | Example", "", "https://www.example.co.jp/", "Pods"),
        ("Pods [Cat Room]", "Cat Room", URL, "Pods"),
        ("Pods [blog.example.jp]", "", URL, "Pods"),
        ("Pods（猫の部屋）", "猫の部屋", URL, "Pods"),
        ("Pods 「猫の部屋」", "猫の部屋", URL, "Pods"),
        ("Pods【猫の部屋】", "猫の部屋", URL, "Pods"),
        ("「猫の部屋」Pods", "猫の部屋", URL, "Pods"),
        ("【猫の部屋】 Pods", "猫の部屋", URL, "Pods"),
        ("Pods：猫の部屋", "猫の部屋", URL, "Pods"),
        ("猫の部屋：Pods", "猫の部屋", URL, "Pods"),
        ("Pods － 猫の部屋", "猫の部屋", URL, "Pods"),
        ("Pods « Cat Room", "Cat Room", URL, "Pods"),
        ("Pods • Cat Room", "Cat Room", URL, "Pods"),
        ("Pods / Cat Room", "Cat Room", URL, "Pods"),
        ("Pods | Docker Docs", "", "https://docs.docker.example/", "Pods"),
        ("Pods | Example Docs", "", "https://docs.example.jp/", "Pods"),
        ("Pods | Example Blog", "", URL, "Pods"),
        ("Pods - 猫「仮」の部屋", "猫「仮」の部屋", URL, "Pods"),
        ("Pods (CLI)", "Cat Room", URL, "Pods (CLI)"),
        ("[Cat Room]", "Cat Room", URL, "[Cat Room]"),
        ("「猫の部屋」", "猫の部屋", URL, "「猫の部屋」"),
        ("[RFC] Pods", "Cat Room", URL, "[RFC] Pods"),
        ("Pods 「", "Cat Room", URL, "Pods 「"),
        ("猫の部屋の話", "猫の部屋", URL, "猫の部屋の話"),
        ("Cat Room", "Cat Room", URL, "Cat Room"),
        ("Pods | Cats", "Cat Room", URL, "Pods | Cats"),
        ("Pods-Example", "", URL, "Pods-Example"),
        ("Example: Pods", "", URL, "Example: Pods"),
        ("KEP-127: Pods", "", URL, "KEP-127: Pods"),
        ("| Cat Room", "Cat Room", URL, "| Cat Room"),
    ],
)
def test_a_title_does_not_repeat_the_site(title: str, site: str, url: str, read: str) -> None:
    assert page(f"<title>{title}</title><meta property=og:site_name content='{site}'>", url=url).title.value == read


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Pods - Cats</title><meta name=application-name content=Cats>", "Pods"),
        ("<title>Pods - Cats</title><meta name=apple-mobile-web-app-title content=Cats>", "Pods"),
        ("<title>Pods - Cats</title>" + linked({"@type": "WebSite", "name": "Cats"}), "Pods"),
        ("<title>Pods - Cats</title><meta property=og:site_name content=Dogs>"
         "<meta name=application-name content=Cats>", "Pods"),
        ("<title>Pods - Cats</title><meta property=og:site_name content=https://cats.example/>", "Pods - Cats"),
        ("<title>Pods - Cats</title><meta property=og:title content='Pods - Dogs'>", "Pods - Dogs"),
    ],
)  # fmt: skip
def test_all_names_of_the_site_count(html: str, title: str) -> None:
    assert page(html).title.value == title


def test_a_site_is_not_named_by_an_address() -> None:
    found = page("<title>A title</title><meta property=og:site_name content='https://cats.example/'>")
    assert found.site
    assert (found.site.value, found.site.origin) == ("blog.example.jp", "host")
