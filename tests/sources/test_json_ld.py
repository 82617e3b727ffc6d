"""JSON-LD of pages as it is in the wild."""

from __future__ import annotations

import pytest
from neco_weekly.model.extraction import Found

from .webpages import TITLE, linked, page

GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#org", "name": "猫 &amp; 社"},
        {"@type": "WebSite", "@id": "#site", "name": "The site"},
        {"@type": "ImageObject", "@id": "#image", "url": "/graph.png"},
        {"@type": "WebPage", "name": "The page", "description": "Of the page", "datePublished": "2022-08-27"},
        {
            "@type": ["TechArticle"],
            "headline": "A &lt;b&gt; headline",
            "publisher": {"@id": "#org"},
            "image": {"@id": "#image"},
            "datePublished": "2022-08-26",
        },
    ],
}


class TestJsonLd:
    def test_a_graph_whose_parts_refer_to_each_other(self) -> None:
        found = page(linked(GRAPH))
        assert found.title == Found("A <b> headline", "json-ld")
        assert found.site == Found("猫 & 社", "json-ld")
        assert found.image == Found("https://blog.example.jp/graph.png", "json-ld")
        assert found.description == Found("Of the page", "json-ld")
        assert found.published == "2022-08-26"

    @pytest.mark.parametrize(
        "script",
        [
            '{"@type":"Article","headline":"H"}',
            '[{"@type":"BreadcrumbList","name":"B"},[{"@type":"Article","headline":"H"}]]',
            '{"@type":"http://schema.org/Article","headline":["H","I"]}',
            '{"@type":"Article","headline":{"@value":"H"}}',
            '{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"H"}}',
            '//<![CDATA[\n{"@type":"Article","headline":"H"}\n//]]>',
            '<!-- {"@type":"Article","headline":"H"} -->',
            '/*<![CDATA[*/ {"@type":"Article","headline":"H"}; /*]]>*/',
            '{"@type":"Article","headline":"H",}',
            '{"@type":"Article","headline":"H","keywords":["a","b",],}',
            '{"@type":"NewsArticle","name":"N","headline":"H"}',
            '{"@type":"ItemPage","name":"P","mainEntity":{"@type":"Question","name":"H"}}',
            '[{"@type":"CollectionPage","name":"P"},{"@type":"Article","headline":"H"}]',
            '{"@type":"Article","headline":"H"}{"@type":"Comment","name":"I"}',
            '{"@type":"Article","headline":"H"} and then junk',
            '\ufeff{"@type":"Article","headline":"H","articleBody":"a\nb\tc"}',
        ],
    )
    def test_as_it_is_in_the_wild(self, script: str) -> None:
        found = page(f"<script type='application/ld+json; charset=utf-8'>{script}</script><title>D</title>")
        assert (found.title, found.problems) == (Found("H", "json-ld"), ())

    @pytest.mark.parametrize(
        "script", ["{", "undefined", '{"@type":', "[" * 100_000, '{"@graph":' * 100_000, f"[{'9' * 5000}]"]
    )  # fmt: skip
    def test_a_broken_one_is_a_problem_and_the_others_count(self, script: str) -> None:
        good = linked({"@type": "Article", "headline": "H"})
        found = page(f"<script type=application/ld+json>{script}</script>{good}")
        assert found.title == Found("H", "json-ld")
        assert found.problems == ("1 JSON-LD script cannot be read",)

    @pytest.mark.parametrize(
        "deep", ['[{"@type":"Article","headline":"H"}]', '{"@graph":[{"@type":"Article","headline":"H"}]}']
    )
    def test_absurd_nesting_ends(self, deep: str) -> None:
        for _ in range(100):
            deep = f'{{"@graph":[{deep}]}}'
        assert page(f"<script type=application/ld+json>{deep}</script>{TITLE}").title == Found("A title", "html")

    @pytest.mark.parametrize(
        "node",
        [
            {"@type": "Organization", "name": "O"},
            {"@type": "WebSite", "name": "S"},
            {"@type": "BreadcrumbList", "name": "B"},
            {"@type": "OnlineStore", "name": "B"},
            {"@type": "EducationalOrganization", "name": "B"},
            {"@type": ["Thing", "Person"], "name": "B"},
            {"@type": "Comment", "name": "B"},
            {"headline": "no type"},
            {"@type": 7, "headline": "H"},
            {"@type": "Article", "headline": 7, "image": 7, "publisher": 7, "datePublished": 7},
            {"@type": "Article", "headline": None, "image": [[]], "publisher": [None]},
            {"@type": "Article", "image": "javascript:alert(1)", "publisher": {"name": []}},
        ],
    )
    def test_what_is_no_title_of_the_page(self, node: object) -> None:
        found = page(f"{TITLE}{linked(node)}")
        assert (found.title, found.image) == (Found("A title", "html"), None)


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("/a.png", "https://blog.example.jp/a.png"),
        ("//cdn.example/a.png?x=1&amp;y=2", "https://cdn.example/a.png?x=1&y=2"),
        (["/a.png", "/b.png"], "https://blog.example.jp/a.png"),
        ({"@type": "ImageObject", "url": "/a.png"}, "https://blog.example.jp/a.png"),
        ({"@type": "ImageObject", "contentUrl": "/a.png", "url": "/page"}, "https://blog.example.jp/a.png"),
        ([{"@type": "ImageObject", "url": ["/a.png"]}], "https://blog.example.jp/a.png"),
        ({"@id": "#image"}, "https://blog.example.jp/graph.png"),
        (["data:image/png,x", "/a.png"], "https://blog.example.jp/a.png"),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_images(image: object, address: str | None) -> None:
    graph = [
        {"@type": "Article", "headline": "H", "image": image},
        {"@type": "ImageObject", "@id": "#image", "url": "/graph.png"},
    ]
    found = page(linked({"@graph": graph})).image
    assert found == (Found(address, "json-ld") if address else None)


@pytest.mark.parametrize(
    ("document", "site"),
    [
        ({"@type": "Article", "headline": "H", "publisher": {"@type": "Organization", "name": "P"}}, "P"),
        ({"@type": "Article", "headline": "H", "publisher": "P"}, "P"),
        ({"@type": "Article", "headline": "H", "publisher": [{"name": "P"}, {"name": "Q"}]}, "P"),
        ({"@type": "Article", "headline": "H", "isPartOf": {"@type": "WebSite", "name": "S"}}, "S"),
        ({"@type": "Article", "headline": "H", "isPartOf": {"@type": "Blog", "name": "S"}}, "S"),
        ({"@type": "Article", "headline": "H", "isPartOf": {"@type": "Periodical", "name": "S"}}, "blog.example.jp"),
        ([{"@type": "WebSite", "name": "S"}, {"@type": "Article", "headline": "H"}], "S"),
        ({"@type": "Article", "headline": "H", "publisher": "https://example.jp/"}, "blog.example.jp"),
    ],
)
def test_sites(document: object, site: str) -> None:
    found = page(linked(document)).site
    assert found
    assert found.value == site


ADDRESS = "https://blog.example.jp/2022/page.html"

OTHER = "https://blog.example.jp/2022/other.html"

ABOUT = {
    # what: JSON-LD of a page with the title "How Pods Start | Cats", its title
    "an article without an address": ({"@type": "BlogPosting", "headline": "H"}, "H"),
    "an article of this address": ({"@type": "Article", "headline": "H", "url": "/2022/page.html#top"}, "H"),
    "an article whose page is this": ({"@type": "Article", "headline": "H", "mainEntityOfPage": {"@id": ADDRESS}}, "H"),
    "an article of the canonical address": (
        {"@type": "Article", "headline": "H", "url": "https://cats.example/p"}, "H",
    ),
    "a work of a new type in the title's words": ({"@type": "Something", "name": "How pods start"}, "How pods start"),
    "a longer headline": ({"@type": "Article", "headline": "How Pods start: a tale"}, "How Pods start: a tale"),
    "an article elsewhere": ({"@type": "Article", "headline": "H", "url": OTHER}, None),
    "an article whose page is elsewhere": ({"@type": "Article", "headline": "H", "mainEntityOfPage": OTHER}, None),
    "several articles": ([{"@type": "Article", "headline": it} for it in ("H", "I")], None),
    "one of several articles": (
        [{"@type": "Article", "headline": "I"}, {"@type": "Article", "headline": "H", "url": ADDRESS}], "H",
    ),
    "a video in the page": ({"@type": "VideoObject", "name": "H", "url": ADDRESS}, None),
    "something new": ({"@type": "Something", "name": "H"}, None),
    "the first of many questions": (
        {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": it} for it in ("H", "I")]}, None,
    ),
    "the only question of a page of them": (
        {"@type": "FAQPage", "mainEntity": {"@type": "Question", "name": "H"}}, None,
    ),
    "the question that the page is": ({"@type": "QAPage", "mainEntity": {"@type": "Question", "name": "H"}}, "H"),
    "an encyclopedia's headline": (
        {"@type": "Article", "name": "How Pods Start", "headline": "process of a cluster", "url": ADDRESS},
        "How Pods Start",
    ),
    "another page": ({"@type": "WebPage", "name": "H", "url": OTHER}, None),
    "this page": ({"@type": "WebPage", "name": "H", "@id": f"{ADDRESS}/#webpage"}, "H"),
}  # fmt: skip


def test_only_what_is_about_the_page_has_its_title() -> None:
    head = "<title>How Pods Start | Cats</title><link rel=canonical href=https://cats.example/p>"
    site = "<meta name=application-name content=Cats>"
    wrong = []
    for name, (document, title) in ABOUT.items():
        found = page(f"{head}{site}{linked(document)}").title
        if found != (Found(title, "json-ld") if title else Found("How Pods Start", "html")):
            wrong.append((name, found))
    assert wrong == []


def test_what_is_about_another_page_has_no_other_field_either() -> None:
    teased = {"@type": "Article", "headline": "H", "url": OTHER, "description": "D", "datePublished": "2022-08-26"}
    found = page(f"{TITLE}{linked({**teased, 'image': '/a.png'})}")
    assert (found.description, found.published, found.image) == (None, None, None)


def test_texts_are_decoded_as_those_of_html_are() -> None:
    found = page(linked({"@type": "Article", "headline": "A &amp;amp; B", "description": "&lt;b&gt; &hearts; & &x;"}))
    assert found.title == Found("A & B", "json-ld")
    assert found.description == Found("<b> ♥ & &x;", "json-ld")


def test_the_publication_counts_more_than_the_creation() -> None:
    dates = {"dateCreated": "2022-08-24", "uploadDate": "2022-08-25", "datePublished": "2022-08-26"}
    assert page(linked({"@type": "VideoObject", "name": "H", **dates})).published == "2022-08-26"
    assert page(linked({"@type": "VideoObject", "name": "H", "dateModified": "2022-08-27"})).published == "2022-08-27"


def test_parts_that_refer_to_each_other_in_a_circle_end() -> None:
    graph = [
        {"@type": "Article", "@id": "#a", "headline": "H", "image": {"@id": "#b"}, "publisher": {"@id": "#a"}},
        {"@type": "ImageObject", "@id": "#b", "url": {"@id": "#b"}, "image": {"@id": "#a"}},
    ]
    found = page(linked({"@graph": graph}))
    assert (found.title, found.image) == (Found("H", "json-ld"), None)
