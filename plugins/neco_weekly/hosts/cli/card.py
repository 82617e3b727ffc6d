"""`neco card`: what would be stored for a link, field by field with its origin; writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ...display.github_cards import standing_text
from ...display.words import load_strings
from ...grammar.kep_references import UrlMeaning, read_url
from ...lock.github_json import code_to_dict, facts_to_dict
from ...model.extraction import Extraction
from ...sources.http import Http, Policy
from ...sources.pages.github_pages import GitHub
from ...sources.pages.oembed import Providers, built_in, load_providers
from ...sources.pages.read import extract_page, read_page
from .arguments import Address, IPNetwork
from .printing import print_json
from .web_options import web_options

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("url", type=Address())
@click.option("--html", type=_FILE, metavar="FILE", help="Read FILE as the answer of URL; nobody is asked.")
@click.option("--content-type", metavar="TYPE", help="With --html: the answer's Content-Type.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@web_options
def card(url: str, html: Path | None, content_type: str | None, as_json: bool, **options: Any) -> None:
    """Show what a link's card would say, and where each field was read.

    Nothing is written. GITHUB_TOKEN is sent to the GitHub API only. The pictures are addresses, best first; `neco
    refresh` keeps a copy of the first that is a picture.
    """
    if content_type is not None and html is None:
        raise click.UsageError("--content-type tells of the bytes of --html; name that file, too")
    _tell_of_keps(url)
    extraction = _saved(url, html, content_type or "") if html else _fetched(url, **options)
    if as_json:
        more = {"github": facts_to_dict(extraction.github) or None, "code": code_to_dict(extraction.code) or None}
        print_json({**extraction.to_dict(), **more})
    else:
        click.echo("\n".join(_lines(extraction)))


def _tell_of_keps(url: str) -> None:
    named = read_url(url)
    if named.meaning is UrlMeaning.KEP:
        kep = f"KEP-{named.number}"
        click.echo(f"{kep} is drawn from KEP data (neco kep {named.number}); this is what its page says.", err=True)


def _saved(url: str, html: Path, content_type: str) -> Extraction:
    with html.open("rb") as file:
        return extract_page(file.read(Policy().max_bytes), url=url, content_type=content_type)


def _fetched(
    url: str,
    *,
    oembed_providers: Path | None,
    github_api: str,
    github_raw: str,
    allow_private: tuple[IPNetwork, ...],
    **limits: Any,
) -> Extraction:
    named = load_providers(oembed_providers) if oembed_providers else Providers()
    policy = Policy(
        **limits,
        allow_private=allow_private,
        trusted=(github_api, github_raw, *(it.url for it in named.endpoints)),
    )
    with Http(policy) as http:
        token = os.environ.get("GITHUB_TOKEN") or None
        github = GitHub.of(http.get, api=github_api, raw=github_raw, token=token)
        return read_page(url, http.get, providers=named + built_in(), github=github)


def _lines(extraction: Extraction) -> Iterator[str]:
    """Yield the extraction of a page as lines: a label, what was found, and where; further pictures below the first."""
    yield click.style(extraction.title.value, bold=True)
    yield extraction.url
    yield ""
    for name in ("title", "description", "site"):
        found = getattr(extraction, name)
        yield _line(name, found and found.value, found and found.origin)
    for name, candidates in (("image", extraction.images), ("icon", extraction.icons)):
        yield _line(name, candidates[0].value if candidates else None, candidates[0].origin if candidates else None)
        yield from (_line("  or", it.value, it.origin) for it in candidates[1:])
    for name in ("lang", "canonical", "published"):
        yield _line(name, getattr(extraction, name))
    if facts := extraction.github:
        yield _line("github", f"{facts.kind}: {standing_text(facts.today, load_strings('en')) or 'no state'}")
    if code := extraction.code:
        yield _line("code", f"lines {code.first} to {code.last}", code.language)
    for problem in extraction.problems:
        yield click.style(f"{'problem':<13}{problem}", fg="red")


def _line(name: str, value: str | None, origin: str | None = None) -> str:
    place = click.style(f"  ({origin})", dim=True) if origin else ""
    return f"{click.style(f'{name:<13}', dim=True)}{value or '–'}{place}"
