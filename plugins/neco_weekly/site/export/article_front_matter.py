"""Front matter and names of articles as Zenn and Qiita want them.

Sources: https://zenn.dev/zenn/articles/zenn-cli-guide, https://zenn.dev/zenn/articles/what-is-slug and the checks of
Zenn's own command line (npm `zenn-model`); the README of Qiita's (npm `@qiita/qiita-cli`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import PurePosixPath

from ...grammar.front_matter_values import text_of, value_of
from .export_values import IssueToExport

LONGEST_TITLE_AT_ZENN, MOST_TOPICS, LONGEST_TOPIC = 70, 5, 18
"""What Zenn takes: lengths are of UTF-16, as JavaScript counts."""

SLUG = re.compile(r"[a-z0-9_-]{12,50}")
"""A pattern for the names of Zenn's articles."""

_SLUG_THERE = re.compile(r"https://zenn\.dev/[\w-]+/articles/([a-z0-9_-]{12,50})/?", re.ASCII)

_NO_TOPIC = re.compile(r"[ -/:-@\[-`{-~\s]")

_EMOJI_OF_CATS = "\N{CAT}"

Remarks = list[str]
"""What could not be said, as sentences."""


def zenn_slug(issue: IssueToExport) -> str:
    """Return the name of an issue's article at Zenn: the one that `also` names there, else one of its file's name."""
    for address in issue.also:
        if found := _SLUG_THERE.fullmatch(address):
            return found[1]
    stem = _slug(PurePosixPath(issue.path).stem)
    if SLUG.fullmatch(stem):
        return stem
    named = f"{_slug(issue.site_name) or 'issue'}-{stem}".strip("-_")
    if len(named) < 12:
        named = f"weekly-note-{named}"
    return named if len(named) <= 50 else f"{named[: 49 - len(stem)]}-{stem}"[:50]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")


def zenn_front_matter(issue: IssueToExport) -> tuple[str, Remarks]:
    """Return the front matter of an article at Zenn, and what of the issue's could not be said."""
    remarks: Remarks = []
    title = _within(issue.title, LONGEST_TITLE_AT_ZENN)
    if title != issue.title:
        remarks.append(f"title: longer than the {LONGEST_TITLE_AT_ZENN} characters that Zenn takes; shortened")
    topics = _topics(issue, remarks)
    emoji, kind = text_of(value_of(issue.meta, "emoji")), text_of(value_of(issue.meta, "type"))
    lines = [
        f"title: {_quoted(title)}",
        f"emoji: {_quoted(emoji or _EMOJI_OF_CATS)}",
        f"type: {_quoted(kind if kind in ('tech', 'idea') else 'tech')}",
        f"topics: [{', '.join(map(_quoted, topics))}]",
        f"published: {'true' if issue.is_public else 'false'}",
    ]
    if issue.date and issue.is_public:
        lines.append(f"published_at: {issue.date.isoformat()}")
    if publication := text_of(value_of(issue.meta, "publicationname")):
        lines.append(f"publication_name: {_quoted(publication)}")
    return _between_marks(lines), remarks + _left_out(issue, ("description", "authors", "author"))


def _topics(issue: IssueToExport, remarks: Remarks) -> list[str]:
    """Return the topics that Zenn takes of an issue's tags: no signs, no spaces, at most five."""
    topics = {_NO_TOPIC.sub("", it): it for it in issue.tags}
    fit = [it for it in topics if it and _length(it) <= LONGEST_TOPIC]
    kept = fit[:MOST_TOPICS]
    remarks += [
        f"tag {it!r}: written {new!r}, for Zenn takes no signs"
        for new, it in topics.items()
        if new != it and new in kept
    ]
    remarks += [
        f"tag {it!r}: left out, for Zenn takes {MOST_TOPICS} of up to {LONGEST_TOPIC} characters"
        for new, it in topics.items()
        if new not in kept
    ]
    return kept


def qiita_front_matter(issue: IssueToExport) -> tuple[str, Remarks]:
    """Return the front matter of an article for Qiita's command line, and what of the issue's could not be said."""
    remarks: Remarks = []
    tags = [re.sub(r"\s+", "", it) for it in issue.tags][:MOST_TOPICS]
    remarks += [f"tag {it!r}: left out, for Qiita takes {MOST_TOPICS}" for it in issue.tags[MOST_TOPICS:]]
    if not tags:
        remarks.append("tags: Qiita wants one at least; add it to the file")
    lines = [
        f"title: {_quoted(issue.title)}",
        "tags:" if tags else "tags: []",
        *(f"  - {_quoted(it)}" for it in tags),
        f"private: {'false' if issue.is_public else 'true'}",
        "updated_at: ''",
        "id: null",
        "organization_url_name: null",
        "slide: false",
        f"ignorePublish: {'false' if issue.is_public else 'true'}",
    ]
    return _between_marks(lines), remarks + _left_out(issue, ("description", "authors", "author"))


def no_front_matter(issue: IssueToExport) -> tuple[str, Remarks]:
    """Return no front matter, and what of the issue's could not be said by that."""
    return "", _left_out(issue, ("description", "authors", "author", "tags", "topics"))


def _left_out(issue: IssueToExport, keys: tuple[str, ...]) -> Remarks:
    return [f"{key} of front matter: left out" for key in keys if value_of(issue.meta, key)]


def _between_marks(lines: list[str]) -> str:
    return "\n".join(("---", *lines, "---", "", ""))


def _quoted(text: str) -> str:
    """Return a text as a string of YAML, which are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _within(text: str, most: int) -> str:
    if _length(text) <= most:
        return text
    short = text[: most - 1]
    while _length(short) > most - 1:
        short = short[:-1]
    return f"{short.rstrip()}…"
