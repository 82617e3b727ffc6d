"""A repository of Zenn as issues: its articles, and the pictures that they show.

Source: https://zenn.dev/zenn/articles/connect-to-github.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from ....grammar.export_marks import without_marked
from ....grammar.front_matter import take_apart
from ....grammar.front_matter_values import value_of
from ....grammar.publication import is_draft
from .carried_addresses import Lookup
from .carrying import Prepared, carry
from .material import Destination, Import, Material, PageToImport, Remark
from .own_addresses import own_address, source_path

_ARTICLES = "articles/"

_BOOKS = "books/"

_AT_ZENN = re.compile(r"/[\w-]+/articles/(?P<slug>[\w-]+)/?", re.ASCII)

_NOT_SHOWN = ("emoji", "type", "publicationname")
"""Keys of front matter, as `key_form` has them, that mean nothing here and stay."""


def import_zenn(material: Material, to: Destination) -> Import:
    """Return the articles of a repository as issues below a folder of the site."""
    articles = sorted(it for it in material.files if it.startswith(_ARTICLES) and it.endswith(".md"))
    pages = [PageToImport(source=it, target=posixpath.join(to.folder, it.removeprefix(_ARTICLES))) for it in articles]
    public = frozenset(it for it in articles if not _is_draft(material, it))
    found = carry(material, pages, _lookup(public), to, prepare=_kept)
    return replace(found, remarks=(*_of_others(material, articles), *found.remarks))


def _of_others(material: Material, articles: list[str]) -> Iterator[Remark]:
    if not articles:
        what, hint = "has no Markdown", "name the folder of a repository of Zenn, with `articles/` in it"
        yield Remark(source=_ARTICLES, what=what, hint=hint)
    books = sorted({it.split("/")[1] for it in material.files if it.startswith(_BOOKS) and it.count("/") > 1})
    for book in books:
        yield Remark(
            source=f"{_BOOKS}{book}", what="is a book, and no book is imported", hint="copy what you need of it"
        )


def _is_draft(material: Material, path: str) -> bool:
    text = material.text(path)
    return not text or is_draft(take_apart(text).meta)  # what cannot be read is not public


def _lookup(public: frozenset[str]) -> Lookup:
    """Return where addresses of articles lead: to pictures, and to other articles by their addresses at Zenn.

    A link to an article that is not public stays one to Zenn, where it may have been published from elsewhere.
    """

    def lookup(_page: PageToImport, written: str) -> tuple[str, str] | None:
        if address := own_address(written):
            path = source_path("" if address.path.startswith("/") else "articles", address.path.lstrip("/"))
            return (f"{path}.md" if f"{path}.md" in public else path), address.behind
        try:
            parts = urlsplit(written)
        except ValueError:
            return None
        match = _AT_ZENN.fullmatch(parts.path) if parts.netloc == "zenn.dev" else None
        article = f"{_ARTICLES}{match['slug']}.md" if match else ""
        behind = f"#{parts.fragment}" if parts.fragment else ""
        return (article, behind) if article in public else None

    return lookup


def _kept(text: str) -> Prepared:
    """Return an article's text without what an export has put in, and count what of its front matter means nothing."""
    meta = take_apart(text).meta
    said = [it for it in _NOT_SHOWN if value_of(meta, it) is not None]
    counts: Counter[str] = Counter()
    for key in said:
        counts[
            f"`{'publication_name' if key == 'publicationname' else key}` of front matter kept, which no page shows"
        ] += 1
    if value_of(meta, "topics"):
        counts["`topics` of front matter read as tags"] += 1
    if is_draft(meta):
        counts["articles that are not public, here as there"] += 1
    written = without_marked(text)
    if written != text:
        counts["articles without the words of badges, which the site draws anew"] += 1
    return Prepared(text=written, counts=counts)
