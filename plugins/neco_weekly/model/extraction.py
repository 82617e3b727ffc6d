"""The extraction of a web page: what the page says about itself, field by field, each with the place of the field."""

from __future__ import annotations

from dataclasses import dataclass

from .github import Code, GitHubFacts


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a page's field and where that was read: `og`, `twitter`, `json-ld`, `html`, `oembed`, `host`, ..."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The extraction of a web page: everything that would be stored for a link to the page.

    `url` is the address that was asked for; `published` is ISO 8601, `lang` BCP 47 as found. `images` and `icons` are
    candidates, the best first: an address may lead to no picture. `github` and `code` are of pages of GitHub.
    """

    url: str
    title: Found
    description: Found | None = None
    site: Found | None = None
    images: tuple[Found, ...] = ()
    icons: tuple[Found, ...] = ()
    lang: str | None = None
    canonical: str | None = None
    published: str | None = None
    problems: tuple[str, ...] = ()
    github: GitHubFacts | None = None
    code: Code | None = None

    @property
    def image(self) -> Found | None:
        """The best candidate for the page's image, or None."""
        return next(iter(self.images), None)

    @property
    def icon(self) -> Found | None:
        """The best candidate for the page's icon, or None."""
        return next(iter(self.icons), None)

    def to_dict(self) -> dict[str, object]:
        """Return the extraction as a JSON object, for `neco card --json`: each field with its value and origin."""
        found = {name: getattr(self, name) for name in _FIELDS}
        return {
            "url": self.url,
            **{name: it and {"value": it.value, "origin": it.origin} for name, it in found.items()},
            "lang": self.lang,
            "canonical": self.canonical,
            "published": self.published,
            "problems": list(self.problems),
        }


_FIELDS = ("title", "description", "site", "image", "icon")
