"""`neco new` after the team's own pattern, and with what happened since the last issue in a comment."""

from __future__ import annotations

import pytest

from tests.hosts.test_cli import folder as folder  # noqa: PLC0414 (a fixture)
from tests.hosts.test_cli import neco
from tests.hosts.test_cli_digest import ALL, site
from tests.sites import Folder, issue_path

PATTERN = "docs/_templates/issue.md"
NEXT = issue_path("2026-04-24")
"""The issue after those of 2026-04-10 and 2026-04-17."""

DAY = "1776988800"
"""2026-04-24 in Tokyo, in seconds since 1970."""

NAMES = "a pattern of issues has {{ title }}, {{ date }}, {{ number }}, {{ digest }}, {{ draft }}"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def written(folder: Folder, pattern: str, *arguments: str) -> str:
    """The text of the next issue after a pattern, in a site that has no lock."""
    folder.issue("2026-04-10", "Text.", title="Weekly #3")
    folder.issue("2026-04-17", "Text.", title="Weekly #4")
    folder.write(PATTERN, pattern)
    done = neco(folder, "new", *arguments)
    assert (done.status, done.out, done.error) == (0, f"{NEXT}\n", "")
    return (folder.root / NEXT).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("# {{ title }}\n\n## 今週\n\n- \n", "# Weekly #5\n\n## 今週\n\n- \n"),
        ("## 今週\n", "# Weekly #5\n\n## 今週\n"),
        ("# 第{{ number }}号 {{ date.month }}月{{ date.day }}日\n", "# 第5号 4月24日\n"),
        (
            "---\ndate: {{ date }}\ntags: [k8s]\n---\n\n# 便り\n",
            "---\ndate: 2026-04-24\ntags: [k8s]\n---\n\n# 便り\n",
        ),
        ("---\ntags: [k8s]\n---\n\n## 今週\n", "---\ntags: [k8s]\n---\n\n# Weekly #5\n\n## 今週\n"),
        ("---\ntitle: '{{ title }}'\n---\n\n## 今週\n", "---\ntitle: 'Weekly #5'\n---\n\n## 今週\n"),
        ("", "# Weekly #5\n"),
        ("## {% raw %}`{{ x }}`{% endraw %}\n", "# Weekly #5\n\n## `{{ x }}`\n"),
        ("{% if number > 9 %}# Many{% else %}# Few{% endif %}\n", "# Few\n"),
    ],
    ids=["title", "no title", "own words", "front matter", "no title in it", "title in it", "empty", "raw", "choice"],
)
def test_the_next_issue_is_written_after_the_pattern(folder: Folder, pattern: str, expected: str) -> None:
    assert written(folder, pattern) == expected
    assert neco(folder, "check").status == 0


def test_front_matter_of_the_series_stays_where_the_pattern_has_none(folder: Folder) -> None:
    for day in ("2026-04-10", "2026-04-17"):
        folder.write(issue_path(day), f"---\nauthors: [neco]\n---\n\n# Weekly ({day})\n\nText.\n")
    folder.write(PATTERN, "## 今週\n")
    neco(folder, "new")
    text = (folder.root / NEXT).read_text(encoding="utf-8")
    assert text == "---\nauthors: [neco]\n---\n\n# Weekly (2026-04-24)\n\n## 今週\n"


def test_a_named_title_stands_where_the_pattern_has_the_title(folder: Folder) -> None:
    assert written(folder, "# {{ title }}!\n", "--title", "Naps") == "# Naps!\n"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("# {{ title }}\n\n{% if %}\n", f"{PATTERN}:3: Expected an expression, got 'end of statement block'"),
        ("# x\n\n{{ titel }}\n", f"{PATTERN}:3: 'titel' is undefined"),
        ("# x\n\n\n{{ date.strftime(1) }}\n", f"{PATTERN}:4: "),
        ("# x\n{{ ''.__class__.__mro__ }}\n", f"{PATTERN}:2: access to attribute '__class__' of"),
        ("---\ndate: 2020-01-01\n---\n\n# x\n", f"{PATTERN}: its front matter has another day; write `date: {{{{ date"),
        (b"\xff\xfe\x00", f"{PATTERN}"),
    ],
    ids=["syntax", "unknown name", "wrong call", "hostile", "another day", "no text"],
)
def test_a_pattern_that_cannot_be_used_writes_nothing(folder: Folder, pattern: str | bytes, expected: str) -> None:
    folder.issue("2026-04-17", "Text.")
    folder.write(PATTERN, pattern)
    done = neco(folder, "new")
    assert (done.status, done.out) == (2, "")
    assert done.error.startswith(f"Error: {expected}")
    assert not (folder.root / NEXT).exists()


def test_a_sentence_of_error_names_what_a_pattern_may_say(folder: Folder) -> None:
    folder.write(PATTERN, "{{ titel }}")
    assert NAMES in neco(folder, "new").error


def test_a_title_that_the_pattern_would_lose_is_refused(folder: Folder) -> None:
    folder.write(PATTERN, "# Always\n")
    done = neco(folder, "new", "--title", "Naps")
    assert done.error == (
        f"Error: {PATTERN}: has a title of its own; write {{{{ title }}}} there, or leave out --title\n"
    )


# --- the digest ---------------------------------------------------------------------------------------------------


def digest_of(folder: Folder) -> str:
    """The digest as `neco digest` prints it."""
    return neco(folder, "digest").out.rstrip("\n")


@pytest.mark.parametrize(
    ("pattern", "before", "behind"),
    [
        (None, "# Neco Weekly (2026-04-24号)\n\n", "\n"),
        ("## 今週\n", "# Neco Weekly (2026-04-24号)\n\n## 今週\n\n", "\n"),
        ("# x\n\n{{ digest }}\n\n## 今週\n", "# x\n\n", "\n\n## 今週\n"),
    ],
    ids=["no pattern", "at the end", "where the pattern says"],
)
def test_what_happened_since_the_last_issue_stands_in_a_comment(
    folder: Folder, pattern: str | None, before: str, behind: str
) -> None:
    site(folder, *ALL)
    if pattern is not None:
        folder.write(PATTERN, pattern)
    told = digest_of(folder)
    assert "KEP-127" in told
    assert neco(folder, "new").error == ""
    text = (folder.root / NEXT).read_text(encoding="utf-8")
    assert text.startswith(f"{before}<!-- neco digest\n")
    assert text.endswith(f"\n{told}\n-->{behind}")
    assert text.count("<!--") == 1


def test_the_comment_is_for_the_writer_alone(folder: Folder) -> None:
    site(folder, *ALL)
    neco(folder, "new")
    built = folder.build(strict=True)
    page = built.issue("2026-04-24").select_one("article")
    assert page
    assert "128" not in page.get_text()
    assert "128" not in built.text("issues/2026/04/2026-04-24/index.md")


def test_without_a_digest(folder: Folder) -> None:
    site(folder, *ALL)
    neco(folder, "new", "--no-digest")
    assert (folder.root / NEXT).read_text(encoding="utf-8") == "# Neco Weekly (2026-04-24号)\n"


def test_a_lock_that_is_older_than_the_last_issue_has_no_digest(folder: Folder) -> None:
    site(folder, *ALL, day="2026-04-17")
    done = neco(folder, "new")
    assert done.error == "The lock knows nothing later than 2026-04-17: for a digest run `neco refresh` before.\n"
    assert "<!--" not in (folder.root / NEXT).read_text(encoding="utf-8")


def test_a_release_and_a_digest_stand_beside_each_other(folder: Folder) -> None:
    site(folder, *ALL)
    folder.write(PATTERN, "# {{ title }}\n\n## 今週\n")
    told = digest_of(folder)
    assert neco(folder, "new", "--release", "1.36").status == 0
    text = (folder.root / NEXT).read_text(encoding="utf-8")
    assert text.index("## 今週") < text.index("neco new --release 1.36") < text.index(told)
    assert neco(folder, "check").status == 0
