"""Why a card is as it is: in previews behind each card of a page, in no site that is built to be published."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from bs4 import Tag
from neco_weekly.display.why_card import reason_of
from neco_weekly.display.words import load_strings
from neco_weekly.model.cards import Card, Decision, Proposal
from neco_weekly.model.extraction import PassedOver, Reason
from neco_weekly.refresh.last_candidates import save_passed_over

from tests.link_cards import drawn, keep
from tests.lock_fixture import HOSTILE, TODAY, kep
from tests.sites import Folder, new_folder

URL = "https://example.com/a"
DATE = "2026-08-07"
ORIGINS = {"title": "og", "description": "html", "site": "host", "image": "og"}
CARD = Card(url=URL, title="題", description="説明", site="example.com", origins=ORIGINS, fetched=TODAY)
LATER = PassedOver(field="title", value="別の題", origin="html", reason="later")
LOST = PassedOver(field="image", value=f"{URL}.svg", origin="og", reason="not-kept", detail=f"{URL}.svg: it is small")
BAD = PassedOver(field="site", value=HOSTILE, origin="og", reason="address")
CACHE = ".cache/neco-weekly"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    image = keep(folder, URL, drawn(URL, 1200, 630), "image")
    folder.lock(kep(127, "User Namespaces"), cards=[replace(CARD, image=image)])
    save_passed_over(folder.root / CACHE, {URL: (LATER, LOST, BAD)})
    return folder


def told(box: Tag | None) -> list[str]:
    assert box is not None
    return [it.get_text() for it in box.find_all(["li", "p"])]


def test_a_preview_says_it_behind_each_card_and_a_published_site_never(folder: Folder) -> None:
    """In one folder, so that neither finds a page in the cache that the other has drawn."""
    folder.issue(DATE, f"{URL}\n\n- @[card]({URL})\n\nhttps://kep.k8s.io/127")
    assert len(folder.build(command="serve").issue(DATE).select("div.neco-card + details.neco-card-why")) == 2
    built = folder.build(strict=True)
    assert built.issue(DATE).select(".neco-card")
    pages = [path for path in built.paths("**/*") if path.endswith((".html", ".json", ".xml"))]
    assert [path for path in pages if "neco-card-why" in built.text(path) or "別の題" in built.text(path)] == []
    assert folder.build(command="serve").issue(DATE).select("details.neco-card-why")


def test_what_it_says(folder: Folder) -> None:
    folder.issue(DATE, URL)
    box = folder.build(command="serve").issue(DATE).select_one("details.neco-card-why")
    assert told(box) == [
        "タイトル: og から",
        "説明: html から",
        "サイト名: host から",
        "画像: og から",
        "アイコン: なし",
        f"取得日: {TODAY}",
        "使わなかった候補",
        "タイトル: 別の題 (html) – 先に見る場所に値があるため",
        f"画像: {URL}.svg (og) – 画像として保存できないため: it is small",
        f"サイト名: {HOSTILE} (og) – 名前ではなくアドレスのため",
        f"いまのページと候補を調べるには: neco card {URL} この欄はプレビューにだけ出ます。",
    ]
    assert box
    assert box.select("a, script, b") == []
    assert not box.has_attr("open")


def test_it_says_what_people_have_said(folder: Folder) -> None:
    folder.write("docs/issues/2026/08/a.png", drawn("a", 300, 200))
    folder.issue(DATE, f'@[card]({URL}){{title="筆者の題" image=a.png hide=site,description}}')
    first = told(folder.build(command="serve").issue(DATE).select_one("details.neco-card-why"))
    hidden = "書き手か overrides.yml が隠しています"
    assert first[:4] == [
        "タイトル: この記事の書き手による",
        f"説明: {hidden}",
        f"サイト名: {hidden}",
        "画像: この記事の書き手による",
    ]
    folder.write("docs/_metadata/overrides.yml", "cards: {example.com: {image: none}}")
    folder.issue(DATE, URL)
    rule = told(folder.build(command="serve").issue(DATE).select_one("details.neco-card-why"))
    assert rule[3] == f"画像: {hidden}"
    folder.lock(cards=[replace(CARD, origins={})])
    older = told(folder.build(command="serve").issue(DATE).select_one("details.neco-card-why"))
    assert older[0] == "タイトル: どこから取ったかの記録がありません"


def test_it_shows_what_is_proposed_and_how_to_decide(folder: Folder) -> None:
    folder.issue(DATE, URL)
    proposed = Proposal(title=HOSTILE, site="サイト", reason="asks for a password", date=TODAY)
    folder.lock(cards=[replace(CARD, proposed=proposed)])
    box = folder.build(command="serve").issue(DATE).select_one("details.neco-card-why")
    assert told(box)[:5] == [
        f"ページの新しい内容（{TODAY} から、未決定）",
        f"タイトル: {HOSTILE}",
        "サイト名: サイト",
        "カードを変えなかった理由: パスワードを求めるため",
        f"採用するには: neco refresh {URL} --accept cards.json の decision を accept か reject にしても決められます。",
    ]
    assert box
    assert [it.text for it in box.select("summary")] == ["カードの由来 · 未決定の変更あり"]
    assert box.select("a, script, li b") == []


@pytest.mark.parametrize(("decision", "told_as"), [("accept", "次の refresh で採用"), ("reject", "不採用")])
def test_what_was_decided_calls_for_nobody(folder: Folder, decision: Decision, told_as: str) -> None:
    folder.issue(DATE, URL)
    proposed = Proposal(title="別", reason="asks for a password", date=TODAY, decision=decision)
    folder.lock(cards=[replace(CARD, proposed=proposed)])
    box = folder.build(command="serve").issue(DATE).select_one("details.neco-card-why")
    assert told(box)[0] == f"ページの新しい内容（{TODAY} から、{told_as}）"
    assert box
    assert [it.text for it in box.select("summary")] == ["カードの由来"]


def test_a_preview_without_a_cache_says_how_to_ask(folder: Folder) -> None:
    (folder.root / CACHE / "passed-over.json").write_text(json.dumps({URL: "x"}), encoding="utf-8")
    folder.issue(DATE, "https://example.com/new")
    box = told(folder.build(command="serve").issue(DATE).select_one("details.neco-card-why"))
    assert box[0] == "タイトル: なし"
    assert box[-1].startswith("いまのページと候補を調べるには: neco card https://example.com/new")


def test_what_a_refresh_has_passed_over_since_is_drawn(folder: Folder) -> None:
    folder.issue(DATE, URL)
    folder.build(command="serve")
    save_passed_over(folder.root / CACHE, {URL: (replace(LATER, value="さらに別"),)})
    box = told(folder.build(command="serve").issue(DATE).select_one("details.neco-card-why"))
    assert any("さらに別" in line for line in box)


def test_every_reason_has_words() -> None:
    reasons = [replace(LATER, reason=reason) for reason in get_args(Reason)]
    assert all(reason_of(it, load_strings(locale)) for it in reasons for locale in ("ja", "en"))
