"""Words for the stages of a KEP in a sentence, and whether the sentence tells of them as of something that is so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model.keps import Stage
from .kep_references import find_text_references, hash_numbers

_WORDS = {
    Stage.ALPHA: r"alpha|アルファ(?!ベット)",
    Stage.BETA: r"beta|ベータ",
    Stage.STABLE: r"(?<!latest )stable(?! (?:release|branch|version|channel|fork))|(?-i:GA)"
    r"|general(?:ly)? availab(?:le|ility)|安定版|一般提供|正式版",
}

_STAGE = re.compile(
    r"(?<![A-Za-z0-9/_.-])(?:"
    + "|".join(f"(?P<{stage.name}>{words})" for stage, words in _WORDS.items())
    + r")(?![A-Za-z0-9/_-])",
    re.IGNORECASE,
)

_PLAN = re.compile(
    r"予定|目標|目指|めざ|計画|提案|見込|見通|向け|検討|候補|狙|はず|だろう|でしょう|かも|たい|ようと|次(?:の|期|回)"
    r"|今後|将来|いずれ|来[春夏秋冬年月週]|になる|となる|なります|(?:昇格|卒業|到達|移行|リリース|提供|公開|登場)(?:する|します)|れば|なら|ため|条件|基準|まで|待|準備|作業中|進め|途中|以降|時期|日程|マージ"
    r"|kep\.yaml|README|アナウンス|発表|記録|一覧|書[いかきくけ]|「"
    r"|\b(?:target|targets|targeted|targeting|will|won't|plan|plans|planned|planning|propos\w*|aim|aims|aiming|goal|goals"
    r"|expect\w*|should|would|could|may|might|going to|to be|towards?|criteria|before|until|once|if|when|next|future"
    r"|promote|promotes|promoting|promotion|graduate|graduating|graduation|bump|bumping|move|moving|ready"
    r"|add|adds|adding|merge|merged|merges|pull request|PR|stage|milestone|announce\w*)\b",
    re.IGNORECASE,
)
"""A pattern for words of a plan, a condition, a proposal, a change under way, or of what somebody else has written."""

_DENIED = re.compile(
    r"ない|なかった|ません|せず|まだ|未|\b(?:not|never|yet|without)\b|n't\b|[?？]|かどうか|でした|だった|当時|以前|\bwas\b|\bwere\b",
    re.IGNORECASE,
)

_RELEASE = re.compile(r"(?<![0-9.])v?1\.(\d{1,2})(?![0-9.]*[0-9])")

_STILL = re.compile(
    r"(?:まだ ?(?=alpha|beta|アルファ|ベータ)|現在|いま|今も|\bstill\b|\bcurrently\b|\bis (?:in |an? )*(?=alpha|beta))"
    r"|(?:alpha|beta|アルファ|ベータ)版? ?(?:です|である|のまま)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageClaim:
    """What a sentence says of the stage of the one KEP that it names. `is_still`: it says that this is so now."""

    stage: Stage
    word: str
    release: str | None
    is_still: bool = False


def claim_in(sentence: str) -> StageClaim | None:
    """Return the highest stage that a sentence tells of as reached, or as today's; None for plans and denials.

    `release` is the newest release that the sentence names.
    """
    found = {Stage[str(match.lastgroup)]: match[0] for match in _STAGE.finditer(sentence)}
    if not found or _PLAN.search(sentence):
        return None
    stage = max(found, key=lambda it: it.order)
    releases = [int(match[1]) for match in _RELEASE.finditer(sentence)]
    release = f"v1.{max(releases)}" if releases else None
    is_still = bool(_STILL.search(sentence)) and len(found) == 1 and release is None
    if _DENIED.search(_STILL.sub("", sentence)):
        return None
    return StageClaim(stage=stage, word=found[stage], release=release, is_still=is_still)


def names_only(sentence: str, kep: int) -> bool:
    """Whether a sentence names one KEP, and this one."""
    named = {it.number for it in find_text_references(sentence)} | hash_numbers(sentence)
    return named == {kep}
