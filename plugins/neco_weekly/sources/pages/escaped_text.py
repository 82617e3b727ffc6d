"""Texts of a page that were escaped once too often, or hold markup: as a person would read them.

Templates escape what a database had escaped already (`It&#8217;s` where `It’s` is meant), and copy a page's markup into
attributes that hold none (`<p>Pods are …`). Pages about HTML write the same signs and mean them, so what stands around
decides: who names `&nbsp;` or `<template>` sets it apart from words, by quotation marks or in the grammar of a
sentence. What another place of the page says without such signs decides before all grammar.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .titles import same_words

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_ROUNDS = 3

# Elements of text. Others (`map`, `data`, `template`) are names in programs, too, and are not looked for.
_BLOCKS = frozenset(
    "article aside blockquote br center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr iframe img li"
    " main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)

_WITHIN_LINES = frozenset(
    "a abbr acronym b big cite code del em font i ins kbd mark nobr q s small span strike strong sub sup tt u"
    " wbr".split()
)

_EMPTY = frozenset("br hr img wbr".split())

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?P<rest>(?:\s[^<>]*|/)?)>")

_COMMENT = re.compile(r"<!--.{0,2000}?-->|<!\[CDATA\[|\]\]>")

# The beginning of a tag with an attribute, at the end of a text that was cut.
_CUT_TAG = re.compile(r"<(?:" + "|".join(sorted(_BLOCKS | _WITHIN_LINES)) + r")\s+[\w-]+=[^<>]*\Z")

# What stands around a sign that is named.
_ENCLOSING = {it[0]: it[1] for it in ("``", '""', "''", "“”", "‘’", "「」", "『』", "()", "（）", "[]", "【】")}

_BEFORE = frozenset(
    "a add an and as by character code does encode entity escape for from insert into is like means of or remove render"
    " replace replacing symbol tag the to use used uses using versus vs what with without write writing".split()
)

_AFTER = frozenset(
    "and as character characters code element elements entities entity escape escaped escaping for in inside instead"
    " into is mean means not or showing symbol tag tags to versus vs when with within without".split()
)

_PARTICLE_AFTER = re.compile("(?:とは|って|タグ|要素|属性|文字|記号|実体|など|を|が|は|の|に|と|や|で|も|、)")

_PARTICLE_BEFORE = re.compile("(?:[の、を・はがにとや]|)\\Z")

_TOPIC = re.compile(
    r"\bx?html|\bxml\b|\bentit(?:y|ies)\b|\b(?:un)?escap(?:e|ing|ed)|\b(?:en|de)cod(?:e|ing|ed)\b|エスケープ|参照|特殊文字|\bタグ\b",
    re.IGNORECASE,
)

_OF_TAGS = re.compile(r"\btags?\b|\belements?\b|\bx?html|\bmarkup\b|タグ|要素", re.IGNORECASE)

_ENTITIES = re.compile(r"\b(?:entit(?:y|ies)|character references?)\b|(?:実体|文字)参照", re.IGNORECASE)

# An entity that was cut at the end of a text.
_CUT_ENTITY = re.compile(r"&#[xX]?[0-9a-fA-F]{0,6}(?=\s*(?:\.{2,}|…)?\s*\Z)")

_NEVER_ALONE = frozenset("\"'\u200b\u200c\u200d‘’“”")

_SHORT, _NEAR = 120, 40

_LAST_WORD, _FIRST_WORD = re.compile(r"(\w+):?\s+\Z"), re.compile(r"[,.?!:;]*\s+(\w*)")


def readable(text: str, others: Iterable[str] = ()) -> str:
    """Return a text of a page, as read from its HTML, without escapes and tags that are no part of what it says.

    `others` are what other places of the page say in the same field.
    """
    if not has_markup(text):
        return text
    plainly = _without_tags(_decoded(text, every=True), every=True)
    if any(same_words(plainly, it) for it in others):
        return plainly
    return _without_tags(_decoded(text, every=False), every=False)


def has_markup(text: str) -> bool:
    """Whether a text has signs in it that may be escapes or tags."""
    if "&" in text and (_ENTITY.search(text) or _CUT_ENTITY.search(text)):
        return True
    return "<" in text and any(it.search(text) for it in (_TAG, _CUT_TAG, _COMMENT))


def _decoded(text: str, *, every: bool) -> str:
    text = _CUT_ENTITY.sub("", text)
    for _ in range(_ROUNDS):
        once = html.unescape(text) if every else _decoded_once(text)
        if once == text:
            break
        text = once
    return text


def _decoded_once(text: str) -> str:
    surroundings = _Surroundings.of(text)
    return _ENTITY.sub(lambda it: it[0] if surroundings.name(it) else html.unescape(it[0]), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """What the whole of a text tells about the entities in it: its topic, and its words between spaces."""

    of_entities: bool
    of_markup: bool
    short: bool
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Surroundings:
        return cls(
            of_entities=bool(_ENTITIES.search(text)),
            of_markup=bool(_TOPIC.search(text)),
            short=len(text) <= _SHORT,
            words=frozenset(it.rstrip(".") for it in text.split()),
        )

    def name(self, entity: re.Match[str]) -> bool:
        """Whether a text speaks of an entity, and does not only write a character so: `How to use &nbsp; in HTML`."""
        before = entity.string[max(0, entity.start() - _NEAR) : entity.start()]
        after = entity.string[entity.end() : entity.end() + _NEAR]
        within_word = before[-1:].isalnum() and after[:1].isalnum()
        if _is_enclosed(before, after) or (self.of_entities and not within_word):
            return True
        if not self.of_markup and not self.short:
            return False
        if _touches(before[-1:]) or _touches(after[:1]):
            return bool(_PARTICLE_AFTER.match(after) and _PARTICLE_BEFORE.search(before))
        return self._name_alone(html.unescape(entity[0]), before, after)

    def _name_alone(self, character: str, before: str, after: str) -> bool:
        sides = _sides(before, after)
        if character.isspace() or character in _NEVER_ALONE:
            return any(sides) or self.of_markup
        if any(sides) and ((self.of_markup and character in "<>") or not before.strip() or not after.strip(" .?!")):
            return True
        return all(sides) or character in self.words


def _without_tags(text: str, *, every: bool) -> str:
    """Return a text without the tags of its markup; those of blocks leave a space."""
    if "<" not in text:
        return text
    text = _CUT_TAG.sub("", _COMMENT.sub(" ", text))
    tags = [it for it in _TAG.finditer(text) if it["name"].lower() in _BLOCKS | _WITHIN_LINES]
    dropped = tags if every else [it for it in tags if _is_markup(it, tags)]
    pieces, place = list[str](), 0
    for tag in dropped:
        pieces += text[place : tag.start()], " " if tag["name"].lower() in _BLOCKS else ""
        place = tag.end()
    return "".join((*pieces, text[place:])).strip()


def _is_markup(tag: re.Match[str], tags: Sequence[re.Match[str]]) -> bool:
    """Whether a tag is markup, and not what the text is about: `The <p> element`."""
    text, name = tag.string, tag["name"].lower()
    before, after = text[max(0, tag.start() - _NEAR) : tag.start()], text[tag.end() : tag.end() + _NEAR]
    if _is_enclosed(before, after) or _PARTICLE_AFTER.match(after):
        return False
    other = [it for it in tags if it["name"].lower() == name and it["end"] != tag["end"]]
    if len(text) > _SHORT and len(tags) > 1 and (other or name in _BLOCKS) and not _OF_TAGS.search(text):
        return True
    if any(_is_pair(*((it, tag) if tag["end"] else (tag, it))) for it in other):
        return True
    if tag["end"] and (after.startswith("<") or before.endswith(">")):
        return True
    return not any(_sides(before, after)) and _touches_as_markup(tag, before, after, is_only=len(tags) == 1)


def _touches_as_markup(tag: re.Match[str], before: str, after: str, *, is_only: bool) -> bool:
    """Whether a tag without a partner touches words on such a side as only markup does."""
    begins, ends = bool(after[:1].strip()), bool(before[-1:].strip())
    name = tag["name"].lower()
    if tag["end"] or name in _EMPTY or "=" in tag["rest"]:
        return begins or ends
    if not before:
        return begins and (name in _BLOCKS or len(name) > 1)
    return begins and name in _BLOCKS and (ends or not is_only)


def _is_pair(begin: re.Match[str], end: re.Match[str]) -> bool:
    """Whether two tags have something between them that they touch."""
    between = begin.string[begin.end() : end.start()]
    return between != "" and not (between[0].isspace() and between[-1].isspace())


def _is_enclosed(before: str, after: str) -> bool:
    return bool(before and after) and _ENCLOSING.get(before[-1]) == after[0]


def _touches(letter: str) -> bool:
    return letter.isalnum() or letter in ("&", ";")


def _sides(before: str, after: str) -> tuple[bool, bool]:
    """Return whether the words before and after a sign, with a space between, are such as name it."""
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    return bool(last and last[1].lower() in _BEFORE), bool(first and first[1].lower() in _AFTER)
