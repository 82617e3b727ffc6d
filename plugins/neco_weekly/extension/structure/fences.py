"""Code: fences as superfences draws them, with the file's name above and the changes of a diff marked."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString, code_escape
from pymdownx.superfences import SuperFencesBlockPreprocessor

from ...grammar.info_strings import LONGEST, InfoString, read_info_string

_SUPERFENCES = "pymdownx.superfences"

_MARKS = re.compile(r"`{3,}", re.MULTILINE)


class Fences:
    """What draws the fences of a Markdown instance: the site's superfences, or where it has none, one of our own.

    Highlighting has the options that the site gives `pymdownx.highlight`.
    """

    def __init__(self, md: Markdown) -> None:
        self._md = md
        has_own = isinstance(_preprocessor(md), SuperFencesBlockPreprocessor)
        self._drawing = md if has_own else Markdown(extensions=[_SUPERFENCES], extension_configs=_highlight_options(md))
        self._run = _preprocessor(self._drawing).run
        self._has_pygments = bool(
            _highlight_options(self._drawing).get("pymdownx.highlight", {}).get("use_pygments", True)
        )

    def draw(self, info: str, code: str) -> Element:
        """Return the element that shows code, whatever its info string says."""
        said = read_info_string(info)
        drawn = self._with_changes(said, code) if said.diff else None
        if drawn is None and not said.diff and _may_be_read(info):
            drawn = self._drawn(info.strip(), code)
        if drawn is None:
            drawn = self._titled(replace(said, language="diff") if said.diff else said, code)
        if drawn is None:
            return plain_code(code, said.language)
        element = Element("p")  # the stash's placeholder in a paragraph of its own stands for the whole of that
        element.text = self._md.htmlStash.store(drawn)
        return element

    def _with_changes(self, said: InfoString, code: str) -> str | None:
        """Return the HTML of a diff's code with its changes marked; None where its lines are not those of the code."""
        without = _without_signs(code.removesuffix("\n"))
        drawn = self._titled(said, without)
        return None if drawn is None else _with_signs(drawn, code.removesuffix("\n"), without)

    def _titled(self, said: InfoString, code: str) -> str | None:
        """Return the HTML of code with its title; without Pygments, superfences knows neither titles nor options."""
        if self._has_pygments:
            return self._drawn(_header(said), code)
        drawn = self._drawn(said.language, code)
        if drawn is None or not said.title:
            return drawn
        return f'<div class="highlight"><span class="filename">{escape(said.title)}</span>{drawn}</div>'

    def _drawn(self, header: str, code: str) -> str | None:
        """Return the HTML that superfences makes of a fence with this header; None where it knows none."""
        marks = "`" * max(3, 1 + max((len(it) for it in _MARKS.findall(code)), default=0))
        lines = self._run([f"{marks}{header}", *code.removesuffix("\n").split("\n"), marks])
        stash = self._drawing.htmlStash
        if len(lines) != 1 or not stash.rawHtmlBlocks:
            return None
        found = stash.rawHtmlBlocks.pop()  # what superfences has stored, which is stored again where it is drawn
        stash.html_counter -= 1
        return found if isinstance(found, str) else None


def _preprocessor(md: Markdown) -> Any:
    return md.preprocessors["fenced_code_block"] if "fenced_code_block" in md.preprocessors else None  # noqa: SIM401


def _may_be_read(info: str) -> bool:
    """Whether superfences may know what an info string says; `js:app.js` is nothing that it knows."""
    return len(info) <= LONGEST and (":" not in info or info.startswith("{") or ":" not in info.split(maxsplit=1)[0])


def _highlight_options(md: Markdown) -> dict[str, dict[str, Any]]:
    """Return the options of the site's `pymdownx.highlight`, where it has that without superfences."""
    for extension in md.registeredExtensions:
        if type(extension).__name__ == "HighlightExtension":
            return {"pymdownx.highlight": dict(extension.getConfigs())}
    return {}


def _header(said: InfoString) -> str:
    """Return an info string as superfences reads it."""
    options = dict(said.options)
    if said.title:
        options["title"] = said.title.replace('"', "'").replace("`", "'")
    return " ".join([said.language, *(f'{name}="{value}"' for name, value in options.items())]).strip()


def plain_code(code: str, language: str = "") -> Element:
    """Return code as Python-Markdown draws it by itself."""
    pre = Element("pre")
    inner = Element("code", {"class": f"language-{language}"} if language else {})
    inner.text = AtomicString(code_escape(code.rstrip("\n")) + "\n")
    pre.append(inner)
    return pre


# --- the changes of a diff ----------------------------------------------------------------------------------------

_CODE = re.compile(r"(?P<before>.*<code[^>]*>)(?P<inside>.*?)(?P<after></code>.*)", re.DOTALL)

_LEAD = "<span></span>"
"""What Pygments begins its code with."""

_SIGNS = {"+": "neco-diff-add", "-": "neco-diff-del"}


def _without_signs(code: str) -> str:
    """Return the lines of a diff without the sign that each begins with."""
    return "\n".join(line[1:] if line[:1] in ("+", "-", " ") else line for line in code.split("\n"))


def _with_signs(drawn: str, code: str, without: str) -> str | None:
    """Return drawn code in which each line that was added or taken out is marked, and shows its sign.

    None where the lines that were drawn are not those of the code, and so nobody can say whose sign is whose.
    """
    found = _CODE.fullmatch(drawn)
    lines = found["inside"].removesuffix("\n").split("\n") if found else []
    written = code.split("\n")
    if found is None or len(lines) > len(written):
        return None
    # Pygments leaves out the empty lines at both ends, which have a sign in a diff.
    above = min(len(written) - len(lines), len(without) - len(without.lstrip("\n")))
    below = len(written) - len(lines) - above
    if without.split("\n")[len(written) - below :] != [""] * below:
        return None
    lines = [*[""] * above, *lines, *[""] * below]
    marked = (_marked(f"{line}\n", sign[:1]) for line, sign in zip(lines, written, strict=True))
    return "".join((found["before"], *marked, found["after"]))


def _marked(line: str, sign: str) -> str:
    """Return a line of a diff, with its own end, as Pygments marks lines."""
    rest = line.removeprefix(_LEAD)
    lead = line[: len(line) - len(rest)]
    if sign in _SIGNS:
        return f'{lead}<span class="{_SIGNS[sign]}">{sign}{rest}</span>'
    return f"{lead} {rest}" if sign == " " else line
