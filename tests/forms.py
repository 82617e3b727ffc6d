"""A page with every form of Markdown that writers write, as HTML, for what only a browser tells."""

from __future__ import annotations

from tests.sites import PROJECT, Folder

PAGE = "forms/"
"""Where the page is."""

SAMPLE = PROJECT / "tests/data/forms/page.html"
PLAIN = "plain/"
"""A page without a diagram, of the same site, and a link to the page of all forms."""
THEIRS = "theirs/"
"""A page with a diagram as Material's users write it, which the theme draws."""


def write_forms(folder: Folder) -> None:
    """Give a site these pages. A link of it is followed without loading the page, as the theme offers."""
    folder.write("docs/forms.md", f"<div>\n{SAMPLE.read_text(encoding='utf-8')}</div>\n")
    folder.write("docs/plain.md", "# 図のないページ\n\n[見本](forms.md)\n")
    folder.write("docs/theirs.md", '# 図\n\n<pre class="mermaid"><code>graph LR; A--&gt;B</code></pre>\n')
    settings = (folder.root / "mkdocs.yml").read_text(encoding="utf-8")
    folder.write("mkdocs.yml", settings.replace("  features:\n", "  features:\n    - navigation.instant\n"))
