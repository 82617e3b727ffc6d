"""Known items: what is drawn from a site, what it comes out of a keyboard as, and what is never drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from tests.site.search.known_items import (
    FEW,
    PERTURBATIONS,
    KnownItem,
    cases,
    compounds,
    folded,
    headings,
    perturbed,
    short_vowels,
    slips,
    spacings,
    widths,
)
from tests.site.search.sections import PageSection, Place, written

Draw = Callable[..., list[KnownItem]]


def section(address: str, heading: str = "", text: str = "") -> PageSection:
    return PageSection(place=Place.at(address), heading=heading, text=text)


def drawn(items: list[KnownItem]) -> dict[str, set[str]]:
    """Queries and the addresses that answer them."""
    return {item.query: {str(target) for target in item.targets} for item in items}


# --- headings and compounds ---------------------------------------------------------------------------------------


def test_a_heading_is_drawn_with_all_places_that_are_written_alike() -> None:
    site = [section("a/", "号"), section("a/#b", "メモリー の話"), section("c/", "ﾒﾓﾘの話"), section("c/#d", text="文")]
    assert drawn(headings(site, count=9, seed=1)) == {"メモリー の話": {"a/#b", "c/"}}


def test_a_heading_of_many_pages_is_not_looked_for() -> None:
    many = [section(f"{number}/#x", "あとがき") for number in range(FEW + 1)]
    assert headings(many, count=9, seed=1) == []
    assert drawn(headings(many[1:], count=9, seed=1)) == {"あとがき": {"1/#x", "2/#x", "3/#x"}}


def test_a_compound_is_a_run_of_four_kanji_and_katakana_and_more() -> None:
    site = [section("a/", "動的な割り当て", "監視エージェントと暗号鍵、サーバーのらーめん屋、時々の名前空間")]
    assert set(drawn(compounds(site, count=9, seed=1))) == {"監視エージェント", "サーバー", "名前空間"}


def test_a_compound_is_drawn_with_all_places_where_it_stands_in_whatever_spelling() -> None:
    site = [section("a/", "名前空間"), section("a/#b", text="ユーザー名前空間"), section("c/", text="名 前\n空間")]
    assert drawn(compounds(site, count=9, seed=1)) == {"名前空間": {"a/", "a/#b", "c/"}, "ユーザー名前空間": {"a/#b"}}


def test_a_compound_of_many_sections_is_not_looked_for() -> None:
    site = [section(f"a/#{number}", text="名前空間") for number in range(FEW + 1)]
    assert compounds(site, count=9, seed=1) == []
    assert set(drawn(compounds(site[1:], count=9, seed=1))) == {"名前空間"}


@pytest.mark.parametrize("draw", [headings, compounds], ids=["headings", "compounds"])
def test_the_same_seed_draws_the_same_and_fewer_are_the_first_of_more(draw: Draw, sections: list[PageSection]) -> None:
    site = list(written(sections))
    every, ten = draw(site, count=10_000, seed=1), draw(site, count=10, seed=1)
    assert len(ten) == 10 < len(every) < 10_000
    assert draw(site, count=10, seed=1) == ten == every[:10]
    assert draw(site, count=10, seed=2) != ten
    assert {item.query for item in draw(site, count=10_000, seed=2)} == {item.query for item in every}


# --- spellings ----------------------------------------------------------------------------------------------------

SPELLINGS = {
    "widths": (widths, "API サーバーが", {"ＡＰＩ　サーバーが", "API ｻｰﾊﾞｰが", "ＡＰＩ　ｻｰﾊﾞｰが"}),
    "widths of kanji": (widths, "資源", {"資源"}),
    "widths of voiced katakana": (widths, "ヴポグン", {"ヴポグン", "ｳﾞﾎﾟｸﾞﾝ"}),
    "widths of signs": (widths, "v1.30 #5-a", {"v1.30 #5-a", "ｖ１．３０　＃５－ａ"}),
    "cases": (cases, "Pod の IP", {"POD の IP", "pod の ip", "pOD の ip"}),
    "cases of katakana": (cases, "ノード", {"ノード"}),
    "long vowels": (short_vowels, "サーバーと", {"サバーと", "サーバと"}),
    "long vowels that are none": (short_vowels, "らーめん", set()),
    "slips": (slips, "のテスト板", set()),
    "slips in katakana": (
        slips,
        "のテスタイ板",
        {
            *("のテタイ板", "のテスイ板", "のテスタ板"),
            *("のテススタイ板", "のテスタタイ板", "のテスタイイ板"),
            *("のテタスイ板", "のテスイタ板"),
        },
    ),
    "slips that spell the same": (slips, "ラーラー", {"ラーララー", "ラーー"}),
    "slips in short Latin words": (slips, "node", set()),
    "slips in numbers": (slips, "12345", set()),
    "spaces in": (spacings, "GPUのノード名", {"GPU のノード名", "GPUの ノード名", "GPUのノード 名"}),
    "spaces beside numbers": (spacings, "名を3つ", {"名を 3つ", "名を3 つ"}),
    "spaces out": (spacings, "two big words", {"twobig words", "two bigwords"}),
    "spaces beside Japanese": (spacings, "Pod の IP", {"Podの IP", "Pod のIP", "PodのIP"}),
}


def test_a_slip_of_latin_letters() -> None:
    assert slips("the nodes") == {
        *("the ndes", "the noes", "the nods", "the node"),
        *("the noodes", "the noddes", "the nodees", "the nodess"),
        *("the ndoes", "the noeds", "the nodse"),
    }


@pytest.mark.parametrize(("spell", "query", "expected"), SPELLINGS.values(), ids=SPELLINGS)
def test_spellings(spell: Callable[[str], set[str]], query: str, expected: set[str]) -> None:
    assert spell(query) - {query} == expected - {query}


# --- perturbed ----------------------------------------------------------------------------------------------------


def test_a_slip_that_is_another_word_of_the_site_is_not_drawn() -> None:
    here = section("a/#b", "テスタイ 10")
    others = [section(f"c/#{slip}", text=slip) for slip in sorted(slips("テスタイ") - {"テスイタ"})]

    def typos(*site: PageSection) -> set[str]:
        items = [item for seed in range(60) for item in perturbed(site, each=99, seed=seed)]
        return {item.query for item in items if item.kind == "typo" and item.targets == (here.place,)}

    assert typos(here, *others) == {"テスイタ 10"}
    its_beginning = "テスタ"
    assert {it for it in typos(here) if " " in it} == {f"{it} 10" for it in slips("テスタイ") - {its_beginning}}


@pytest.fixture(scope="module")
def items(sections: list[PageSection]) -> list[KnownItem]:
    return perturbed(list(written(sections)), each=30, seed=1)


def test_there_are_as_many_of_each_kind(items: list[KnownItem]) -> None:
    assert Counter(item.kind for item in items) == dict.fromkeys(PERTURBATIONS, 30)


def test_the_same_seed_spells_the_same(items: list[KnownItem], sections: list[PageSection]) -> None:
    site = list(written(sections))
    assert perturbed(site, each=30, seed=1) == items
    assert perturbed(site, each=30, seed=2) != items


def test_what_is_spelt_otherwise_is_no_spelling_of_the_site(
    items: list[KnownItem], sections: list[PageSection]
) -> None:
    written_so = "\n".join(f"{it.heading}\n{it.text}" for it in written(sections))
    assert [item for item in items if item.kind in ("width", "case") and item.query in written_so] == []
    there = folded(written_so)
    assert [item for item in items if (folded(item.query) in there) is (item.kind == "typo")] == []


def test_both_headings_and_compounds_are_spelt_otherwise(items: list[KnownItem], sections: list[PageSection]) -> None:
    spelt = {section.place: folded(section.heading) for section in sections}
    of_headings = {item.kind for item in items if folded(item.query) == spelt[item.targets[0]]}
    of_compounds = {item.kind for item in items if folded(item.query) not in spelt[item.targets[0]]}
    assert of_headings == set(PERTURBATIONS) - {"typo"}
    assert of_compounds == set(PERTURBATIONS) - {"case"}


def test_no_number_is_mistaken(items: list[KnownItem], sections: list[PageSection]) -> None:
    numbers = {section.place: re.findall(r"\d+", f"{section.heading} {section.text}") for section in sections}
    typed = [item for item in items if item.kind == "typo" and re.search(r"\d", item.query)]
    assert len(typed) > 5
    assert [it for it in typed if not set(re.findall(r"\d+", it.query)) <= set(numbers[it.targets[0]])] == []
