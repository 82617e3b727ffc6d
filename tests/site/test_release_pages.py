"""The pages of releases: what came and what was planned are told apart, and what nobody knows says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.keps import Enhancement, Stage, Status, Summary
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.model.releases import load_releases
from neco_weekly.model.removed_apis import ApiReplacement, DeprecationGuide, RemovedApi
from neco_weekly.site.pages import Site

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.lock_fixture import HOSTILE

NOW = dt.date(2026, 7, 24)
BEFORE = "2026-01-10"
"""A day before the freeze of v1.36 (2026-02-12); v1.35 came on 2025-12-17, v1.36 on 2026-04-22."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def kep(number: int, stage: Stage, summary: str = "", **milestones: Any) -> Enhancement:
    made = enhancement(record(BEFORE, state(stage, title=f"Title of {number}", **milestones)), number=number)
    return replace(made, summary=Summary(text=summary, path="keps/README.md") if summary else None)


def moved(number: int, stage: Stage, until: str | Status) -> Enhancement:
    """A KEP whose stage was planned for v1.36 at the freeze, and later for another release, or closed."""
    planned: dict[str, Any] = {stage.value: "v1.36"}
    later: dict[str, Any] = planned if isinstance(until, Status) else {stage.value: until}
    status = until if isinstance(until, Status) else Status.IMPLEMENTABLE
    return enhancement(
        record(BEFORE, state(stage, title=f"Title of {number}", **planned)),
        record("2026-03-25", state(stage, status, title=f"Title of {number}", **later), pull=70 + number),
        number=number,
    )


def issue(date: str, *mentions: tuple[int, str], title: str = "") -> Issue:
    named = tuple(
        Mention(kep=number, written="", heading=Heading(text=text, anchor=text) if text else None, line=line)
        for line, (number, text) in enumerate(mentions, start=1)
    )
    path = f"issues/{date}.md"
    return Issue(path=path, title=title or f"Weekly {date}", date=day(date), number=None, mentions=named)


def site(*keps: Enhancement, issues: tuple[Issue, ...] = (), locale: str = "en", **said: Any) -> Site:
    others = {9000: enhancement(record(BEFORE, state()), number=9000)}  # with these all KEPs may be told
    lock = Lock(as_of=NOW, fetched={it.number: it for it in keps}, **{"others": others, **said})
    return Site(build_index(issues), KepsAsOf(lock, load_releases()), load_strings(locale))


def text(found: Site, release: str, selector: str) -> list[str]:
    page = next(it for it in found.pages("N") if it.path == f"releases/{release}.md")
    return [" ".join(it.get_text(" ").split()) for it in BeautifulSoup(page.body, "html.parser").select(selector)]


def links(found: Site, path: str, selector: str) -> list[str]:
    page = next(it for it in found.pages("N") if it.path == path)
    return [str(it["href"]) for it in BeautifulSoup(page.body, "html.parser").select(selector)]


def below(found: Site, release: str, anchor: str) -> str:
    """What stands between a heading and the next one."""
    page = next(it for it in found.pages("N") if it.path == f"releases/{release}.md")
    heading = BeautifulSoup(page.body, "html.parser").find(id=anchor)
    assert heading
    parts = []
    for it in heading.find_next_siblings():
        if it.name == "h2":
            break
        parts.append(it.get_text(" "))
    return " ".join(" ".join(parts).split())


# --- what came ----------------------------------------------------------------------------------------------------


def test_rows_stand_by_stage_what_is_ready_first() -> None:
    found = site(
        kep(3, ALPHA, alpha="v1.36"),
        kep(2, STABLE, "Does it, e.g. at night. Or not.", stable="v1.36"),
        kep(1, BETA, beta="v1.36"),
        kep(4, Stage.DEPRECATED, deprecated="v1.36"),
        kep(5, BETA, beta="v1.35"),
    )
    assert text(found, "1.36", "h2, .neco-row__title, .neco-row__about")[3:13] == [
        "Now stable",
        "#2 Title of 2",
        "Does it, e.g. at night.",
        "Now beta",
        "#1 Title of 1",
        "Now alpha",
        "#3 Title of 3",
        "Now deprecated",
        "#4 Title of 4",
        "Planned, and did not come",
    ]
    assert text(found, "1.36", '.neco-row__about[lang="en"]') == ["Does it, e.g. at night."]


def test_a_row_says_by_whom_it_is_known_and_what_is_on_by_default() -> None:
    known = gates(
        gate("Nap", "alpha 1.35 off", "beta 1.36 on", keps=(1,)),
        gate("Doze", "beta 1.34-1.36 off", keps=(2,)),
        gate("Sleep", "alpha 1.36 off", keps=(2,)),
    )
    listed = OfficialList(stages={BETA: (1, 3)}, source="https://example.com/post", date=NOW)
    found = site(
        kep(1, BETA, alpha="v1.35", beta="v1.36"),
        kep(2, ALPHA, alpha="v1.36"),
        kep(3, BETA, beta="v1.36"),
        kep(4, BETA, beta="v1.36", gates=("Unseen",)),
        kep(5, ALPHA, alpha="v1.36"),
        gates=known,
        known_releases=KnownReleases(by_name={"v1.36": ReleaseFacts(official=listed)}),
        overrides={5: Override(number=5, stage=BETA, latest_milestone="v1.36")},
    )
    rows = dict(zip(text(found, "1.36", ".neco-row__title"), text(found, "1.36", ".neco-row__facts"), strict=True))
    assert rows == {
        "#1 Title of 1": "sig-node Nap on by default as planned at freeze "
        "confirmed by a feature gate, the official list not written about",
        "#2 Title of 2": "sig-node Doze beta, off by default Sleep off by default as planned at freeze "
        "confirmed by a feature gate not written about",
        "#3 Title of 3": "sig-node no gate named, default not known as planned at freeze "
        "confirmed by kep.yaml, the official list not written about",
        "#4 Title of 4": "sig-node Unseen default not known as planned at freeze "
        "expected, by kep.yaml alone not written about",
        "#5 Title of 5": "sig-node no gate named, default not known planned at freeze as alpha "
        "confirmed by the editors not written about",
    }


def test_where_no_gate_tells_of_the_release_the_page_says_so_once() -> None:
    found = site(
        kep(1, BETA, beta="v1.36", gates=("Nap",)), gates=gates(gate("Other", "beta 1.30 on"), through="v1.35")
    )
    assert "The records of feature gates end with v1.35: no default in this release is known." in text(
        found, "1.36", ".neco-source"
    )
    assert "default" not in text(found, "1.36", ".neco-row__facts")[0]
    assert below(found, "1.36", "gates") == "Not known: the records of feature gates end with v1.35."


def test_what_we_wrote_stands_beside_each_kep_and_what_we_did_not_is_counted() -> None:
    many = [issue(f"2026-05-{number:02}", (1, "Naps")) for number in range(1, 5)]
    found = site(
        kep(1, BETA, beta="v1.36"),
        kep(2, BETA, beta="v1.36"),
        issues=(*many, issue("2026-06-05", (1, ""), (1, "One"), (1, "One"), (1, "Two"))),
    )
    assert below(found, "1.36", "totals").endswith("Of the 2 that came we wrote about 1, and not yet about 1.")
    assert text(found, "1.36", ".neco-row__ours li") == [
        "2026-06-05 (opening) , One",
        "2026-05-04 Naps",
        "2026-05-03 Naps",
        "2 more issues",
    ]
    assert links(found, "releases/1.36.md", ".neco-row__ours li:first-child a") == [
        "../issues/2026-06-05.md",
        "../issues/2026-06-05.md#One",
    ]
    assert links(found, "releases/1.36.md", ".neco-row__title a") == [
        "../keps/1.md",
        "https://github.com/kubernetes/enhancements/issues/2",
    ]


def test_the_more_keps_a_page_has_the_fewer_issues_stand_beside_each() -> None:
    keps = [kep(number, ALPHA, alpha="v1.36") for number in range(1, 62)]
    named = tuple((it.number, "x") for it in keps)
    found = site(*keps, issues=(issue("2026-05-01", *named), issue("2026-05-02", *named)))
    assert text(found, "1.36", ".neco-row__ours")[0] == "2026-05-02 x 1 more issue"


# --- what did not come ----------------------------------------------------------------------------------------------


def test_a_plan_that_failed_says_what_became_of_it_why_and_who_says_so() -> None:
    asked = ExceptionRequest(
        kep=3,
        freeze="code",
        decision="rejected",
        requested=day("2026-03-20"),
        reviewed=day("2026-03-23"),
        thread="https://groups.example.com/a",
    )
    found = site(
        moved(1, BETA, "v1.37"),
        moved(2, ALPHA, Status.WITHDRAWN),
        moved(3, STABLE, "v1.36"),
        known_releases=KnownReleases(by_name={"v1.36": ReleaseFacts(exceptions=(asked,))}),
    )
    rows = zip(*(text(found, "1.36", it) for it in (".neco-row__title", ".neco-row__fate")), strict=True)
    assert list(rows) == [
        (
            "#3 Title of 3",
            "planned: stable → slipped, to which release is not known; why: v1.36, exception from the code freeze: "
            "asked 2026-03-20 , rejected 2026-03-23 thread",
        ),
        ("#1 Title of 1", "planned: beta → moved to planned v1.37 ; why: reason unknown"),
        ("#2 Title of 2", "planned: alpha → withdrawn; why: the proposal was withdrawn"),
    ]
    assert "source: kep.yaml 2026-03-25 PR #71" in text(found, "1.36", ".neco-row__facts")[1]
    assert text(found, "1.36", "#stable, #beta, #alpha") == []


def test_what_moved_to_a_release_that_is_out_came_there_or_did_not() -> None:
    def plan(number: int, *later: str) -> Enhancement:
        return enhancement(
            record("2025-10-01", state(BETA, title=f"T{number}", beta="v1.35")),
            *(record(f"2026-01-1{place}", state(BETA, title=f"T{number}", beta=it)) for place, it in enumerate(later)),
            number=number,
        )

    asked = ExceptionRequest(kep=2, freeze="code", decision="rejected")
    refused = KnownReleases(by_name={"v1.36": ReleaseFacts(exceptions=(asked,))})
    found = site(plan(1, "v1.36"), plan(2, "v1.36"), known_releases=refused)
    assert text(found, "1.35", ".neco-row__fate") == [
        "planned: beta → came with v1.36; why: reason unknown",
        "planned: beta → moved to v1.36, and did not come there; why: reason unknown",
    ]


def test_a_stage_that_goes_on_is_told_apart_and_not_counted() -> None:
    again = enhancement(record(BEFORE, state(BETA, latest="v1.36", beta="v1.34")), number=1)
    found = site(again)
    assert below(found, "1.36", "again").endswith("#1 Support User Namespaces beta again")
    assert text(found, "1.36", ".neco-totals tbody tr") == ["stable 0 0 0 0", "beta 0 0 0 1", "alpha 0 0 0 0"]
    assert below(found, "1.36", "rows") == "Nothing is known to have come with this release."


# --- before a release -----------------------------------------------------------------------------------------------


def test_before_its_day_a_release_is_planned_and_nothing_of_it_was_reached() -> None:
    """Also where kep.yaml calls a stage implemented, and a gate names the release already."""
    done = enhancement(
        record("2026-06-01", state(BETA, Status.IMPLEMENTED, title="Title of 1", beta="v1.37")), number=1
    )
    early = gates(gate("Nap", "beta 1.37 on", keps=(1,)), through="v1.37")
    found = site(done, kep(2, ALPHA, alpha="v1.38"), gates=early)
    assert text(found, "1.37", ".neco-lead .neco-kind") == ["planned"]
    assert text(found, "1.37", ".admonition p") == [
        "planned 2026-08-26",
        "It is not out yet: all of this is planned, and nothing of it was reached.",
        "33 days until the planned release, counted from 2026-07-24",
    ]
    assert text(found, "1.37", "h2")[3] == "Planned: beta"
    assert text(found, "1.37", ".neco-row__facts") == ["sig-node Nap not written about"]
    assert text(found, "1.37", ".neco-facts tr")[-2:] == ["Release planned: 2026-08-26", "End of support not known"]
    for release in ("1.37", "1.38"):
        page = " ".join(text(found, release, "h1, h2, p, li, tr"))
        told = ("Now ", "confirmed", "expected", "came with", "did not come")
        assert not [word for word in told if word in page], release
    assert below(found, "1.38", "issues") == "The release before is not out, so this cycle has not begun."
    assert below(found, "1.38", "failed") == "The enhancements freeze is to come."
    assert text(found, "1.38", ".admonition p")[1:] == [
        "It is not out yet: all of this is planned, and nothing of it was reached."
    ]


def test_a_planned_day_that_has_passed_is_no_proof() -> None:
    late = Lock(as_of=day("2026-09-01"), others={1: kep(1, BETA, beta="v1.37")})
    found = Site(build_index([]), KepsAsOf(late, load_releases()), load_strings("en"))
    assert text(found, "1.37", ".neco-kind, .admonition p:last-child") == [
        "planned",
        "The planned day has passed, but by 2026-09-01 no source has seen the release.",
    ]


# --- days, issues, sources ----------------------------------------------------------------------------------------


def test_issues_of_a_cycle_are_those_after_the_release_before_until_the_release() -> None:
    dates = ("2025-12-17", "2025-12-18", "2026-04-22", "2026-04-23")
    found = site(kep(1, BETA, beta="v1.36"), kep(2, BETA, beta="v1.37"), issues=tuple(map(issue, dates)))
    assert text(found, "1.36", ".neco-issues a") == ["Weekly 2026-04-22", "Weekly 2025-12-18"]
    assert text(found, "1.37", ".neco-issues a") == ["Weekly 2026-04-23"]


def test_days_of_a_release_are_plans_where_they_have_not_come() -> None:
    found = site(kep(1, BETA, beta="v1.36"), kep(2, BETA, beta="v1.33"))
    assert text(found, "1.36", ".neco-facts tr") == [
        "Enhancements freeze 2026-02-12",
        "Code freeze 2026-03-19",
        "Docs freeze not known",
        "Release 2026-04-22",
        "End of support planned: 2027-06-28",
    ]
    assert text(found, "1.36", ".neco-lead") == ["supported ← v1.33"]
    assert text(found, "1.33", ".neco-lead") == ["no longer supported v1.36 →"]


def test_what_no_source_was_read_for_is_not_known() -> None:
    found = site(kep(1, BETA, beta="v1.36"))
    assert {it: below(found, "1.36", it) for it in ("gates", "apis", "exceptions", "official")} == {
        "gates": "Not known: there is no record of feature gates.",
        "apis": "Not known: the Deprecated API Migration Guide of kubernetes/website was not read yet.",
        "exceptions": "Not known: no exceptions.yaml of this release was read.",
        "official": "Not known: no official list of this release was read.",
    }


def test_what_was_read_and_is_empty_says_so() -> None:
    found = site(
        kep(1, BETA, beta="v1.36"),
        gates=gates(gate("Nap", "beta 1.36 on", keps=(1,))),
        known_releases=KnownReleases(
            by_name={"v1.36": ReleaseFacts(exceptions=())}, removed_apis=DeprecationGuide(date=NOW, removals=())
        ),
    )
    assert {it: below(found, "1.36", it) for it in ("gates", "apis", "exceptions")} == {
        "gates": "By the records no gate was turned, deprecated or removed with this release.",
        "apis": "The guide, as of 2026-07-24 , names none for this release.",
        "exceptions": "Its exceptions.yaml has no request.",
    }


def test_gates_that_turn_and_gates_and_apis_that_end() -> None:
    known = gates(
        gate("Nap", "stable 1.30-1.35 on", keps=(1,), removed=True),
        gate("Doze", "beta 1.30-1.35 off", keps=(1,), removed=True),
        gate("Old", "stable 1.30-1.35 on", "deprecated 1.36 on", keps=(1, 999)),
        gate("Turned", "beta 1.30-1.35 off", "beta 1.36 on", keps=(1,)),
        gate("Back", "alpha 1.35-1.35 on", "alpha 1.36 off", keps=(1,)),
        gate("Earlier", "beta 1.30-1.34 off", "beta 1.35 on", keps=(1,)),
        gate("Grown", "alpha 1.30-1.35 off", "beta 1.36 on", keps=(1,)),
        gate("Unsaid", "beta 1.30-1.35", "beta 1.36 on", keps=(1,)),
    )
    removed = (
        RemovedApi(
            release="v1.36", kinds=("Cat",), versions=("a/v1beta1",), replacements=(ApiReplacement(name="a/v1"),)
        ),
        RemovedApi(release="v1.36", kinds=("Dog", "Pup"), versions=("b/v1", "b/v2")),
        RemovedApi(release="v1.35", kinds=("Cow",), versions=("c/v1",)),
    )
    guide = KnownReleases(removed_apis=DeprecationGuide(date=NOW, removals=removed))
    found = site(kep(1, BETA, beta="v1.36"), gates=known, known_releases=guide)
    assert text(found, "1.36", "#gates + ul li") == [
        "Back off by default since this release, alpha as before #1 Title of 1",
        "Turned on by default since this release, beta as before #1 Title of 1",
        "Doze removed #1 Title of 1",
        "Nap removed, as its feature is stable #1 Title of 1",
        "Old deprecated #1 Title of 1",
    ]
    assert text(found, "1.36", "#apis + ul li") == [
        "Cat a/v1beta1 use a/v1",
        "Dog, Pup b/v1 b/v2 nothing stands in for it",
    ]


def test_every_exception_stands_on_its_release_also_of_a_number_that_nobody_knows() -> None:
    requests = (
        ExceptionRequest(kep=1, freeze="enhancements", decision="approved", title="Not ours", requested=NOW),
        ExceptionRequest(kep=999, freeze="code", decision="unknown", title=HOSTILE, raw=(("decision", "aproved"),)),
        ExceptionRequest(kep=1, freeze="docs", decision="removed"),
    )
    known = KnownReleases(by_name={"v1.36": ReleaseFacts(exceptions=requests)})
    found = site(kep(1, BETA, beta="v1.36"), known_releases=known)
    assert text(found, "1.36", "#exceptions + p") == ["3 requests, of which 1 was rejected or removed."]
    assert text(found, "1.36", ".neco-exceptions li") == [
        "#1 Title of 1 from the enhancements freeze: asked 2026-07-24 , approved",
        f"#999 {HOSTILE} from the code freeze: asked on an unknown day, decision not readable (aproved)",
        "#1 Title of 1 from the docs freeze: asked on an unknown day, removed from the release",
    ]


def test_an_official_list_stands_beside_ours_with_all_that_differs() -> None:
    listed = OfficialList(
        stages={STABLE: (1, 2, 999)}, source="https://example.com/?a=1&b=2", date=NOW, claimed={STABLE: 4}
    )
    known = KnownReleases(by_name={"v1.36": ReleaseFacts(official=listed)})
    found = site(
        kep(1, STABLE, stable="v1.36"), kep(2, BETA, beta="v1.36"), kep(3, STABLE, stable="v1.36"), known_releases=known
    )
    assert below(found, "1.36", "official") == (
        "Official list of 2026-07-24 . https://example.com/?a=1&b=2 stable: 3, while its text says 4 "
        "stable: only on the official list #2 Title of 2 stable: only on ours #3 Title of 3 "
        "stable: on the official list, and no number of any KEP #999"
    )


# --- the list of all releases -------------------------------------------------------------------------------------


def test_all_releases_the_newest_first() -> None:
    found = site(
        kep(1, BETA, beta="v1.36"),
        kep(2, STABLE, beta="v1.36", stable="v1.37"),
        kep(3, BETA, beta="v1.33", stable="v1.40"),
        issues=(issue("2026-04-22"),),
    )
    page = next(it for it in found.pages("N") if it.path == "releases/index.md")
    rows = [" ".join(it.get_text(" ").split()) for it in BeautifulSoup(page.body, "html.parser").select("tbody tr")]
    assert rows == [
        "planned v1.40 no date yet not known planned stable 1 —",
        "planned v1.37 planned: 2026-08-26 not known planned stable 1 0",
        "v1.36 supported 2026-04-22 planned: 2027-06-28 beta 2 1",
        "v1.33 no longer supported 2025-04-23 2026-06-28 beta 1 0",
    ]
    others = [it.get_text() for it in BeautifulSoup(page.body, "html.parser").select("details li")]
    assert (others[0], others[-1]) == ("v1.35 2025-12-17", "v1.0 2015-07-21")
    assert links(found, "releases/index.md", "tbody th a") == ["1.40.md", "1.37.md", "1.36.md", "1.33.md"]


def test_a_kep_page_leads_to_the_pages_of_its_releases() -> None:
    found = site(kep(1, STABLE, beta="v1.36", stable="v1.37"), issues=(issue("2026-05-08", (1, "x")),))
    assert links(found, "keps/1.md", '.neco-facts a[href*="releases/"]') == [
        "../releases/1.36.md",  # with which beta came, then the milestones, and the latest
        "../releases/1.36.md",
        "../releases/1.37.md",
        "../releases/1.37.md",
    ]


def test_a_lock_without_the_others_tells_of_no_kep_that_only_a_draft_names() -> None:
    known = gates(
        gate("Open", "beta 1.30-1.35 off", "beta 1.36 on", keps=(1, 2)),
        gate("Closed", "beta 1.30-1.35 off", "beta 1.36 on", keps=(2,)),
    )
    found = site(
        kep(1, BETA, beta="v1.36"),
        kep(2, BETA, beta="v1.36"),
        issues=(issue("2026-05-08", (1, "x")),),
        gates=known,
        others={},
    )
    assert text(found, "1.36", ".neco-row__title") == ["#1 Title of 1"]
    assert text(found, "1.36", "#gates + ul li") == [
        "Open on by default since this release, beta as before #1 Title of 1"
    ]


def test_a_guide_that_is_older_than_the_release_or_read_in_part_says_so() -> None:
    def told(date: str, *irregular: tuple[str, str]) -> str:
        guide = DeprecationGuide(date=day(date), removals=(), irregular=irregular)
        return below(site(kep(1, BETA, beta="v1.36"), known_releases=KnownReleases(removed_apis=guide)), "1.36", "apis")

    assert told("2026-04-21") == "Not known: the guide, as of 2026-04-21 , is older than the release."
    assert told("2026-04-22", ("v1.36 Cat", "no sentence")).endswith("could not be read: v1.36 Cat")
    assert "could not" not in told("2026-04-22", ("v1.35 Cat", "no sentence"))


def test_a_lock_that_knows_only_what_issues_mention_says_so() -> None:
    few = site(kep(1, BETA, beta="v1.36"), issues=(issue("2026-05-08", (1, "x")),), others={})
    assert below(few, "1.36", "totals").count("Only KEPs that issues mention are counted") == 1
    assert "Only KEPs" not in below(site(kep(1, BETA, beta="v1.36")), "1.36", "totals")
