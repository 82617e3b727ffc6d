"""Paths of the site below the docs folder: the generated pages and the folder of card pictures."""

from __future__ import annotations

LINKS_PAGE = "links/index.md"
"""The generated page that lists the links of all issues."""

SIG_PAGE = "sigs/{sig}.md"
"""The generated page of a SIG; `sig` is a name such as `sig-node`."""

FOLDER = "assets/cards"
"""The folder of the pictures of cards, below the docs folder."""

KEP_PAGE = "keps/{number}.md"
"""The generated page of a KEP; `number` is the KEP's number."""

TOPIC_PAGE = "topics/{slug}.md"
"""The generated page of a topic; `slug` is the topic's name in addresses, such as `argo-cd`."""

TOPICS_PAGE = "topics/index.md"
"""The generated page that lists all topics."""
