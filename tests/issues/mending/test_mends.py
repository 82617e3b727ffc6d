"""Mends: what is written otherwise, so that the page shows the same; and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neco_weekly.display.words import load_strings
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.issues.mending.mend_problems import mend_problems
from neco_weekly.issues.mending.mended_files import MendedFile, mend_file
from neco_weekly.issues.mending.mends import Mend, mends_of
from neco_weekly.issues.mending.proof import Drawn, proven
from neco_weekly.issues.problems import in_words
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.model.releases import load_releases

from tests.any_speed import at_any_speed
from tests.lock_fixture import LOCK, card

URL = "https://example.com/unknown"
FETCHED = "https://example.com/fetched"
KNOWN = replace(LOCK, cards={**LOCK.cards, FETCHED: card(FETCHED, "取得した題", "取得した説明")})
SCANNER = Scanner(keps_as_of=KepsAsOf(KNOWN, load_releases()))
EMBEDLY = '<blockquote class="embedly-card"><h4><a href="{url}">{title}</a></h4><p>{text}</p></blockquote>'
SCRIPT = '<script async src="//cdn.embedly.com/widgets/platform.js" charset="UTF-8"></script>'


def draw(text: str) -> Drawn:
    html, found = SCANNER.draw(text, IssueFile(path="issues/2026-07-10.md"))
    return html, found.anchors


def mend(text: str, *ignored: str) -> MendedFile:
    return mend_file(text.encode(), lambda body: mends_of(body, KNOWN, ignored), draw)


def after(text: str, *ignored: str) -> str:
    return mend(f"# 題\n\n{text}", *ignored).after.decode().removeprefix("# 題\n\n")


def embedly(url: str = URL, title: str = "題", text: str = "文") -> str:
    return EMBEDLY.format(url=url, title=title, text=text)


MENDED = {
    "a space": ("これは KEP 127 です", "これは KEP-127 です"),
    "no sign": ("これは KEP127 です", "これは KEP-127 です"),
    "a hash": ("*KEP #127* です", "*KEP-127* です"),
    "noughts": ("KEP-0127", "KEP-127"),
    "a colon": ("KEP：127 です", "KEP-127 です"),
    "full width": ("ＫＥＰ－１２７", "KEP-127"),
    "another hyphen": ("KEP\u2011127", "KEP-127"),
    "small letters of a known KEP": ("これは kep-127 です", "これは KEP-127 です"),
    "the first of a list": ("KEP 127、128", "KEP-127、128"),
    "in a table": ("| 番号 | 文 |\n| --- | --- |\n| KEP 127 | 文 |", "| 番号 | 文 |\n| --- | --- |\n| KEP-127 | 文 |"),
    "a card of which nothing is known": (embedly(), f'@[card]({URL}){{title="題" desc="文"}}'),
    "a card that was fetched": (embedly(FETCHED), f"@[card]({FETCHED})"),
    "a card's quotes": (embedly(title='"題" と \\'), f'@[card]({URL}){{title="\\"題\\" と \\\\" desc="文"}}'),
    "a card with tracking": (embedly(f"{URL}?utm_source=a&amp;b=1"), f'@[card]({URL}?b=1){{title="題" desc="文"}}'),
    "a card and its script": (f"{embedly()}\n{SCRIPT}\n\n文", f'@[card]({URL}){{title="題" desc="文"}}\n\n文'),
    "a link of Embedly": (f'<a class="embedly-card" href="{URL}">題</a>', f'@[card]({URL}){{title="題"}}'),
    "tracking of a link": (f"[文]({URL}?utm_source=a&b=1#c)", f"[文]({URL}?b=1#c)"),
    "tracking of a bare address": (f"文 {URL}?fbclid=1 文", f"文 {URL} 文"),
    "tracking of an address in angle brackets": (f"<{URL}?gclid=1>", f"<{URL}>"),
    "tracking of a definition": (f"[文][a]\n\n[a]: {URL}?utm_source=a", f"[文][a]\n\n[a]: {URL}"),
    "tracking of a card": (f"@[card]({URL}?utm_source=a){{title=題}}", f"@[card]({URL}){{title=題}}"),
    "a bracket behind": (f"詳しくは {URL}（英語）を参照。", f"詳しくは <{URL}>（英語）を参照。"),
    "a full stop behind": (f"- {URL}。", f"- <{URL}>。"),
    "a comma behind": (f"{URL}，次", f"<{URL}>，次"),
    "a full-width bracket that was to end a link": (f"文[記事]({URL}）の話", f"文[記事]({URL})の話"),
    "two of them": (f"[a]({URL}）、[b]({URL}）", f"[a]({URL})、[b]({URL})"),
    "tracking and an end": (f"文 {URL}?utm_source=a。", f"文 <{URL}>。"),
}

KEPT = {
    "code": "`KEP 127` と\n\n```\nKEP 127\n```\n\n    KEP 127\n\n~~~\nKEP 127\n~~~",
    "a comment": f"<!-- KEP 127 {URL}?utm_source=a -->\n\n[//]: # (KEP 127)",
    "the words of a link": "[KEP 127](https://kep.k8s.io/127) と [記事 KEP 127](https://example.com/)",
    "a heading": "## KEP 127 の話",
    "a heading above a line": "KEP 127 の話\n---\n\nKEP 128\nの話\n===",
    "a quote": "> KEP 127\n\n「KEP 127」",
    "a picture's words": "![KEP 127](a.png)",
    "a list of KEPs": "KEPs 127, 128",
    "small letters of an unknown KEP": "kep-9998 と kep127.yaml",
    "a range's end": "KEP-127〜129",
    "addresses": "https://example.com/KEP%20127/KEP-0127",
    "addresses of KEPs": "kep.k8s.io/127 と k/enhancements#127",
    "HTML": '<span title="KEP 127">文</span>',
    "a formula": "$KEP 127$ と $$\nKEP 127\n$$",
    "Embedly in code": f"```html\n{embedly()}\n{SCRIPT}\n```\n\n`{SCRIPT}`",
    "Embedly in a comment": f"<!-- {embedly()} -->",
    "Embedly in a line": f"文 {embedly()}",
    "Embedly without an address": '<a class="embedly-card" href="javascript:alert(1)">題</a>',
    "a card with its text right below": f"{embedly()}\n下の文",
    "tracking in code": f"`{URL}?utm_source=a`\n\n```sh\ncurl {URL}?utm_source=a\n```",
    "tracking of a fetched card": "@[card](https://example.com/page?utm_source=a)",
    "what only looks like tracking": f"{URL}?ref=a&source=utm_source",
    "a Japanese address": "https://ja.wikipedia.org/wiki/日本語 と https://ja.wikipedia.org/wiki/Rust_(プログラミング言語)",
    "an address before a space": f"{URL} （英語）",
    "an address of a link": f"[文]({URL})（英語）と<{URL}>（英語）",
    "an address that is escaped": f"\\{URL}（英語）",
    "an address in code": f"`{URL}（英語）`",
    "a link with a full-width bracket and an end": f"[文]({URL}）です)",
    "a picture with a full-width bracket": f"![文]({URL}.png）",
    "a link with a full-width bracket in code": f"`[文]({URL}）`",
    "an address in a tag": f'<a href="{URL}">文</a>。',
    "marks": "KEP 127 <!-- neco: ignore kep-spelling -->",
}


def test_what_is_safe_is_mended() -> None:
    assert {name: got for name, (text, wanted) in MENDED.items() if (got := after(text)) != wanted} == {}


def test_what_is_mended_stays_so() -> None:
    assert [name for name, (text, _) in MENDED.items() if after(after(text)) != after(text)] == []


def test_all_else_stays() -> None:
    known = replace(KNOWN, cards={**KNOWN.cards, "https://example.com/page?utm_source=a": card("https://a.jp/", "題")})
    wrong = {
        name: got.decode()
        for name, text in KEPT.items()
        if (got := mend_file(text.encode(), lambda body: mends_of(body, known), draw).after) != text.encode()
    }
    assert wrong == {}


def test_what_is_kept_is_not_even_looked_at() -> None:
    """What a pull request is told of is not proven by the page: that would take as long as two builds."""
    needs_proof = {"a card with its text right below", "tracking of a fetched card"}
    told = {name for name, text in KEPT.items() if mends_of(text, KNOWN)}
    assert told - needs_proof == set()


@pytest.mark.parametrize("code", ["kep-spelling", "tracking-parameters", "url-end", "embedly-html"])
def test_what_a_site_ignores_stays(code: str) -> None:
    text = f"KEP 127 と [文]({URL}?utm_source=a) と {URL}。\n\n{embedly()}"
    found = mends_of(text, KNOWN)
    assert {it.code for it in found} == {"kep-spelling", "tracking-parameters", "url-end", "embedly-html"}
    assert [it for it in found if it.code != code] == mends_of(text, KNOWN, {code})


# --- bytes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_every_other_byte_stays(mark: bytes, end: bytes) -> None:
    lines = [
        "---",
        "title: KEP 127",
        "---",
        "",
        "",
        "# 題",
        "KEP 127 と  ",
        f"{URL}。",
        "",
        embedly(),
        SCRIPT,
        "",
        "\tKEP127",
    ]
    wanted = [
        *lines[:6],
        "KEP-127 と  ",
        f"<{URL}>。",
        "",
        f'@[card]({URL}){{title="題" desc="文"}}',
        "",
        "\tKEP127",
    ]
    before, after_ = (mark + end.join(it.encode() for it in text) for text in (lines, wanted))
    assert mend_file(before, lambda body: mends_of(body, KNOWN), draw).after == after_


def test_ends_of_lines_may_differ_in_a_file() -> None:
    found = mend_file("# 題\r\n\nKEP 127\r\nKEP 128\n".encode(), lambda body: mends_of(body, KNOWN), draw)
    assert found.after == "# 題\r\n\nKEP-127\r\nKEP-128\n".encode()


def test_a_diff_is_one_that_patch_reads() -> None:
    found = mend("# 題\n\nKEP 127")
    assert found.diff("docs/a.md") == (
        "--- a/docs/a.md\n+++ b/docs/a.md\n@@ -1,3 +1,3 @@\n # 題\n \n-KEP 127\n\\ No newline at end of file\n"
        "+KEP-127\n\\ No newline at end of file\n"
    )


# --- the proof ----------------------------------------------------------------------------------------------------


def test_a_mend_that_changes_the_page_is_left_out_and_all_others_are_done() -> None:
    text = "# 題\n\n一 二 三 KEP 127"
    mends = [
        Mend(start=text.index(it), end=text.index(it) + len(it), new=new, code="kep-spelling", written=it)
        for it, new in (("一", "1"), ("二", "2"), ("三", "三"), ("KEP 127", "KEP-127"))
    ]
    assert proven(text, mends, draw) == mends[2:]


def test_an_anchor_is_part_of_the_page() -> None:
    text = "# 題\n\n## KEP127 の話"
    mends = [Mend(start=text.index("KEP"), end=text.index(" の"), new="KEP-127", code="kep-spelling", written="KEP127")]
    assert proven(text, mends, draw) == []


def test_what_stands_in_code_is_part_of_the_page() -> None:
    text = "# 題\n\n`KEP 127`"
    mends = [Mend(start=text.index("KEP"), end=len(text) - 1, new="KEP-127", code="kep-spelling", written="KEP 127")]
    assert proven(text, mends, draw) == []


# --- whatever is written ------------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        *(text for text, _ in MENDED.values()),
        *KEPT.values(),
        "文です。",
        "- 項目 KEP 127",
        "  - 下の項目",
        "> 引用",
        "```",
        "`",
        "<!--",
        "-->",
        "## 見出し",
        "---",
        "<details>",
        "</details>",
        ":::message",
        ":::",
        "[^1]: KEP 127",
        "文[^1]",
        SCRIPT,
        embedly(),
    ]
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n"])), max_size=7).map(
    lambda parts: "# 題\n\n" + "".join(line + end for line, end in parts)
)


@at_any_speed(max_examples=60)
@given(TEXTS, st.sampled_from(["\n", "\r\n"]))
def test_a_page_shows_the_same_and_a_second_run_changes_nothing(text: str, end: str) -> None:
    data = text.replace("\n", end).encode()
    first = mend_file(data, lambda body: mends_of(body, KNOWN), draw)
    second = mend_file(first.after, lambda body: mends_of(body, KNOWN), draw)
    assert second.after == first.after
    (_, before), (_, behind) = (
        SCANNER.draw(take_apart(it.decode().replace("\r\n", "\n")).body, IssueFile(path="issues/2026-07-10.md"))
        for it in (data, first.after)
    )
    assert [it.kep for it in before.mentions] == [it.kep for it in behind.mentions]
    assert before.anchors == behind.anchors
    assert [it.title for it in before.sections] == [it.title for it in behind.sections]
    assert len(before.cards) == len(behind.cards)


# --- as problems --------------------------------------------------------------------------------------------------


def test_a_mend_is_told_with_its_columns_and_the_line_as_it_would_be() -> None:
    text = f"# 題\n\nKEP 127 と {URL}。\n\n{SCRIPT}\n"
    first, second, third = mend_problems(text, mends_of(text, KNOWN), "docs/a.md", 4)
    assert (first.line, first.columns, first.suggestion) == (6, (1, 8), f"KEP-127 と <{URL}>。")
    assert (second.code, second.columns, second.suggestion) == ("url-end", (11, 11 + len(URL)), first.suggestion)
    assert (third.code, third.line, third.columns) == ("embedly-script", 8, None)
    assert str(first) == (
        "docs/a.md:6: 'KEP 127' is written KEP-127 elsewhere; write it so: `neco check --fix` does it, "
        "`--diff` shows it before"
    )
    assert in_words(first, load_strings("ja")).message == "「KEP 127」は、ほかでは KEP-127 と書きます。"
