"""Which words of a title no line ends within."""

from __future__ import annotations

import pytest
from neco_weekly.site.whole_words import whole, with_whole_words


@pytest.mark.parametrize(
    ("title", "held"),
    [
        ("Pod、ユーザー名前空間、ほか", ["ユーザー名前空間"]),
        ("正式リリースの日", ["正式リリース"]),
        ("コンテナの名前空間", []),
        ("エフェメラルコンテナ", []),
        ("名前空間", []),
        ("クラスターネットワーク名前空間", []),
        ("ア名", []),
    ],
    ids=[
        "a name and what it is",
        "the reverse",
        "a particle between",
        "katakana alone",
        "kanji alone",
        "a long one",
        "brief",
    ],
)
def test_a_word_of_both_scripts_is_held(title: str, held: list[str]) -> None:
    drawn = whole(title)
    assert [part.partition("</span>")[0] for part in drawn.split('<span class="neco-word">')[1:]] == held
    assert drawn.replace('<span class="neco-word">', "").replace("</span>", "") == title


def test_attributes_stay_and_text_is_escaped() -> None:
    html = '<a title="ユーザー名前空間">&lt;ユーザー名前空間</a>'
    assert with_whole_words(html) == html.replace(
        ";ユーザー名前空間", ';<span class="neco-word">ユーザー名前空間</span>'
    )
    assert whole("<b>") == "&lt;b&gt;"
