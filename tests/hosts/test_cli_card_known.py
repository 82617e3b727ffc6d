"""`neco card` in the folder of a site whose lock knows the link: what differs, what is proposed, what was so then."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from neco_weekly.lock.cards_json import card_to_dict
from neco_weekly.model.cards import Card, CardPicture, Decision, Event, Failures, LinkedFile, Proposal
from neco_weekly.model.github import GitHubFacts, Moment

from tests.hosts.test_cli import neco
from tests.hosts.test_cli_card import LOOPBACK, URL, saved
from tests.sites import Folder, new_folder
from tests.sources.sites import Serve

DAY, NEWER = "2026-07-03", "2026-07-10"
PICTURE = CardPicture(url="https://blog.example.jp/a.png", file="a" * 20 + ".webp", width=480, height=252)
PROPOSED = Proposal(
    title="猫の部屋", site="猫", reason="says no more than the name of its site", date=dt.date(2026, 7, 20)
)
CARD = Card(
    url=URL,
    title="砂箱の話",
    description="猫のための",
    image=PICTURE,
    origins={"title": "og", "description": "og", "image": "og"},
    fetched=dt.date(2026, 7, 1),
    archive="https://web.archive.org/web/20260703/https://blog.example.jp/2022/page.html",
    proposed=PROPOSED,
)
PAGE = """<title>砂箱の話</title><meta name=description content=犬のための><meta property=og:image content=/a.png>
<meta property=og:site_name content=猫の部屋>"""
REFUSED = "<title>404 Not Found</title>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = new_folder(tmp_path_factory.mktemp("known") / "project")
    folder.issue(DAY, f'@[card]({URL}){{title="筆者の題"}}')
    folder.issue(NEWER, URL)
    folder.lock(cards=[CARD])
    return folder


def lines_of_lock(out: str) -> list[str]:
    lines = out.splitlines()
    return lines[next(at for at, line in enumerate(lines) if line.startswith("In the lock")) :]


PROPOSAL = [
    "",
    "Proposed on 2026-07-20, open: the page says no more than the name of its site",
    "title        猫の部屋",
    "site         猫",
    f'To take it: `neco refresh {URL} --accept`, or "accept" as its decision in docs/_metadata/cards.json; '
    '"reject" keeps the card as it is.',
]


def test_what_differs_from_the_page_and_what_stands_beside_it(folder: Folder) -> None:
    assert lines_of_lock(saved(folder, PAGE).out) == [
        "In the lock, as of 2026-07-01:",
        "description  猫のための  (og)",
        f"copy         {CARD.archive}",
        *PROPOSAL,
    ]


def test_a_page_that_is_refused_leaves_what_is_known(folder: Folder) -> None:
    found = saved(folder, REFUSED)
    assert found.status == 1
    assert found.error.startswith(f"Error: {URL} says '404 Not Found'")
    assert found.error.count("\n") == 1
    assert found.out.splitlines() == [
        URL,
        "",
        "Written by people:",
        "docs/issues/2026/07/2026-07-03.md:3: title=筆者の題",
        "",
        "In the lock, as of 2026-07-01:",
        "title        砂箱の話  (og)",
        "description  猫のための  (og)",
        f"image        {PICTURE.url} (480×252)  (og)",
        f"copy         {CARD.archive}",
        *PROPOSAL,
    ]


def test_a_page_that_cannot_be_fetched_leaves_it_too(folder: Folder, serve: Serve) -> None:
    url = f"{serve({'/a': (503, {}, b'')}).url}/a"
    folder.lock(cards=[CARD, replace(CARD, url=url)])
    found = neco(folder, "card", url, *LOOPBACK)
    folder.lock(cards=[CARD])
    assert (found.status, "503" in found.error, "砂箱の話" in found.out) == (1, True, True)


def test_as_json(folder: Folder) -> None:
    found = saved(folder, PAGE, "--json").json()
    assert (found["doubts"], found["proposes"], found["then"]) == ([], None, [])
    assert found["lock"] == card_to_dict(CARD)
    failed = saved(folder, REFUSED, "--json")
    assert failed.status == 1
    document = failed.json()
    assert (document["url"], document["title"], document["image"], document["published"]) == (URL, None, None, None)
    assert [it.partition(" says ")[0] for it in document["problems"]] == [URL]
    assert document["lock"]["proposed"]["decision"] == "open"
    assert document["written"][0]["title"] == "筆者の題"
    assert document.keys() >= found.keys()


def test_of_what_nobody_knows_there_is_only_the_error(folder: Folder) -> None:
    found = saved(folder, REFUSED, "--json", url="https://blog.example.jp/other")
    assert (found.status, found.out) == (1, "")


def test_doubts_and_what_a_refresh_would_propose(folder: Folder) -> None:
    log_in = "<title>猫の部屋</title><meta property=og:site_name content=猫の部屋>"
    log_in += f"<form><input type=password></form><p>{'猫の部屋へようこそ。' * 20}</p>"
    found = saved(folder, log_in).out.splitlines()
    assert [line for line in found if line.startswith(("doubt", "not taken"))] == [
        "doubt        the page asks for a password",
        "not taken    a refresh would keep the card and propose this, for the page says no more than the name of its "
        "site",
    ]
    document = saved(folder, log_in, "--json").json()
    assert document["doubts"] == ["asks for a password"]
    assert document["proposes"] == "says no more than the name of its site"


@pytest.mark.parametrize(
    ("decision", "told", "would"), [("accept", "accepted, for the next refresh", 0), ("reject", "rejected", 1)]
)
def test_what_was_decided(folder: Folder, decision: Decision, told: str, would: int) -> None:
    folder.lock(cards=[replace(CARD, proposed=replace(PROPOSED, decision=decision))])
    found = saved(folder, "<title>猫の部屋</title><meta property=og:site_name content=猫の部屋>").out
    folder.lock(cards=[CARD])
    assert f"Proposed on 2026-07-20, {told}: the page says no more than" in found
    assert found.count("a refresh would keep the card") == would


def test_a_thing_of_github_then_and_now(folder: Folder) -> None:
    url = "https://github.com/neko/box/pull/7"
    day = dt.date.fromisoformat(NEWER)
    past = {day: Moment(labels=("kind/feature",), milestone="v1.37")}
    facts = GitHubFacts(kind="pull", created=dt.date(2026, 7, 4), merged=dt.date(2026, 8, 1), past=past)
    folder.issue(NEWER, f"{URL}\n\n{url}")
    folder.issue(DAY, f'@[card]({URL}){{title="筆者の題"}}\n\n{url}')
    folder.lock(cards=[CARD, Card(url=url, title="箱", github=facts)])
    told = [
        "github       pull: merged (2026-08-01)",
        f"  then       open, v1.37, kind/feature  ({NEWER}, docs/issues/2026/07/{NEWER}.md:5)",
    ]
    for body, lines in (("<title>箱</title>", str.splitlines), (REFUSED, lines_of_lock)):
        found = lines(saved(folder, body, url=url).out)
        at = found.index(told[0])
        assert found[at : at + 2] == told
        assert not any(line.startswith("  then") for line in found[at + 2 :])
    document = saved(folder, "<title>箱</title>", "--json", url=url).json()
    assert document["github"]["merged"] == "2026-08-01"
    place = {"path": f"docs/issues/2026/07/{NEWER}.md", "line": 5, "date": NEWER}
    standing = {"state": "open", "milestone": "v1.37", "release": None, "labels": ["kind/feature"]}
    assert document["then"] == [{**place, **standing}]
    folder.lock(cards=[CARD])


def test_files_events_and_failures_that_only_the_lock_knows(folder: Folder) -> None:
    card = replace(
        CARD,
        proposed=None,
        archive=None,
        file=LinkedFile(kind="pdf", size=1_200_000, pages=12, author="猫田"),
        event=Event(start="2026-12-05T19:00:00+09:00", place="渋谷"),
        failures=Failures(count=3, gone=3, last="404", date=dt.date(2026, 7, 20)),
    )
    folder.lock(cards=[card])
    found = lines_of_lock(saved(folder, REFUSED).out)
    folder.lock(cards=[CARD])
    assert found[-4:] == [
        "file         pdf, 1.2 MB, pages: 12",
        "author       猫田",
        "event        2026-12-05 19:00, 渋谷",
        "failures     3, the last on 2026-07-20: 404; the link is dead",
    ]


def test_a_lock_that_was_edited_by_hand_sends_no_sign_to_a_terminal(folder: Folder) -> None:
    evil = replace(CARD, title="a\u202eb", proposed=replace(PROPOSED, title="c\u202ed", reason="e\u202ef"))
    folder.lock(cards=[evil])
    found = saved(folder, REFUSED).out
    folder.lock(cards=[CARD])
    assert "\u202e" not in found
    assert "ab" in found
