"""Markdown in, mentions of topics and reported releases out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import dedent
from types import SimpleNamespace

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.topics_file import TopicsFile
from neco_weekly.issues.index import make_issue
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.issues import Heading, ScanResult
from neco_weekly.model.keps import Link
from neco_weekly.model.releases import load_releases
from neco_weekly.model.topics import Topic
from pymdownx.slugs import slugify

TOPICS = TopicsFile(
    topics=(
        Topic(slug="argo-cd", name="Argo CD", repo="argoproj/argo-cd", docs=("https://argo-cd.readthedocs.io",)),
        Topic(slug="flux", name="Flux", repo="fluxcd/flux2"),
        Topic(slug="cilium", name="Cilium", repo="cilium/cilium"),
        Topic(
            slug="ssa",
            name="Server-Side Apply",
            aliases=("サーバーサイドアプライ",),
            sources=(Link(title="KEP", url="https://github.com/x/tool-box/issues/555"),),
        ),
        Topic(slug="op-cat", name="OP_CAT", kind="technique"),
    )
)

EXTENSIONS = ["toc", "tables", "fenced_code", "footnotes", "admonition", "attr_list"]
CONFIGS = {"toc": {"slugify": slugify(case="lower")}}  # type: ignore[no-untyped-call]
SCANNER = Scanner(EXTENSIONS, CONFIGS, topics=TOPICS)
WITHOUT = Scanner(EXTENSIONS, CONFIGS)


def scan(text: str, scanner: Scanner = SCANNER) -> ScanResult:
    return scanner.scan(dedent(text))


def mentions(text: str, scanner: Scanner = SCANNER) -> list[tuple[str, str, int]]:
    """Topic, how it is named, line."""
    return [(it.topic, it.by, it.line) for it in scan(text, scanner).topic_mentions]


MENTIONS = {
    "Argo CDとCilium": [("argo-cd", "name", 1), ("cilium", "name", 1)],
    "Argo CD\n\nArgo CD と argocd": [("argo-cd", "name", 1)],
    "# Argo CD\n\nArgo CD\n\n## 次\n\nargocd": [("argo-cd", "name", 1), ("argo-cd", "name", 7)],
    "**Argo CD** *Cilium* ~~Server-Side Apply~~": [("argo-cd", "name", 1), ("cilium", "name", 1), ("ssa", "name", 1)],
    "- a\n- Cilium\n\n> Argo CD\n\n| a |\n|---|\n| Server-Side Apply |": [
        ("cilium", "name", 2),
        ("argo-cd", "name", 4),
        ("ssa", "name", 8),
    ],
    "a[^1]\n\n[^1]: Cilium": [("cilium", "name", 3)],
    "# 一\n\nCilium[^1]\n\n## 二\n\n[^1]: Cilium": [("cilium", "name", 3)],
    ":::message\nCilium\n:::": [("cilium", "name", 2)],
    "`Argo CD`\n\n```\nCilium\n```\n\n    Server-Side Apply\n\n<kbd>Cilium</kbd> <pre>Cilium</pre>": [],
    "https://example.com/Cilium https://cilium.io/ <https://example.com/cilium>": [],
    "![Cilium](Cilium.png 'Cilium')\n\n<b title='Cilium'>x</b> <!-- Cilium -->": [],
    "[Cilium][1]\n\n[1]: https://example.com 'Cilium'": [("cilium", "name", 1)],
    "## Cilium\n\n[ここ](https://github.com/cilium/cilium)": [("cilium", "repository", 1)],
    "[ここ](https://argo-cd.readthedocs.io/en/stable/)": [("argo-cd", "docs", 1)],
    "[Argo CD](https://github.com/argoproj/argo-cd/issues/1)": [("argo-cd", "repository", 1)],
    "あ\n\nhttps://github.com/Cilium/Cilium/releases": [("cilium", "repository", 3)],
    "@[card](https://github.com/cilium/cilium)\n": [("cilium", "repository", 1)],
    "https://raw.githubusercontent.com/cilium/cilium/main/a.yaml を": [("cilium", "repository", 1)],
    '<a href="https://github.com/cilium/cilium">これ</a>': [("cilium", "repository", 1)],
    "**Argo** CD と [Server](https://a.example/)-Side *Apply*": [("argo-cd", "name", 1), ("ssa", "name", 1)],
    "Argo `CD` と Argo\n\nCD と Argo ![](a.png) CD": [],
    "Flux が flux": [],
    "Flux が\n\n## 次\n\n[これ](https://github.com/fluxcd/flux2)": [("flux", "name", 1), ("flux", "repository", 5)],
    "[a](https://github.com/x/tool-box) と Tool Box\n\n## 次\n\nTool-box": [
        ("x/tool-box", "repository", 1),
        ("x/tool-box", "name", 5),
    ],
    "Tool Box": [],
    "https://github.com/kubernetes/enhancements/issues/127 https://github.com/features/actions": [],
    "CVE-2022-3162 と\n\n[CVE-2022-3172](https://nvd.nist.gov/vuln/detail/CVE-2022-3172)": [
        ("CVE-2022-3162", "number", 1),
        ("CVE-2022-3172", "number", 3),
    ],
    "KEP-127 Cilium KEP-128": [("cilium", "name", 1)],
    "[TOC]\n\n# Cilium": [("cilium", "name", 3)],
    "クラスタに\nサーバーサイドアプライを": [("ssa", "name", 2)],
    "Cilium は `cilium`\n\n- [a](https://a.example/) は\n  _Argo CD_ と cilium-based": [
        ("cilium", "name", 1),
        ("argo-cd", "name", 4),
    ],
    "# 一\n\ncilium-x\n\n## 二\n\n- [x](https://a.example/) が `a`\n- cilium-based": [("cilium", "name", 8)],
    "# 一\n\n## 二\n\nサーバー\nサイドアプライ": [("ssa", "name", 5)],
    "[a](https://github.com/x/tool-box/pull/555)": [("x/tool-box", "repository", 1), ("ssa", "docs", 1)],
    "@[card](https://github.com/x/tool-box/issues/555)\n": [("x/tool-box", "repository", 1), ("ssa", "docs", 1)],
    "あ\n\n- [`op_cat`](https://a.example/) と `op_cat --help`\n\n```\nOP_CAT\n```\n": [],
    "`OP_CAT --help`\n\n    OP_CAT\n\n<kbd>OP_CAT</kbd>": [],
}


def test_what_names_a_topic() -> None:
    assert {text: mentions(text) for text in MENTIONS} == MENTIONS


CALLED = {
    "[アルゴ](https://github.com/argoproj/argo-cd)": "アルゴ",
    "[Argo CD](https://github.com/argoproj/argo-cd)": "",
    "[アルゴ](https://github.com/argoproj/argo-cd/issues/1)": "",
    "[使い方](https://argo-cd.readthedocs.io/en/stable/)": "使い方",
    "Argo CD と [アルゴ](https://github.com/argoproj/argo-cd/) と [アル](https://argo-cd.readthedocs.io)": "アルゴ",
    "Server-Side Apply（SSA）": "SSA",
    "SSA (server-side apply)": "SSA",
    "Server-Side Apply (GA)": "",
    "https://argo-cd.readthedocs.io": "",
    "[x](https://github.com/x/tool-box)": "",
}


def test_what_a_section_calls_a_topic_beside_its_names() -> None:
    assert {text: scan(text).topic_mentions[0].called for text in CALLED} == CALLED


def test_an_alias_beside_a_link_anywhere_on_the_page_counts_even_before_it() -> None:
    text = "# Flux\n\nFlux\n\n## 別\n\n- <https://github.com/fluxcd/flux2/blob/main/README.md>\n"
    assert mentions(text) == [("flux", "name", 1), ("flux", "repository", 7)]


def test_a_mention_has_its_heading_and_the_words_around() -> None:
    (heading, text) = scan("# 号\n\n## Argo CD\n\n先週の話。\n\n### 次\n\nきょうの Argo\nCD の話。\n").topic_mentions
    assert heading.heading == Heading(text="Argo CD", anchor="argo-cd")
    assert (heading.paragraph, heading.written) == ("先週の話。", "Argo CD")
    assert (text.heading, text.written, text.line) == (Heading(text="次", anchor="次"), "Argo CD", 9)
    assert text.paragraph == "きょうの Argo CD の話。"


def test_a_footnote_is_of_the_section_that_refers_to_it() -> None:
    found = scan(
        "# 一\n\n## 二\n\nあ[^1]\n\n## 三\n\nCilium\n\n[^1]: Cilium と Argo CD\n[^2]: Argo CD\n"
    ).topic_mentions
    assert [(it.topic, it.heading and it.heading.text, it.line) for it in found] == [
        ("cilium", "三", 9),
        ("cilium", "二", 11),
        ("argo-cd", "二", 11),
    ]


def test_without_topics_a_page_still_tells_its_repositories_and_numbers() -> None:
    text = "Cilium と https://github.com/x/tool-box の Tool Box、CVE-2022-3162"
    assert mentions(text, WITHOUT) == [("x/tool-box", "repository", 1), ("CVE-2022-3162", "number", 1)]
    assert mentions("Cilium", WITHOUT) == []


RELEASES = {
    "## Argo CD v2.5.0 リリース": [("argo-cd", "v2.5.0", 1)],
    "## Argo CD 2.5 と 2.4.15": [("argo-cd", "2.5", 1), ("argo-cd", "2.4.15", 1)],
    "## 今週の Cilium: v1.13.0-rc.1（と Argo CD v2.5）": [("cilium", "v1.13.0-rc.1", 1), ("argo-cd", "v2.5", 1)],
    "## Cilium 1.12.3 → 1.13.0": [("cilium", "1.13.0", 1)],
    "## Argo CD の新機能 2.5.0": [],
    "Argo CD v2.5.0": [],
    "## Argo CD 10": [("argo-cd", "10", 1)],
    "## Argo CD v3 リリース": [("argo-cd", "v3", 1)],
    "## Argo CD 10 の秘訣\n\n## Argo CD 2022\n\n## Argo CD 3つ": [],
    "[v2.5.0](https://github.com/argoproj/argo-cd/releases/tag/v2.5.0)": [("argo-cd", "v2.5.0", 1)],
    "## Argo CD 2.5.0\n\n[a](https://github.com/argoproj/argo-cd/releases/tag/v2.5.0)": [("argo-cd", "2.5.0", 1)],
    "## Argo CD 2.5\n\n[a](https://github.com/argoproj/argo-cd/releases/tag/v2.5.0)": [("argo-cd", "v2.5.0", 1)],
    "## Argo CD 2.5 と 2.5.1": [("argo-cd", "2.5", 1), ("argo-cd", "2.5.1", 1)],
    "@[card](https://github.com/x/y/releases/tag/kustomize%2Fv5.0.1)": [("x/y", "kustomize/v5.0.1", 1)],
    "## tool-box v1.2.3\n\nhttps://github.com/x/tool-box": [("x/tool-box", "v1.2.3", 1)],
    "## [tool-box](https://github.com/x/tool-box) v1.2.3": [("x/tool-box", "v1.2.3", 1)],
    "## Flux v0.33.0": [],
    "## Flux v0.33.0\n\nhttps://github.com/fluxcd/flux2": [("flux", "v0.33.0", 1)],
    "https://github.com/x/y/releases/latest https://github.com/x/y/compare/v1.0.0...v1.1.0": [],
}


def test_what_reports_a_release() -> None:
    found = {text: [(it.topic, it.version, it.line) for it in scan(text).releases] for text in RELEASES}
    assert found == RELEASES


def test_lines_are_those_of_the_file() -> None:
    parts = take_apart("---\ntitle: Argo CD\n---\n\n# 号\n\nCilium v1\n\n## Argo CD 2.5\n")
    issue = make_issue("issues/2022-08-26.md", parts, SCANNER.scan(parts.body))
    assert [(it.topic, it.line) for it in issue.topic_mentions] == [("cilium", 7), ("argo-cd", 9)]
    assert [(it.version, it.line) for it in issue.releases] == [("2.5", 9)]


# --- the first mention as a link ------------------------------------------------------------------------------------


class Zensical(Preprocessor):
    """What Zensical leaves on an instance: the path of the page."""

    page = SimpleNamespace(path="issues/2022/08/2022-08-26.md", meta={})
    config: Mapping[str, str] = {}

    def run(self, lines: list[str]) -> list[str]:
        return lines


def drawn(text: str, link: str = "first") -> tuple[str, ScanResult]:
    found: list[ScanResult] = []
    known = KepsAsOf(Lock(topics=TOPICS), load_releases())
    ours = NecoWeeklyExtension(keps_as_of=known, report=found.append, link=link)
    md = Markdown(extensions=[*EXTENSIONS, ours], extension_configs=CONFIGS)
    md.preprocessors.register(Zensical(md), "rendering_context", 1)
    return md.convert(text), found[0]


def link_to(slug: str, text: str) -> str:
    return f'<a class="neco-topic" data-topic="{slug}" href="../../../topics/{slug}.md">{text}</a>'


LINKED = {
    "Argo CDとCilium、Argo CD": f"{link_to('argo-cd', 'Argo CD')}と{link_to('cilium', 'Cilium')}、Argo CD",
    "a **Cilium** b": f"a <strong>{link_to('cilium', 'Cilium')}</strong> b",
    "**a** Cilium b": f"<strong>a</strong> {link_to('cilium', 'Cilium')} b",
    "KEP-127 Cilium": None,
    "Flux": "Flux",
    "[Cilium](https://a.example/) `Cilium` CVE-2022-3162 https://github.com/x/tool-box tool-box": None,
    "[Cilium](https://a.example/) と Cilium": None,
}


def test_the_first_mention_in_the_text_is_a_link_to_the_page_of_its_topic() -> None:
    first = {text: drawn(text)[0].rpartition("<p>")[2].removesuffix("</p>") for text in LINKED}
    assert {text: html for text, html in first.items() if LINKED[text]} == {k: v for k, v in LINKED.items() if v}
    counts = [first[text].count("neco-topic") for text, html in LINKED.items() if html is None]
    assert counts == [1, 0, 1]


def test_a_heading_has_no_such_link_and_nothing_else_changes() -> None:
    text = "# Argo CD\n\n## Cilium\n\nCilium と KEP-127、Server-Side Apply\n\n- Argo CD\n"
    (html, found), (plain, before) = drawn(text), drawn(text, "never")
    assert html.count("neco-topic") == 3
    assert "neco-topic" not in "".join(it for it in html.split("\n") if it.startswith("<h"))
    assert re.sub(r'<a class="neco-topic"[^>]*>(.*?)</a>', r"\1", html) == plain
    assert (found.sections, found.topic_mentions, found.mentions) == (
        before.sections,
        before.topic_mentions,
        before.mentions,
    )


def test_where_html_of_the_writer_may_hold_a_link_open_nothing_is_linked() -> None:
    html, _ = drawn('<a href="https://a.example/">x\n\nCilium\n')
    assert "neco-topic" not in html or html.index("</a>") < html.index("neco-topic")
