"""What helps while reading, in a build: previews, pictures that open large, and the page of wrong addresses.

A preview is a file beside the page of an issue, a KEP or a topic, and links say that there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ...display.issue_keps import lines_of_today
from ...model.issues import Issue, ScanResult
from ...model.paths import KEP_PAGE, TOPIC_PAGE
from ...model.text import one_line, whole_sentences
from ...site.files import GeneratedPage
from ...site.head.descriptions import Descriptions
from ...site.headlines import lead_of
from ...site.large_pictures import with_large_pictures
from ...site.lost_page import with_lost_page
from ...site.pages import Site
from ...site.previews import LONGEST, Kind, issue_preview, page_preview, preview_beside, with_previews
from ...site.search import asked_of_search
from .build import Build
from .kept_drawings import Wanted
from .pages import CachedPage
from .search import is_on
from .setup import ZOOM_SCRIPT, Setup
from .site_output import SiteOutput


class Previews:
    """The previews of one build, written when they are made; `kinds` are those of the pages that have one, by address.

    A page that its writer keeps from the search has none.
    """

    def __init__(self, build: Build, config: MkDocsConfig, output: SiteOutput) -> None:
        self._build = build
        self.kinds: dict[str, Kind] = {}
        for path, kind, text in _texts(build):
            page = build.files.page(path)
            if page is None or page.file.inclusion.is_excluded() or asked_of_search(page.meta).exclude:
                continue
            self.kinds[unquote(page.url)] = kind
            output.put(GeneratedPage(path=preview_beside(page.file.dest_uri), content=text), config.site_dir)

    def drawn(self, html: str, page: Page) -> tuple[str, Mapping[str, str | None]]:
        """Return the HTML of a page whose links say where a preview is, and what was asked for that.

        That is by the addresses to which links lead what kind of page is there.
        """
        asked: dict[str, Kind | None] = {}

        def kind_of(address: str) -> Kind | None:
            asked[address] = self.kinds.get(address)
            return asked[address]

        return with_previews(html, page.url, kind_of, is_written=self.is_written(page)), asked

    def is_written(self, page: Page) -> bool:
        """Whether a page is a writer's."""
        return not self._build.files.is_ours(page.file)


def with_pictures(html: str, setup: Setup, page: Page, config: MkDocsConfig) -> str:
    """Return the HTML of a page of our grammar whose pictures open large, unless another plugin has them do so."""
    if "glightbox" in config.plugins:
        return html
    script = get_relative_url(setup.asset(ZOOM_SCRIPT), page.url)
    return with_large_pictures(html, setup.words("reading.large"), script)


def with_ways_in(html: str, setup: Setup, build: Build, config: MkDocsConfig) -> str:
    """Return the HTML of `404.html` with what helps there, where the site has our design."""
    if not setup.settings.design:
        return html
    root = f"{urlsplit(config.site_url or '').path.rstrip('/')}/"

    def address_of(path: str) -> str | None:
        page = build.files.page(path)
        return urljoin(root, page.url) if page and not page.file.inclusion.is_excluded() else None

    return with_lost_page(html, build.site, address_of, root, searches=is_on(config, "material/search"))


def _texts(build: Build) -> Iterator[tuple[str, Kind, str]]:
    """Yield the path of each page that has a preview, what kind of page that is, and the preview."""
    site, drawings = build.drawn.site, build.drawings
    wanted = [
        Wanted(
            name=f"preview {issue.path}",
            own=[site.headlines.of(issue).title, drawings.digest_of(issue), _said(build, issue)],
            draw=partial(_of_issue, build, site, issue),
            of_site=False,
        )
        for issue in site.index.issues
    ]
    for issue, [text] in zip(site.index.issues, drawings.each(wanted), strict=True):
        yield issue.path, "issue", text
    keps = [KEP_PAGE.format(number=number) for number in site.kep_numbers]
    texts = drawings.texts("previews of KEPs", (), lambda: [_of_kep(site, number) for number in site.kep_numbers])
    yield from ((path, "kep", text) for path, text in zip(keps, texts, strict=True))
    topics = [TOPIC_PAGE.format(slug=slug) for slug in site.topics.rows]
    texts = drawings.texts("previews of topics", (), lambda: list(_of_topics(site)))
    yield from ((path, "topic", text) for path, text in zip(topics, texts, strict=True))


def _said(build: Build, issue: Issue) -> object:
    """Return what the sections of an issue follow from, for no digest of an issue has a text of them."""
    page = build.files.page(issue.path)
    return page.sections_key if isinstance(page, CachedPage) else build.drawn.read(issue.path)


def _of_issue(build: Build, site: Site, issue: Issue) -> list[str]:
    read = build.drawn.read(issue.path) or ScanResult()
    return [issue_preview(site.headlines.of(issue).title, issue.date, lead_of(issue), read.sections)]


def _of_topics(site: Site) -> Iterator[str]:
    descriptions = Descriptions(site, "")
    for slug, row in site.topics.rows.items():
        summary = whole_sentences(one_line(row.topic.summary or ""), LONGEST)
        lines = (summary, descriptions.of_generated(TOPIC_PAGE.format(slug=slug)))
        yield page_preview("topic", row.topic.name, lines)


def _of_kep(site: Site, number: int) -> str:
    kep = site.kep(number)
    shipped = kep.today.shipped
    about = {
        "stage": shipped.stage if shipped else None,
        "ended": kep.today.ended,
        "pull": str(kep.now.source.pull) if kep.now and kep.now.source.pull else None,
    }
    lines = lines_of_today(number, kep, site.keps_as_of, site.words)
    return page_preview("kep", f"#{number} {kep.state.title}", lines, about)
