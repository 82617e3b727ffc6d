"""The facts of a page's head."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is so of an issue alone: its day, the day of its last correction, its authors, what it is about."""

    published: dt.date | None
    modified: dt.date | None = None
    authors: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A page above another: its title and its whole address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """The facts of a page's head; texts are plain.

    `url` is the page's whole address, `image` that of its picture, which shows the words `image_alt`; these are empty
    where the site has no address. `is_shared` is false where another plugin says what services show. `crumbs` lead from
    the home to the page itself. `article` is None for a page that is no issue. `colours` are those of the theme's
    header, in the light scheme and in the dark one.
    """

    site: str
    home: str
    language: str
    title: str
    description: str
    url: str = ""
    image: str = ""
    image_alt: str = ""
    crumbs: tuple[Crumb, ...] = ()
    article: Article | None = None
    is_home: bool = False
    is_shared: bool = True
    colours: tuple[str, str] | None = None
