"""Release posts: which KEPs they list, of which release, from where; a table of posts in Markdown and HTML."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.model.errors import NecoError
from neco_weekly.model.keps import Stage
from neco_weekly.model.official_lists import ReleasePost
from neco_weekly.sources.announcements.post import MAX_BYTES, read_post

TODAY = dt.date(2026, 7, 24)
ADDRESS = "https://kubernetes.io/blog/2025/12/17/kubernetes-v1-35-release/"

LISTED = """---
layout: blog
title: "Kubernetes v1.35: Sleeping Bear"
date: 2025-12-17T10:30:00-08:00
slug: kubernetes-v1-35-release
---

## New features in Beta

*A selection.* This work was done as part of [KEP #1](https://kep.k8s.io/1).

## Graduations, deprecations, and removals in v1.35

### Graduations to stable

All of them. This release has a total of 4 enhancements that are stable now, see [KEP-2](https://kep.k8s.io/2):

* [Beds for Nodes](https://kep.k8s.io/4540)
* [Names
  of Pods](https://github.com/kubernetes/enhancements/issues/5067), which needs [another](https://kep.k8s.io/3)
    * its details are in [KEP-4](https://kep.k8s.io/4)
- [KEP-77: A Nap](https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/859-nap)
* A pull request is none: [#6](https://github.com/kubernetes/enhancements/pull/6)
* Without a link, KEP-1287 is named
* Without a number

Some text of the end, [KEP-8](https://kep.k8s.io/8).

### Deprecations and removals

* [Old Beds](https://kep.k8s.io/9)
"""

SECTIONS = """# Kubernetes v1.37: Cat

## Features graduating to Stable

This release includes a total of 3 enhancements promoted to Stable:

### Naps

Better than [KEP-5](https://kep.k8s.io/5) was.

This work was done as part of [KEP #5823](https://www.kubernetes.dev/resources/keps/5823/) led by SIG Node.

### Beds and Pillows

Done as part of KEP #4802 and KEP-4885 by SIG Windows.

## Features graduating to Beta

### Dreams

Done as part of [KEP \\#6001](https://kep.k8s.io/6000).

## Features in Alpha

### Nightmares

Done as part of [KEP #7](https://kep.k8s.io/7).
"""

HTML = """<!doctype html><html><head><title>Kubernetes v1.34: Of Wind | Kubernetes</title></head><body>
<nav><ul><li><a href="https://kep.k8s.io/1">x</a></li></ul></nav>
<h3 id="graduations-to-stable">Graduations to <em>stable</em><a href="#graduations-to-stable">#</a></h3>
<p>A total of 2 enhancements.</p>
<ul><li><a href="https://kep.k8s.io/4369">Signs</a><ul><li><a href="https://kep.k8s.io/2">more</a></li></ul></li>
<li><script>x</script><a href="javascript:alert(1)">bad</a> <a href="https://kep.k8s.io/3939">Jobs</a></li></ul>
<h3>Deprecations</h3><ul><li><a href="https://kep.k8s.io/9">Old</a></li></ul></body></html>"""


def read(text: str, source: str = "post.md") -> ReleasePost:
    return read_post(text, source=source, today=TODAY)


def told(text: str, source: str = "post.md") -> tuple[str, dict[Stage, tuple[int, ...]], dict[Stage, int]]:
    found = read(text, source)
    return found.release, dict(found.official.stages), dict(found.official.claimed)


def test_the_list_of_a_post_has_one_kep_for_each_item() -> None:
    assert told(LISTED) == ("v1.35", {Stage.STABLE: (859, 1287, 4540, 5067)}, {Stage.STABLE: 4})


def test_sections_say_of_which_kep_they_are_part() -> None:
    lists = {Stage.STABLE: (4802, 4885, 5823), Stage.BETA: (6000,)}
    assert told(SECTIONS) == ("v1.37", lists, {Stage.STABLE: 3})


def test_a_page_of_html_is_read_as_its_markdown_is() -> None:
    assert told(HTML, ADDRESS) == ("v1.34", {Stage.STABLE: (3939, 4369)}, {Stage.STABLE: 2})


def simple(heading: str, *, title: str = "# Kubernetes v1.31: Elli") -> str:
    return f"{title}\n\n{heading}\n\n- [A](https://kep.k8s.io/24)\n"


HEADINGS = {
    "### Graduations to Stable": [Stage.STABLE],
    "### Graduated to stable": [Stage.STABLE],
    "## Features graduating to GA": [Stage.STABLE],
    "### Graduations to *stable* ###": [Stage.STABLE],
    "### Features that graduated to General Availability": [Stage.STABLE],
    "#### Graduations to beta {#beta}": [Stage.BETA],
}


def test_headings_that_announce_a_list() -> None:
    assert {it: list(read(simple(it)).official.stages) for it in HEADINGS} == HEADINGS


NAMED = {
    ("# Kubernetes 1.31: Elli", "post.md"): "v1.31",
    ("---\ntitle: 'Kubernetes v1.9: Old'\n---", "post.md"): "v1.9",
    ("", "https://kubernetes.io/blog/2025/12/17/kubernetes-v1-35-release/"): "v1.35",
    ("", "2025-11-12-kubernetes-1.34-release.md"): "v1.34",
    ("# What is new, at last", "https://kubernetes.io/blog/2026/01/12/kubernetes-1-36/"): "v1.36",
}


def test_the_release_that_a_post_is_about() -> None:
    found = {case: read(simple("## Graduated to stable", title=case[0]), case[1]).release for case in NAMED}
    assert found == NAMED


SOURCES = {
    (LISTED, "/home/me/post.md"): (ADDRESS, dt.date(2025, 12, 17)),
    (simple("## Graduated to stable"), "post.md"): ("post.md", TODAY),
    (HTML, ADDRESS): (ADDRESS, dt.date(2025, 12, 17)),
    (HTML, "https://kubernetes.io/blog/2025/13/45/x/"): ("https://kubernetes.io/blog/2025/13/45/x/", TODAY),
    (LISTED.replace("slug: k", "slug: ../k"), "post.md"): ("post.md", dt.date(2025, 12, 17)),
    (LISTED, "https://example.org/copy"): ("https://example.org/copy", dt.date(2025, 12, 17)),
}


def test_where_a_list_was_read_and_its_day() -> None:
    lists = {case: read(*case).official for case in SOURCES}
    found = {case: (it.source, it.date) for case, it in lists.items()}
    assert found == SOURCES


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("# Kubernetes v1.35\n\nNothing graduated.\n", "has no list of KEPs below a heading"),
        ("# A Post\n\n## Graduated to stable\n\n* [A](https://kep.k8s.io/1)\n", "names no release"),
        ("", "names no release"),
        ("<html></html>", "names no release"),
        (simple("## Graduated to stable").replace("https://kep.k8s.io/24", "https://evil.example/24"), "has no list"),
        ("x" * (MAX_BYTES + 1), "has more than"),
    ],
    ids=["no-list", "no-release", "empty", "empty-html", "no-kep", "too-long"],
)
def test_what_is_no_release_post_is_told_in_one_sentence(text: str, wrong: str) -> None:
    with pytest.raises(NecoError, match=rf"^notes\.txt: .*{wrong}"):
        read(text, "notes.txt")


HOSTILE = {
    "comments": "<!-- " * 50_000,
    "fences": "```\n~~~\n" * 50_000,
    "brackets": "### Graduated to stable\n" + "* [" * 100_000,
    "items": "### Graduated to stable\n" + "* [x](https://kep.k8s.io/99999999999)\n" * 30_000,
    "one line": "* " + "https://" * 100_000,
    "headings": "# graduated to\n" * 50_000,
    "tags": "<ul>" * 20_000 + "<li>" * 20_000,
    "part of": "## Graduated to stable\n### x\n" + "as part of " * 100_000,
}


def test_hostile_posts_end() -> None:
    for text in HOSTILE.values():
        with pytest.raises(NecoError):
            read(text, "kubernetes-1.35.md")
