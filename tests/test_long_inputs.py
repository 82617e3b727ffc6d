"""Our own patterns against the worst that can reach each of them: work that grows with the length, not with its square.

`tests/lengthy.py` has the texts that are read by the grammars of references, cards and what stands inside a line.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

from markdown import Markdown
from neco_weekly.display.words import load_strings
from neco_weekly.extension.embedly import pieces
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.extension.stash import prose_of_html
from neco_weekly.extension.structure.boxes import COLON_BOX, HEADERS
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.ignore_marks import ignored_in, without_marks
from neco_weekly.grammar.info_strings import read_info_string
from neco_weekly.grammar.issue_dates import issue_number, read_day
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.issues.follow_ups import FollowUp
from neco_weekly.issues.index import held_back
from neco_weekly.issues.mending.mends import mends_of
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.store import Lock
from neco_weekly.model.errors import NecoError
from neco_weekly.model.issues import Heading
from neco_weekly.model.picture_sizes import picture_size
from neco_weekly.site.head.descriptions import first_words
from neco_weekly.site.head.elements import with_head
from neco_weekly.site.head.page_head import PageHead
from neco_weekly.site.later_lines import with_later_lines
from neco_weekly.site.pages.templates import _one_line as one_line_of_xhtml
from neco_weekly.site.social.drawing import draw_card
from neco_weekly.site.social.social_card import SocialCard
from neco_weekly.sources.gates.feature_list import parse_feature_list
from neco_weekly.sources.gates.gate_page import parse_gate_page
from neco_weekly.sources.keps.kep_yaml import parse_kep_file
from neco_weekly.sources.pages.charset import decode

from tests.guards import coming_to_an_end
from tests.lengthy import LONG, SHORT, many
from tests.lock_fixture import as_of_today
from tests.sources.webpages import page

FEW = 16_000
"""Characters: a kep.yaml and front matter may have no more."""

DAY = dt.date(2026, 11, 30)


def draw(text: str) -> object:
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(Lock()))
    return Markdown(extensions=["md_in_html", ours]).convert(text)


def held(text: str) -> object:
    return held_back("issues/a.md", take_apart(f"---\ndraft: true\n---\n{text}"), DAY)


def headers(line: str) -> None:
    for pattern in (COLON_BOX, *HEADERS.values()):
        pattern.fullmatch(line)


def kep_yaml(text: str) -> None:
    parse_kep_file(text.encode(), path="keps/sig-node/1-a/kep.yaml")


def gates(text: str) -> None:
    parse_gate_page(text.encode(), file_name="A.md")
    parse_feature_list(text.encode(), release="v1.30")


def svg(text: str) -> object:
    return picture_size(io.BytesIO(text.encode()))


def later_lines(html: str) -> object:
    found = FollowUp(anchor="a", path="a.md", day=DAY, heading=Heading(text="a", anchor=""))
    return with_later_lines(html, [found], lambda it: it.path, load_strings("ja"))


def with_description(html: str) -> object:
    return with_head(html, PageHead(site="", home="", language="ja", title="", description="a", url="a"))


def mends(text: str) -> object:
    return mends_of(text, Lock())


def read(text: str) -> object:
    return Scanner().scan(text, IssueFile(path="issues/a.md"))


def picture_of(title: str) -> object:
    return draw_card(SocialCard(site=title, title=(title, title), about=title, foot=title))


Work = Callable[[str], object]

ROWS: dict[str, tuple[Work, Callable[[int], str], int]] = {
    "tildes in a fence": (draw, many("~", "~~~\n", "`\n~~~\n"), LONG),
    "spaces of an item in code": (draw, many(" ", "a\n\n    - ", "x\n"), LONG),
    "signs of a heading": (held, many("#", "# a ", "x\n"), LONG),
    "spaces of a heading": (held, many(" ", "# a", "x\n"), LONG),
    "spaces of a box": (headers, many(" ", ":::message a", "x"), LONG),
    "words of a box": (headers, many(" a", "!!! a", "\n"), LONG),
    "quotes of a tab": (headers, many(' "', "=== ", "x"), LONG),
    "attributes markdown": (draw, many(" markdown", "<div"), LONG),
    "classes of Embedly": (lambda it: list(pieces(it)), many(" embedly-card", "<blockquote"), LONG),
    "links of Embedly": (lambda it: list(pieces(it)), many(" embedly-card", "<a"), LONG),
    "scripts of Embedly": (lambda it: list(pieces(it)), many("//cdn.embedly.com/", "<script "), LONG),
    "tags that never end": (draw, many("<a ", "<p>"), LONG),
    "quotes that never end": (draw, many('<a b="', "<p>"), SHORT),
    "sections that never end": (draw, many("<![CDATA[", "<p>"), LONG),
    "instructions that never end": (draw, many("<?a ", "<p>"), LONG),
    "comments that never end": (draw, many("<!--", "<p>", ">"), LONG),
    "scripts that never end": (draw, many("<script>", "<p>"), SHORT),
    "tags in prose": (lambda it: prose_of_html(it, " "), many("<a "), LONG),
    "lines between elements": (one_line_of_xhtml, many("\n", "<p>", "x</p>"), LONG),
    "comments of a drawn page": (later_lines, many("<!--"), LONG),
    "scripts of a drawn page": (later_lines, many("<script>"), SHORT),
    "quotes of a drawn page": (later_lines, many("<a '", "<h2 id=a>"), LONG),
    "attributes of a drawn page": (later_lines, many(" id", "<h2"), LONG),
    "boxes of corrections": (draw, many(":::correction\n"), SHORT),
    "spaces of a number": (lambda it: issue_number({}, it, it), many(" ", "第"), LONG),
    "digits of a day": (read_day, many("2026-01-01T00:00:00.1", behind="x"), FEW),
    "info string": (read_info_string, many(" ", "a"), LONG),
    "spaces in kep.yaml": (kep_yaml, many(" ", "a: [\nkep-number: 1\ntitle: a", "x"), FEW - 50),
    "brackets in kep.yaml": (kep_yaml, many("[", "kep-number: 1\ntitle: a\nsee-also:\n- '", "'"), FEW - 70),
    "marks in a page of a gate": (gates, many("---\n"), 3 * FEW),
    "an SVG that never ends": (svg, many("<svg "), LONG),
    "a header of spaces": (lambda it: decode(b"a", it), many(" ", "text/html; charset=", "!"), SHORT),
    "spaces of a volume": (lambda it: issue_number({}, it, ""), many(" ", "No", "x"), LONG),
    "a base of oEmbed": (page, many("<link rel=alternate type=application/json+oembed href='"), SHORT),
    "paragraphs of a description": (first_words, many("<p>"), LONG),
    "drawings in a description": (first_words, many("<svg ", "<p>", "</p>"), LONG),
    "words of a description": (first_words, many("あ", "<p>", "</p>"), LONG),
    "descriptions of a head": (with_description, many("<meta name ", "<title></title>"), LONG),
    "a title in a picture": (picture_of, many("「"), LONG),
    "spaces in a picture": (picture_of, many(" 🐱", "a", "a"), LONG),
    "labels of a page": (page, many("<meta charset "), LONG),
    "marks of ignored problems": (ignored_in, many("<!-- neco: ignore a -->\n"), LONG),
    "marks in one line": (without_marks, many("<!-- neco: ignore a -->"), LONG),
    "elements of code that never end": (mends, many("<pre>"), LONG),
    "addresses to mend": (mends, many("https://a.jp/?utm_a=b。"), SHORT),
    "links to mend": (mends, many("[a](https://a.jp/"), LONG),
    "headings that jump": (read, many("# a\n\n### b\n\n"), SHORT),
}


def test_the_worst_comes_to_an_end() -> None:
    endless = []
    for name, (work, text, size) in ROWS.items():
        try:
            with coming_to_an_end(name):
                work(text(size))
        except (NecoError, ValueError):  # it is refused, which is an end
            continue
        except AssertionError:
            endless.append(name)
    assert endless == []
