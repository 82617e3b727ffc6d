"""Names of elements, and words between angle brackets that are none."""

from __future__ import annotations

from neco_weekly.grammar.html_names import VOID, is_element, is_html_element

ELEMENTS = "a B img IMG kbd details summary ruby rt font center svg linearGradient foreignObject math mfrac h6".split()
WORDS = "pod名 namespace AWS KEP h7 my-element 名前 type name string id node user".split()


def test_elements_of_html_svg_and_mathml_are_elements_in_capitals_or_not() -> None:
    assert [name for name in ELEMENTS if not is_element(name)] == []


def test_other_words_are_none() -> None:
    assert [name for name in [*WORDS, ""] if is_element(name)] == []


def test_those_of_svg_and_mathml_are_no_html() -> None:
    assert [name for name in "path line text use set filter mi mo circle".split() if is_html_element(name)] == []


def test_what_is_void_is_html() -> None:
    assert {name for name in VOID if is_html_element(name)} == VOID
