"""The element of a diagram."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.serializers import to_html_string
from neco_weekly.extension.diagrams import diagram_element


def test_a_diagram_is_its_source_as_code() -> None:
    html = to_html_string(diagram_element('\ngraph TD\n  A["a & b &lt;"]-->B\n\n'))
    assert html == ('<pre class="neco-diagram"><code>graph TD\n  A["a &amp; b &amp;lt;"]--&gt;B\n</code></pre>')


def test_nothing_in_the_source_is_read_as_markdown() -> None:
    root = Element("div")
    root.append(diagram_element("graph TD\n  A[*a* [b](c)]\n"))
    Markdown().treeprocessors["inline"].run(root)
    assert "A[*a* [b](c)]" in to_html_string(root)
