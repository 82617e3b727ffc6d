"""Style sheets as they travel."""

from __future__ import annotations

import re

import pytest
from neco_weekly.site.styles import squeezed

from tests.test_house import PACKAGE

SHEETS = sorted((PACKAGE / "site/assets").glob("*.css"))


@pytest.mark.parametrize(
    ("written", "travels"),
    [
        pytest.param("/* why\n it */\na {\n  color: red; /* not blue */\n}\n", "a{color:red}\n", id="comments"),
        pytest.param("a,\nb {\n  margin: 0 1px;\n}\nc d {\n}\n", "a,b{margin:0 1px}c d{}\n", id="selectors"),
        pytest.param(
            "a {\n  width: calc(1px\n    + 2px);\n}\n", "a{width:calc(1px + 2px)}\n", id="a value of two lines"
        ),
        pytest.param("@media (a)\n  and (b) {\n}\n", "@media (a) and (b){}\n", id="a condition of two lines"),
        pytest.param('a::before {\n  content: "x; y";\n}\n', 'a::before{content:"x;y"}\n', id="strings lose spaces"),
    ],
)
def test_what_people_need_to_read_them_does_not_travel(written: str, travels: str) -> None:
    assert squeezed(written) == travels


def test_no_string_in_ours_has_a_sign_that_is_squeezed() -> None:
    strings = [
        (sheet.name, it)
        for sheet in SHEETS
        for it in re.findall(r"\"[^\"\n]*\"", re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL))
        if re.search(r"/\*|[{};,:] | [{}]", it)
    ]
    assert SHEETS
    assert strings == []
