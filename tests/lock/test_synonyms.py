"""`synonyms.yml`: words that mean the same, and how mistakes in it are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from neco_weekly.lock.store import load_lock
from neco_weekly.lock.synonyms import load_synonyms
from neco_weekly.model.errors import NecoError

from tests.sites import PROJECT


def load(folder: Path, text: str) -> tuple[tuple[str, ...], ...]:
    path = folder / "synonyms.yml"
    path.write_text(text, encoding="utf-8")
    return load_synonyms(path)


EVERYTHING = """\
# 人が書くファイル
- [名前空間, namespace, ネームスペース]
- - 動的リソース割り当て
  - Dynamic  Resource
    Allocation
- [1.30, "#127", yes]
"""


def test_words_are_as_they_are_written_and_in_their_order(tmp_path: Path) -> None:
    assert load(tmp_path, EVERYTHING) == (
        ("名前空間", "namespace", "ネームスペース"),
        ("動的リソース割り当て", "Dynamic Resource Allocation"),
        ("1.30", "#127", "yes"),
    )


def test_no_file_is_no_synonym(tmp_path: Path) -> None:
    assert load_synonyms(tmp_path / "synonyms.yml") == ()


@pytest.mark.parametrize("text", ["", "# 何もない\n", "---\n", "null\n", "[]\n"])
def test_nothing_in_it_is_no_synonym(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: b\n", 1, "expected a list of words that mean the same; write each as `- [名前空間, namespace]`"),
        ("- [a, b]\n- 猫\n", 2, "expected a list of words that mean the same"),
        ("- [a, b]\n- {c: d}\n", 2, "expected a list of words that mean the same"),
        ("- [a, b]\n\n- [猫]\n", 3, "one word alone has no synonym; write at least two, or remove the line"),
        ("- []\n", 1, "one word alone has no synonym"),
        ("- [a, [b]]\n", 1, "expected text; write it in quotes"),
        ("- [a, ]\n- [b, null]\n", 1, "one word alone has no synonym"),
        ("- [a, b]\n- [c, null]\n", 2, "expected text; write it in quotes"),
        ('- [a, b]\n- [c, ""]\n', 2, "expected text"),
        ('- [a, "b\\u0007c"]\n', 1, "holds a control character; remove it"),
        ("- [a, b]\n- [c, 。]\n", 2, "'。' has no letter that one could search for; remove it"),
        ("- [a, b]\n- [c, b]\n", 2, "'b' stands here for the second time; keep each word in one group, once"),
        ("- [Pod, ポッド, pod]\n", 1, "'pod' stands here for the second time"),
        ("- [ﾎﾟｯﾄﾞ, Pod]\n- [カ,\n  ポッド]\n", 3, "'ポッド' stands here for the second time"),
        ("- [a, b\n", 2, "is not YAML: expected ',' or ']', but got '<stream end>'; correct it"),
        ("- &a [b, *a]\n", 1, "the alias *a repeats what it stands in; write it more simply"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(NecoError) as error:
        load(tmp_path, text)
    message = str(error.value)
    assert message.startswith(f"{tmp_path}/synonyms.yml:{line}: {said}")
    assert "\n" not in message


def test_what_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.yml"
    path.write_bytes("- [猫, cat]\n".encode("cp932"))
    with pytest.raises(NecoError, match=r"synonyms\.yml: cannot be read .*; save it as UTF-8"):
        load_synonyms(path)


def test_the_lock_has_them_and_notices_when_they_change(tmp_path: Path) -> None:
    assert load_lock(tmp_path).synonyms == ()
    load(tmp_path, "- [猫, cat]\n")
    assert load_lock(tmp_path).synonyms == (("猫", "cat"),)
    load(tmp_path, "- [猫, cat, ネコ]\n")
    assert load_lock(tmp_path).synonyms == (("猫", "cat", "ネコ"),)


def test_the_table_of_this_site_is_worth_keeping() -> None:
    groups = load_synonyms(PROJECT / "docs/_metadata/synonyms.yml")
    assert len(groups) >= 60
    assert any("namespace" in group and "名前空間" in group for group in groups)
