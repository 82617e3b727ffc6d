"""A web page -> Extraction: what is said about the page, in the order in which places can be trusted to say it.

GitHub's API and the oEmbed endpoints of listed hosts first, then the page itself (Open Graph, Twitter, JSON-LD), an
oEmbed response that the page names where that would add something, its plain HTML, and the host's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urlsplit

from ...model.errors import FailureCode, FetchError
from ...model.extraction import Extraction, Found
from ...model.text import one_line
from ..bounded_memory import one_at_a_time
from ..http import Get
from ..http.web_address import WebAddress
from ..keps.github_issue import GITHUB_API
from .accounts import Account, settle
from .adapters import adapter
from .charset import decode
from .doubts import doubts
from .github import GitHubLink, ask_api
from .html_page import Page
from .oembed import Providers, ask, ask_discovered, built_in
from .placeholder_pages import leads_astray, refusal

_HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})

_ACCEPT = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}

_MOST_REFRESHES = 3


def read_page(
    url: str, get: Get, *, providers: Providers | None = None, api: str = GITHUB_API, token: str | None = None
) -> Extraction:
    """Return what is said about a page: by GitHub's API (`api`) with a token, by listed oEmbed `providers`, by itself.

    Where one of them says enough, what could not be asked of the others becomes a problem of the extraction.

    Raises:
        FetchError: nobody says anything: no response, or one that is no page about something.
    """
    site, problems = adapter(url), list[str]()
    endpoint = (built_in() if providers is None else providers).endpoint(url)
    link = GitHubLink.parse(url) if token else None
    accounts: list[Account] = []
    if link and token:
        accounts += _attempt(lambda: ask_api(link, get, api=api, token=token), problems)
    if endpoint and (site is None or site.has_page):
        accounts += _attempt(lambda: ask(url, get, endpoint), problems)
    elif endpoint:
        return _refined([ask(url, get, endpoint)], url=url)
    try:
        return _with_page(url, get, accounts, problems)
    except FetchError as error:
        if not any(it.titles for it in accounts):
            raise
        return replace(_refined(accounts, url=url), problems=(*problems, str(error)))


def extract_page(body: bytes, *, url: str, content_type: str = "") -> Extraction:
    """Return what a page says, from its bytes. `url` is where they came from: relative addresses start there.

    Raises:
        FetchError: no HTML, a page without a title, or a placeholder page.
    """
    read = one_at_a_time(lambda: _reading(*_parse(body, url=url, content_type=content_type), url=url, asked=url))
    return _told([*read.accounts, read.plain], read, url=url, problems=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What a page at `url` says: all that is kept of the page, whose elements may take as much memory as many pages."""

    url: str
    accounts: Sequence[Account]
    plain: Account
    oembed: str | None
    lang: str | None
    canonical: str | None
    problems: tuple[str, ...]
    doubts: tuple[str, ...]


def _attempt(ask: Callable[[], Account | None], problems: list[str]) -> list[Account]:
    try:
        account = ask()
    except FetchError as error:
        problems.append(str(error))
        return []
    return [account] if account else []


def _with_page(url: str, get: Get, known: Sequence[Account], problems: list[str]) -> Extraction:
    """Return the extraction of a page from its own accounts and those that are known already."""
    read = _fetched(url, get)
    meant = [*known, *read.accounts]
    if read.oembed and not _is_enough(meant):
        address = read.oembed
        meant += _attempt(lambda: ask_discovered(address, get, about=read.url), problems)
    return _told([*meant, read.plain], read, url=url, problems=problems)


def _fetched(url: str, get: Get) -> _Reading:
    """Return what a page says, after redirects and after pages that only send their visitors on."""
    address = url
    for _ in range(_MOST_REFRESHES):
        read = _visited(address, get, asked=url)
        if isinstance(read, _Reading):
            return read
        address = read
    raise FetchError(f"{url} sends its visitors on more than {_MOST_REFRESHES} times", code=FailureCode.REDIRECTS)


def _visited(address: str, get: Get, *, asked: str) -> _Reading | str:
    """Return what the page at an address says, or the address to which the page sends its visitors."""
    response = get(address, headers=_ACCEPT)
    if reason := leads_astray(asked, response.url):
        raise FetchError(f"{asked} {reason}", code=FailureCode.STAND_IN)
    content_type = response.headers.get("content-type", "")
    return one_at_a_time(
        lambda: _landed(*_parse(response.body, url=response.url, content_type=content_type), response.url, asked)
    )


def _landed(page: Page, text: str, url: str, asked: str) -> _Reading | str:
    if page.refresh is None or page.texts("og:title") or WebAddress.parse(page.refresh) == WebAddress.parse(url):
        return _reading(page, text, url=url, asked=asked)
    return page.refresh


def _parse(body: bytes, *, url: str, content_type: str) -> tuple[Page, str]:
    """Return a page read from the bytes of a response, and the text of its HTML."""
    kind = one_line(content_type.partition(";")[0]).lower()
    if kind not in _HTML_TYPES:
        raise FetchError(f"{url} is no HTML page but {kind}", code=FailureCode.NO_HTML)
    text = decode(body, content_type)
    return Page.parse(text, url=url), text


def _reading(page: Page, text: str, *, url: str, asked: str) -> _Reading:
    """Return what a page says, unless it is a placeholder page."""
    if reason := refusal(page, text=text, url=url):
        raise FetchError(f"{url} {reason}", code=FailureCode.STAND_IN)
    return _Reading(
        url=url,
        accounts=list(page.accounts()),
        plain=page.html_account(),
        oembed=page.oembed,
        lang=page.lang,
        canonical=page.canonical,
        problems=page.problems,
        doubts=doubts(page, url=url, asked=asked),
    )


def _is_enough(accounts: Iterable[Account]) -> bool:
    """Whether accounts have a title and an image from places that are meant for cards."""
    all_accounts = list(accounts)
    return any(it.titles for it in all_accounts) and any(it.images for it in all_accounts)


def _told(accounts: Iterable[Account], read: _Reading, *, url: str, problems: Iterable[str]) -> Extraction:
    extraction = _refined(accounts, url=url, final=read.url)
    return replace(
        extraction,
        lang=read.lang,
        canonical=read.canonical,
        problems=(*problems, *read.problems),
        doubts=read.doubts,
    )


def _refined(accounts: Iterable[Account], *, url: str, final: str | None = None) -> Extraction:
    # Where a short address led, with the fragment of the author's own address, which names lines at GitHub.
    place = urldefrag(final or url)._replace(fragment=urlsplit(url).fragment).geturl()
    site = adapter(place)
    settled = settle(accounts, url=url, final=final, names=site.names if site else ())
    if site and settled.site and settled.site.origin == "host":
        settled = replace(settled, site=Found(site.names[0], site.name))
    return site.refine(settled, place) if site else settled
