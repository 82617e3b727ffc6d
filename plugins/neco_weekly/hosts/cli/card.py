"""`neco card`: what would be stored for a link, field by field with its origin; writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from ...display.why_card import reason_of
from ...display.words import load_strings
from ...grammar.kep_references import UrlMeaning, read_url
from ...lock.card_rules import NO_RULE
from ...model.cards import CardPicture, PictureKind
from ...model.extraction import Extraction
from ...refresh.cards import Pictures
from ...sources.http import Get, Http, Policy
from ...sources.http.validator_cache import ValidatorCache
from ...sources.pages.oembed import Providers, built_in, load_providers
from ...sources.pages.read import extract_page, read_page
from ...sources.pictures.fetch import fetch_picture
from .arguments import Address
from .card_authors import Said, said_of
from .printing import print_json
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

    Nothing is written. In the folder of a site, what its authors and overrides.yml say of the link comes first.
    GITHUB_TOKEN is sent to the GitHub API only. The pictures are addresses, best first; `neco refresh` keeps a copy of
    the first that is a picture.
    """
    if html is None and content_type is not None:
        raise click.UsageError("--content-type tells of the bytes of --html; name that file, too")
    if html and options["pictures"]:
        raise click.UsageError("--pictures fetches, and with --html nobody is asked; leave out one of the two")
    _tell_of_keps(url)
    said = said_of(url)
    extraction = said.on_top_of(_saved(url, html, content_type or "") if html else _fetched(url, **options))
    if as_json:
        print_json({**extraction.to_dict(), **_why(extraction, said)})
    else:
        click.echo("\n".join([*_lines(extraction), *_lines_of_people(said)]))


def _tell_of_keps(url: str) -> None:
    named = read_url(url)
    if named.meaning is UrlMeaning.KEP:
        kep = f"KEP-{named.number}"
        click.echo(f"{kep} is drawn from KEP data (neco kep {named.number}); this is what its page says.", err=True)


def _saved(url: str, html: Path, content_type: str) -> Extraction:
    with html.open("rb") as file:
        return extract_page(file.read(Policy().max_bytes), url=url, content_type=content_type)


def _fetched(url: str, *, pictures: bool, github_api: str, oembed_providers: Path | None, **options: Any) -> Extraction:
    named = load_providers(oembed_providers) if oembed_providers else Providers()
    policy = Policy(trusted=(github_api, *(it.url for it in named.endpoints)), **options)
    with Http(policy) as http:
        token = os.environ.get("GITHUB_TOKEN") or None
        page = read_page(url, http.get, providers=named + built_in(), api=github_api, token=token)
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
    for problem in extraction.problems:
        yield click.style(f"{'problem':<13}{problem}", fg="red")
    words = load_strings("en")
    for number, it in enumerate(extraction.passed_over):
        yield from ("", "Passed over:") if number == 0 else ()
        yield _line(it.field, it.value, f"{it.origin}: {reason_of(it, words)}")


def _why(extraction: Extraction, said: Said) -> dict[str, object]:
    """Return as JSON what was passed over, and what people have said that comes before it."""
    return {
        "passed_over": [it.to_dict() for it in extraction.passed_over],
        "written": [it.to_dict() for it in said.cards],
        "rule": {"hide": list(said.rule.hidden), "size": said.rule.size},
    }


def _lines_of_people(said: Said) -> Iterator[str]:
    """Yield what people have said of a link's card, each word with the place where it stands."""
    for number, card in enumerate(said.cards):
        yield from ("", "Written by people:") if number == 0 else ()
        fields = {"title": card.text.title, "desc": card.text.description, "image": card.text.image}
        fields |= {"size": card.text.size, "hide": ",".join(card.text.hidden), "archive": card.text.archive}
        yield f"{card.path}:{card.line}: {', '.join(f'{name}={value}' for name, value in fields.items() if value)}"
    if said.rule != NO_RULE:
        fields = {"hide": ",".join(said.rule.hidden), "size": said.rule.size}
        yield f"overrides.yml: {', '.join(f'{name}={value}' for name, value in fields.items() if value)}"


def _line(name: str, value: str | None, origin: str | None = None) -> str:
    place = click.style(f"  ({origin})", dim=True) if origin else ""
    return f"{click.style(f'{name:<13}', dim=True)}{value or '–'}{place}"
