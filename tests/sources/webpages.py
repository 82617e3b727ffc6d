"""Pages in a line of HTML, and a web of saved answers."""

from __future__ import annotations

import json
from collections.abc import Mapping

from neco_weekly.model.extraction import Extraction
from neco_weekly.sources.http import Response, StatusError
from neco_weekly.sources.pages.read import extract_page

URL = "https://blog.example.jp/2022/page.html"
TITLE = "<title>A title</title>"


def page(html: str, *, url: str = URL) -> Extraction:
    return extract_page(html.encode(), url=url, content_type="text/html; charset=utf-8")


def linked(document: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(document, ensure_ascii=False)}</script>'


def answered(text: str, *, url: str = URL) -> Response:
    return Response(url=url, status=200, headers={"content-type": "text/html; charset=utf-8"}, body=text.encode())


class Web:
    """Answers by address: a text is a page, an object is JSON; all else is 404. `asked` are requests with headers."""

    def __init__(self, answers: Mapping[str, object]) -> None:
        self._answers = answers
        self.asked: list[tuple[str, Mapping[str, str], int | None]] = []

    @property
    def addresses(self) -> list[str]:
        return [address for address, *_ in self.asked]

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        self.asked.append((url, headers or {}, max_bytes))
        answer = self._answers.get(url)
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, str):
            return answered(answer, url=url)
        if answer is None:
            raise StatusError(f"{url} answered 404 Not Found", status=404, headers={})
        return Response(url=url, status=200, body=json.dumps(answer, ensure_ascii=False).encode())
