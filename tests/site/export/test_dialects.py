"""Each form of an issue in each dialect: a table of what is written, and what the targets say instead."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from neco_weekly.grammar.export_marks import without_marked

from tests.site.export.exporting import exported, text_of

BADGE = "<!-- neco:badge -->（alpha v1.25 → stable v1.36）<!-- /neco:badge -->"

BELOW = "<!-- neco:badge -->KEP-127: alpha v1.25 → stable v1.36<!-- /neco:badge -->"

SAME: dict[str, str | None] = {"markdown": None, "zenn": None, "qiita": None, "hatena": None}
"""For targets that say a form as it is written."""


def joined(text: str) -> dict[str, str | None]:
    """What targets have that show the ends of lines: a text whose lines are joined."""
    return {**dict.fromkeys(SAME, text), "markdown": None}


FORMS: dict[str, tuple[str, dict[str, str | None]]] = {
    "nothing": ("", SAME),
    "text": ("一行目`a`**b**\n", SAME),
    "ends of lines": (
        "一行目。\n二行目 and\nthree",
        joined("一行目。二行目 and three"),
    ),
    "hard break": ("one  \ntwo\\\nthree", SAME),
    "break in code": ("`a\nb` c", SAME),
    "in a list": (
        "- 一\n  二\n- three\n  1. 四\n     五",
        joined("- 一二\n- three\n  1. 四五"),
    ),
    "in a quote": ("> 一\n> 二\n三", joined("> 一二三")),
    "code": (
        "```yaml:pod.yaml\na: 1\n```",
        {
            "markdown": '```yaml title="pod.yaml"\na: 1\n```',
            "zenn": None,
            "qiita": None,
            "hatena": "**pod.yaml**\n\n```yaml\na: 1\n```",
        },
    ),
    "diff": (
        "- x\n  ~~~diff go:a_b.go\n  + a\n  ~~~",
        {
            "markdown": '- x\n  ~~~diff go title="a_b.go"\n  + a\n  ~~~',
            "zenn": None,
            "qiita": "- x\n  ~~~diff_go:a_b.go\n  + a\n  ~~~",
            "hatena": "- x\n  **a\\_b.go**\n\n  ~~~diff\n  + a\n  ~~~",
        },
    ),
    "message": (
        ":::message\nm\n\n- a\n:::\nend",
        {
            "markdown": "> [!NOTE]\n> m\n>\n> - a\n\nend",
            "zenn": None,
            "qiita": ":::note info\nm\n\n- a\n:::\nend",
            "hatena": "> m\n>\n> - a\n\nend",
        },
    ),
    "alert": (
        "> [!WARNING]\n> w\n>\n> x\n\nend",
        {
            "markdown": None,
            "zenn": ":::message alert\nw\n\nx\n:::\n\nend",
            "qiita": ":::note warn\nw\n\nx\n:::\n\nend",
            "hatena": "> w\n>\n> x\n\nend",
        },
    ),
    "admonition": (
        '!!! danger "Mind *this*"\n    a\n\n        code\n\nend',
        {
            "markdown": "> [!CAUTION]\n> **Mind *this***\n>\n> a\n>\n>     code\n\nend",
            "zenn": ":::message alert\n**Mind *this***\n\na\n\n    code\n:::\n\nend",
            "qiita": ":::note alert\n**Mind *this***\n\na\n\n    code\n:::\n\nend",
            "hatena": "> **Mind *this***\n>\n> a\n>\n>     code\n\nend",
        },
    ),
    "details": (
        ":::details T & `t`\nd\n:::",
        {
            "markdown": "<details>\n<summary>T &amp; <code>t</code></summary>\n\nd\n\n</details>",
            "zenn": None,
            "qiita": "<details>\n<summary>T &amp; <code>t</code></summary>\n\nd\n\n</details>",
            "hatena": "> **T & `t`**\n>\n> d",
        },
    ),
    "nested": (
        ":::details T\n:::message\nm\n:::\n:::",
        {
            "markdown": "<details>\n<summary>T</summary>\n\n> [!NOTE]\n> m\n\n</details>",
            "zenn": "::::details T\n:::message\nm\n:::\n::::",
            "qiita": "<details>\n<summary>T</summary>\n\n:::note info\nm\n:::\n\n</details>",
            "hatena": "> **T**\n>\n> > m",
        },
    ),
    "folding HTML": (
        "<details><summary>S</summary>\n\nd\n\n</details>",
        {"markdown": None, "zenn": "::::::details S\n\nd\n\n::::::", "qiita": None, "hatena": None},
    ),
    "tabs": (
        '=== "A"\n\n    a\n\n=== "B"\n\n    b',
        {**dict.fromkeys(SAME, "**A**\n\na\n\n**B**\n\nb"), "hatena": "> **A**\n>\n> a\n\n> **B**\n>\n> b"},
    ),
    "card": (
        "before\nhttps://a.test/x\nafter",
        {
            "markdown": "before\\\n[A page](https://a.test/x)\\\nafter",
            "zenn": None,
            "qiita": "before\n\nhttps://a.test/x\n\nafter",
            "hatena": "before  \n[https://a.test/x:embed:cite]  \nafter",
        },
    ),
    "card with attributes": (
        '@[card](https://a.test/){title="*T*" desc="d"}',
        {
            "markdown": "[\\*T\\*](https://a.test/)",
            "zenn": "https://a.test/",
            "qiita": "https://a.test/",
            "hatena": "[https://a.test/:embed:cite]",
        },
    ),
    "card in a list": (
        "- @[youtube](dQw4w9WgXcQ)",
        {
            "markdown": "- [A page](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
            "zenn": "- @[card](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
            "qiita": "- [A page](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
            "hatena": "- [A page](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
        },
    ),
    "card in a message": (
        ":::message\nhttps://a.test/x\n:::",
        {
            "markdown": "> [!NOTE]\n> [A page](https://a.test/x)",
            "zenn": ":::message\n@[card](https://a.test/x)\n:::",
            "qiita": ":::note info\nhttps://a.test/x\n:::",
            "hatena": "> [https://a.test/x:embed:cite]",
        },
    ),
    "Embedly": (
        '<blockquote class="embedly-card"><h4><a href="https://a.test/">T</a></h4></blockquote>',
        {
            "markdown": "[T](https://a.test/)",
            "zenn": "https://a.test/",
            "qiita": "https://a.test/",
            "hatena": "[https://a.test/:embed:cite]",
        },
    ),
    "link that shows a title": (
        "see [https://a.test/:title]",
        dict.fromkeys(SAME, "see [A page](https://a.test/)"),
    ),
    "link into the site": (
        '[a](b.md) [c][d] **[e](f.md "t")**\n\n[d]: g.md',
        dict.fromkeys(SAME, '[a](https://neco.test/b/) [c](https://neco.test/g/) **[e](https://neco.test/f/ "t")**'),
    ),
    "held link": ("[*a* b](../08/held.md) c", dict.fromkeys(SAME, "*a* b c")),
    "URL before a letter": ("（https://a.test/b）と", dict.fromkeys(SAME, "（<https://a.test/b>）と")),
    "URL that is no card": ("\\https://a.test/b", dict.fromkeys(SAME, "[https://a.test/b](https://a.test/b)")),
    "picture": (
        "![*a*](<./p q.png> =250x)",
        {
            "markdown": '<img src="images/2026-07-10/p-q.png" alt="*a*" width="250">',
            "zenn": "![*a*](/images/neco-weekly-2026-07-10/p-q.png =250x)",
            "qiita": '<img src="https://neco.test/./p q.png/" alt="*a*" width="250">',
            "hatena": '<img src="https://neco.test/./p q.png/" alt="*a*" width="250">',
        },
    ),
    "picture in a link": (
        "[![a](p.png) b](c.md)",
        {
            "markdown": "[![a](images/2026-07-10/p.png) b](https://neco.test/c/)",
            "zenn": "[![a](/images/neco-weekly-2026-07-10/p.png) b](https://neco.test/c/)",
            "qiita": "[![a](https://neco.test/p.png/) b](https://neco.test/c/)",
            "hatena": "[![a](https://neco.test/p.png/) b](https://neco.test/c/)",
        },
    ),
    "picture of another host": ("![a](https://b.test/c.png)", SAME),
    "picture out of the site": ("x ![a](../../etc/p.png)", dict.fromkeys(SAME, "x a")),
    "formula": ("$a_b*c$", {**SAME, "qiita": "$`a_b*c`$", "hatena": "[tex: a\\_b\\*c]"}),
    "formula that stands out": (
        "$$\na\n$$",
        {**SAME, "qiita": "```math\na\n```", "hatena": "[tex:\\\\displaystyle{a}]"},
    ),
    "tasks": ("- [ ] a\n- [x] b", {**SAME, "hatena": "- ☐ a\n- ☑ b"}),
    "emoji": (":tada: `:tada:`", {**SAME, "zenn": "🎉 `:tada:`", "hatena": "🎉 `:tada:`"}),
    "footnote in a line": (
        "a^[b *c*] d",
        {**dict.fromkeys(SAME, "a[^note-1] d\n\n[^note-1]: b *c*"), "zenn": None},
    ),
    "brackets in brackets": (
        "f((a)) (\\(b)) [c ((d))](https://a.test/((e))) `((f))` ((g)\n\n$((h))$ (((i))) ((j",
        {
            **SAME,
            "qiita": "f((a)) (\\(b)) [c ((d))](https://a.test/((e))) `((f))` ((g)\n\n$`((h))`$ (((i))) ((j",
            "hatena": "f(&#40;a)) (&#40;b)) [c (&#40;d))](https://a.test/((e))) `((f))` ((g)\n\n"
            "[tex: ((h))] (&#40;&#40;i))) ((j",
        },
    ),
    "definitions": ("T\n: d", dict.fromkeys(SAME, "**T**\n- d")),
    "HTML in a line": (
        'a <kbd>K</kbd><br><a href="https://b.test/">c</a> <b>d</b>',
        {**SAME, "zenn": "a K<br>[c](https://b.test/) **d**"},
    ),
    "table": (
        "| a\\|b | c |\n| --- | --- |\n| KEP-127 | `d` |",
        dict.fromkeys(SAME, f"| a\\|b | c |\n| --- | --- |\n| KEP-127{BADGE} | `d` |"),
    ),
    "reference": ("KEP-127は KEP-127 `KEP-2254`", dict.fromkeys(SAME, f"KEP-127{BADGE}は KEP-127 `KEP-2254`")),
    "linked reference": (
        "[#127](https://kep.k8s.io/127)、KEP-9999",
        dict.fromkeys(SAME, f"[#127](https://kep.k8s.io/127){BADGE}、KEP-9999"),
    ),
    "heading": (
        "## KEP-127: x\ntext KEP-127\n\n### y\nKEP-127",
        dict.fromkeys(
            SAME,
            f"## KEP-127: x\n\n{BELOW}\n\ntext KEP-127\n\n### y\nKEP-127{BADGE}",
        ),
    ),
}
"""What is written, and what each target has; None for what stays as it is."""


@pytest.mark.parametrize("target", SAME)
def test_each_form_is_said_in_the_dialect(target: str) -> None:
    wrong = {}
    for name, (written, said) in FORMS.items():
        expected = (written if said[target] is None else said[target] or "").strip("\n")
        if (found := text_of(exported(written, target))) != expected:
            wrong[name] = f"\n{found}\n--- is not\n{expected}\n"
    assert not wrong, "".join(f"\n=== {name}{it}" for name, it in wrong.items())


def test_marked_words_go_and_the_text_is_what_it_was() -> None:
    texts = [
        written
        for name, (written, said) in FORMS.items()
        if name in ("table", "reference", "heading", "linked reference")
    ]
    for written in texts:
        assert without_marked(text_of(exported(written, "markdown"))).replace("\n\ntext", "\ntext") == written


def test_brackets_in_brackets_are_no_footnote_and_read_as_they_were_written() -> None:
    text = text_of(exported("f((a)) \\(\\(b\\)\\) **((c))**", "hatena"))
    html = MarkdownIt().render(text)
    assert "((" not in text.replace("\\(", "(")
    assert BeautifulSoup(html, "html.parser").get_text().strip() == "f((a)) ((b)) ((c))"
