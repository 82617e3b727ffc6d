"""Why something could not be fetched: one word each, explained, and told in the README as it is."""

from __future__ import annotations

import re

import pytest
from neco_weekly.model.errors import FailureCode, FetchError

from tests.sites import PROJECT


def test_every_code_is_a_word_with_a_line_that_explains_it() -> None:
    odd = [it.value for it in FailureCode if not re.fullmatch("[a-z]+(-[a-z]+)*", it) or len(it.explanation) < 15]
    assert odd == []


def test_nothing_is_gone_and_may_pass() -> None:
    assert [it for it in FailureCode if it.gone and it.may_pass] == []


@pytest.mark.parametrize(
    ("error", "code", "gone", "may_pass"),
    [
        pytest.param(FetchError("x"), "unreadable", False, False, id="not what was expected"),
        pytest.param(FetchError("x", code=FailureCode.TIMEOUT), "timeout", False, True, id="too slow"),
        pytest.param(FetchError("x", code=FailureCode.DNS), "dns", True, False, id="no such host"),
        pytest.param(FetchError("x", code=FailureCode.NO_DNS), "no-dns", False, True, id="no resolver"),
        pytest.param(FetchError("x", status=404), "404", True, False, id="not found"),
        pytest.param(FetchError("x", status=410), "410", True, False, id="gone"),
        pytest.param(FetchError("x", status=403), "403", False, False, id="forbidden"),
        pytest.param(FetchError("x", status=429), "429", False, True, id="too many requests"),
        pytest.param(FetchError("x", status=503), "503", False, True, id="unavailable"),
    ],
)
def test_what_an_error_tells(error: FetchError, code: str, gone: bool, may_pass: bool) -> None:
    assert (error.code, error.gone, error.may_pass) == (code, gone, may_pass)


def test_the_readme_lists_them_as_they_are() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| (gone|may pass|) ?\|$", readme, re.MULTILINE)
    what = {True: "gone", False: ""}
    assert listed == [(it.value, it.explanation, "may pass" if it.may_pass else what[it.gone]) for it in FailureCode]
