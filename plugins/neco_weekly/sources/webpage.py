"""A web page -> Extraction: what is said about it, in the order in which places can be trusted to say it.

GitHub's API and the oEmbed endpoints of listed hosts first, then the page itself (Open Graph, Twitter, JSON-LD), an
oEmbed answer that the page names where that would add something, its plain HTML, and the host's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

from ..model import FetchError
from .adapters import adapter
from .charset import decode
from .extraction import Account, Extraction, Found, settle
from .github import GITHUB_API
from .github_pages import GitHubLink, ask_api
from .http import Get
from .oembed import Providers, ask, ask_discovered, built_in
from .page import Page
from .refusals import leads_astray, refusal
from .target import Target
from .written import one_line

_HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
_ACCEPT = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
_MOST_REFRESHES = 3


def read_page(
    url: str, get: Get, *, providers: Providers | None = None, api: str = GITHUB_API, token: str | None = None
) -> Extraction:
    """Ask what is said about a page: with a token GitHub's API (`api`), oEmbed where `providers` list it, and itself.

    Where one of them tells enough, what the others could not say becomes a problem of the extraction.

    Raises:
        FetchError: nobody says anything: no answer, or one that is no page about something.
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
    """Read what a page says from its bytes. `url` is where they came from: relative addresses start there.

    Raises:
        FetchError: it is no HTML, has no title, or stands in for another page: asks to prove that one is human, ...
    """
    page = _asked_for(*_parse(body, url=url, content_type=content_type), url=url)
    return _told([*page.accounts(), page.html_account()], page, url=url, final=url, problems=())


def _attempt(ask: Callable[[], Account | None], problems: list[str]) -> list[Account]:
    try:
        account = ask()
    except FetchError as error:
        problems.append(str(error))
        return []
    return [account] if account else []


def _with_page(url: str, get: Get, known: Sequence[Account], problems: list[str]) -> Extraction:
    """What the page says beside what is known already."""
    page, final = _fetched(url, get)
    meant = [*known, *page.accounts()]
    if page.oembed and not _is_enough(meant):
        address = page.oembed
        meant += _attempt(lambda: ask_discovered(address, get, about=final), problems)
    return _told([*meant, page.html_account()], page, url=url, final=final, problems=problems)


def _fetched(url: str, get: Get) -> tuple[Page, str]:
    """The page and where it is, after redirects and after pages that only send their visitors on."""
    address = url
    for _ in range(_MOST_REFRESHES):
        response = get(address, headers=_ACCEPT)
        if reason := leads_astray(url, response.url):
            raise FetchError(f"{url} {reason}", code="stand-in")
        page, text = _parse(response.body, url=response.url, content_type=response.headers.get("content-type", ""))
        if page.refresh is None or page.texts("og:title") or Target.parse(page.refresh) == Target.parse(response.url):
            return _asked_for(page, text, url=response.url), response.url
        address = page.refresh
    raise FetchError(f"{url} sends its visitors on more than {_MOST_REFRESHES} times")


def _parse(body: bytes, *, url: str, content_type: str) -> tuple[Page, str]:
    """The page and the text that it was read from."""
    kind = one_line(content_type.partition(";")[0]).lower()
    if kind not in _HTML_TYPES:
        raise FetchError(f"{url} is no HTML page but {kind}", code="no-html")
    text = decode(body, content_type)
    return Page.parse(text, url=url), text


def _asked_for(page: Page, text: str, *, url: str) -> Page:
    """The page, if it is about what was asked for."""
    if reason := refusal(page, text=text, url=url):
        raise FetchError(f"{url} {reason}", code="stand-in")
    return page


def _is_enough(accounts: Iterable[Account]) -> bool:
    """Whether a title and an image are told by places that are meant for cards."""
    told = list(accounts)
    return any(it.titles for it in told) and any(it.images for it in told)


def _told(accounts: Iterable[Account], page: Page, *, url: str, final: str, problems: Iterable[str]) -> Extraction:
    told = _refined(accounts, url=url, final=final)
    return replace(told, lang=page.lang, canonical=page.canonical, problems=(*problems, *page.problems))


def _refined(accounts: Iterable[Account], *, url: str, final: str | None = None) -> Extraction:
    # Wherever a short address led, and the lines that the author's own address names.
    place = urldefrag(final or url)._replace(fragment=urlsplit(url).fragment).geturl()
    site = adapter(place)
    settled = settle(accounts, url=url, final=final, names=site.names if site else ())
    if site and settled.site and settled.site.origin == "host":
        settled = replace(settled, site=Found(site.names[0], site.name))
    return site.refine(settled, place) if site else settled
