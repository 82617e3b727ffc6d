"""A real issue, as its writers wrote it, in the real project: the input that everything must handle."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.issues.index import make_issue
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.store import Lock
from neco_weekly.model.issues import Issue
from neco_weekly.refresh import Plan, Report, refresh
from neco_weekly.site.headlines import lead_of
from neco_weekly.sources.pages.read import read_page

from tests.extra.shared import BUNDLE, SEED
from tests.lock_fixture import as_of_today
from tests.refresh.test_refresh import Outside
from tests.searched import search_index
from tests.sites import PROJECT, Built, attribute, copied, issue_page, links, squeezed, succeeds
from tests.sources.sites import Site
from tests.sources.webpages import Web

DATE = "2022-08-26"
KEPS = {
    127: "stable",
    5: "removed",
    2579: "stable",
    3327: "alpha",
    2254: "stable",
    3094: "stable",
    3243: "beta",
    3022: "stable",
}


def scan_issue(path: Path) -> Issue:
    parts = take_apart(path.read_text(encoding="utf-8"))
    return make_issue("issues/seed.md", parts, Scanner().scan(parts.body))


def found(pattern: str) -> list[tuple[str, ...]]:
    """What the seed's own text says: it stays outside of the project, so no test repeats it."""
    return re.findall(pattern, (SEED / f"{DATE}.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own site with the seed in it, refreshed from the history of every KEP."""
    folder = copied(PROJECT, tmp_path_factory.mktemp("seed") / "project")
    shutil.copytree(SEED, folder.docs / "issues/2022/08")
    github = Site({})  # knows no issue
    try:
        arguments = ("--only", "keps", "--source", BUNDLE, "--github-api", github.url)
        succeeds("neco", "refresh", *arguments, cwd=folder.root)
    finally:
        github.close()
    return folder.build(strict=True)


def test_it_is_known_by_its_topics_and_the_home_could_begin_with_it(site: Built) -> None:
    article = site.issue(DATE).article
    assert article
    assert article.h1
    assert DATE not in article.h1.get_text()
    assert DATE in squeezed(article.select_one(".neco-eyebrow").get_text())  # type: ignore[union-attr]
    found = scan_issue(SEED / f"{DATE}.md")
    assert len(found.news) >= 3
    assert len(lead_of(found)) >= 80


def test_its_date_and_its_number(site: Built) -> None:
    (issue,) = (entry for entry in site.json("api/issues.json")["issues"] if entry["date"] == DATE)
    assert issue["number"] == 5
    assert issue["title"] == "Neco Weekly (2022-08-26号)"
    assert issue["keps"] == list(KEPS)
    assert issue["cards"] == [url for url, _ in found(r'<h4><a href="(.*?)">(.*?)</a>')]


def test_its_eight_references(site: Built) -> None:
    references = site.issue(DATE).select("article .neco-kep")
    assert [(int(attribute(it, "data-kep")), attribute(it, "data-stage")) for it in references] == list(KEPS.items())
    for reference in references:
        number = attribute(reference, "data-kep")
        link = reference.find_previous_sibling("a")
        assert link
        assert link.text == f"#{number}"
        assert attribute(link, "href") == f"https://github.com/kubernetes/enhancements/issues/{number}"
        assert site.target(issue_page(DATE), attribute(reference, "href")) == f"keps/{number}/index.html"
    listed = site.issue(DATE).select(".neco-issue-keps [data-kep]")
    assert [int(attribute(entry, "data-kep")) for entry in listed] == list(KEPS)


SEEN = {
    127: "alpha v1.25 → stable v1.36",
    5: "廃止 v1.25",
    2579: "stable v1.25",
    3327: "alpha v1.25 停滞?",
    2254: "stable v1.25",
    3094: "alpha v1.25 → stable v1.33",
    3243: "alpha v1.25 → beta v1.27",
    3022: "beta v1.25 → stable v1.30",
}


def test_what_was_true_then_and_what_is_now_is_seen_without_a_click(site: Built) -> None:
    references = site.issue(DATE).select("article .neco-kep")
    for reference in references:
        for unseen in reference.select(".neco-hidden"):
            unseen.decompose()
    assert {int(attribute(it, "data-kep")): it.text for it in references} == SEEN
    then = {it["data-kep"]: it["data-stage-then"] for it in references if it.has_attr("data-stage-then")}
    assert then == {"127": "alpha", "3094": "alpha", "3243": "alpha", "3022": "beta"}


def test_a_sentence_at_the_top_sums_it_up(site: Built) -> None:
    (sentence,) = site.issue(DATE).select(".neco-issue-keps__sum")
    assert "次の段階へ 4 件（stable 3、beta 1）" in sentence.text
    assert "段階の変化なし 4 件、更新が止まっている可能性 1 件。" in sentence.text
    assert "段階に変化のないもののうち、計画が変わったもの 1 件。" in sentence.text


def test_a_reader_can_follow_how(site: Built) -> None:
    history = site.page("keps/127/index.html").select_one(".neco-history")
    assert history
    told = squeezed(history.text)
    for step in (
        "beta のマイルストーン: v1.30 → v1.33",
        "beta のマイルストーン: v1.33 → v1.34",
        "beta のマイルストーン: v1.34 → v1.35",
    ):
        assert step in told
    assert "段階: beta → stable" in told


def test_its_five_cards(site: Built) -> None:
    cards = site.issue(DATE).select("article .neco-card")
    pasted = found(r'<h4><a href="(.*?)">(.*?)</a></h4><p>(.*?)</p>')
    assert len(pasted) == 5
    for card, (url, title, text) in zip(cards, pasted, strict=True):
        assert attribute(card, "data-url") == url
        assert [(link.text, attribute(link, "href")) for link in card.select("a")] == [(title, url)]
        assert [it.text for it in card.select(".neco-card__text")] == [text]
        assert "neco-card--pending" not in card["class"]
    assert [said for said in site.infos if DATE in said and "has no title yet" in said] == []
    assert "embedly" not in site.text(issue_page(DATE))


def test_its_two_pictures(site: Built) -> None:
    pictures = site.issue(DATE).select("article img")
    assert [attribute(picture, "alt") for picture in pictures] == [alt for alt, _ in found(r"^!\[(.*?)\]\((.*?)\)")]
    assert len(pictures) == 2
    for picture in pictures:
        path = site.target(issue_page(DATE), attribute(picture, "src"))
        assert path
        assert (site.site / path).read_bytes() == (SEED / path.rsplit("/", 1)[1]).read_bytes()


def test_its_two_addresses_are_links(site: Built) -> None:
    addresses = [url for _, url in found(r"^(- )(https?://\S+)$")]
    assert len(addresses) == 2
    for url in addresses:
        (link,) = site.issue(DATE).select(f'article li > a[href="{url}"]')
        assert (link.text, link.attrs) == (url, {"href": url})


def test_its_other_links_are_untouched(site: Built) -> None:
    written = found(r"^- \[(.*?)\]\((.*?)\)")
    assert len(written) == 3
    for text, url in written:
        (link,) = site.issue(DATE).find_all("a", href=url)
        assert (link.text, link.attrs) == (text, {"href": url})
        assert link.next_sibling is None


def test_its_title_and_its_headings(site: Built) -> None:
    page = site.issue(DATE)
    assert page.title
    assert page.title.text == "Neco Weekly (2022-08-26号) - Neco Weekly"
    written = [re.sub(r"\[(.*?)\]\(.*?\)", r"\1", heading) for _, heading in found(r"^(##+) (.*)")]
    contents = page.select(".md-sidebar--secondary a.md-nav__link")
    assert [squeezed(link.text) for link in contents] == written
    anchors = [attribute(heading, "id") for heading in page.select("article :is(h2, h3)")]
    assert [attribute(link, "href") for link in contents] == [f"#{anchor}" for anchor in anchors]
    assert [anchor.split("-")[0] for anchor in anchors[1:-1]] == ["127", "5", "3327", "2254", "3094", "3243", "3022"]
    assert anchors[2] == "5-podsecuritypolicy--2579-podsecurity-admission"


def test_each_kep_has_a_page_that_leads_back(site: Built) -> None:
    for number in KEPS:
        page = f"keps/{number}/index.html"
        mentions = links(site.page(page), ".neco-mentions a")
        assert [href for href in mentions if not site.leads_somewhere(page, href)] == []
        assert issue_page(DATE) in [site.target(page, href) for href in mentions]


def test_search_finds_its_words_and_none_of_ours(site: Built) -> None:
    index = search_index(site)
    (page,) = [page for page in index.pages if page.get("d") == DATE]
    assert len(page["s"]) == 10
    words = " ".join(section.get("x", "") for section in page["s"])
    paragraphs = [line for _, line in found(r"^()([ぁ-んァ-ヶ一-龠、。]{20,})$")]
    assert paragraphs
    assert [paragraph for paragraph in paragraphs if paragraph not in words] == []
    assert [text for text in index.texts(page["u"]) if "現在の段階" in text] == []


# --- with a refresh -----------------------------------------------------------------------------------------------


def test_its_five_cards_after_a_refresh_and_after_one_in_which_everything_fails() -> None:
    """What pages say today comes before what Embedly captured; where a page does not answer, Embedly's words stay."""
    embedly = {row[0]: row[1] for row in found(r'<h4><a href="(.*?)">(.*?)</a>')}
    (silent, *answering) = embedly
    pages: dict[str, object] = {
        url: f"<meta property=og:title content='題{number}'><meta property=og:site_name content=Blog>"
        for number, url in enumerate(answering)
    }
    repository = next(url for url in answering if "github.com" in url)
    name = repository.removeprefix("https://github.com/")
    pages[repository] = f"<title>GitHub - {name}: 説明</title><meta property=og:title content='GitHub - {name}: 説明'>"
    titles = {url: f"題{number}" for number, url in enumerate(answering)} | {repository: name}

    lock, report = _refreshed(Lock(), tuple(embedly), Web(pages))
    assert report.responses == len(answering)
    assert _titles(lock) == {silent: embedly[silent], **titles}
    later, report = _refreshed(lock, tuple(embedly), Web({}))
    assert report.nothing_fetched
    assert _titles(later) == _titles(lock)


def _refreshed(lock: Lock, urls: tuple[str, ...], web: Web) -> tuple[Lock, Report]:
    fetchers = replace(Outside().fetchers, card=lambda url: read_page(url, web.get))
    return refresh(lock, Plan(cards=urls), fetchers)


def _titles(lock: Lock) -> dict[str, str]:
    """Titles of the cards in the seed's page, as it is drawn."""
    extension = NecoWeeklyExtension(keps_as_of=as_of_today(lock))
    html = markdown.markdown((SEED / f"{DATE}.md").read_text(encoding="utf-8"), extensions=[extension])
    cards = BeautifulSoup(html, "html.parser").select(".neco-card")
    return {attribute(card, "data-url"): card.select("a")[0].text for card in cards}


# --- it stays outside ---------------------------------------------------------------------------------------------


def test_nothing_of_it_is_in_the_project() -> None:
    text = (SEED / f"{DATE}.md").read_text(encoding="utf-8")
    sentences = {line.strip() for line in text.splitlines() if len(re.findall("[ぁ-んァ-ン一-龠]", line)) >= 20}
    pictures = {hashlib.sha256(path.read_bytes()).digest() for path in SEED.glob("*.png")}
    assert len(sentences) > 20
    assert len(pictures) == 2
    for path in files_of_the_project():
        content = path.read_bytes()
        assert hashlib.sha256(content).digest() not in pictures, path
        words = content.decode(errors="replace")
        assert [sentence for sentence in sentences if sentence in words] == [], path


def files_of_the_project() -> Iterator[Path]:
    """What is written by people: nothing hidden, built, or installed."""
    for folder in ("docs", "plugins", "tests", "benchmarks", "scripts", "requirements"):
        yield from (
            path for path in (PROJECT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )
    yield from PROJECT.glob("*.md")
