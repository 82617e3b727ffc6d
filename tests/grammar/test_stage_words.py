"""What a sentence says of a KEP's stage: as of something that is so, and not of a plan."""

from __future__ import annotations

import pytest
from neco_weekly.grammar.stage_words import claim_in, names_only

CLAIMS = (
    ("KEP-127 は stable になりました。", "stable"),
    ("KEP-127 は v1.25 で beta に昇格した。", "beta"),
    ("KEP-127 が GA です。", "stable"),
    ("KEP-127 は安定版です。", "stable"),
    ("KEP-127（ベータ）を試しました。", "beta"),
    ("KEP-127 graduated to beta in v1.30.", "beta"),
    ("KEP-127 is now generally available.", "stable"),
    ("KEP-127 は alpha から beta に上がりました。", "beta"),
    ("KEP-127 はアルファです。", "alpha"),
    ("KEP-127 は stable で、ユーザーを分離する機能です。", "stable"),
    ("KEP-127 が beta に昇格し、既定で使えるようになりました。", "beta"),
)

NONE = (
    "KEP-127 は stable の予定です。",
    "KEP-127 は beta を目指しています。",
    "KEP-127 の目標は stable です。",
    "KEP-127 will be stable.",
    "KEP-127 は v1.38 で beta に昇格します。",
    "KEP-127 が stable になれば使えます。",
    "KEP-127 targets beta.",
    "Promote KEP-127 to stable",
    "KEP-127 は次のリリースで stable になります。",
    "KEP-127 はまだ stable ではありません。",
    "KEP-127 is not stable yet.",
    "KEP-127 を stable に進める PR がマージされました。",
    "KEP-127 の kep.yaml は stage が stable です。",
    "アナウンスは KEP-127 を stable と言います。",
    "KEP-127 は stable でしょうか？",
    "当時の KEP-127 は beta でした。",
    "KEP-127 の v1beta1 API",
    "KEP-127 の /stable/ のページ",
    "KEP-127 は latest stable で動きます。",
    "KEP-127 の話です。",
    "KEP-127 の stable の時期は決まっていません。",
)


def test_what_is_said_to_be_so_is_told_from_plans_and_denials() -> None:
    assert [(text, claim_in(text)) for text in NONE if claim_in(text)] == []
    assert [text for text, stage in CLAIMS if (found := claim_in(text)) is None or found.stage != stage] == []


@pytest.mark.parametrize("word", ["予定", "目標", "目指す", "計画", "見込み", "target", "will", "planned", "expected"])
def test_a_word_of_plan_makes_a_plan(word: str) -> None:
    assert claim_in(f"KEP-127 は stable です（{word}）。") is None


def test_what_is_so_today_is_known_by_its_words() -> None:
    assert [
        bool(it and it.is_still) for it in map(claim_in, ("KEP-1 はまだ alpha です。", "KEP-1 は alpha で出ました。"))
    ] == [
        True,
        False,
    ]


def test_a_sentence_names_its_releases() -> None:
    claim = claim_in("KEP-127 は v1.25 で alpha、1.30 で beta になりました。")
    assert claim is not None
    assert (claim.release, claim.stage) == ("v1.30", "beta")


def test_a_sentence_of_two_keps_is_of_none() -> None:
    assert names_only("KEP-127 と #127", 127)
    assert not names_only("KEP-127 と KEP-128", 127)
    assert not names_only("KEP の話", 127)
