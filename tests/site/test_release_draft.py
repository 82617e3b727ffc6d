"""The draft of an issue on a release: what came, what did not, how sure that is, and that foreign text stays text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from neco_weekly.display.words import load_strings
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.grammar.kep_headings import KepHeading, heading_form
from neco_weekly.issues.index import Index, build_index, make_issue
from neco_weekly.issues.scan import Scanner
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.releases_as_of import ReleasesAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.errors import NecoError
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.issues import Issue
from neco_weekly.model.keps import Enhancement, Status, Summary
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.model.releases import load_releases
from neco_weekly.site.markdown_text import as_markdown
from neco_weekly.site.release_draft import ReleaseDraft, check_release

from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state

NOW = dt.date(2026, 7, 24)
BEFORE, AFTER = "2026-01-10", "2026-05-10"
"""Days before the freeze of v1.36 (2026-02-12), and after the release (2026-04-22)."""

PATH = "issues/2026/07/2026-07-31.md"


def beta_gate(name: str, *keps: int, since: str = "v1.36") -> FeatureGate:
    said = GateRecord(date=NOW, path=f"{name}.md", stages=(GateStage(stage=BETA, since=since, default=True),))
    return FeatureGate(name=name, keps=keps, records={"website": said})


GATES = Gates(by_name={"Nap": beta_gate("Nap", 1)}, sources={"website": GateSource(date=NOW, through="v1.36")})
REFUSED = ExceptionRequest(
    kep=4,
    freeze="code",
    decision="rejected",
    requested=dt.date(2026, 3, 18),
    reviewed=dt.date(2026, 3, 20),
)
FACTS = ReleaseFacts(
    exceptions=(REFUSED,), official=OfficialList(stages={STABLE: (2, 77)}, source="https://kubernetes.io/blog/x/")
)
KEPS: Sequence[Enhancement] = (
    enhancement(record(BEFORE, state(BETA, title="Naps", alpha="v1.34", beta="v1.36", gates=("Nap",))), number=1),
    enhancement(record(BEFORE, state(STABLE, title="Beds", stable="v1.36")), number=2),
    enhancement(record(BEFORE, state(ALPHA, title="Mats", alpha="v1.36")), number=3),
    enhancement(record(BEFORE, state(BETA, title="Late", alpha="v1.35", beta="v1.36")), number=4),
    enhancement(
        record(BEFORE, state(BETA, title="Later", alpha="v1.35", beta="v1.36")),
        record(AFTER, state(BETA, title="Later", alpha="v1.35", beta="v1.38")),
        number=5,
    ),
    enhancement(
        record(BEFORE, state(ALPHA, title="Gone", alpha="v1.36")),
        record(AFTER, state(ALPHA, Status.WITHDRAWN, title="Gone")),
        number=6,
    ),
    enhancement(record(BEFORE, state(BETA, title="Again", beta="v1.35", latest="v1.36")), number=7),
    enhancement(
        record(BEFORE, state(ALPHA, title="Lost", alpha="v1.36")),
        record(AFTER, state(ALPHA, Status.PROVISIONAL, title="Lost")),
        number=8,
    ),
)


def releases(keps: Iterable[Enhancement] = KEPS, *, now: dt.date = NOW, **said: Any) -> ReleasesAsOf:
    known: dict[str, Any] = {"gates": GATES, "known_releases": KnownReleases(by_name={"v1.36": FACTS})} | said
    lock = Lock(as_of=now, others={it.number: it for it in keps}, **known)
    return ReleasesAsOf(KepsAsOf(lock, load_releases()))


def issue(day: str, body: str) -> Issue:
    path, scanner = f"issues/{day[:4]}/{day[5:7]}/{day}.md", Scanner()
    parts = take_apart(body)
    return make_issue(path, parts, scanner.scan(parts.body, IssueFile(path=path)))


ISSUES = build_index(
    (
        issue(
            "2026-07-24", "# July\n\nKEP-1 in short.\n\n## KEP-99 and others\n\nKEP-1.\n\n## KEP-1 (naps)\n\nText.\n"
        ),
        issue("2025-12-05", "# December\n\n## --> Beds\n\nKEP-2.\n"),
    )
)


def draft(
    found: ReleasesAsOf | None = None,
    release: str = "v1.36",
    *,
    locale: str = "en",
    index: Index = ISSUES,
    heading: KepHeading | None = None,
) -> ReleaseDraft:
    words = load_strings(locale)
    return ReleaseDraft.of(release, found or releases(), index, PATH, heading or KepHeading(), words)


def sections(text: str) -> dict[str, list[str]]:
    """The titles of the KEPs in each section, `Naps (KEP-1)`."""
    found: dict[str, list[str]] = {}
    for line in text.split("\n"):
        if line.startswith("## "):
            found[line[3:]] = []
        elif line.startswith("### "):
            found[next(reversed(found))].append(line[4:].split(" (")[0])
    return found


def part(text: str, title: str) -> str:
    """What stands below the heading of a KEP."""
    return text.split(f"### {title} ")[1].partition("\n#")[0]


def test_what_came_and_what_did_not_stand_apart() -> None:
    assert sections(draft().markdown()) == {
        "Now stable": ["Beds"],
        "Now beta": ["Naps"],
        "Now alpha": ["Mats"],
        "Planned for v1.36, and did not come": ["Late", "Later", "Gone"],
        "Planned for v1.36, and nobody knows what became of it": ["Lost"],
        "Going on from an earlier release": ["Again"],
    }


STANDINGS = {
    "Naps": ["confirmed: beta (a feature gate)", "as planned at the freeze", "feature gate Nap: beta, on by default"],
    "Beds": ["confirmed: stable (kep.yaml, the official list)", "no feature gate named, default not known"],
    "Mats": ["expected: alpha (kep.yaml alone). Make sure before you publish."],
    "Late": ["slipped: beta, to which release is not known", "asked 2026-03-18, rejected 2026-03-20"],
    "Later": ["slipped: beta moved to v1.38", "why: reason unknown"],
    "Gone": ["withdrawn: planned to be alpha", "why: the proposal was withdrawn"],
    "Lost": ["unknown: planned to be alpha, and no source says what became of it"],
    "Again": ["again: beta (since an earlier release; nothing new was reached)"],
}


def test_comment_says_how_sure_each_is_and_why() -> None:
    text = draft().markdown()
    missing = [(title, it) for title, said in STANDINGS.items() for it in said if it not in part(text, title)]
    assert missing == []
    for title in STANDINGS:
        assert "SIG: sig-node" in part(text, title).partition("<!--\n")[2].partition("\n-->")[0]


def test_readers_see_defaults_that_a_gate_tells_and_links_to_where_we_wrote_of_it() -> None:
    text = draft().markdown()
    visible = part(text, "Naps").partition("-->")[2].strip()
    assert visible == ("- Feature gate `Nap`: on by default\n- Earlier issues: [2026-07-24](2026-07-24.md#kep-1-naps)")
    assert "before: 2026-07-24, KEP-99 and others\nbefore: 2026-07-24, KEP-1 (naps)" in part(text, "Naps")
    assert part(text, "Mats").partition("-->")[2].strip() == ""
    assert "before: not written about" in part(text, "Mats")


def test_what_did_not_come_has_no_default_that_a_reader_may_take_for_its_own() -> None:
    late = enhancement(
        record(BEFORE, state(STABLE, title="Late", beta="v1.35", stable="v1.36", gates=("Nap",))),
        record(AFTER, state(STABLE, title="Late", beta="v1.35", stable="v1.38", gates=("Nap",))),
        number=1,
    )
    odd = FeatureGate(name="a` <b>", keps=(2,), records=GATES.by_name["Nap"].records)
    gates = replace(GATES, by_name={"Nap": beta_gate("Nap", 1, since="v1.35"), odd.name: odd})
    beds = enhancement(record(BEFORE, state(BETA, title="Beds", beta="v1.36", gates=(odd.name,))), number=2)
    text = draft(releases([late, beds], gates=gates), index=build_index(())).markdown()
    assert "feature gate a` <b>: beta, on by default" in part(text, "Beds")
    assert "slipped: stable moved to v1.38" in part(text, "Late")
    assert "feature gate Nap: beta, on by default" in part(text, "Late")
    assert "\n- " not in text


def test_confirmed_comes_first_in_a_section() -> None:
    keps = [
        enhancement(record(BEFORE, state(BETA, title=title, beta="v1.36", gates=gates)), number=number)
        for number, title, gates in ((1, "Mats", ()), (2, "Naps", ("Nap",)))
    ]
    gates = replace(GATES, by_name={"Nap": beta_gate("Nap", 2)})
    assert sections(draft(releases(keps, gates=gates)).markdown()) == {"Now beta": ["Naps", "Mats"]}


def test_why_a_proposal_was_withdrawn_is_its_end_and_not_an_exception() -> None:
    asked = KnownReleases(by_name={"v1.36": ReleaseFacts(exceptions=(replace(REFUSED, kep=6),))})
    said = part(draft(releases(known_releases=asked)).markdown(), "Gone")
    assert "why: the proposal was withdrawn" in said
    assert "exception" not in said


def test_link_leads_to_a_heading_below_the_title_where_there_is_one() -> None:
    index = build_index((issue("2026-07-24", "# July\n\nKEP-1 in short.\n\n## Beds\n\nKEP-1.\n"),))
    assert "[2026-07-24](2026-07-24.md#beds)" in part(draft(index=index).markdown(), "Naps")
    alone = build_index((issue("2026-07-24", "# July\n\nKEP-1 in short.\n"),))
    assert "[2026-07-24](2026-07-24.md" in part(draft(index=alone).markdown(), "Naps")


def test_what_is_drafted_is_read_as_mentions_of_the_release_s_keps_and_no_other() -> None:
    written = issue("2026-07-31", f"# July\n\n{draft().markdown()}")
    assert sorted(written.keps) == [it.number for it in KEPS]
    assert written.diagnostics == ()


def test_before_a_release_is_out_all_is_planned() -> None:
    keps = [enhancement(record(AFTER, state(BETA, title="Naps", alpha="v1.34", beta="v1.37")), number=1)]
    text = draft(releases(keps, gates=Gates()), "v1.37").markdown()
    assert sections(text) == {"Planned to be beta": ["Naps"]}
    assert (
        "Kubernetes v1.37 is planned for 2026-08-26. What follows is planned as of 2026-07-24, and may change." in text
    )
    assert "planned: beta\n" in part(text, "Naps")
    assert not any(it in text for it in ("confirmed", "expected", "came out", "Feature gate `"))


def test_planned_day_that_passed_is_no_release() -> None:
    keps = [enhancement(record(AFTER, state(BETA, title="Naps", alpha="v1.34", beta="v1.37")), number=1)]
    text = draft(releases(keps, now=dt.date(2026, 9, 10), gates=Gates()), "v1.37").markdown()
    assert "Kubernetes v1.37 was planned for 2026-08-26, and by 2026-09-10 no source has seen it." in text
    assert sections(text) == {"Planned to be beta": ["Naps"]}


def test_release_without_days_says_so() -> None:
    keps = [enhancement(record(AFTER, state(BETA, title="Naps", alpha="v1.34", beta="v1.41")), number=1)]
    text = draft(releases(keps), "v1.41").markdown()
    assert "No day is known for Kubernetes v1.41." in text
    assert "No day of it is known.\nThe day of the enhancements freeze is not known; plans will still change." in text


def test_day_of_the_lock_and_what_no_source_says_is_above_all() -> None:
    text = draft(releases(gates=replace(GATES, sources={"website": GateSource(date=NOW, through="v1.35")}))).markdown()
    about = text.partition("-->")[0]
    assert "Its facts are those of the lock of 2026-07-24" in about
    assert "enhancements freeze 2026-02-12, code freeze 2026-03-19, release 2026-04-22" in about
    assert "Feature gates are known up to v1.35, so the defaults in v1.36 are not." in about
    assert "Official list: https://kubernetes.io/blog/x/\nIn the official list of stable, and not here: KEP-77" in about
    assert "Kubernetes v1.36 came out on 2026-04-22." in text


def test_default_of_before_is_told_where_that_in_the_release_is_not_known() -> None:
    gates = Gates(
        by_name={"Nap": beta_gate("Nap", 1, since="v1.35")}, sources={"website": GateSource(date=NOW, through="v1.35")}
    )
    keps = [
        enhancement(record(BEFORE, state(STABLE, title=title, stable="v1.36", gates=(gate,))), number=number)
        for number, title, gate in ((1, "Naps", "Nap"), (2, "Beds", "Bed"))
    ]
    text = draft(releases(keps, gates=gates)).markdown()
    assert "feature gate Nap: default not known (in v1.35: beta, on by default)\n" in part(text, "Naps")
    assert "feature gate Bed: default not known\n" in part(text, "Beds")
    assert "Feature gate `" not in text


def test_sources_that_were_not_read_are_named() -> None:
    about = draft(releases(gates=Gates(), known_releases=KnownReleases())).markdown().partition("-->")[0]
    assert "No feature gates are recorded, so no default is known." in about
    assert "No official list was read yet (neco refresh --post URL).\nNo record of exceptions was read." in about


def test_lock_of_mentioned_keps_alone_says_that_others_are_missing() -> None:
    said = "This lock has only KEPs that issues mention, so others are missing here"
    mentioned = Lock(as_of=NOW, fetched={it.number: it for it in KEPS})
    assert said in draft(ReleasesAsOf(KepsAsOf(mentioned, load_releases()))).markdown()
    assert said not in draft().markdown()


def test_japanese() -> None:
    text = draft(locale="ja").markdown()
    assert "Kubernetes v1.36 が 2026年4月22日にリリースされました。" in text
    assert "見込み: alpha（kep.yaml のみ）。公開する前に確かめてください。" in text
    assert "- フィーチャーゲート `Nap` は既定で有効\n- これまでの号: [2026-07-24号](2026-07-24.md#kep-1-naps)" in text


HOSTILE = (
    "<script>alert(1)</script> --> *a* _b_ `c` [d](https://evil.test/) ![e](f.png) ~~g~~ $h$ &amp; &#60;i&#62;"
    " R&D; a\\_b https://evil.test/x www.evil.test :smile: ==h== a@b.test {.neco-card onclick=x} --!> <!-- --"
)


def test_foreign_text_stays_text() -> None:
    said = state(ALPHA, title=HOSTILE, alpha="v1.36", gates=(HOSTILE,), sig=HOSTILE)
    kep = replace(enhancement(record(BEFORE, said), number=3), summary=Summary(text=HOSTILE, path="", date=NOW))
    text = draft(releases([kep])).markdown()
    written = issue("2026-07-31", f"# July\n\n{text}")
    (heading,) = [it for it in written.headings if "script" in it]
    assert heading == f"{HOSTILE} (KEP-3)"
    assert (written.cards, written.images, written.keps) == ((), (), (3,))
    comments = text.split("<!--\n")[1:]
    assert [it.count("-->") for it in comments] == [1, 1]
    assert "--!>" not in "".join(comments)


def test_foreign_title_is_drawn_as_text_beside_any_extension() -> None:
    ours = NecoWeeklyExtension(keps_as_of=KepsAsOf(Lock(), load_releases()))
    others = ["attr_list", *(f"pymdownx.{it}" for it in ("caret", "emoji", "magiclink", "mark", "tilde"))]
    html = Markdown(extensions=[*others, ours]).convert(f"### {as_markdown(HOSTILE)}")
    heading = BeautifulSoup(html, "lxml").find("h3")
    assert isinstance(heading, Tag)
    assert (heading.get_text(), heading.find_all(), heading.attrs) == (HOSTILE, [], {})


def test_heading_in_a_comment_does_not_end_it() -> None:
    assert (
        "before: 2025-12-05, - -> Beds" in draft().markdown() or "before: 2025-12-05, -- > Beds" in draft().markdown()
    )


HEADINGS = {
    "# T\n\n### [#127](https://github.com/kubernetes/enhancements/issues/127) Users\n": "### [#5]({}5) T",
    "## [KEP-127](https://github.com/kubernetes/enhancements/issues/127): Users\n": "### [KEP-5]({}5): T",
    "### Users ([KEP-127](https://github.com/kubernetes/enhancements/issues/127))\n": "### T ([KEP-5]({}5))",
    "### Users（[#127](https://github.com/kubernetes/enhancements/issues/127)）\n": "### T（[#5]({}5)）",
    "### Users [#127](https://kep.k8s.io/127)\n": "### T [#5](https://kep.k8s.io/5)",
    "### [#1](https://github.com/kubernetes/enhancements/issues/1) A + "
    "[#2](https://github.com/kubernetes/enhancements/issues/2) B\n": "### [#5]({}5) T",
    "### [#127](https://github.com/kubernetes/kubernetes/issues/127) Users\n": "### T ([KEP-5]({}5))",
    "### [#127](https://github.com/kubernetes/enhancements/issues/128) Users\n": "### T ([KEP-5]({}5))",
    "Text.\n": "### T ([KEP-5]({}5))",
}


def test_headings_are_as_the_team_writes_them() -> None:
    ours = "https://github.com/kubernetes/enhancements/issues/"
    found = {body: heading_form([body]).markdown(5, "T") for body in HEADINGS}
    assert found == {body: expected.format(ours) for body, expected in HEADINGS.items()}


REFUSALS: dict[str, tuple[Callable[[], ReleasesAsOf], str, str]] = {
    "an empty lock": (lambda: releases([]), "v1.36", "the lock knows no KEP; run `neco refresh`, then draft the issue"),
    "a release that nobody knows": (
        releases,
        "v1.99",
        "v1.99 is a release that nobody knows: no source names its day, no KEP is planned for it; "
        "known are v1.35 to v1.38",
    ),
    "a release of which no KEP tells": (
        releases,
        "v1.21",
        "no KEP of the lock came with v1.21 or was planned for it; known are v1.35 to v1.38",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_release_of_which_nothing_can_be_drafted(name: str) -> None:
    make, release, sentence = REFUSALS[name]
    with pytest.raises(NecoError) as error:
        check_release(release, make())
    assert str(error.value) == sentence


def test_for_programs() -> None:
    told = draft().document()
    assert (told["release"], told["released"]) == ("v1.36", True)
    assert told["keps"][:2] == [
        {"number": 2, "stage": "stable", "outcome": "shipped", "confidence": "confirmed"},
        {"number": 1, "stage": "beta", "outcome": "shipped", "confidence": "confirmed"},
    ]
