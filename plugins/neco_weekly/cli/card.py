"""`neco card`: what would be stored for a link, field by field with its origin; writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from ..sources.extraction import Extraction
from ..sources.github import GITHUB_API
from ..sources.http import Http, Policy
from ..sources.oembed import Providers, built_in, load_providers
from ..sources.webpage import extract_page, read_page
from .options import Address, IPNetwork, Network
from .printing import print_json

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("url", type=Address())
@click.option("--html", type=_FILE, metavar="FILE", help="Read FILE as the answer of URL; nothing is fetched.")
@click.option("--content-type", default="", metavar="TYPE", help="With --html: the answer's Content-Type.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--oembed-providers", type=_FILE, metavar="FILE", help="Hosts to ask before those that are built in.")
@click.option("--allow-private", type=Network(), multiple=True, metavar="CIDR", help="Private network to fetch from.")
@click.option("--github-api", type=Address(), default=GITHUB_API, show_default=True, help="GitHub's API.")
def card(
    url: str,
    html: Path | None,
    content_type: str,
    as_json: bool,
    oembed_providers: Path | None,
    allow_private: tuple[IPNetwork, ...],
    github_api: str,
) -> None:
    """Show what a link's card would say, and where each field was read.

    Nothing is written. GITHUB_TOKEN is sent to the GitHub API only.
    """
    if html:
        told = extract_page(html.read_bytes()[: Policy().max_bytes], url=url, content_type=content_type)
    else:
        named = load_providers(oembed_providers) if oembed_providers else Providers()
        told = _fetched(url, named, allow_private, github_api.rstrip("/"))
    if as_json:
        print_json(told.to_dict())
    else:
        click.echo("\n".join(_lines(told)))


def _fetched(url: str, named: Providers, allow_private: tuple[IPNetwork, ...], api: str) -> Extraction:
    trusted = (api, *(it.url for it in named.endpoints))
    with Http(Policy(allow_private=allow_private, trusted=trusted)) as http:
        token = os.environ.get("GITHUB_TOKEN") or None
        return read_page(url, http.get, providers=named + built_in(), api=api, token=token)


def _lines(told: Extraction) -> Iterator[str]:
    yield click.style(told.title.value, bold=True)
    yield told.url
    yield ""
    for name in ("title", "description", "site", "image", "icon"):
        found = getattr(told, name)
        origin = click.style(f"  ({found.origin})", dim=True) if found else ""
        yield f"  {click.style(f'{name:<13}', dim=True)}{found.value if found else '–'}{origin}"
    for name in ("lang", "canonical", "published"):
        yield f"  {click.style(f'{name:<13}', dim=True)}{getattr(told, name) or '–'}"
    for problem in told.problems:
        yield click.style(f"  problem      {problem}", fg="red")
