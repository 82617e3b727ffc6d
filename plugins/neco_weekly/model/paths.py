"""The places of the site, relative to the docs folder: pages that are generated, the folder of pictures."""

from __future__ import annotations

LINKS_PAGE = "links/index.md"

SIG_PAGE = "sigs/{sig}.md"

FOLDER = "assets/cards"
"""Where the pictures are, below the docs folder."""

KEP_PAGE = "keps/{number}.md"
