"""The style sheets that a page needs: those of every page, and groups of others, each by what stands on the page.

A first view on a phone is to be light, and most sheets are for one kind of page. A group is found by names that its
parts of a page have; `tests/browser` fails where a page has something that a sheet left out would draw otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COMMON = tuple("base sizes badges details lists boxes head access feeds search reading".split())
"""The sheets of every page, in their order."""

COMMON_OF_DESIGN = ("design_page", "design_header")
"""The sheets that follow them where the site has our design (decision 0056)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleGroup:
    """Style sheets that pages load together, in their order, and a pattern of what they draw.

    The pattern looks at the `_NAMES` and the `_CLASSES_OF_OTHERS` of a page. `is_for_text`: whatever a writer
    writes may need them, so that every page of a writer's has them.
    """

    sheets: tuple[str, ...]
    looks_for: re.Pattern[str]
    is_for_text: bool = False


def _group(sheets: str, looks_for: str, *, is_for_text: bool = False) -> StyleGroup:
    return StyleGroup(sheets=tuple(sheets.split()), looks_for=re.compile(looks_for), is_for_text=is_for_text)


_NAMES = re.compile(r'neco-[\w-]*"?', re.ASCII)
"""What the parts of a page that are ours are called, with the sign that ends a value."""

_CLASSES_OF_OTHERS = ("admonition warning", "admonition correction")
"""The classes of boxes that are drawn by our sheets, too."""

GROUPS = (
    _group(
        "dialect diagrams examples card card_github",
        r"neco-(?:card|diagram)|admonition warning",
        is_for_text=True,
    ),
    _group(
        "later topics issue_keps issue",
        r"neco-(?:beside|correction|end|follow-up|issue-keps|issue-topics|kep-behind|kep__then|later|latest|related)"
        r"|neco-(?:release\"|releases-now|since|unbroken)|admonition correction",
    ),
    _group(
        "timeline about kep topic embed",
        r"neco-(?:timeline|what|wrote|history|milestone|gate|mentions|embed|more-of|odd|releases|slips|standing)",
    ),
    _group("following", r"neco-follow"),
    _group("my_release", r"neco-(?:at|my-release)\b"),
    _group(
        "filter kep_table topic_table setbacks changes links",
        r"neco-(?:filter|compare|kep-table|sig-table|kep-rows|archive-year|changes|links|setback)",
    ),
    _group("releases upgrade", r"neco-(?:row|totals|release-table|upgrade|compare)"),
)
"""The groups of sheets that only some pages need."""

HOME = _group("home", r"neco-(?:home|front|earlier|ways)")
"""The sheets of the home where the site has our design."""


def common_sheets(*, design: bool) -> tuple[str, ...]:
    """Return the names of the sheets that every page has."""
    return (*COMMON, *COMMON_OF_DESIGN) if design else COMMON


def groups(*, design: bool) -> tuple[StyleGroup, ...]:
    """Return the groups of a site's other sheets, in the order in which they follow one another."""
    return (*GROUPS, HOME) if design else GROUPS


def needed_sheets(html: str, *, design: bool, is_written: bool) -> Iterator[str]:
    """Yield the names of the sheets that a page needs beside the common ones, in their order.

    `is_written` tells pages with texts of writers from those that we generated.
    """
    # One look at the page for all groups: a look for each took an eighth of a build that changes nothing.
    named = " ".join({*_NAMES.findall(html), *(it for it in _CLASSES_OF_OTHERS if it in html)})
    for group in groups(design=design):
        if (is_written and group.is_for_text) or group.looks_for.search(named):
            yield from group.sheets
