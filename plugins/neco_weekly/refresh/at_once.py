"""Asking many addresses at once: a few at a time, hosts in turn, and whether what failed was our own network."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from ..grammar.urls import host_of
from ..model.errors import FailureCode, FetchError, NecoError, without_frames
from .plan import Tick

T = TypeVar("T")

WORKERS = 32
"""The number of addresses fetched at once, over all hosts; how many per host is the rate limit's business."""

UNNAMED = frozenset({FailureCode.DNS, FailureCode.NO_DNS})
"""Codes of failures that say that a host's name could not be looked up."""

UNREACHED = UNNAMED | {FailureCode.CONNECTION, FailureCode.TIMEOUT}
"""Codes of failures that say nothing but that no server was reached, or not even its address known."""


def fetch_all(urls: Iterable[str], fetch: Callable[[str], T], tick: Tick) -> Iterator[tuple[str, T | NecoError]]:
    """Yield what was fetched from each address, hosts in turn, so that a slow host does not hold up the others.

    An interruption gives up those fetches that have not begun.
    """

    def attempt(url: str) -> T | NecoError:
        try:
            return fetch(url)
        except NecoError as error:
            return without_frames(error)

    pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="card")
    try:
        futures = {pool.submit(attempt, url): url for url in _interleaved(urls)}
        for future in as_completed(futures):
            tick(futures[future])
        for future, url in futures.items():
            yield url, future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _interleaved(urls: Iterable[str]) -> list[str]:
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_of(url), []).append(url)
    rounds = itertools.zip_longest(*by_host.values())
    return [url for one_of_each in rounds for url in one_of_each if url is not None]


def is_our_own_trouble(results: Sequence[tuple[str, object]], codes: Set[FailureCode]) -> bool:
    """Whether all hosts, and several, failed with such codes: then our network is down, not all of them."""
    hosts = {host_of(url) for url, _ in results}
    return len(hosts) > 1 and all(
        isinstance(it, FetchError) and it.status is None and it.reason in codes for _, it in results
    )
