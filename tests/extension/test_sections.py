"""Markdown -> sections: a page's words under the headings where they stand, with KEPs and cards of their own."""

from __future__ import annotations

import pytest
from neco_weekly.issues.scan import Scanner
from neco_weekly.model.issues import Section

SCANNER = Scanner(["toc", "tables", "fenced_code", "attr_list", "md_in_html", "footnotes"])

CASES = {
    "nothing": ("", []),
    "a title and words before and under it": (
        "前\n\n# The title\n\n後",
        [Section(anchor="", title="The title", text="前 後", level=1)],
    ),
    "headings of every level": (
        "# t\n\n## a\n\n文\n\n#### b\n\n## c",
        [
            Section(anchor="", title="t", text="", level=1),
            Section(anchor="a", title="a", text="文", level=2),
            Section(anchor="b", title="b", text="", level=4),
            Section(anchor="c", title="c", text="", level=2),
        ],
    ),
    "a second title is a heading below the first": (
        "# t\n\n# u KEP-1",
        [
            Section(anchor="", title="t", text="", level=1),
            Section(anchor="u-kep-1", title="u KEP-1", text="", level=2, keps=(1,)),
        ],
    ),
    "a title under other headings": (
        "KEP-2\n\n## a\n\nKEP-3\n\n# t KEP-1",
        [
            Section(anchor="", title="", text="KEP-2", keps=(2,)),
            Section(anchor="a", title="a", text="KEP-3", level=2, keps=(3,)),
            Section(anchor="t-kep-1", title="t KEP-1", text="", level=1, keps=(1,)),
        ],
    ),
    "numbers where they are mentioned, those of the heading first": (
        "KEP-3\n\n# t KEP-1\n\n[x](https://kep.k8s.io/2) KEP-3\n\n"
        "## a KEP-4, [#5](https://kep.k8s.io/5)\n\nKEP-2, KEP-4",
        [
            Section(anchor="", title="t KEP-1", text="KEP-3 x KEP-3", level=1, keps=(3, 1, 2)),
            Section(anchor="a-kep-4-5", title="a KEP-4, #5", text="KEP-2, KEP-4", level=2, keps=(4, 5, 2)),
        ],
    ),
    "a heading that is not searched, and what is under it": (
        "# t\n\n## a KEP-1 {data-search-exclude=1}\n\nKEP-2\n\n## b\n\n文",
        [Section(anchor="", title="t", text="", level=1), Section(anchor="b", title="b", text="文", level=2)],
    ),
    "blocks are apart": (
        "- 一\n- 二\n\n| 左 | 右 |\n| - | - |\n| 1 | 2 |\n\n    code()\n\n> 引",
        [Section(anchor="", title="", text="一 二 左 右 1 2 code() 引")],
    ),
    "cards are apart from prose": (
        '前\n\nhttps://www.example.org/a\n\n- @[card](https://example.org/b){title="題 & 名" desc="説明"}\n\n'
        "https://kep.k8s.io/127\n\n後 [https://example.org/c:title=読む]",
        [
            Section(
                anchor="",
                title="",
                text="前 後 読む",
                keps=(127,),
                cards=(
                    "example.org/a\nexample.org",
                    "題 & 名\nexample.org\n説明",
                    "KEP-127\nkep.k8s.io",
                ),
            )
        ],
    ),
    "an address in a sentence is prose": (
        "見よ https://example.org/a。",
        [Section(anchor="", title="", text="見よ https://example.org/a。")],
    ),
}


@pytest.mark.parametrize(("text", "sections"), CASES.values(), ids=CASES)
def test_a_text_is_cut_at_its_headings(text: str, sections: list[Section]) -> None:
    assert list(SCANNER.scan(text).sections) == sections
