"""The pictures for sharing of a build: drawn where their words are new, and else as they were kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ...issues.problem_kinds import make_problem
from ...issues.problems import Problem
from ...lock.whole_files import sweep, write_whole
from ...model.paths import SOCIAL_CARD
from ...model.program import program_digest
from ...site.social import drawing
from ...site.social.breaks import japanese_phrases
from ...site.social.card_font import packed_font
from ...site.social.social_card import SocialCard, issue_card, site_card
from .build import Build
from .search import is_on
from .setup import Setup

SITE_CARD = SOCIAL_CARD.format(name="site")
"""The picture of all pages that are no issues."""

_DRAWN_BY = ("pillow", "budoux")
"""The packages whose versions decide how a picture looks, beside our own program and font."""


def card_path(issue: str) -> str:
    """Return the path of the picture of the issue at a path."""
    return SOCIAL_CARD.format(name=issue.removesuffix(".md"))


def add_social_cards(setup: Setup, build: Build, config: MkDocsConfig) -> Iterator[Problem]:
    """Add the pictures to the build, and yield what keeps them from being drawn; a writer's own picture stays.

    There are none where nobody could be told of their addresses, and none beside those that Material's plugin draws.
    """
    if not (setup.settings.design and config.site_url) or is_on(config, "material/social"):
        return
    gallery = Gallery(setup.cards_folder)
    for path, card in _cards(build, config):
        try:
            picture = gallery.picture(path, card)
        except (ImportError, OSError) as error:
            yield make_problem("no-social-cards", setup.config_file.as_posix(), 1, detail=str(error))
            return
        build.files.put(path, picture)
    if gallery.has_drawn and japanese_phrases() is None:
        yield make_problem("no-phrases", setup.config_file.as_posix(), 1)


def _cards(build: Build, config: MkDocsConfig) -> Iterator[tuple[str, SocialCard]]:
    site = build.site
    yield SITE_CARD, site_card(config.site_name, config.site_description or "", config.site_url or "")
    for issue in site.index.issues:
        yield card_path(issue.path), issue_card(issue, site.headlines.of(issue), config.site_name, site.words)


class Gallery:
    """Pictures that are kept in a folder, each under the name of its path with all that decides how it looks."""

    def __init__(self, folder: Path | None) -> None:
        self._folder, self.has_drawn = folder, False
        self._common = hashlib.sha256(f"{program_digest()}{_versions()}".encode() + packed_font()).digest()
        if folder:
            sweep(folder)

    def picture(self, path: str, card: SocialCard) -> bytes:
        """Return the picture of a card, drawn only where it is not kept.

        Raises:
            ImportError: what draws is missing.
            OSError: the font cannot be read.
        """
        key = hashlib.sha256(self._common + repr(astuple(card)).encode("utf-8", "surrogatepass")).digest()
        place = self._folder / hashlib.sha256(path.encode()).hexdigest()[:32] if self._folder else None
        if place and (kept := _kept(place, key)) is not None:
            return kept
        picture, self.has_drawn = drawing.draw_card(card), True
        if place:
            with suppress(OSError):  # a full disk only costs speed
                write_whole(place, key + picture)
        return picture


def _kept(place: Path, key: bytes) -> bytes | None:
    with suppress(OSError):
        content = place.read_bytes()
        if content.startswith(key):
            return content[len(key) :]
    return None


def _versions() -> Mapping[str, str]:
    return {name: _version(name) for name in _DRAWN_BY}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
