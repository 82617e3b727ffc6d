"""What pages are kept by: which words of issues each quotes, and what of an issue nothing that is generated has."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.grammar.topics_file import TopicsFile, load_topics
from neco_weekly.issues.index import build_index, make_issue
from neco_weekly.issues.issue_digest import issue_digest
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.model.issues import Issue
from neco_weekly.model.releases import load_releases
from neco_weekly.site.around_issues import AroundIssues
from neco_weekly.site.feeds.site_feeds import Publication, SiteFeeds
from neco_weekly.site.issue_front import IssueFront
from neco_weekly.site.pages import Site, directory_address

from tests.lock_fixture import LOCK

TOPICS = "argo-cd: { name: Argo CD, repo: argoproj/argo-cd }\ncel: { name: CEL, kind: standard }\n"
BODIES = {
    "2026-06-05": "# 号\n\nKEP-127 のこと。\n\n## Argo CD v2.5.0\n\nKEP-128 と Argo CD。KEP-661 も。\n\n"
    "[これ](https://github.com/owner/tool)は CVE-2025-1974。\n\n![](a.png)\n\n## 節\n\nCEL と KEP-127。\n",
    "2026-06-12": "---\ntags: [a]\n---\n# 次の号\n\n:::correction\n[前の号](2026-06-05.md#節)の KEP-127。\n:::\n\n"
    "[道具](https://github.com/owner/tool)と Argo CD。KEP-9999。\n\n@[card](https://example.com/)\n\n"
    "[PR](https://github.com/kubernetes/enhancements/pull/6093)\n",
}


@cache
def topics() -> TopicsFile:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "topics.yml")
        file.write_text(TOPICS, encoding="utf-8")
        return load_topics(file)


@pytest.fixture(scope="module")
def issues() -> list[Issue]:
    return list(_read(Scanner(topics=topics())))


def _read(scanner: Scanner) -> Iterator[Issue]:
    for day, text in BODIES.items():
        path, parts = f"issues/2026/06/{day}.md", take_apart(text)
        yield make_issue(path, parts, scanner.scan(parts.body, IssueFile(path=path, meta=parts.meta)))


def changed(issue: Issue, change: Callable[[Any], Any]) -> Issue:
    """An issue in which each mention, card and so on is another."""
    fields = {it.name: getattr(issue, it.name) for it in dataclasses.fields(issue)}
    found: dict[str, Any] = {
        name: tuple(change(it) if dataclasses.is_dataclass(it) else it for it in value)
        for name, value in fields.items()
        if isinstance(value, tuple)
    }
    return dataclasses.replace(issue, **found)


def marked(it: Any) -> Any:
    """A mention whose words around are told from those of another KEP or topic."""
    of = getattr(it, "kep", getattr(it, "topic", getattr(it, "pull", None)))
    return dataclasses.replace(it, paragraph=f"§{of}§") if hasattr(it, "paragraph") else it


def site_of(issues: Iterable[Issue]) -> Site:
    whole = lambda path: urljoin("https://neco.test/", directory_address(path))  # noqa: E731
    keps = KepsAsOf(dataclasses.replace(LOCK, topics=topics()), load_releases())
    return Site(build_index(issues), keps, load_strings("ja"), has_feeds=True, name="Neco", absolute=whole)


def drawn(site: Site) -> Iterator[tuple[str, str, Iterable[str]]]:
    """All that is generated of a site: its path, its text, and the words that it says to quote."""
    for page in site.deferred_pages("Neco", "話"):
        yield page.path, page.page().content, page.quoted()
    for file in (*site.data(), *site.badges.files()):
        yield file.path, file.content, ()
    url = "https://neco.test/"
    about = Publication(url=url, name="Neco", description="", language="ja", find=lambda path: urljoin(url, path))
    for feed in SiteFeeds(site, about).deferred(list):
        yield feed.path, feed.write(), feed.quoted()
    around, front = AroundIssues(site), IssueFront(site)
    for issue in site.index.issues:
        text = around.around(issue, "<h1>題</h1>", str) + around.with_releases(issue, "<h1>題</h1>", str)
        yield f"around {issue.path}", text + front.dressed(issue, "<h1>題</h1>", str), ()


def test_what_quotes_words_around_mentions_says_so(issues: list[Issue]) -> None:
    wrong, quoting = [], set()
    for path, text, quoted in drawn(site_of(changed(it, marked) for it in issues)):
        found = {re.sub(r"\\u00a7", "§", it) for it in re.findall(r"(?:§|\\u00a7)[^§\\]+(?:§|\\u00a7)", text)}
        quoting.update([path] if found else [])
        if not found <= set(quoted):
            wrong.append((path, found))
    assert wrong == []
    assert {"keps/127.md", "keps/128.md", "topics/argo-cd.md", "topics/cel.md", "topics/tool.md"} <= quoting
    assert {"keps/127/feed.xml", "topics/argo-cd/feed.xml"} <= quoting


def elsewhere(it: Any) -> Any:
    return dataclasses.replace(it, line=it.line * 7 + 40) if hasattr(it, "line") else it


def moved(issue: Issue) -> Issue:
    """An issue that says the same in other lines of its file, with another picture, and nothing wrong with it."""
    return dataclasses.replace(changed(issue, elsewhere), diagnostics=(), images=(("b.png", 3),))


def test_nothing_that_is_generated_has_what_the_digest_leaves_out(issues: list[Issue]) -> None:
    before, after = ({path: text for path, text, _ in drawn(site_of(found))} for found in (issues, map(moved, issues)))
    assert [path for path in before if before[path] != after[path]] == []
    assert list(before) == list(after)
    assert [issue_digest(it) for it in issues] == [issue_digest(moved(changed(it, marked))) for it in issues]


def others(value: Any) -> Iterator[Any]:
    """Values that differ from one in one thing, however deep inside."""
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str():
            yield f"{value}x"
        case None:
            yield "x"
        case dt.date():
            yield value + dt.timedelta(days=1)
        case tuple():
            yield (*value, "x")
            for place, item in enumerate(value):
                yield from ((*value[:place], it, *value[place + 1 :]) for it in others(item))
        case _:
            for it in dataclasses.fields(value):
                if it.name not in ("line", "paragraph", "diagnostics", "images"):
                    found = others(getattr(value, it.name))
                    yield from (dataclasses.replace(value, **{it.name: other}) for other in found)


def test_all_else_of_an_issue_counts(issues: list[Issue]) -> None:
    issue = issues[1]
    before = issue_digest(issue)
    same = [it for it in others(issue) if issue_digest(it) == before]
    assert same == []


def test_which_mention_comes_first_counts(issues: list[Issue]) -> None:
    issue = issues[0]
    first, *rest = issue.mentions
    later = dataclasses.replace(issue, mentions=(dataclasses.replace(first, line=999), *rest))
    assert issue_digest(later) != issue_digest(issue)


def test_a_text_that_is_no_unicode_has_a_digest(issues: list[Issue]) -> None:
    assert issue_digest(dataclasses.replace(issues[0], title="\ud800"))
