"""Lines of code at permalinks: which addresses have lines, what is asked, and what of a hostile file is shown."""

from __future__ import annotations

import pytest
from neco_weekly.model.cards import Card
from neco_weekly.model.errors import FetchError
from neco_weekly.model.github import Code
from neco_weekly.sources.http import Response
from neco_weekly.sources.pages.github_code import GitHubCode
from neco_weekly.sources.pages.github_pages import GitHub

from .webpages import Web, answered

SHA = "0a1b2c3d" * 5
BOX = "https://github.com/neko/box"
RAW = f"https://raw.githubusercontent.com/neko/box/{SHA}/cmd/main.go"
FILE = "".join(f"line {n}\n" for n in range(1, 31))


def lines(fragment: str, *, file: str | Response = FILE, path: str = f"{SHA}/cmd/main.go") -> Code | None:
    raw = answered(file, url=RAW) if isinstance(file, str) else file
    return GitHub.of(Web({RAW: raw}).get).ask(f"{BOX}/blob/{path}#{fragment}").code


def named(first: int, last: int, up_to: int | None = None) -> Code:
    numbers = range(first, (up_to or last) + 1)
    return Code(first=first, last=last, lines=tuple(f"line {n}" for n in numbers), language="Go")


def test_the_lines_that_an_address_names() -> None:
    assert lines("L10") == named(10, 10)
    assert lines("L10-L12") == named(10, 12)
    assert lines("L12-L10") == named(10, 12)
    assert lines("L10C3-L12C9") == named(10, 12)
    assert lines("L10-L25") == named(10, 25, up_to=19)
    assert lines("L29-L40") == Code(first=29, last=40, lines=("line 29", "line 30", ""), language="Go")


@pytest.mark.parametrize("fragment", ["", "L0", "L31-L40", "L99", "readme", "L", "L-1", "l10", "L12345678"])
def test_what_names_no_lines(fragment: str) -> None:
    assert lines(fragment) is None


@pytest.mark.parametrize(
    "path",
    [
        "main/cmd/main.go",
        "v1.31.0/cmd/main.go",
        f"{SHA[:-1]}/cmd/main.go",
        f"{SHA.upper()}/cmd/main.go",
        f"{SHA}0/cmd/main.go",
        f"{SHA}/cmd/../cmd/main.go",
        f"{SHA}/cmd/%2e%2e/cmd/main.go",
        f"{SHA}/",
    ],
)
def test_lines_of_what_is_no_commit_are_not_as_they_were(path: str) -> None:
    assert lines("L10", path=path) is None
    web = Web({})
    GitHub.of(web.get).ask(f"{BOX}/blob/{path}#L10")
    assert web.asked == []


def test_a_short_commit_is_one_if_the_api_says_so() -> None:
    api = "https://api.github.com/repos/neko/box"
    found = {}
    for named_by in (SHA, "f" * 40, 7):
        web = Web({RAW: FILE, api: {}, f"{api}/commits/0a1b2c3": {"sha": named_by}})
        found[named_by] = GitHub.of(web.get, token="secret").ask(f"{BOX}/blob/0a1b2c3/cmd/main.go#L10").code
    assert found == {SHA: named(10, 10), "f" * 40: None, 7: None}


def test_the_token_stays_away_from_raw_files() -> None:
    web = Web({RAW: FILE})
    GitHub.of(web.get, token="secret").ask(f"{BOX}/blob/{SHA}/cmd/main.go#L10")
    assert [headers for url, headers, _ in web.asked if url == RAW] == [{}]


def test_another_address_may_have_the_raw_files() -> None:
    web = Web({RAW.replace("raw.githubusercontent.com", "raw.example"): FILE})
    found = GitHub.of(web.get, raw="https://raw.example/").ask(f"{BOX}/blob/{SHA}/cmd/main.go#L10").code
    assert found == named(10, 10)


def test_what_the_lock_has_is_not_asked_for_again() -> None:
    web, old = Web({RAW: FILE}), Code(first=10, last=12, lines=("as it was",))
    reader = GitHub.of(web.get, known=lambda url: Card(url=url, code=old))
    assert reader.ask(f"{BOX}/blob/{SHA}/cmd/main.go#L10-L12").code == old
    assert not web.asked
    assert reader.ask(f"{BOX}/blob/{SHA}/cmd/main.go#L10-L13").code == named(10, 13)


def test_without_a_response_there_are_no_lines_and_nothing_else_is_lost() -> None:
    answer = GitHub.of(Web({}).get).ask(f"{BOX}/blob/{SHA}/cmd/main.go#L10")
    assert (answer.code, answer.problems) == (None, ())
    with pytest.raises(FetchError):
        Web({}).get(RAW)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"a\tb\r\n", "a\tb"),
        ("\u202eevil\u2066 \u200bx\x1b[31m\n".encode(), "\ufffdevil\ufffd \ufffdx\ufffd[31m"),
        ("\ufeff日本語 ①\n".encode(), "日本語 ①"),
        (b"<script>alert(1)</script>\n", "<script>alert(1)</script>"),
        (b"x" * 5_000, "x" * 199 + "…"),
        ("é\n".encode("latin-1"), None),
        (b"MZ\0\0\n", None),
        (b"\n", None),
        (b"", None),
    ],
)
def test_what_of_a_file_is_shown(body: bytes, shown: str | None) -> None:
    found = lines("L1", file=Response(url=RAW, status=200, body=body))
    assert (found and found.lines) == ((shown,) if shown else None)


def test_of_a_file_that_was_cut_off_the_last_line_is_no_line() -> None:
    cut = Response(url=RAW, status=200, body="one\ntwo\nthr猫".encode()[:-1], complete=False)
    found = lines("L1-L3", file=cut)
    assert found
    assert found.lines == ("one", "two")


def test_languages() -> None:
    expected = {"a.py": "Python", "b.TS": "TypeScript", "Makefile": None, "a.odd": None, "c.d/file": None, ".go": "Go"}
    found = {}
    for name in expected:
        reader = GitHubCode(get=lambda url, **_: Response(url=url, status=200, body=b"x"))
        answer = GitHub(api=None, code=reader).ask(f"{BOX}/blob/{SHA}/{name}#L1")
        found[name] = answer.code and answer.code.language
    assert found == expected
