"""Texts of a page that say nothing: what templates print for a missing value, and what nobody replaced."""

from __future__ import annotations

import re
import unicodedata

from .titles import plain_words

# What templates of pages print where a value is missing.
_MISSING = re.compile(
    r"null|undefined|none|nan|\[object object\]|(?:\{\{[^{}]*\}\}\s*)+|<%[^<>]*%>|\$\{[^{}]*\}", re.IGNORECASE
)

_JUNK = (
    "you can't perform that action at this time",
    "you can’t perform that action at this time",
    "lorem ipsum dolor",
)

# Descriptions of a template that nobody replaced, as `plain_words` writes them.
_OF_TEMPLATES = frozenset(
    ("add a description", "add your description here", "default description", "description", "description here",
     "description of the page", "enter a description here", "just another wordpress site", "meta description", "n a",
     "no description", "no description available", "no description provided", "page description", "site description",
     "tba", "tbd", "test", "todo", "untitled", "untitled document", "website description", "your description here",
     "サイトの説明", "ディスクリプション", "ページの説明", "メタディスクリプション", "記事の説明", "説明", "説明文",
     "説明なし")
)  # fmt: skip

# A rule of a style sheet, from a program that takes the first text of a page for its description.
_STYLE = re.compile(r"[^{}]{0,100}\{\s*[a-z-]+\s*:[^{}]*(?:;|\}|\Z)", re.IGNORECASE)

_BROKEN_END = re.compile("\ufffd+\\s*(?=(?:\\.{3}|…)?\\s*\\Z)")


def is_placeholder(line: str) -> bool:
    """Whether a text is what a template prints in the place of a missing value."""
    return _MISSING.fullmatch(line) is not None


def is_empty(line: str) -> bool:
    """Whether a text is nothing but white space, punctuation and signs of ASCII, `...`; an emoji is more."""
    return all(
        it.isspace() or unicodedata.category(it)[0] in "PZC" or (it.isascii() and not it.isalnum()) for it in line
    )


def says_nothing(description: str) -> bool:
    """Whether a description is one that a template came with, the message of a script that failed, or a style."""
    if _STYLE.match(description) and description.lstrip()[:1] in ".#@*:":
        return True
    return plain_words(description[:100]) in _OF_TEMPLATES or description.lower().startswith(_JUNK)


def without_broken_end(text: str) -> str:
    """Return a text without U+FFFD at its end, where somebody cut it within a character."""
    return _BROKEN_END.sub("", text) if "\ufffd" in text else text
