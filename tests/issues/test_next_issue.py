"""The next issue of a series: its day from the rhythm, path, title, number and front matter from the newest issues."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_dates import issue_date
from neco_weekly.grammar.issue_series import filled, form_of
from neco_weekly.issues.exchange.next_issue import NextIssue, next_day, next_issue
from neco_weekly.issues.exchange.past_issue import PastIssue

DAYS = {
    "every week": ("2026-06-19 2026-06-26 2026-07-03 2026-07-10", "2026-07-17"),
    "one issue": ("2026-07-10", "2026-07-17"),
    "a pause before": ("2025-12-26 2026-01-16 2026-01-23 2026-01-30", "2026-02-06"),
    "the newest after a pause": ("2025-12-12 2025-12-19 2025-12-26 2026-01-16", "2026-01-23"),
    "every second week": ("2026-05-15 2026-05-29 2026-06-12 2026-06-26", "2026-07-10"),
    "a Friday a month": ("2025-12-05 2026-05-08 2026-06-05 2026-07-10", "2026-08-14"),
    "a holiday on the newest Friday": ("2026-06-19 2026-06-26 2026-07-03 2026-07-09", "2026-07-17"),
    "a holiday on a Friday before": ("2026-06-19 2026-06-25 2026-07-03 2026-07-10", "2026-07-17"),
    "the first of a month": ("2026-04-01 2026-05-01 2026-06-01", "2026-07-01"),
    "a day that February has not": ("2025-11-30 2025-12-30 2026-01-30", "2026-02-28"),
    "every day": ("2026-07-08 2026-07-09 2026-07-10", "2026-07-11"),
    "twice a week": ("2026-06-26 2026-06-30 2026-07-03 2026-07-07 2026-07-10", "2026-07-13"),
    "two issues of a day": ("2026-07-03 2026-07-10 2026-07-10", "2026-07-17"),
    "over the end of a year": ("2026-12-18 2026-12-25", "2027-01-01"),
}


def test_next_day_keeps_the_rhythm() -> None:
    found = {name: str(next_day(map(dt.date.fromisoformat, days.split()))) for name, (days, _) in DAYS.items()}
    assert found == {name: expected for name, (_, expected) in DAYS.items()}
    assert next_day([]) is None


def following(*files: tuple[str, str], title: str | None = None, day: str = "2026-07-17") -> NextIssue:
    """The issue of a day after some files, the oldest first. Its file is read as what it was meant to be."""
    past = [PastIssue.of(path, text) for path, text in files]
    date = dt.date.fromisoformat(day)
    found = next_issue(past, date, folder="issues", title=title, unnamed=f"Neco ({day})")
    read = PastIssue.of(found.path, found.text("Text.\n"))
    assert (read.date, read.title, read.parts.flaw) == (date, found.title, None)
    assert read.number in (found.number, None)
    return found


PATHS = {
    "no issue": ([], "issues/2026/07/2026-07-17.md"),
    "folders of year and month": (["issues/2026/07/2026-07-10.md"], "issues/2026/07/2026-07-17.md"),
    "one folder": (["issues/2026-07-10.md"], "issues/2026-07-17.md"),
    "a folder of year and month": (["posts/2026-07/20260710.md"], "posts/2026-07/20260717.md"),
    "months without a zero": (["issues/2026/7/2026-7-10.md"], "issues/2026/7/2026-7-17.md"),
    "days of six digits": (["issues/260703-week.md", "issues/260710-week.md"], "issues/260717-week.md"),
    "a name for all": (["issues/weekly-2026-07-10.md"], "issues/weekly-2026-07-17.md"),
    "a word of its own": (["issues/2026-07-03-cgroup.md", "issues/2026-07-10-gateway.md"], "issues/2026-07-17.md"),
    "Japanese": (["issues/2026年7月10日.md"], "issues/2026年7月17日.md"),
    "newer folders": (
        [
            *("issues/2026-06-12.md", "issues/2026-06-19.md", "issues/2026-06-26.md"),
            *("issues/2026/2026-07-03.md", "issues/2026/2026-07-10.md"),
        ],
        "issues/2026/2026-07-17.md",
    ),
    "one that is otherwise": (
        ["issues/2026/2026-06-26.md", "issues/2026/2026-07-03.md", "issues/extra-2026-07-10.md"],
        "issues/2026/2026-07-17.md",
    ),
}


def test_path_has_the_shape_of_the_newest() -> None:
    found = {name: following(*((it, "# T") for it in paths)).path for name, (paths, _) in PATHS.items()}
    assert found == {name: expected for name, (_, expected) in PATHS.items()}


DATED = "---\ndate: {}\n---\n# {}\n"
NUMBERED = {
    "numbers in names": ["issues/vol-008.md", "issues/vol-009.md"],
    "names that say nothing": ["issues/cgroup.md", "issues/gateway.md"],
    "months and days": ["issues/2026/07-03.md", "issues/2026/07-10.md"],
    "days": ["issues/2026/07/03.md", "issues/2026/07/10.md"],
    "numbers": ["issues/8.md", "issues/9.md"],
}


def test_path_of_issues_whose_names_have_no_day() -> None:
    texts = [DATED.format(day, f"Weekly #{number}") for day, number in (("2026-07-03", 8), ("2026-07-10", 9))]
    found = {name: following(*zip(paths, texts, strict=True)).path for name, paths in NUMBERED.items()}
    assert found == {
        "numbers in names": "issues/vol-010.md",
        "names that say nothing": "issues/2026-07-17.md",
        "months and days": "issues/2026/07-17.md",
        "days": "issues/2026/07/17.md",
        "numbers": "issues/10.md",
    }


TITLES = {
    "no issue": ([], "Neco (2026-07-17)", None),
    "a day": (["Neco Weekly (2026-07-10号)"], "Neco Weekly (2026-07-17号)", None),
    "a day in words": (["週報 2026年7月10日"], "週報 2026年7月17日", None),
    "month and day": (["今週のネタ 7/3", "今週のネタ 7/10"], "今週のネタ 7/17", None),
    "a day of the week": (["週報 7/9（木）"], "週報 7/17（金）", None),
    "a month's name": (["Weekly, July 10, 2026"], "Weekly, July 17, 2026", None),
    "a month's name behind": (["Weekly 10 Jul 2026"], "Weekly 17 Jul 2026", None),
    "a number": (["Neco Weekly 第12回"], "Neco Weekly 第13回", 13),
    "both": (["Neco Weekly Vol.9 (2026-07-10)"], "Neco Weekly Vol.10 (2026-07-17)", 10),
    "a number and a subject": (["Weekly #8: cgroup v2", "Weekly #9: Gateway API"], "Weekly #10", 10),
    "a day and a subject": (["2026-07-03 cgroup v2", "2026-07-10 Gateway"], "2026-07-17", None),
    "a day in brackets and a subject": (
        ["Weekly (2026-07-03) cgroup", "Weekly (2026-07-10) Naps"],
        "Weekly (2026-07-17)",
        None,
    ),
    "subjects only": (["cgroup v2", "Gateway"], "Neco (2026-07-17)", None),
    "one that is otherwise": (["週報 6/26", "週報 7/3", "Kubernetes 1.36"], "週報 7/17", None),
    "a number that is a day's": (["#10 (7/10)"], "#11 (7/17)", 11),
    "a number before, and none in the newest": (["Weekly #8", "Gateway"], "Neco (2026-07-17)", 10),
}
LATEST = ("2026-06-26", "2026-07-03", "2026-07-10")


def test_title_has_the_form_of_the_newest() -> None:
    found = {}
    for name, (titles, _, _) in TITLES.items():
        days = LATEST[-len(titles) :] if titles else ()
        days = ("2026-07-09",) if "木" in "".join(titles) else days
        issue = following(*((f"issues/{day}.md", f"# {it}") for day, it in zip(days, titles, strict=True)))
        found[name] = (issue.title, issue.number)
    assert found == {name: (title, number) for name, (_, title, number) in TITLES.items()}


ZEROS = {
    "2026年12月25日": "2027年1月1日",
    "2026-12-25": "2027-01-01",
    "2026/12/25": "2027/01/01",
    "12/25": "01/01",
    "20261225": "20270101",
}


def test_zeros_are_written_where_they_are_usual() -> None:
    before, after = dt.date(2026, 12, 25), dt.date(2027, 1, 1)
    assert {it: filled(form_of(it, before, None), after, 0) for it in ZEROS} == ZEROS


FRONT = {
    "none": ("", "# T\n"),
    "a day": ("---\ndate: 2026-07-10\n---\n", "---\ndate: 2026-07-17\n---\n\n# T\n"),
    "a time": ('---\ndate: "2026-07-10T18:00:00+09:00"\n---\n', '---\ndate: "2026-07-17T18:00:00+09:00"\n---\n\n# T\n'),
    "Zenn": (
        '---\ntitle: "S"\nemoji: "🐱"\npublished: true\npublished_at: 2026-07-10 08:00\n---\n',
        '---\ntitle: "T"\npublished: false\npublished_at: 2026-07-17 08:00\n---\n\n# T\n',
    ),
    "Material's blog": (
        "---\ndate:\n  created: 2026-07-10\n  updated: 2026-07-12\ncategories: [a]\n---\n",
        "---\ndate:\n  created: 2026-07-17\n---\n\n# T\n",
    ),
    "Hugo": ('+++\ntitle = "S"\ndraft = false\n+++\n', '+++\ntitle = "T"\ndraft = true\n+++\n\n# T\n'),
    "lines": ("Title: S\nDate: 2026-07-10\n\n", "Title: T\nDate: 2026-07-17\n\n# T\n"),
    "of RFC 822": (
        "---\ndate: Thu, 09 Jul 2026 18:00 +0900\n---\n",
        "---\ndate: Fri, 17 Jul 2026 18:00 +0900\n---\n\n# T\n",
    ),
    "a day that cannot be told": ("---\ndate: 2026-07-09T23:00:00Z\n---\n", "---\ndate: 2026-07-17\n---\n\n# T\n"),
    "what is the newest's own": ("---\ndescription: a\ntags: [b]\n---\n", "# T\n"),
    "a number": ("---\nnumber: 7\n---\n", "---\nnumber: 8\n---\n\n# T\n"),
    "unreadable": ("---\ndate: [\n---\n", "# T\n"),
}


def test_front_matter_is_that_of_the_newest() -> None:
    body = "# S (2026-07-10)\n\nText.\n"
    found = {
        name: following(("issues/2026-07-10.md", f"{front}{body}"), title="T").text()
        for name, (front, _) in FRONT.items()
    }
    assert found == {name: expected for name, (_, expected) in FRONT.items()}


def test_what_two_issues_say_alike_stays() -> None:
    files = [
        (f"issues/{day}.md", f"---\nauthor: Neco\ntags: [{tag}]\nslug: weekly-{day}\n---\n# S ({day})\n")
        for day, tag in (("2026-07-03", "a"), ("2026-07-10", "b"))
    ]
    assert following(*files).text() == "---\nauthor: Neco\nslug: weekly-2026-07-17\n---\n\n# S (2026-07-17)\n"


@pytest.mark.parametrize("draft", ["draft: true", "Draft: yes", "published: false"])
def test_draft_that_is_there_says_how_drafts_are_marked(draft: str) -> None:
    public = ("issues/2026-07-10.md", "# S (2026-07-10)\n")
    held = ("issues/2026-07-03.md", f"---\n{draft}\n---\n# S (2026-07-03)\n")
    expected = draft.replace("yes", "true")
    assert following(held, public).text() == f"---\n{expected}\n---\n\n# S (2026-07-17)\n"


def test_old_draft_says_so_and_an_old_public_issue_does_not() -> None:
    newest = [(f"issues/2026-0{month}-10.md", f"# S (2026-0{month}-10)\n") for month in range(1, 8)]
    old = ("issues/2025-12-10.md", "---\ndraft: {}\n---\n# S (2025-12-10)\n")
    texts = [following((old[0], old[1].format(word)), *newest).text() for word in ("true", "false")]
    assert [text.startswith("---\ndraft: true\n---\n") for text in texts] == [True, False]


def test_title_of_front_matter_alone_stands_there_alone() -> None:
    file = ("issues/2026-07-10.md", "---\ntitle: 'S: 2026-07-10'\n---\nText.\n")
    assert following(file).text("Body.\n") == "---\ntitle: 'S: 2026-07-17'\n---\n\nBody.\n"


AWKWARD = ("It's: a #title", "- [x] {y}", "yes", "'quoted'", '"quoted"', "2026-07-17", "日本語: テスト")


@pytest.mark.parametrize("sign", ['"S"', "'S'", "S"])
def test_a_title_is_read_as_it_was_meant(sign: str) -> None:
    file = ("issues/2026-07-10.md", f"---\ntitle: {sign}\n---\nText.\n")
    texts = {it: following(file, title=it).text("x") for it in AWKWARD}
    assert {it: str(take_apart(text).meta["title"]) for it, text in texts.items()} == {it: it for it in AWKWARD}


def test_day_is_written_down_where_nothing_else_tells_it() -> None:
    file = ("issues/gateway.md", "---\ndate: 2026-07-10\n---\n# Gateway\n")
    unnamed = following(file, ("issues/other.md", "# Undated\n"), title="T")
    assert (unnamed.path, issue_date(take_apart(unnamed.text()).meta, "", "")) == (
        "issues/2026-07-17.md",
        dt.date(2026, 7, 17),
    )
