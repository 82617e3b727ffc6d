"""What GitHub's API and raw files say of a page of GitHub, beside the page itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from ...model.cards import Card
from ...model.errors import FetchError
from ...model.github import Code, GitHubFacts
from ..http import Get
from ..keps.github_issue import GITHUB_API
from .accounts import Account
from .github import GitHubLink
from .github_api import Days, GitHubApi
from .github_code import GITHUB_RAW, GitHubCode


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubAnswer:
    """What GitHub said of a page: accounts of the page, facts, lines of code, and what could not be asked."""

    accounts: tuple[Account, ...] = ()
    facts: GitHubFacts | None = None
    code: Code | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHub:
    """The readers of GitHub for the pages of a run: the API where there is a token, and lines of code."""

    api: GitHubApi | None
    code: GitHubCode

    @classmethod
    def of(
        cls,
        get: Get,
        *,
        api: str = GITHUB_API,
        raw: str = GITHUB_RAW,
        token: str | None = None,
        ask_public: Get | None = None,
        days: Days = lambda _: (),
        known: Callable[[str], Card | None] = lambda _: None,
    ) -> Self:
        """Return the readers for a run; the parameters are those of GitHubApi and GitHubCode."""
        asked = GitHubApi(get, token=token, api=api, ask_public=ask_public, days=days, known=known) if token else None
        code = GitHubCode(get=get, raw=raw, known=known, commit=asked.commit if asked else lambda *_: None)
        return cls(api=asked, code=code)

    def ask(self, url: str) -> GitHubAnswer:
        """Return what GitHub says of a page; nothing of a page elsewhere."""
        link = GitHubLink.parse(url)
        if link is None:
            return GitHubAnswer()
        problems: list[str] = []
        account, facts, code = None, None, None
        try:
            account, facts = (self.api.account(url, link) if self.api else None) or (None, None)
        except FetchError as error:
            problems.append(str(error))
        with suppress(FetchError):  # the card is whole without them, and the page says whether the file is there
            code = self.code.lines(url, link)
        return GitHubAnswer(accounts=(account,) if account else (), facts=facts, code=code, problems=tuple(problems))
