"""Template tags of Jekyll in a post: addresses and raw text are what they stand for, what is left is told by its line.

Sources: https://jekyllrb.com/docs/liquid/tags/, https://shopify.github.io/liquid/.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ....model.text import shortened
from .carrying import Prepared

_TAG = re.compile(
    r"\{%-?[ \t]*(?P<name>\w+)(?P<rest>(?:[^%\n]|%(?!\}))*?)-?%\}|\{\{-?(?P<value>(?:[^}\n]|\}(?!\}))*?)-?\}\}"
)

_SITE = re.compile(r"site\.(?:baseurl|url|github\.url)")

_QUOTED = re.compile(r"""["'](?P<path>[^"']*)["']""")

_FILTERS = re.compile(r"(?:relative_url|absolute_url|prepend:[ \t]*site\.(?:baseurl|url))")

_UNENDED = re.compile(r"\{%")
"""The beginning of a tag that does not end in its line."""

_KRAMDOWN = re.compile(r"^[ \t]*\{:.*\}[ \t]*$")
"""A line of attributes of kramdown, https://kramdown.gettalong.org/syntax.html#inline-attribute-lists."""


@dataclass(kw_only=True)
class _Walk:
    """A walk over the tags of a text; `address` returns where `post_url` and `link` lead, None for nowhere."""

    address: Callable[[str, str], str | None]
    counts: Counter[str] = field(default_factory=Counter)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    raw: bool = False
    line: int = 1

    def replaced(self, match: re.Match[str]) -> str:
        """Return what a tag stands for; one that is not known stays and is noted."""
        name, rest = match["name"] or "", (match["rest"] or match["value"] or "").strip()
        if name in ("raw", "endraw"):
            self.raw = name == "raw"
            self.counts["tags of raw text removed"] += 1
            return ""
        if self.raw:
            return match[0]
        new = self._block(name, rest) if name else self._value(rest)
        if new is None:
            self.unknown.append((self.line, match[0]))
            return match[0]
        return new

    def _block(self, name: str, rest: str) -> str | None:
        if name in ("post_url", "link"):
            address = self.address(name, rest.strip("\"'"))
            self.counts["links to posts by their names"] += address is not None
            return address
        if name == "highlight":
            self.counts["blocks of highlighted code now fences"] += 1
            return f"```{rest.split(maxsplit=1)[0] if rest else ''}"
        if name == "endhighlight":
            return "```"
        if name in ("comment", "endcomment"):
            self.counts["comments now those of HTML"] += name == "comment"
            return "<!--" if name == "comment" else "-->"
        return None

    def _value(self, rest: str) -> str | None:
        first, *filters = (it.strip() for it in rest.split("|"))
        if any(not _FILTERS.fullmatch(it) for it in filters):
            return None
        quoted = _QUOTED.fullmatch(first)
        if not (_SITE.fullmatch(first) or (quoted and filters)):
            return None
        self.counts["addresses made of `site.baseurl`, `site.url` or `relative_url`"] += 1
        return f"/{quoted['path'].lstrip('/')}" if quoted else ""


def without_tags(text: str, address: Callable[[str, str], str | None]) -> Prepared:
    """Return a post's body without the tags that are known; `address` returns where `post_url` and `link` lead."""
    walk, lines = _Walk(address=address), text.split("\n")
    remarks: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines, 1):
        walk.line = number
        if "{" in line:
            lines[number - 1] = _TAG.sub(walk.replaced, line)
        if not walk.raw and _UNENDED.search(_TAG.sub("", line)):
            walk.unknown.append((number, line.strip()))
        if not walk.raw and _KRAMDOWN.match(line):
            what = f"`{shortened(line.strip(), 100)}` is of kramdown alone"
            remarks.append((number, what, "remove it, or write what it was for"))
    for number, tag in walk.unknown:
        what = f"`{shortened(tag, 100)}` was filled in by Jekyll and stays as it is"
        remarks.append((number, what, "write what it stood for"))
    return Prepared(text="\n".join(lines), remarks=tuple(sorted(remarks)), counts=walk.counts)
