"""What stands around an issue that leaves the site: where its links lead, which files its pictures are, its badges."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from ..display.card_words import Shown, kep_title, readable
from ..display.phrases import badge_words
from ..display.words import load_strings
from ..extension.dangerous_links import runs_a_program
from ..extension.picture_files import find_beside
from ..grammar.card_lines import CardLine
from ..grammar.front_matter import take_apart
from ..grammar.issue_files import UnreadableTextError, is_issue, read_issue_text
from ..grammar.kep_references import UrlMeaning, kep_of, read_url
from ..grammar.publication import why_held_back
from ..grammar.urls import PICTURE_NAMES, picture_path
from ..lock.kep_as_of import KepsAsOf
from ..model.cards import CardText
from ..model.keps import issue_url
from ..model.paths import KEP_PAGE
from ..site.export.export_values import Around, PictureFile
from ..site.own_paths import directory_address
from .project import Project


@dataclass(frozen=True, kw_only=True)
class IssueOutside:
    """An issue of a project as seen from elsewhere: `path` is its own in the docs folder, `today` the day of the build.

    `day` is the issue's own.
    """

    project: Project
    keps_as_of: KepsAsOf
    path: str
    day: dt.date | None
    today: dt.date

    def around(self) -> Around:
        """Return what an export asks for."""
        return Around(
            link=self.link,
            picture=self.picture,
            kep_words=self.kep_words,
            card_title=self.card_title,
            link_title=self.link_title,
        )

    def site_address(self, path: str) -> str | None:
        """Return the address of a page or file of the site; None for a site without one."""
        if not self.project.site_url:
            return None
        address = directory_address(path)
        if not self.project.without_endings and path.endswith(".md"):
            name = path.removesuffix(".md").removesuffix("README") + ("index" if path.endswith("README.md") else "")
            address = f"{name}.html"
        return urljoin(f"{self.project.site_url.rstrip('/')}/", address)

    def kep_address(self, number: int) -> str | None:
        """Return the address of a KEP's page in the site; None where the site has none."""
        known = number in self.keps_as_of.lock.numbers
        return self.site_address(KEP_PAGE.format(number=number)) if known else None

    def link(self, written: str) -> tuple[str | None, str]:
        """Return where a link of the issue leads from outside of the site; else None, and why not."""
        try:
            parts = urlsplit(written)
        except ValueError:
            return None, "is no address"
        if parts.scheme or parts.netloc:
            return (None, "may run a program") if runs_a_program(written) else (written, "")
        return self._inner_link(written, parts._replace(path="").geturl())

    def _inner_link(self, written: str, behind: str) -> tuple[str | None, str]:
        """Return where a link into the site leads from outside; `behind` is what stands behind its path."""
        kep = read_url(written)
        if kep.meaning is UrlMeaning.KEP and kep.number:
            return issue_url(kep.number), ""
        path = picture_path(self.path, written)
        if path is None or path.startswith(".."):
            return None, "leads out of the site"
        if self._is_held_back(path):
            return None, "is an issue that is not public"
        address = self.site_address(path)
        if address is None:
            return None, "needs `site_url` in mkdocs.yml"
        return f"{address}{behind}", ""

    def _is_held_back(self, path: str) -> bool:
        file = self.project.docs / path
        if not is_issue(path, self.project.issues) or not file.is_file():
            return False
        with suppress(UnreadableTextError):
            return why_held_back(take_apart(read_issue_text(file, path)), self.today) is not None
        return True

    def picture(self, written: str) -> PictureFile | None:
        """Return the file that the address of a picture means; None for an address of the web, or of nothing."""
        path = picture_path(self.path, written)
        if path is None:
            return None
        if not path.lower().endswith(PICTURE_NAMES) or any(it.startswith(".") and it != ".." for it in path.split("/")):
            return PictureFile(path=path, why="is the name of no picture")
        file = self._file(path)
        if file is None and written.startswith("/"):
            file = find_beside(self.project.root, self.project.docs, path)
        if file is None:
            there = (self.project.docs / path).exists()
            why = "lies outside of the docs folder" if path.startswith("..") or there else "is not there"
            return PictureFile(path=path, why=why)
        return PictureFile(path=path, file=file)

    def _file(self, path: str) -> Path | None:
        docs = self.project.docs.resolve()
        with suppress(OSError, ValueError, RuntimeError):  # a name with NUL, or a link that leads to itself
            file = (self.project.docs / path).resolve(strict=True)
            return self.project.docs / path if file.is_file() and file.is_relative_to(docs) else None
        return None

    def kep_words(self, number: int) -> str | None:
        """Return what a KEP's badge says on the issue's page; None where nothing is known of the number."""
        kep = self.keps_as_of.of(self.keps_as_of.lock.canonical(number), self.day)
        if kep is None:
            return None
        return badge_words(kep, load_strings(self.project.locale))

    def card_title(self, card: CardLine) -> str:
        """Return the title that a card shows: the address, where nothing is known."""
        lock = self.keps_as_of.lock
        if number := kep_of(card.url):
            number = lock.canonical(number)
            return kep_title(card.text, number, self.keps_as_of.of(number, self.day))
        return Shown.of(card.url, card.text, lock.card(card.url), lock.card_rule(card.url)).title or readable(card.url)

    def link_title(self, url: str) -> str:
        """Return the title of the page of a link that shows it: the address, where it is not known."""
        return self.card_title(CardLine(url=url, written=url, text=CardText(), bare=True))
