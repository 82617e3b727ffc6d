"""Then and now: what a reader of an old issue sees of its KEPs, at every reference and at the top of the issue.

What shipped and what is planned are two facts, and never look alike.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.lock.kep_as_of import KepsAsOf, Movement
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.keps import Claim, Enhancement, Gap, Source, Stage, Status
from neco_weekly.model.releases import load_releases

from tests.histories import ALPHA, BETA, STABLE, USER_NAMESPACES, enhancement, record, state
from tests.lock_fixture import Host, as_of_today, kep

THEN = dt.date(2022, 8, 26)
NOW = dt.date(2026, 7, 24)
ISSUE = "issues/2022/08/2022-08-26.md"
LINK = "[#127](https://github.com/kubernetes/enhancements/issues/127)"


def draw(
    text: str,
    *keps: Enhancement,
    path: str | None = ISSUE,
    overrides: dict[int, Override] | None = None,
    locale: str = "ja",
    extensions: tuple[str, ...] = ("tables",),
) -> BeautifulSoup:
    """A page drawn by a host that names its path, or by plain Markdown."""
    lock = Lock(as_of=NOW, fetched={kep.number: kep for kep in keps}, overrides=overrides or {})
    hosts = [Host(path)] if path else []
    md = Markdown(extensions=[*extensions, *hosts, NecoWeeklyExtension(keps_as_of=as_of_today(lock), locale=locale)])
    return BeautifulSoup(md.convert(text), "html.parser")


def reference(html: BeautifulSoup) -> Tag:
    (found,) = html.select("a.neco-kep")
    return found


def shown(element: Tag) -> str:
    """What an eye sees of it."""
    return "".join(part for part in element.find_all(string=True) if not part.find_parent(class_="neco-hidden")).strip()


# --- at a reference -----------------------------------------------------------------------------------------------


def test_a_badge_shows_both_stages_without_being_asked() -> None:
    badge = reference(draw(f"{LINK} の話", USER_NAMESPACES))
    assert shown(badge) == "alpha v1.25 → stable v1.36"
    assert (badge["data-stage"], badge["data-stage-then"]) == ("stable", "alpha")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("KEP-127", "KEP-127 alpha v1.25 → stable v1.36", id="a plain mention"),
        pytest.param(
            "https://kep.k8s.io/127", "KEP-127: Support User Namespaces", id="a card: its link carries the hooks"
        ),
        pytest.param(f"# {LINK} の話", "alpha v1.25 → stable v1.36", id="in a heading"),
        pytest.param(f"|a|\n|-|\n|{LINK}|", "alpha v1.25 → stable v1.36", id="in a table"),
    ],
)
def test_every_form_of_a_reference_knows_both(text: str, seen: str) -> None:
    found = reference(draw(text, USER_NAMESPACES))
    assert shown(found) == seen
    assert (found["data-stage"], found["data-stage-then"]) == ("stable", "alpha")


def test_a_card_shows_both_stages_beside_its_link() -> None:
    (facts,) = draw("https://kep.k8s.io/127", USER_NAMESPACES).select(".neco-card .neco-card__facts")
    assert shown(facts) == "alpha v1.25 → stable v1.36 sig-node"


def test_a_repeated_mention_is_quiet_and_still_knows_both() -> None:
    _, second = draw(f"KEP-127 と {LINK}", USER_NAMESPACES).select("a.neco-kep")
    assert "neco-kep--quiet" in second["class"]
    assert second["data-stage-then"] == "alpha"


@pytest.mark.parametrize(
    ("day", "then", "seen"),
    [
        pytest.param("2022-03-08", None, "stable v1.36", id="before the first record: nothing is claimed"),
        pytest.param(
            "2022-03-09", None, "未リリース → stable v1.36", id="nothing had shipped, and nothing was planned"
        ),
        pytest.param(
            "2022-06-09", None, "予定 alpha v1.25 → stable v1.36", id="the day of a plan: a plan, and no stage"
        ),
        pytest.param("2022-08-22", None, "予定 alpha v1.25 → stable v1.36", id="the day before the release"),
        pytest.param("2022-08-23", "alpha", "alpha v1.25 → stable v1.36", id="the day of the release"),
        pytest.param("2024-02-09", "alpha", "alpha v1.25 → stable v1.36", id="a plan beside a stage that shipped"),
        pytest.param("2024-06-01", "alpha", "alpha v1.25 → stable v1.36", id="a plan that failed is told as nothing"),
        pytest.param("2026-02-05", "beta", "beta v1.35 → stable v1.36", id="kep.yaml is months ahead of its release"),
        pytest.param("2026-04-22", None, "stable v1.36", id="the day of the last release"),
        pytest.param("2030-01-01", None, "stable v1.36", id="in the future"),
    ],
)
def test_then_is_the_issue_s_own_day(day: str, then: str | None, seen: str) -> None:
    found = reference(draw(LINK, USER_NAMESPACES, path=f"issues/{day}.md"))
    assert (found.get("data-stage-then"), shown(found)) == (then, seen)


PLANNED_ANEW = enhancement(
    record("2022-01-01", state(ALPHA, alpha="v1.22")),
    record("2026-07-01", state(STABLE, alpha="v1.22", beta="v1.35", stable="v1.38")),
    number=127,
)


def test_what_is_only_planned_stands_behind_in_a_form_of_its_own() -> None:
    found = reference(draw(LINK, PLANNED_ANEW))
    assert shown(found) == "alpha v1.22 → beta v1.35 予定 stable v1.38"
    assert (found["data-stage"], found["data-stage-then"], found["data-planned"]) == ("beta", "alpha", "stable v1.38")
    (plan,) = found.select(".neco-planned")
    assert plan.text.strip() == "予定 stable v1.38"


def test_a_quiet_mention_leaves_the_plan_out_where_something_shipped() -> None:
    _, quiet = draw(f"KEP-127 と {LINK}", PLANNED_ANEW).select("a.neco-kep")
    assert shown(quiet) == "alpha v1.22 → beta v1.35"
    assert quiet["data-planned"] == "stable v1.38"


def test_where_nothing_shipped_there_is_no_stage() -> None:
    found = reference(draw("KEP-127", enhancement(record("2026-07-01", state(ALPHA, alpha="v1.38")))))
    assert shown(found) == "KEP-127 予定 alpha v1.38"
    assert (found.get("data-stage"), found["data-planned"]) == (None, "alpha v1.38")


def test_a_day_that_was_only_planned_makes_no_release() -> None:
    kep = enhancement(record("2026-07-01", state(ALPHA, alpha="v1.37")))
    lock = Lock(as_of=dt.date(2026, 11, 29), fetched={127: kep})
    assert KepsAsOf(lock, load_releases()).releases.day("v1.37") == dt.date(2026, 8, 26)
    seen = KepsAsOf(lock, load_releases()).of(127)
    assert seen
    assert (seen.today.shipped, bool(seen.today.planned)) == (None, True)
    confirmed = KepsAsOf(replace(lock, released={"v1.37": dt.date(2026, 8, 27)}), load_releases()).of(127)
    assert confirmed
    assert confirmed.today.shipped
    assert confirmed.today.shipped.since == dt.date(2026, 8, 27), "the day that a source saw counts"


def test_another_plan_of_the_same_stage_is_no_difference_to_see_at_a_badge() -> None:
    kep = enhancement(
        record("2022-01-01", state(BETA, alpha="v1.20", beta="v1.25")),
        record("2026-07-01", state(BETA, alpha="v1.20", beta="v1.38")),
    )
    assert shown(reference(draw(LINK, kep, path="issues/2022-02-01.md"))) == "alpha v1.20 予定 beta v1.38"


def test_where_nothing_shipped_another_plan_is_a_difference_to_see() -> None:
    kep = enhancement(
        record("2022-01-01", state(ALPHA, alpha="v1.25")), record("2026-07-01", state(ALPHA, alpha="v1.38"))
    )
    assert shown(reference(draw(LINK, kep, path="issues/2022-02-01.md"))) == "予定 alpha v1.25 → 予定 alpha v1.38"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.WITHDRAWN, "取り下げ"),
        (Status.REJECTED, "却下"),
        (Status.REPLACED, "置き換え"),
        (Status.DEFERRED, "延期"),
    ],
)
def test_a_proposal_that_goes_no_further_says_so(status: Status, word: str) -> None:
    kep = enhancement(
        record("2022-01-01", state(ALPHA, alpha="v1.25")), record("2023-01-01", state(ALPHA, status, alpha="v1.25"))
    )
    found = reference(draw(LINK, kep))
    assert shown(found) == f"alpha v1.25 → {word}・alpha v1.25"
    assert found["data-ended"] == status, "it never wears a living stage's colour"


@pytest.mark.parametrize("gap", ["deleted", "ambiguous", "unreadable"])
def test_in_a_gap_nothing_is_claimed_of_then(gap: Gap) -> None:
    kep = enhancement(
        record("2022-01-01", state(ALPHA, alpha="v1.25")), record("2022-02-01", gap), record("2023-01-01", state(BETA))
    )
    assert reference(draw(LINK, kep)).get("data-stage-then") is None


# --- the issue's day ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(ISSUE, LINK, id="the file's name"),
        pytest.param("issues/a.md", f"# 週刊 2022年8月26日\n\n{LINK}", id="the title"),
        pytest.param("issues/a.md", f"週刊 2022-08-26\n===\n\n{LINK}", id="a title underlined"),
        pytest.param(None, f"# 週刊 (2022-08-26号)\n\n{LINK}", id="the title in plain Markdown"),
    ],
)
def test_the_day_comes_from_front_matter_the_file_s_name_or_the_title(path: str | None, text: str) -> None:
    assert reference(draw(text, USER_NAMESPACES, path=path))["data-stage-then"] == "alpha"


def test_plain_markdown_tells_the_day_in_its_metadata() -> None:
    html = draw(f"date: 2022-08-26\n\n{LINK}", USER_NAMESPACES, path=None, extensions=("meta",))
    assert reference(html)["data-stage-then"] == "alpha"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("about.md", f"# 2022-08-26\n\n{LINK}", id="a page beside the issues"),
        pytest.param("issues/index.md", f"# 2022-08-26\n\n{LINK}", id="the archive"),
        pytest.param("issues/a.md", LINK, id="an issue without a day"),
        pytest.param(None, LINK, id="plain Markdown without a day"),
    ],
)
def test_without_a_day_there_is_only_now(path: str | None, text: str) -> None:
    found = reference(draw(text, USER_NAMESPACES, path=path))
    assert (found.get("data-stage-then"), shown(found)) == (None, "stable v1.36")


def test_a_second_page_has_its_own_day() -> None:
    lock = Lock(as_of=NOW, fetched={127: USER_NAMESPACES})
    md = Markdown(extensions=[NecoWeeklyExtension(keps_as_of=as_of_today(lock))])
    days = ["# 2022-08-26", "# 2026-01-01", "# なし"]
    found = [reference(BeautifulSoup(md.reset().convert(f"{day}\n\n{LINK}"), "html.parser")) for day in days]
    assert [each.get("data-stage-then") for each in found] == ["alpha", "beta", None]


# --- possibly stale -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "stage", "status", "stale"),
    [
        # 1.36 came on 2026-04-22, 1.35 on 2025-12-17, 1.34, 1.33, 1.32 on 2024-12-11
        pytest.param("2024-12-11", ALPHA, Status.IMPLEMENTABLE, None, id="four releases"),
        pytest.param("2024-12-10", ALPHA, Status.IMPLEMENTABLE, 5, id="five releases"),
        pytest.param("2024-12-10", BETA, Status.PROVISIONAL, 5, id="provisional"),
        pytest.param("2024-12-10", None, None, 5, id="nothing said at all"),
        pytest.param("2020-04-01", ALPHA, Status.IMPLEMENTED, None, id="implemented"),
        pytest.param("2020-04-01", STABLE, Status.IMPLEMENTABLE, None, id="stable"),
        pytest.param("2020-04-01", ALPHA, Status.WITHDRAWN, None, id="withdrawn"),
        pytest.param("2020-04-01", ALPHA, Status.DEFERRED, None, id="deferred on purpose"),
        pytest.param("2020-04-01", Stage.REMOVED, Status.IMPLEMENTABLE, None, id="removed"),
    ],
)
def test_an_unfinished_kep_without_change_is_marked(
    changed: str, stage: Stage | None, status: Status | None, stale: int | None
) -> None:
    kep = enhancement(record(changed, state(stage, status)))
    seen = KepsAsOf(Lock(as_of=NOW, fetched={127: kep}), load_releases()).of(127)
    assert seen
    assert seen.stale == stale
    assert bool(draw(LINK, kep).select("a.neco-kep .neco-kep__stale")) is bool(stale)


def test_the_same_words_written_otherwise_are_no_change() -> None:
    kep = enhancement(
        record("2020-04-01", state(ALPHA, raw={"stage": "Alpha"})),
        record("2026-07-01", state(ALPHA, raw={"stage": "ALPHA"})),
    )
    seen = KepsAsOf(Lock(as_of=NOW, fetched={127: kep}), load_releases()).of(127)
    assert seen
    assert seen.stale


# --- at the top of the issue --------------------------------------------------------------------------------------

OTHERS = [
    enhancement(
        record("2022-01-01", state(ALPHA, alpha="v1.24")),
        record("2023-01-01", state(ALPHA, Status.WITHDRAWN, alpha="v1.24")),
        number=1,
    ),
    enhancement(
        record("2022-01-01", state(BETA, beta="v1.25")),
        record("2023-01-01", state(STABLE, beta="v1.25", stable="v1.28")),
        number=2,
    ),
    enhancement(
        record("2022-01-01", state(BETA, alpha="v1.24", beta="v1.26")),
        record("2023-01-01", state(BETA, alpha="v1.24", beta="v1.38")),
        number=3,
    ),
    enhancement(record("2022-01-01", state(STABLE, stable="v1.25")), number=4),
    enhancement(record("2023-01-01", state(STABLE, stable="v1.30")), number=6),
    enhancement(
        record("2022-01-01", state(ALPHA, alpha="v1.25")),
        record("2023-01-01", state(BETA, alpha="v1.25", beta="v1.27")),
        number=7,
    ),
]
ALL = "KEP-127 KEP-1 KEP-2 KEP-3 KEP-4 KEP-6 KEP-7 KEP-9"


@pytest.mark.parametrize(
    ("number", "movement"),
    [(127, "advanced"), (1, "closed"), (2, "advanced"), (3, "same"), (4, "same"), (6, "unknown"), (7, "advanced")],
)
def test_what_became_of_a_kep(number: int, movement: Movement) -> None:
    lock = Lock(as_of=NOW, fetched={kep.number: kep for kep in (USER_NAMESPACES, *OTHERS)})
    seen = KepsAsOf(lock, load_releases()).of(number, THEN)
    assert seen
    assert seen.movement == movement


def test_of_days_after_the_lock_s_own_nothing_is_known_yet() -> None:
    lock = Lock(as_of=dt.date(2026, 3, 6), fetched={127: USER_NAMESPACES})
    seen = KepsAsOf(lock, load_releases()).of(127, dt.date(2026, 5, 1))
    assert seen
    assert (seen.today.seen, seen.before, seen.movement) == ((None, BETA, "v1.35"), None, "same")


def test_between_two_releases_and_two_records_the_first_day_of_a_stage_counts() -> None:
    old = kep(121, "Old", STABLE, status=Status.IMPLEMENTED)
    keps = KepsAsOf(Lock(as_of=NOW, fetched={121: old}), load_releases())
    assert old.source.date == dt.date(2026, 7, 1)
    before, after = (keps.of(121, day) for day in (dt.date(2026, 6, 30), dt.date(2026, 7, 2)))
    assert before
    assert after
    assert before.then is None
    assert after.then
    assert after.then.shipped


def test_another_plan_beside_another_stage_is_not_counted_apart() -> None:
    lock = Lock(as_of=NOW, fetched={127: PLANNED_ANEW})
    seen = KepsAsOf(lock, load_releases()).of(127, THEN)
    assert seen
    assert (seen.movement, seen.replanned) == ("advanced", False)


def test_one_sentence_sums_up_what_became_of_the_issue_s_keps() -> None:
    html = draw(ALL, USER_NAMESPACES, *OTHERS)
    (sentence,), (rest,) = html.select(".neco-issue-keps__sum"), html.select(".neco-issue-keps details > p")
    assert sentence.text == (
        "取り上げた KEP 7 件のうち 2 件がその後 stable になり、1 件がその後 beta になり、"
        "1 件が取り下げや置き換えで終わり、2 件は段階が変わらず、1 件は当時の記録がありません。"
    )
    assert rest.text == "段階は同じで、計画が変わったもの 1 件、更新が止まっている可能性のあるもの 2 件"


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("KEP-127 KEP-4", "en", "Of the 2 KEPs covered, 1 has since become stable, 1 is at the same stage."),
        ("KEP-127", "en", "The 1 KEP covered became stable since."),
        ("KEP-127 KEP-2", "ja", "取り上げた KEP 2 件は、その後 stable になりました。"),
        ("KEP-3", "ja", "取り上げた KEP 1 件は、その後も段階が変わっていません。"),
    ],
)
def test_the_sentence_of_few(text: str, locale: str, said: str) -> None:
    (sentence,) = draw(text, USER_NAMESPACES, *OTHERS, locale=locale).select(".neco-issue-keps__sum")
    assert sentence.text == said


SECTIONS = {
    "below the heading": ("## KEP-127 の話", ["KEP-127 の話|KEP-127 は alpha v1.25 から stable v1.36 に"]),
    "of what the text names, too": ("## 話\n\nKEP-127 と KEP-4", ["話|KEP-127 は alpha v1.25 から stable v1.36 に"]),
    "at the KEP's own heading": (
        "## 概観\n\nKEP-127、KEP-2\n\n## KEP-127 の話",
        ["概観|KEP-2 は beta v1.25 から stable v1.28 に", "KEP-127 の話|KEP-127 は alpha v1.25 から stable v1.36 に"],
    ),
    "once": ("## 一\n\nKEP-127\n\n## 二\n\nKEP-127", ["一|KEP-127 は alpha v1.25 から stable v1.36 に"]),
    "several in one sentence": (
        "## 話\n\nKEP-127 と KEP-2",
        ["話|KEP-127 は alpha v1.25 から stable v1.36 に、KEP-2 は beta v1.25 から stable v1.28 に"],
    ),
    "nothing where nothing shipped": ("## KEP-3 と KEP-4 と KEP-9", []),
    "nothing below the title": ("# 号\n\nKEP-127", []),
}


def test_what_shipped_since_is_a_sentence_below_the_heading() -> None:
    found = {}
    for name, (text, _) in SECTIONS.items():
        lines = draw(text, USER_NAMESPACES, *OTHERS).select(".neco-since")
        found[name] = [f"{written(it)}|{it.text}" for it in lines]
    before, behind = "この号のあと、", "なりました。"
    assert found == {
        name: [f"{head}|{before}{said}{behind}" for head, said in (it.split("|") for it in lines)]
        for name, (_, lines) in SECTIONS.items()
    }


def written(line: Tag) -> str:
    """What the author wrote in the heading above a line."""
    heading = line.find_previous_sibling()
    assert heading
    return "".join(
        it for it in heading.find_all(string=True) if not it.find_parent(attrs={"data-search-exclude": True})
    )


@pytest.mark.parametrize(
    ("heading", "shown_in_order"),
    [
        (f"## {LINK} の話", ["#127 の話", "stable v1.36"]),
        ("## KEP-127 の話", ["KEP-127 の話", "stable v1.36"]),
        (f"## {LINK} と KEP-4", ["#127", "stable v1.36", " と KEP-4", "stable v1.25"]),
        ("## KEP-9 の話", ["KEP-9 の話"]),
    ],
)
def test_a_badge_stands_behind_the_title_of_a_heading(heading: str, shown_in_order: list[str]) -> None:
    (found,) = draw(heading, USER_NAMESPACES, *OTHERS).select("h2")
    text = re.sub(r"(alpha v1.25 → )|KEP-\d+ の[^:]*: ", "", found.text)
    places = [text.find(it) for it in shown_in_order]
    assert places == sorted(places), text
    assert -1 not in places, text
    assert len(found.select("a.neco-kep, span.neco-kep--missing")) == (LINK in heading) + heading.count("KEP-")


@pytest.mark.parametrize(
    ("path", "why"), [("issues/a.md", "the issue has no day"), ("issues/2026-04-22.md", "nothing came after it")]
)
def test_there_is_no_sentence_where(path: str, why: str) -> None:
    assert draw(ALL, USER_NAMESPACES, path=path).select(".neco-issue-keps__sum") == [], why


def test_each_entry_shows_then_and_now() -> None:
    entries = draw(ALL, USER_NAMESPACES, *OTHERS).select(".neco-issue-keps li")
    assert [" ".join(entry.text.split()) for entry in entries] == [
        "#127 Support User Namespacesalpha v1.25 → stable v1.36",
        "#1 Support User Namespacesalpha v1.24 → 取り下げ・alpha v1.24",
        "#2 Support User Namespacesbeta v1.25 → stable v1.28",
        "#3 Support User Namespacesalpha v1.24 予定 beta v1.38 10 リリースのあいだ更新なし（停滞している可能性）",
        "#4 Support User Namespacesstable v1.25",
        "#6 Support User Namespacesstable v1.30",
        "#7 Support User Namespacesalpha v1.25 → beta v1.27 10 リリースのあいだ更新なし（停滞している可能性）",
        "KEP-9情報なし",
    ]
    assert [entry["data-kep"] for entry in entries] == ["127", "1", "2", "3", "4", "6", "7", "9"]


def details(kep: Enhancement) -> list[str]:
    (entry,) = draw(f"KEP-{kep.number}", kep).select(".neco-issue-keps li")
    return str(entry["data-more"]).split("\n")


def test_the_details_say_since_when_and_from_where() -> None:
    assert details(USER_NAMESPACES) == [
        "この号（2022-08-26）の時点: alpha v1.25",
        "現在: stable v1.36（2026-04-22 のリリースから）",
        "状態: 実装済み (implemented)",
        "出典: kep.yaml（2026-03-25 の変更まで）",
        "リリースの根拠: kep.yaml の milestone.stable",
    ]
    (entry,) = draw("KEP-127", USER_NAMESPACES).select(".neco-issue-keps li")
    assert entry["data-pull"] == "5847", "the pull request that made it stable, not a later one"


def test_the_details_tell_plans_as_plans() -> None:
    kep = enhancement(
        record("2022-01-01", state(BETA, alpha="v1.24", beta="v1.26")),
        record("2026-07-01", state(STABLE, alpha="v1.24", beta="v1.35", stable="v1.38")),
    )
    assert details(kep)[:2] == [
        "この号（2022-08-26）の時点: alpha v1.24、予定 beta v1.26",
        "現在: beta v1.35（2025-12-17 のリリースから）、予定 stable v1.38",
    ]


def test_the_details_of_a_proposal_that_ended_do_not_date_the_end_by_a_release() -> None:
    assert "現在: 取り下げ・alpha v1.24" in details(OTHERS[0])


def test_the_details_of_a_kep_that_was_not_recorded_then() -> None:
    assert details(OTHERS[4])[0] == "この号（2022-08-26）の時点の記録はありません"


def test_the_details_of_a_kep_whose_file_is_gone() -> None:
    kep = enhancement(record("2022-01-01", state(ALPHA)), record("2024-05-01", "deleted"))
    assert "2024-05-01 以降、kep.yaml がありません。段階は最後に分かっていたものです。" in details(kep)


# --- sources that contradict each other ---------------------------------------------------------------------------

CLAIM = Claim(field="stage", value="beta", source=Source(kind="keps-json", date=NOW))


def test_both_are_shown_with_their_origin() -> None:
    kep = replace(USER_NAMESPACES, claims=(CLAIM,))
    assert "出典の食い違い: 段階は、keps.jsonでは beta" in details(kep)
    (remark,) = draw("KEP-127", kep).select(".neco-issue-keps .neco-remark")
    assert remark.text.strip() == "keps.jsonでは beta"


def test_a_person_s_word_against_the_file_is_shown_with_both() -> None:
    said = {127: Override(number=127, stage=Stage.DEPRECATED)}
    html = draw("KEP-127", USER_NAMESPACES, overrides=said)
    assert reference(html)["data-stage"] == "deprecated"
    (remark,) = html.select(".neco-issue-keps .neco-remark")
    assert remark.text.strip() == "kep.yamlでは stable"


def test_what_only_a_person_says_has_the_person_for_its_source() -> None:
    said = {127: Override(number=127, title="PSP", stage=Stage.REMOVED, latest_milestone="v1.25")}
    (entry,) = draw("KEP-127", overrides=said).select(".neco-issue-keps li")
    assert str(entry["data-more"]).split("\n") == [
        "この号（2022-08-26）の時点: 廃止 v1.25",
        "現在: 廃止 v1.25（2022-08-23 のリリースから）",
        "出典: 編集部",
        "リリースの根拠: 編集部（overrides.yml）",
    ]


@pytest.mark.parametrize(
    ("said", "seen", "planned"),
    [
        pytest.param({"stage": Stage.DEPRECATED}, "deprecated", None, id="a stage alone"),
        pytest.param({"stage": Stage.STABLE}, "stable v1.36", None, id="the stage that is known anyway"),
        pytest.param({"stage": Stage.BETA, "latest_milestone": "v1.33"}, "beta v1.33", None, id="with its release"),
        pytest.param({"stage": Stage.STABLE, "latest_milestone": "v1.36"}, "stable v1.36", None, id="as it is known"),
        pytest.param(
            {"stage": Stage.REMOVED, "latest_milestone": "v1.38"}, "stable v1.36", "removed v1.38", id="a plan"
        ),
        pytest.param(
            {"stage": Stage.STABLE, "latest_milestone": "v1.38"}, "beta v1.35", "stable v1.38", id="it did not come yet"
        ),
    ],
)
def test_a_person_s_word_on_a_known_kep_is_for_today(said: dict[str, str], seen: str, planned: str | None) -> None:
    lock = Lock(
        as_of=NOW,
        fetched={127: USER_NAMESPACES},
        overrides={127: Override(number=127, **said)},  # type: ignore[arg-type]
    )
    kep = KepsAsOf(lock, load_releases()).of(127, THEN)
    assert kep
    assert kep.today.shipped
    assert " ".join(filter(None, (kep.today.shipped.stage, kep.today.shipped.release))) == seen
    assert (" ".join(map(str, kep.today.plan)) or None) == planned
    assert kep.then
    assert kep.then.shipped
    assert kep.then.shipped.release == "v1.25"


# --- search -------------------------------------------------------------------------------------------------------


def test_nothing_we_add_is_found_by_search() -> None:
    html = draw(f"# {LINK} 題\n\nKEP-127 と {LINK}\n\nhttps://kep.k8s.io/127", USER_NAMESPACES)
    for hidden in html.select("[data-search-exclude]"):
        hidden.decompose()
    assert "alpha" not in html.text
    assert "→" not in html.text
