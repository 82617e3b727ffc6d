"""Pages of the sample site with as many rows as years will bring: rows that it has, again and again."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.chromium import KINDS, Served

TABLE, LIST = KINDS["kep-table"], KINDS["links"]
ROWS_OF_TABLE, ROWS_OF_LIST = 700, 5000
IN_A_YEAR = 360


def lengthen(page: Page, site: Served) -> None:
    """From now on the table of all KEPs has 700 rows, and the list of all links 5000."""
    page.route(f"**/{TABLE}", lambda route: route.fulfill(content_type="text/html", body=long_table(site)))
    page.route(f"**/{LIST}", lambda route: route.fulfill(content_type="text/html", body=long_list(site)))


def long_table(site: Served) -> str:
    """Each row under another number."""
    text = (site.folder / TABLE / "index.html").read_text(encoding="utf-8")
    start, end = text.index("<tbody>", text.index("neco-kep-table")) + 7, text.rindex("</tbody>")
    found = re.findall(r"<tr data-.+?</tr>", text[start:end], re.DOTALL)
    number = '<th class="neco-number" scope="row">'
    turns = range(1, ROWS_OF_TABLE + 1)
    many = [re.sub(f"{number}\\d+", f"{number}{turn}", found[turn % len(found)]) for turn in turns]
    return text[:start] + "".join(many) + text[end:]


def long_list(site: Served) -> str:
    """Years of 360 rows."""
    text = (site.folder / LIST / "index.html").read_text(encoding="utf-8")
    start, end = text.index("<section "), text.rindex("</section>") + len("</section>")
    found = re.findall(r"<li data-site=.+?</li>", text[start:end], re.DOTALL)
    many = [found[turn % len(found)] for turn in range(ROWS_OF_LIST)]
    years = [
        _year(2026 - place, many[place * IN_A_YEAR : (place + 1) * IN_A_YEAR])
        for place in range(-(-ROWS_OF_LIST // IN_A_YEAR))
    ]
    return text[:start] + "".join(years) + text[end:]


def _year(year: int, rows: list[str]) -> str:
    heading = f'<h2 id="{year}">{year}年 <small data-count="{{count}} 件"></small></h2>'
    opened = f'<ul class="neco-links" data-length="{len(rows)}" data-years="{year}" data-state="alive">'
    return f'<section class="neco-year">{heading}{opened}{"".join(rows)}</ul></section>'
