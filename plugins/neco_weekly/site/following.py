"""The scripts of pages on which readers follow a KEP, a SIG or a topic: one for stars, another for their page."""

from __future__ import annotations

import datetime as dt
import json

from ..display.words import Strings
from .files import GeneratedPage

STARS, LIST = "follow.js", "following.js"
"""The script of pages with a star, and that of the page of what is followed."""

WORDS = {
    STARS: ("kep", "sig", "topic", "unkept"),
    LIST: (
        *("stop", "no_storage", "nothing", "news", "first", "told", "quiet", "failed", "followed", "gone", "download"),
        *("opml_title", "kept_here"),
    ),
}
"""What each script says."""


def following_script(name: str, script: str, day: dt.date | None, words: Strings) -> GeneratedPage:
    """Return a script as a file whose name follows from its content: words first, and up to which `day` all is known.

    The day is in the script and not in pages, which stay the same from week to week.
    """
    told = {"day": day.isoformat() if day else "", "words": {it: words.phrases[f"follow.{it}"] for it in WORDS[name]}}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return GeneratedPage.named_by_content(f"assets/{name}", f"globalThis.necoFollowing={text};\n{script}")
