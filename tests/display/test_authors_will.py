"""What authors want of a card and of the cards of a host: a picture of their own, what is hidden, a large picture."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from neco_weekly.display.card_words import Shown, breakable
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardPicture, CardRule, CardText

from tests.lock_fixture import Host, as_of_today
from tests.sites import attribute

URL = "https://blog.example.com/a"
IMAGE = CardPicture(url=f"{URL}.png", file=f"{'a' * 20}.webp", width=480, height=252)
PAGE = Card(url=URL, title="題", description="説明", site="猫の部屋", image=IMAGE, published="2026-08-01")


def card(attributes: str = "", *, rules: dict[str, CardRule] | None = None, page: Card = PAGE) -> Tag:
    lock = Lock(cards={URL: page}, card_rules=rules or {})
    ours = NecoWeeklyExtension(keps_as_of=as_of_today(lock), pages=True)
    html = Markdown(extensions=[Host("issues/2026-08-07.md"), ours]).convert(f"@[card]({URL}){{{attributes}}}")
    found = BeautifulSoup(html, "html.parser").select_one(".neco-card")
    assert found is not None
    return found


def parts(box: Tag) -> str:
    """What a card shows, a letter each: a title, text, site, day, image, large."""
    marks = {"t": ".neco-card__link", "x": ".neco-card__text", "s": ".neco-card__site span", "i": ".neco-card__icon"}
    marks |= {"d": "time", "p": ".neco-card__image"}
    shown = "".join(mark for mark, selector in marks.items() if box.select_one(selector))
    return shown + ("L" if "neco-card--large" in attribute(box, "class").split() else "")


# --- hide and size ------------------------------------------------------------------------------------------------

HIDDEN = {
    "": "txsidp",
    "hide=description": "tsidp",
    "hide=site": "txdp",
    "hide=date": "txsip",
    "hide=image": "txsid",
    "image=none": "txsid",
    "hide=site,date": "txp",
    "hide=description,image,site,date": "t",
    'hide=description desc="筆者の説明"': "tsidp",
    "size=large": "txsidpL",
    "large": "txsidpL",
    "large image=none": "txsid",
    "size=normal": "txsidp",
}


def test_a_card_shows_no_more_than_its_author_wants() -> None:
    shown = {attributes: parts(card(attributes)) for attributes in HIDDEN}
    assert shown == HIDDEN


def test_a_small_picture_makes_no_large_card() -> None:
    shown = {width: parts(card("large", page=replace(PAGE, image=replace(IMAGE, width=width)))) for width in (239, 240)}
    assert shown == {239: "txsidp", 240: "txsidpL"}


RULES = {
    ("blog.example.com", CardRule(hidden=("image",)), ""): "txsid",
    ("example.com", CardRule(hidden=("image",)), ""): "txsid",
    ("ample.com", CardRule(hidden=("image",)), ""): "txsidp",
    ("example.com", CardRule(size="large"), ""): "txsidpL",
    ("example.com", CardRule(size="large"), "size=normal"): "txsidp",
    ("example.com", CardRule(size="normal"), "large"): "txsidpL",
    ("example.com", CardRule(hidden=("description",)), ""): "tsidp",
    ("example.com", CardRule(hidden=("description",)), 'desc="筆者の説明"'): "txsidp",
    ("example.com", CardRule(hidden=("site",)), "hide=date"): "txp",
}


def test_a_rule_of_a_host_holds_below_it_and_the_author_s_word_on_a_card_comes_before_it() -> None:
    shown = {key: parts(card(key[2], rules={key[0]: key[1]})) for key in RULES}
    assert shown == RULES


def test_the_rule_of_the_nearest_host_is_the_only_one() -> None:
    near, far = CardRule(size="large"), CardRule(hidden=("image",))
    assert parts(card(rules={"example.com": far, "blog.example.com": near})) == "txsidpL"


def test_a_host_is_known_in_either_spelling() -> None:
    lock = Lock(card_rules={"xn--wgv71a.jp": CardRule(size="large")})
    assert [lock.card_rule(url).size for url in ("https://日本.jp/", "https://www.xn--wgv71a.jp:8080/a")] == [
        "large"
    ] * 2
    assert lock.card_rule("https://日.jp/") == CardRule()


# --- the line of the site -----------------------------------------------------------------------------------------

SITES = {
    ("猫の部屋", "題"): "猫の部屋",
    ("題", "題"): "blog.example.com",
    ("NECO ROOM!", "neco room"): "blog.example.com",
    (None, "題"): "blog.example.com",
    (None, "blog.example.com"): None,
    ("Blog.Example.com", "blog.example.com"): None,
}


def test_the_line_of_the_site_does_not_repeat_the_title() -> None:
    shown = {key: Shown.of(URL, CardText(), replace(PAGE, site=key[0], title=key[1])).site for key in SITES}
    assert shown == SITES
    assert card(page=Card(url=URL, title="blog.example.com")).select_one(".neco-card__site") is None


# --- long titles --------------------------------------------------------------------------------------------------

WORDS = {
    "PodTopologySpreadConstraints と何か": ["PodTopology", "Spread", "Constraints と何か"],
    "猫 io.k8s.api.networking.v1alpha1 で": ["猫 io.k8s.api.networking.", "v1alpha1 で"],
    "github.com/kubernetes/enhancements": ["github.com/kubernetes/enhancements"],
    "iPhone と KubeCon": ["iPhone と KubeCon"],
    "sha256 0123456789abcdef01234567": ["sha256 01234567", "89abcdef", "01234567"],
    "internationalised": ["internationalised"],
}


def test_a_long_word_can_end_a_line_where_a_reader_would_cut_it() -> None:
    assert {text: breakable(text) for text in WORDS} == WORDS
    link = card(page=replace(PAGE, title="PodTopologySpreadConstraints と何か")).a
    assert link
    assert (link.get_text(), len(link.select("wbr"))) == ("PodTopologySpreadConstraints と何か", 2)


def test_a_very_long_title_is_whole_in_the_hint_of_its_link() -> None:
    long = "とても長い題" * 11
    link = card(page=replace(PAGE, title=long)).a
    assert link
    assert (link.get_text(), link.get("title")) == (long, long)
    assert "title" not in card().a.attrs  # type: ignore[union-attr]
