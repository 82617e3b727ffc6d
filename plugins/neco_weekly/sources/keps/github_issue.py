"""A GitHub issue of kubernetes/enhancements: what is known of a KEP that has no kep.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress

from ...model.days import TOKYO, moment_at
from ...model.errors import FetchError
from ...model.keps import Absence, Enhancement, EnhancementState, Record, Source, Stage, parse_release
from ...model.sig_names import sig_name
from ...model.text import one_line, shortened
from ..http import Get, Response, StatusError
from ..http.rate_limit import retry_after

GITHUB_API = "https://api.github.com"
"""The address of GitHub's REST API (https://docs.github.com/rest)."""

_LONGEST_TITLE = 300


def read_issue(number: int, get: Get, *, api: str = GITHUB_API, token: str | None = None) -> Enhancement | Absence:
    """Return the KEP that GitHub's issue `number` describes, or why there is none.

    The token goes to `api` alone; `get` follows transferred issues without the token.

    Raises:
        FetchError: anything but an issue, a pull request, or a definite no (404, 410).
    """
    url = f"{api.rstrip('/')}/repos/kubernetes/enhancements/issues/{number}"
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        issue = _json_object(get(url, headers=headers))
    except FetchError as error:
        if error.gone and error.status is not None:  # no host of that name says nothing of the number
            return "not-found"
        raise FetchError(explanation(error, token), status=error.status, code=error.reason) from error
    if issue.get("pull_request"):
        return "pull-request"
    return _enhancement(number, issue, url=url)


def _json_object(response: Response) -> Mapping[str, object]:
    document = response.json()
    if not isinstance(document, dict):
        raise FetchError(f"{response.url} answered JSON that is no issue")
    return document


def is_refused(error: StatusError) -> bool:
    """Whether GitHub refuses the token, or takes no more requests for a while: the next would be refused as well."""
    used_up = error.status == 403 and ({"retry-after"} & error.headers.keys() or _is_used_up(error.headers))
    return error.status in (401, 429) or bool(used_up)


def explanation(error: FetchError, token: str | None) -> str:
    """Return the sentence on a failed request for a person: GitHub says "403 Forbidden" where it means "later"."""
    headers = error.headers if isinstance(error, StatusError) else {}
    if error.status == 401:
        return "GitHub does not accept the token; check GITHUB_TOKEN"
    if isinstance(error, StatusError) and is_refused(error):
        advice = "wait, or use another GITHUB_TOKEN" if token else "set GITHUB_TOKEN to have a higher one"
        return f"GitHub's rate limit is used up{_until(headers)}; {advice}"
    return str(error)


def _is_used_up(headers: Mapping[str, str]) -> bool:
    return headers.get("x-ratelimit-remaining") == "0"


def _until(headers: Mapping[str, str]) -> str:
    """Return when to ask GitHub again: the limit of an hour names a moment, that of bursts some seconds."""
    if _is_used_up(headers):
        with suppress(KeyError, ValueError):
            return f" until {moment_at(int(headers['x-ratelimit-reset'])):%Y-%m-%d %H:%M} Asia/Tokyo"
    seconds = retry_after(headers.get("retry-after", ""))
    return "" if seconds is None else f" for {seconds:.0f} s"


def _enhancement(number: int, issue: Mapping[str, object], *, url: str) -> Enhancement:
    """Return the KEP of an issue; `raw["state"]` holds `open` or `closed`, which say nothing of the KEP's status."""
    title = issue.get("title")
    if not isinstance(title, str) or not one_line(title):
        raise FetchError(f"{url} answered JSON that is no issue: it has no title")
    stages = [stage for name in _labels_of("stage", issue) if (stage := Stage.parse(name))]
    sigs = [sig for name in _labels_of("sig", issue) if (sig := sig_name(f"sig-{name}"))]
    milestone, open_or_closed = issue.get("milestone"), issue.get("state")
    state = EnhancementState(
        title=shortened(one_line(title), _LONGEST_TITLE),
        sig=next(iter(sigs), None),
        stage=max(stages, key=lambda stage: stage.order, default=None),
        latest_milestone=parse_release(milestone.get("title")) if isinstance(milestone, dict) else None,
        raw={"state": one_line(open_or_closed)} if isinstance(open_or_closed, str) else {},
    )
    source = Source(kind="github-issue", date=_day(issue.get("updated_at")))
    seen = (Record(state=state, source=source, observed=True),) if source.date else ()
    return Enhancement(number=number, state=state, source=source, history=seen)


def _labels_of(kind: str, issue: Mapping[str, object]) -> Iterator[str]:
    """Yield the names of one kind of labels: `node` for `sig/node`; labels come as `{name, …}` or as plain names."""
    labels = issue.get("labels")
    for label in labels if isinstance(labels, list) else []:
        name = label.get("name") if isinstance(label, dict) else label
        if isinstance(name, str) and name.startswith(f"{kind}/"):
            yield one_line(name.removeprefix(f"{kind}/"))


def _day(written: object) -> dt.date | None:
    try:
        moment = dt.datetime.fromisoformat(str(written))
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(TOKYO).date()
    except (ValueError, OverflowError):
        return None
