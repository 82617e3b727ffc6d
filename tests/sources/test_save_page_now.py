"""Save Page Now: which request is sent, how many and how fast, and which answers name a copy."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from neco_weekly.model.errors import FailureCode, FetchError
from neco_weekly.sources.http import Http, Response, StatusError
from neco_weekly.sources.pages.wayback import SAVING_PAUSE, WAYBACK_SAVE, SavePageNow

from .sites import POLICY, Serve, redirect

PAGE = "https://blog.example.jp/a?b=1"
COPY = "https://web.archive.org/web/20261130041500/https://blog.example.jp/a?b=1"


class Archive:
    """An archive with one answer; `asked` are the requests and the pauses between them."""

    def __init__(self, answer: Response | FetchError) -> None:
        self.answer = answer
        self.asked: list[str | float] = []

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        assert max_bytes
        assert not headers
        self.asked.append(url)
        if isinstance(self.answer, FetchError):
            raise self.answer
        return self.answer

    @property
    def saving(self) -> SavePageNow:
        return SavePageNow(self.get, sleep=self.asked.append)


def answer(url: str = f"{WAYBACK_SAVE}{PAGE}", **headers: str) -> Response:
    return Response(url=url, status=200, headers={name.replace("_", "-"): it for name, it in headers.items()})


@pytest.mark.parametrize(
    ("said", "copy"),
    [
        pytest.param(answer(COPY), COPY, id="where it led"),
        pytest.param(answer(content_location=COPY.removeprefix("https://web.archive.org")), COPY, id="by a header"),
        pytest.param(answer(), None, id="a page that says that one is being made"),
        pytest.param(answer(content_location="/web/2026*/https://blog.example.jp/"), None, id="no moment"),
        pytest.param(answer(COPY.replace("web.archive", "evil.archive")), None, id="elsewhere"),
        pytest.param(answer(content_location=f"//evil.example{COPY[23:]}"), None, id="elsewhere by a header"),
        pytest.param(answer(content_location=f'{COPY}"><script>'), None, id="markup"),
        pytest.param(answer(COPY + "x" * 2_000), None, id="too long"),
    ],
)
def test_answers(said: Response, copy: str | None) -> None:
    assert Archive(said).saving.keep(PAGE) == copy


def test_one_at_a_time_with_a_pause_between() -> None:
    archive = Archive(answer(COPY))
    saving = archive.saving
    for url in (f"{PAGE}#part", "https://blog.example.jp/b"):
        saving.keep(url)
    assert archive.asked == [f"{WAYBACK_SAVE}{PAGE}", SAVING_PAUSE, f"{WAYBACK_SAVE}https://blog.example.jp/b"]


def test_an_answer_that_takes_long_is_no_failure() -> None:
    assert Archive(FetchError("took longer than 90 s", code=FailureCode.TIMEOUT)).saving.keep(PAGE) is None


@pytest.mark.parametrize("status", [403, 429, 520])
def test_a_refusal_is_told(status: int) -> None:
    with pytest.raises(FetchError) as caught:
        Archive(StatusError("refused", status=status, headers={})).saving.keep(PAGE)
    assert caught.value.status == status


def test_a_copy_behind_a_redirect(serve: Serve) -> None:
    copy = "/web/20261130041500/https://blog.example.jp/a"
    site = serve({f"/save/{PAGE}": redirect(copy), copy: (200, {}, b"a copy")})
    saving = SavePageNow(Http(POLICY).get, address=f"{site.url}/save/")
    assert saving.keep(PAGE) == f"{site.url}{copy}"
