"""The page of changes and the home's last changes: KEPs that issues mention, newest first, by month."""

from __future__ import annotations

from collections.abc import Mapping

from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.keps import Enhancement
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.change_views import MOST, RECENT

from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.release_files import ISSUE, NOW

KEP = enhancement(
    record("2025-12-10", state(BETA, alpha="v1.34", beta="v1.36"), pull=5847),
    record("2026-04-22", state(STABLE, beta="v1.36", stable="v1.37", title="<b>Nap</b>"), pull=5848),
)
OTHER = enhancement(record("2026-04-30", state(ALPHA, alpha="v1.37")), number=128)


def pages(*keps: Enhancement, locale: str = "en") -> Mapping[str, BeautifulSoup]:
    lock = Lock(as_of=NOW, fetched={it.number: it for it in keps}, others={128: OTHER})
    site = Site(build_index([ISSUE]), KepsAsOf(lock, load_releases()), load_strings(locale))
    return {it.path: BeautifulSoup(it.body or "", "html.parser") for it in site.pages("N")}


def lines(page: BeautifulSoup) -> list[str]:
    return [" ".join(it.get_text(" ", strip=True).split()) for it in page.select(".neco-changes > li")]


def test_by_month_newest_first_plans_and_what_shipped_in_lines_of_their_own() -> None:
    page = pages(KEP)["changes/index.md"]
    assert [it.get_text() for it in page.select("h2")] == ["2026-04", "2025-12"]
    assert lines(page) == [
        "2026-04-22 #127 <b>Nap</b> planned: stable v1.37 (before: beta v1.36) pull request #5848",
        "2026-04-22 #127 <b>Nap</b> beta in v1.36",
        "2025-12-10 #127 <b>Nap</b> new KEP, planned: beta v1.36 pull request #5847",
    ]
    assert [it.has_attr("data-shipped") for it in page.select(".neco-changes > li")] == [False, True, False]
    (kep, pull) = page.select(".neco-changes > li")[0].select("a")
    assert (kep["href"], pull["href"]) == (
        "../keps/127.md",
        "https://github.com/kubernetes/enhancements/pull/5848",
    )


def test_the_home_shows_the_last_ones_and_leads_to_all() -> None:
    days = (f"2026-04-{day:02}" for day in range(1, 21))
    moved = (record(day, state(BETA, beta=f"v1.{40 + it}")) for it, day in enumerate(days))
    found = pages(enhancement(*moved))
    assert len(lines(found["index.md"])) == RECENT < len(lines(found["changes/index.md"]))
    assert lines(found["index.md"]) == lines(found["changes/index.md"])[:RECENT]
    assert found["index.md"].select_one('a[href="changes/index.md"]')


def test_a_long_past_ends_with_a_whole_month() -> None:
    days = [f"{2010 + at // 200}-{at // 20 % 10 + 1:02}-{at % 20 + 1:02}" for at in range(400)]
    moved = (record(day, state(BETA, beta=f"v1.{at % 90 + 10}")) for at, day in enumerate(days))
    shown = lines(pages(enhancement(*moved))["changes/index.md"])
    assert MOST <= len(shown) < MOST + 25
    assert shown[-1].startswith(f"{shown[-1][:7]}-01")


def test_nothing_happened_to_what_issues_mention() -> None:
    found = pages()
    assert "No change of a KEP that we wrote about is recorded yet." in found["changes/index.md"].get_text()
    assert not found["index.md"].select(".neco-changes")
    assert "128" not in found["changes/index.md"].get_text()


def test_in_japanese() -> None:
    page = pages(KEP, locale="ja")["changes/index.md"]
    assert [it.get_text() for it in page.select("h1, h2")] == ["KEP の変化", "2026年4月", "2025年12月"]
