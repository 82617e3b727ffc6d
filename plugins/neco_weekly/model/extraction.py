"""What a web page says about itself, field by field, each with the place where it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A field's value and the place it was read from: `og`, `twitter`, `json-ld`, `html`, `oembed`, `host`, ..."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What would be stored for a link. `url` is the one asked for; `published` is ISO 8601, `lang` BCP 47 as found.

    `images` and `icons` are candidates, the best first: an address may lead to no picture.
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

    @property
    def image(self) -> Found | None:
        return next(iter(self.images), None)

    @property
    def icon(self) -> Found | None:
        return next(iter(self.icons), None)

    def to_dict(self) -> dict[str, object]:
        """For `--json`."""
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
