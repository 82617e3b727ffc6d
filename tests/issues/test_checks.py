"""Problems: what an author should know, where, and what to do about it."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from dataclasses import replace

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.grammar.urls import normal_url
from neco_weekly.issues.checks import check
from neco_weekly.issues.index import build_index, make_issue
from neco_weekly.issues.problem_kinds import KINDS
from neco_weekly.issues.problems import Problem
from neco_weekly.issues.scan import Scanner
from neco_weekly.issues.style_kinds import STYLE_KINDS
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardPicture, CardText, Decision, Failures, Proposal, RemotePicture
from neco_weekly.model.issues import CardMention, Diagnostic, Issue, Mention

from tests.lock_fixture import LOCK

SCANNER = Scanner()
PATH = "issues/2022/08/2022-08-26.md"
URL = "https://example.com/page"
DAY = dt.date(2026, 7, 1)


def picture(name: str, side: int = 480) -> CardPicture:
    return CardPicture(url="https://example.com/p.png", file=name, width=side, height=side)


IMAGE, ICON = "0123456789abcdef0123.webp", "fedcba9876543210fedc.png"
THERE = "00000000000000000000.png"
FILES = {"issues/2022/08/a.png", "issues/2022/08/日本語 の絵.png", "assets/b.png", f"assets/cards/{THERE}"}
PICTURED = Card(url=URL, title="題", image=picture(IMAGE), icon=picture(THERE))
DEAD = Card(url=URL, title="題", failures=Failures(count=4, gone=3, last="404", date=DAY))


def lock_of(card: Card) -> Lock:
    return Lock(cards={card.url: card})


def problems(text: str, lock: Lock = LOCK, path: str = PATH) -> list[Problem]:
    parts = take_apart(text)
    issue = make_issue(path, parts, SCANNER.scan(parts.body, IssueFile(meta=parts.meta)))
    return check(build_index([issue]), lock, FILES.__contains__)


@pytest.mark.parametrize(
    "text",
    [
        "KEP-5127",
        "文\n\nhttps://kep.k8s.io/5127",
        "[KEP-127](https://kep.k8s.io/5127)",
        "[KEP-5127](https://github.com/kubernetes/enhancements/issues/127)",
        "[#5127](https://github.com/kubernetes/enhancements/issues/127)",
    ],
)
def test_nothing_is_wrong_with_an_alias(text: str) -> None:
    assert problems(text) == []
    assert problems(text, replace(LOCK, aliases={}))


def test_a_link_that_names_another_kep_than_that_of_the_alias_is_told() -> None:
    (found,) = problems("[KEP-128](https://kep.k8s.io/5127)")
    assert (found.code, found.message) == (
        "kep-number-mismatch",
        "the link text 'KEP-128' names another KEP than its address, KEP-5127",
    )


def test_an_alias_of_an_unknown_kep_is_told_by_the_kep_s_number() -> None:
    (found,) = problems("KEP-5998")
    assert (found.code, found.message) == ("kep-not-fetched", "KEP-9998 is not in the lock")


OF_PUBLICATION = {
    "broken-front-matter",
    "held-back",
    "held-back-until",
    "held-back-unclear",
    "unreadable-issue",
    "empty-issue",
    "link-to-held-back",
    "issue-without-title",
    "future-date",
    "duplicate-issue-number",
}
"""Those of test_publication.py."""
PROPOSED = Card(url=URL, title="題", proposed=Proposal(title="別", reason="asks for a password", date=DAY))
LOCKS = {
    "missing-card-picture": lock_of(PICTURED),
    "dead-link": lock_of(DEAD),
    "undecided-proposal": lock_of(PROPOSED),
}
EVERY_CODE = {
    "unknown-kep": (
        "文\n\nKEP-9999",
        3,
        "KEP-9999 exists neither in kubernetes/enhancements nor as an issue there (as of 2026-07-24); "
        "correct the number, or write under `keps:` in overrides.yml: `9999: {title: …}`",
    ),
    "pull-request-as-kep": (
        "文\n\nKEP-4242",
        3,
        "KEP-4242 names a pull request of kubernetes/enhancements as KEP-4242; "
        "link the KEP's issue or its folder instead",
    ),
    "pull-request-of-several-keps": (
        "文\n\n[二つの KEP](https://github.com/kubernetes/enhancements/pull/6093)",
        3,
        "https://github.com/kubernetes/enhancements/pull/6093 is a pull request of several KEPs (KEP-127, KEP-128), "
        "so that the link is no reference; name the KEP in its text, if it is about one",
    ),
    "unsafe-link": (
        "文\n\n[文](javascript:alert(1))",
        3,
        "the link javascript:alert(1) would run or draw what it holds itself, so it is drawn as text; "
        "link to a page, or show what it holds as code",
    ),
    "credentials-in-address": (
        "文\n\n- https://user:secret@example.com/",
        3,
        "the address https://***@example.com has a user name or password, which is left out of the site; "
        "write it without, and change that password: it is in the history of the repository",
    ),
    "lookalike-host": (
        "文\n\n- https://gíthub.com/",
        3,
        "the host gíthub.com (xn--gthub-zsa.com) looks like github.com and is another one; "
        "correct the link; remove it if you do not know that host",
    ),
    "kep-not-fetched": ("文\n\nKEP-1234", 3, "KEP-1234 is not in the lock; run `neco refresh`"),
    "looks-like-kep": (
        "文\n\nKEP_127",
        3,
        "'KEP_127' looks like a KEP and is none that is known; it stays text; "
        "write a KEP as KEP-127, and what is no KEP as code or in other words",
    ),
    "unknown-tag": (
        '文\n\n<note kind="info">',
        3,
        "<note> is no element of HTML; it stays text; correct the name, or write words in angle brackets as code",
    ),
    "bad-math": (
        "文\n\n$\\unknown$",
        3,
        "the formula `\\unknown` cannot be drawn: \\unknown is not known; "
        "correct its TeX; until then it is shown as written",
    ),
    "bare-number": (
        "文\n\n #127 が beta に",
        3,
        "#127 alone is no reference to a KEP; write the number behind `KEP-`, or a link",
    ),
    "card-not-fetched": (
        "文\n\nhttps://example.com/nothing",
        3,
        "the card of https://example.com/nothing has no title yet; run `neco refresh` or give it one",
    ),
    "unclosed-fence": (
        "文\n\n```yaml\na: 1\n",
        3,
        "the code that '```yaml' opens is never closed; all that follows is code; "
        "close it with a line of the same marks",
    ),
    "unclosed-box": (
        "文\n\n:::message\n中\n",
        3,
        "the box that ':::message' opens is never closed; all that follows is in the box; "
        "close it with a line of as many colons",
    ),
    "too-deep": (
        f"文\n\n{'>' * 60} 深い\n",
        3,
        "lists, quotes and boxes lie more than 50 deep in each other; what is deeper is shown as text; "
        "nest them less deeply",
    ),
    "dead-link": (
        f"文\n\n{URL}",
        3,
        f"the link {URL} is dead (failed on 4 days, noted last on 2026-07-01 with 404); "
        f'give a copy as @[card]({URL}){{archive="https://…"}}, or remove it',
    ),
    "undecided-proposal": (
        f"文\n\n{URL}",
        3,
        f"{URL} says '別' since 2026-07-01, which its card has not taken, for the page asks for a password; "
        f"run `neco refresh {URL} --accept` to take it, or write `reject` as its decision in cards.json",
    ),
    "missing-card-picture": (
        f"文\n\n{URL}",
        3,
        f"the picture docs/assets/cards/{IMAGE} of the card of {URL} is missing; "
        f"run `neco refresh {URL}`, or commit the file; the card is drawn without",
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
        "'@[card](example.com)' is not written as a card is: 'example.com' is not an http(s) URL; "
        'write @[card](https://…){title="…" desc="…" image="a.png" hide=site size=large archive="https://…"}',
    ),
    "left-over-sign": (
        "文\n\nこれは** 太字 **です",
        3,
        "'** 太字 **です' is left on the page as text: strong words need `**` on both sides, and no space inside of it"
        "; correct it, or write it as code or with a backslash before it where readers are to see it",
    ),
    "looks-like-markup": (
        "文\n\nこれは**太字です",
        3,
        "'**太字です' stands on the page as text: strong words need `**` on both sides, and no space inside of it; "
        "if it is meant so, write it as code or with a backslash before it",
    ),
    "fence-in-code": (
        "```js\nlet x\n```sh\nls\n```",
        3,
        "'```sh' stands inside of the code that begins in line 1; "
        "end that code before, or begin and end it with a longer fence where it is to show this one",
    ),
    "prose-in-code": (
        "文\n\n    ## 見出し",
        3,
        "'## 見出し' is drawn as code, for it is indented by four spaces or more; "
        "indent it less, or mark the code with a fence",
    ),
    "lost-cells": (
        "| 一 | 二 |\n| --- | --- |\n| 1 | 2 | | |\n| $|x|$ | 2 |\n",
        4,
        "the row '| $|x|$ | 2 |' has more cells than the first row of its table; the others are not shown; "
        "add columns to the first two rows, or write `\\|` for a `|` that is text",
    ),
    "repeated-footnote": (
        "文[^a]\n\n[^a]: 一\n\n[^a]: 二\n",
        5,
        "the footnote [^a] is defined once more, which is not shown; the first definition counts; give it another name",
    ),
    "missing-image": (
        "文\n\n![絵](./c.png)",
        3,
        "the picture ./c.png does not exist; add the file, or correct its path",
    ),
    "remote-picture": (
        "文\n\n![絵](https://img.example.com/a.png)",
        3,
        "readers' browsers ask img.example.com for the picture https://img.example.com/a.png; "
        "run `neco refresh`, which keeps a copy, or put the file into the docs folder",
    ),
    "foreign-request": (
        '文\n\n<iframe src="https://www.youtube.com/embed/x"></iframe>',
        3,
        "<iframe> makes readers' browsers ask www.youtube.com; "
        "link to it, as a card for example, or put its file into the docs folder",
    ),
    "front-matter-not-first": (
        "\n---\ndate: 2022-08-26\n---\n# 号\n",
        2,
        "something stands before the front matter, so that GitHub and others print it as text; "
        "let the file begin with the front matter",
    ),
    "titles-differ": (
        "---\ntitle: 一の題\n---\n\n# 二の題\n\n文",
        5,
        "the front matter calls the issue '一の題', and its heading '二の題'; "
        "the title of the front matter is drawn; remove one of the two",
    ),
    "swallowed-first-line": (
        "KEP-127: 新機能\n\n文",
        1,
        "the first line 'KEP-127: 新機能' would be taken for metadata and vanish; "
        "put an empty line or a heading before it",
    ),
}


INFORMATION = {
    "bare-number",
    "pull-request-of-several-keps",
    "kep-not-fetched",
    "card-not-fetched",
    "dead-link",
    "undecided-proposal",
    "old-lock",
    "missing-card-picture",
    "looks-like-markup",
    "prose-in-code",
    "remote-picture",
    "foreign-request",
}
"""What an author cannot help without a network, so that it fails no strict build."""


@pytest.mark.parametrize(
    ("code", "text", "line", "said"), [(code, *row) for code, row in EVERY_CODE.items()], ids=EVERY_CODE
)
def test_each_kind_of_problem_says_what_where_and_what_to_do(code: str, text: str, line: int, said: str) -> None:
    (problem,) = problems(text, LOCKS.get(code, LOCK))
    assert (problem.path, problem.line, problem.code) == (f"docs/{PATH}", line, code)
    assert str(problem) == f"docs/{PATH}:{line}: {said}"
    assert problem.severity == ("info" if code in INFORMATION else "warning")


PULLS = "https://github.com/kubernetes/enhancements/pull"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"[PR]({PULLS}/6092)", id="of one KEP"),
        pytest.param(f"[KEP-128 の PR]({PULLS}/6093)", id="of several, one of which its text names"),
        pytest.param(f"[PR]({PULLS}/7000)", id="of which nothing is known"),
        pytest.param(f"[KEP-661]({PULLS}/661)", id="whose number its KEP has"),
    ],
)
def test_a_pull_request_that_is_no_problem(text: str) -> None:
    assert problems(f"# 題\n\n{text}") == []


def test_a_pull_request_of_many_keps_names_a_few() -> None:
    text = f"# 題\n\n[PR]({PULLS}/7) [PR]({PULLS}/7)"
    (problem,) = problems(text, replace(LOCK, pulls={7: tuple(range(1, 127))}))
    assert "(KEP-1, KEP-2, KEP-3, KEP-4, KEP-5 and 121 more)" in problem.message


def test_a_pull_request_mentions_its_kep() -> None:
    (problem,) = problems(f"# 題\n\n[PR]({PULLS}/6094)")
    assert (problem.code, problem.line) == ("kep-not-fetched", 3)


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


OF_FILE_NAMES = {"no-issue-by-name", "names-differ-in-case"}
"""What follows from names alone: issues/test_file_name_checks.py."""

OF_ALIASES = {"bad-alias", "alias-taken"}
"""What is wrong with old addresses: hosts/test_old_addresses.py."""

OF_LINKS = {"missing-page", "missing-anchor", "link-to-held-back", "absolute-link"}
"""What only `neco check` tells: issues/test_link_checks.py."""


def test_the_codes_are_stable_words() -> None:
    elsewhere = {"issue-without-date", "duplicate-issue-date", "settings-differ", "example-site-url", "kep-from-plugin"}
    elsewhere |= {
        *OF_FILE_NAMES,
        "bad-topic",
        "old-lock",
        "correction-of-nothing",
        "other-issues-folder",
        "no-feeds",
        "no-phrases",
        "no-social-cards",
        "no-issues",
        "no-issues-yet",
        "stopped-by-policy",
        "topic-page-taken",
        *STYLE_KINDS,
    }
    assert set(KINDS) == {*EVERY_CODE, *OF_ALIASES, *OF_LINKS, *OF_PUBLICATION, *elsewhere}
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
        pytest.param("![](/assets/b.png) ![](/issues/2022/08/日本語%20の絵.png)", id="from the root"),
        pytest.param("![](https://example.com/kept.png#only-dark)", id="of another host, with a copy"),
        pytest.param("![](data:image/png;base64,xx) ![]() ![](#x)", id="pictures the site does not place"),
        pytest.param("![](//[c) ![](http://[c)", id="addresses that cannot be parsed"),
        pytest.param("[KEP-128 と KEP-127](https://kep.k8s.io/127)", id="one of two numbers"),
    ],
)
def test_nothing_to_say(text: str) -> None:
    kept = RemotePicture(url="https://example.com/kept.png", copy=picture(THERE))
    assert problems(f"文\n\n{text}", replace(LOCK, pictures={kept.url: kept})) == []


A_PICTURE = "https://example.com/p.png"
FAILED = Failures(count=2, last="404", date=DAY)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        pytest.param(RemotePicture(url=A_PICTURE, copy=picture(THERE), failures=FAILED), None, id="failed later"),
        pytest.param(
            RemotePicture(url=A_PICTURE, copy=picture(IMAGE)),
            "; run `neco refresh`, which keeps a copy, or put the file into the docs folder",
            id="its file is missing",
        ),
        pytest.param(
            RemotePicture(url=A_PICTURE, failures=FAILED),
            " (failed on 2 days, noted last on 2026-07-01 with 404); put the file into the docs folder and name that",
            id="it could not be fetched",
        ),
    ],
)
@pytest.mark.parametrize("written", [A_PICTURE, "HTTPS://Example.com/p.png#x", "//example.com/p.png"])
def test_a_picture_of_another_host_is_told_until_there_is_a_copy(
    known: RemotePicture, said: str | None, written: str
) -> None:
    found = problems(f"文\n\n![]({written})", replace(LOCK, pictures={known.url: known}))
    expected = [f"docs/{PATH}:3: readers' browsers ask example.com for the picture {written}{said}"] if said else []
    assert list(map(str, found)) == expected


@pytest.mark.parametrize(
    "source", ["../a.png", "A.png", "../../../../../../a.png", "sub/a.png", "../2022-08-26.md/a.png"]
)
def test_a_picture_is_looked_for_beside_the_issue(source: str) -> None:
    assert [problem.code for problem in problems(f"![]({source})")] == ["missing-image"]


def test_a_card_whose_author_gives_only_a_description_still_wants_a_title() -> None:
    found = problems('@[card](https://example.com/unknown){desc="説明"}')
    assert [problem.code for problem in found] == ["card-not-fetched"]


# --- cards and their pages ----------------------------------------------------------------------------------------


def failing(
    count: int, gone: int = 0, *, last: str = "timeout", title: str | None = None, archive: str | None = None
) -> Lock:
    failures = Failures(count=count, gone=gone, last=last, date=DAY)
    return lock_of(Card(url=URL, title=title, failures=failures, archive=archive))


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        pytest.param(Lock(), f"the card of {URL} has no title yet", id="never asked"),
        pytest.param(
            failing(1),
            f"the card of {URL} has no title yet (failed on 1 day, noted last on 2026-07-01 with timeout)",
            id="asked once",
        ),
        pytest.param(
            failing(12, 2, last="404"),
            f"the card of {URL} has no title yet (failed on 12 days, noted last on 2026-07-01 with 404)",
            id="asked in vain, and not dead",
        ),
        pytest.param(
            failing(3, 3, last="dns"),
            f"the link {URL} is dead (failed on 3 days, noted last on 2026-07-01 with dns)",
            id="dead before it was ever read",
        ),
        pytest.param(
            failing(3, 3, last="410", archive="https://archive.example/1"),
            f"the card of {URL} has no title yet (failed on 3 days, noted last on 2026-07-01 with 410)",
            id="dead, with a copy that has no title",
        ),
        pytest.param(
            lock_of(Card(url=URL, title="\u200b")), f"the card of {URL} has no title yet", id="invisible title"
        ),
    ],
)
def test_a_page_that_never_answered_is_told_once(lock: Lock, said: str) -> None:
    assert [problem.message for problem in problems(f"文\n\n{URL}", lock)] == [said]


@pytest.mark.parametrize(
    ("text", "lock", "hint"),
    [
        pytest.param(URL, Lock(), "run `neco refresh` or give it one", id="never asked"),
        pytest.param(
            URL, failing(1), f'give it one, for the page did not: `@[card]({URL}){{title="…"}}`', id="asked in vain"
        ),
        pytest.param(
            f"文 [{URL}:title]",
            failing(1),
            f"give it one, for the page did not: `[{URL}:title=…]`",
            id="a link, asked in vain",
        ),
        pytest.param(
            URL,
            lock_of(replace(PICTURED, failures=Failures(count=2, last="timeout", date=DAY))),
            f"commit the file, or write `@[card]({URL}){{image=none}}`; the card is drawn without",
            id="a picture of a page that no longer answers",
        ),
        pytest.param(
            "KEP-9999",
            Lock(missing={9999: "not-found"}),
            "correct the number, or write under `keps:` in overrides.yml: `9999: {title: …}`",
            id="a KEP that no source knows, on a day that is not known",
        ),
        pytest.param("KEP-9999", Lock(as_of=DAY), "run `neco refresh`", id="a KEP that was never asked for"),
    ],
)
def test_a_refresh_is_not_proposed_for_what_one_has_not_found(text: str, lock: Lock, hint: str) -> None:
    (problem,) = problems(f"文\n\n{text}", lock)
    assert problem.hint == hint
    assert ("failed on 2 days" in problem.message) == ("commit" in hint)


def test_the_lines_that_a_hint_proposes_help() -> None:
    assert problems(f'文\n\n@[card]({URL}){{title="題"}}\n\n文 [{URL}:title=題]', failing(1)) == []
    assert problems(f"文\n\n@[card]({URL}){{image=none}}", lock_of(replace(PICTURED, icon=None))) == []


@pytest.mark.parametrize(
    ("text", "lock"),
    [
        pytest.param(URL, failing(9, 2, title="題"), id="in trouble that may pass"),
        pytest.param(
            URL, lock_of(replace(DEAD, archive="https://web.archive.org/web/1/x")), id="dead, with a copy in the lock"
        ),
        pytest.param(
            f'@[card]({URL}){{archive="https://archive.example/1"}}', lock_of(DEAD), id="dead, with the author's"
        ),
        pytest.param(f"文の中の {URL}", lock_of(DEAD), id="a link in a sentence"),
    ],
)
def test_a_card_that_needs_nothing(text: str, lock: Lock) -> None:
    assert problems(f"文\n\n{text}", lock) == []


def test_a_dead_link_is_told_wherever_it_stands_and_whatever_its_author_calls_it() -> None:
    found = problems(f'文\n\n{URL}\n\n@[card]({URL}){{title="題"}}\n\n文の [{URL}:title] です', lock_of(DEAD))
    assert [(problem.line, problem.code) for problem in found] == [(3, "dead-link"), (5, "dead-link"), (7, "dead-link")]


@pytest.mark.parametrize(
    ("text", "card", "missing"),
    [
        pytest.param(URL, replace(PICTURED, icon=picture(ICON)), [IMAGE, ICON], id="image and icon"),
        pytest.param(URL, replace(PICTURED, image=picture(THERE)), [], id="both are there"),
        pytest.param(f"@[card]({URL}){{image=none}}", PICTURED, [], id="an image that is not shown"),
        pytest.param(
            f"@[card]({URL}){{image=none}}",
            replace(PICTURED, icon=picture(ICON)),
            [ICON],
            id="an icon is shown all the same",
        ),
        pytest.param(f"文の [{URL}:title] です", PICTURED, [], id="a link shows no picture"),
        pytest.param(
            URL, replace(DEAD, archive="https://a.example/", image=picture(IMAGE)), [IMAGE], id="of a dead page"
        ),
    ],
)
def test_pictures_are_looked_for_where_they_are_shown(text: str, card: Card, missing: list[str]) -> None:
    found = problems(f"文\n\n{text}", lock_of(card))
    assert {problem.code for problem in found} <= {"missing-card-picture"}
    assert [problem.message.split()[2] for problem in found] == sorted(f"docs/assets/cards/{it}" for it in missing)


def test_the_command_in_a_hint_can_be_copied_into_a_shell() -> None:
    url = "https://example.com/?a=1&b=it's"
    (problem,) = problems(f"文\n\n{url}", lock_of(replace(PICTURED, url=normal_url(url))))
    command = problem.hint.split("`")[1]
    assert shlex.split(command) == ["neco", "refresh", url]


def test_a_link_that_asks_for_the_title_of_its_page_wants_one_too() -> None:
    (problem,) = problems("文 [https://example.com/unknown:title]、[https://example.com/:title]")
    assert problem.code == "card-not-fetched"
    assert problem.message == "the link to https://example.com/unknown has no title yet"


# --- how they are told --------------------------------------------------------------------------------------------


def test_an_unknown_kep_is_told_once_for_an_issue_where_it_stands_first() -> None:
    (problem,) = problems("文\n\nKEP-9999\n\nKEP-9999 と [#9999](https://kep.k8s.io/9999)")
    assert problem.line == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("KEP-127/128 と kep-129", [], id="known"),
        pytest.param("KEP-127、9999", [("looks-like-kep", "warning")], id="a further number that no source names"),
        pytest.param("KEP-127、4242", [("looks-like-kep", "warning")], id="a further number of a pull request"),
        pytest.param("KEP-127、1234", [("kep-not-fetched", "info")], id="a further number that was never asked for"),
        pytest.param("kep-9999", [("looks-like-kep", "warning")], id="small letters that no source names"),
        pytest.param("kep-1234", [("kep-not-fetched", "info")], id="small letters that were never asked for"),
        pytest.param("kep-9999 と KEP-9999", [("unknown-kep", "warning")], id="told as the reference beside it"),
        pytest.param("kep-9999 と kep-9999", [("looks-like-kep", "warning")], id="told once"),
        pytest.param("KEP-127、2026年", [], id="no candidate"),
        pytest.param("`KEP_127` と `kep-9999`", [], id="code"),
        pytest.param("[KEP_127](https://kep.k8s.io/127)", [], id="text of a link to the KEP"),
        pytest.param("[KEP_127](https://example.com/)", [("looks-like-kep", "warning")], id="text of another link"),
        pytest.param("[kep-128](https://kep.k8s.io/127)", [("kep-number-mismatch", "warning")], id="two numbers"),
    ],
)
def test_what_looks_like_a_kep_is_told_of_unless_it_is_one(text: str, told: list[tuple[str, str]]) -> None:
    assert [(problem.code, problem.severity) for problem in problems(f"文\n\n{text}")] == told


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
        diagnostics=(Diagnostic(code="bad-card", written="{written} {0}", detail="{detail}"),),
        cards=(CardMention(url="https://example.com/{x}", text=CardText()),),
    )
    said = [problem.message for problem in check(build_index([issue]), Lock(), FILES.__contains__)]
    assert said == [
        "'{written} {0}' is not written as a card is: {detail}",
        "the card of https://example.com/{x} has no title yet",
    ]


@pytest.mark.parametrize(("decision", "told"), [("open", 1), ("accept", 0), ("reject", 0)])
def test_a_proposal_is_told_once_where_the_newest_issue_has_it_first_until_it_is_decided(
    decision: Decision, told: int
) -> None:
    assert PROPOSED.proposed
    card = replace(PROPOSED, proposed=replace(PROPOSED.proposed, decision=decision))
    parts = take_apart(f"文\n\n{URL}\n\n- @[card]({URL}#a)\n")
    scanned = SCANNER.scan(parts.body, IssueFile(meta=parts.meta))
    issues = [make_issue(f"issues/{day}.md", parts, scanned) for day in ("2026-01-02", "2026-01-09")]
    found = [it for it in check(build_index(issues), lock_of(card), FILES.__contains__) if "proposal" in it.code]
    assert [(it.path, it.line, it.severity) for it in found] == [("docs/issues/2026-01-09.md", 3, "info")] * told


def test_a_lock_older_by_more_than_three_weeks_is_told_at_the_newest_issue() -> None:
    def told(day: str) -> list[tuple[str, str, str]]:
        parts = take_apart("文\n")
        scanned = SCANNER.scan(parts.body, IssueFile(meta=parts.meta))
        issues = [make_issue(f"issues/{name}.md", parts, scanned) for name in ("2026-07-01", day)]
        found = check(build_index(issues), replace(LOCK, as_of=dt.date(2026, 7, 24)), FILES.__contains__)
        return [(it.path, it.severity, it.said) for it in found if it.code == "old-lock"]

    assert told("2026-08-14") == []
    assert told("2026-08-15") == [
        (
            "docs/issues/2026-08-15.md",
            "info",
            "the lock is of 2026-07-24, more than three weeks before this issue: what it says of KEPs may be outdated; "
            "run `neco refresh`, or merge the pull request of the last refresh",
        )
    ]
