"""What a card says and in which words, its pictures, the heading above it, and pages that are gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from neco_weekly.display.card_words import readable, say_the_same
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import DEAD_AFTER, Card, CardPicture

from tests.link_cards import GONE, drawn, keep
from tests.lock_fixture import Host, as_of_today
from tests.sites import Folder, attribute, issue_page, new_folder

URL = "https://example.com/a"
ISSUE = "issues/2026/08/2026-08-07.md"
COPY = "https://web.archive.org/web/20220826120000/https://example.com/a"


def picture(width: int = 480, height: int = 252, name: str = "a") -> CardPicture:
    return CardPicture(url=f"{URL}.png", file=f"{name * 20}.webp", width=width, height=height)


def page(text: str = URL, *, path: str | None = ISSUE, locale: str = "ja", **known: Any) -> BeautifulSoup:
    """A text drawn as a host draws it, with a card that is known."""
    fetched = Card(url=URL, **{"title": "題", **known})
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(Lock(cards={URL: fetched})), locale=locale, pages=True)
    html = Markdown(extensions=[*([Host(path)] if path else []), ours]).convert(text)
    return BeautifulSoup(html, "html.parser")


def card(text: str = URL, **known: Any) -> Tag:
    found = page(text, **known).select_one(".neco-card")
    assert found is not None
    return found


def link(card: Tag) -> Tag:
    found = card.select_one("a.neco-card__link")
    assert found is not None
    return found


# --- pictures -----------------------------------------------------------------------------------------------------


def test_pictures_are_ours_and_their_place_is_known_before_they_are_there() -> None:
    box = card(image=picture(), icon=picture(32, 32, "b"))
    image, icon = box.select(".neco-card__image")[0], box.select(".neco-card__icon")[0]
    for element, width, height, file in ((image, "480", "252", "a"), (icon, "32", "32", "b")):
        assert element.name == "img"
        assert {name: value for name, value in element.attrs.items() if name != "class"} == {
            "src": f"../../../assets/cards/{file * 20}.webp",
            "width": width,
            "height": height,
            "alt": "",
            "loading": "lazy",
            "decoding": "async",
        }


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("issues/2022/08/2022-08-26.md", "../../../assets/cards/"),
        ("about.md", "assets/cards/"),
        ("keps/127.md", "../assets/cards/"),
    ],
)
def test_a_picture_is_found_from_any_page(path: str, source: str) -> None:
    assert attribute(card(path=path, image=picture()).img, "src") == f"{source}{'a' * 20}.webp"


def test_plain_markdown_has_no_pictures() -> None:
    box = card(path=None, image=picture(), icon=picture(32, 32))
    assert box.select("img") == []
    assert [icon.text for icon in box.select(".neco-card__icon")] == ["E"]


def test_the_author_wants_no_image() -> None:
    box = card(f"@[card]({URL}){{image=none}}", image=picture(), icon=picture(32, 32))
    assert [attribute(image, "class") for image in box.select("img")] == ["neco-card__icon"]


FORMS = {
    (480, 252): "",
    (480, 342): "",
    (480, 228): "banner",
    (480, 60): "banner",
    (480, 343): "square",
    (480, 480): "square",
    (336, 480): "square",
    (335, 480): "tall",
    (200, 480): "tall",
    (48, 48): "square",
}
"""What a picture is shown as, by its width and height: cut a little, or whole where cutting would cost too much."""


def test_a_picture_is_cut_a_little_or_shown_whole() -> None:
    shown = {size: attribute(card(image=picture(*size)).img, "class").split()[1:] for size in FORMS}
    assert shown == {size: [f"neco-card__image--{form}"] if form else [] for size, form in FORMS.items()}


def test_a_picture_that_is_not_there_is_not_asked_for_until_it_is(tmp_path: Path) -> None:
    """In one site, so that the second build finds the page of the first in its cache."""
    folder: Folder = new_folder(tmp_path)
    image, icon = (keep(folder, URL, drawn(URL, 1200, 630), kind) for kind in ("image", "icon"))
    folder.lock(cards=[Card(url=URL, title="題", image=image, icon=icon)])
    folder.issue("2026-08-07", URL)
    hidden = folder.docs / "assets/cards"
    hidden.rename(folder.root / "elsewhere")
    assert folder.build(strict=True).issue("2026-08-07").select("img") == []
    (folder.root / "elsewhere").rename(hidden)
    built = folder.build(strict=True)
    sources = [attribute(it, "src") for it in built.issue("2026-08-07").select(".neco-card img")]
    assert [built.target(issue_page("2026-08-07"), source) for source in sources] == [
        f"assets/cards/{icon.file}",
        f"assets/cards/{image.file}",
    ]
    hidden.rename(folder.root / "elsewhere")
    assert folder.build(strict=True).issue("2026-08-07").select("img") == []


def test_a_picture_that_the_site_leaves_out_is_not_asked_for(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, exclude_docs="/_metadata/\n/assets/cards/")
    image = keep(folder, URL, drawn(URL, 1200, 630), "image")
    folder.lock(cards=[Card(url=URL, title="題", image=image)])
    folder.issue("2026-08-07", URL)
    assert folder.build(strict=True).issue("2026-08-07").select("img") == []


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoken", "locale", "lang"),
    [
        ("en", "ja", "en"),
        ("en-US", "ja", "en-US"),
        ("zh-Hant-TW", "ja", "zh-Hant-TW"),
        ("ja", "ja", ""),
        ("JA-jp", "ja", ""),
        ("ja", "en", "ja"),
        (None, "ja", ""),
        ("x", "ja", ""),
        ('en" onload="alert(1)', "ja", ""),
        ("en us", "ja", ""),
    ],
)
def test_words_of_a_page_tell_their_language_where_it_is_not_the_sites(
    spoken: str | None, locale: str, lang: str
) -> None:
    box = card(lang=spoken, description="説明", site="サイト", locale=locale)
    said = [link(box), *box.select(".neco-card__text, .neco-card__site span")]
    assert [attribute(it, "lang") for it in said] == [lang] * 3


def test_words_of_the_author_are_of_the_site() -> None:
    box = card(f'@[card]({URL}){{title="書き手の題"}}', lang="en", description="By the page", site="Page")
    assert not link(box).has_attr("lang")
    assert attribute(box.select_one(".neco-card__text"), "lang") == "en"


def test_every_text_of_others_has_a_direction_of_its_own() -> None:
    box = card(title="\u202eabc", description="אבג", site="مثال")
    said = [link(box), *box.select(".neco-card__text, .neco-card__site span")]
    assert [attribute(it, "dir") for it in said] == ["auto"] * 3


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2022-08-26", "2022-08-26"),
        ("2022-08-26T23:59:59+09:00", "2022-08-26"),
        ("2022-08", None),
        ("yesterday", None),
        ("2022-02-31", None),
        (None, None),
    ],
)
def test_the_day_of_publication(published: str | None, day: str | None) -> None:
    times = card(published=published).select("time")
    assert [(it.text, it["datetime"]) for it in times] == ([(day, day)] if day else [])


@pytest.mark.parametrize("title", ["\u200d", " \u00ad\u2060 ", "\u202e"])
def test_a_title_of_which_nothing_is_seen_is_none(title: str) -> None:
    assert link(card(title=title)).text == "example.com/a"
    assert link(card(f'@[card]({URL}){{title="書き手の題"}}', title=title)).text == "書き手の題"


# --- a page that nobody has described yet -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com", "example.com"),
        ("https://www.example.com/", "example.com"),
        ("http://example.com/a/b/", "example.com/a/b"),
        ("https://example.com/a?b=1&c=2#d", "example.com/a?b=1&c=2#d"),
        ("https://example.com/%E7%8C%AB", "example.com/猫"),
        ("https://example.com/%8C%E7", "example.com/%8C%E7"),
        ("https://example.com/%E2%80%AEevil", "example.com/%E2%80%AEevil"),
        ("https://example.com/a%0Ab", "example.com/a%0Ab"),
        ("https://user:secret@example.com:8080/a", "example.com/a"),
        ("https://example.com//b://c", "example.com//b://c"),
        ("HTTPS://EXAMPLE.COM/A", "example.com/A"),
    ],
)
def test_an_address_as_people_read_it(url: str, shown: str) -> None:
    assert readable(url) == shown


@pytest.mark.parametrize(
    ("text", "known", "pending"),
    [
        (URL, {"title": None}, True),
        (URL, {"title": None, "failures": replace(GONE, gone=0)}, True),
        (URL, {"title": None, "site": "Example"}, False),
        (URL, {"title": None, "description": "説明"}, False),
        (f'@[card]({URL}){{title="書き手の題"}}', {"title": None}, False),
        (f'@[card]({URL}){{desc="書き手の説明"}}', {"title": None}, False),
    ],
)
def test_a_card_is_pending_while_nobody_has_said_anything(text: str, known: dict[str, Any], *, pending: bool) -> None:
    box = card(text, **known)
    assert ("neco-card--pending" in box["class"]) == pending
    assert link(box).text == ("書き手の題" if "title=" in text else "example.com/a")


def test_an_address_is_followed_as_it_was_written() -> None:
    box = card("https://example.com/?a=1&lt;2&amp;b=%22")
    assert link(box)["href"] == box["data-url"] == "https://example.com/?a=1&lt;2&amp;b=%22"


# --- the heading above --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "heading", "same"),
    [
        ("Pod のトポロジー", "Pod のトポロジー", True),
        ("User Namespaces", "✨ user  namespaces!", True),
        ("ＫＥＰの話", "KEPの話", True),
        ("Pods | Example Docs", "Pods", True),
        ("Pods", "Pods - Example Docs", True),
        ("Example Docs: Pods", "Pods", True),
        ("Pods - docs.example.com", "Pods", True),
        ("Example Docs", "Example Docs", True),
        ("Pods", "Pods と Node", False),
        ("Kubernetes v1.36", "Kubernetes v1.35", False),
        ("Pods and Example Docs and Nodes", "Pods and Nodes", False),
        ("Example Docs", "docs.example.com", False),
        ("!?", "?!", False),
    ],
)
def test_a_title_says_what_the_heading_says(title: str, heading: str, *, same: bool) -> None:
    assert say_the_same(title, heading, ("Example Docs", "docs.example.com", "docs", "example")) == same


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        (f"## 題\n\n{URL}", True),
        (f"## [題]({URL})\n\n{URL}", True),
        (f"## 題\n\n文\n\n{URL}", True),
        (f"# 題\n\n## 別の話\n\n{URL}", False),
        (URL, False),
        (f'## 題\n\n@[card]({URL}){{title="書き手の題"}}', False),
        (f'## 書き手の題\n\n@[card]({URL}){{title="書き手の題"}}', True),
        ("## KEP-7 の話\n\nhttps://kep.k8s.io/7", False),
        ("## [#7](https://kep.k8s.io/7)\n\nhttps://kep.k8s.io/7", False),
        ('## #7 題\n\n@[card](https://kep.k8s.io/7){title="KEP-7: 題"}', True),
    ],
)
def test_a_card_is_quiet_under_a_heading_that_says_the_same(text: str, *, quiet: bool) -> None:
    assert ("neco-card--echo" in card(text)["class"]) == quiet


# --- pages that are gone ------------------------------------------------------------------------------------------


def test_a_dead_link_says_so_in_its_name() -> None:
    for locale, word in (("ja", "リンク切れ"), ("en", "dead link")):
        box = card(failures=GONE, locale=locale, lang="fr")
        assert "neco-card--dead" in box["class"]
        assert link(box).text == f"{word} 題"
        assert [it["lang"] for it in box.select("[lang]")] == ["fr"]  # our word is none of the page's


def test_trouble_that_may_pass_is_no_death() -> None:
    box = card(failures=replace(GONE, count=9, gone=DEAD_AFTER - 1), archive=COPY)
    assert "neco-card--dead" not in box["class"]
    assert box.find_next_sibling() is None


ARCHIVE = '{archive="https://archive.example/1"}'


@pytest.mark.parametrize(
    ("text", "known", "address"),
    [
        (URL, {"failures": GONE, "archive": COPY}, COPY),
        (URL, {"failures": GONE}, None),
        (URL, {"archive": COPY}, None),
        (f"@[card]({URL}){ARCHIVE}", {}, "https://archive.example/1"),
        (f"@[card]({URL}){ARCHIVE}", {"failures": GONE, "archive": COPY}, "https://archive.example/1"),
        (f"@[card](https://kep.k8s.io/7){ARCHIVE}", {}, "https://archive.example/1"),
    ],
)
def test_the_way_to_a_copy_follows_the_card(text: str, known: dict[str, Any], address: str | None) -> None:
    for around in ("{}", "- {}", "> {}\n\n文", "{}\n続きの行"):
        drawn = page(around.format(text.replace(URL, f"@[card]({URL})", 1) if text == URL else text), **known)
        box = drawn.select_one(".neco-card")
        assert box is not None
        assert box.select(".neco-card-archive") == []
        aside = box.find_next_sibling()
        found = [attribute(it, "href") for it in drawn.select("p.neco-card-aside > a.neco-card-archive")]
        assert found == ([address] if address else [])
        assert (aside is not None and "neco-card-aside" in attribute(aside, "class")) == (address is not None)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        (COPY, "2022-08-26"),
        ("https://web.archive.org/web/20220826/https://example.com/", "2022-08-26"),
        ("https://web.archive.org/web/2022/https://example.com/", None),
        ("https://web.archive.org/web/20221399000000/https://example.com/", None),
        ("https://archive.ph/2022.08.26-120000/https://example.com/", "2022-08-26"),
        ("https://archive.today/20220826120000/https://example.com/", "2022-08-26"),
        ("https://archive.is/AbCdE", None),
        ("https://megalodon.jp/2022-0826-1200-00/https://example.com/", "2022-08-26"),
        ("https://example.com/20220826/", None),
    ],
)
def test_a_copy_tells_its_day(address: str, day: str | None) -> None:
    found = page(failures=GONE, archive=address).select_one(".neco-card-archive")
    assert found is not None
    assert found.text == (f"{day} に保存されたコピー 題" if day else "保存されたコピー 題")


def test_an_item_that_is_only_a_card_stays_one_when_a_copy_follows() -> None:
    item = page(f"- @[card]({URL})", failures=GONE, archive=COPY).li
    assert attribute(item, "class") == "neco-card-item"


# --- search -------------------------------------------------------------------------------------------------------


def test_search_finds_titles_descriptions_and_sites_and_nothing_of_ours(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    said = Card(url=URL, title="題", description="説明", site="サイト", published="2022-08-26")
    folder.lock(cards=[replace(said, failures=GONE, archive=COPY)])
    folder.issue("2026-08-07", f"前\n\n{URL}\n\nhttps://example.com/pending\n\n後")
    entries = folder.build().json("search/search_index.json")["docs"]
    text = next(it["text"] for it in entries if it["location"] == "issues/2026/08/2026-08-07/")
    found = ["題", "example.com", "サイト", "説明", "example.com/pending", "example.com"]
    assert text.split() == ["前", "後", *found]
