"""Pictures for sharing: what they are drawn from, where their lines end, and that nothing stands for a missing sign."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neco_weekly.display.words import load_strings
from neco_weekly.model.issues import Heading, Issue
from neco_weekly.site.headlines import Headline
from neco_weekly.site.social.breaks import is_wide, japanese_phrases, letters, pieces
from neco_weekly.site.social.card_font import drawable, packed_font, signs
from neco_weekly.site.social.drawing import draw_card
from neco_weekly.site.social.fitting import Setter
from neco_weekly.site.social.social_card import SocialCard, issue_card, site_card
from PIL import Image

from scripts.font_subset import wanted_signs
from tests.any_speed import at_any_speed

SITE = "Neco Weekly"


def card(*title: str, site: str = SITE, foot: str = "第12回　2026-05-08", about: str = "") -> SocialCard:
    return SocialCard(site=site, title=title, foot=foot, about=about)


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def width(text: str) -> float:
    return sum(1.0 if is_wide(it) else 0.5 for it in text)


# --- signs --------------------------------------------------------------------------------------------------------


def test_the_font_has_the_signs_of_japanese_and_of_english() -> None:
    assert {chr(it) for it in wanted_signs() - signs()} == {"≒"}  # in no weight of the font
    assert {ord(it) for it in "🐱️‍あ"} & signs() == {ord("あ")}


def test_the_font_has_all_of_jis_x_0208_in_less_than_1_7_million_bytes() -> None:
    rows = [bytes((row, cell)) for row in range(0x21, 0x75) for cell in range(0x21, 0x7F)]
    standard = {it for row in rows if (it := (b"\x1b$B" + row + b"\x1b(B").decode("iso2022_jp", "ignore"))}
    assert len(standard) == 6_879
    assert {it for it in standard if ord(it) not in signs()} == {"≒"}
    assert len(packed_font()) < 1_700_000


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("🎉🐱 祭り 👨‍👩‍👧 v1.36 🎉", "祭り v1.36"),
        ("か\u3099き", "がき"),
        ("a\n b\u3000 c", "a b\u3000c"),
        ("①髙橋Ⅲ㈱", "①髙橋Ⅲ㈱"),
        ("\u202eabc\u200b\x00", "abc"),
        ("🎉", ""),
        ("", ""),
    ],
)
def test_what_has_no_glyph_is_left_out(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


# --- lines --------------------------------------------------------------------------------------------------------

LINES = {
    "phrases, and a word with its particle": (
        "コンテナの root を外の root にしない",
        14,
        ["コンテナの root を", "外の root にしない"],
    ),
    "words of English": ("Sidecar containers reach stable", 10, ["Sidecar containers", "reach stable"]),
    "no line begins with a full stop": ("気になる話題を読む、ノート。", 6, ["気になる", "話題を読む、", "ノート。"]),
    "nor ends with a bracket": ("点検（前編）と点検（後編）", 8, ["点検（前編）と", "点検（後編）"]),
    "a name of many letters": ("ValidatingAdmissionPolicy", 8, ["ValidatingAdmiss", "ionPolicy"]),
    "lines of like length": (
        "あたらしい猫がきて、ねむる猫をおこした",
        17,
        ["あたらしい猫がきて、", "ねむる猫をおこした"],
    ),
    "the space between two sentences": ("猫がいる　犬もいる", 6, ["猫がいる", "犬もいる"]),
}


def test_lines_end_where_they_may() -> None:
    found = {}
    for name, (text, room, _) in LINES.items():
        set_text = Setter(width, japanese_phrases()).fit([text], (1,), room, 100)
        found[name] = list(set_text.parts[0])
    assert found == {name: lines for name, (_, _, lines) in LINES.items()}


def test_without_budoux_lines_end_between_any_two_signs_that_may_part() -> None:
    assert list(pieces("猫は、KEP-127 を読む", None)) == ["猫", "は、", "KEP-127 を", "読", "む"]


@at_any_speed()
@given(st.text(alphabet="あ漢ーっ、。「」（）aB1- 　/%", max_size=40), st.integers(2, 20))
def test_no_sign_is_lost_and_none_stands_where_it_may_not(text: str, room: int) -> None:
    text = drawable(text)
    parts = list(pieces(text, japanese_phrases()))
    assert "".join(parts) == text
    assert ["".join(letters(it)) for it in parts] == parts
    lines = [line for part in Setter(width, japanese_phrases()).fit([text], (1,), room, 10_000).parts for line in part]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert [it for it in lines[1:] if it[0] in "、。」）ーっ"] == []
    assert [it for it in lines[:-1] if it[-1] in "「（"] == []


# --- pictures -----------------------------------------------------------------------------------------------------

CARDS: dict[str, SocialCard] = {
    "a Japanese title of 60 signs": card("ながい題" * 15),
    "an English one": card("Sidecar containers reach stable, and what that changes for batch jobs"),
    "three topics": card("User Namespaces", "Ingress NGINX の引退", "Argo CD と cert-manager で変わること"),
    "a single sign": card("猫"),
    "an address": card(f"https://example.com/{'very-long-' * 30}"),
    "more than there is room for": card("あ" * 900, site="名" * 200, foot="9" * 300),
    "the site's": card(SITE, site="", foot="neco.test", about="長い説明。" * 60),
    "nothing": card("", site="", foot=""),
}


def test_each_is_a_picture_of_that_size_with_nothing_beyond_its_edges() -> None:
    offenders = []
    for name, it in CARDS.items():
        png = draw_card(it)
        image = picture(png)
        ink = image.convert("RGB").getpixel((0, 0))
        edges = image.convert("RGB").crop((1130, 0, 1200, 630)), image.convert("RGB").crop((0, 590, 1200, 630))
        beyond = any(set(edge.get_flattened_data()) != {ink} for edge in edges)
        if image.format != "PNG" or image.size != (1200, 630) or len(png) > 90_000 or beyond or png != draw_card(it):
            offenders.append(name)
    assert offenders == []


def rows_with_letters(it: SocialCard) -> set[int]:
    image = picture(draw_card(it)).convert("L")
    return {y for y in range(630) if image.crop((0, y, 1200, y + 1)).getextrema()[1] > 100}  # type: ignore[operator]


def test_parts_do_not_run_into_each_other() -> None:
    """Between the name, the title and the last line there is a row of nothing."""
    for it in (CARDS["a Japanese title of 60 signs"], CARDS["more than there is room for"], CARDS["three topics"]):
        rows = rows_with_letters(it)
        assert {*range(130, 150)} & rows == set()
        assert {*range(512, 526)} & rows == set()


def same_pictures(cards: Iterable[SocialCard]) -> bool:
    return len({draw_card(it) for it in cards}) == 1


def test_emoji_are_not_drawn_as_boxes_but_left_out() -> None:
    assert same_pictures([card("祭り"), card("🎉祭り👨‍👩‍👧"), card("祭り", site="🐱 Neco Weekly")])
    assert same_pictures([card("🎉"), card(SITE)])
    assert not same_pictures([card("祭り"), card("祭")])


# --- words --------------------------------------------------------------------------------------------------------


def issue(*news: str, number: int | None = 7, title: str = "Neco Weekly (2026-05-08号)") -> Issue:
    headings = tuple(Heading(text=it, anchor=it) for it in news)
    return Issue(path="issues/a.md", title=title, date=None, number=number, news=headings)


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        (Headline(title="猫、犬と鳥、魚", above="第7号"), ("猫", "犬と鳥", "魚")),
        (Headline(title="猫、犬と鳥", above="第7号"), ("猫", "犬と鳥")),
        (Headline(title="猫、犬と鳥"), ("猫、犬と鳥",)),
        (Headline(title="猫のいち…", above="第7号"), ("猫のいち…",)),
    ],
    ids=["topics", "fewer of them", "a writer's title", "one that was cut"],
)
def test_each_topic_of_an_issue_begins_a_line(headline: Headline, title: tuple[str, ...]) -> None:
    made = issue_card(issue("猫", "犬と鳥", "魚"), headline, SITE, load_strings("ja"))
    assert (made.title, made.foot) == (title, "第7回")


def test_the_picture_of_the_site_tells_its_host() -> None:
    assert site_card(SITE, "読むノート", "https://who:what@neco.test/weekly/") == SocialCard(
        site="", title=(SITE,), about="読むノート", foot="neco.test"
    )
