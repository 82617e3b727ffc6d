"""Math: TeX as MathML, which browsers draw by themselves."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from latex2mathml.converter import convert_to_element

from ..display.elements import NOT_SEARCHED, verbatim

_LONGEST = 10_000
"""Characters of one formula; those of the longest in real articles are a tenth of that."""

_DEEPEST = 60
"""How many groups may lie in each other, and how many elements in each other may come of these."""

_KNOWN = frozenset(
    """
    align align* array cases equation equation* matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix split
    """.split()
)
"""Environments that latex2mathml lays out; any other one it takes for nothing, and draws `&` and the rest in a row."""

_LIKE_KNOWN = {
    "aligned": "align*",
    "dcases": "cases",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "gather": "matrix",
    "gather*": "matrix",
    "gathered": "matrix",
}
"""Environments that are drawn as another one."""

_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}\\]*)\}")

_ARGUMENTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
"""How many children an element of MathML must have; latex2mathml draws `\\frac{1}` with one."""

_COMMAND = re.compile(r"\\[A-Za-z]+")

_OPENING = re.compile(r"\\.|[{}]", re.DOTALL)


class MathError(ValueError):
    """TeX that cannot be drawn; the message says why."""


def math_element(tex: str, *, display: bool) -> Element:
    """Return the MathML of a formula in TeX, for a line of its own with `display`, with the TeX as its annotation.

    No text in the element is read as Markdown.

    Raises:
        MathError: the formula cannot be read, or is too long or too deep to be tried.
    """
    _bounded(tex)
    known = _with_known_environments(tex)
    try:
        drawn = convert_to_element(known, display="block" if display else "inline")
    except Exception as error:  # latex2mathml has no error of its own for all that it cannot read
        raise MathError(_said(error)) from None
    if _depth(drawn) > 4 * _DEEPEST:
        raise MathError("it is nested too deep")
    for element in drawn.iter():
        if len(element) < _ARGUMENTS.get(element.tag, 0):
            raise MathError("an argument is missing")
        if element.tag != "mtext" and (unknown := _COMMAND.match(element.text or "")):
            raise MathError(f"{unknown[0]} is not known")
        element.text = verbatim(unescape(element.text)) if element.text else None
        element.tail = None
    return _annotated(drawn, tex, display=display)


def _with_known_environments(tex: str) -> str:
    """Return TeX in which every environment is one that is known."""

    def known(match: re.Match[str]) -> str:
        name = _LIKE_KNOWN.get(match[2], match[2])
        if name not in _KNOWN:
            raise MathError(f"the environment {match[2]} is not known")
        return f"\\{match[1]}{{{name}}}"

    return _ENVIRONMENT.sub(known, tex)


def _bounded(tex: str) -> None:
    if len(tex) > _LONGEST:
        raise MathError(f"it is longer than {_LONGEST} characters")
    depth = 0
    for sign in _OPENING.finditer(tex):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth > _DEEPEST:
            raise MathError("it is nested too deep")


def _said(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    words = re.findall(r"[A-Z]?[a-z]+", type(error).__name__.removesuffix("Error"))
    return " ".join(words).lower()


def _depth(element: Element) -> int:
    deepest, waiting = 0, [(element, 1)]
    while waiting:
        each, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in each]
    return deepest


def _annotated(drawn: Element, tex: str, *, display: bool) -> Element:
    """Return the element `math` for what was drawn, with the TeX beside it for those who copy or hear it."""
    math = Element("math", {"xmlns": "http://www.w3.org/1998/Math/MathML", "display": "block" if display else "inline"})
    semantics = SubElement(math, "semantics")
    row = SubElement(semantics, "mrow")
    row.extend(drawn[0] if len(drawn) == 1 and drawn[0].tag == "mrow" else drawn)
    annotation = SubElement(semantics, "annotation", {"encoding": "application/x-tex", NOT_SEARCHED: ""})
    annotation.text = verbatim(tex)
    return math


def math_error(tex: str) -> Element:
    """Return the element that shows a formula that cannot be drawn as it is written."""
    code = Element("code", {"class": "neco-math-error"})
    code.text = verbatim(tex)
    return code
