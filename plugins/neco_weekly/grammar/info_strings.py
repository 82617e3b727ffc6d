"""Info strings: what stands behind the marks that open a fence, ```` ```js:app.js ````, in all forms writers use.

Words nobody knows are ignored: whatever stands there, the lines below are code. Sources: CommonMark 4.5,
https://zenn.dev/zenn/articles/markdown-guide (`lang:file`, `diff lang`),
https://facelessuser.github.io/pymdown-extensions/extensions/superfences/ (`title=`, `linenums=`, `hl_lines=`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST = 500
"""The number of characters of an info string that are read; the rest is ignored."""

_OPTION = re.compile(r"""(?P<name>[A-Za-z_]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+))""")

_BRACES = re.compile(r"\A\{|\}\Z|\{[^{}]*\}")
"""A pattern for the braces around all of an info string, and for lists of lines such as `{1,3}`."""

_FILE = re.compile(r"(?P<words>\S*?|diff\s+\S*?|\S+\s+diff):(?P<title>.*)", re.DOTALL)
"""A pattern for a language, or two words of which one is `diff`, with a file's name behind the first colon."""

_LANGUAGE = re.compile(r"[\w#.+-]+")

_TITLES = ("title", "filename", "file", "name")

_KEPT = ("hl_lines", "linenums")


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoString:
    """What an info string says: the language of the code, its title, and options that superfences knows.

    `diff` is whether the code's lines begin with the signs of a diff and are in the language behind them.
    """

    language: str = ""
    title: str = ""
    diff: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


def read_info_string(written: str) -> InfoString:
    """Return what an info string says; of any text, at worst that nothing is said."""
    text = written[:LONGEST].strip()
    found = {
        match["name"]: match["double"] or match["single"] or match["bare"] or "" for match in _OPTION.finditer(text)
    }
    rest = _BRACES.sub(" ", _OPTION.sub(" ", text).strip()).strip()
    file = _FILE.fullmatch(rest)
    words = (file["words"] if file else rest).split()
    diff = len(words) > 1 and "diff" in words[:2]
    first = words[1 if diff and words[0] == "diff" else 0].lstrip(".") if words else ""
    title = next((found[name] for name in _TITLES if found.get(name)), file["title"].strip() if file else "")
    options = {name: found[name] for name in _KEPT if found.get(name)}
    return InfoString(language=first if _LANGUAGE.fullmatch(first) else "", title=title, diff=diff, options=options)
