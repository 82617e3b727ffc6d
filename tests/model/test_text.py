"""Text made fit to keep or to show."""

from __future__ import annotations

from neco_weekly.model.text import first_sentence, opening_sentence


def test_the_first_sentence() -> None:
    cases = {
        "v1.25 です。ほかは正しいです。": "v1.25 です。",
        "正しくは「alpha です。」と読む。次": "正しくは「alpha です。」と読む。",
        "正しい（はず。たぶん）のです。次": "正しい（はず。たぶん）のです。",
        "It is v1.25. So it is.": "It is v1.25.",
        "Really? Yes.": "Really?",
        "本当？はい。": "本当？",
        "終わらない文": "終わらない文",
        "」閉じるだけ。次": "」閉じるだけ。",
        "": "",
        "一二三四五六七八九十。": "一二三四五六七八九十。",
        f"{'一二三四五六七八九十' * 3}。": f"{'一二三四五六七八九十' * 2}一二三四五六七八九…",
    }
    assert {text: first_sentence(text, 30) for text in cases} == cases


def test_the_sentence_that_opens_a_summary() -> None:
    cases = {
        "It naps, e.g. at noon. Or not.": "It naps, e.g. at noon.",
        "Volumes (incl. Persistent ones) are fast. Others not.": "Volumes (incl. Persistent ones) are fast.",
        "It supports numbers in:": "It supports numbers in…",
        "No end": "No end",
        "Never closed (here. So be it.": "Never closed (here. So be it.",
        f"{'a word ' * 10}.": f"{'a word ' * 7}a word…",
    }
    assert {text: opening_sentence(text, 56) for text in cases} == cases
