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
    words = _OPTION.sub(" ", text).replace("{", " ").replace("}", " ").split()
    first, title = _language_and_title(words[0] if words else "")
    diff = False
    if len(words) > 1 and "diff" in (first, words[1]):
        language, other = _language_and_title(words[1] if first == "diff" else words[0])
        first, title, diff = language, title or other or _language_and_title(words[1])[1], bool(language)
    title = next((found[name] for name in _TITLES if found.get(name)), title)
    options = {name: found[name] for name in _KEPT if found.get(name)}
    return InfoString(language=first, title=title, diff=diff, options=options)


def _language_and_title(word: str) -> tuple[str, str]:
    """Return language and file name of `lang:file`; a word without a colon is a language."""
    language, _, title = word.lstrip(".").partition(":")
    name = _LANGUAGE.fullmatch(language)
    return (language if name else ""), title
