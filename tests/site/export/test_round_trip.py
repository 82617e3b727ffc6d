"""An exported issue, read again as one, says the same: text, headings, references, links, pictures and code.

What is excepted: the words of badges, which are marked and which an import drops; attributes of cards, which are told;
a link in a title, which Zenn cannot have and which is told; and the name that GitHub itself gives to each of its boxes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from neco_weekly.display.words import load_strings
from neco_weekly.extension import NecoWeeklyExtension
from neco_weekly.grammar.export_marks import BEGIN, without_marked
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.front_matter_values import written_title
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.grammar.line_ends import keeps_line_ends
from neco_weekly.grammar.urls import picture_path
from neco_weekly.hosts.issue_outside import IssueOutside
from neco_weekly.hosts.project import Project, load_project
from neco_weekly.issues.index import make_issue
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import load_lock
from neco_weekly.model.issues import Issue, ScanResult
from neco_weekly.site.export.export_values import Exported, IssueToExport
from neco_weekly.site.export.markdown_export import export_markdown
from neco_weekly.site.export.public_text import public_text

from tests.sites import EVERY_FORM, PROJECT, attribute

SAMPLES = sorted((PROJECT / "docs/issues").glob("20*/*/*.md"))

BOXES = frozenset(load_strings("ja")(f"alert.{it}") for it in ("note", "tip", "important", "warning", "caution"))

GENERATED = ".neco-issue-keps, .headerlink, .neco-hidden, .neco-since, .linenos"


@dataclass(frozen=True)
class Said:
    """What a page says, as its readers have it; each part on its own."""

    headings: list[tuple[str, str]]
    references: list[str]
    links: list[str]
    pictures: list[str]
    code: list[str]
    text: str


class Reader:
    """What reads issues of the sample site, by the grammar and the extensions of its pages."""

    def __init__(self) -> None:
        project = load_project()
        self.project: Project = replace(project, site_url="https://neco.test/")
        self.known = KepsAsOf(load_lock(project.metadata), project.releases)
        self.found: list[ScanResult] = []
        self.meta: Mapping[str, Any] = {}
        self.drawn: dict[tuple[str, str], tuple[str, Issue]] = {}

    @cached_property
    def ours(self) -> NecoWeeklyExtension:
        return NecoWeeklyExtension(keps_as_of=self.known, report=self.found.append, site_url="https://neco.test/")

    @cached_property
    def markdown(self) -> Markdown:
        configs = {name: dict(config) for name, config in self.project.extension_configs.items()}
        return Markdown(extensions=[*self.project.extensions, self.ours], extension_configs=configs)

    def draw(self, path: str, text: str) -> tuple[BeautifulSoup, Issue]:
        if (path, text) not in self.drawn:
            parts = take_apart(text)
            self.meta = parts.meta
            self.ours.scanned = IssueFile(path=path, meta=parts.meta)
            html = self.markdown.reset().convert(parts.body)
            self.drawn[path, text] = html, make_issue(path, parts, self.found[-1])
        html, issue = self.drawn[path, text]
        return BeautifulSoup(html, "lxml"), issue

    def outside(self, path: str, issue: Issue) -> IssueOutside:
        today = dt.date(2026, 12, 1)
        return IssueOutside(project=self.project, keps_as_of=self.known, path=path, day=issue.date, today=today)

    def export(self, path: str, text: str, target: str) -> Exported:
        page, issue = self.draw(path, text)
        parts = take_apart(text)
        body, line_of = public_text(parts.body, parts.body_line, shown=str(page).count("&lt;!--"))
        sent = IssueToExport(
            path=path,
            title=issue.title,
            body=body,
            line_of=line_of,
            written_title=written_title(parts.meta),
            date=issue.date,
            tags=issue.tags,
            meta=parts.meta,
            keeps_breaks=keeps_line_ends(parts.meta),
            extensions=frozenset(self.project.extensions),
            site_name="Neco Weekly",
        )
        return export_markdown(sent, target, self.outside(path, issue).around())

    def said(self, path: str, text: str, *, pictures: Mapping[str, str], titles: bool) -> Said:
        page, issue = self.draw(path, text)
        outside = self.outside(path, issue)
        references = [attribute(it, "data-kep") for it in page.select("[data-kep]")]
        _leave_out_ours(page, titles=titles)
        addresses = (
            attribute(it, "href") for it in page.select("a[href]") if not attribute(it, "href").startswith("#")
        )
        shown = (attribute(it, "src") for it in page.select("img"))
        return Said(
            headings=[(it.name, squeezed(it)) for it in page.find_all(re.compile("^h[1-6]$"))],
            references=references,
            links=[outside.link(it)[0] or it for it in addresses],
            pictures=[pictures.get(it) or picture_path(path, it) or it for it in shown],
            code=[it.get_text() for it in page.select("code")],
            text=squeezed(page),
        )


def squeezed(element: Tag) -> str:
    return "".join(element.get_text().split())


def _leave_out_ours(page: BeautifulSoup, *, titles: bool) -> None:
    """Leave out what the site adds to an author's text; cards become links, with their `titles` or without a text."""
    for it in page.select(GENERATED):
        it.decompose()
    for card in page.select(".neco-card"):
        link = card.select_one("a[href]")
        assert link
        name = link.b or link
        title = name.get_text() if titles else ""
        card.clear()
        card.name, card.attrs, card.string = "a", {"href": attribute(link, "href")}, title
    for it in page.select(".neco-kep"):
        for stage in it.select("b, i, small, .neco-kep__then"):
            stage.decompose()
        it.name, it.attrs = "span", {}
    for it in page.select(".admonition-title"):
        if it.get_text().strip() in BOXES:
            it.decompose()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with contextlib.chdir(PROJECT):
        yield Reader()


def texts(reader: Reader) -> Iterator[tuple[str, str]]:
    """The paths and texts of issues: the samples, and one that writes everything in every form."""
    for file in SAMPLES:
        yield file.relative_to(reader.project.docs.resolve()).as_posix(), file.read_text(encoding="utf-8")
    every = EVERY_FORM / "docs/issues/2026/09/2026-09-04.md"
    text = every.read_text(encoding="utf-8")
    yield "issues/2026/09/2026-09-04.md", re.sub(r"\A(# .*) KEP-127 と \[cgroup v2\]\(.*\)", r"\1", text)


def differences(reader: Reader, target: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What is not the same behind an export, by the issue and in each part of it."""
    monkeypatch.setattr("neco_weekly.extension.page_context.page_meta", lambda _: reader.meta)
    found = {}
    for path, text in texts(reader):
        exported = reader.export(path, text, target)
        ((name, again),) = exported.texts.items()
        assert name.endswith(".md")
        docs = reader.project.docs.resolve()
        copies = {
            f"{'/' if target == 'zenn' else ''}{place}": file.resolve().relative_to(docs).as_posix()
            for place, file in exported.pictures.items()
        }
        before = reader.said(path, text, pictures={}, titles=target == "markdown")
        after = reader.said(path, without_marked(again), pictures=copies, titles=target == "markdown")
        if parts := [it for it in Said.__annotations__ if getattr(before, it) != getattr(after, it)]:
            found[path] = parts
    return found


@pytest.mark.parametrize("target", ["markdown", "zenn"])
def test_an_export_read_again_says_the_same(target: str, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert differences(reader, target, monkeypatch) == {}


def test_badges_are_there_and_go(reader: Reader) -> None:
    path, text = next(texts(reader))
    (again,) = reader.export(path, text, "zenn").texts.values()
    assert again.count(BEGIN) > 5
    assert "neco:" not in without_marked(again)
