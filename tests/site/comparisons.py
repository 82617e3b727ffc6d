"""Comparisons of releases as a page has them and as the chooser's script draws them, in one form."""

from __future__ import annotations

import itertools
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from neco_weekly.site.own_paths import MARKDOWN_LINK
from neco_weekly.site.pages import Site, directory_address
from neco_weekly.site.pages.upgrade_data import CHANGES_FILE
from neco_weekly.site.pages.upgrade_pages import Draw, draw_upgrade, upgrade_path

from tests.site.search.node import run_node

SCRIPT = Path(__file__).parent / "scripts" / "drawn-comparisons.mjs"

Node = list[Any]
"""An element as `[tag, attributes, children…]`; texts without the white space around them."""


def changes_of(site: Site) -> dict[str, Any]:
    """The data of the chooser."""
    (file,) = [it for it in site.data() if it.path == CHANGES_FILE]
    document: dict[str, Any] = json.loads(file.content)
    return document


def all_pairs(site: Site) -> list[tuple[str, str]]:
    """All pairs of releases that a reader may choose, older first."""
    return list(itertools.combinations(site.upgrades.to_choose, 2))


def drawn_by_page(site: Site, pairs: Iterable[tuple[str, str]]) -> list[list[Node]]:
    """What the pages of pairs have, whether the site has such pages or not."""
    return [list(_page(site, *pair)) for pair in pairs]


def _page(site: Site, old: str, new: str) -> Iterator[Node]:
    path = upgrade_path(old, new)
    draw: Draw = site._draw
    body = MARKDOWN_LINK.sub(lambda it: _resolved(it, path), draw_upgrade(site.upgrades, draw, path, (old, new)))
    (found,) = ElementTree.fromstring(f"<div>{body}</div>").iterfind("div[@class='neco-upgrade']")
    yield from map(_node, found)


def _resolved(link: re.Match[str], path: str) -> str:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link[1])))
    return f'href="{directory_address(target)}{link[2]}"'


def _node(element: Element) -> Node:
    parts: list[Any] = [element.text or ""]
    for child in element:
        parts += [_node(child), child.tail or ""]
    return [element.tag, dict(element.attrib), *_without_space(parts)]


def drawn_by_script(data: Mapping[str, Any], pairs: Iterable[tuple[str, str]]) -> list[list[Node]]:
    """What the script draws of pairs of releases, with addresses from the site's root."""
    run = run_node(SCRIPT, stdin=json.dumps({"data": data, "pairs": list(pairs)}))
    assert (run.returncode, run.stderr) == (0, "")
    found: list[list[Node]] = json.loads(run.stdout)
    return [[_from_root(it, f"{data['root']}/") for it in nodes] for nodes in found]


def _from_root(node: Node, root: str) -> Node:
    tag, attributes, *children = node
    said = {name: value.removeprefix(root) if name == "href" else value for name, value in attributes.items()}
    return [tag, said, *_without_space([it if isinstance(it, str) else _from_root(it, root) for it in children])]


def _without_space(parts: Iterable[Any]) -> Iterator[Any]:
    for it in parts:
        if not isinstance(it, str):
            yield it
        elif text := it.strip():
            yield text


def texts(nodes: Iterable[Any]) -> Iterator[str]:
    """Yield all texts of nodes, in order."""
    for it in nodes:
        if isinstance(it, str):
            yield it
        else:
            yield from texts(it[2:])
