"""Which of a page's titles is shown, and what of that is the site's."""

from __future__ import annotations

from neco_weekly.model.extraction import Found
from neco_weekly.sources.pages.elements import parse_html
from neco_weekly.sources.pages.home_links import home_names

from .webpages import linked, page

LOGO = "<a href='http://['>x</a><a href=/><img src=/logo.png>Cat Room</a>"


def og(title: str, site: str = "") -> str:
    name = f"<meta property=og:site_name content='{site}'>" if site else ""
    return f"<meta property=og:title content='{title}'>{name}"


CHOSEN = {
    # what: HTML of a page below /2022/, its title
    "the site's name": (og("Cat Room", "Cat Room") + "<title>Pods | Cat Room</title>", "Pods"),
    "the site's name, named first": (og("Cat Room") + LOGO + "<title>Cat Room – Pods</title>", "Pods"),
    "the site's name, a heading": (
        og("Cat Room", "Cat Room") + "<title>Pods - Cats</title><h1>Pods</h1>", "Pods - Cats",
    ),
    "the site's name everywhere": (og("Cat Room", "Cat Room") + "<title>Cat Room</title>", "Cat Room"),
    "the name in the host": (og("Example") + "<title>Pods</title>", "Pods"),
    "a word of all sites": (og("Home") + "<title>Pods</title>", "Pods"),
    "a word of all sites, in Japanese": (og("ブログ") + "<h1>猫とポッド</h1>", "猫とポッド"),
    "nothing better": (og("ブログ"), "ブログ"),
    "a title of the document": ("<title>Cat Room</title><h1><a href=/>Cat Room</a></h1><h1>Pods</h1>", "Pods"),
    "headings of a list": (
        "<title>Cat Room</title>" + LOGO + "<h1>Pods</h1><h1>Nodes</h1>", "Cat Room",
    ),
    "an address": (og("https://example.jp/2022/page.html") + "<title>Pods</title>", "Pods"),
    "the page's address": ("<title>blog.example.jp/2022/page.html</title><h1>Pods</h1>", "Pods"),
    "an address and nothing else": ("<title>https://example.jp/a</title>", "https://example.jp/a"),
    "a name like an address": ("<title>Node.js</title><h1>Pods</h1>", "Node.js"),
    "dots": (og("...") + "<title>Pods</title>", "Pods"),
    "an article's title as the site's name": (og("Pods at home", "Pods at home") + "<title>Pods at home | Cats</title>",
                                             "Pods at home"),
    "the same with a heading": (
        og("Pods at home", "Pods at home") + "<title>Pods at home</title><h1>Cats</h1>", "Pods at home",
    ),
    "a theme that has the title as the site's name": (
        og("Pods at home :: Example — a cat", "Pods at home") + "<h2><a href=/2022/page.html>Pods at home</a></h2>",
        "Pods at home",
    ),
    "a site's name in a heading": (
        og("Cat Room :: Example of pods", "Cat Room") + "<h1><a href=/>Cat Room</a></h1>", "Example of pods",
    ),
    "a site's name in a heading, without more": (
        og("Cat Room :: Pods at home", "Cat Room") + "<h1>Cat Room</h1>", "Pods at home",
    ),
    "a part of the title as the site's name": (
        og("Pods", "Pods") + "<title>Pods: Start - Cats</title><h1>Pods: Start</h1>", "Pods",
    ),
    "a long title as the site's name": (
        og("Pods at home and in the garden of cats", "Pods at home and in the garden of cats")
        + "<title>Cats | Pods at home and in the garden of cats</title>",
        "Pods at home and in the garden of cats",
    ),
    "two names in one attribute": (
        "<title>D</title><meta property='og:title twitter:title' content=Pods>", "Pods",
    ),
    "Dublin Core": ("<meta name=dc:title content=Pods><h1>H</h1>", "Pods"),
    "Parse.ly": ("<meta name=parsely-title content=Pods><h1>H</h1>", "Pods"),
    "a part of the site": (
        og("Pods in the garden", "CNN") + "<title>Pods in the garden | CNN Politics</title>", "Pods in the garden",
    ),
    "a part of the site behind og:title": (
        og("Pods in the garden | CNN Politics", "CNN") + "<h1>Pods in the garden</h1>", "Pods in the garden",
    ),
    "no part of the site": (
        og("Pods in the garden | CNN 2022", "CNN") + "<h1>Pods in the garden</h1>", "Pods in the garden | CNN 2022",
    ),
    "a part that nothing else lacks": (
        og("Pods in the garden | CNN Politics", "CNN"), "Pods in the garden | CNN Politics",
    ),
    "a short rest": (og("Install | Cat Room Desk", "Cat Room") + "<h1>Install</h1>", "Install | Cat Room Desk"),
    "a link home": (f"<title>Pods · Cat Room</title>{LOGO}", "Pods"),
    "a link home with the whole address": (
        "<title>Pods · Cat Room</title><a href='https://blog.example.jp'>Cat Room</a>", "Pods",
    ),
    "a link elsewhere": ("<title>Pods · Cat Room</title><a href=/cats/>Cat Room</a>", "Pods · Cat Room"),
    "a link to an address above": ("<title>Pods · Cat Room</title><a href=/2022/>Cat Room</a>", "Pods · Cat Room"),
    "a link to another site": ("<title>Pods · Cat Room</title><a href=//cats.example/>Cat Room</a>", "Pods · Cat Room"),
    "a link home of any site": (
        "<title>Home: a tale of pods</title><a href=/>Home</a>", "Home: a tale of pods",
    ),
}  # fmt: skip


def test_the_title_is_the_pages() -> None:
    assert [(name, found) for name, (html, title) in CHOSEN.items() if (found := page(html).title.value) != title] == []


def test_the_front_page_and_a_page_of_that_name_are_called_so() -> None:
    front = og("Cat Room", "Cat Room") + "<title>Pods | Cat Room</title>"
    for path, title in (("", "Cat Room"), ("en/", "Cat Room"), ("index.html", "Cat Room"), ("cat-room/", "Cat Room")):
        assert page(front, url=f"https://blog.example.jp/{path}").title.value == title
    project = "<title>Cat Room</title><a href=/room/>Cat Room</a><h1>Pods</h1>"
    assert page(project, url="https://neko.github.io/room/").title.value == "Cat Room"
    assert page(project, url="https://neko.github.io/room/pods/").title.value == "Pods"
    assert page(og("Blog") + "<h1>Pods</h1>", url="https://blog.example.jp/blog/").title.value == "Blog"
    assert page(og("Neko") + "<title>Pods</title>", url="https://neko.github.io/pods/").title.value == "Pods"


def test_a_name_that_is_left_out_of_the_title_is_the_sites() -> None:
    assert page(f"<title>Pods · Cat Room</title>{LOGO}").site == Found("Cat Room", "html")
    assert page(f"<title>Pods · Cat Room</title>{og('Pods')}{LOGO}").site == Found("Cat Room", "html")
    theme = og("Pods at home :: Example — a cat", "Pods at home") + "<h1>Pods at home</h1>"
    assert page(theme).site == Found("blog.example.jp", "host")
    assert page(f"<title>Pods</title>{LOGO}").site == Found("blog.example.jp", "host")
    project = page("<title>Pods · Cat Room</title><a href=/room/>Cat Room</a>", url="https://neko.github.io/room/pods/")
    assert (project.title.value, project.site) == ("Pods", Found("Cat Room", "html"))


def test_descriptions_that_say_nothing_are_none() -> None:
    names = "<meta property=og:site_name content='Cat Room'>"
    nothing = (
        "...", "…", "-", "。", "| |", "Description", "No description.", "説明文", "Just another WordPress site", "N/A",
        "Lorem ipsum dolor sit amet", "Cat Room", "blog.example.jp",
        ".balloon { position: relative; display: inli", "@media (x) { a: b }",
    )  # fmt: skip
    told = {
        it: found
        for it in nothing
        if (found := page(f"<title>A title</title>{names}<meta name=description content='{it}'>").description)
    }
    assert told == {}
    for said in ("🎉", "Description of pods", "Cat Room is a room", "猫", "A {set: of} pods"):
        found = page(f"<title>A title</title>{names}<meta name=description content='{said}'>").description
        assert found == Found(said, "html")


def test_what_a_title_is_chosen_from_counts_in_all_places() -> None:
    article = linked({"@type": "Article", "headline": "Pods"})
    assert page(og("Cat Room") + LOGO + article + "<title>Cat Room</title>").title == Found("Pods", "json-ld")


def test_a_link_home_may_be_written_in_any_form() -> None:
    home = ("/", "https://cats.example/", "https://cats.example", "../../", "/a/../", "//cats.example/", "/index.html")
    other = ("#", "/#top", "/about", "../", "https://dogs.example/", "mailto:a@cats.example", "http://[", "http:///")
    named = {
        written: home_names(parse_html(f'<a href="{written}">Cats</a>'), "https://cats.example/2022/pods/")
        for written in (*home, *other)
    }
    assert [written for written, names in named.items() if names == ["Cats"]] == [*home]
