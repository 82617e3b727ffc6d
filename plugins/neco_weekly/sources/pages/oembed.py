"""oEmbed (https://oembed.com): which endpoint serves which addresses, and its response -> an Account.

The table is in the format of oembed.com's providers.json: `oembed_providers.json` beside this module, and whatever
`--oembed-providers` puts before it. Of a response only texts and the thumbnail's address count, never its HTML; but for
posts, whose text is nowhere else, and is read out of the HTML as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from ...grammar.urls import is_web_url
from ...model.errors import FetchError, NecoError
from ...model.text import one_line
from ..bounded_memory import one_at_a_time
from ..http import Get, Response
from ..http.web_address import WebAddress
from .accounts import Account, absolute
from .elements import inner_text, parse_html

_BUILT_IN = Path(__file__).with_name("oembed_providers.json")

_ANSWER_BYTES = 500_000

_SCHEME = re.compile(r"(?:https?|\*)://(?P<host>[^/]+)(?P<path>/.*)?", re.IGNORECASE)

_MAGIC = re.compile(r"[\[?]")

_PICTURE_OF_POST = re.compile(r" ?(pic\.(twitter|x)\.com/\w+|https?://t\.co/\w+)$")

_POSTS = frozenset({"x.com", "twitter.com", "mobile.twitter.com", "bsky.app"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An oEmbed endpoint: its address, and patterns of the addresses that it serves, `https://*.example.com/watch*`."""

    url: str
    schemes: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ()

    def answers(self, url: str) -> bool:
        """Whether the endpoint serves an address; http and https are the same here."""
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2].lower()
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        return any(hosts.match(host) and paths.match(path) for hosts, paths in self.schemes)

    def request(self, url: str) -> str:
        """Return the address at which to ask the endpoint about a page's address."""
        template = urlsplit(self.url.replace("{format}", "json"))
        query = dict(parse_qsl(template.query, keep_blank_values=True))
        query |= {"url": url.partition("#")[0]}
        if "{format}" not in self.url:
            query.setdefault("format", "json")
        return template._replace(query=urlencode(query, quote_via=quote, safe="")).geturl()


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """The oEmbed endpoints, in the order in which they are looked through."""

    endpoints: tuple[Endpoint, ...] = field(default=())

    def endpoint(self, url: str) -> Endpoint | None:
        """Return the first endpoint that serves an address, or None."""
        return next((it for it in self.endpoints if it.answers(url)), None)

    def __add__(self, other: Providers) -> Providers:
        return Providers(endpoints=self.endpoints + other.endpoints)


@cache
def built_in() -> Providers:
    """Return the oEmbed endpoints of hosts that notes like ours link to."""
    return load_providers(_BUILT_IN)


def load_providers(path: Path) -> Providers:
    """Return the oEmbed endpoints of a table in the format of providers.json.

    Raises:
        NecoError: the file cannot be read, or is of another format.
    """
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise NecoError(
            f"{path}: cannot be read ({error.strerror}); name a file like oembed.com's providers.json"
        ) from error
    except (ValueError, RecursionError) as error:
        raise NecoError(f"{path}: expected JSON like oembed.com's providers.json") from error
    if not isinstance(document, list):
        raise NecoError(f"{path}: expected a list of providers")
    return Providers(
        endpoints=tuple(it for place, row in enumerate(document) for it in _endpoints(row, f"{path}[{place}]"))
    )


def ask(url: str, get: Get, endpoint: Endpoint) -> Account:
    """Return the account of a page by an oEmbed endpoint.

    Raises:
        FetchError: no response, or none of oEmbed with a title or a picture.
    """
    return _asked(endpoint.request(url), get, about=url)


def ask_discovered(address: str, get: Get, *, about: str) -> Account:
    """Return the account of the page `about` by the oEmbed response whose address stood in the page.

    Raises:
        FetchError: no response, or none of oEmbed with a title or a picture, or the page itself.
    """
    if _same(address, about):
        raise FetchError(f"{about} names itself as its oEmbed answer")
    return _asked(address, get, about=about)


def _asked(address: str, get: Get, *, about: str) -> Account:
    response = get(address, headers={"Accept": "application/json"}, max_bytes=_ANSWER_BYTES)
    host = (urlsplit(about).hostname or "").removeprefix("www.")
    return one_at_a_time(lambda: _account(_json_object(response), response.url, asked=address, post=host in _POSTS))


def _json_object(response: Response) -> Mapping[str, Any]:
    with suppress(FetchError):
        answer = response.json()
        if isinstance(answer, dict):
            return answer
    raise FetchError(f"{response.url} gave no oEmbed answer")


def _account(answer: Mapping[str, Any], base: str, *, asked: str, post: bool) -> Account:
    def text(key: str) -> tuple[str, ...]:
        value = answer.get(key)
        return (value,) if isinstance(value, str) and value.strip() else ()

    thumbnail = answer.get("thumbnail_url")
    if not isinstance(thumbnail, str) and answer.get("type") == "photo":
        thumbnail = answer.get("url")
    image = absolute(base, thumbnail) if isinstance(thumbnail, str) else None
    if any(_same(it, asked) or _same(it, base) for it in (image, answer.get("url")) if isinstance(it, str)):
        raise FetchError(f"{base} gave an oEmbed answer that points back to itself")
    titles, descriptions, published = text("title"), text("description"), tuple[str, ...]()
    if post and not titles:
        titles, (descriptions, published) = _author(answer), _post(answer.get("html"))
    sites, images = text("provider_name"), [image] if image else []
    if not titles and not images:
        raise FetchError(f"{base} gave an oEmbed answer without a title")
    return Account(
        origin="oembed", titles=titles, descriptions=descriptions, sites=sites, images=images, published=published
    )


def _same(one: str, other: str) -> bool:
    try:
        return WebAddress.parse(one) == WebAddress.parse(other)
    except FetchError:
        return False


def _author(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the title of a post, which is who wrote it: `Kubernetes (@kubernetesio)`."""
    name, address = answer.get("author_name"), answer.get("author_url")
    if not isinstance(name, str) or not name.strip():
        return ()
    handle = urlsplit(address).path.rstrip("/").rpartition("/")[2] if isinstance(address, str) else ""
    return (f"{name} (@{handle})" if handle else name,)


def _post(markup: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a post's text, without the address of its picture, and the day that the last link of its HTML shows."""
    if not isinstance(markup, str) or not markup.strip():
        return (), ()
    root = parse_html(markup)
    paragraph = next(root.iter("p"), None)
    if paragraph is None:
        return (), ()
    for line_break in paragraph.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    text = _PICTURE_OF_POST.sub("", one_line(inner_text(paragraph)))
    return (text,), tuple(inner_text(link) for link in list(root.iter("a"))[-1:])


# --- the table ----------------------------------------------------------------------------------------------------


def _endpoints(row: object, place: str) -> Iterator[Endpoint]:
    """Yield the endpoints of a provider; one without patterns serves the provider's own host."""
    provider = _object(row, place)
    endpoints = provider.get("endpoints")
    if not isinstance(endpoints, list):
        raise NecoError(f"{place}.endpoints: expected a list")
    own = [f"{str(provider.get('provider_url', '')).rstrip('/')}/*"]
    for number, it in enumerate(endpoints):
        endpoint = _object(it, f"{place}.endpoints[{number}]")
        url = endpoint.get("url")
        if not isinstance(url, str) or not is_web_url(url):
            raise NecoError(f"{place}.endpoints[{number}].url: expected an http(s) address")
        yield Endpoint(url=url, schemes=tuple(_patterns(endpoint.get("schemes") or own)))


def _object(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise NecoError(f"{place}: expected an object")
    return value


def _patterns(schemes: object) -> Iterator[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Yield host and path of an endpoint's patterns, in which only `*` has a meaning; `spotify:*` serves no address."""
    for scheme in schemes if isinstance(schemes, list) else []:
        if isinstance(scheme, str) and (match := _SCHEME.fullmatch(scheme)):
            host, path = match["host"].lower(), match["path"] or "/"
            yield re.compile(translate(_literal(host))), re.compile(translate(_literal(path)))


def _literal(pattern: str) -> str:
    return _MAGIC.sub(r"[\g<0>]", pattern)
