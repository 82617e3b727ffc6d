"""Markdown in, HTML out: pairs of files in `tests/extension/markdown`, under plain Python-Markdown, with a fixed lock.

Pairs under `issue/` are drawn as a host draws the page of an issue. After a change that is meant,
`NECO_WRITE_GOLDENS=1 pytest tests/extension/test_markdown.py` writes the HTML anew: read every changed line against
the grammar before you commit it.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from markdown.extensions import Extension
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card
from neco_weekly.model.issues import ScanResult
from pymdownx.slugs import slugify

from tests.guards import coming_to_an_end
from tests.lengthy import SHORT, WHOLE_PAGES
from tests.lock_fixture import HOSTILE, LOCK, Host, as_of_today

FOLDER = Path(__file__).parent / "markdown"
PAIRS = {path.relative_to(FOLDER).with_suffix("").as_posix(): path for path in sorted(FOLDER.rglob("*.md"))}
ISSUE = "issues/2022/08/2022-08-26.md"
EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "tables",
    "toc",
]
CONFIGS: dict[str, dict[str, Any]] = {
    "pymdownx.tabbed": {"alternate_style": True},
    "toc": {"slugify": slugify(case="lower")},  # type: ignore[no-untyped-call]
}

every_pair = pytest.mark.parametrize("name", PAIRS)
every_pair_of_both_grammars = pytest.mark.parametrize("name", [it for it in PAIRS if not it.startswith("dialect/")])


MORE: dict[str, list[str]] = {"dialect/blocks/material/abbreviations": ["abbr"]}
"""Extensions that one pair alone has."""


def markdown(*more: Extension | str) -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, *more], extension_configs=CONFIGS)


def draw(name: str, lock: Lock = LOCK) -> tuple[str, ScanResult]:
    found: list[ScanResult] = []
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(lock), report=found.append)
    html = markdown(*besides(name), ours).convert(PAIRS[name].read_text(encoding="utf-8"))
    return html, found[0]


def besides(name: str) -> list[Extension | str]:
    """What a pair is drawn with besides ours."""
    return [*MORE.get(name, []), *([Host(ISSUE)] if name.startswith("issue/") else [])]


def soup(name: str) -> BeautifulSoup:
    return BeautifulSoup(draw(name)[0], "html.parser")


@every_pair
def test_markdown_in_html_out(name: str) -> None:
    html = draw(name)[0] + "\n"
    golden = PAIRS[name].with_suffix(".html")
    if os.environ.get("NECO_WRITE_GOLDENS"):
        golden.write_text(html, encoding="utf-8")
    assert html == golden.read_text(encoding="utf-8")


def test_every_html_file_has_its_markdown() -> None:
    assert {path.with_suffix(".md") for path in FOLDER.rglob("*.html")} == set(PAIRS.values())


# --- what holds for every page ------------------------------------------------------------------------------------


@every_pair_of_both_grammars
def test_anchors_and_contents_are_those_of_the_page_without_us(name: str) -> None:
    text = PAIRS[name].read_text(encoding="utf-8")
    with_us, without_us = markdown(NecoWeeklyExtension(keps_as_of=as_of_today(LOCK))), markdown()
    drawn, plain = (BeautifulSoup(md.convert(text), "html.parser") for md in (with_us, without_us))
    assert with_us.toc == without_us.toc  # type: ignore[attr-defined]
    assert _anchors(drawn) == _anchors(plain)


def _anchors(page: BeautifulSoup) -> list[str]:
    return [str(tag.get("id") or tag.get("name")) for tag in page.select("[id], a[name]")]


@every_pair
def test_nothing_known_draws_the_same_references_and_cards(name: str) -> None:
    with_lock, without_lock = draw(name)[1], draw(name, Lock())[1]
    assert replace(with_lock, sections=(), links=()) == replace(without_lock, sections=(), links=())


@every_pair
def test_a_second_page_is_drawn_like_the_first(name: str) -> None:
    html, _ = draw(name)
    md = markdown(*besides(name), NecoWeeklyExtension(keps_as_of=as_of_today(LOCK)))
    for other in ("hostile", "footnotes", name):
        md.reset()
        again = md.convert(PAIRS[other].read_text(encoding="utf-8"))
    assert re.sub(r"(fn(ref)?):\d*-?", r"\1:", again) == re.sub(r"(fn(ref)?):\d*-?", r"\1:", html)


@every_pair
def test_links_do_not_nest(name: str) -> None:
    assert soup(name).select("a a") == []


@every_pair
def test_a_card_has_one_link_to_the_address_its_author_wrote(name: str) -> None:
    for card in soup(name).select(".neco-card"):
        assert [link.get("href") for link in card.select("a, button, [tabindex]")] == [card["data-url"]]
        assert card.select_one("a").get_text(strip=True)  # type: ignore[union-attr]


KEPS = as_of_today(LOCK)


@every_pair
def test_every_reference_is_drawn_once_and_has_a_name(name: str) -> None:
    html, found = draw(name)
    drawn = BeautifulSoup(html, "html.parser").select(".neco-kep")
    mentions = LOCK.decided(found.mentions, found.pulls)
    assert Counter(tag["data-kep"] for tag in drawn) == Counter(str(mention.kep) for mention in mentions)
    for tag in drawn:
        known = KEPS.of(int(str(tag["data-kep"])))
        assert tag.name == ("a" if known else "span")
        assert tag.get("data-stage") == (known.today.shipped.stage if known and known.today.shipped else None)
        plan = known.today.planned if known else None
        assert tag.get("data-planned") == (f"{plan.stage} {plan.release}" if plan else None)
        assert ("neco-kep--missing" in tag["class"]) == (known is None)
        assert tag.get_text(strip=True)


@every_pair
def test_every_card_is_found_once(name: str) -> None:
    html, found = draw(name)
    drawn = BeautifulSoup(html, "html.parser").select(".neco-card:not(.neco-card--kep)")
    impossible = [diagnostic.written for diagnostic in found.diagnostics if diagnostic.code == "bad-kep-number"]
    assert Counter(str(tag["data-url"]) for tag in drawn if tag["data-url"] not in impossible) == Counter(
        card.url for card in found.cards if not card.link
    )


@every_pair
def test_what_we_add_to_a_sentence_is_kept_out_of_search(name: str) -> None:
    drawn = soup(name)
    for tag in drawn.select("[data-search-exclude]"):
        tag.extract()
    for stage in ("stable v1.36", "beta v1.35", "alpha v1.37", "未リリース", "廃止"):
        assert stage not in drawn.get_text()


# --- what may not change with what is fetched ---------------------------------------------------------------------


def test_only_what_is_seen_and_found_depends_on_a_fetched_title() -> None:
    text = "# [https://example.com/:title] と KEP-127\n\n[TOC]\n\n## [https://example.com/title-only:title] の話"
    drawn: dict[str, BeautifulSoup] = {}
    found: dict[str, ScanResult] = {}
    tables: dict[str, object] = {}
    for name, lock in {"known": LOCK, "unknown": Lock()}.items():
        reports: list[ScanResult] = []
        md = markdown(NecoWeeklyExtension(keps_as_of=as_of_today(lock), report=reports.append))
        drawn[name] = BeautifulSoup(md.convert(text), "html.parser")
        found[name], tables[name] = reports[0], md.toc_tokens  # type: ignore[attr-defined]
    assert tables["known"] == tables["unknown"]
    assert replace(found["known"], sections=()) == replace(found["unknown"], sections=())
    assert found["known"].title == "example.com と KEP-127"
    assert [section.title for section in found["known"].sections] == [
        "Example Domain と KEP-127",
        "題だけのページ の話",
    ]
    assert [tag.get_text() for tag in drawn["known"].select("h1 > a[href*=example], h2 > a")] == [
        "Example Domain",
        "題だけのページ",
    ]
    assert [tag.get_text() for tag in drawn["unknown"].select("h1 > a[href*=example], h2 > a")] == [
        "example.com",
        "example.com/title-only",
    ]
    assert {tag["id"] for tag in drawn["known"].select("[id]")} == {
        "examplecom-と-kep-127",
        "examplecomtitle-only-の話",
    }


def test_a_fetched_title_is_shown_and_found_as_it_is() -> None:
    title = "&lt;b&gt; AT&amp;T <i>&</i>"
    lock = Lock(cards={"https://example.com/": Card(url="https://example.com/", title=title)})
    found: list[ScanResult] = []
    html = markdown(NecoWeeklyExtension(keps_as_of=as_of_today(lock), report=found.append)).convert(
        "文 [https://example.com/:title]"
    )
    assert BeautifulSoup(html, "html.parser").get_text() == f"文 {title}"
    assert found[0].sections[0].text == f"文 {title}"


# --- hostile words ------------------------------------------------------------------------------------------------


def test_fetched_words_are_text_and_nothing_else() -> None:
    drawn = soup("hostile")
    assert drawn.select("script, b:not([class]), strong, code, .neco-kep[data-kep='128']") == []
    assert drawn.select("a[href^=javascript]") == []  # the author's own is drawn as text
    assert [tag.get_text() for tag in drawn.select("a.neco-card__link[href='https://example.com/hostile']")] == [
        HOSTILE,
        HOSTILE,
    ]
    assert {tag["title"] for tag in drawn.select("a[title]")} == {HOSTILE}


def test_raw_html_is_drawn_where_its_author_put_it_and_nowhere_else() -> None:
    assert soup("hostile").get_text().count("raw block 0") == 1


# --- the hosts' pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("issues/2022/08/2022-08-26.md", "../../../keps/127.md"),
        ("issues/a.md", "../keps/127.md"),
        ("about.md", "keps/127.md"),
        ("keps/127.md", "../keps/127.md"),
    ],
)
def test_a_reference_leads_to_our_page_by_a_relative_path(path: str, href: str) -> None:
    html = Markdown(extensions=[Host(path), NecoWeeklyExtension(keps_as_of=as_of_today(LOCK))]).convert("KEP-127")
    assert f'href="{href}"' in html


@pytest.mark.parametrize("path", ["about.md", "issues/index.md", "issues/2022/README.md", "keps/127.md"])
def test_only_an_issue_has_a_list_of_its_keps(path: str) -> None:
    html = Markdown(extensions=[Host(path), NecoWeeklyExtension(keps_as_of=as_of_today(LOCK))]).convert("# KEP-127")
    assert "neco-issue-keps" not in html


def test_the_words_we_add_are_of_the_chosen_language() -> None:
    html = Markdown(extensions=[NecoWeeklyExtension(keps_as_of=as_of_today(LOCK), locale="en")]).convert(
        "[x](https://kep.k8s.io/129)"
    )
    assert "KEP-129 is now" in html
    assert "not released" in html


# --- cost ---------------------------------------------------------------------------------------------------------


def part(number: int) -> str:
    """A part of an issue with everything in it, and nothing that repeats from part to part."""
    return f"""
## 節 {number} と [#{number}](https://github.com/kubernetes/enhancements/issues/{number}) KEP-{number + 1}

文中の KEP-{number} と [題][r{number}] と https://example.com/{number}、`KEP-1`、脚注[^{number}]。

- [KEP-{number} 番](https://example.com/{number}) と ![絵](./{number}.png)
- @[card](https://example.com/list/{number})

https://example.com/card/{number}

<blockquote class="embedly-card"><h4><a href="https://example.com/e/{number}">題</a></h4><p>null</p></blockquote>

```
KEP-1
```

[r{number}]: https://kep.k8s.io/{number + 2}
[^{number}]: KEP-{number + 3}
"""


def calls(text: str) -> int:
    """How many functions are called, ours and those of the standard library, to draw a page."""
    md = markdown(NecoWeeklyExtension(keps_as_of=as_of_today(LOCK)))
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        md.convert(text)
    finally:
        sys.setprofile(None)
    return count


def test_ten_times_the_text_is_at_most_fifteen_times_the_work() -> None:
    small = "".join(map(part, range(1, 9)))
    large = "".join(map(part, range(1, 81)))
    assert calls(large) < 15 * calls(small)


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_drawing_hostile_text_comes_to_an_end(name: str) -> None:
    with coming_to_an_end(name):
        markdown(NecoWeeklyExtension(keps_as_of=as_of_today(LOCK))).convert(WHOLE_PAGES[name](SHORT))
