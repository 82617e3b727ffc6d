"""Texts of another language than their page's, marked as such: titles of KEPs in Japanese, our issues in English.

A screen reader then speaks them as what they are, and a browser takes the glyphs of that language (WCAG 2.2, 3.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from markupsafe import escape as escape_for_templates

from ..display.words import Locale

_JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff]")

_WORD = re.compile("[A-Za-z]{2}")

_HOLDS_TEXT_ALONE = frozenset({"option", "title", "textarea", "script", "style", "text", "tspan", "mi", "mo", "mtext"})
"""Elements in which no other may stand, or whose text is no prose."""

_NAMED = (" lang=", " title=", " aria-label=")
"""Attributes of a tag that say a language already, or hold text of the page's own."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*+")
"""A language as HTML names it (BCP 47), without private ones."""

_PLACES = ("<article ", '<ul class="md-nav__list" data-md-component="toc"')
"""How what a writer says begins in a theme's page: the text, and the contents, which repeat its headings."""

_NAME = re.compile(r"[a-z][a-z0-9]*+", re.IGNORECASE)


class ForeignTexts:
    """What of a site's pages is in another language than `locale`: of a Japanese site, the titles of its KEPs alone.

    Names of products and terms belong to both languages. On an English site all that has Japanese letters is Japanese.
    """

    def __init__(self, locale: Locale, titles: Iterable[tuple[int, str]]) -> None:
        self._titles = frozenset(_forms(titles)) if locale == "ja" else None

    def marked(self, html: str) -> str:
        """Return the HTML of a page's text with the language of each foreign text that is all of a text node."""
        parts = html.split("<")
        for place in range(1, len(parts)):
            tag, closed, text = parts[place].partition(">")
            language = self._language(text) if closed and text else None
            if language and not tag.startswith("!"):
                following = parts[place + 1] if place + 1 < len(parts) else ""
                parts[place] = _marked(tag, text, language, following)
        return "<".join(parts)

    def _language(self, text: str) -> str | None:
        if self._titles is None:
            return "ja" if _JAPANESE.search(text) else None
        return "en" if text.strip() in self._titles else None


def with_language(html: str, language: object, of_page: str) -> str:
    """Return a theme's page whose text is marked as of the language that its front matter names, if it is another one.

    The rest of the page, which is of the site's interface, stays in the language `of_page`.
    """
    if not isinstance(language, str) or not _TAG.fullmatch(language) or language == of_page:
        return html
    for place in _PLACES:
        html = html.replace(place, f'{place.rstrip()} lang="{language}"{" " if place.endswith(" ") else ""}', 1)
    return html


def _forms(titles: Iterable[tuple[int, str]]) -> Iterable[str]:
    """Yield English titles as pages have them: alone, and behind the number."""
    for number, title in titles:
        if _WORD.search(title) and not _JAPANESE.search(title):
            for text in (title, f"KEP-{number}: {title}"):
                yield escape(text, quote=False)
                yield str(escape_for_templates(text))


def _marked(tag: str, text: str, language: str, following: str) -> str:
    """Return a tag and the text behind it: the language stands at the tag where the element has only this text."""
    found = _NAME.match(tag)
    name = found[0] if found else ""
    if name.lower() in _HOLDS_TEXT_ALONE or " lang=" in tag:
        return f"{tag}>{text}"
    if name and _closes(following, name) and not any(it in tag for it in _NAMED):
        return f'{tag} lang="{language}">{text}'
    words = text.strip()
    before, _, after = text.partition(words)
    return f'{tag}>{before}<span lang="{language}">{words}</span>{after}'


def _closes(following: str, name: str) -> bool:
    return following[: len(name) + 2].lower() == f"/{name}>".lower()
