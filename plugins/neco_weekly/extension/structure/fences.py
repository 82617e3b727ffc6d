"""Code: fences as superfences draws them, with the file's name above and the changes of a diff marked."""

from __future__ import annotations

import html
import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString, code_escape
from pymdownx.superfences import SuperFencesBlockPreprocessor

from ...grammar.info_strings import LONGEST, InfoString, read_info_string

_MARKS = re.compile(r"`{3,}", re.MULTILINE)


class Fences:
    """What draws the fences of a Markdown instance: the site's superfences, or where it has none, one of our own.

    Highlighting has the options that the site gives `pymdownx.highlight`.
    """

    def __init__(self, md: Markdown) -> None:
        self._md = md
        own = md.preprocessors["fenced_code_block"] if "fenced_code_block" in md.preprocessors else None  # noqa: SIM401 (no dict)
        self._drawing = md
        if not isinstance(own, SuperFencesBlockPreprocessor):
            self._drawing = Markdown(extensions=["pymdownx.superfences"], extension_configs=_highlight_options(md))
            own = self._drawing.preprocessors["fenced_code_block"]
        self._run = own.run

    def draw(self, info: str, code: str) -> Element:
        """Return the element that shows code, whatever its info string says."""
        said = read_info_string(info)
        drawn = None
        if not said.diff and len(info) <= LONGEST:
            drawn = self._drawn(info.strip(), code)
        if drawn is None:
            drawn = self._drawn(_header(said), _without_signs(code) if said.diff else code)
        if drawn is None:
            return plain_code(code, said.language)
        element = Element("p")  # the stash's placeholder in a paragraph of its own stands for the whole of that
        element.text = self._md.htmlStash.store(_with_signs(drawn, code) if said.diff else drawn)
        return element

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

_SIGNS = {"+": "neco-diff-add", "-": "neco-diff-del"}


def _without_signs(code: str) -> str:
    """Return the lines of a diff without the sign that each begins with."""
    return "\n".join(line[1:] if line[:1] in ("+", "-", " ") else line for line in code.split("\n"))


def _with_signs(drawn: str, code: str) -> str:
    """Return drawn code in which each line that was added or taken out is marked, and shows its sign."""
    found = _CODE.fullmatch(drawn)
    lines, written = (found["inside"] if found else "").split("\n"), code.removesuffix("\n").split("\n")
    if found is None or len(lines) < len(written):
        return drawn
    signs = [line[:1] for line in written]
    marked = [_marked(line, sign) for line, sign in zip(lines, signs, strict=False)]
    return f"{found['before']}{chr(10).join([*marked, *lines[len(written) :]])}{found['after']}"


def _marked(line: str, sign: str) -> str:
    opening = re.match(r"(?:<span></span>)?", line)
    lead = opening[0] if opening else ""
    rest = line[len(lead) :]
    if sign not in _SIGNS:
        return f"{lead} {rest}" if sign == " " else line
    return f'{lead}<span class="{_SIGNS[sign]}">{html.escape(sign)}{rest}</span>'
