"""Problems: what an author should know, where, and what to do about it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from neco_weekly.check import KINDS, check
from neco_weekly.index import build_index, make_issue
from neco_weekly.issues import take_apart
from neco_weekly.lock import Lock
from neco_weekly.model import CardMention, CardText, Issue, Mention, Problem, Slip
from neco_weekly.scan import Scanner

from tests.lock_fixture import LOCK

SCANNER = Scanner()
PATH = "issues/2022/08/2022-08-26.md"
FILES = {"issues/2022/08/a.png", "issues/2022/08/日本語 の絵.png", "assets/b.png"}


def problems(text: str, lock: Lock = LOCK, path: str = PATH) -> list[Problem]:
    parts = take_apart(text)
    issue = make_issue(path, parts, SCANNER.scan(parts.body))
    return check(build_index([issue]), lock, FILES.__contains__)


EVERY_CODE = {
    "unknown-kep": (
        "文\n\nKEP-9999",
        3,
        "KEP-9999 exists neither in kubernetes/enhancements nor as an issue there; "
        "correct the number, or describe it in overrides.yml",
    ),
    "pull-request-as-kep": (
        "文\n\nKEP-4242",
        3,
        "KEP-4242 names a pull request of kubernetes/enhancements as KEP-4242; "
        "link the KEP's issue or its folder instead",
    ),
    "kep-not-fetched": ("文\n\nKEP-1234", 3, "KEP-1234 is not in the lock; run `neco refresh`"),
    "card-not-fetched": (
        "文\n\nhttps://example.com/nothing",
        3,
        "the card of https://example.com/nothing has no title yet; run `neco refresh` or give it one",
    ),
    "kep-number-mismatch": (
        "文\n\n[KEP-128 の話](https://kep.k8s.io/127)",
        3,
        "the link text 'KEP-128 の話' names another KEP than its address, KEP-127; "
        "the address counts; correct one of the two",
    ),
    "bad-kep-number": (
        "文\n\nKEP-12345678901234567890",
        3,
        "KEP-12345678901234567890 cannot be a KEP number; KEP numbers run from 1 to 99999; it stays text",
    ),
    "bad-card": (
        "文\n\n@[card](example.com)",
        3,
        "'@[card](example.com)' is not a card: 'example.com' is not an http(s) URL; "
        'write @[card](https://…){title="…" desc="…" image=none}',
    ),
    "missing-image": (
        "文\n\n![絵](./c.png)",
        3,
        "the picture ./c.png does not exist; add the file, or correct its path",
    ),
    "broken-front-matter": (
        "---\ndate: 2022-08-26\ntitle: a: b\n---\n文\n",
        3,
        "the front matter is not YAML and would be printed as text (mapping values are not allowed in this context); "
        "correct it, for example by quoting a value that holds a colon",
    ),
    "swallowed-first-line": (
        "KEP-127: 新機能\n\n文",
        1,
        "the first line 'KEP-127: 新機能' would be taken for metadata and vanish; "
        "put an empty line or a heading before it",
    ),
}


@pytest.mark.parametrize(
    ("code", "text", "line", "said"), [(code, *row) for code, row in EVERY_CODE.items()], ids=EVERY_CODE
)
def test_each_kind_of_problem_says_what_where_and_what_to_do(code: str, text: str, line: int, said: str) -> None:
    (problem,) = problems(text)
    assert (problem.path, problem.line, problem.code) == (f"docs/{PATH}", line, code)
    assert str(problem) == f"docs/{PATH}:{line}: {said}"
    assert problem.severity == ("info" if code.endswith("-not-fetched") else "warning")


def test_an_issue_without_a_date() -> None:
    (problem,) = problems("文", path="issues/weekly.md")
    assert str(problem) == (
        "docs/issues/weekly.md:1: the issue has no date; "
        "name the file YYYY-MM-DD.md, or write `date: YYYY-MM-DD` in its front matter"
    )
    assert (problem.code, problem.severity) == ("issue-without-date", "warning")


def dated(name: str, date: dt.date | None = dt.date(2022, 8, 26)) -> Issue:
    return Issue(path=f"issues/{name}.md", title=name, date=date, number=None)


def test_a_date_used_twice_is_named_at_the_later_file() -> None:
    index = build_index([dated("b"), dated("c", dt.date(2022, 9, 2)), dated("a")])
    (problem,) = check(index, LOCK, FILES.__contains__)
    assert str(problem) == (
        "docs/issues/b.md:1: the date 2022-08-26 is also the date of docs/issues/a.md; give one of the two its own date"
    )
    assert (problem.code, problem.severity) == ("duplicate-issue-date", "warning")


def test_a_date_used_three_times_is_two_problems() -> None:
    found = check(build_index([dated("a"), dated("b"), dated("c")]), LOCK, FILES.__contains__)
    assert [problem.path for problem in found] == ["docs/issues/b.md", "docs/issues/c.md"]


def test_two_issues_without_a_date_do_not_share_one() -> None:
    found = check(build_index([dated("a", None), dated("b", None)]), LOCK, FILES.__contains__)
    assert {problem.code for problem in found} == {"issue-without-date"}


def test_the_codes_are_stable_words() -> None:
    assert set(KINDS) == {*EVERY_CODE, "issue-without-date", "duplicate-issue-date"}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) for code in KINDS)


# --- what is none -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("KEP-127 と KEP-5 と KEP-129", id="known, from people, without a stage"),
        pytest.param("https://example.com/", id="card with a title"),
        pytest.param('@[card](https://example.com/nothing){title="題"}', id="card with the author's title"),
        pytest.param('@[card](https://example.com/unknown){title="題"}', id="card that was never fetched"),
        pytest.param(
            '<a class="embedly-card" href="https://example.com/unknown">題</a>', id="card with Embedly's title"
        ),
        pytest.param("https://kep.k8s.io/127", id="card of a KEP"),
        pytest.param("- https://example.com/unknown", id="link"),
        pytest.param("![](a.png) ![](./a.png) ![](../../../assets/b.png)", id="pictures"),
        pytest.param("![](%E6%97%A5%E6%9C%AC%E8%AA%9E%20%E3%81%AE%E7%B5%B5.png)", id="picture with a quoted name"),
        pytest.param("![](a.png#only-dark) ![](a.png?v=1)", id="pictures with anchor and query"),
        pytest.param(
            "![](https://example.com/c.png) ![](//example.com/c.png) ![](data:image/png;base64,xx)", id="remote"
        ),
        pytest.param("![](/assets/c.png) ![]() ![](#x)", id="pictures the site does not place"),
        pytest.param("![](//[c) ![](http://[c)", id="addresses that cannot be parsed"),
        pytest.param("[KEP-128 と KEP-127](https://kep.k8s.io/127)", id="one of two numbers"),
    ],
)
def test_nothing_to_say(text: str) -> None:
    assert problems(f"文\n\n{text}") == []


@pytest.mark.parametrize(
    "source", ["../a.png", "A.png", "../../../../../../a.png", "sub/a.png", "../2022-08-26.md/a.png"]
)
def test_a_picture_is_looked_for_beside_the_issue(source: str) -> None:
    assert [problem.code for problem in problems(f"![]({source})")] == ["missing-image"]


def test_a_card_whose_author_gives_only_a_description_still_wants_a_title() -> None:
    found = problems('@[card](https://example.com/unknown){desc="説明"}')
    assert [problem.code for problem in found] == ["card-not-fetched"]


# --- how they are told --------------------------------------------------------------------------------------------


def test_an_unknown_kep_is_told_once_for_an_issue_where_it_stands_first() -> None:
    (problem,) = problems("文\n\nKEP-9999\n\nKEP-9999 と [#9999](https://kep.k8s.io/9999)")
    assert problem.line == 3


def test_problems_come_by_file_and_line_whatever_found_them_first() -> None:
    text = "![](c.png)\n\nKEP-9999 と KEP-0\n\nhttps://example.com/nothing\n\n@[card](x)"
    assert [(problem.line, problem.code) for problem in problems(text)] == [
        (1, "missing-image"),
        (3, "bad-kep-number"),
        (3, "unknown-kep"),
        (5, "card-not-fetched"),
        (7, "bad-card"),
    ]


def test_the_same_problem_on_one_line_is_told_once() -> None:
    assert len(problems("![](c.png) ![](c.png) KEP-0 KEP-0")) == 2


def test_several_files() -> None:
    issues = [
        Issue(
            path=f"issues/{day}.md",
            title="",
            date=dt.date(2022, 8, day),
            number=None,
            mentions=(Mention(kep=9999, written="x"),),
        )
        for day in (3, 1, 2)
    ]
    found = check(build_index(issues), LOCK, FILES.__contains__, "content")
    assert [problem.path for problem in found] == [f"content/issues/{day}.md" for day in (1, 2, 3)]


def test_an_override_makes_a_number_known_that_is_nowhere() -> None:
    lock = Lock(missing={5: "not-found"}, overrides=LOCK.overrides)
    assert problems("KEP-5", lock) == []


def test_the_author_s_braces_are_no_fields_of_ours() -> None:
    issue = Issue(
        path="issues/a.md",
        title="",
        date=dt.date(2022, 8, 26),
        number=None,
        slips=(Slip(code="bad-card", written="{written} {0}", detail="{detail}"),),
        cards=(CardMention(url="https://example.com/{x}", text=CardText()),),
    )
    said = [problem.message for problem in check(build_index([issue]), Lock(), FILES.__contains__)]
    assert said == [
        "'{written} {0}' is not a card: {detail}",
        "the card of https://example.com/{x} has no title yet",
    ]
