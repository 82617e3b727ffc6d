"""Pages in the shape of the sites that such a newsletter links to, and what is read from each of them.

Each case is `NAME.json` in `tests/data/pages`: the address, what else is answered (GitHub's API, oEmbed), and what is
`found` or the `error`; `NAME.html` is the page itself, in our own words, unless `pages` names another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Get, Response, StatusError
from neco_weekly.sources.pages.read import read_page

from .encodings import ENCODERS

PAGES = Path(__file__).parents[1] / "data/pages"
CASES = sorted(it.stem for it in PAGES.glob("*.json"))


def saved(name: str) -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return document


def answers(name: str, case: Mapping[str, Any]) -> Get:
    """The web of one case; all else is 404."""
    pages = {case["url"]: name, **case.get("pages", {})}

    def get(url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        is_api = url.startswith("https://api.github.com/")
        assert ((headers or {}).get("Authorization") == "Bearer secret") == is_api
        if url in case.get("answers", {}):
            return Response(url=url, status=200, body=json.dumps(case["answers"][url]).encode())
        file = PAGES / f"{pages.get(url)}.html"
        if url not in pages or not ("body" in case or file.exists()):
            raise StatusError(f"{url} answered 404 Not Found", status=404, headers={})
        text = case.get("body") or file.read_text(encoding="utf-8")
        return Response(
            url=case.get("leads_to", url),
            status=200,
            headers={"content-type": case.get("content_type", "text/html; charset=utf-8")},
            body=ENCODERS[case.get("encoding", "utf-8")](text),
        )

    return get


@pytest.mark.parametrize("name", CASES)
def test_saved_page(name: str) -> None:
    case = saved(name)
    get = answers(name, case)
    if "error" in case:
        with pytest.raises(FetchError) as caught:
            read_page(case["url"], get, token=case.get("token"))
        assert str(caught.value) == case["error"]
    else:
        found = read_page(case["url"], get, token=case.get("token"))
        assert found.to_dict() == {"url": case["url"], **case["found"]}


def test_each_adapter_has_saved_pages() -> None:
    kinds = ("github-repository", "github-release", "github-pull-request", "github-issue", "github-blob-lines")
    wanted = {
        *kinds,
        *(f"{it}-api" for it in kinds),
        "youtube-watch",
        "speakerdeck",
        "slideshare",
        "docswell",
        "x-post",
    }
    assert wanted <= set(CASES)


def test_no_saved_page_is_forgotten() -> None:
    assert {it.stem for it in PAGES.glob("*.html")} <= set(CASES)
