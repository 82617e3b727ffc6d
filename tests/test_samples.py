"""The issues that come with the project: the demo a newcomer sees first, and a use of every form."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

import pytest
from neco_weekly.grammar.topics_file import load_topics
from neco_weekly.hosts.project import Project, load_project
from neco_weekly.issues.checks import check
from neco_weekly.issues.image_checks import image_problems
from neco_weekly.issues.index import Index
from neco_weekly.issues.silenced import unknown_codes
from neco_weekly.issues.stage_checks import stage_problems
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock, load_lock

from tests.sites import PROJECT, Built, built_sample

FORMS = {
    "an issue of kubernetes/enhancements": r"\[#\d+\]\(https://github\.com/kubernetes/enhancements/issues/\d+\)",
    "a folder": r"\]\(https://github\.com/kubernetes/enhancements/tree/\w+/keps/[\w-]+/\d+-[\w-]+\)",
    "a file, with a place in it": r"\]\(https://github\.com/kubernetes/enhancements/blob/\w+/keps/[\w/.-]+/README\.md#",
    "kep.k8s.io in a link": r"\]\(https://kep\.k8s\.io/\d+\)",
    "kep.k8s.io alone on a line": r"(?m)^https://kep\.k8s\.io/\d+$",
    "kubernetes.dev": r"\]\(https://www\.kubernetes\.dev/resources/keps/\d+/?\)",
    "features.k8s.io": r"\]\(https://features\.k8s\.io/\d+\)",
    "the repository's old name": r"\]\(https://github\.com/kubernetes/features/issues/\d+\)",
    "git.k8s.io": r"\]\(https://git\.k8s\.io/enhancements/keps/[\w/-]+\)",
    "an address in angle brackets, alone on a line": r"(?m)^<https://github\.com/kubernetes/enhancements/issues/\d+>$",
    "a link whose text names no number": r"\[[^\]\d#]+\]\(https://github\.com/kubernetes/enhancements/issues/\d+\)",
    "a link elsewhere whose text names a KEP": r"\[[^\]]*KEP-\d+[^\]]*\]\(https://github\.com/kubernetes/kubernetes/pull/",
    "two in a heading": r"(?m)^###? \[#\d+\]\([^)]*\) .* \+ \[#\d+\]\(",
    "KEP-127": r"KEP-[1-9]",
    "KEP 127": r"KEP \d",
    "KEP #127": r"KEP #\d",
    "KEP127": r"KEP\d",
    "KEPs 127, 128": r"KEPs \d+, \d+",
    "KEP-0661": r"KEP-0\d",
    r"KEP \#4381": r"\[KEP \\#\d+\]\(",
    "kubernetes/enhancements#127": r"kubernetes/enhancements#\d",
    "k/enhancements#127": r"(?<!\w)k/enhancements#\d",
    "enhancements#127": r"(?<![\w/])enhancements#\d",
    "KEP-#127": r"KEP-#\d",
    "between kana": r"[ぁ-ん]KEP-\d+の|KEP-\d+の|（KEP-\d+）",
    "in a list": r"(?m)^- .*KEP|(?m:^- https://kep)",
    "in a table": r"(?m)^\| KEP-\d+",
    "in emphasis": r"\*\*KEP-\d+\*\*",
    "in code, where it is none": r"(?m)^# .*KEP-\d+",
    "another repository's number, which is none": r"\[#\d+\]\(https://github\.com/(?!kubernetes/enhancements)",
    "a card with the author's words": r'(?m)^@\[card\]\(https://[^)]*\)\{title="[^"]+" desc="[^"]+"',
    "a card without a picture": r"(?m)^@\[card\]\(.*image=none\}$",
    "a card in a list": r"(?m)^- @\[card\]\(",
    "a card in a quote": r"(?m)^> @\[card\]\(",
    "Embedly's blockquote": r'<blockquote class="embedly-card"',
    "Embedly's link with its script": r'<a class="embedly-card"[^>]*>[^<]*</a>\n<script async src="//cdn\.embedly',
    "an address in a sentence": r"[^\s(\"<>=] https://\S+ [^\s]",
    "an address in a list": r"(?m)^- .*: https://\S+$",
}


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    with contextlib.chdir(PROJECT):
        yield load_project()


@pytest.fixture(scope="module")
def index(project: Project) -> Index:
    return project.read_index()


@pytest.fixture(scope="module")
def lock(project: Project) -> Lock:
    return load_lock(project.metadata)


def test_there_are_seven_issues_numbered_by_their_dates(index: Index) -> None:
    assert [issue.number for issue in index.issues] == [7, 6, 5, 4, 3, 2, 1]
    assert all(issue.date for issue in index.issues)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_used(name: str, project: Project, index: Index) -> None:
    text = "\n".join((project.docs / issue.path).read_text(encoding="utf-8") for issue in index.issues)
    assert re.search(FORMS[name], text)


def test_there_is_nothing_to_complain_about(project: Project, index: Index, lock: Lock) -> None:
    found = [
        *check(index, lock, lambda path: (project.docs / path).is_file(), style=True),
        *stage_problems(index.decided(lock), KepsAsOf(lock, project.releases), "docs"),
        *image_problems(index, lambda path: (project.docs / path).stat().st_size, "docs"),
        *unknown_codes(index, "docs"),
    ]
    assert [str(it) for it in found] == []


def test_the_lock_knows_every_kep_that_is_mentioned_and_people_say_more_of_two(index: Index, lock: Lock) -> None:
    assert [number for number in index.by_kep if lock.enhancement(number) is None] == []
    assert {entry.source.kind for entry in lock.fetched.values()} == {"git"}
    assert set(lock.overrides) == {5, 5394}
    assert 5 in index.by_kep


def test_one_issue_is_of_no_kep_but_of_releases(index: Index) -> None:
    (issue,) = [it for it in index.issues if not (it.mentions or it.pulls)]
    assert len({release.topic for release in issue.releases}) >= 6


def test_each_topic_that_is_explained_is_one_that_the_issues_name(project: Project, index: Index) -> None:
    explained = load_topics(project.metadata / "topics.yml")
    assert explained.mistakes == ()
    assert len(explained.topics) >= 10
    assert [it.slug for it in explained.topics if not (it.summary and it.sources)] == []
    named = {mention.topic for issue in index.issues for mention in issue.topic_mentions}
    assert {it.slug for it in explained.topics} - named == set()


@pytest.fixture(scope="module")
def site() -> Built:
    return built_sample()


def test_every_link_of_the_site_leads_somewhere(site: Built) -> None:
    pages = {path: site.text(path) for path in site.paths("**/*.html") - {"404.html"}}
    anchors = {path: {unescape(found) for found in re.findall(r' id="([^"]*)"', text)} for path, text in pages.items()}
    dead = []
    for page, text in pages.items():
        for href in {unescape(found) for found in re.findall(r'<a\b[^>]* href="([^"]*)"', text)}:
            path, _, anchor = href.partition("#")
            path = path.partition("?")[0]
            target = site.target(page, path) if path else page
            if ":" not in href and (target is None or (anchor and unquote(anchor) not in anchors.get(target, set()))):
                dead.append((page, href))
    assert dead == []


def test_every_exception_that_was_asked_for_stands_on_its_release(site: Built, lock: Lock) -> None:
    shown = {
        name: len(site.page(f"releases/{name.removeprefix('v')}/index.html").select(".neco-exceptions > li"))
        for name, facts in lock.known_releases.by_name.items()
        if facts.exceptions
    }
    asked = {name: len(facts.exceptions or ()) for name, facts in lock.known_releases.by_name.items() if name in shown}
    assert shown == asked
    assert sum(shown.values()) == 116


def test_no_page_of_a_release_is_larger_than_a_phone_should_load(site: Built) -> None:
    pages = site.paths("releases/**/index.html")
    assert len(pages) > 15
    assert [it for it in pages if len(site.text(it).encode()) > 120_000] == []


def test_no_page_asks_another_host_for_anything(site: Built) -> None:
    loading = re.compile(r'<(?:script|img|iframe|source|link|video)\b[^>]*? (?:src|href)="((?:https?:)?//[^"]*)"')
    own = "https://neco-weekly.example/"
    asked = {address for path in site.paths("**/*.html") for address in loading.findall(site.text(path))}
    assert [address for address in asked if not address.startswith(own)] == []


def test_the_lock_has_every_kep_in_little_space() -> None:
    """Each with what it is about, where its README says that, as text and as no longer than a reader reads."""
    metadata = PROJECT / "docs/_metadata"
    assert sum((metadata / name).stat().st_size for name in ("keps.json", "other-keps.json")) < 1_300_000
    everyone = load_lock(metadata).with_others()
    keps = [kep for number in everyone.numbers if (kep := everyone.enhancement(number))]
    summaries = [kep.summary for kep in keps if kep.summary]
    assert len(keps) > 650
    assert len(summaries) > 0.95 * len(keps)
    odd = [it for it in summaries if not (10 < len(it.text) <= 600 and it.date and it.path.endswith("/README.md"))]
    assert odd == []
    assert [it for it in summaries if re.search(r"<!--|-->|incredibly important|\*\*|\]\(", it.text)] == []
