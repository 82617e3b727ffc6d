"""The badges of a site, a file for each KEP, and the lines by which pages elsewhere show one."""

from __future__ import annotations

from collections.abc import Iterator

from ...display.words import Strings
from ...lock.kep_as_of import KepAsOf
from ...lock.releases_as_of import ReleasesAsOf
from ...model.paths import BADGE, KEP_PAGE
from ..badge import Badge, Embedding, badge_of, embedding
from ..files import GeneratedPage
from .data import AddressOf
from .templates import draw


class Badges:
    """The badges of a site. `absolute` gives the whole address of a path; None where the site has no address."""

    def __init__(self, releases: ReleasesAsOf, site_name: str, absolute: AddressOf | None, words: Strings) -> None:
        self._releases, self._site_name, self._absolute, self._words = releases, site_name, absolute, words

    def of(self, kep: KepAsOf) -> Badge:
        """Return what the badge of a KEP shows."""
        return badge_of(kep, self._releases.lock.as_of, self._site_name, self._words)

    def files(self) -> Iterator[GeneratedPage]:
        """Yield the badge of each KEP that may be told, mentioned or not, under each number that it has."""
        for number in self._releases.lives:
            kep = self._releases.keps.of(number)
            if kep is None:
                continue
            svg = draw("badge.html", "", self._words, badge=self.of(kep), alone=True)
            for name in (number, *self._releases.lock.aliases_of(number)):
                yield GeneratedPage(path=BADGE.format(number=name), content=f"{svg}\n")

    def embedding(self, number: int) -> Embedding | None:
        """Return the lines for a KEP that has a page; None where the site has no address."""
        if self._absolute is None:
            return None
        picture, page = (self._absolute(it.format(number=number)) for it in (BADGE, KEP_PAGE))
        return embedding(number, picture, page)
