"""Boxes in each target's own words: GitHub's alerts, Zenn's and Qiita's containers, quotes at Hatena Blog.

Sources: GitHub Docs, *Basic writing and formatting syntax*, Alerts; https://zenn.dev/zenn/articles/markdown-guide;
https://qiita.com/Qiita/items/c686397e4a0f4f11683d.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

BoxKind = Literal["note", "tip", "important", "warning", "caution", "details", "tab"]
"""What a box is: one of GitHub's five alerts, text that is folded, or one of several tabs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box as its author means it. `title` is Markdown, `inside` is how many boxes lie in it at most, one in another.

    `is_nested`: it lies in a list, a quote or another box.
    """

    kind: BoxKind
    title: str = ""
    inside: int = 0
    is_nested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxForm:
    """How a target writes a box: lines above, what each line in it begins with, lines below, and what gets lost."""

    above: tuple[str, ...] = ()
    prefix: str = ""
    below: tuple[str, ...] = ()
    remark: str = ""


BoxFormOf = Callable[[Box], BoxForm]

_KINDS: dict[BoxKind, frozenset[str]] = {
    "tip": frozenset("tip hint success check done".split()),
    "important": frozenset({"important", "attention"}),
    "warning": frozenset({"warning"}),
    "caution": frozenset("caution danger error failure fail missing bug alert".split()),
}


def kind_of(word: str) -> BoxKind:
    """Return what a box of this name is: of GitHub's alerts, Material's admonitions or Zenn's messages."""
    return next((kind for kind, names in _KINDS.items() if word.lower() in names), "note")


def _titled(title: str) -> tuple[str, ...]:
    return (f"**{title}**", "") if title else ()


def of_github(box: Box) -> BoxForm:
    """Return a box as an alert, which GitHub knows at the margin alone, or as HTML that folds."""
    if box.kind == "details":
        return BoxForm(above=("<details>", f"<summary>{_in_html(box.title)}</summary>", ""), below=("", "</details>"))
    if box.kind == "tab":
        return BoxForm(above=_titled(box.title), remark="a tab: it stands below its title, and the next one below it")
    remark = "a box inside of something: GitHub shows it as a quote" if box.is_nested else ""
    lines = (f"[!{box.kind.upper()}]", *_titled(box.title))
    return BoxForm(above=_quoted(lines), prefix="> ", remark=remark)


def of_zenn(box: Box) -> BoxForm:
    """Return a box as `:::message` or `:::details`; a box around others has more colons."""
    colons = ":" * (3 + box.inside)
    if box.kind == "details":
        return BoxForm(above=(f"{colons}details {box.title}".rstrip(),), below=(colons,))
    if box.kind == "tab":
        return BoxForm(above=_titled(box.title), remark="a tab: it stands below its title, and the next one below it")
    word = "message alert" if box.kind in ("warning", "caution") else "message"
    return BoxForm(above=(f"{colons}{word}", *_titled(box.title)), below=(colons,))


def of_qiita(box: Box) -> BoxForm:
    """Return a box as `:::note info`, `warn` or `alert`, or as HTML that folds."""
    if box.kind == "details":
        return of_github(box)
    if box.kind == "tab":
        return BoxForm(above=_titled(box.title), remark="a tab: it stands below its title, and the next one below it")
    word = {"warning": "warn", "caution": "alert"}.get(box.kind, "info")
    colons = ":" * (3 + box.inside)
    return BoxForm(above=(f"{colons}note {word}", *_titled(box.title)), below=(colons,))


def of_hatena(box: Box) -> BoxForm:
    """Return a box as a quote, which Hatena Blog's Markdown has instead."""
    what = {"details": "text that folds", "tab": "a tab"}.get(box.kind, "a box")
    return BoxForm(above=_quoted(_titled(box.title)), prefix="> ", remark=f"{what}: Hatena Blog shows it as a quote")


def _in_html(title: str) -> str:
    """Return a title as HTML, in which GitHub reads no Markdown; of that, code is what titles have."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(title, quote=False))


def _quoted(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(re.sub(r" $", "", f"> {line}") for line in lines)
