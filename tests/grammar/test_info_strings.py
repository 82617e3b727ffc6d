"""Info strings, in all forms that writers use: language, title, the signs of a diff, and options."""

from __future__ import annotations

import pytest
from neco_weekly.grammar.info_strings import LONGEST, InfoString, read_info_string


@pytest.mark.parametrize(
    ("written", "language", "title"),
    [
        ("", "", ""),
        ("js", "js", ""),
        ("  js  ", "js", ""),
        ("C++", "C++", ""),
        ("objective-c", "objective-c", ""),
        ("js:app.js", "js", "app.js"),
        ("js:src/日本語.js", "js", "src/日本語.js"),
        ("js:my app.js", "js", "my app.js"),
        ("js:a:b.js", "js", "a:b.js"),
        ("js:", "js", ""),
        (":Makefile", "", "Makefile"),
        (":", "", ""),
        ("yaml:a.yaml linenums=1", "yaml", "a.yaml"),
        ('yaml:a.yaml title="b.yaml"', "yaml", "b.yaml"),
        ('yaml title="a b.yaml"', "yaml", "a b.yaml"),
        ("yaml title='a b.yaml'", "yaml", "a b.yaml"),
        ('title="a.yaml"', "", "a.yaml"),
        ("yaml filename=a.yaml", "yaml", "a.yaml"),
        ("yaml file=a.yaml", "yaml", "a.yaml"),
        ("yaml name=a.yaml", "yaml", "a.yaml"),
        ("yaml name=b.yaml title=a.yaml", "yaml", "a.yaml"),
        ('yaml title=""', "yaml", ""),
        ("bash session", "bash", ""),
        ("js {1,3-4} copy", "js", ""),
        ("js:app.js {1,3-4}", "js", "app.js"),
        (".js", "js", ""),
        ("{.js}", "js", ""),
        ("{ .js .annotate }", "js", ""),
        ('{.js title="a.js"}', "js", "a.js"),
        ("<b>", "", ""),
        ("{}", "", ""),
        ("{", "", ""),
    ],
)
def test_language_and_title(written: str, language: str, title: str) -> None:
    assert read_info_string(written) == InfoString(
        language=language, title=title, options=read_info_string(written).options
    )


@pytest.mark.parametrize(
    ("written", "language", "title"),
    [
        ("diff js", "js", ""),
        ("js diff", "js", ""),
        ("diff js:app.js", "js", "app.js"),
        ("js diff:app.js", "js", "app.js"),
        ("diff js:my app.js", "js", "my app.js"),
        ('diff js title="app.js"', "js", "app.js"),
    ],
)
def test_the_signs_of_a_diff_before_a_language(written: str, language: str, title: str) -> None:
    assert read_info_string(written) == InfoString(language=language, title=title, diff=True)


@pytest.mark.parametrize(
    ("written", "title"), [("diff", ""), ("diff:a.patch", "a.patch"), ('diff title="a"', "a"), ("diff {1}", "")]
)
def test_a_diff_alone_is_a_language(written: str, title: str) -> None:
    assert read_info_string(written) == InfoString(language="diff", title=title)


def test_options_that_superfences_knows_are_kept_and_others_are_not() -> None:
    found = read_info_string("py hl_lines='1 3' linenums=\"2\" onclick=x title=t data-x=1")
    assert found.options == {"hl_lines": "1 3", "linenums": "2"}


def test_no_more_is_read_than_a_person_writes() -> None:
    assert len(read_info_string(f"js:{'a' * 10_000}").title) < LONGEST
