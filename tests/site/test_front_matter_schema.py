"""The schema of front matter: what our issues say is as it says, and a mistake is not."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.front_matter_values import authors_of, places_of, tags_of
from neco_weekly.grammar.issue_dates import issue_date, issue_number
from neco_weekly.grammar.publication import why_held_back
from neco_weekly.site.pages.schema_files import schemas

from tests.sites import PROJECT

SCHEMA: dict[str, Any] = json.loads(
    files("neco_weekly.site").joinpath("schemas", "front-matter.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
DAY = dt.date(2026, 7, 10)


def meta(front: str) -> dict[str, Any]:
    """Front matter as an editor has it, in which a day is a text."""
    parts = take_apart(f"---\n{front}\n---\n文\n")
    assert parts.flaw is None
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in parts.meta.items()}


RIGHT = (
    "date: 2026-07-10",
    "date: 2026-07-10T20:00:00Z",
    "date: '2026-07-10 09:00'\nnumber: 12",
    "number: '12'",
    "title: 題\ndescription: 文",
    "draft: true",
    "draft: 'yes'",
    "published: false",
    "published: 2026-07-10",
    "published_at: 2026-07-10 09:00",
    "tags: [Kubernetes, 1.36]",
    "emoji: 🐱\ntype: tech\ntopics: [kubernetes]\npublished: true",
    "author: 猫",
    "authors: [猫, {name: 犬}]",
    "also: https://example.com/a",
    "also: [https://example.com/a, https://example.com/b]",
    "breaks: true",
    "aliases: [2022/08/2022-08-26.html]",
    "hide: [toc]\ntemplate: x.html",
    "$schema: https://example.com/api/front-matter.schema.json\ndate: 2026-07-10",
)

WRONG = (
    "date: 7月10日",
    "date: 20260710",
    "number: 0",
    "number: twelve",
    "draft: maybe",
    "published_at: soon",
    "tags: Kubernetes",
    "tags: [{a: 1}]",
    "authors: [{nickname: 犬}]",
    "also: example.com/a",
    "also: ['https://']",
    "breaks: sometimes",
    "title: [題]",
    "description: {a: 1}",
)


def test_the_schema_is_one_and_is_published() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    (published,) = [it for it in schemas() if it.path == "api/front-matter.schema.json"]
    assert json.loads(str(published.content)) == SCHEMA | {"$defs": dict(sorted(SCHEMA["$defs"].items()))}


def test_what_our_issues_say_is_right() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "docs/issues").rglob("*.md"))]
    fronts = [text.split("---\n")[1] for text in texts if text.startswith("---\n")]
    assert fronts
    assert [(front, it.message) for front in fronts for it in VALIDATOR.iter_errors(meta(front))] == []


def test_what_may_be_said_is_right_and_what_may_not_is_told() -> None:
    assert [front for front in RIGHT if not VALIDATOR.is_valid(meta(front))] == []
    assert [front for front in WRONG if VALIDATOR.is_valid(meta(front))] == []


def test_what_is_right_is_what_the_program_reads() -> None:
    said = {front: take_apart(f"---\n{front}\n---\n文\n") for front in RIGHT}
    assert all(issue_date(parts.meta, "", "") is not None for front, parts in said.items() if front.startswith("date:"))
    assert all(issue_number(parts.meta, "", "") == 12 for front, parts in said.items() if "number" in front)
    assert all(places_of(parts.meta) for front, parts in said.items() if "also" in front)
    assert all(authors_of(parts.meta) for front, parts in said.items() if "author" in front)
    assert all(tags_of(parts.meta) for front, parts in said.items() if "tags" in front or "topics" in front)
    held = {front for front, parts in said.items() if why_held_back(parts, DAY - dt.timedelta(1))}
    assert held == {
        "draft: true",
        "draft: 'yes'",
        "published: false",
        "published: 2026-07-10",
        "published_at: 2026-07-10 09:00",
    }
