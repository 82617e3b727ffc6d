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

TAG_PAGE = "tags/{name}.md"
"""The generated page of a tag of issues; `name` is the tag as addresses have it."""

TAGS_PAGE = "tags/index.md"
"""The generated page that lists all tags."""

RELEASES_PAGE = "releases/index.md"
"""The generated page that lists all releases of Kubernetes."""

RELEASE_PAGE = "releases/{release}.md"
"""The generated page of a release; `release` is its number, such as `1.36`."""

COMPARE_PAGE = "releases/compare/index.md"
"""The generated page on which a reader chooses two releases to compare."""

UPGRADE_PAGE = "releases/compare/{old}-{new}.md"
"""The generated page of an upgrade from one release to a newer one; both are numbers, such as `1.33` and `1.36`."""

CHANGES_PAGE = "changes/index.md"
"""The generated page of what happened lately to the KEPs that issues mention."""

SETBACKS_PAGE = "releases/setbacks.md"
"""The generated page of what went back, and what stands still."""

BADGE = "badge/{number}.svg"
"""The picture of where a KEP stands, for pages elsewhere; `number` is the KEP's number, or another one of it."""

SOCIAL_CARD = "assets/social/{name}.png"
"""The picture for who shares an issue; `name` is the path of the issue without its ending, `site` for other pages."""

FOLLOWING_PAGE = "following/index.md"
"""The generated page of what a reader follows, which a script fills in the browser."""
