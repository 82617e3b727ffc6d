"""Finished pages: what a theme's template made of a page, kept between builds with all that the template read.

MkDocs takes templates from the environment that `on_env` returns. Their class there is ours: it answers for a page of
which everything that the template reads is as it was. All hooks of all plugins still run, and MkDocs still writes every
file. A page of which it is not known what its template reads is drawn. See `docs/decisions/0043-finished-pages.md`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from ...display.words import Strings
from ...lock.whole_files import sweep, write_whole
from .dressing import Dressed, Dressing
from .kept_entries import checked, with_check
from .one_page import CAN_DRAW, Drawing
from .render_key import programs_digest
from .setup import Setup
from .template_inputs import (
    NotTextError,
    described_configuration,
    described_navigation,
    described_templates,
    is_named,
    is_read,
    templates_in,
    told,
    told_page,
)
from .workers import Row, Workers, is_of

_KNOWN = frozenset({"nav", "pages", "config", "page", "build_date_utc"})
"""What MkDocs puts into the context of each page that is described apart, or only where a template reads it."""


_SELDOM_READ = ("build_date_utc", "pages")
"""What few themes read: the moment of the build and all pages. Then nothing is ever as it was."""

_ONLY_READ = ("neco_weekly", "mkdocs.contrib.search", "material.plugins.search", "material.plugins.tags")
"""The packages of plugins that may see a page before its template more than once, in a worker and in the build."""

_LENGTH = 4
"""The bytes of the length of what is kept beside a page's HTML."""


@dataclass(kw_only=True)
class FinishedPages:
    """The finished pages of one build, kept in a folder; `installed` tells one set of installed packages from another.

    `row` are the pages of the build, where workers draw some of them. `drawn` are the reasons for which pages were
    drawn that might have been kept, each with a number of pages, and `dressed` the places of those that came out of
    here with what `dressing` does.
    """

    folder: Path
    config: MkDocsConfig
    installed: bytes
    dressing: Dressing
    row: Row | None = None
    drawn: dict[str, int] = field(default_factory=dict)
    dressed: set[str] = field(default_factory=set)
    _common: bytes | None = None
    _read: frozenset[str] = frozenset()
    _unread: frozenset[str] = frozenset()
    _places: Mapping[str, int] = field(default_factory=dict)

    def why_drawn(self, words: Strings) -> str:
        """Return one sentence on the pages that every build draws anew, and why; empty where there are none."""
        count, names = sum(self.drawn.values()), words("site.and").join(sorted(self.drawn))
        return words("site.drawn_anew", count=count, names=names) if count else ""

    def take_over(self, env: jinja2.Environment) -> None:
        """Let the templates of an environment answer for pages that are kept."""
        env.template_class = _template_class(env.template_class, self)
        if env.cache is not None:
            env.cache.clear()  # what another plugin has loaded is of the class of before
        sweep(self.folder)

    def share(self, drawing: Drawing, workers: Workers) -> None:
        """Have workers draw some of the pages, unless hooks of other plugins would be called twice for a page."""
        pages = [it.page for it in drawing.files.documentation_pages() if it.page is not None]
        self._places = {page.file.dest_uri: place for place, page in enumerate(pages)}

        def leave() -> None:
            self.row = None
            self.dressing.is_writing = False
            for page in pages:
                page.active = False  # the page at which the build is

        if CAN_DRAW and all(is_of(it, *_ONLY_READ) for it in drawing.config.plugins.events["page_context"]):
            self.row = workers.row(len(pages), lambda place: drawing.html(pages[place]), leave)

    def html(self, template: jinja2.Template, context: Mapping[str, Any], draw: Callable[[], str]) -> str:
        """Return what a template makes of a page, drawn only where anything that the template reads is another now."""
        page = context.get("page")
        if page is None and _is_page(template) and template.name in self.config.theme.static_templates:
            place, dress = template.name, lambda: Dressed(html=draw(), asked={}, needs={})
        elif isinstance(page, Page) and template.name == page.meta.get("template", "main.html"):
            place, dress = page.file.dest_uri, lambda: self.dressing.dressed(draw(), page)
            if self.row:
                self.row.reach(self._places.get(place, -1))
        else:
            return draw()  # a part of a page, which another plugin draws
        try:
            key = self._key(template, context, page)
        except (NotTextError, RecursionError) as unknown:  # what holds itself is no text, either
            name = str(unknown) if isinstance(unknown, NotTextError) else type(unknown).__name__
            self.drawn[name] = self.drawn.get(name, 0) + 1
            self.dressed.discard(place)
            return draw()
        self.dressed.add(place)
        return self._kept_or(dress, place, key)

    def _kept_or(self, dress: Callable[[], Dressed], place: str, key: bytes) -> str:
        path = self.folder / file_name(place)
        dressed = _kept(path, key, self.dressing.is_as_now)
        if dressed is None:
            dressed = dress()
            with suppress(OSError, UnicodeEncodeError):  # a full disk only costs speed
                write_whole(path, with_check(_content(key, dressed)))
                if self.row:
                    self.row.made()
        self.dressing.write(dressed.needs)
        return dressed.html

    def _key(self, template: jinja2.Template, context: Mapping[str, Any], page: Page | None) -> bytes:
        """Return a digest of 32 bytes of all that the template reads, of a page or beside all pages.

        Raises:
            NotTextError: it may read an object of which nobody knows what that is.
        """
        if self._common is None:
            self._common = self._look_at_templates(template.environment, context)
        read = self._read if page else self._read | self._read_by(template)
        others = {name: value for name, value in context.items() if name not in _KNOWN or name in read}
        digest = hashlib.sha256(self._common)
        own = [told([template.name, self.dressing.is_written(page)]), *told_page(page, self._unread)] if page else []
        for part in (*own, *map(told, others.items())):
            digest.update(b"%d " % len(part))
            digest.update(part)
        return digest.digest()

    def _look_at_templates(self, env: jinja2.Environment, context: Mapping[str, Any]) -> bytes:
        """Return a digest of what is the same for all pages: no plugin changes it while pages are drawn."""
        folders = self.config.theme.dirs
        found = list(templates_in(folders))
        of_pages = [it for it in found if it[0] not in self.config.theme.static_templates]
        self._read = frozenset(it for it in _SELDOM_READ if is_read(it, env, of_pages))
        # A page's day is that of the lock, which is another after each refresh; it is told in the map of the site.
        self._unread = frozenset({"update_date"} if not is_named("update_date", of_pages) else ())
        parts = (
            described_configuration(self.config),
            described_navigation(context["nav"]),
            described_templates(env, found),
        )
        known = self.installed + self.dressing.key()
        return hashlib.sha256(known + "\0".join(parts).encode("utf-8", "surrogatepass")).digest()

    def _read_by(self, template: jinja2.Template) -> frozenset[str]:
        """Return what a template reads that is drawn once in a site, beside what those read that it is made of."""
        own = [(str(template.name), Path(template.filename))] if template.filename else []
        return frozenset(it for it in _SELDOM_READ if not own or is_read(it, template.environment, own))


def _is_page(template: jinja2.Template) -> bool:
    """Whether a template makes a page, as `404.html` does; a map of the site has all pages in it, and their days."""
    return str(template.name).endswith(".html")


def file_name(place: str) -> str:
    """Return the name of the file in which the page is kept that is at a place of the site."""
    return f"{hashlib.sha256(place.encode()).hexdigest()[:32]}.html"


def finish_pages(setup: Setup, drawing: Drawing, dressing: Dressing) -> FinishedPages | None:
    """Let the templates of a build answer for finished pages; None where nothing is kept between builds."""
    if setup.finished_folder is None:
        return None
    finished = FinishedPages(
        folder=setup.finished_folder, config=drawing.config, installed=programs_digest(), dressing=dressing
    )
    setup.remembered.templates.take_over(drawing.env)
    finished.take_over(drawing.env)
    finished.share(drawing, setup.workers)
    return finished


def _content(key: bytes, dressed: Dressed) -> bytes:
    listed = json.dumps([dressed.asked, dressed.needs]).encode()
    return b"".join((key, len(listed).to_bytes(_LENGTH, "big"), listed, dressed.html.encode()))


def _kept(path: Path, key: bytes, is_as_now: Callable[[Dressed], bool]) -> Dressed | None:
    with suppress(OSError, ValueError):
        content = checked(path.read_bytes())
        if content.startswith(key):
            begin = len(key) + _LENGTH
            end = begin + int.from_bytes(content[len(key) : begin], "big")
            asked, needs = json.loads(content[begin:end])
            kept = Dressed(html=content[end:].decode(), asked=asked, needs=needs)
            return kept if is_as_now(kept) else None
    return None


def _template_class(base: type[jinja2.Template], finished: FinishedPages) -> type[jinja2.Template]:
    """Return the class of templates that asks for finished pages before it draws one."""

    class Template(base):  # type: ignore[misc, valid-type]  # the class that the environment has
        def render(self, *args: Any, **kwargs: Any) -> str:
            context = dict(*args, **kwargs)
            return finished.html(self, context, lambda: super(Template, self).render(context))

    return Template
