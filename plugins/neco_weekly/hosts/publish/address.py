"""The address at which GitHub Pages shows a repository's site: it must be known before the site is built."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from .github import GitHub
from .programs import PublishError

PUBLIC_GITHUB = "https://github.com"
"""The server whose Pages have addresses by a rule; those of other servers follow from their settings."""

NOT_ON = (
    "GitHub Pages does not take what workflows deploy: under Settings, Pages, Source choose GitHub Actions, "
    "and run this workflow again."
)
"""The notice where the site is built and cannot be published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The address of a site, and whether Pages takes what a workflow deploys.

    `edit` is the address at which a page is edited, as `edit_uri_template` of MkDocs takes it. `url` is empty where
    Pages is off and no rule tells what it would be.
    """

    url: str
    edit: str
    is_on: bool


def find_address(github: GitHub, server: str, docs: str) -> Address:
    """Return the address of a repository's site; `docs` is the folder of its texts, relative to the repository's top.

    A project's path, a custom domain and a fork's own address are all as Pages has them.

    Raises:
        PublishError: GitHub cannot be asked.
    """
    pages = _pages(github)
    branch = str(github.get("")["default_branch"])
    folder = "" if docs == "." else f"{quote(docs)}/"
    edit = f"{server.rstrip('/')}/{github.repository}/edit/{quote(branch)}/{folder}"
    url = str(pages.get("html_url") or by_rule(github, server))
    return Address(
        url=url if url.endswith("/") or not url else f"{url}/",
        edit=f"{edit}{{path}}",
        is_on=pages.get("build_type") == "workflow",
    )


def _pages(github: GitHub) -> dict[str, object]:
    """Return what GitHub says of a repository's Pages (https://docs.github.com/rest/pages/pages); nothing where off."""
    try:
        found: dict[str, object] = github.get("pages")
    except PublishError as error:
        if "HTTP 404" in str(error):
            return {}
        raise
    return found


def by_rule(github: GitHub, server: str) -> str:
    """Return the address that Pages gives a site without a domain of its own, empty where no rule is known."""
    if server.rstrip("/") != PUBLIC_GITHUB:
        return ""
    host, name = f"{github.owner.lower()}.github.io", github.repository.partition("/")[2]
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
