"""The forms that people write KEPs in, as a table, and the traps: texts that look like one of the forms and are none.

Drawn from release announcements, blogs in four languages, and the commits of kubernetes/enhancements.
"""

from __future__ import annotations

import pytest
from neco_weekly.grammar.kep_lookalikes import Lookalike, read_text
from neco_weekly.grammar.kep_references import find_text_references, may_hold_reference

from tests.guards import coming_to_an_end
from tests.lengthy import LONG, LOOKALIKES, Lengthy


def read(text: str) -> str:
    """What a text is read as: references as they stand, candidates in parentheses, what looks like one with `!`."""
    return " ".join(
        f"!{text[it.start : it.end]}"
        if isinstance(it, Lookalike)
        else f"({text[it.start : it.end]}={it.number})"
        if it.candidate
        else f"{text[it.start : it.end]}={it.number}"
        for it in read_text(text)
    )


FORMS = {
    # --- further numbers of lists ---
    "KEP-127/128": "KEP-127=127 (128=128)",
    "KEP-127 / 128": "KEP-127=127 (128=128)",
    "KEP-127／128": "KEP-127=127 (128=128)",
    "KEP-1287/1880/2086/9": "KEP-1287=1287 (1880=1880) (2086=2086) (9=9)",
    "KEP-127、128": "KEP-127=127 (128=128)",
    "KEP-127、128、129": "KEP-127=127 (128=128) (129=129)",
    "KEP-127,128": "KEP-127=127 (128=128)",
    "KEP-127,128,129": "KEP-127=127 (128=128) (129=129)",
    "KEP-127，128": "KEP-127=127 (128=128)",
    "KEP 647, 2831: 追跡": "KEP 647=647 (2831=2831)",
    "KEP-127, 128, and 129": "KEP-127=127 (128=128) (129=129)",
    "KEP-127 and 128 graduate": "KEP-127=127 (128=128)",
    "KEP-127 or 128": "KEP-127=127 (128=128)",
    "KEP-127 & 128": "KEP-127=127 (128=128)",
    "KEP-127・128": "KEP-127=127 (128=128)",
    "KEP-4815+5234: DRA": "KEP-4815=4815 (5234=5234)",
    "KEP-5027 + 5055": "KEP-5027=5027 (5055=5055)",
    "KEP 375 -> 3570": "KEP 375=375 (3570=3570)",
    "KEP-375 → 3570": "KEP-375=375 (3570=3570)",
    "KEP 2400と4381を": "KEP 2400=2400 (4381=4381)",
    "KEP-127 と 128 の話": "KEP-127=127 (128=128)",
    "KEP-127や128": "KEP-127=127 (128=128)",
    "KEP-127か128": "KEP-127=127 (128=128)",
    "KEP-127および128": "KEP-127=127 (128=128)",
    "KEP-127または128": "KEP-127=127 (128=128)",
    "KEP-127,\n128": "KEP-127=127 (128=128)",
    "KEP-127、0128": "KEP-127=127 (0128=128)",
    "KEP #127, #128": "KEP #127=127 (#128=128)",
    "KEP \\#127, \\#128": "KEP \\#127=127 (\\#128=128)",
    "ＫＥＰ－１２７、１２８": "ＫＥＰ－１２７=127 (１２８=128)",
    "KEP No.127、128": "KEP No.127=127 (128=128)",
    "KEP：127、128": "KEP：127=127 (128=128)",
    "（KEP-4317、KEP-3257）": "KEP-4317=4317 KEP-3257=3257",
    "KEP-3063/KEP-4381": "KEP-3063=3063 KEP-4381=4381",
    "KEP-127/128 ユーザー名前空間": "KEP-127=127 (128=128)",
    "KEP-127/128 名前空間": "KEP-127=127 (128=128)",
    "KEPs #597, #747": "KEPs #597=597 #747=747",
    "KEPs 127, 128.": "KEPs 127=127 128=128",
    "KEPs 127 + 128": "KEPs 127=127 128=128",
    # --- ranges: the first and the last ---
    "KEP-127〜129": "KEP-127=127 (129=129)",
    "KEP-127～129": "KEP-127=127 (129=129)",
    "KEP-127 ~ 129": "KEP-127=127 (129=129)",
    "KEP-127–129": "KEP-127=127 (129=129)",
    "KEP-127から129まで": "KEP-127=127 (129=129)",
    "KEP-127 to 129": "KEP-127=127 (129=129)",
    "KEPs 127〜129": "KEPs 127=127 (129=129)",
    "KEP-127〜KEP-129": "KEP-127=127 KEP-129=129",
    "KEP-127〜129、131": "KEP-127=127 (129=129) (131=131)",
    # --- small letters ---
    "kep-127": "(kep-127=127)",
    "次のkep-127の話": "(kep-127=127)",
    "kep127": "(kep127=127)",
    "kep 127": "(kep 127=127)",
    "kep #127": "(kep #127=127)",
    "kep#127": "(kep#127=127)",
    "kep:127": "(kep:127=127)",
    "kep no.127": "(kep no.127=127)",
    "Kep-127": "(Kep-127=127)",
    "KeP-127": "(KeP-127=127)",
    "ｋｅｐ－１２７": "(ｋｅｐ－１２７=127)",
    "kep\u2011127": "(kep\u2011127=127)",
    "keps 127, 128": "(keps 127=127) (128=128)",
    "KEPS 127, 128": "(KEPS 127=127) (128=128)",
    "kep-127、128": "(kep-127=127) (128=128)",
    "kep-127/kep-128": "(kep-127=127) (kep-128=128)",
    "kep-127/128": "(kep-127=127) (128=128)",
    "see kep-127.": "(kep-127=127)",
    "kep-127: User Namespaces": "(kep-127=127)",
    "「kep-127」と(kep-128)": "(kep-127=127) (kep-128=128)",
}
TRAPS = {
    # --- what follows a further number says that it is none ---
    "KEP-127、2026年": "KEP-127=127",
    "KEP-127、2026 年": "KEP-127=127",
    "KEP-127、8月": "KEP-127=127",
    "KEP-127、26日": "KEP-127=127",
    "KEP-127、8/26": "KEP-127=127",
    "KEP-127、2026-08-26": "KEP-127=127",
    "KEP-127、12:30": "KEP-127=127",
    "KEP-127/128 件": "KEP-127=127",
    "KEP-127と3件": "KEP-127=127",
    "KEP-127、2個": "KEP-127=127",
    "KEP-127と2つ": "KEP-127=127",
    "KEP-127 と 2 つの機能": "KEP-127=127",
    "KEP-127、100倍": "KEP-127=127",
    "KEP-127、100%": "KEP-127=127",
    "KEP-127、100 ％": "KEP-127=127",
    "KEP-127から3年": "KEP-127=127",
    "KEP-127、6か月": "KEP-127=127",
    "KEP-127、6ヶ月": "KEP-127=127",
    "KEP-127、100人": "KEP-127=127",
    "KEP-127、200円": "KEP-127=127",
    "KEP-127、128ビット": "KEP-127=127",
    "KEP-127、128 GB": "KEP-127=127",
    "KEP-127、128Mi": "KEP-127=127",
    "KEP-127、128-bit": "KEP-127=127",
    "KEP-127、1.25": "KEP-127=127",
    "KEP-127, 128.": "KEP-127=127",
    "KEP-127、1,000 台": "KEP-127=127",
    "KEP-127、12 クラスター": "KEP-127=127",
    "KEP-127 and 3 others": "KEP-127=127",
    "KEP-127 and 100 more": "KEP-127=127",
    "KEP-127, 28 August": "KEP-127=127",
    "KEP-127、v1": "KEP-127=127",
    "KEP-127, #128": "KEP-127=127",
    "KEP-127、0": "KEP-127=127",
    "KEP-127、100000": "KEP-127=127",
    "KEP-127〜3": "KEP-127=127",
    "KEP-127 (2026)": "KEP-127=127",
    "KEP-127 128": "KEP-127=127",
    "KEP-127。128": "KEP-127=127",
    "KEP-127 — 2026": "KEP-127=127",
    "kep.k8s.io/127、128": "kep.k8s.io/127=127",
    "enhancements#127, #128": "enhancements#127=127",
    "KEPs 127、2026年": "KEPs 127=127",
    # --- names in small letters ---
    "kep-127.yaml": "",
    "kep-127.example.com": "",
    "/kep-127/": "",
    "keps/kep-127": "",
    "v1/kep-127": "",
    "v1/kep-127/kep-128": "",
    "kep-127/README.md": "",
    "kep-127/128-name": "",
    "kep-127/": "",
    "my-kep-127": "",
    "my_kep-127": "",
    "kep_127": "",
    "kep-127-user-namespaces": "",
    "kep-127_x": "",
    "kep127a": "",
    "kep-127@example.com": "",
    "@kep-127": "",
    "#kep-127": "",
    "kep-127:v1": "",
    "kep-127=x": "",
    "kep127(x)": "",
    "upkep 127": "",
    "keep 127": "",
    "kept 127": "",
    "kep 3 件": "",
    "kep-0": "",
    "kep-100000": "",
    "kep-nnnn": "",
    "my-kep-127、128": "",
    # --- what else looks like a KEP ---
    "KEP_127": "!KEP_127",
    "KEP＿127": "!KEP＿127",
    "KEP-127a": "!KEP-127a",
    "KEP127a": "!KEP127a",
    "KEP 127a": "!KEP 127a",
    "KEP #127a": "!KEP #127a",
    "KEP127-2": "!KEP127-2",
    "KEP-127-2": "!KEP-127-2",
    "KEP\u2011127\u20112": "!KEP\u2011127\u20112",
    "KEP-127_x": "!KEP-127_x",
    "KEP-127-user-namespaces": "!KEP-127-user-namespaces",
    "KEP-1.25": "!KEP-1.25",
    "KEP- 127": "!KEP- 127",
    "KEP -127": "!KEP -127",
    "KEP--127": "!KEP--127",
    "KEPー127": "!KEPー127",
    "KEP—127": "!KEP—127",
    "KEP.127": "!KEP.127",
    "KEP/127": "!KEP/127",
    "KEP=127": "!KEP=127",
    "KEP  127": "!KEP  127",
    "KEP_127. 次": "!KEP_127",
    "KEP-128 と KEP_127、kep-129": "KEP-128=128 !KEP_127 (kep-129=129)",
    # --- and what does not ---
    "KEP-NNNN": "",
    "KEP-XXXX": "",
    "KEP-1NNN": "",
    "KEP-127-2/README.md": "",
    "KEP-127-x.md": "",
    "keps/KEP-127-2": "",
    "my_KEP_127": "",
    "SKEP_127": "",
    "KEP 2022-08-26": "",
    "KEP 1.25": "",
    "KEP 3rd": "",
    "KEP: 127": "",
    "KEP (127)": "",
    "KEP - 2026": "",
    "KEP_3 件": "",
    "KEP\n127": "",
}


@pytest.mark.parametrize("table", [FORMS, TRAPS], ids=["forms", "traps"])
def test_each_text_is_read_as_the_table_says(table: dict[str, str]) -> None:
    wrong = {text: (read(text), told) for text, told in table.items() if read(text) != told}
    assert wrong == {}


def test_words_around_a_form_change_nothing() -> None:
    around = {
        "kana": ("次は", "です"),
        "parentheses": ("（", "）"),
        "commas": ("前、", "、次"),
        "lines": ("前\n", "\n次"),
    }
    wrong = [
        (text, name)
        for text, told in FORMS.items()
        for name, (before, after) in around.items()
        if text.endswith(tuple("0123456789")) and read(before + text + after) != told
    ]
    assert wrong == []


def test_all_that_is_found_passes_the_cheap_question() -> None:
    assert [text for text, told in (FORMS | TRAPS).items() if told and not may_hold_reference(text)] == []
    assert not may_hold_reference("Kubernetes の新機能")


def test_a_candidate_is_a_number_that_a_kep_can_have() -> None:
    found = [it for text in FORMS for it in find_text_references(text) if it.candidate]
    assert found
    assert all(it.number for it in found)


@pytest.mark.parametrize("hostile", [pytest.param(it, id=it.name) for it in LOOKALIKES])
def test_hostile_text_comes_to_an_end(hostile: Lengthy) -> None:
    with coming_to_an_end(hostile.name):
        hostile.work(hostile.text(LONG))
