"""The setup of a build, made from the configuration: settings, lock, words, search, styles and scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from ...display.words import Strings, load_strings
from ...extension import NecoWeeklyExtension
from ...issues.problems import Problem
from ...lock.kep_as_of import KepsAsOf
from ...lock.releases_as_of import releases_of
from ...lock.store import Lock, load_lock_and_digest
from ...model.errors import NecoError
from ...model.paths import (
    CHANGES_PAGE,
    COMPARE_PAGE,
    FOLLOWING_PAGE,
    KEP_PAGE,
    LINKS_PAGE,
    RELEASES_PAGE,
    SETBACKS_PAGE,
    TOPIC_PAGE,
    TOPICS_PAGE,
)
from ...model.release_changes import jumps
from ...refresh.last_candidates import load_passed_over
from ...site.files import GeneratedPage
from ...site.following import LIST, STARS, following_script
from ...site.needed_scripts import COMPARE, FILTER, NEW_ISSUE
from ...site.pages.release import release_path
from ...site.pages.upgrade_pages import upgrade_path
from ...site.reading_aids import reading_script
from ..project import read_config
from ..settings import EXTENSION, Settings, root_of
from .diagram_script import Diagrams
from .kep_places import KepPlaces
from .kept_entries import KeptEntries
from .page_cache import digest
from .page_styles import PageStyles
from .pages import LastScan
from .pictures_beside import PicturesBeside
from .policies import Policies, policies_for
from .release_script import MyRelease
from .remembered import Remembered
from .search import Search, search_for
from .site_output import SiteOutput
from .unpublished import keep_from_readers
from .workers import Workers, workers_wanted

SCRIPTS = ("popover.js",)
"""The scripts that every page loads, beside that of the search."""

ZOOM_SCRIPT = "zoom.js"
"""The script of pages with a writer's picture."""

UNCACHED_EXTENSIONS = frozenset({"pymdownx.snippets", "markdown_include.include", "markdown_exec"})
"""Markdown extensions that read other files: what they draw does not follow from a page's text."""


@dataclass(frozen=True, kw_only=True)
class Setup:
    """The setup of a build: all that is known before the build looks at files.

    `config_file` and `docs` are paths as the author sees them from the working folder. `cache_folder` is
    where rendered pages are kept, None where they are not, `kept` what was drawn of them. `lock_digest` is empty where
    it is not known what the lock was read from, `policies` None where pages have none. `last_scan` is what was read on
    the last page, `remembered` in builds before; `beside` takes pictures, `kep_places` knows where pages of KEPs lie.
    `workers` help to build, `output` is what is written.
    """

    settings: Settings
    config_file: Path
    docs: str
    keps_as_of: KepsAsOf
    lock_digest: str
    kept: KeptEntries
    words: Strings
    search: Search
    diagrams: Diagrams
    policies: Policies | None
    styles: PageStyles
    assets: tuple[GeneratedPage, ...]
    cache_folder: Path | None
    last_scan: LastScan
    beside: PicturesBeside
    kep_places: KepPlaces
    workers: Workers
    remembered: Remembered
    problems: tuple[Problem, ...]
    output: SiteOutput = field(default_factory=SiteOutput)

    @property
    def metadata(self) -> Path:
        """The folder of the lock."""
        return self.config_file.parent / self.settings.metadata

    def let_go(self) -> None:
        """Let go of the build that is done; MkDocs keeps the first one's configuration, and with it our extension."""
        self.beside.end()
        self.kep_places.begin(lambda path: None)

    @property
    def lock(self) -> Lock:
        """The lock of the site: what was fetched, and what people wrote on top."""
        return self.keps_as_of.lock

    @cached_property
    def my_release(self) -> MyRelease:
        """What pages load that say something of the reader's own release."""
        return MyRelease(_asset_text("my-release.js"), self.keps_as_of, self.words)

    @property
    def cards_folder(self) -> Path | None:
        """The folder of pictures for sharing that were drawn; None where nothing is kept between builds."""
        return self.config_file.parent / self.settings.cache_dir / "social" if self.settings.cache else None

    @property
    def finished_folder(self) -> Path | None:
        """The folder of pages as the theme made them; None where nothing is kept between builds."""
        return self.config_file.parent / self.settings.cache_dir / "finished" if self.settings.cache else None

    @property
    def index_pages(self) -> tuple[str, ...]:
        """The generated pages that stand in the navigation: home, archive, all KEPs, SIGs, topics, releases."""
        archive = f"{self.settings.issues}/index.md"
        return ("index.md", archive, "keps/index.md", "sigs/index.md", TOPICS_PAGE, RELEASES_PAGE)

    @property
    def provisional_pages(self) -> list[str]:
        """The paths of all pages that may be generated, whatever the issues say."""
        numbers = (*self.lock.numbers, *self.lock.aliases)
        topics = (TOPIC_PAGE.format(slug=topic.slug) for topic in self.lock.topics.topics)
        known = releases_of(self.keps_as_of)
        releases = map(release_path, known.names)
        upgrades = (upgrade_path(*pair) for pair in jumps(known.releases, known.supported, known.now))
        keps = (KEP_PAGE.format(number=number) for number in numbers)
        lists = (*self.index_pages, LINKS_PAGE, SETBACKS_PAGE, CHANGES_PAGE, FOLLOWING_PAGE, COMPARE_PAGE)
        return [*keps, *topics, *releases, *lists, *upgrades]

    def close(self) -> None:
        """End a build that goes no further: nothing new is kept, and no worker is left."""
        self.kept.close()
        self.workers.end()

    def asset(self, name: str) -> str:
        """Return the address of a script from the site's root."""
        return next(it.path for it in self.assets if it.path.startswith(f"assets/{name.partition('.')[0]}."))


def set_up(config: MkDocsConfig, options: dict[str, Any], remembered: Remembered, *, is_preview: bool = False) -> Setup:
    """Put our extension, styles, scripts and templates into the configuration, and return the setup of a build.

    Raises:
        PluginError: a setting is wrong, or the lock damaged.
    """
    config_file = Path(os.path.relpath(config.config_file_path or "mkdocs.yml"))  # messages name files as authors do
    settings, keps_as_of, lock_digest = _settings_and_lock(config, options, config_file)
    keep_from_readers(config, config_file.parent / settings.metadata)
    words, search, last_scan = _words(config, settings), search_for(config, _asset_text), LastScan()
    beside, kep_places, cache = PicturesBeside(), KepPlaces(), config_file.parent / settings.cache_dir
    told = {**settings.for_extension, "report": last_scan.keep, **kep_places.for_extension}
    _bring_extension(config, _extension(config, keps_as_of, beside, cache if is_preview else None, told))
    return Setup(
        settings=settings,
        config_file=config_file,
        docs=Path(os.path.relpath(config.docs_dir)).as_posix(),
        keps_as_of=keps_as_of,
        lock_digest=lock_digest,
        kept=_kept(config, cache if settings.cache else None, is_preview=is_preview),
        words=words,
        search=search,
        diagrams=Diagrams(_asset_text("diagram.js"), _asset_text("diagram-drawing.js"), words),
        policies=(policies := policies_for(config) if settings.csp and not is_preview else None),
        styles=(styles := _styles(config, settings)),
        assets=(styles.common, *_scripts(config, search.script(words), policies, keps_as_of, words)),
        cache_folder=cache / "pages" if _is_cached(config, settings) else None,
        last_scan=last_scan,
        beside=beside,
        kep_places=kep_places,
        workers=_workers(settings, is_preview=is_preview),
        remembered=remembered,
        problems=tuple(settings.problems(config_file, config.site_url or "")),
    )


def _workers(settings: Settings, *, is_preview: bool) -> Workers:
    """Return the workers of a build: a preview serves meanwhile, and without a cache folder nothing is handed over."""
    return Workers(workers_wanted(os.environ) if settings.cache and not is_preview else 0)


def _settings_and_lock(
    config: MkDocsConfig, options: dict[str, Any], config_file: Path
) -> tuple[Settings, KepsAsOf, str]:
    with as_plugin_errors():
        settings = Settings.of(options, config.mdx_configs.pop(EXTENSION, {}), config.theme.get("language"))
        lock, lock_digest = load_lock_and_digest(config_file.parent / settings.metadata)
        return settings, KepsAsOf(lock, settings.releases), lock_digest


def _words(config: MkDocsConfig, settings: Settings) -> Strings:
    """Return the words of the site; with our design, every heading gets a link to itself that is called by them."""
    words = load_strings(settings.locale)
    if settings.design:
        link = {"permalink": True, "permalink_title": words("front.heading_link")}
        config.mdx_configs["toc"] = link | config.mdx_configs.get("toc", {})  # what the site says holds
    return words


def _styles(config: MkDocsConfig, settings: Settings) -> PageStyles:
    """Put our styles into every page; with our design, the theme's header is one row that stays."""
    styles = PageStyles(config, _asset_text, design=settings.design)
    config.extra_css.insert(0, styles.common.path)  # style sheets of the site come later, and win
    if settings.design and "navigation.tabs" in (features := config.theme.get("features") or []):
        features.append("navigation.tabs.sticky")
    return styles


def _is_cached(config: MkDocsConfig, settings: Settings) -> bool:
    return settings.cache and not UNCACHED_EXTENSIONS.intersection(map(str, config.markdown_extensions))


def _kept(config: MkDocsConfig, cache: Path | None, *, is_preview: bool) -> KeptEntries:
    """Return what is kept of drawings: a preview has other addresses than a site, which may have several languages."""
    kind = digest([config.theme.get("language"), is_preview]).hex()[:16]
    return KeptEntries(cache / "drawn" / kind if cache else None)


def _extension(
    config: MkDocsConfig,
    keps_as_of: KepsAsOf,
    beside: PicturesBeside,
    cache_of_preview: Path | None,
    options: dict[str, Any],
) -> NecoWeeklyExtension:
    # Why a card is as it is: a preview says so, and a site that is published never does.
    candidates = load_passed_over(cache_of_preview) if cache_of_preview else None
    site_url = _site_url(config, is_preview=cache_of_preview is not None)
    return NecoWeeklyExtension(
        keps_as_of=keps_as_of, beside=beside.take, candidates=candidates, site_url=site_url, **options
    )


def _site_url(config: MkDocsConfig, *, is_preview: bool) -> str:
    """Return the address of the site that links have; in a preview MkDocs has put the preview's own in its place."""
    if is_preview and config.config_file_path:
        with suppress(NecoError):
            return str(read_config(Path(config.config_file_path)).get("site_url") or "")
    return config.site_url or ""


def root_of_site(config: MkDocsConfig, *, is_preview: bool) -> str:
    """Return the address of the published site's root, in a preview too; empty where the site has no address."""
    return root_of(_site_url(config, is_preview=is_preview))


def _bring_extension(config: MkDocsConfig, extension: NecoWeeklyExtension) -> None:
    """Put our extension behind all others, in place of its name or of that of a build before."""
    others = [other for other in config.markdown_extensions if not _is_ours(other)]
    config.markdown_extensions = [*others, extension]  # type: ignore[list-item]  # MkDocs takes instances too


@contextmanager
def as_plugin_errors() -> Iterator[None]:
    """Raise a NecoError of the context as a PluginError, which MkDocs prints as written, without a trace."""
    try:
        yield
    except NecoError as error:
        raise PluginError(str(error)) from error


def _is_ours(extension: object) -> bool:
    return extension == EXTENSION or isinstance(extension, NecoWeeklyExtension)


# --- styles, scripts, templates -----------------------------------------------------------------------------------


def _following(keps_as_of: KepsAsOf, words: Strings) -> Iterator[GeneratedPage]:
    """Yield the scripts that only pages load on which a reader follows something."""
    for name in (STARS, LIST):
        yield following_script(name, _asset_text(name), keps_as_of.lock.as_of, words)


def _scripts(
    config: MkDocsConfig, search_script: str, policies: Policies | None, keps_as_of: KepsAsOf, words: Strings
) -> Iterator[GeneratedPage]:
    """Put scripts into every page, and yield them all, with those that only some pages load."""
    told = {"popover.js": reading_script(_asset_text("popover.js"), words)}
    scripts = [_asset(name, told.get(name) or _asset_text(name)) for name in SCRIPTS]
    others = {"search.js": search_script, "policy.js": policies.script(_asset_text) if policies else ""}
    scripts += [_asset(name, script) for name, script in others.items() if script]
    config.extra_javascript[:0] = [_deferred(script.path) for script in scripts]
    yield from scripts
    yield from (_asset(name, _asset_text(name)) for name in (FILTER, COMPARE, NEW_ISSUE, ZOOM_SCRIPT))
    yield from _following(keps_as_of, words)


def _asset_text(name: str) -> str:
    return package_files("neco_weekly.site").joinpath("assets", name).read_text(encoding="utf-8")


def _asset(name: str, text: str) -> GeneratedPage:
    """Return an asset as a file whose name changes with its content, so that a browser may keep the file for ever."""
    return GeneratedPage.named_by_content(f"assets/{name}", text)


def _deferred(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.defer = True
    return script
