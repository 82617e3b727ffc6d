"""Diagrams: a fence of mermaid as its source, which the site's script draws where there is one."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..display.elements import add

LANGUAGE = "mermaid"
"""The first word of the info string of a diagram's fence."""


def diagram_element(source: str) -> Element:
    """Return the element of a diagram, whose text is the diagram's source: `<pre class="neco-diagram"><code>`.

    Its class is not `mermaid`, for which Material's own script loads mermaid from another host.
    """
    element = Element("pre", {"class": "neco-diagram"})
    add(element, "code", source.strip("\n") + "\n")
    return element
