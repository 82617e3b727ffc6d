"""The posts of a blog of Jekyll as issues, each of the day in its file's name.

Sources: https://jekyllrb.com/docs/posts/, https://github.com/jekyll/jekyll-redirect-from.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from ....grammar.front_matter import take_apart
from ....grammar.issue_dates import read_day
from ..front_matter_text import Value
from .carrying import Prepared, carry
from .jekyll_addresses import BlogSettings, PostName, day_as_written, old_address, post_name, words_of
from .liquid_tags import without_tags
from .material import Destination, Import, Material, PageToImport, Remark
from .own_addresses import own_address, source_path

_CONFIG = "_config.yml"


def import_jekyll(material: Material, to: Destination) -> Import:
    """Return the posts of a blog as issues below a folder of the site.

    An issue lies in folders by year and month, `2022/08/2022-08-26-title.md`, and its old address is its alias.
    """
    settings = BlogSettings.of(material.text(_CONFIG)) if _CONFIG in material.files else BlogSettings()
    posts = {it: name for it in sorted(material.files) if (name := post_name(it))}
    remarks = list(_of_others(material, posts, settings))
    pages, urls, places = list[PageToImport](), dict[str, str](), set[str]()
    for path, name in posts.items():
        page = _page(path, name, _meta(material, path), settings, to.folder)
        if not page.aliases:
            what = "has an old address that its pattern does not tell, so that it is not kept"
            remarks.append(Remark(source=path, what=what, hint="write it as `aliases:` into the front matter"))
        page = _told_apart(page, places, to.folder)
        urls |= {form: path for it in page.aliases for form in _forms(it)}
        pages.append(page)
    blog = _Blog(material=material, settings=settings, posts=posts, urls=urls)
    found = carry(material, pages, blog.lookup, to, prepare=blog.prepare)
    told = {it.source for it in remarks}
    left = tuple(it for it in found.left if it not in told)
    return replace(found, remarks=(*remarks, *found.remarks), left=left)


def _of_others(material: Material, posts: dict[str, PostName], settings: BlogSettings) -> Iterator[Remark]:
    if settings.problem:
        yield Remark(source=_CONFIG, what=settings.problem, hint="compare the aliases with the old addresses")
    if not posts:
        hint = "name the folder of a blog, with `_posts/2022-08-26-title.md` in it"
        yield Remark(source="_posts/", what="has no posts in Markdown", hint=hint)
    for path in sorted(material.files):
        folders = path.split("/")[:-1]
        if "_drafts" in folders:
            yield Remark(source=path, what="is a draft, and is not imported", hint="begin a new issue with it")
        elif "_posts" in folders and path not in posts and not path.lower().endswith(_PICTURES):
            what = "is no Markdown with a day in its name, and is not imported"
            yield Remark(source=path, what=what, hint="write it as Markdown, `2022-08-26-title.md`")


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")


def _meta(material: Material, path: str) -> dict[str, Any]:
    return dict(take_apart(material.text(path)).meta)


def _page(path: str, name: PostName, meta: dict[str, Any], settings: BlogSettings, dest: str) -> PageToImport:
    entries: dict[str, Value] = {}
    day = day_as_written(meta.get("date"))
    if day and read_day(meta["date"]) != day:
        entries["date"] = day  # the day in Tokyo is another than that of the blog
    if isinstance(meta.get("tags"), str):
        entries["tags"] = tuple(words_of(meta["tags"]))
    address = old_address(name, meta, settings)
    others = [it.lstrip("/") for it in words_of(meta.get("redirect_from"))]
    file = f"{posixpath.splitext(posixpath.basename(path))[0]}.md"
    return PageToImport(
        source=path,
        target=posixpath.join(dest, f"{name.day:%Y/%m}", file),
        aliases=tuple(dict.fromkeys(it for it in (address, *others) if it)),
        entries=entries,
    )


def _told_apart(page: PageToImport, places: set[str], dest: str) -> PageToImport:
    """Return a post in a folder of its own where another one has its place: blogs have languages and archives so."""
    if page.target in places:
        folders = [it for it in page.source.split("/")[:-1] if it != "_posts"]
        page = replace(page, target=posixpath.join(dest, *folders, posixpath.relpath(page.target, dest)))
    places.add(page.target)
    return page


def _forms(alias: str) -> Iterator[str]:
    """Yield the forms in which other posts write an old address, behind a `/`."""
    yield f"/{alias}"
    yield f"/{alias.removesuffix('index.html').removesuffix('.html').rstrip('/')}"
    yield f"/{alias.removesuffix('.html').rstrip('/')}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blog:
    """A blog: its posts by path, and their paths by the forms of their old addresses."""

    material: Material
    settings: BlogSettings
    posts: dict[str, PostName]
    urls: dict[str, str]

    def lookup(self, page: PageToImport, written: str) -> tuple[str, str] | None:
        """Return which file of the blog an address in a post means: by old address, by path, from the post's file."""
        path = self.settings.own_path(written)
        address = own_address(written if path is None else path)
        if address is None:
            return None
        here = f"/{page.aliases[0]}" if page.aliases else "/"
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(here), address.path))
        if post := self.urls.get(address.path) or self.urls.get(joined):
            return post, address.behind
        beside = source_path(posixpath.dirname(page.source), address.path)
        known = [it for it in (joined.lstrip("/"), beside) if it in self.material.files]
        if known or not address.path.startswith("/"):
            return (known[0] if known else beside), address.behind
        return self._page_at(joined.lstrip("/")), address.behind

    def _page_at(self, path: str) -> str:
        """Return the file of a page of the blog that is no post; the path itself where there is none."""
        stem = path.removesuffix(".html").rstrip("/")
        names = [f"{stem}{ending}" for ending in (".md", ".markdown", ".html", "/index.md", "/index.html")]
        return next((it.lstrip("/") for it in names if it.lstrip("/") in self.material.files), path)

    def prepare(self, text: str) -> Prepared:
        """Return a post's text without template tags that are known here."""
        parts = take_apart(text)
        head = text[: len(text) - len(parts.body)]
        made = without_tags(parts.body, self._address_of)
        counts = Counter(made.counts)
        for key in ("categories", "category", "layout"):
            counts[f"`{key}` of front matter kept, which no page shows"] += key in parts.meta
        remarks = tuple((line + parts.body_line - 1, what, hint) for line, what, hint in made.remarks)
        return Prepared(text=head + made.text, remarks=remarks, counts=counts)

    def _address_of(self, tag: str, name: str) -> str | None:
        """Return the address that `{% post_url name %}` or `{% link path %}` stands for; None for no such file."""
        name = name.strip("/")
        if tag == "link":
            return quote(f"/{name}") if name in self.material.files else None
        paths = (it for it in self.posts if posixpath.splitext(it.replace("_posts/", "", 1))[0] == name)
        exact = next(paths, None) or next(
            (it for it in self.posts if posixpath.splitext(posixpath.basename(it))[0] == posixpath.basename(name)), None
        )
        return quote(f"/{exact}") if exact else None
