"""A page with every form of Markdown that writers write, as HTML, for what only a browser tells."""

from __future__ import annotations

import html
import tomllib

from tests.sites import PROJECT, Folder

PAGE = "forms/"
"""Where the page is."""

SAMPLES = PROJECT / "tests/data/forms"
PLAIN = "plain/"
"""A page without a diagram, of the same site, and a link to the page of all forms."""
THEIRS = "theirs/"
"""A page with a diagram as Material's users write it, which the theme draws."""

DRAWN = "drawn/"
"""A page with a diagram of every kind."""
HOSTILE = "hostile/"
"""A page with diagrams that would ask another host."""


def write_forms(folder: Folder) -> None:
    """Give a site these pages. A link of it is followed without loading the page, as the theme offers."""
    folder.write("docs/forms.md", f"<div>\n{(SAMPLES / 'page.html').read_text(encoding='utf-8')}</div>\n")
    folder.write("docs/plain.md", "# 図のないページ\n\n[見本](forms.md)\n")
    folder.write("docs/theirs.md", '# 図\n\n<pre class="mermaid"><code>graph LR; A--&gt;B</code></pre>\n')
    for name in ("drawn", "hostile"):
        folder.write(f"docs/{name}.md", f"# {name}\n\n<div>\n{_diagrams(name)}\n</div>\n")
    settings = (folder.root / "mkdocs.yml").read_text(encoding="utf-8")
    folder.write("mkdocs.yml", settings.replace("  features:\n", "  features:\n    - navigation.instant\n"))


def _diagrams(name: str) -> str:
    sources = tomllib.loads((SAMPLES / f"{name}.toml").read_text(encoding="utf-8"))
    return "\n".join(
        f'<pre class="neco-diagram" id="{kind}"><code>{html.escape(source)}</code></pre>'
        for kind, source in sources.items()
    )
