"""`neco card`: what would be stored for a link, field by field with its origin; writes nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from ...grammar.kep_references import UrlMeaning, read_url
from ...model.cards import CardPicture, PictureKind
from ...model.errors import FetchError
from ...model.extraction import Extraction
from ...refresh.cards import Pictures
from ...sources.http import Get, Http, Policy
from ...sources.http.validator_cache import ValidatorCache
from ...sources.pages.github_pages import GitHub
from ...sources.pages.oembed import Providers, built_in, load_providers
from ...sources.pages.read import extract_page, read_page
from ...sources.pictures.fetch import fetch_picture
from .arguments import Address
from .card_authors import Said, said_of
from .card_json import card_to_json
from .card_text import card_lines
from .known_card import NoPage
from .printing import PROBLEMS, print_json, tell
from .web_options import web_options

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("url", type=Address())
@click.option("--html", type=_FILE, metavar="FILE", help="Read FILE as the answer of URL; nobody is asked.")
@click.option("--content-type", metavar="TYPE", help="With --html: the answer's Content-Type.")
@click.option("--pictures", is_flag=True, help="Fetch the images, too, and say why one is not kept.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@web_options
def card(url: str, html: Path | None, content_type: str | None, as_json: bool, **options: Any) -> None:
    """Show what a link's card would say, where each field was read, and which candidates were passed over.

    Nothing is written. In the folder of a site, what its authors and overrides.yml say of the link comes first, and
    what the lock knows of it comes last: what differs there, what is proposed, the archived copy. Of a page that
    cannot be read only that is shown.
    GITHUB_TOKEN is sent to the GitHub API only. The pictures are addresses, best first; `neco refresh` keeps a copy of
    the first that is a picture.
    """
    if html is None and content_type is not None:
        raise click.UsageError("--content-type tells of the bytes of --html; name that file, too")
    if html and options["pictures"]:
        raise click.UsageError("--pictures fetches, and with --html nobody is asked; leave out one of the two")
    _tell_of_keps(url)
    said = said_of(url)
    try:
        page = _saved(url, html, content_type or "") if html else _fetched(url, said, **options)
    except FetchError as error:
        if said.known is None and not said.cards:
            raise
        tell(f"Error: {error}")  # before what a site shows all the same
        _show(NoPage(url=url, problem=str(error)), said, as_json=as_json)
        click.get_current_context().exit(PROBLEMS)
    _show(page, said, as_json=as_json)


def _show(page: Extraction | NoPage, said: Said, *, as_json: bool) -> None:
    if as_json:
        print_json(card_to_json(page, said))
    else:
        click.echo("\n".join(card_lines(page, said)))


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
    said: Said,
    *,
    pictures: bool,
    github_api: str,
    github_raw: str,
    oembed_providers: Path | None,
    **options: Any,
) -> Extraction:
    named = load_providers(oembed_providers) if oembed_providers else Providers()
    policy = Policy(trusted=(github_api, github_raw, *(it.url for it in named.endpoints)), **options)
    with Http(policy) as http:
        token = os.environ.get("GITHUB_TOKEN") or None
        github = GitHub.of(
            http.get, api=github_api, raw=github_raw, token=token, days=lambda _: said.days, known=lambda _: said.known
        )
        page = read_page(url, http.get, providers=named + built_in(), github=github)
        return _with_pictures(page, http.get) if pictures else page


def _with_pictures(page: Extraction, get: Get) -> Extraction:
    """Return a page with its images as a refresh would try them: what is not kept is passed over, with the reason."""
    with TemporaryDirectory() as nowhere:
        cache = ValidatorCache(get, Path(nowhere))

        def fetch(url: str, kind: PictureKind) -> CardPicture:
            picture = fetch_picture(url, kind, cache)
            return CardPicture(url=url, file=picture.name, width=picture.width, height=picture.height)

        kept, lost = Pictures(fetch).first("image", page.images)
    left = page.images[len(lost) :] if kept else ()
    return replace(page, images=left, passed_over=(*page.passed_over, *lost))
