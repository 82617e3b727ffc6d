"""The MkDocs plugin: each hook translates, calls one function, translates back.

Every issue is rendered once, before MkDocs asks: what the issue mentions decides which pages exist. MkDocs then finds
the rendering done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar, Literal

from jinja2 import Environment
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ...issues.follow_ups import corrected_days
from ...issues.problems import Problem, in_words
from ...issues.silenced import heard
from ..machine_trouble import machine_trouble
from ..preview import Mentioned, Preview
from .build import Before, Build, begin_build, prepare_build
from .build_memory import end_quickly, with_seldom_collections
from .design import design_pages
from .dressing import Dressing
from .feed_files import add_feeds, told_of_feeds
from .fetch_first import FetchFirst
from .finish import finish_reading
from .finished_pages import FinishedPages, finish_pages
from .heads import Heads, heads_of
from .issue_texts import told_of_markdown
from .last_good_site import LastGood
from .later import show_later, show_topics
from .live import Live
from .navigation import date_pages, leave_out_excluded, leave_out_held_back, place_pages
from .new_issue import offer_new_issue
from .old_addresses import add_old_addresses
from .one_page import Drawing
from .page_languages import mark_foreign_texts
from .pages import CachedPage, led_on
from .saved_page import LastBuild
from .setup import Setup, set_up
from .social_cards import add_social_cards
from .telling import PROBLEM
from .while_reading import Previews, with_ways_in

log = get_plugin_logger("neco-weekly")


class NecoWeeklyConfig(Config):
    """The plugin's options, `plugins: [neco-weekly: {…}]`; `model.options` and `hosts.settings` say what they mean."""

    metadata = option.Optional(option.Type(object))
    issues = option.Optional(option.Type(object))
    locale = option.Optional(option.Type(object))
    releases = option.Optional(option.Type(object))
    grammar = option.Optional(option.Type(object))
    grammar_for = option.Optional(option.Type(object))
    csp = option.Optional(option.Type(object))
    design = option.Optional(option.Type(object))
    pages = option.Optional(option.Type(object))
    link = option.Optional(option.Type(object))
    now = option.Optional(option.Type(object))
    cache = option.Optional(option.Type(object))
    cache_dir = option.Optional(option.Type(object))
    fetch = option.Optional(option.Type(object))
    ignore = option.Optional(option.Type(object))


class NecoWeeklyPlugin(BasePlugin[NecoWeeklyConfig]):
    """The plugin's hooks. What they know is in two values: `setup` from on_config on, and `build` from on_files on.

    `is_preview`: the site is not built but served to its writers, by `server` once the first build is done.
    """

    preview: ClassVar[Preview | None] = None
    """The preview that MkDocs serves, set by `neco serve --fetch` in the MkDocs that it starts; else None."""

    def __init__(self) -> None:
        super().__init__()
        self.setup: Setup | None = None
        self.before: Before | None = None
        self.build: Build | None = None
        self.is_preview = self.is_dirty = False
        self.server: LiveReloadServer | None = None
        self.watched: set[Path] = set()
        self.fetch_first = FetchFirst()
        self.site_dir = "site"
        self.finished: FinishedPages | None = None
        self.dressing: Dressing | None = None
        self.heads: Heads | None = None
        self.live = Live()
        self.last_good = LastGood()
        self.calm = ExitStack()

    def _at_work(self) -> tuple[Setup, Build]:
        assert self.setup is not None and self.build is not None  # noqa: S101, PT018 (MkDocs calls hooks in their order)
        return self.setup, self.build

    def _watch_pictures(self) -> None:
        """Have the preview build again when a picture beside the docs folder is another, or comes."""
        if self.setup is None or self.server is None:
            return
        for place in self.setup.beside.watched - self.watched:
            self.server.watch(str(place))
            self.watched.add(place)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Take note of whether the site is for its writers alone, who see what is held back."""
        self.is_preview, self.is_dirty, self.fetch_first = command == "serve", dirty, FetchFirst()
        self.last_good.end()
        self.calm.close()
        self.calm.enter_context(with_seldom_collections())
        end_quickly()
        self.live.begin(is_preview=self.is_preview)

    @event_priority(100)
    def _build_beside(self, config: MkDocsConfig) -> MkDocsConfig:
        self.live.begin_build(config)
        self.last_good.begin()
        self.site_dir = config.site_dir
        return config

    def _set_up(self, config: MkDocsConfig) -> MkDocsConfig:
        """Replace the extension's name by an instance that shares the plugin's lock and reports scan results."""
        if not self.preview:  # `neco serve --fetch` fetches between builds
            self.fetch_first.catch_up(config, dict(self.config), self.server, drafts=self.is_preview)
        known, before = self.live.remembered, self.setup
        self.setup = set_up(config, dict(self.config), known, is_preview=self.is_preview)
        if before and before.policies and (policies := self.setup.policies):
            policies.follow(before.policies)
        return config

    on_config = CombinedEvent(_build_beside, _set_up)

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep the last site until the build has ended, for MkDocs empties its folder now; a preview has its own."""
        if self.setup and not (self.is_preview or self.is_dirty):
            self.last_good.keep(self.setup, config.site_dir)
        if self.setup:
            self.setup.output.begin(self.live.folders or self.last_good.folders)

    @event_priority(50)
    def _prepare(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take issues that are not public out of the build before another plugin makes something of them."""
        assert self.setup is not None  # noqa: S101 (MkDocs calls hooks in their order)
        self.build = None
        self.before = prepare_build(self.setup, config, files, is_preview=self.is_preview)
        return files

    @event_priority(-110)
    def _begin(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Render the issues, then add every page that follows from what the issues mention.

        This is behind all that give files their addresses (a blog at -50, mkdocs-static-i18n at -100).
        """
        assert self.setup is not None and self.before is not None  # noqa: S101, PT018 (MkDocs calls hooks in their order)
        self.build = begin_build(self.setup, config, files, self.before, is_preview=self.is_preview)
        self._tell(self.build.problems)
        return files

    on_files = CombinedEvent(_prepare, _begin)

    def _tell(self, problems: Iterable[Problem]) -> None:
        setup, build = self._at_work()
        for problem in heard(problems, build.index, setup.docs, setup.settings.ignore):
            level = logging.WARNING if problem.severity == "warning" else logging.INFO
            log.log(level, str(problem), extra=PROBLEM)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give issues and generated pages their place in the navigation and their day."""
        setup, build = self._at_work()
        leave_out_held_back(nav, build)
        leave_out_excluded(build)
        place_pages(setup, build, config)
        date_pages(setup, build, files)
        self.live.nav = nav
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Draw a generated page of the navigation, whose text is Markdown."""
        return self.build.text_of(page.file.src_uri) if self.build else None  # issues are read before there is a build

    @event_priority(100)
    def _note_front_matter(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.live.give_way(self.setup)
        self.live.note(page)
        return markdown

    @event_priority(-100)
    def _fill(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put what is generated into a writer's own page, where its marks ask for that."""
        _, build = self._at_work()
        return build.fill(page.file.src_uri, markdown)

    on_page_markdown = CombinedEvent(_note_front_matter, _fill)

    @event_priority(100)
    def _note_what_is_drawn(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take note of what an issue says with all that other plugins have put there."""
        setup, build = self._at_work()
        others = setup.last_scan.take()
        build.drawn.note(page.file.src_uri, page.scan_result if isinstance(page, CachedPage) else others)
        return html

    @event_priority(-74)
    def _leave_out_of_feeds(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Call a generated page a draft, as which mkdocs-rss-plugin (at -75) leaves the page out of its feeds."""
        if self._at_work()[1].files.is_ours(page.file):
            page.meta["draft"] = True
        return html

    @event_priority(-76)
    def _no_draft(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if self._at_work()[1].files.is_ours(page.file):
            page.meta.pop("draft", None)
        return html

    on_page_content = CombinedEvent(_note_what_is_drawn, _leave_out_of_feeds, _no_draft)

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Write what is made of rendered pages: the index of search, and the feeds where the site has an address."""
        setup, build = self._at_work()
        self._tell(finish_reading(setup, build, config, files))
        setup.search.read(files, build.drawn, config, build.drawings, setup.output)
        previews = Previews(build, config, setup.output)
        corrected = corrected_days(show_later(setup, build))
        add_feeds(setup, build, config, corrected)
        offer_new_issue(setup, build, config.site_name)  # before issues lose their own edit links
        show_topics(setup, build)  # behind the feeds, in which none of that has a place
        design_pages(setup, build)
        mark_foreign_texts(setup, build, files.documentation_pages())
        self._tell(in_words(it, setup.words) for it in add_social_cards(setup, build, config))
        self._tell(in_words(it, setup.words) for it in add_old_addresses(setup, build, config, files))
        self.heads = heads_of(setup, build, config, corrected)
        if setup.policies:
            self._tell(in_words(it, setup.words) for it in setup.policies.read(files, setup.docs))
        self.dressing = Dressing(setup, build, config, previews)
        setup.kept.save()
        self.finished = finish_pages(setup, drawing := Drawing(config, files, self.live.nav, env), self.dressing)
        self.live.put(LastBuild(setup, build, self.heads, self.dressing, drawing, self.live.fronts))
        return env

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Pass the page on to our search before the search plugin reads the page, and describe it to the theme."""
        setup, _ = self._at_work()
        self.live.give_way(setup)
        setup.search.pass_on(page)
        if self.heads:
            self.heads.describe(page)
        return context

    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let the page find feeds and its Markdown, say what it is, and lead on from an alias to the KEP."""
        _, build = self._at_work()
        if self.dressing:
            if not (self.finished and page.file.dest_uri in self.finished.dressed):
                drawn = self.dressing.dressed(output, page)
                self.dressing.write(drawn.needs)
                output = drawn.html
            output = self.dressing.with_release(output, page)
        self.live.remembered.lay_down(page)
        told = led_on(told_of_markdown(told_of_feeds(output, build, page, config), build, page), page)
        return self.heads.drawn(told, page) if self.heads else told

    @event_priority(100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Let the page of errors (404.html) find our search's files, put ways in there, and keep it out of lists."""
        setup, build = self._at_work()
        if not template_name.endswith(".html"):
            return output_content
        if template_name != "404.html":
            return setup.search.drawn(output_content)
        searched = setup.search.drawn(with_ways_in(output_content, setup, build, config))
        return self.heads.drawn_for_errors(searched) if self.heads else searched

    @event_priority(-100)
    def _end(self, *, config: MkDocsConfig) -> None:
        """Leave the index that the site's search reads, and report to `neco serve` what the issues mention."""
        setup, build = self._at_work()
        setup.search.finish(config, setup.output)
        if setup.policies:
            setup.policies.finish(config)
        if self.finished and (why := self.finished.why_drawn(setup.words)):
            log.info(why)
        if self.preview:
            self.preview.tell(Mentioned.by(build.index_with_drafts))
        self._watch_pictures()
        self.live.end_build()

    @event_priority(-1000)
    def _succeed(self, *, config: MkDocsConfig) -> None:
        """Take note that all is written, behind a plugin that builds once more for each language (at -100)."""
        self.last_good.succeed()

    on_post_build = CombinedEvent(_end, _succeed)

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """End a build with one sentence where the machine refuses something: a full disk, a closed folder, no memory.

        Raises:
            Abort: the error is of that kind; its trace is told to who asks for it (`--verbose`).
        """
        if self.setup:
            self.setup.close()
        self.live.end_build(failed=True)
        self.last_good.fail()
        if sentence := machine_trouble(error, self.site_dir):
            log.debug("The build ended here:", exc_info=error)
            raise Abort(f"Error: {sentence}") from None

    def on_shutdown(self) -> None:
        """Remove the site before the last one, now that nothing can fail any more, and all that a preview has left."""
        self.live.end()
        self.last_good.end()
        self.calm.close()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., object]
    ) -> LiveReloadServer:
        """Watch by our own eyes, show what is saved first, and let `neco serve --fetch` write between two builds."""
        self.server = server
        if not self.is_dirty and self.setup:
            self.live.serve(server, config, self.setup, self.preview, self._take_up)
        self._watch_pictures()
        return server

    def _take_up(self, last: LastBuild) -> None:
        self.setup, self.build, self.heads, self.dressing = last.setup, last.build, last.heads, last.dressing
