"""The language of texts that are not in that of their page."""

from __future__ import annotations

import pytest
from neco_weekly.display.words import Locale
from neco_weekly.site.foreign_texts import ForeignTexts, with_language

KEPS = (
    (127, "Support Namespaces"),
    (5, "Sysctls & <b>more</b>"),
    (9, "ノードのメモリ"),
    (11, "1.0"),
)

CASES: dict[str, tuple[Locale, str, str]] = {
    "all that an element says": ("ja", "<a>Support Namespaces</a>", '<a lang="en">Support Namespaces</a>'),
    "behind its number": (
        "ja",
        "<h1>KEP-127: Support Namespaces</h1>",
        '<h1 lang="en">KEP-127: Support Namespaces</h1>',
    ),
    "beside other words": (
        "ja",
        "<a><b>#127</b> Support Namespaces</a>",
        '<a><b>#127</b> <span lang="en">Support Namespaces</span></a>',
    ),
    "before other elements": (
        "ja",
        "<h1>Support Namespaces<a>¶</a></h1>",
        '<h1><span lang="en">Support Namespaces</span><a>¶</a></h1>',
    ),
    "an element with a hint in Japanese": (
        "ja",
        '<a title="説明">Support Namespaces</a>',
        '<a title="説明"><span lang="en">Support Namespaces</span></a>',
    ),
    "signs of HTML": (
        "ja",
        "<i>Sysctls &amp; &lt;b&gt;more&lt;/b&gt;</i>",
        '<i lang="en">Sysctls &amp; &lt;b&gt;more&lt;/b&gt;</i>',
    ),
    "one that says its language": (
        "ja",
        '<p lang="en">Support Namespaces</p>',
        '<p lang="en">Support Namespaces</p>',
    ),
    "where no element may stand": (
        "ja",
        "<option>Support Namespaces</option>",
        "<option>Support Namespaces</option>",
    ),
    "a part of a sentence": ("ja", "<p>Support Namespaces の話</p>", "<p>Support Namespaces の話</p>"),
    "a title that a person gave": ("ja", "<p>ノードのメモリ</p><p>1.0</p>", "<p>ノードのメモリ</p><p>1.0</p>"),
    "our words in English": ("en", "<p>号で取り上げた</p>", '<p lang="ja">号で取り上げた</p>'),
    "an English page's own": ("en", "<p>Support Namespaces</p>", "<p>Support Namespaces</p>"),
    "a comment, and the end": ("en", "<!-- 猫 -->犬", "<!-- 猫 -->犬"),
    "text alone": ("en", "猫", "猫"),
    "what never ends": ("en", "<p title='猫", "<p title='猫"),
}


@pytest.mark.parametrize(("locale", "html", "marked"), CASES.values(), ids=CASES)
def test_what_is_in_another_language_says_so(locale: Locale, html: str, marked: str) -> None:
    foreign = ForeignTexts(locale, KEPS)
    assert foreign.marked(html) == marked
    assert foreign.marked(marked) == marked


@pytest.mark.parametrize(
    ("named", "language"),
    [("en", "en"), ("zh-Hant", "zh-Hant"), ("ja", None), (None, None), (["en"], None), ('en" onload="x', None)],
    ids=str,
)
def test_a_text_is_of_the_language_that_its_front_matter_names(named: object, language: str | None) -> None:
    page = '<html lang="ja"><ul class="md-nav__list" data-md-component="toc"></ul><article class="a"><p>x</p></article>'
    drawn = with_language(page, named, "ja")
    assert drawn.count(" lang=") == (3 if language else 1)
    assert (f'<article lang="{language}" class="a">' in drawn) is (language is not None)
