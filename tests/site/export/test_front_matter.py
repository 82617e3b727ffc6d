"""Front matter and names as Zenn and Qiita want them, and where an issue was published besides."""

from __future__ import annotations

import re

import pytest
import yaml
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.front_matter_values import places_of
from neco_weekly.site.export.also_places import with_place
from neco_weekly.site.export.article_front_matter import (
    SLUG,
    no_front_matter,
    qiita_front_matter,
    zenn_front_matter,
    zenn_slug,
)

from tests.site.export.exporting import exported, issue

TAGS = ("C++", "Kubernetes", "a" * 19, "KEP", "クラスター 運用", "one", "two", "+")


def test_front_matter_of_zenn_is_within_its_rules() -> None:
    text, remarks = zenn_front_matter(issue("", title="猫" * 69 + "🐈x", tags=TAGS, meta={"description": "d"}))
    said = yaml.safe_load(text.strip("-\n"))
    assert len(said["title"].encode("utf-16-le")) // 2 <= 70
    assert said["topics"] == ["C", "Kubernetes", "KEP", "クラスター運用", "one"]
    assert (said["emoji"], said["type"], said["published"]) == ("🐈", "tech", True)
    assert re.search(r"^published: true\npublished_at: 2026-07-10$", text, re.MULTILINE)
    assert [it.partition(":")[0] for it in remarks] == [
        "title",
        "tag 'C++'",
        "tag 'クラスター 運用'",
        f"tag {'a' * 19!r}",
        "tag 'two'",
        "tag '+'",
        "description of front matter",
    ]


def test_front_matter_of_zenn_keeps_what_is_zenns_own() -> None:
    meta = {"emoji": "🦉", "type": "idea", "publication_name": "neco"}
    said = yaml.safe_load(zenn_front_matter(issue("", meta=meta, is_public=False))[0].strip("-\n"))
    assert (said["emoji"], said["type"], said["publication_name"], said["published"]) == ("🦉", "idea", "neco", False)
    assert "published_at" not in said  # a day to come with `published: false` is an error there


@pytest.mark.parametrize("title", ['a"b\\', "a: b # c", "- [x]", "}{", "'", "---", "\u2028x", "&a *b !c"])
def test_hostile_title_is_a_string_of_yaml(title: str) -> None:
    for write in (zenn_front_matter, qiita_front_matter):
        assert yaml.safe_load(write(issue("", title=title))[0].strip("-\n"))["title"] == title


@pytest.mark.parametrize(
    ("path", "fields", "slug"),
    [
        ("issues/2026-07-10.md", {}, "neco-weekly-2026-07-10"),
        ("issues/2026-07-10.md", {"site_name": "ねこ"}, "issue-2026-07-10"),
        ("issues/Weekly_Notes-of 2026.md", {}, "weekly_notes-of-2026"),
        ("issues/x.md", {"site_name": ""}, "weekly-note-issue-x"),
        ("issues/2026-07-10.md", {"site_name": "n" * 80}, f"{'n' * 39}-2026-07-10"),
        ("issues/2026-07-10.md", {"also": ("https://zenn.dev/neco/articles/0123456789abcd",)}, "0123456789abcd"),
    ],
)
def test_slug_is_within_the_rules(path: str, fields: dict[str, object], slug: str) -> None:
    found = zenn_slug(issue("", path=path, **fields))
    assert found == slug
    assert SLUG.fullmatch(found)


def test_front_matter_of_qiita() -> None:
    text, remarks = qiita_front_matter(issue("", tags=("a b", "c")))
    assert yaml.safe_load(text.strip("-\n")) == {
        "title": "Neco (2026-07-10)",
        "tags": ["ab", "c"],
        "private": False,
        "updated_at": "",
        "id": None,
        "organization_url_name": None,
        "slide": False,
        "ignorePublish": False,
    }
    assert remarks == []
    draft, [told] = qiita_front_matter(issue("", is_public=False))
    assert yaml.safe_load(draft.strip("-\n"))["private"] is True
    assert told.startswith("tags: Qiita wants one")


def test_what_plain_markdown_leaves_out_is_told() -> None:
    assert no_front_matter(issue("", meta={"tags": ["a"], "Authors": "b"}))[1] == [
        "authors of front matter: left out",
        "tags of front matter: left out",
    ]


@pytest.mark.parametrize(
    ("target", "written", "first"),
    [
        ("markdown", "# Neco (2026-07-10)\n\nx", "# Neco (2026-07-10)"),
        ("markdown", "x", "# Neco (2026-07-10)"),
        ("zenn", "# Neco (2026-07-10)\n\nx", "x"),
        ("hatena", "x\n\n# Neco (2026-07-10)\n\ny", "x"),
        ("zenn", "# a\n\nx\n\n# b", "x"),
        ("zenn", "x\n\n# a\n\n# b", "x"),
    ],
)
def test_title_is_said_once(target: str, written: str, first: str) -> None:
    (text,) = exported(written, target).texts.values()
    body = text.partition("\n---\n\n")[2] or text
    assert body.split("\n")[0] == first
    assert text.count("Neco (2026-07-10)") == (0 if target == "hatena" else 1)


# --- also ---------------------------------------------------------------------------------------------------------

URL = "https://zenn.dev/neco/articles/x"

WITH_ALSO = {
    "no front matter": ("# T\n\nx\n", f'---\nalso:\n  - "{URL}"\n---\n\n# T\n\nx\n'),
    "none yet": ("---\ntitle: T # t\n---\nx\n", f'---\ntitle: T # t\nalso:\n  - "{URL}"\n---\nx\n'),
    "a list": (
        "---\nalso:\n- https://a.test/\n\n- https://b.test/\ndraft: true\n---\nx\n",
        f'---\nalso:\n  - "https://a.test/"\n  - "https://b.test/"\n  - "{URL}"\ndraft: true\n---\nx\n',
    ),
    "one": (
        "---\nAlso: https://a.test/\ntags:\n  - a\n---\nx\n",
        f'---\nalso:\n  - "https://a.test/"\n  - "{URL}"\ntags:\n  - a\n---\nx\n',
    ),
    "there": (f"---\nalso: [{URL}]\n---\nx\n", f"---\nalso: [{URL}]\n---\nx\n"),
    "a mapping": ("---\nalso: {a: b}\n---\nx\n", None),
    "a key inside": ("---\nx: |\n  also: y\n---\nx\n", f'---\nx: |\n  also: y\nalso:\n  - "{URL}"\n---\nx\n'),
    "TOML": ('+++\ntitle = "T"\n+++\nx\n', None),
    "lines": ("title: T\n\nx\n", None),
    "broken": ("---\ntitle: [\n---\nx\n", None),
}


def test_address_is_added_and_nothing_else_changes() -> None:
    found = {name: with_place(text, URL) for name, (text, _) in WITH_ALSO.items()}
    assert found == {name: written for name, (_, written) in WITH_ALSO.items()}
    for text in filter(None, found.values()):
        assert URL in places_of(take_apart(text).meta)
