"""Issues as values, and exports of them, without a project."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from neco_weekly.site.export.export_values import Around, Exported, IssueToExport, PictureFile
from neco_weekly.site.export.markdown_export import export_markdown

SITE = "https://neco.test/"

WORDS = {127: "alpha v1.25 → stable v1.36", 2254: "stable v1.25"}
"""What the badges of these KEPs say."""


def issue(body: str, **fields: Any) -> IssueToExport:
    """The issue of a day, with this body."""
    given: dict[str, Any] = {
        "path": "issues/2026/07/2026-07-10.md",
        "title": "Neco (2026-07-10)",
        "date": dt.date(2026, 7, 10),
        "site_name": "Neco Weekly",
        "correction": "訂正",
    }
    lines = range(1, body.count("\n") + 2)
    return IssueToExport(body=body, line_of=tuple(lines), **{**given, **fields})


def _link(written: str) -> tuple[str | None, str]:
    if written.startswith("../08/held.md"):
        return None, "is an issue that is not public"
    if written.startswith("javascript:"):
        return None, "may run a program"
    return (written, "") if "://" in written else (f"{SITE}{written.removesuffix('.md')}/", "")


def _picture(written: str) -> PictureFile | None:
    if "://" in written or written.startswith("data:"):
        return None
    if written.startswith(".."):
        return PictureFile(path=written, why="lies outside of the docs folder")
    return PictureFile(path=written, file=Path("docs", written.lstrip("/")))


AROUND = Around(
    link=_link,
    picture=_picture,
    kep_words=WORDS.get,
    card_title=lambda card: card.text.title or "A page",
    link_title=lambda url: "A page",
)


def exported(body: str, target: str, **fields: Any) -> Exported:
    """What an issue with this body is at a target."""
    return export_markdown(issue(body, **fields), target, AROUND)


def text_of(found: Exported) -> str:
    """The text of an export without front matter and title."""
    (text,) = found.texts.values()
    if text.startswith("---\n"):
        text = text.partition("\n---\n\n")[2]
    return text.removeprefix("# Neco (2026-07-10)\n\n").removesuffix("\n")
