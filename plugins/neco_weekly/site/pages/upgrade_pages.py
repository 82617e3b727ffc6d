"""The pages of upgrades: the chooser, and one for each jump into a supported release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ...display.words import Strings
from ...model.keps import issue_url
from ...model.paths import COMPARE_PAGE, UPGRADE_PAGE
from .templates import DeferredPage
from .upgrade import UpgradeViews
from .upgrade_words import REMARKED, end_text, guide_url, replacement_text

Draw = Callable[..., str]
"""A function from a template, the path of a page and values to the page's body."""


def upgrade_path(old: str, new: str) -> str:
    """Return the path of an upgrade's page."""
    return UPGRADE_PAGE.format(old=old.removeprefix("v"), new=new.removeprefix("v"))


def upgrade_pages(views: UpgradeViews, words: Strings, draw: Draw) -> Iterator[DeferredPage]:
    """Yield the chooser and the pages of upgrades, not drawn yet; none where there are no two releases to compare.

    What they list stands elsewhere: search leaves them out.
    """
    if not views.has_pages:
        return
    title, chooser = words("upgrade.index_title"), partial(draw, "compare.html", COMPARE_PAGE, views=views)
    yield DeferredPage(path=COMPARE_PAGE, title=title, draw=chooser)
    for old, new in views.pairs:
        title, path = words("upgrade.title", old=old, new=new), upgrade_path(old, new)
        yield DeferredPage(path=path, title=title, draw=partial(draw_upgrade, views, draw, path, (old, new)))


def draw_upgrade(views: UpgradeViews, draw: Draw, path: str, pair: tuple[str, str]) -> str:
    """Return the body of an upgrade's page."""
    return draw(
        "upgrade.html",
        path,
        view=views.view(*pair),
        views=views,
        remarked=REMARKED,
        issue_url=issue_url,
        end_text=end_text,
        guide_url=guide_url,
        replacement_text=replacement_text,
    )
