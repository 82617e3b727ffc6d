"""Where each form of the grammar is a card, a link or text: every place of a page times every form."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup, Tag
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.urls import is_web_url
from neco_weekly.lock.store import Lock
from neco_weekly.model.issues import ScanResult

from tests.extension.test_markdown import markdown
from tests.lock_fixture import LOCK, as_of_today

URL = "https://example.com/"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
KEP = "https://kep.k8s.io/127"


def draw(text: str, lock: Lock = LOCK) -> tuple[BeautifulSoup, ScanResult]:
    reports: list[ScanResult] = []
    html = markdown(NecoWeeklyExtension(keps_as_of=as_of_today(lock), report=reports.append)).convert(text)
    return BeautifulSoup(html, "html.parser"), reports[0]


def cards(drawn: BeautifulSoup) -> list[str]:
    return [str(card["data-url"]) for card in drawn.select(".neco-card")]


def plain_links(drawn: BeautifulSoup) -> list[str]:
    """Addresses of what is no card, no badge and no way back from a footnote."""
    chosen = drawn.select("a[href]:not(.neco-card__link, .neco-kep, [class^=footnote])")
    return [str(link["href"]) for link in chosen]


BLOCKS = {
    "the root": "{}",
    "the first line of a paragraph": "{}\n文",
    "a line within a paragraph": "文\n{}\n文",
    "three spaces": "   {}",
    "below a heading": "## 題\n{}",
    "an admonition": "!!! note\n    {}",
    "an admonition, behind a paragraph": "!!! note\n    文\n\n    {}",
    "details": "??? note\n    {}",
    "a tab": '=== "題"\n\n    {}',
    "HTML with Markdown": '<div class="grid" markdown>\n{}\n</div>',
    "an admonition in a tab": '=== "題"\n\n    !!! note\n        {}',
}
CONTAINERS = {
    "a list": "- {}",
    "an item with text": "- 文\n  {}",
    "a loose list": "- 文\n\n    {}",
    "a numbered list": "1. {}",
    "a list in a list": "- 文\n    - {}",
    "a quote": "> {}",
    "a quote with text": "> 文\n> {}",
    "a quote in a list": "- > {}",
    "a definition": "語\n:   {}",
    "a footnote": "文[^1]\n\n[^1]: {}",
    "a long footnote": "文[^1]\n\n[^1]: 文\n\n    {}",
}
PLACES = BLOCKS | CONTAINERS
TABLE = {"a table": "| 題 |\n| --- |\n| {} |"}
SENTENCES = {"a sentence": "文 {} 文", "a heading": "## 文 {}", "emphasis": "**文 {}**"}
HIDDEN = {
    "a fence": "```\n{}\n```",
    "a fence of tildes": "~~~\n{}\n~~~",
    "indented code": "文\n\n    {}",
    "code": "`{}`",
    "code in a list": "- 文\n\n        {}",
    "a comment": "<!-- {} -->",
    "a comment over lines": "<!--\n{}\n-->",
    "preformatted HTML": "<pre>\n{}\n</pre>",
    "a script": "<script>\n{}\n</script>",
}

BARE = {"a URL": (URL, URL), "a URL in angle brackets": (f"<{URL}>", URL), "a KEP's URL": (KEP, KEP)}
MARKED = {
    "@[card]": (f"@[card]({URL})", URL),
    "@[card] with attributes": (f'@[card]({URL}){{title="題" archive="{URL}copy" image=none}}', URL),
    "@[youtube] with an id": ("@[youtube](dQw4w9WgXcQ)", VIDEO),
    "@[x] with a URL": (f"@[x]({URL})", URL),
    "Hatena's embed": (f"[{URL}:embed:cite]", URL),
    "@[github] of a KEP": (f"@[github]({KEP})", KEP),
    "Hatena's embed of a KEP": (f"[{KEP}:embed]", KEP),
}
LINKS = {
    "the URL as its own link": (f"[{URL}]({URL})", URL),
    "a URL behind a backslash": (f"\\{URL}", URL),
    "Hatena's embed behind a backslash": (f"\\[{URL}:embed]", URL),
    "Hatena's title": (f"[{URL}:title]", URL),
    "Hatena's title behind a backslash": (f"\\[{URL}:title]", URL),
    "Hatena's title with a text": (f"[{URL}:title=題]", URL),
    "Hatena's title of a KEP": (f"[{KEP}:title]", KEP),
}
IN_SENTENCES = {name: MARKED[name] for name in ("Hatena's embed", "Hatena's embed of a KEP")}


@dataclass(frozen=True)
class Case:
    """A form in a place, drawn and read, and the address that it names."""

    name: str
    written: str
    url: str
    drawn: BeautifulSoup
    found: ScanResult

    @property
    def read(self) -> list[str]:
        """Addresses of cards, and what mentions a KEP."""
        return [*(card.url for card in self.found.cards), *(mention.written for mention in self.found.mentions)]

    @property
    def is_card(self) -> bool:
        return cards(self.drawn) == [self.url]

    @property
    def is_link(self) -> bool:
        return (cards(self.drawn), plain_links(self.drawn)) == ([], [self.url])


def every(*forms: dict[str, tuple[str, str]], within: Sequence[dict[str, str]]) -> Iterator[Case]:
    """Each of the forms in each of the places."""
    for table in within:
        for name, place in table.items():
            for form, (written, url) in (row for them in forms for row in them.items()):
                yield Case(f"{form} in {name}", written, url, *draw(place.format(written)))


def test_a_line_of_its_own_is_a_card() -> None:
    cases = every(BARE, MARKED, within=[BLOCKS])
    assert [case.name for case in cases if not (case.is_card and case.read == [case.url])] == []


def test_a_marked_line_is_a_card_in_lists_quotes_and_notes_too() -> None:
    inside = "li .neco-card, blockquote .neco-card, dd .neco-card"
    cases = every(MARKED, within=[CONTAINERS])
    assert [case.name for case in cases if not (case.is_card and case.drawn.select_one(inside))] == []


def test_a_bare_url_elsewhere_is_a_link() -> None:
    cases = every(BARE, within=[CONTAINERS, TABLE, SENTENCES])
    wrong = [case.name for case in cases if not case.is_link or len(case.found.mentions) != (case.url == KEP)]
    assert wrong == []


def test_a_card_of_hatena_in_a_sentence_is_a_link() -> None:
    cases = every(IN_SENTENCES, within=[TABLE, SENTENCES])
    wrong = [
        case.name
        for case in cases
        if not case.is_link or case.found.cards or len(case.found.mentions) != (case.url == KEP)
    ]
    assert wrong == []


def test_what_is_a_link_is_one_everywhere() -> None:
    wrong = []
    for case in every(LINKS, within=[BLOCKS, CONTAINERS, TABLE, SENTENCES]):
        asks_for_a_title = [True] if case.written == f"[{URL}:title]" else []
        if not case.is_link or [card.link for card in case.found.cards] != asks_for_a_title or case.found.diagnostics:
            wrong.append(case.name)
    assert wrong == []


def test_code_and_comments_hold_nothing() -> None:
    cases = every(BARE, MARKED, LINKS, within=[HIDDEN])
    wrong = [
        case.name
        for case in cases
        if cards(case.drawn) or plain_links(case.drawn) or case.read or case.found.diagnostics
    ]
    assert wrong == []


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_an_unknown_kind_is_text_and_is_reported_once(place: str) -> None:
    drawn, found = draw(place.format(f"@[foo]({URL})"))
    assert cards(drawn) == []
    assert [(diagnostic.code, diagnostic.written) for diagnostic in found.diagnostics] == [
        ("bad-card", f"@[foo]({URL})")
    ]


# --- anything at all ----------------------------------------------------------------------------------------------

LINE_STARTS = [
    "",
    "",
    "",
    "- ",
    "> ",
    "    ",
    "1. ",
    "# ",
    "| ",
    "!!! note\n    ",
    "[^1]: ",
    ":   ",
    "\\",
    "```",
    "<!--",
]
WRITTEN = [written for table in (BARE, MARKED, LINKS) for written, _ in table.values()]
SHREDS = """
    @[card]( @[youtube]( @[foo](https://a.jp/) @[card](javascript:alert(1)) ) ]( {title=" { } " [ ] [https:// https://[
    [https://a.jp/ :title= :title] :embed] \\ ` <a <a> </a> <b> &amp; [^1] | ** _ 。 」 文 KEP-127 \x02 \x03
""".split()


def anything(seed: int) -> str:
    chance = random.Random(seed)
    lines = (
        chance.choice(LINE_STARTS) + "".join(chance.choices([*WRITTEN, *SHREDS, " "], k=chance.randint(0, 4)))
        for _ in range(12)
    )
    return "".join(line + chance.choice(("\n", "\n", "\n\n")) for line in lines)


def test_anything_is_drawn_and_read_alike() -> None:
    assert [(seed, wrong) for seed in range(150) if (wrong := unlike(anything(seed)))] == []


def unlike(text: str) -> list[str]:
    """What is not as it has to be, whatever the text is."""
    drawn, found = draw(text)
    _, without_lock = draw(text, Lock())
    shown = drawn.select(".neco-card")
    must = {
        "a card leads to its address alone": all(links_of(card) == [card["data-url"]] for card in shown),
        "every address is one of the web": all(map(is_web_url, [*cards(drawn), *(card.url for card in found.cards)])),
        "as many cards are drawn as are read": len(shown) - len(drawn.select(".neco-card--kep"))
        == sum(not card.link for card in found.cards),
        "the lock changes nothing that is read": (found.cards, found.mentions, found.diagnostics)
        == (without_lock.cards, without_lock.mentions, without_lock.diagnostics),
    }
    return [name for name, holds in must.items() if not holds]


def links_of(card: Tag) -> list[object]:
    return [link["href"] for link in card.select("a[href]")]
