"""What a page loads that helps while reading: previews of what links lead to, and a name for what scrolls sideways."""

from __future__ import annotations

import json

from ..display.words import Strings


def reading_script(script: str, words: Strings) -> str:
    """Return the script with the words before it that it says in the language of the site."""
    told = json.dumps(_words(words), ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.necoReading={told};\n{script}"


def _words(words: Strings) -> dict[str, str]:
    return {
        "close": words("reading.close"),
        "issue": words("reading.issue"),
        "kep": words("more.page"),
        "part": words("reading.part"),
        "table": words("reading.table"),
        "table_of": words("reading.table_of", title="{title}"),
        "topic": words("now.page"),
    }
