"""How much a page says, and what it asks of its visitors first: a password, a proof that they are human.

A page that stands in for another one says little and wants something. Pages that say something have the same forms
beside their text: a log-in in the header, a dialog to sign in, a captcha below a form for comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from ...model.text import one_line
from .elements import Element, inner_text

_BESIDE = frozenset({"header", "nav", "footer", "aside", "dialog", "form"})

_UNREAD = frozenset({"script", "style", "template", "noscript", "svg", "select", "title"})

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# How services mark their challenges in classes, ids, names and addresses: reCAPTCHA, hCaptcha, Turnstile and others.
_CAPTCHA = re.compile(r"captcha|turnstile|friendly-?challenge", re.IGNORECASE)

_CAPTCHA_PLACES = ("class", "id", "name", "src", "action")

# Whoever asks for a proof alone has no more fields than these; a form for a message or a comment has.
_FEW_FIELDS = 2

_FIELDS = frozenset({"", "text", "email", "tel", "url", "search", "number"})

_SAYS_MUCH, _MOST_WALKED, _MOST_FORMS = 3_000, 30_000, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigns:
    """Signs of what a page is for.

    `length` is how much text it has outside forms, navigation, header and footer, in bytes of UTF-8: a kanji says as
    much as three letters. It is not counted beyond `_SAYS_MUCH`. `heading` is the first heading of that text.
    """

    length: int = _SAYS_MUCH
    heading: str = ""
    password: bool = False
    captcha: bool = False


def read_signs(root: Element) -> PageSigns:
    """Return the signs of a page, from its elements."""
    length, heading = 0, ""
    for tag, text in _own_texts(root):
        length += len("".join(text.split()).encode())
        if not heading and tag.tag in _HEADINGS:
            heading = one_line(inner_text(tag))
        if length >= _SAYS_MUCH:
            break
    forms = list(islice(root.iter("input"), _MOST_WALKED))
    return PageSigns(
        length=min(length, _SAYS_MUCH),
        heading=heading,
        password=any((it.get("type") or "").lower() == "password" and _is_shown(it) for it in forms),
        captcha=any(_is_shown(it) and _is_alone(it) for it in _captchas(root)),
    )


def _own_texts(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the elements of a page's text, each with the text right in it and right behind it."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, tag in islice(walk, _MOST_WALKED):
        if event == "end":
            around = tag.getparent()
            yield tag if around is None else around, tag.tail or ""
        elif tag.tag in _UNREAD or tag.tag in _BESIDE or _is_hidden(tag):
            walk.skip_subtree()
        else:
            yield tag, tag.text or ""


def _captchas(root: Element) -> Iterator[Element]:
    for tag in islice(root.iter("div", "iframe", "img", "input", "form", "span"), _MOST_WALKED):
        if any(_CAPTCHA.search(written) for it in _CAPTCHA_PLACES if (written := tag.get(it))):
            yield tag


def _is_alone(tag: Element) -> bool:
    """Whether a challenge is what its form is for, and not the end of one for a message."""
    form = tag if tag.tag == "form" else next(tag.iterancestors("form"), None)
    if form is None:
        return True
    fields = [it for it in islice(form.iter("input"), _MOST_FORMS) if (it.get("type") or "").lower() in _FIELDS]
    return len(fields) <= _FEW_FIELDS and next(form.iter("textarea"), None) is None


def _is_shown(tag: Element) -> bool:
    """Whether visitors see an element at once, and not in a header, in a dialog or nowhere."""
    around = (tag, *tag.iterancestors())
    return not any(it.tag in ("header", "nav", "footer", "aside", "dialog") or _is_hidden(it) for it in around)


def _is_hidden(tag: Element) -> bool:
    modal = tag.get("role") == "dialog" or "modal" in (tag.get("class") or "").lower().split()
    return (
        modal
        or "hidden" in tag.attrib
        or tag.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(tag.get("style") or ""))
    )
