"""Where a blog of Jekyll has its posts: the path of each in the old site, which becomes an alias of the new page.

Source: https://jekyllrb.com/docs/permalinks/.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ....grammar.bounded_front_matter import load_yaml
from ....grammar.front_matter_values import text_of

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}

_VARIABLE = re.compile(r":(?P<name>[a-z_]+)")

_SHARED = "defaults"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogSettings:
    """What `_config.yml` says of addresses: the pattern of posts, and `base`, below which the site lies on its host.

    `site` is the address of the host; `permalink` is empty where posts have the usual one. `problem` says what could
    not be read.
    """

    permalink: str = ""
    base: str = ""
    site: str = ""
    problem: str = ""

    @classmethod
    def of(cls, text: str) -> BlogSettings:
        """Return the settings of a `_config.yml`."""
        try:
            read: Any = load_yaml(text)
        except Exception as error:  # the reader of YAML raises whatever its constructors do
            return cls(problem=f"cannot be read ({type(error).__name__})")
        if not isinstance(read, dict):
            return cls()
        shared = _SHARED in read and "permalink" in str(read[_SHARED])
        base = text_of(read.get("baseurl")).strip("/")
        return cls(
            permalink=text_of(read.get("permalink")),
            base=f"/{base}" if base else "",
            site=text_of(read.get("url")).rstrip("/"),
            problem="has a `permalink` in its `defaults`, which is not read" if shared else "",
        )

    def own_path(self, address: str) -> str | None:
        """Return the path in the blog, behind a `/`, of an address with its host or from its root; else None."""
        if self.site and address.startswith(self.site):
            address = address.removeprefix(self.site) or "/"
        elif urlsplit(address).netloc or urlsplit(address).scheme:
            return None
        if not address.startswith("/"):
            return None
        below = self.base and (address == self.base or address.startswith(f"{self.base}/"))
        return (address.removeprefix(self.base) or "/") if below else address


@dataclass(frozen=True, slots=True, kw_only=True)
class PostName:
    """What the path of a post says: `2022-08-26-title.md`, in folders that are categories."""

    day: dt.date
    slug: str
    categories: tuple[str, ...] = ()


_NAME = re.compile(
    r"(?:(?P<folders>.+)/)?_posts/(?:.+/)?(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)-(?P<slug>[^/]+)\.(?:md|markdown|mkd|mkdn|mkdown)"
)


def post_name(path: str) -> PostName | None:
    """Return what the path of a post in Markdown says; None for a file that is none."""
    match = _NAME.fullmatch(path)
    if match is None:
        return None
    try:
        day = dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return PostName(
        day=day, slug=match["slug"], categories=tuple((match["folders"] or "").split("/")) if match["folders"] else ()
    )


def old_address(name: PostName, meta: Mapping[str, Any], settings: BlogSettings) -> str | None:
    """Return the path of a post in the old site, without the first `/`: `2022/08/26/title.html`, or a folder with `/`.

    None where its pattern names what is not known here, or leads nowhere.
    """
    pattern = text_of(meta.get("permalink")) or settings.permalink or "date"
    pattern = _STYLES.get(pattern, pattern).replace(":output_ext", ".html")
    values = _values(name, meta)
    names = [match["name"] for match in _VARIABLE.finditer(pattern)]
    if any(it not in values for it in names):
        return None
    path = re.sub(r"/{2,}", "/", _VARIABLE.sub(lambda it: values[it["name"]], pattern)).lstrip("/")
    if not path or ".." in path.split("/"):
        return None
    return path if path.endswith(("/", ".html", ".htm")) else f"{path}.html"


def _values(name: PostName, meta: Mapping[str, Any]) -> dict[str, str]:
    day = day_as_written(meta.get("date")) or name.day
    slug = text_of(meta.get("slug")) or name.slug
    categories = dict.fromkeys((*name.categories, *words_of(meta.get("categories")), *words_of(meta.get("category"))))
    return {
        "year": f"{day:%Y}",
        "short_year": f"{day:%y}",
        "month": f"{day:%m}",
        "i_month": str(day.month),
        "day": f"{day:%d}",
        "i_day": str(day.day),
        "y_day": f"{day:%j}",
        "week": f"{day:%V}",
        "short_day": f"{day:%a}",
        "title": slug,
        "slug": re.sub(r"[^\w]+", "-", slug.casefold()).strip("-"),
        "categories": "/".join(it.casefold() for it in categories),
    }


def day_as_written(value: Any) -> dt.date | None:
    """Return the day of a date of front matter as it is written there, whatever its zone; None for no date."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = _DAY.match(value) if isinstance(value, str) else None
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


_DAY = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?!\d)", re.ASCII)


def words_of(value: Any) -> Sequence[str]:
    """Return tags or categories of front matter: a list, or words with spaces between them."""
    if isinstance(value, list):
        return [it for it in map(text_of, value) if it]
    return text_of(value).split()
