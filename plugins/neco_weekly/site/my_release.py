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


def with_release_script(html: str, address: str, *, is_instant: bool) -> str:
    """Return a page that loads the script, whose address is relative to the page.

    Where lines are to come into the text the script runs before anything is drawn, so that their places can be kept;
    else it may come late. With instant navigation (`is_instant`) it stands before the text as well: of a page that is
    exchanged only the scripts in that part run.
    """
    late = "" if _LINE in html else " defer"
    end = found if (found := html.find("</head>")) >= 0 else len(html)
    pieces = [html[:end], f'<script src="{address}"{late}></script>']
    if is_instant and (text := html.find("<article", end)) >= 0:
        pieces += [html[end:text], f'<script src="{address}"></script>']
        end = text
    return "".join((*pieces, html[end:]))


def release_script(script: str, keps: KepsAsOf, words: Strings) -> GeneratedPage:
    """Return the script as a file whose name follows from its content, the words first."""
    told = json.dumps(words_of_script(keps, words), ensure_ascii=False, separators=(",", ":"))
    return GeneratedPage.named_by_content("assets/my-release.js", f"globalThis.necoReleaseWords={told};\n{script}")
