"""What a page loads that says something of the reader's own release: one script, with its words and the releases."""

from __future__ import annotations

import json

from ..display.release_states import words_of_script
from ..display.words import Strings
from ..lock.kep_as_of import KepsAsOf
from .files import GeneratedPage

_LINE, _ENTRY = 'class="neco-at"', 'data-neco-at="'


def says_release(html: str) -> bool:
    """Return whether a page has a place for what is so in the reader's release, or an entry that a preview reads."""
    return _ENTRY in html


def with_release_script(html: str, address: str) -> str:
    """Return a page that loads the script, whose address is relative to the page.

    The script stands before the text, and inside the part of the page that instant navigation exchanges. Where lines
    are to come into the text it runs before that is drawn, so that their places can be kept; else it may come late.
    """
    late = "" if _LINE in html else " defer"
    tag = f'<script src="{address}"{late}></script>'
    for begin in ("<article", "</head>"):
        before, found, after = html.partition(begin)
        if found:
            return f"{before}{tag}{found}{after}"
    return tag + html


def release_script(script: str, keps: KepsAsOf, words: Strings) -> GeneratedPage:
    """Return the script as a file whose name follows from its content, the words first."""
    told = json.dumps(words_of_script(keps, words), ensure_ascii=False, separators=(",", ":"))
    return GeneratedPage.named_by_content("assets/my-release.js", f"globalThis.necoReleaseWords={told};\n{script}")
