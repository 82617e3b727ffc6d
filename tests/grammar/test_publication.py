"""Which issues are public: every mark, however it is spelt; what nobody can read holds back."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.publication import is_draft, why_held_back

TODAY = dt.date(2026, 2, 5)

PUBLIC = {
    "nothing said": "title: 題",
    "draft: false": "draft: false",
    "a word": 'draft: "No"',
    "published": "published: true",
    "published: yes": "Published: yes",
    "a past moment": "published_at: 2026-02-05 23:59",
    "today in Japan, yesterday in UTC": "published_at: 2026-02-04T20:00:00Z",
    "no moment yet": "published_at:",
    "published as a day": "published: 2026-02-05",
    "a future date alone": "date: 2999-01-01",
    "another key": "drafted: true\nis_draft: true\nnested:\n  draft: true",
}

HELD = {
    "draft": ("title: 題\ndraft: true", "held-back", "draft: true", 3),
    "Draft": ("Draft: TRUE", "held-back", "Draft: true", 2),
    "DRAFT": ('DRAFT: "true"', "held-back", "DRAFT: true", 2),
    "quoted key": ('"draft": on', "held-back", "draft: true", 2),
    "yes": ("draft: yes", "held-back", "draft: true", 2),
    "one": ("draft: 1", "held-back", "draft: 1", 2),
    "full width": ("draft: ｔｒｕｅ", "held-back-unclear", "draft: ｔｒｕｅ", 2),
    "published": ("published: false", "held-back", "published: false", 2),
    "Published: off": ("Published: off", "held-back", "Published: false", 2),
    "both, of which one holds back": ("draft: false\npublished: false", "held-back", "published: false", 3),
    "words": ("draft: yes please", "held-back-unclear", "draft: yes please", 2),
    "nothing": ("draft:", "held-back-unclear", "draft:", 2),
    "a list": ("draft: [true]", "held-back-unclear", "draft:", 2),
    "maybe": ("published: maybe", "held-back-unclear", "published: maybe", 2),
    "published: nothing": ("published:", "held-back-unclear", "published:", 2),
    "tomorrow": ("published_at: 2026-02-06", "held-back-until", "2026-02-06", 2),
    "as Zenn has it": ("published: true\npublished_at: 2026-12-01 09:00", "held-back-until", "2026-12-01", 3),
    "tomorrow in Japan, today in UTC": ("published_at: 2026-02-05T15:00:00Z", "held-back-until", "2026-02-06", 2),
    "another spelling": ("publishedAt: 2026-02-06", "held-back-until", "2026-02-06", 2),
    "as Hugo has it": ("publishDate: 2026-02-06", "held-back-until", "2026-02-06", 2),
    "published as a day to come": ("published: 2026-02-06", "held-back-until", "2026-02-06", 2),
    "some day": ("published_at: そのうち", "held-back-unclear", "published_at: そのうち", 2),
    "broken": ("title: a: b", "broken-front-matter", "mapping values are not allowed in this context", 2),
}


@pytest.mark.parametrize("said", PUBLIC.values(), ids=PUBLIC)
def test_an_issue_is_public(said: str) -> None:
    assert why_held_back(take_apart(f"---\n{said}\n---\n文\n"), TODAY) is None


@pytest.mark.parametrize(("said", "code", "detail", "line"), HELD.values(), ids=HELD)
def test_an_issue_is_held_back(said: str, code: str, detail: str, line: int) -> None:
    hold = why_held_back(take_apart(f"---\n{said}\n---\n文\n"), TODAY)
    assert hold
    assert (hold.code, hold.detail, hold.line) == (code, detail, line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("+++\ntitle = '題'\ndraft = true\n+++\n文", 3, id="TOML"),
        pytest.param("title: 題\ndraft: true\n\n文", 2, id="lines without marks"),
        pytest.param("published: false\n\n文", 1, id="a line without marks"),
        pytest.param("\n\n---\ndraft: true\n---\n文", 4, id="below an empty line"),
        pytest.param("\ufeff---\ndraft: true\n---\n文", 2, id="behind a second byte order mark"),
        pytest.param(" \u3000\n ---\ndraft: true\n---\n文", 3, id="below and behind white space"),
        pytest.param("\n+++\ndraft = true\n+++\n文", 3, id="TOML below an empty line"),
    ],
)
def test_a_mark_is_found_wherever_front_matter_stands(text: str, line: int) -> None:
    hold = why_held_back(take_apart(text), TODAY)
    assert hold
    assert (hold.code, hold.line) == ("held-back", line)


@pytest.mark.parametrize(
    "text",
    [
        "---\ndraft: true\n\n文",
        "---\ndraft: true\n---",
        "+++\ndraft = true\n\n文",
        "+++\ndraft = yes\n+++\n文",
        "---\n- draft: true\n---\n文",
        "\n---\ndraft: true\ntitle: a: b\n---\n文\n",
    ],
)
def test_front_matter_that_cannot_be_read_holds_back(text: str) -> None:
    hold = why_held_back(take_apart(text), TODAY)
    assert hold
    assert hold.code == "broken-front-matter"


@pytest.mark.parametrize(
    "text", ["", "\n\n", " \t\u3000\n", "\ufeff", "<!-- あとで\n\n書く -->\n", "<!-- 閉じない", "---\ntitle: 題\n---\n"]
)
def test_an_issue_without_text_is_none(text: str) -> None:
    hold = why_held_back(take_apart(text), TODAY)
    assert hold
    assert hold.code == "empty-issue"


@pytest.mark.parametrize("text", ["# 題", "![](a.png)", "---\n\n文", "<!-- a --> 文", "https://example.com/"])
def test_an_issue_with_text_is_one(text: str) -> None:
    assert why_held_back(take_apart(text), TODAY) is None


def test_whether_a_page_is_a_draft_does_not_depend_on_the_day() -> None:
    assert is_draft({"draft": "true"})
    assert is_draft({"Published": False})
    assert is_draft({"draft": "maybe"})
    assert not is_draft({"published_at": "2999-01-01", "draft": False})
    assert not is_draft({})
