"""An issue with every form of our Markdown is drawn alike by every host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest
from bs4 import Tag

from tests.forms import SAMPLES, write_forms
from tests.hosts.test_every_host import DATE, HOSTS
from tests.sites import PROJECT, copied, issue_path

OF_HOSTS = (
    "script, #__skip, h1, .neco-paper, .neco-issue-keps, .neco-issue-topics, .neco-releases-now, .neco-related"
    ", .neco-since, .neco-head, .neco-end"
)
"""What a host adds, what only an issue has of which a host says that it is one, and what other issues have it say."""
NOTES = re.compile(r' data-(?:search-exclude|neco-preview)="\w*"')
ADDRESSES = re.compile(r'(href|src)="(?!#)[^"]*"')


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The issue as a host draws it, once, without its addresses."""
    known: dict[str, str] = {}

    def once(host: str) -> str:
        if host not in known:
            folder = copied(PROJECT, tmp_path_factory.mktemp(host))
            shutil.rmtree(folder.docs / "issues")  # whose KEPs would have seventy pages
            write_forms(folder)
            text = (SAMPLES / "every.md").read_text(encoding="utf-8")
            _, front_matter, body = text.split("---\n", 2)
            # Front matter is an affair of hosts: plain Markdown has none, and keeps line ends where all is told so.
            folder.write(issue_path(DATE), body if host == "plain" else f"---\n{front_matter}---\n{body}")
            known[host] = _text(HOSTS[host](folder.root, "mkdocs.yml").content)
        return known[host]

    return once


def _text(content: Tag) -> str:
    for gone in content.select(OF_HOSTS):
        gone.decompose()
    for link in content.select("a.neco-zoom"):  # pictures that open large are an affair of the plugin
        link.unwrap()
    article = content.select_one("article") or content.select_one("body")
    assert article is not None
    return ADDRESSES.sub("", NOTES.sub("", article.decode_contents())).replace(">", ">\n")


@pytest.mark.parametrize("host", ["properdocs", "zensical"])
def test_every_host_draws_every_form_alike(drawn: Callable[[str], str], host: str) -> None:
    assert drawn(host).split() == drawn("mkdocs").split()


def test_plain_markdown_lacks_only_what_hosts_know(drawn: Callable[[str], str]) -> None:
    """Front matter says that line ends are breaks, and a site has the files of pictures, whose sizes are known."""
    of_hosts = re.compile(r'<br/>|(?:height|width)="\d+"|\s+')
    plain, site = (of_hosts.sub("", drawn(host)) for host in ("plain", "mkdocs"))
    assert plain == site
