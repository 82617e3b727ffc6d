"""Texts of any length that are made to be costly, and the work on them, which may cost no more than their length.

Tests see that the work comes to an end with long ones, `scripts/bench lengths` how it grows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from neco_weekly.display.words import load_strings
from neco_weekly.extension.inline.brackets import Brackets
from neco_weekly.extension.inline.notes import with_references
from neco_weekly.grammar.card_lines import IN_BRACKETS, CardSyntaxError, begins_card, read_card_line, read_hatena
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.kep_lookalikes import read_text
from neco_weekly.grammar.kep_references import find_text_references, hash_numbers, read_url
from neco_weekly.grammar.urls import trim_url
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardText
from neco_weekly.model.issues import CardMention, Heading, Issue
from neco_weekly.model.releases import load_releases
from neco_weekly.site.page_sources import sources_of, stopped_in
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.templates import DeferredPage
from neco_weekly.site.policy import policy, with_policy
from neco_weekly.sources.pages.graphemes import clipped

SHORT, LONG, LONGEST = 100_000, 280_000, 500_000
"""Characters, with which work that grows with their square would take minutes; the longest are measured only."""


@dataclass(frozen=True)
class Lengthy:
    """A text for each length, and the work on it."""

    name: str
    text: Callable[[int], str]
    work: Callable[[str], object]


def many(part: str, before: str = "", behind: str = "") -> Callable[[int], str]:
    return lambda size: before + part * (size // len(part)) + behind


# --- references ---------------------------------------------------------------------------------------------------

TREE = "https://github.com/kubernetes/enhancements/tree/"
IN_TEXT = {
    "a list": many(", 2", before="KEPs 1"),
    "spaces in a list": many(" ", before="KEPs 1"),
    "lists": many("KEPs 1" + " " * 99),
    "digits": many("1", before="KEP-"),
    "references in a row": many("KEP-1"),
    "hosts": many("git.k8s.io/"),
    "a path": many("a/", before="git.k8s.io/enhancements/keps/"),
}
LIKE_A_KEP = {
    "a list of candidates": many("、2", before="KEP-1"),
    "slashes of a list": many("/2", before="KEP-1"),
    "spaces before a list": many("KEP-1" + " " * 99),
    "ranges": many("〜2", before="KEP-1"),
    "small letters": many("kep-1"),
    "a path of small letters": many("kep-1/"),
    "a long further number": many("1", before="KEP-1、"),
    "dashes": many("-", before="KEP"),
    "spaces": many(" ", before="KEP"),
    "a name of many parts": many("-1", before="KEP_1"),
    "names": many("KEP_1 "),
}
IN_URLS = {"slashes": many("a/", before=TREE), "folders of KEPs": many("keps/", before=TREE)}
AT_THE_END = {
    "closing parentheses": many(")", before="https://a.jp/"),
    "closing marks": many(").]!", before="https://a.jp/"),
    "nested parentheses": lambda size: "https://a.jp/" + "(" * (size // 2) + ")" * (size // 2),
}
LOOKALIKES = tuple(Lengthy(name, text, read_text) for name, text in LIKE_A_KEP.items())
REFERENCES = (
    *(Lengthy(name, text, lambda it: list(find_text_references(it))) for name, text in IN_TEXT.items()),
    Lengthy("hashes", many("#1"), hash_numbers),
    *(Lengthy(name, text, read_url) for name, text in IN_URLS.items()),
    *(Lengthy(name, text, trim_url) for name, text in AT_THE_END.items()),
)

# --- cards --------------------------------------------------------------------------------------------------------

URL = "https://example.com/a"
IN_CARDS = {
    "indent": many(" ", behind=URL),
    "marks of cards": many("@["),
    "beginnings of cards": many("@[card]("),
    "a long kind": many("a", before="@[", behind=f"]({URL})"),
    "parentheses": many(")", before="@[card](https://a.jp/"),
    "braces": many("){", before="@[card](https://a.jp/"),
    "braces and quotes": many('){"', before="@[card](https://a.jp/"),
    "parentheses and spaces": many(") ", before="@[card](https://a.jp/"),
    "spaces before braces": many(" ", before="@[card](https://a.jp/)", behind="x"),
    "escapes": many('\\"', before='@[card](https://a.jp/){title="'),
    "attributes": many("a=", before='@[card](https://a.jp/){title="'),
    "titles": many('{title="'),
    "titles in braces": many('title="', before="@[card](https://a.jp/){", behind="}"),
    "good attributes": many('title="a" ', before="@[card](https://a.jp/){", behind="}"),
    "an id": many("a", before="@[youtube](", behind=")"),
    "URLs in brackets": many("[http://"),
    "a URL in brackets": many("a", before="[http://"),
    "brackets": many("["),
    "brackets in brackets": many("[a]", before="[https://a.jp/:title="),
    "brackets that never close": many("[http://a:title=[a]"),
    "forms": many(":embed", before="[https://a.jp/", behind="x]"),
    "forms with a space": many(":embed", before="[https://a.jp/", behind=" ]"),
    "forms without an end": many(":title=", before="[https://a.jp/"),
    "links": many("[https://a.jp/:title]"),
}
BRACKETS = re.compile(rf"\[{IN_BRACKETS}\]")


def find_hatena(text: str) -> list[object]:
    return [read_hatena(match["inside"]) for match in BRACKETS.finditer(text)]


def read_every_form(text: str) -> None:
    """All that looks at a line for cards."""
    for work in (read_card_line, begins_card, find_hatena, read_hatena):
        with suppress(CardSyntaxError):
            work(text)


CARDS = tuple(Lengthy(name, text, read_every_form) for name, text in IN_CARDS.items())

# --- front matter and marks ---------------------------------------------------------------------------------------

FRONT_MATTER = tuple(
    Lengthy(name, text, take_apart)
    for name, text in {
        "front matter without an end": many("a: b\n", before="---\n"),
        "marks of front matter": many("---\n"),
        "metadata without an end": many("title: a\n"),
        "colons without an end": many("a:", before="---\n"),
        "spaces in metadata": many(" ", before="title:", behind="\n"),
    }.items()
)
GRAPHEMES = tuple(
    Lengthy(name, text, lambda it: clipped(it, len(it) * 9 // 10))
    for name, text in {"accents": many("\u0301"), "half a flag": many("🇯"), "joiners": many("👩\u200d")}.items()
)

# --- policies -----------------------------------------------------------------------------------------------------


def under_policy(html: str) -> str:
    """A page that carries its policy; what that stops is named before."""
    assert all(stopped_in(html))
    return with_policy(html, policy(sources_of(html)))


POLICIES = tuple(
    Lengthy(name, text, under_policy)
    for name, text in {
        "scripts": many("<script>"),
        "scripts that never begin": many("<script"),
        "quotes of tags": many("<img '\""),
        "tags": many("<img style= onload= "),
        "attributes": many("a=", before="<img "),
        "candidates": many("a,, ", before='<img srcset="', behind='">'),
        "comments": many("<!--"),
        "addresses": many("url(@import ", before="<style>", behind="</style>"),
        "heads": many("<head ", before="<!doctype html>"),
        "policies": many("<meta http-equiv ", before="<!doctype html><head>", behind="</head>"),
    }.items()
)

# --- inside a line ------------------------------------------------------------------------------------------------

SIGNS = {
    "brackets": many("["),
    "closing brackets": many("]"),
    "brackets with text": many("[a] "),
    "nested brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "pictures": many("!["),
    "nested pictures": lambda size: "![" * (size // 6) + "](a)" * (size // 6),
    "links that never end": many("[a]("),
    "pointed links that never end": many("[a](<"),
    "titles of links that never end": many('[a](b "'),
    "titles in parentheses that never end": many("[a](b ("),
    "spaces in a link": many(" ", before="[a](b"),
    "spaces in links": many("[a](   "),
    "a size that never ends": many("9", before="![a](b ="),
    "labels": many("[a]["),
    "a label": many("a", before="[b]["),
    "tags in brackets": many("[<a "),
    "quotes in tags": many("<a b='"),
    "links in links": many("[a [b](c) "),
    "footnotes inside a line": many("^["),
    "nested footnotes": lambda size: "^[a" * (size // 8) + "]" * (size // 8),
    "backticks": lambda size: "".join("`" * n + " " for n in range(1, int((2 * size) ** 0.5))),
}


def read_line(text: str) -> None:
    """All that looks for brackets in a line."""
    Brackets(text, lambda label: None).read()
    with_references(text, 0)


INSIDE_A_LINE = tuple(Lengthy(name, text, read_line) for name, text in SIGNS.items())
TEXTS = (*REFERENCES, *LOOKALIKES, *CARDS, *FRONT_MATTER, *GRAPHEMES)

# --- whole pages --------------------------------------------------------------------------------------------------


def definitions(size: int) -> str:
    links = "".join(f"[a{n}][r{n}]\n" for n in range(size // 100))
    return links + "\n" + "".join(f"[r{n}]: https://kep.k8s.io/{n}\n" for n in range(size // 100))


WHOLE_PAGES = {
    "backticks": many("`"),
    "tildes": many("~"),
    "comments": many("<!--"),
    "fences": many("```a\n"),
    "closing parentheses": many(")", before="文 https://a.jp/"),
    "URLs": many("https://a.jp/ "),
    "a URL of schemes": many("https://"),
    "braces": many("){", before="@[card](https://a.jp/"),
    "bad cards": lambda size: "@[card](a)\n" * (size // 50),
    "mismatches": lambda size: "[KEP-1](https://kep.k8s.io/2)\n" * (size // 100),
    "definitions": definitions,
    "cards of kinds": lambda size: "@[youtube](dQw4w9WgXcQ)\n" * (size // 50),
    "unknown kinds": lambda size: "@[foo](https://a.jp/)\n" * (size // 50),
    "cards of Hatena": lambda size: "[https://a.jp/:embed:cite]\n" * (size // 50),
    "links of Hatena": lambda size: "[https://a.jp/:title] " * (size // 25),
    "links that are escaped": lambda size: "\\[https://a.jp/:title] " * (size // 25),
    "forms of Hatena": many(":embed", before="[https://a.jp/", behind="x]"),
    "titles that never end": many(":title=", before="[https://a.jp/"),
    "attributes that never end": many("archive=", before='@[card](https://a.jp/){title="'),
    "Embedly without an end": many('<blockquote class="embedly-card">'),
    "brackets": many("["),
    "pictures": many("!["),
    "links that never end": many("[a]("),
    "footnotes that never end": many("[^"),
    "footnotes inside a line": many("^["),
    "angle brackets": many("<"),
    "stars": many("*a "),
    "underscores": many("_a "),
    "quotes": many('"a '),
    "deleted": many("~~a "),
    "dollars": many("$a "),
    "names of emoji": many(":a"),
    "backslashes": many("\\"),
    "spaces": many(" ", before="a", behind="b"),
    "generated bodies": many("9", before="@neco-page:", behind="@"),
}
"""Of issues, to be drawn by Python-Markdown with everything of ours."""

# --- the page of all links ----------------------------------------------------------------------------------------


def draft_of_links(count: int) -> DeferredPage:
    """The page of so many links, seven of them a week, yet to be drawn."""
    words = "スケジューラーがトポロジーを考慮するようになりました"
    cards = [
        Card(url=f"https://host-{turn % 700}.example.com/entry/2026/07/{turn}", title=f"{words} {turn}", site="ブログ")
        for turn in range(count)
    ]
    lock = Lock(cards={card.url: card for card in cards})
    site = Site(build_index(list(_issues(cards, words))), KepsAsOf(lock, load_releases()), load_strings("ja"))
    (draft,) = [each for each in site.deferred_pages("N") if each.path == "links/index.md"]
    return draft


def _issues(cards: list[Card], words: str) -> Iterator[Issue]:
    under = Heading(text=words, anchor=words)
    for start in range(0, len(cards), 7):
        day = dt.date(2012, 1, 1) + dt.timedelta(days=start)
        mentions = tuple(CardMention(url=it.url, text=CardText(), heading=under) for it in cards[start : start + 7])
        yield Issue(path=f"issues/{day}.md", title=f"Weekly {day}", date=day, number=None, cards=mentions)
