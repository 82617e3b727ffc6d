"""Rules for the cards of hosts, `cards:` of `overrides.yml`, and how mistakes in them are named."""

from __future__ import annotations

from pathlib import Path

from neco_weekly.lock.overrides import Override, Overrides, load_overrides
from neco_weekly.lock.store import load_lock
from neco_weekly.model.cards import CardRule
from neco_weekly.model.errors import NecoError


def load_all(folder: Path, text: str) -> Overrides:
    path = folder / "overrides.yml"
    path.write_text(text, encoding="utf-8")
    return load_overrides(path)


CARDS = """\
cards:
  www.Example.com: { image: none }
  speakerdeck.com:
    size: large
    hide: [description, date]
  日本.jp: { hide: site, size: normal }
  news.example.com:
"""


def test_rules_for_the_cards_of_hosts(tmp_path: Path) -> None:
    assert load_all(tmp_path, f"keps: {{5: {{note: x}}}}\n{CARDS}") == Overrides(
        keps={5: Override(number=5, note="x")},
        cards={
            "example.com": CardRule(hidden=("image",)),
            "speakerdeck.com": CardRule(hidden=("description", "date"), size="large"),
            "xn--wgv71a.jp": CardRule(hidden=("site",), size="normal"),
            "news.example.com": CardRule(),
        },
    )
    assert load_lock(tmp_path).card_rule("https://speakerdeck.com/a").size == "large"


CARD_MISTAKES = {
    "cards: [a]": ":1: expected hosts such as `example.com:`; see the writers' guide",
    "cards:\n  https://a.jp/: {}": ":2: 'https://a.jp/' is not a host; write its name alone, such as example.com",
    "cards:\n  a.jp/b: {}": ":2: 'a.jp/b' is not a host; write its name alone, such as example.com",
    "cards:\n  '*.a.jp': {}": ":2: '*.a.jp' is not a host; write its name alone, such as example.com",
    "cards:\n  a.jp: {}\n  A.jp: {}": ":3: a.jp stands here for the second time; keep one of the two",
    "cards:\n  a.jp: none": ":2: expected fields such as `image: none`; see the writers' guide",
    "cards:\n  a.jp:\n    picture: none": ":3: unknown key 'picture' of a.jp; known are image, hide, size",
    "cards:\n  a.jp:\n    image: a.png": ":3: `image: a.png` is not known; write `image: none`, or `size: large`",
    "cards:\n  a.jp:\n    size: huge": ":3: 'huge' is no size; write large or normal",
    "cards:\n  a.jp:\n    hide: title": ":3: 'title' cannot be hidden; known are description, image, site, date",
    "cards:\n  a.jp:\n    hide:\n      - site\n      - x": ":5: 'x' cannot be hidden; known are description, image,"
    " site, date",
    "cards:\n  a.jp:\n    hide: []\n    hide: site": ":4: `hide` stands here for the second time; keep one of the two",
}


def test_a_mistake_in_a_rule_is_named_with_its_line(tmp_path: Path) -> None:
    told = {}
    for text in CARD_MISTAKES:
        try:
            told[text] = str(load_all(tmp_path, text))
        except NecoError as error:
            told[text] = str(error).removeprefix(str(tmp_path / "overrides.yml"))
    assert told == CARD_MISTAKES
