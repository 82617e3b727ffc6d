"""The title of an issue among all that may be one, and which of an issue's headings are topics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..model.issues import Section

NOT_TOPICS = frozenset(
    (
        "あとがき あとがきに代えて おわりに 終わりに さいごに 最後に まとめ 結び むすび 編集後記 後記"
        " はじめに 始めに まえがき 前書き 前置き この記事について この号について 概要 目次 もくじ"
        " 参考 参考文献 参考資料 参考リンク 参考url 参照 関連リンク 関連記事 脚注 注 注釈"
        " お知らせ 訂正 正誤表 更新履歴 変更履歴 おまけ omake"
        " introduction intro preface foreword overview summary conclusion conclusions closing afterword tldr"
        " contents tableofcontents toc reference references links relatedlinks footnotes notes changelog"
    ).split()
)
"""Headings, in the form of `plain_form`, that say nothing of what an issue is about: they frame the topics."""

RUBRICS = frozenset(
    (
        "取り上げた記事話題 取り上げた記事 取り上げた話題 今週の記事 今週の話題 今週のトピック 今週のニュース 話題"
        " トピック トピックス ニュース 記事 小ネタ ノウハウ ツール その他"
        " topics topic news articles koneta knowhow tips tool tools goods misc others"
    ).split()
)
"""Headings, in the form of `plain_form`, under which the topics stand if all headings of a level are such."""

_NUMBER_BEFORE = re.compile(r"^(?:第?\d{1,3}[章節部]?|[0-9]+(?:\.[0-9]+)*)[.．、:：)）\s]+")


def plain_form(title: str) -> str:
    """Return a title in the form by which titles are compared: its letters and digits alone, in one width and case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title).casefold())


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles say the same, whatever their width, case, white space and signs."""
    return (plain_form(one) or one.strip()) == (plain_form(other) or other.strip())


def is_topic(heading: str) -> bool:
    """Whether a heading names a topic: it has words, and is none of those that frame the topics of an issue."""
    words = _words_of(heading)
    return bool(words) and words not in NOT_TOPICS


def _words_of(heading: str) -> str:
    return plain_form(_NUMBER_BEFORE.sub("", unicodedata.normalize("NFKC", heading).strip()))


def topics_of(sections: Iterable[Section]) -> tuple[str, ...]:
    """Return the topics of an issue: all headings of the highest level below its title that has several topics.

    A single heading above several names what they have in common, and so do rubrics: where a level has nothing else,
    the topics are below. Without several the first that there is counts.
    """
    topics: dict[int, dict[str, None]] = {}
    for it in sections:
        if it.level > 1 and is_topic(it.title):
            topics.setdefault(it.level, {})[it.title] = None
    levels = [topics[level] for level in sorted(topics)]
    levels = [it for it in levels if any(_words_of(title) not in RUBRICS for title in it)] or levels
    return tuple(next((it for it in levels if len(it) > 1), levels[0] if levels else ()))
