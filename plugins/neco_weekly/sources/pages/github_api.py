"""GitHub's API, asked with a token: a page's account, and the days that tell its state on a past day and today.

Requests are few: one for each page, one for each repository in a run, and for a day of the past up to three pages of
events once (https://docs.github.com/rest/issues/events), for the past stays. When the token's allowance is used up,
nothing more is asked. Of a repository that is not public, or of which that cannot be learnt, nothing is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from threading import Lock as Mutex
from typing import Any
from urllib.parse import quote

from ...model.cards import Card
from ...model.days import today as today_in_tokyo
from ...model.errors import FetchError, without_frames
from ...model.github import GitHubFacts, Moment
from ..http import Get, Response, StatusError
from ..keps.github_issue import GITHUB_API, explanation, is_refused
from .accounts import Account
from .github import GitHubLink, account_of
from .github_facts import facts_of, moments, named_repository, newest_release, repository_facts

_API_PATHS = {"issues": "issues/{}", "pull": "pulls/{}", "releases/tag": "releases/tags/{}"}

_OF_REPOSITORY = frozenset({"", "blob", "tree"})

_ANSWER_BYTES, _LIST_BYTES = 1_000_000, 4_000_000

_PER_PAGE, _MOST_PAGES = 100, 3

PAST_REQUESTS = 300
"""The number of requests about the past in one run: of a new site with many old links the rest is asked next time."""

_RESERVE = 200
"""Requests that are left to those about today, where GitHub says how many may still come (x-ratelimit-remaining)."""

_LAST_PAGE = re.compile(r"[?&]page=(\d{1,9})[^>]{0,300}>;\s*rel=\"last\"", re.ASCII)

_FEW = re.compile(r"\d{1,9}", re.ASCII)

_SHA = re.compile(r"[0-9a-f]{40}", re.ASCII)

_MANY = re.compile(r"rel=\"next\"")

Days = Callable[[str], Iterable[dt.date]]
"""A function from a link's address to the days of the issues with the link."""


class GitHubApi:
    """GitHub's API for the pages of one run, for many threads.

    The token goes to `api` alone. `ask_public` is asked in place of `get` about what is known to be public, and may
    keep answers. `days` are those whose Moments are wanted, `known` is the card that the lock has of a page.
    """

    def __init__(
        self,
        get: Get,
        *,
        token: str,
        api: str = GITHUB_API,
        ask_public: Get | None = None,
        days: Days = lambda _: (),
        known: Callable[[str], Card | None] = lambda _: None,
        today: Callable[[], dt.date] = today_in_tokyo,
    ) -> None:
        self._get, self._ask_public = get, ask_public or get
        self._token, self._api = token, api.rstrip("/")
        self._days, self._known, self._today = days, known, today
        self._mutex = Mutex()
        self._asked: dict[tuple[str, str], Future[Any]] = {}
        self._refused = False
        self._past_left = PAST_REQUESTS

    def account(self, url: str, link: GitHubLink) -> tuple[Account, GitHubFacts | None] | None:
        """Return the account and the facts of a page; None where the API says nothing, or nothing that is public.

        Raises:
            FetchError: no response, or one of another shape; once when GitHub refuses the token or any more requests.
        """
        path = _API_PATHS.get(link.kind)
        if self._refused or (path is None and link.kind not in _OF_REPOSITORY):
            return None
        repository = self._public(link.repository)
        if repository is None:
            return None
        if path is None:
            about = repository_facts(repository, self._today())
            return account_of(link, repository), None if link.kind else self._with_releases(url, link, about)
        answer = self._object(f"repos/{link.repository}/{path.format(quote(link.what, safe=''))}")
        if answer is None or (answer.get("draft") is True and link.kind == "releases/tag"):
            return None  # a release that only those see who may write
        if _calls_something_private(answer):
            return None
        facts = facts_of(link.kind, answer, self._today())
        if facts and facts.kind == "release":
            seen = repository_facts(repository, self._today()).seen_archived
            facts = self._with_releases(url, link, replace(facts, seen_archived=seen))
        elif facts:
            with suppress(FetchError):  # what the page is today is known without its past
                facts = replace(facts, past=self._past(url, facts, answer))
        return account_of(link, answer), facts

    def commit(self, repository: str, reference: str) -> str | None:
        """Return the whole id of the commit that a short one names; None where it names none, or another thing."""
        answer = self._once("commit", f"{repository}@{reference}", lambda: self._commit(repository, reference))
        return answer if isinstance(answer, str) else None

    # --- what is public -------------------------------------------------------------------------------------------

    def _public(self, repository: str) -> Mapping[str, Any] | None:
        """Return what the API says of a repository if it is public; it is asked once in a run."""
        answer: Mapping[str, Any] = self._once("repository", repository.lower(), lambda: self._repository(repository))
        is_public = answer.get("private") is False and answer.get("visibility", "public") == "public"
        return answer if is_public else None

    def _repository(self, name: str) -> Mapping[str, Any]:
        return _json_object(self._ask(f"repos/{name}", self._get))

    def _object(self, path: str) -> Mapping[str, Any] | None:
        """Return the object at a path of a public repository; None where it moved to one that is not public."""
        response = self._ask(path, self._ask_public)
        answer = _json_object(response)
        if response.url.lower() != self._address(path).lower():
            moved = named_repository(answer)
            if moved is None or self._public(moved) is None:
                return None
        return answer

    # --- the past, and a repository's releases --------------------------------------------------------------------

    def _past(self, url: str, facts: GitHubFacts, answer: Mapping[str, Any]) -> Mapping[dt.date, Moment]:
        """Return the moments of those days of the past that the lock does not know."""
        wanted = self._wanted(url, facts)
        repository = named_repository(answer)
        if not wanted or repository is None or not isinstance(answer.get("number"), int):
            return {}
        events: list[Any] = []
        for page in range(1, _MOST_PAGES + 1):
            if not self._may_ask_of_the_past():
                return {}
            path = f"repos/{repository}/issues/{answer['number']}/events?per_page={_PER_PAGE}&page={page}"
            response = self._ask(path, self._get, _LIST_BYTES)
            events += _list(response)
            following = response.headers.get("link", "")
            last = _LAST_PAGE.search(following)
            if (last and int(last[1]) > _MOST_PAGES) or (page == _MOST_PAGES and _MANY.search(following)):
                return {day: Moment(state=facts.by_days(day)[0]) for day in wanted}
            if not _MANY.search(following) and len(events) < page * _PER_PAGE:
                break
        return moments(answer, events, wanted)

    def _with_releases(self, url: str, link: GitHubLink, facts: GitHubFacts) -> GitHubFacts:
        """Return the facts of a repository or release with the newest release of the repository, today and before."""
        path = f"repos/{link.repository}/releases?per_page={_PER_PAGE}"
        try:
            releases: list[Any] = self._once(
                "releases", link.repository.lower(), lambda: _list(self._ask(path, self._ask_public, _LIST_BYTES))
            )
        except FetchError:
            return facts
        name, day = newest_release(releases, self._today()) or (None, None)
        # Of a full page nobody knows what was before its oldest, and for those days it has no release.
        then = {it: newest_release(releases, it) for it in self._wanted(url, facts)}
        past = {it: Moment(release=found[0]) for it, found in then.items() if found}
        return replace(facts, release=name, released=day, past=past)

    def _wanted(self, url: str, facts: GitHubFacts) -> list[dt.date]:
        """Return the days whose Moments the lock does not know, of those that are over and on which the thing was."""
        card = self._known(url)
        told = card.github.past if card and card.github and card.github.kind == facts.kind else {}
        first, today = facts.created or dt.date.min, self._today()
        return sorted({day for day in self._days(url) if first <= day < today and day not in told})

    def _may_ask_of_the_past(self) -> bool:
        with self._mutex:
            self._past_left -= 1
            return self._past_left >= 0

    # --- asking ---------------------------------------------------------------------------------------------------

    def _commit(self, repository: str, reference: str) -> str | None:
        sha = _json_object(self._ask(f"repos/{repository}/commits/{quote(reference, safe='')}", self._get)).get("sha")
        return sha if isinstance(sha, str) and sha.startswith(reference) and _SHA.fullmatch(sha) else None

    def _address(self, path: str) -> str:
        return f"{self._api}/{path}"

    def _ask(self, path: str, get: Get, limit: int = _ANSWER_BYTES) -> Response:
        if self._refused:
            raise FetchError(f"{self._address(path)} was not asked: GitHub takes no more requests of this token")
        headers = {
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
            "Authorization": f"Bearer {self._token}",
        }
        try:
            response = get(self._address(path), headers=headers, max_bytes=limit)
        except StatusError as error:
            if not is_refused(error):
                raise
            with self._mutex:
                self._refused = True
            raise FetchError(explanation(error, self._token), status=error.status, code=error.reason) from error
        left = response.headers.get("x-ratelimit-remaining", "")
        if _FEW.fullmatch(left) and int(left) < _RESERVE:
            with self._mutex:
                self._past_left = 0
        return response

    def _once(self, kind: str, key: str, ask: Callable[[], Any]) -> Any:
        """Return what `ask` answers, or raise its error, where the first of many threads asks for all of them."""
        with self._mutex:
            asked = self._asked.get((kind, key))
            mine = self._asked[kind, key] = Future() if asked is None else asked
        if asked is None:
            try:
                mine.set_result(ask())
            except BaseException as error:  # any error is for the threads that wait for the answer
                mine.set_exception(without_frames(error) if isinstance(error, FetchError) else error)
        return mine.result()


def _calls_something_private(answer: Mapping[str, Any]) -> bool:
    """Whether an object says of itself, or of anything in it, that not everybody may see that."""
    left: list[Any] = [answer]
    while left:
        it = left.pop()
        if isinstance(it, dict):
            if it.get("private") is True or it.get("visibility", "public") != "public":
                return True
            left += it.values()
        elif isinstance(it, list):
            left += it
    return False


def _json_object(response: Response) -> Mapping[str, Any]:
    answer = response.json()
    if not isinstance(answer, dict):
        raise FetchError(f"{response.url} answered JSON that is no object")
    return answer


def _list(response: Response) -> list[Any]:
    answer = response.json()
    if not isinstance(answer, list):
        raise FetchError(f"{response.url} answered JSON that is no list")
    return answer
