"""An issue's file: its text, its front matter as MkDocs reads it, its date and its number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.meta import get_data
from neco_weekly.grammar.front_matter import Flaw, take_apart
from neco_weekly.grammar.issue_dates import issue_date, issue_number, read_day
from neco_weekly.grammar.issue_files import is_issue, read_issue_text
from neco_weekly.model.errors import NecoError

from tests.guards import coming_to_an_end
from tests.lengthy import FRONT_MATTER, LONG, Lengthy

DAY = dt.date(2022, 8, 26)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("issues/2022/08/2022-08-26.md", True),
        ("issues/a.md", True),
        ("issues/2022/index.html", False),
        ("issues/index.md", False),
        ("issues/2022/index.md", False),
        ("issues/README.md", False),
        ("issues/2022/08/picture.png", False),
        ("issues.md", False),
        ("issues-old/a.md", False),
        ("about/issues/a.md", False),
        ("a.md", False),
    ],
)
def test_is_issue(path: str, expected: bool) -> None:
    assert is_issue(path, "issues") is expected


def test_the_issues_folder_may_be_deeper() -> None:
    assert is_issue("notes/weekly/a.md", "notes/weekly")
    assert not is_issue("notes/a.md", "notes/weekly")


# --- reading ------------------------------------------------------------------------------------------------------

TEXT = "# 題\n\n今週の KEP です。\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="byte order mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="CR"),
    ],
)
def test_text_is_the_same_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    assert read_issue_text(file, "docs/issues/a.md") == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            TEXT.encode("cp932"),
            "docs/issues/a.md:1: is not UTF-8 (byte 0x91), it looks like Shift_JIS; save the file as UTF-8",
            id="Shift_JIS",
        ),
        pytest.param(
            ("# KEP\n\n" + TEXT).encode("euc_jp"),
            "docs/issues/a.md:3: is not UTF-8 (byte 0xc2), it looks like EUC-JP; save the file as UTF-8",
            id="EUC-JP",
        ),
        pytest.param(
            b"# KEP\n\x81 \n",
            "docs/issues/a.md:2: is not UTF-8 (byte 0x81); save the file as UTF-8",
            id="nothing known",
        ),
        pytest.param(
            b"\xef\xbb\xbf# KEP\n\n\n\x81 \n",
            "docs/issues/a.md:4: is not UTF-8 (byte 0x81); save the file as UTF-8",
            id="broken behind a byte order mark",
        ),
        pytest.param(
            b"# KEP\r\n\r\na\0b\r\n",
            "docs/issues/a.md:3: holds a NUL byte; remove it, the file must be plain text",
            id="NUL",
        ),
        pytest.param(
            TEXT.encode("utf-16"),
            "docs/issues/a.md:1: holds a NUL byte; remove it, the file must be plain text",
            id="UTF-16",
        ),
    ],
)
def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path, data: bytes, message: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    with pytest.raises(NecoError) as error:
        read_issue_text(file, "docs/issues/a.md")
    assert str(error.value) == message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NecoError, match=r"^docs/issues/a\.md: cannot be read \(No such file or directory\)"):
        read_issue_text(tmp_path / "a.md", "docs/issues/a.md")


# --- front matter -------------------------------------------------------------------------------------------------

SOUND = {
    "none": "# 題\n\n本文\n",
    "front matter": "---\ntitle: 題\ndate: 2022-08-26\n---\n# 題\n",
    "front matter and empty lines": "---\ntitle: 題\n---\n\n\n# 題\n",
    "front matter ended by dots": "---\ntitle: 題\n...\n# 題\n",
    "spaces behind the marks": "---  \ntitle: 題\n--- \t\n# 題\n",
    "front matter alone": "---\ntitle: 題\n---\n",
    "comment in front matter": "---\n# comment\ntitle: 題\n---\n# 題\n",
    "tags": "---\ntags:\n  - a\n  - b\n---\n本文",
    "colon in quotes": '---\ntitle: "a: b"\n---\n本文',
    "leading empty lines": "\n\n# 題\n",
    "leading space": " \n# 題\n",
    "thematic break": "---\n\n本文\n",
    "two thematic breaks": "---\n\n本文\n\n---\n\n本文\n",
    "two thematic breaks and nothing": "---\n\n---\n# 題\n",
    "metadata lines": "title: 題\ndate: 2022-08-26\n\n# 題\n",
    "metadata lines and empty lines": "title: 題\n\n\n\n# 題\n",
    "metadata and text": "title: 題\n# 題\n",
    "metadata, indented": "  Title: 題\n\n本文\n",
    "metadata twice": "tags: a\ntags: b\n\n本文\n",
    "metadata twice, nothing behind": "title: a\ntitle: b",
    "metadata going on": "title: 長い\n    題\n\n本文\n",
    "metadata going on with a tab": "title: 長い\n\t題\n本文\n",
    "metadata and a line of spaces": "title: 題\n     \n    本文\n",
    "metadata with an empty value": "title:\n\n本文\n",
    "metadata alone": "title: 題\n",
    "empty": "",
    "only empty lines": "\n\n\n",
}

FLAWED: dict[str, tuple[str, Flaw, int, str]] = {
    "two colons": ("---\ntitle: a: b\n---\n# 題\n", "broken-front-matter", 2, "mapping values are not allowed"),
    "broken further down": (
        "---\ntitle: a\ndate: 2022-08-26\ntags: [a\n---\n# 題\n",
        "broken-front-matter",
        5,
        "",
    ),
    "date that is none": ("---\ndate: 2022-13-45\n---\n# 題\n", "broken-front-matter", 2, "month must be in 1..12"),
    "list": ("---\n- a\n- b\n---\n# 題\n", "broken-front-matter", 2, "it is not a list of `key: value`"),
    "text": ("---\nKEP の話\n---\n# 題\n", "broken-front-matter", 2, "it is not a list of `key: value`"),
    "only a comment": ("---\n# title: 題\n---\n本文\n", "broken-front-matter", 2, "it is empty"),
    "not closed": ("---\ntitle: 題\n\n# 題\n", "broken-front-matter", 1, "its closing mark is missing"),
    "closed at the end of the file": (
        "---\ntitle: 題\n---",
        "broken-front-matter",
        1,
        "its closing mark is missing, or nothing follows it",
    ),
    "control character": ("---\ntitle: 題\ntags: a\x07b\n---\n", "broken-front-matter", 3, "control characters"),
    "tag without a value": ("---\ntitle: !!int ''\n---\n本文\n", "broken-front-matter", 2, "string index out of range"),
    "a KEP as metadata": ("KEP-1234: 新機能\n\n本文\n", "swallowed-first-line", 1, "KEP-1234: 新機能"),
    "an address as metadata": ("https://example.com/\n本文\n", "swallowed-first-line", 1, "https://example.com/"),
    "a note as metadata": ("Note: 今週は短いです。\n", "swallowed-first-line", 1, "Note: 今週は短いです。"),
    "a KEP after metadata": ("title: 題\nKEP-1234: 新機能\n", "swallowed-first-line", 2, "KEP-1234: 新機能"),
    "a KEP twice": ("title: 題\ntitle: 題\nKEP-1: a\nKEP-1: b\n", "swallowed-first-line", 3, "KEP-1: a"),
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_sound_front_matter_has_no_flaw(text: str) -> None:
    assert take_apart(text).flaw is None


@pytest.mark.parametrize(("text", "flaw", "line", "detail"), FLAWED.values(), ids=FLAWED)
def test_flaws_are_named_with_their_line(text: str, flaw: Flaw, line: int, detail: str) -> None:
    parts = take_apart(text)
    assert (parts.flaw, parts.flaw_line) == (flaw, line)
    assert parts.flaw_detail.startswith(detail)
    assert "\n" not in parts.flaw_detail


def test_front_matter_nested_too_deeply_is_broken() -> None:
    text = f"---\ntitle: {'[' * 2000}{']' * 2000}\n---\n本文\n"
    parts = take_apart(text)
    assert parts.flaw in ("broken-front-matter", None)  # PyYAML's two parsers differ in how deep they go


ALL = {**SOUND, **{name: flawed[0] for name, flawed in FLAWED.items()}}


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_a_file_is_taken_apart_as_mkdocs_does_it(text: str) -> None:
    body, meta = get_data(text)
    parts = take_apart(text)
    assert parts.body == body
    assert dict(parts.meta) == meta


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_the_body_begins_at_its_line(text: str) -> None:
    parts = take_apart(text)
    assert "\n".join(text.split("\n")[parts.body_line - 1 :]) == parts.body


@pytest.mark.parametrize("hostile", [pytest.param(it, id=it.name) for it in FRONT_MATTER])
def test_long_front_matter_comes_to_an_end(hostile: Lengthy) -> None:
    with coming_to_an_end(hostile.name):
        hostile.work(hostile.text(LONG))


# --- date ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "meta",
    [
        pytest.param({"date": DAY}, id="date"),
        pytest.param({"date": dt.datetime(2022, 8, 26, 23, 59)}, id="date and time"),  # noqa: DTZ001 (as YAML gives it)
        pytest.param({"date": dt.datetime(2022, 8, 26, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))}, id="zone"),
        pytest.param({"date": "2022-08-26"}, id="text"),
        pytest.param({"date": "2022/8/26"}, id="slashes"),
        pytest.param({"date": "2022.08.26"}, id="dots"),
        pytest.param({"date": "2022年8月26日"}, id="Japanese"),
        pytest.param({"date": "2022-08-26号"}, id="words behind"),
    ],
)
def test_front_matter_gives_the_date_first(meta: dict[str, Any]) -> None:
    assert issue_date(meta, "issues/2020-01-01.md", "Weekly (2021-02-03号)") == DAY


@pytest.mark.parametrize(
    "path",
    [
        "issues/2022/08/2022-08-26.md",
        "issues/2022-08-26-kubernetes.md",
        "issues/weekly-2022-08-26.md",
        "issues/20220826.md",
        "issues/weekly-20220826.md",
        "issues/220826-kubernetes.md",
        "issues/2022-13-45_2022-08-26.md",
    ],
)
@pytest.mark.parametrize("meta", [{}, {"date": None}, {"date": "未定"}, {"date": "2022-13-45"}, {"date": 20220101}])
def test_then_the_file_s_name(path: str, meta: dict[str, Any]) -> None:
    assert issue_date(meta, path, "Weekly (2021-02-03号)") == DAY


@pytest.mark.parametrize(
    "title",
    [
        "Neco Weekly (2022-08-26号)",
        "Neco Weekly 2022/8/26",
        "2022年8月26日の Neco Weekly",
        "2022年 8月 26日号",
        "1.25 と 2022.08.26",
        "2022-02-30 ではなく 2022-08-26",
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        *("issues/kubernetes-1.25.md", "issues/2022-13-45.md", "issues/2021-02-03/a.md"),
        *("issues/220826.md", "issues/v-220826-a.md", "issues/990826-a.md", "issues/221326-a.md"),
    ],
)
def test_then_the_title(path: str, title: str) -> None:
    assert issue_date({}, path, title) == DAY


@pytest.mark.parametrize("title", ["Neco Weekly", "12022-08-26", "2022-08-261", "v1.25.0", "2022-08"])
def test_no_date_is_none(title: str) -> None:
    assert issue_date({}, "issues/weekly.md", title) is None


# --- number -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meta", "title", "body", "number"),
    [
        pytest.param({"number": 5}, "第6回", "第7回", 5, id="front matter"),
        pytest.param({"number": "5"}, "第6回", "", 5, id="front matter as text"),
        pytest.param({"number": True}, "第6回", "", 6, id="true is no number"),
        pytest.param({"number": "five"}, "第6回", "", 6, id="a word is no number"),
        pytest.param({}, "Neco Weekly 第5回", "第7回", 5, id="title"),
        pytest.param({}, "Neco Weekly 第 5 号", "", 5, id="title with spaces"),
        pytest.param({}, "Neco Weekly", "今回は第5回目の記事となります。\n\n## 題\n", 5, id="opening"),
        pytest.param({}, "Neco Weekly", "# 題\n\n第５回\n", 5, id="full-width digits"),
        pytest.param({}, "Neco Weekly", "# 題\n\n## 第5回 KubeCon\n", None, id="a section's words are no number"),
        pytest.param({}, "Neco Weekly", "# 題\n\n## 題\n\n第5回\n", None, id="nor is its text"),
        pytest.param({}, "Neco Weekly", "第5章\n", None, id="other counters"),
        pytest.param({}, "Neco Weekly", "", None, id="nothing"),
    ],
)
def test_issue_number(meta: dict[str, Any], title: str, body: str, number: int | None) -> None:
    assert issue_number(meta, title, body) == number


# --- the day in Tokyo ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param(dt.datetime(2026, 2, 5, 20, tzinfo=dt.UTC), "2026-02-06", id="UTC"),
        pytest.param(dt.datetime(2026, 2, 5, 20), "2026-02-05", id="no zone is Tokyo"),  # noqa: DTZ001
        pytest.param("2026-02-05T20:00:00Z", "2026-02-06", id="UTC in quotes"),
        pytest.param("2026-02-05T20:00:00.123Z", "2026-02-06", id="with a fraction"),
        pytest.param("2026-02-05 20:00", "2026-02-05", id="as Zenn writes it"),
        pytest.param("2026-02-05T20:00:00+09:00", "2026-02-05", id="Japan"),
        pytest.param("2026-02-05T20:00-0800", "2026-02-06", id="California"),
        pytest.param("2026-02-06T01:00+10:30", "2026-02-05", id="Lord Howe"),
        pytest.param("2026-02-05T20:00+99:00", "2026-02-05", id="no zone on earth"),
        pytest.param("2026-02-05T25:00Z", "2026-02-05", id="no time of day"),
        pytest.param("Thu, 05 Feb 2026 20:00:00 GMT", "2026-02-06", id="RFC 822"),
        pytest.param("Thu, 05 Feb 2026 20:00:00 +0900", "2026-02-05", id="RFC 822 in Japan"),
        pytest.param("Thu, 05 Feb 2026", "2026-02-05", id="RFC 822 without a time"),
        pytest.param("5 February 2026", "2026-02-05", id="a month in full"),
        pytest.param("2026/02/05", "2026-02-05", id="slashes"),
        pytest.param("2026年2月5日", "2026-02-05", id="Japanese"),
        pytest.param("2026年2月5日 20:00 JST", "2026-02-05", id="Japanese with a time"),
        pytest.param({"created": dt.date(2026, 2, 5), "updated": dt.date(2026, 3, 1)}, "2026-02-05", id="created"),
        pytest.param({"created": "2026-02-05T20:00:00Z"}, "2026-02-06", id="created in UTC"),
        pytest.param(dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC), "9999-12-31", id="the end of time"),
        pytest.param("05 Foo 2026", None, id="no month"),
        pytest.param({"updated": "2026-02-05"}, None, id="updated alone"),
        pytest.param(20260205, None, id="a number"),
        pytest.param([dt.date(2026, 2, 5)], None, id="a list"),
    ],
)
def test_the_day_is_that_of_tokyo(value: object, day: str | None) -> None:
    expected = dt.date.fromisoformat(day) if day else None
    assert read_day(value) == expected
    assert issue_date({"date": value}, "issues/a.md", "") == expected
    assert issue_date({"published_at": value}, "issues/a.md", "") == expected


def test_yaml_and_toml_give_the_same_day() -> None:
    for text in ("---\ndate: 2026-02-05T20:00:00Z\n---\n文", "+++\ndate = 2026-02-05T20:00:00Z\n+++\n文"):
        assert issue_date(take_apart(text).meta, "issues/a.md", "") == dt.date(2026, 2, 6)


@pytest.mark.parametrize(
    "meta",
    [
        {"date": "2022-08-26", "published_at": "2021-01-01"},
        {"Date": "2022-08-26"},
        {"date": "未定", "published_at": "2022-08-26 09:00"},
        {"publishDate": "2022-08-26"},
        {"published": DAY},
        {"pubDate": "Fri, 26 Aug 2022 00:00:00 +0900"},
        {"created_at": "2022-08-26", "updated_at": "2023-01-01"},
    ],
)
def test_the_first_key_that_has_a_day_counts(meta: dict[str, Any]) -> None:
    assert issue_date(meta, "issues/2020-01-01.md", "Weekly (2021-02-03号)") == DAY


@pytest.mark.parametrize(
    "name",
    [
        "weekly-2022-08-26-foo",
        "20220826-foo",
        "foo_20220826",
        "2022_08_26",
        "2022.8.26-foo",
        "k8s-1.25-2022-8-26",
        "2022年8月26日号",
    ],
)
def test_a_day_inside_the_file_s_name(name: str) -> None:
    assert issue_date({}, f"issues/{name}.md", "Weekly (2021-02-03号)") == DAY


@pytest.mark.parametrize("name", ["12345678", "1-2-3", "2022-08_26", "a2022-08-261", "9a0b20229826c", "v1.25.2022"])
def test_digits_in_a_name_that_are_no_day(name: str) -> None:
    assert issue_date({}, f"issues/{name}.md", "") is None


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Neco Weekly #5", 5),
        ("Neco Weekly #5: KubeCon", 5),
        ("Neco Weekly #5（2026-02-05）", 5),
        ("Weekly #12 - 題", 12),
        ("【#5】Weekly", 5),
        ("Weekly Vol.5", 5),
        ("Weekly vol. 12 題", 12),
        ("Weekly No.5", 5),
        ("Weekly ＃5", None),
        ("KEP #127", None),
        ("KEP-127 #127 が beta", None),
        ("Kubernetes 1.36 の issue #127", None),
        ("Vol.1.36", None),
        ("C#5", None),
        ("&#5", None),
        ("第5回 #6 Vol.7", 5),
    ],
)
def test_the_number_in_a_title(title: str, number: int | None) -> None:
    assert issue_number({}, title, "") == number


@pytest.mark.parametrize("number", [-1, 100_000, 10**4000, "9" * 5000, 1.5, [5]])
def test_a_number_that_is_none(number: object) -> None:
    assert issue_number({"number": number}, "Weekly #5", "") == 5
