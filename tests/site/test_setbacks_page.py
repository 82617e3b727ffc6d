"""What went back, and what stands still: the page of all, and what a KEP's page says of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import FeatureGate, Gates
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.keps import Enhancement, EnhancementState, Status
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.setback_views import MANY

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.sites import built_sample

NOW = dt.date(2026, 7, 24)
"""A day on which v1.36 is out, and v1.37 is not."""


def issue(day: str, *keps: int, heading: str = "節") -> Issue:
    under = Heading(text=heading, anchor="a")
    mentions = tuple(Mention(kep=number, written="", heading=under, paragraph="") for number in keps)
    return Issue(
        path=f"issues/{day}.md", title="Weekly", date=dt.date.fromisoformat(day), number=None, mentions=mentions
    )


def kep(number: int, *said: EnhancementState) -> Enhancement:
    days = (f"2025-{month:02}-01" for month in range(1, 13))
    return enhancement(*(record(day, it) for day, it in zip(days, said, strict=False)), number=number)


def moved(number: int, *releases: str, title: str = "Naps") -> Enhancement:
    return kep(number, *(state(BETA, title=title, gates=("Nap",), beta=it) for it in releases))


def site(
    *keps: Enhancement,
    issues: tuple[Issue, ...] = (),
    known: Gates | None = None,
    others: Mapping[int, Enhancement] | None = None,
    locale: str = "en",
) -> Site:
    # A lock that has other KEPs, too, is one of every KEP of the source, so that those count that no issue mentions.
    rest = others or ({4000: kep(4000, state(sig="sig-docs"))} if keps else {})
    by_number = {it.number: it for it in keps}
    lock = Lock(as_of=NOW, fetched=by_number, others=rest, gates=gates() if known is None else known)
    return Site(build_index(issues), KepsAsOf(lock, load_releases()), load_strings(locale))


def page(found: Site, path: str = "releases/setbacks.md") -> BeautifulSoup:
    (body,) = [each.page().body for each in found.deferred_pages("N") if each.path == path]
    return BeautifulSoup(body, "html.parser")


def texts(html: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(it.get_text().split()) for it in html.select(selector)]


# --- the page of all ----------------------------------------------------------------------------------------------

WENT_BACK = {
    "stage": (gate("Nap", "beta 1.30-1.33 on", "alpha 1.34 off"),),
    "stage, and on": (gate("Nap", "beta 1.30-1.31 on", "alpha 1.32-1.33 off", "beta 1.34 on"),),
    "default": (gate("Nap", "beta 1.30-1.32 on", "beta 1.33 off"),),
    "default, and on": (gate("Nap", "beta 1.30-1.32 on", "beta 1.33 off", "beta 1.35 on"),),
    "gone": (gate("Nap", "alpha 1.30-1.33 off", removed=True),),
    "to come": (gate("Nap", "beta 1.30-1.36 on", "beta 1.37 off"),),
    "to come again": (gate("Nap", "beta 1.30-1.32 on", "beta 1.33-1.36 off", "beta 1.37 on"),),
    "to go": (gate("Nap", "alpha 1.30-1.36 off", removed=True),),
}

SAID = {
    "stage": ("Nap は v1.34 で beta から alpha に戻りました。", "Nap went back from beta to alpha in v1.34."),
    "stage, and on": (
        "Nap は v1.32 で beta から alpha に戻りました。v1.34 からふたたび先へ進みました。",
        "Nap went back from beta to alpha in v1.32. It went on again in v1.34.",
    ),
    "default": (
        "Nap（beta）は既定で有効でしたが、v1.33 で無効に戻りました。",
        "Nap (beta) was on by default, and off again in v1.33.",
    ),
    "default, and on": (
        "Nap（beta）は既定で有効でしたが、v1.33 で無効に戻りました。v1.35 からふたたび有効です。",
        "Nap (beta) was on by default, and off again in v1.33. It is on again since v1.35.",
    ),
    "gone": ("Nap は alpha のまま、v1.34 でなくなりました。", "Nap was removed in v1.34, as alpha."),
    "to come": (
        "Nap（beta）は既定で有効ですが、v1.37 で無効に戻る予定です。",
        "Nap (beta) is on by default, and planned to be off again in v1.37.",
    ),
    "to come again": (
        "Nap（beta）は既定で有効でしたが、v1.33 で無効に戻りました。",
        "Nap (beta) was on by default, and off again in v1.33.",
    ),
    "to go": (
        "Nap は alpha のまま、v1.37 でなくなる予定です。",
        "Nap is planned to be removed in v1.37, as alpha.",
    ),
}


def test_a_gate_that_went_back_is_told_with_before_after_and_release() -> None:
    found = {
        name: tuple(
            texts(page(site(kep(127, state(ALPHA)), known=gates(*known), locale=it)), ".neco-setbacks p")[0]
            for it in ("ja", "en")
        )
        for name, known in WENT_BACK.items()
    }
    assert found == SAID


def test_a_moved_milestone_is_told_with_its_releases_in_order_and_what_became_of_it() -> None:
    found = site(
        moved(1, "v1.31", "v1.32", "v1.34"),
        moved(2, "v1.35", "v1.37", "v1.38"),
        moved(3, "v1.30", "v1.31", "v1.35"),
        known=gates(gate("Nap", "alpha 1.30 off", keps=(3,))),
    )
    html = page(found)
    assert texts(html, "h2, h3, .neco-setbacks p") == [
        "Milestones moved twice and more",
        "planned v1.38",
        "beta v1.35 → planned v1.37 → planned v1.38 moved 2 times",
        "v1.35",
        "beta v1.30 → v1.31 → v1.35 moved 2 times, v1.35 came without it",
        "v1.34",
        "beta v1.31 → v1.32 → v1.34 moved 2 times, reached in v1.34",
    ]
    assert texts(html, ".neco-setbacks small code") == ["Nap"] * 3
    assert [it.get_text() for it in html.select(".neco-planned")] == ["planned v1.38", "planned v1.37", "planned v1.38"]


def test_what_had_shipped_when_its_milestone_was_rewritten_is_told_as_shipped() -> None:
    """KEP-127 was beta with v1.30, and its file named later releases in the following years."""
    known = gates(gate("Nap", "alpha 1.25-1.29 off", "beta 1.30 on"))
    found = site(moved(127, "v1.30", "v1.33", "v1.35"), known=known)
    assert texts(page(found), ".neco-setbacks p small") == ["moved 2 times, reached earlier, in v1.30"]


def test_what_we_covered_is_linked_with_its_headings_and_the_rest_leads_to_kubernetes() -> None:
    days = ("2025-01-03", "2025-02-07", "2025-03-07")
    issues = tuple(issue(day, 1, heading=f"<b>{day[5:7]}") for day in days)
    rest = moved(2, "v1.31", "v1.32", "v1.34", title="<i>Rest</i>")
    html = page(site(moved(1, "v1.31", "v1.32", "v1.33"), issues=issues, others={2: rest}))
    assert [(it.get_text(), it["href"]) for it in html.select(".neco-setbacks a")] == [
        ("KEP-2: <i>Rest</i>", "https://github.com/kubernetes/enhancements/issues/2"),
        ("KEP-1: Naps", "../keps/1.md"),
        ("2025-03-07 <b>03", "../issues/2025-03-07.md#a"),
        ("2025-02-07 <b>02", "../issues/2025-02-07.md#a"),
        ("1 more place", "../keps/1.md#mentions"),
    ]
    assert [it.get("data-covered") for it in html.select(".neco-setbacks li")] == [None, "yes"]


def test_where_many_are_covered_each_names_its_newest_heading_only() -> None:
    for count, named in ((MANY, 2), (MANY + 1, 1)):
        numbers = range(1, count + 1)
        issues = tuple(issue(day, *numbers) for day in ("2025-01-03", "2025-02-07"))
        html = page(site(*(moved(it, "v1.31", "v1.32", "v1.33") for it in numbers), issues=issues))
        rows = [len(it.select("a:has(time)")) for it in html.select(".neco-setbacks li")]
        assert rows == [named] * count


def test_a_gate_of_two_keps_has_both_and_one_of_none_its_name() -> None:
    back = ("beta 1.30-1.33 on", "alpha 1.34 off")
    two = page(site(kep(1, state(ALPHA)), kep(2, state(ALPHA)), known=gates(gate("Nap", *back, keps=(1, 2)))))
    assert texts(two, ".neco-setbacks a") == ["KEP-1: Support User Namespaces", "KEP-2: Support User Namespaces"]
    known, written = gates(gate("Nap", *back, keps=(1, 2))), (issue("2025-01-03", 1, 2),)
    covered = page(site(kep(1, state(ALPHA)), kep(2, state(ALPHA)), known=known, issues=written))
    assert texts(covered, ".neco-setbacks div a") == ["2025-01-03 節"]
    none = page(site(kep(1, state(ALPHA)), known=gates(gate("Nap", *back, keps=()))))
    assert texts(none, ".neco-setbacks li > code") == ["Nap"]


def test_what_no_source_reaches_is_told_as_not_known() -> None:
    kept = kep(1, state(BETA, beta="v1.35"))
    assert texts(page(site(kept)), "p")[0] == "Nothing is on record as taken back or moved."
    assert "not known which stages and defaults" in texts(page(site(kept, known=Gates())), "p")[0]
    nothing = texts(page(site(known=Gates())), "p")
    assert ["not known" in it for it in nothing] == [True, True, False]
    found = page(site(moved(1, "v1.31", "v1.32", "v1.33"), known=Gates()))
    assert "not known which stages and defaults" in texts(found, "p")[1]
    assert len(found.select(".neco-setbacks li")) == 1


def test_the_form_counts_what_it_can_narrow_down_to() -> None:
    found = site(
        moved(1, "v1.31", "v1.32", "v1.33"), moved(2, "v1.31", "v1.32", "v1.34"), issues=(issue("2025-01-03", 1),)
    )
    options = {
        it["name"]: texts(BeautifulSoup(str(it), "html.parser"), "option") for it in page(found).select("select")
    }
    assert options == {
        "sig": ["all", "sig-node · 2"],
        "stage": ["all", "beta · 2"],
        "covered": ["all", "by us · 1"],
        "sort": ["–"],
    }


def test_the_page_stays_small_whatever_was_written() -> None:
    assert len(built_sample().text("releases/setbacks/index.html").encode()) < 120_000
    keps = [moved(number, "v1.31", "v1.32", "v1.33") for number in range(1, 151)]
    issues = tuple(issue(f"2025-01-{day:02}", *range(1, 151)) for day in range(1, 29))
    assert len(str(page(site(*keps, issues=issues))).encode()) < 100_000


# --- on a KEP's page ----------------------------------------------------------------------------------------------


def stands(
    locale: str, *others: Enhancement, said: EnhancementState | None = None, known: tuple[FeatureGate, ...] = ()
) -> list[str]:
    own = enhancement(record("2023-08-20", said or state(BETA, alpha="v1.26", beta="v1.28")))
    found = site(own, *others, issues=(issue("2026-01-09", 127),), known=gates(*known), locale=locale)
    return texts(page(found, "keps/127.md"), ".neco-standing")


def graduated(count: int) -> list[Enhancement]:
    releases = ("v1.29", "v1.30", "v1.31", "v1.33", "v1.36", "v1.30")
    done = [state(STABLE, beta="v1.28", stable=it) for it in releases[:count]]
    return [kep(number, it) for number, it in enumerate(done, start=1)]


def test_how_long_a_kep_stands_is_told_beside_the_median_of_its_sig() -> None:
    assert stands("en", *graduated(5)) == ["beta since v1.28, for 9 releases; the median of sig-node is 3."]
    assert stands("ja", *graduated(5)) == [
        "v1.28 から beta、9 リリース目です（sig-node の KEP が beta を終えるまでの中央値は 3 リリース）。"
    ]
    assert stands("en", *graduated(6)) == ["beta since v1.28, for 9 releases; the median of sig-node is 2.5."]


def test_no_median_is_told_of_fewer_than_five() -> None:
    assert stands("en", *graduated(4)) == ["beta since v1.28, for 9 releases."]
    assert stands("ja", *graduated(4)) == ["v1.28 から beta、9 リリース目です。"]
    assert stands("en", said=state(ALPHA, alpha="v1.36")) == ["alpha since v1.36, for 1 release."]
    assert stands("en", *graduated(5), said=state(BETA, sig=None, beta="v1.28")) == [
        "beta since v1.28, for 9 releases."
    ]


def test_only_what_is_alpha_or_beta_stands() -> None:
    gone = gate("Nap", "beta 1.28-1.34 on", removed=True)
    assert stands("en", said=state(STABLE, beta="v1.28", stable="v1.30")) == []
    assert stands("en", said=state(BETA, beta="v1.38")) == []
    assert stands("en", said=state(BETA, Status.WITHDRAWN, beta="v1.28")) == []
    assert stands("en", said=state(BETA, gates=("Nap",), beta="v1.28"), known=(gone,)) == []


def test_a_keps_page_tells_its_own_setbacks_and_leads_to_all() -> None:
    own = kep(127, *(state(BETA, beta=it, stable="v1.39") for it in ("v1.30", "v1.31", "v1.33")))
    known = gates(gate("Nap", "beta 1.33-1.34 on", "beta 1.35 off"))
    found = site(own, moved(2, "v1.31", "v1.32", "v1.34"), issues=(issue("2026-01-09", 127, 2),), known=known)
    html = page(found, "keps/127.md")
    assert texts(html, ".neco-went-back li") == [
        "Nap (beta) was on by default, and off again in v1.35.",
        "The beta milestone of kep.yaml was moved to a later release 2 times: reached in v1.33.",
    ]
    assert [it["href"] for it in html.select(".neco-went-back + p a")] == ["../releases/setbacks.md"]
    assert (
        page(site(kep(1, state(BETA, beta="v1.35")), issues=(issue("2026-01-09", 1),)), "keps/1.md").select(
            ".neco-went-back"
        )
        == []
    )
