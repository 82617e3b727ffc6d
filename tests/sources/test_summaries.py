"""What a README says that a KEP is about: the first paragraphs of its summary, as plain text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from neco_weekly.model.keps import Summary
from neco_weekly.model.text import CONTROL, whole_sentences
from neco_weekly.sources.keps.repository import open_repository
from neco_weekly.sources.keps.summaries import LONGEST, summary_of

from .repositories import KEP_127, GitFolder, kep, snapshot

README = KEP_127.replace("kep.yaml", "README.md")
LONG = "A node may sleep at night. " * 20

CASES: dict[str, tuple[str, str | None]] = {
    "the first paragraphs": (
        "# A\n\n## Summary\n\nNodes sleep\nat night.\n\nThen they wake.\n\n## Motivation\n\nNo more of this.",
        "Nodes sleep at night. Then they wake.",
    ),
    "whole paragraphs": (
        f"## Summary\n\nNodes sleep at night.\n\n{LONG}\n\nThen they wake again.\n\n{LONG}",
        f"Nodes sleep at night. {LONG}Then they wake again.",
    ),
    "a list between": ("## Summary\n\nNodes sleep at night.\n\n- a list\n\nOf no use alone.", "Nodes sleep at night."),
    "a list right below, between": ("## Summary\n\nNodes sleep at night.\n- a\n\nOf no use.", "Nodes sleep at night."),
    "code between": ("## Summary\n\nNodes sleep at night.\n\n```\nx\n```\n\nAs said above.", "Nodes sleep at night."),
    "a smaller heading between": (
        "## Summary\n\nNodes sleep at night.\n\n### Goals\n\nThey wake again.",
        "Nodes sleep at night.",
    ),
    "what leads to something": (
        "## Summary\n\nNodes sleep as follows:\n\nThey close their eyes.",
        "Nodes sleep as follows:",
    ),
    "right below the heading": ("## Summary\nNodes sleep at night.\n", "Nodes sleep at night."),
    "line ends of Windows": ("## Summary\r\n\r\nNodes sleep\r\nat night.\r\n", "Nodes sleep at night."),
    "another spelling": ("### SUMMARY ##\n\nNodes sleep at night.", "Nodes sleep at night."),
    "more in the heading": ("## Summary and Motivation\n\nNodes sleep at night.", "Nodes sleep at night."),
    "the section of that very name": (
        "## Summary of changes\n\nNo, not this.\n\n## Summary\n\nNodes sleep at night.",
        "Nodes sleep at night.",
    ),
    "no summary": ("# Nodes\n\nNodes sleep at night.\n\n## Summarized\n\nNo, not this.", None),
    "an empty summary": ("## Summary\n\n## Motivation\n\nNodes sleep at night.", None),
    "only a comment": ("## Summary\n\n<!-- Write what it is about. -->\n\n## Motivation\n\nNodes sleep.", None),
    "a comment before": (
        "## Summary\n<!--\nWrite\n\nwhat it is about.\n-->\nNodes sleep at night.",
        "Nodes sleep at night.",
    ),
    "a comment inside": ("## Summary\n\nNodes sleep <!-- really? --> at night.", "Nodes sleep at night."),
    "a comment without an end": ("## Summary\n\n<!-- Nodes sleep at night.", None),
    "a heading in a comment": (
        "<!-- ## Summary\n\nNo, not this. -->\n\n## Summary\n\nNodes sleep at night.",
        "Nodes sleep at night.",
    ),
    "what the template said": (
        "## Summary\n\nThe `Summary` section is incredibly important for producing high quality words.\n\n"
        "A good summary is probably at least a paragraph in length.\n\nTBD\n\nNodes sleep at night.",
        "Nodes sleep at night.",
    ),
    "no prose before": (
        "## Summary\n\n- a list\n\n1. another\n\n> words of others\n\n| a | table |\n\n![a picture](x.png)\n\n"
        "[target]: https://example.com\n\n---\n\n```sh\nrun this and that\n\n## Summary\n```\n\nNodes sleep at night.",
        "Nodes sleep at night.",
    ),
    "a list right below": (
        "## Summary\n\nNodes sleep in three ways:\n- at night\n- by day",
        "Nodes sleep in three ways:",
    ),
    "below a smaller heading": ("## Summary\n\n### In short\n\nNodes sleep at night.", "Nodes sleep at night."),
    "marks of Markdown": (
        "## Summary\n\n**Nodes** _sleep_ *at* `nodes[*].night_time` [for](https://a.jp/(x)) [hours][1] [alone] "
        "![x](y)<https://a.jp> a_b_c 2\\*3[^1].",
        "Nodes sleep at nodes[*].night_time for hours alone https://a.jp a_b_c 2*3.",
    ),
    "HTML": (
        "## Summary\n\nNodes <b onclick=alert(1)>sleep</b> &amp; wake <script>alert(1)</script>",
        "Nodes sleep & wake alert(1)",
    ),
    "code that looks like HTML": (
        "## Summary\n\nNodes read `<script>` and ``a ` b`` as text.",
        "Nodes read <script> and a ` b as text.",
    ),
    "whole sentences": (f"## Summary\n\n{LONG}{LONG}", f"{LONG}{LONG[:53]}"),
    "one endless sentence": (f"## Summary\n\n{'sleeping ' * 90}", f"{('sleeping ' * 66).strip()}…"),
    "one endless word": (f"## Summary\n\nNodes sleep {'x' * 900}", "Nodes sleep…"),
    "too few words": ("## Summary\n\nSee below.\n\nNodes sleep at night.", "Nodes sleep at night."),
}


def test_what_a_readme_says() -> None:
    told = {name: found for name, (readme, said) in CASES.items() if (found := summary_of(readme)) != said}
    assert told == {}
    assert all(said is None or len(said) <= LONGEST for _, said in CASES.values())


def test_a_full_stop_that_ends_no_sentence() -> None:
    text = "It runs since v1.25 e.g. on nodes, i.e. machines. It sleeps, too."
    assert whole_sentences(text, 60) == "It runs since v1.25 e.g. on nodes, i.e. machines."
    assert whole_sentences(text, 40) == "It runs since v1.25 e.g. on nodes, i.e.…"
    assert whole_sentences("眠ります。起きます。働きます。", 12) == "眠ります。起きます。"


def test_hostile_readmes_take_no_time_and_are_plain_lines() -> None:
    for sign in (
        "<!--",
        "`",
        "```\n",
        "[",
        "](",
        "**",
        "_",
        "*a ",
        "# \n",
        "#" * 9 + " ",
        "<a ",
        "\x00\x1b\u202e",
        "\n \n",
        "- \n",
    ):
        found = summary_of(f"## Summary\n\nNodes sleep at night {sign * 200_000}")
        assert found is None or (len(found) <= LONGEST and not CONTROL.search(found)), sign


def test_a_repository_tells_them_with_file_and_day(upstream: GitFolder, cache: Path) -> None:
    said = "# A\n\n## Summary\n\nNodes sleep at night.\n"
    upstream.commit({KEP_127: kep(), "keps/sig-a/1-b/kep.yaml": kep(1), README: said}, at="2024-01-01T00:00:00Z")
    upstream.commit({README: said + "\n## More\n"}, at="2024-02-01T20:00:00Z")
    upstream.commit({KEP_127: kep(stage="beta")}, at="2024-03-01T00:00:00Z")
    found = snapshot(upstream, cache).enhancements
    assert found[1].summary is None
    assert found[127].summary == Summary(text="Nodes sleep at night.", path=README, date=dt.date(2024, 2, 2))
    assert snapshot(upstream, cache).enhancements == found  # from the cache


def test_a_partial_clone_has_the_readmes_of_today_and_no_older_ones(upstream: GitFolder, cache: Path) -> None:
    def said(words: str) -> str:
        return f"## Summary\n\n{words}\n\n## Motivation\n\n{'Long. ' * 2000}"

    upstream.commit({KEP_127: kep(), README: said("Nodes sleep at noon."), "keps/notes.md": said("No.")})
    upstream.commit({README: said("Nodes sleep at night.")})
    repository = open_repository(f"file://{upstream.path}", cache_dir=cache)
    summary = repository.snapshot().enhancements[127].summary
    assert summary
    assert summary.text == "Nodes sleep at night."
    assert len(repository.repository.missing_below("HEAD")) == 2  # of the past
    upstream.commit({README: said("Nodes sleep by day.")})
    summary = open_repository(f"file://{upstream.path}", cache_dir=cache).snapshot().enhancements[127].summary
    assert summary
    assert summary.text == "Nodes sleep by day."
