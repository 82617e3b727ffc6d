"""A page with every form of Markdown that writers write, as an issue and as HTML, for what only a browser tells."""

from __future__ import annotations

import html
import tomllib
from dataclasses import replace

from neco_weekly.lock.store import load_lock, save_lock
from neco_weekly.model.cards import RemotePicture

from tests.link_cards import drawn, keep
from tests.sites import PROJECT, Folder, issue_page, issue_path

PAGE = "forms/"
"""Where the page of HTML is."""

DATE = "2026-07-03"
ISSUE = issue_page(DATE).removesuffix("index.html")
"""An issue that has every form."""

LATER = "2026-07-17"
"""The day of an issue that follows the other one up, and corrects it."""
LATER_ISSUE = issue_page(LATER).removesuffix("index.html")

SAMPLES = PROJECT / "tests/data/forms"
PLAIN = "plain/"
"""A page without a diagram, of the same site, and a link to the page of all forms."""
THEIRS = "theirs/"
"""A page with a diagram as Material's users write it, which the theme draws."""

DRAWN = "drawn/"
"""A page with a diagram of every kind."""
HOSTILE = "hostile/"
"""A page with diagrams that would ask another host."""


TABS = "  - abbr\n  - pymdownx.tabbed:\n      alternate_style: true\n"
"""What a site has to list for its issues to have tabs and abbreviations."""
PICTURE = "https://pictures.example.com/kept.png"


def write_forms(folder: Folder) -> None:
    """Give a site these pages. A link of it is followed without loading the page, as the theme offers."""
    folder.write("docs/forms.md", f"<div>\n{(SAMPLES / 'page.html').read_text(encoding='utf-8')}</div>\n")
    folder.write("docs/plain.md", "# 図のないページ\n\n[見本](forms.md)\n")
    folder.write("docs/theirs.md", '# 図\n\n<pre class="mermaid"><code>graph LR; A--&gt;B</code></pre>\n')
    for name in ("drawn", "hostile"):
        folder.write(f"docs/{name}.md", f"# {name}\n\n<div>\n{_diagrams(name)}\n</div>\n")
    folder.write(issue_path(DATE), (SAMPLES / "every.md").read_bytes())
    folder.write(issue_path(LATER), (SAMPLES / "later.md").read_bytes())
    _keep_picture(folder)
    settings = (folder.root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("  features:\n", "  features:\n    - navigation.instant\n")
    folder.write("mkdocs.yml", settings.replace("  - tables\n", f"  - tables\n{TABS}"))


def _keep_picture(folder: Folder) -> None:
    """Keep a copy of the issue's picture of another host, as a refresh does."""
    metadata = folder.docs / "_metadata"
    copy = keep(folder, PICTURE, drawn(PICTURE, 1600, 800), "picture")
    save_lock(replace(load_lock(metadata), pictures={PICTURE: RemotePicture(url=PICTURE, copy=copy)}), metadata)


def _diagrams(name: str) -> str:
    sources = tomllib.loads((SAMPLES / f"{name}.toml").read_text(encoding="utf-8"))
    return "\n".join(
        f'<pre class="neco-diagram" id="{kind}"><code>{html.escape(source)}</code></pre>'
        for kind, source in sources.items()
    )
